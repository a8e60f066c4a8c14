"""Who may sign a set, and how many must (TRUST.md section 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final, NamedTuple

from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged
from pleno.domain.state import Sheet, SheetStatus, State

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

    @property
    def told(self) -> str:
        """In words: "1 ketua dan 2 anggota"."""
        return f"{self.ketua} {SignerRole.KETUA} dan {self.anggota} {SignerRole.ANGGOTA}"

    @property
    def at_least(self) -> SigningRule:
        """Never less than what is usual: a set may not lower what its verifier asks for."""
        return SigningRule(*map(max, self, SigningRule()))

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


class SigningKey(NamedTuple):
    """A key as the journal knows it."""

    person: str
    """Id of an officer, or of somebody noted as present."""
    fingerprint: str
    certificate: str
    """DER in base64."""
    seq: int
    """Number of the entry that made it known."""


def keys_of(entries: Iterable[Entry]) -> dict[str, SigningKey]:
    """Every key ever made by its fingerprint, oldest first; of one person the last one counts."""
    return {
        entry.data["sidik"]: SigningKey(entry.data["id"], entry.data["sidik"], entry.data["sertifikat"], entry.seq)
        for entry in entries
        if entry.kind in (Kind.KEY_CREATED, Kind.KEY_ROTATED)
    }


def key_made(state: State, entry: Entry) -> None:
    """Apply a key.created or key.rotated. data: id, sidik, sertifikat (DER in base64), lama (sidik it replaces)."""
    _require_texts(entry, "id", "sidik", "sertifikat")


def export_signed(state: State, entry: Entry) -> None:
    """Apply an export.signed. data: no, n (number of the signature), id (who signed), sidik (of the certificate),
    syarat {ketua, anggota}, status (of the set with this signature)."""
    _require_texts(entry, "id", "sidik")
    sheet = state.get(Sheet, entry.data["no"])
    if sheet is None:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} menandatangani set {entry.data['no']} yang tidak ada.")
    state.put(replace(sheet, status=SheetStatus(entry.data["status"])))


def _require_texts(entry: Entry, *names: str) -> None:
    """What no table holds is looked at here, so that a verifier may trust its shape."""
    if not all(isinstance(entry.data[name], str) for name in names):
        raise Damaged("Jejak rusak", f"Isi entri {entry.seq} tidak dapat dibaca.")


ABOUT_SIGNING: Final = (Kind.KEY_CREATED, Kind.KEY_ROTATED, Kind.EXPORT_SIGNED, Kind.SIGNING_REFUSED)
"""Kinds of entry that tell who may sign and who did; no table keeps them."""
