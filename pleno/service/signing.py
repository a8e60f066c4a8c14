"""Keys, signatures and refusals to sign (TRUST.md section 6)."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pleno.domain.entry import Actor, Entry, Kind, Role
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.signers import ABOUT_SIGNING, Signer, SignerRole, SigningKey, SigningRule, spoken_fingerprint
from pleno.domain.state import PlenoState, Sheet, SheetStatus
from pleno.exporters.atomic import write_bytes
from pleno.exporters.bundle import CERTIFICATES, certificate_name, signature_name
from pleno.exporters.check import Bundle, check_bundle
from pleno.service import notes
from pleno.service.export import OUTGOING
from pleno.service.pins import Verified, needs_pin, require_pin
from pleno.service.session import Session
from pleno.service.signable import sheet_in, signed_by, whole_set
from pleno.service.signers import current_keys, require_signer
from pleno.signing import certificate, cms, keyfile, passphrase


class NewKey(NamedTuple):
    """A key that was made a moment ago."""

    path: Path
    """The key file, on the stick of its owner."""
    passphrase: str
    """Shown once, written on paper, kept nowhere."""
    fingerprint: str
    """To be read aloud and printed."""
    entry: Entry


class Signed(NamedTuple):
    """A signature that was written, judged and remembered."""

    signer: Signer
    missing: str
    """What the rule still asks for, in words; empty once the set is DITANDATANGANI."""
    entry: Entry


class SigningState(NamedTuple):
    """Where the signatures of one set stand."""

    sheet: Sheet
    signed: tuple[Signer, ...]
    left: tuple[Signer, ...]
    """Who has a key the set names and has not signed."""
    missing: str
    """What the rule still asks for, in words; empty once it is met."""
    entries: tuple[Entry, ...]
    """Signatures and refusals, oldest first."""


# --- keys ----------------------------------------------------------------------------------


def create_key(session: Session, person: str, folder: Path, by: str | None, proof: Verified | None = None) -> NewKey:
    """Make the first key of a signer and write its key file into `folder`, a stick outside the workspace.

    An officer who has a PIN makes the own key and shows it. PlenoError for somebody who may not sign or has a key,
    and for a folder that does not take the file.
    """
    actor = session.actor(by)
    if (known := current_keys(session).get(person)) is not None:
        raise PlenoError(
            "Sudah punya kunci",
            f"Kunci {person} dibuat pada entri {known.seq}, sidik {spoken_fingerprint(known.fingerprint)}.",
            "Kunci atau sandinya hilang? Ganti dengan `pleno kunci ganti`.",
        )
    _require_owner(session, person, actor, proof)
    return _make(session, Kind.KEY_CREATED, person, folder, actor)


def rotate_key(
    session: Session, person: str, folder: Path, reason: str, by: str | None, proof: Verified | None = None
) -> NewKey:
    """Replace the key of a signer whose file or passphrase is lost; by a PPK member, with a reason and his PIN.

    An officer who has a PIN does it himself.
    What was signed with the old key stays valid; sets written before cannot be signed with the new one.
    """
    actor = session.actor(by, Role.PPK, Role.KETUA)
    known = current_keys(session).get(person)
    if known is None:
        raise PlenoError("Belum punya kunci", f"{person} belum pernah punya kunci.", "Pakai `pleno kunci buat`.")
    note = notes.reason(reason, "Penggantian kunci")
    _require_owner(session, person, actor, proof)
    require_pin(session, actor.id, proof)
    return _make(session, Kind.KEY_ROTATED, person, folder, actor, note, {"lama": known.fingerprint})


def _require_owner(session: Session, person: str, actor: Actor, proof: Verified | None) -> None:
    """Nobody takes the key of an officer who has a PIN: who holds the ketua's sets the PIN of anybody anew."""
    if not needs_pin(session, person):
        return
    if actor.id != person:
        raise PlenoError(
            "Kunci milik sendiri",
            f"{session.names().called(person)} punya PIN, jadi kuncinya dibuat atau diganti olehnya sendiri.",
            f"Ulangi dengan `--oleh {person}` dan PIN-nya; PIN yang hilang disetel dulu: `pleno pin {person}`.",
        )
    require_pin(session, person, proof)


