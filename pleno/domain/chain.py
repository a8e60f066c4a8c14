"""Canonical JSON, the hash chain of the journal, and the words of a seal (TRUST.md sections 4 and 5)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from pleno.domain.errors import Damaged

Json: TypeAlias = Any
"""str, int, bool, None, list or dict of these; never a float."""

LARGEST_INT: Final = 2**53
"""Above it other JSON readers round: no reader may see another number than we do."""

_LINK_TAG: Final = b"pleno-log-v1\0"
_GENESIS_TAG: Final = b"pleno-genesis-v1\0"
_SEAL_TAG: Final = b"pleno-segel-v1\0"
_SYLLABLES: Final = (*(a + b for a in "bcdfghjklmnp" for b in "aiueo"), "ra", "ri", "ru", "re")
_FORBIDDEN: Final = ("Cc", "Cs")


def _refuse(name: str) -> Json:
    raise ValueError(name)


# Made once: json.loads and json.dumps build these anew for every entry.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_refuse)

_DIGITS_AS_0: Final = bytes(ord("0" if chr(byte) in "0123456789" else " ") for byte in range(256))
_TOO_LONG: Final = b"0" * len(str(LARGEST_INT))
"""As many digits as an integer above LARGEST_INT has at least."""


def canonical(value: Json) -> str:
    """The one text a value has: sorted keys, no spaces, NFC, no floats.

    ValueError names what has no such text.
    """
    _check(value)
    return _ENCODER.encode(value)


def _check(value: Json) -> None:
    if isinstance(value, str):
        if not value.isascii():
            if not unicodedata.is_normalized("NFC", value):
                raise ValueError(f"teks bukan NFC: {value!r}")
            if any(unicodedata.category(char) in _FORBIDDEN for char in value):
                raise ValueError(f"karakter kendali: {value!r}")
        elif not value.isprintable():
            raise ValueError(f"karakter kendali: {value!r}")
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) > LARGEST_INT:
            raise ValueError(f"angka terlalu besar: {value}")
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"kunci bukan teks: {key!r}")
            _check(key)
            _check(item)
    else:
        raise ValueError(f"jenis {type(value).__name__} tidak dapat dicatat")


def parse_canonical(text: str) -> Json:
    """The value of a stored text; Damaged when it is not exactly the canonical text of that value."""
    value = _parsed(text)
    if _ENCODER.encode(value) != text:
        raise Damaged("Jejak rusak", "Isi entri bukan bentuk baku.")
    return value


def parse_objects(texts: Sequence[str]) -> list[dict[str, Json]]:
    """The objects of many stored texts; Damaged when any is not exactly the canonical text of an object.

    They are written anew in one piece, which is much faster. It is as strict: no object's text begins
    with the whole text of another, so where the pieces are equal, each text is.
    """
    values = [_parsed(text) for text in texts]
    if not all(isinstance(value, dict) for value in values) or _ENCODER.encode(values) != f"[{','.join(texts)}]":
        raise Damaged("Jejak rusak", "Isi entri bukan bentuk baku.")
    return values


def _parsed(text: str) -> Json:
    try:
        value, end = _DECODER.raw_decode(text)
        if _needs_check(text):
            _check(value)
    except (ValueError, RecursionError) as error:
        raise Damaged("Jejak rusak", "Isi entri bukan JSON.") from error
    if end != len(text):
        raise Damaged("Jejak rusak", "Isi entri bukan bentuk baku.")
    return value


def _needs_check(text: str) -> bool:
    """Whether a text that JSON accepts may still hold what `_check` refuses; a fraction of its cost.

    JSON itself refuses raw control characters but DEL; others only an escape can hide.
    """
    if "\\" in text or "\x7f" in text or not text.isascii():
        return True
    return _TOO_LONG in text.encode().translate(_DIGITS_AS_0)


def genesis_hash(genesis: str) -> bytes:
    """h_0 of a database, from the canonical text that tells what it is for."""
    return hashlib.sha256(_GENESIS_TAG + genesis.encode()).digest()


def link(prev: bytes, seq: int, body: str) -> bytes:
    """h_n of an entry; the tag and the length keep one entry from being read as two."""
    data = body.encode()
    return hashlib.sha256(_LINK_TAG + prev + seq.to_bytes(8, "big") + len(data).to_bytes(8, "big") + data).digest()


def seal_words(seal_hash: bytes, seal_seq: int, angka_saksi: str) -> str:
    """Two words of four syllables: 48 bits that nobody can prepare before the saksi spoke.

    `seal_hash` is the hash of the `seal` entry itself, so it covers everything before it.
    """
    key = hashlib.scrypt(
        seal_hash + seal_seq.to_bytes(8, "big"),
        salt=_SEAL_TAG + angka_saksi.encode(),
        n=2**15,
        r=8,
        p=1,
        maxmem=64 * 2**20,
        dklen=6,
    )
    bits = int.from_bytes(key, "big")
    syllables = [_SYLLABLES[bits >> (6 * place) & 63] for place in range(8)]
    return "".join(syllables[:4]) + "-" + "".join(syllables[4:])
