"""Who may sign a set, and how many must (TRUST.md section 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

_FINGERPRINT: Final = re.compile("[0-9a-f]{64}")
_SEPARATORS: Final = re.compile(r"[\s:.-]+")


class SignerRole(StrEnum):
    """As what somebody signs."""

    KETUA = "ketua"
    ANGGOTA = "anggota"
    SAKSI = "saksi"
    PANWASLU = "panwaslu"


class Signer(NamedTuple):
    """Somebody who had a key when a set was written; its manifest names them."""

    n: int
    """Number of the signature file and of the certificate, 1 and up."""
    id: str
    name: str
    role: SignerRole
    cert_sha256: str
    """Fingerprint of the certificate, 64 hex digits."""


class SigningRule(NamedTuple):
    """The least numbers of signatures that make a set DITANDATANGANI."""

    ketua: int = 1
    anggota: int = 2

    def missing(self, signed: Iterable[SignerRole]) -> str:
        """What is still needed beside these signatures, in words; empty when nothing is."""
        roles = list(signed)
        lacking = {
            SignerRole.KETUA: self.ketua - roles.count(SignerRole.KETUA),
            SignerRole.ANGGOTA: self.anggota - roles.count(SignerRole.ANGGOTA),
        }
        words = [f"{count} {role}" for role, count in lacking.items() if count > 0]
        return " dan ".join(words) if words or roles else "1 tanda tangan"


def spoken_fingerprint(digits: str) -> str:
    """A fingerprint in groups of four, to be read aloud: "7C1F 22A0 ..."."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)).upper()


def typed_fingerprint(text: str) -> str | None:
    """A fingerprint as people type it, with spaces, colons or hyphens; None when it is none."""
    digits = _SEPARATORS.sub("", text).lower()
    return digits if _FINGERPRINT.fullmatch(digits) else None
