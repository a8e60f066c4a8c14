"""The few kinds of DER value that a signature is made of, written."""

from __future__ import annotations

from typing import Final

INTEGER: Final = 0x02
OCTETS: Final = 0x04
UTC_TIME: Final = 0x17
SEQUENCE: Final = 0x30
SET: Final = 0x31
CONTEXT_0: Final = 0xA0

_SHORT: Final = 0x80
"""Lengths below it are written as they are."""


def value(tag: int, *parts: bytes) -> bytes:
    """One value of a kind, with its length in the one form that DER allows."""
    content = b"".join(parts)
    size = len(content)
    if size < _SHORT:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _SHORT | len(length)]) + length + content


def integer(number: int) -> bytes:
    """A whole number, 0 and up."""
    return value(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