def _make(
    session: Session, kind: Kind, person: str, folder: Path, actor: Actor, note: str | None = None,
    more: Mapping[str, str] | None = None,
) -> NewKey:  # fmt: skip
    name, role = require_signer(session, person)
    path = _key_path(session, person, folder)
    office = f"PPK {session.config.kecamatan}" if role in (SignerRole.KETUA, SignerRole.ANGGOTA) else role.value
    key, own = certificate.make(certificate.Holder(person, name, f"{role}", office), session.now())
    words = passphrase.new_passphrase()
    digits = certificate.fingerprint(own)
    data = {"id": person, "sidik": digits, "sertifikat": base64.b64encode(own).decode(), **(more or {})}
    try:
        write_bytes(path, keyfile.lock(person, name, own, key, words))
    except OSError as error:
        raise PlenoError(
            "Kunci tidak tertulis", f"{path}: {os_words(error)}.", "Pakai stik atau folder lain."
        ) from error
    with _undone(path):
        (entry,) = session.commit(session.entry(kind, actor, note=note, data=data))
    return NewKey(path, words, digits, entry)


def _key_path(session: Session, person: str, folder: Path) -> Path:
    """Where the key file goes; never into the workspace, which is copied and carried around."""
    place = folder.resolve()
    if not place.is_dir():
        raise PlenoError("Folder tidak ada", f"{folder} bukan folder.", "Sebut folder di stik pemilik kunci.")
    if place.is_relative_to(session.folder.resolve()):
        raise PlenoError(
            "Folder ditolak",
            f"{folder} di dalam ruang kerja, yang ikut disalin.",
            "Simpan kunci di stik pemiliknya sendiri.",
        )
    path = place / f"{person}{keyfile.SUFFIX}"
    if path.exists():
        raise PlenoError("Berkas sudah ada", f"{path} sudah ada.", "Pakai stik lain, atau singkirkan berkas itu dulu.")
    return path


@contextlib.contextmanager
def _undone(*paths: Path) -> Iterator[None]:
    """Take files away again when what should remember them fails."""
    try:
        yield
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise


# --- signatures ----------------------------------------------------------------------------


def sign(session: Session, folder: Path, key_file: Path, words: str, person: str) -> Signed:
    """Sign the set in `folder` with a key file and its passphrase; the set then holds one more signature.

    `folder` may be a copy of a set of this workspace: then it gets every signature of the set. PlenoError for a set
    that is a KONSEP, BATAL or not whole, for a key the set does not name, and for a wrong passphrase.
    """
    session.require(PlenoState.DIBUKA, PlenoState.DITUTUP)
    require_signer(session, person)
    sheet, own, bundle = whole_set(session, folder)
    signer = _named(bundle, current_keys(session).get(person), person)
    done = signed_by(session, sheet, bundle)
    if signer in done:
        raise PlenoError("Sudah menandatangani", f"{signer.name} sudah menandatangani ekspor {sheet.number}.", "")
    opened = open_own_key(session, person, key_file, words)
    signature = cms.sign(opened.key, opened.certificate, bundle.sums, session.now())
    cms.check(signature, opened.certificate, bundle.sums)
    assert bundle.manifest is not None  # whole_set read it
    missing = bundle.manifest.rule.missing(one.role for one in (*done, signer))
    status = sheet.status if missing else SheetStatus.DITANDATANGANI
    data = {
        "no": sheet.number, "n": signer.n, "id": person, "sidik": signer.cert_sha256,
        "syarat": bundle.manifest.rule._asdict(), "status": status.value,
    }  # fmt: skip
    files = {certificate_name(signer.n): certificate.to_pem(opened.certificate), signature_name(signer.n): signature}
    with _undone(*(own / name for name in files)):
        _write(own, files)
        (entry,) = session.commit(session.entry(Kind.EXPORT_SIGNED, _hand(session, person), data=data))
    if folder.resolve() != own.resolve():
        every = [name for one in (*done, signer) for name in (certificate_name(one.n), signature_name(one.n))]
        _write(folder, {name: (own / name).read_bytes() for name in every})
    return Signed(signer, missing, entry)


