"""Signatures on the file of a seal, which go with every copy of the database (TRUST.md section 5).

Paper stays the anchor: a signature only spares typing, and says whose hand held the laptop at that seal.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.checkpoint import checkpoint_name
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.signers import Signer, spoken_fingerprint
from pleno.exporters.atomic import write_bytes
from pleno.exporters.check import BundleCheck
from pleno.service.sealing import checkpoint
from pleno.service.session import Session, database_path
from pleno.service.signatures import UNKNOWN
from pleno.service.signers import require_signer, signers

FOLDER: Final = "segel"
"""Beside the database: the file of each seal that somebody signed, with the signatures."""


class SealSigned(NamedTuple):
    """A signature on the newest seal."""

    signer: Signer
    number: int
    """Of the seal."""
    files: tuple[str, ...]
    """Names of what was written."""


def sign_seal(session: Session, key_file: Path, words: str, person: str) -> SealSigned:
    """Sign the file of the newest seal with a key file and its passphrase; the next copies carry it.

    PlenoError where there is no seal or no key, and for a wrong passphrase.
    """
    from pleno.service.signing import open_own_key
    from pleno.signing import certificate, cms  # `cryptography` is loaded only where somebody signs

    require_signer(session, person)
    seal = session.store.last_of(Kind.SEAL)
    if seal is None:
        raise PlenoError("Belum ada segel", "Tidak ada segel yang ditandatangani.", "Buat dulu segelnya.")
    signer = next((one for one in signers(session) if one.id == person), None)
    if signer is None:
        raise PlenoError("Belum punya kunci", f"{person} belum punya kunci.", "Buat dengan `pleno kunci buat`.")
    opened = open_own_key(session, person, key_file, words)
    name, data = checkpoint_name(seal.data["no"]), f"{checkpoint(session)}\n".encode()
    files = {
        name: data,
        f"{name}.{person}.crt": certificate.to_pem(opened.certificate),
        f"{name}.{person}.p7s": cms.sign(opened.key, opened.certificate, data, session.now()),
    }
    try:
        place = _place(session)
        place.mkdir(exist_ok=True)
        for one, content in files.items():
            write_bytes(place / one, content)
    except OSError as error:
        raise PlenoError("Tanda tangan tidak tertulis", f"{os_words(error)}.", "Periksa disk, lalu ulangi.") from error
    return SealSigned(signer, seal.data["no"], tuple(files))


def signed_files(session: Session) -> dict[str, bytes]:
    """The signatures on the newest seal and their certificates, by file name; empty where nobody signed it."""
    seal = session.store.last_of(Kind.SEAL)
    if seal is None:
        return {}
    name = checkpoint_name(seal.data["no"])
    place = _place(session)
    if not (place / name).is_file() or (place / name).read_bytes() != f"{checkpoint(session)}\n".encode():
        return {}
    return {one.name: one.read_bytes() for one in sorted(place.glob(f"{name}.*"))}


def judge_seal(file: Path, data: bytes, trusted: Mapping[str, str]) -> list[BundleCheck]:
    """The signatures that lie beside the file of a seal; `trusted` as `signatures.judge`."""
    return [_one(signature, data, trusted) for signature in sorted(file.parent.glob(f"{file.name}.*.p7s"))]


def _one(path: Path, data: bytes, trusted: Mapping[str, str]) -> BundleCheck:
    from pleno.signing import certificate, cms  # `cryptography` is loaded only where a signature is judged

    try:
        own = certificate.of_pem(path.with_suffix(".crt").read_bytes())
        moment = cms.check(path.read_bytes(), own, data)
    except (cms.BadSignature, ValueError):
        return BundleCheck("berkas", False, f"{path.name} bukan tanda tangan atas berkas segel ini")
    except OSError as error:
        return BundleCheck("berkas", False, f"{path.name}: {os_words(error)}")
    digits = certificate.fingerprint(own)
    if digits not in trusted:
        told = f"{path.name} sah, sidiknya belum dikenal: {spoken_fingerprint(digits)}"
        return BundleCheck(UNKNOWN, False, told)
    return BundleCheck(
        "tanda tangan", True, f"{path.name} sah, {moment:%Y-%m-%d %H:%M} UTC; dikenal dari {trusted[digits]}"
    )


def _place(session: Session) -> Path:
    return database_path(session.folder, session.config).parent / FOLDER