def refuse_to_sign(session: Session, folder: Path, person: str, reason: str) -> Entry:
    """Record that somebody will not sign a set, and why."""
    session.require(PlenoState.DIBUKA, PlenoState.DITUTUP)
    require_signer(session, person)
    sheet = sheet_in(session, folder)
    note = notes.reason(reason, "Penolakan tanda tangan")
    data = {"no": sheet.number, "id": person}
    actor = _hand(session, person)
    (entry,) = session.commit(session.entry(Kind.SIGNING_REFUSED, actor, note=note, contest=sheet.contest, data=data))
    return entry


def signing_state(session: Session, folder: Path) -> SigningState:
    """Who has signed the set in `folder`, who has not, and who refused."""
    sheet = sheet_in(session, folder)
    bundle = check_bundle(session.folder / OUTGOING / sheet.folder)
    signed = signed_by(session, sheet, bundle)
    listed, rule = (bundle.manifest.signers, bundle.manifest.rule) if bundle.manifest else ((), SigningRule())
    return SigningState(
        sheet,
        signed,
        tuple(one for one in listed if one not in signed),
        rule.missing(one.role for one in signed),
        tuple(one for one in session.store.entries_of(*ABOUT_SIGNING) if one.data.get("no") == sheet.number),
    )


def _named(bundle: Bundle, key: SigningKey | None, person: str) -> Signer:
    """The place of a person in the manifest, whose key it must name."""
    if key is None:
        raise PlenoError(
            "Belum punya kunci", f"{person} belum punya kunci.", "Buat dengan `pleno kunci buat`, lalu ekspor lagi."
        )
    listed = bundle.manifest.signers if bundle.manifest else ()
    for signer in listed:
        if signer.cert_sha256 == key.fingerprint:
            return signer
    raise PlenoError(
        "Kunci belum disebut set ini",
        f"Kunci {person} dibuat pada entri {key.seq}, sesudah set ini ditulis.",
        "Segel, lalu ekspor lagi; set baru menyebut kunci itu.",
    )


def open_own_key(session: Session, person: str, key_file: Path, words: str) -> keyfile.KeyFile:
    """The key that counts now for a person, opened by its passphrase.

    PlenoError where the person has none, for another or an older key, and as `open_key`.
    """
    known = current_keys(session).get(person)
    if known is None:
        raise PlenoError("Belum punya kunci", f"{person} belum punya kunci.", "Buat dengan `pleno kunci buat`.")
    opened = open_key(key_file, words, person)
    if certificate.fingerprint(opened.certificate) != known.fingerprint:
        raise PlenoError(
            "Kunci lain",
            f"{key_file.name} bukan kunci {session.names().called(person)} yang tercatat.",
            "Pakai kunci yang terakhir dibuat.",
        )
    return opened


def open_key(path: Path, words: str, person: str) -> keyfile.KeyFile:
    """The key file of a person, or the one in a folder, opened; PlenoError where there is none, or for wrong words."""
    place = path / f"{person}{keyfile.SUFFIX}" if path.is_dir() else path
    try:
        if not place.is_file() or place.stat().st_size > keyfile.LARGEST:
            raise PlenoError(
                "Kunci tidak ada", f"{place} bukan berkas kunci.", "Colok stik pemilik kunci, lalu ulangi."
            )
        data = place.read_bytes()
    except OSError as error:
        raise PlenoError("Kunci tidak terbaca", f"{place}: {os_words(error)}.", "Periksa stiknya.") from error
    if keyfile.owner(data) not in (None, person):
        raise PlenoError("Kunci lain", f"{place.name} bukan berkas kunci {person}.", "Colok stik pemiliknya sendiri.")
    return keyfile.unlock(data, passphrase.typed(words))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        (folder / CERTIFICATES).mkdir(exist_ok=True)
        for name, data in files.items():
            write_bytes(folder / name, data)
    except OSError as error:
        raise PlenoError(
            "Tanda tangan tidak tertulis", f"{folder}: {os_words(error)}.", "Periksa disk, lalu ulangi."
        ) from error


def _hand(session: Session, person: str) -> Actor:
    """Who acts: an officer who signs; for a guest, who has no account, the operator at the keyboard."""
    officers = session.config.officers
    own = [one for one in officers if one.id == person]
    operators = [one for one in officers if one.role is Role.OPERATOR]
    return session.actor((own or operators or list(officers))[0].id)
