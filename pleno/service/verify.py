"""Is what we hold whole? A workspace, an exported set, or one file of a set (TERMS.md, "Exit codes")."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pleno.domain.chain import genesis_hash, parse_canonical, seal_words
from pleno.domain.checkpoint import read_checkpoint
from pleno.domain.entry import Kind
from pleno.domain.errors import Damaged, PlenoError
from pleno.domain.figures import shown
from pleno.domain.inclusion import check_proof
from pleno.domain.signers import keys_of, typed_fingerprint
from pleno.domain.state import Sheet, SheetStatus
from pleno.exporters.bundle import MANIFEST, SUMS
from pleno.exporters.check import Bundle, check_bundle, check_file
from pleno.importers.place import FILE_NAME
from pleno.importers.workspace import Config, load_config
from pleno.service.cells import changed_cells
from pleno.service.continuity import not_meant
from pleno.service.export import OUTGOING
from pleno.service.photos import Standing
from pleno.service.photos import faults as photo_faults
from pleno.service.revision import newest_of
from pleno.service.seal_signing import judge_seal
from pleno.service.session import Session, database_path
from pleno.service.signatures import UNKNOWN, UNSIGNED, judge
from pleno.store import Inspection, inspect
from pleno.store.evidence import private_copy


class Outcome(StrEnum):
    """The answer, with the exit code each has."""

    UTUH = "utuh"
    EKOR = "ekor"
    RUSAK = "rusak"
    TAK_TERBACA = "tak_terbaca"

    @property
    def code(self) -> int:
        return {Outcome.UTUH: 0, Outcome.EKOR: 3, Outcome.RUSAK: 4, Outcome.TAK_TERBACA: 2}[self]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was looked at."""

    name: str
    """ "rantai", "keadaan", "segel", "berkas" ..."""
    ok: bool
    message: str
    """What was found; for a failure the place and what to do."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found; reading only, nothing was changed."""

    outcome: Outcome
    checks: Sequence[CheckLine]
    entries: int = 0
    """Of the journal; 0 for a set."""
    seals: int = 0
    """How many the journal holds."""
    newest_seal: str = ""
    """Its line, to be held against paper."""
    after_seal: int = 0
    """Entries after the last seal, neutral ones too."""


REPLACED: Final = "pengganti"
"""Name of the check that fails where a newer set stands in the place of this one; alone it is no damage."""
SQLITE: Final = b"SQLite format 3\0"
_PROOF: Final = b'{"angka":{'
_CHECKPOINT: Final = b'{"angka_saksi":'
_LARGEST_PROOF: Final = 200_000
_SHOWN: Final = 10
"""Photos named one by one."""


def verify(path: Path, fingerprints: Collection[str] = (), workspace: Path | None = None) -> Verification:
    """Verify a workspace, a database, an exported set, or one file of a set; reading only.

    Who signed a set is known by `fingerprints` of certificates, from paper, and by the journal of one's own
    `workspace`, never by anything that lies around the set. Raises PlenoError when it cannot be judged: missing,
    unreadable, in use, of a newer version.
    """
    own, trusted = known(fingerprints, workspace)
    if (path / FILE_NAME).is_file():
        return verify_workspace(path)
    if (path / MANIFEST).is_file() or (path / SUMS).is_file():
        return _of_set(check_bundle(path), trusted, own)
    if path.is_file():
        return _of_file(path, trusted, own)
    raise PlenoError(
        "Tidak dapat diperiksa",
        f"{path.name or path} bukan ruang kerja, bukan basis data, dan bukan berkas hasil ekspor.",
        "Sebut folder yang memuat pleno.toml atau manifest.json.",
    )


def _of_file(path: Path, trusted: Mapping[str, str], own: Inspection | None) -> Verification:
    """A database, a proof for one TPS, a seal's own file, or one file of a set, by its content."""
    with path.open("rb") as file:
        start = file.read(_LARGEST_PROOF)
    if start.startswith(SQLITE):
        return _of_journal(inspect(path))
    if start.startswith(_PROOF):
        return _of_proof(start)
    if start.startswith(_CHECKPOINT) and not (path.parent / SUMS).is_file():
        return _of_checkpoint(path, start, trusted, own)
    return _of_set(check_file(path), trusted, own)


def _of_proof(content: bytes) -> Verification:
    """A proof for one TPS: whole when its figures lead to a seal, whose words are to be held against paper."""
    try:
        proof = check_proof(content.decode().removesuffix("\n"))
    except UnicodeDecodeError:
        return Verification(Outcome.RUSAK, [CheckLine("bukti", False, "isinya bukan teks")])
    except Damaged as error:
        return Verification(Outcome.RUSAK, [CheckLine("bukti", False, f"{error.message} {error.advice}")])
    told = f"{len(proof.figures)} angka TPS {proof.tps} ({proof.contest}) ada di rekap yang disegel"
    words = seal_words(bytes.fromhex(proof.hash), proof.seq, proof.angka_saksi)
    line = f"SEGEL {proof.seal:02}  #{proof.seq}  saksi {proof.angka_saksi}  {words}"
    paper = CheckLine("kertas", True, "cocokkan baris segel di bawah ini dengan yang ditulis di kertas")
    figures = "; ".join(f"{row} = {shown(figure)}" for row, figure in sorted(proof.figures.items()))
    checks = [CheckLine("bukti", True, told), CheckLine("angka", True, figures), paper]
    return Verification(Outcome.UTUH, checks, newest_seal=line)


def _of_checkpoint(path: Path, content: bytes, trusted: Mapping[str, str], own: Inspection | None) -> Verification:
    """A seal's own file: held against paper, the journal of the workspace it names if that is at hand, its signers."""
    try:
        told = read_checkpoint(content.decode().removesuffix("\n"))
    except UnicodeDecodeError:
        return Verification(Outcome.RUSAK, [CheckLine("segel", False, "isinya bukan teks")])
    except Damaged as error:
        return Verification(Outcome.RUSAK, [CheckLine("segel", False, f"{error.message} {error.advice}")])
    line = f"SEGEL {told.number:02}  #{told.seq}  saksi {told.angka_saksi}  {told.words}"
    checks = [CheckLine("kertas", True, "cocokkan baris segel di bawah ini dengan yang ditulis di kertas")]
    if own is not None and genesis_hash(own.genesis).hex() == told.genesis:
        held = any((one.number, one.seq, one.words) == (told.number, told.seq, told.words) for one in own.seals)
        where = "ada di jejak ruang kerja ini" if held else "TIDAK ada di jejak ruang kerja ini"
        checks.append(CheckLine("segel", held, f"segel {told.number:02} {where}"))
    checks += [CheckLine(*check) for check in judge_seal(path, content, trusted)]
    failed = {check.name for check in checks if not check.ok}
    outcome = Outcome.UTUH if not failed else Outcome.EKOR if failed == {UNKNOWN} else Outcome.RUSAK
    return Verification(outcome, checks, newest_seal=line)


def verify_workspace(folder: Path) -> Verification:
    """Replay the journal of a workspace and compare; look at its exported sets too."""
    config = load_config(folder)
    return _of_workspace(folder, config, inspect(database_path(folder, config)))


def of_session(session: Session) -> Callable[[], Verification]:
    """The verification of an open workspace as it stands now, to be run once, in any thread.

    The copy that is judged is made here, where the lock is held, and is gone when it was judged.
    """
    left = ExitStack()
    copy = left.enter_context(private_copy(database_path(session.folder, session.config)))

    def run() -> Verification:
        with left:
            return _of_workspace(session.folder, session.config, inspect(copy))

    return run


def _of_workspace(folder: Path, config: Config, inspection: Inspection) -> Verification:
    beside = (*_sets(folder, inspection), *_photos(folder, inspection))
    return _of_journal(inspection, [_identity(config, inspection), *beside])


def _identity(config: Config, inspection: Inspection) -> CheckLine:
    """The database must be the one pleno.toml speaks of (TRUST.md, matrix 16)."""
    try:
        genesis = parse_canonical(inspection.genesis)
    except PlenoError:
        return CheckLine("ruang kerja", False, "catatan awal basis data tidak terbaca")
    if wrong := list(not_meant(config, genesis)):
        told = "; ".join(f"{name} {found}, pleno.toml menyebut {meant}" for name, meant, found in wrong)
        return CheckLine("ruang kerja", False, f"basis data dibuat untuk {told}")
    return CheckLine("ruang kerja", True, f"kecamatan {config.kode} {config.kecamatan}, {config.mode.value}")


def _sets(folder: Path, inspection: Inspection) -> Iterator[CheckLine]:
    """The sets that still lie in the workspace are what the journal says was written and signed."""
    for one in inspection.sheets:
        name, place = f"ekspor {one.number:02}", folder / OUTGOING / one.folder
        if one.status is SheetStatus.BATAL or not place.is_dir():
            continue
        manifest = place / MANIFEST
        if not manifest.is_file() or hashlib.sha256(manifest.read_bytes()).hexdigest() != one.manifest_sha256:
            yield CheckLine(name, False, f"manifest.json di {one.folder} bukan yang dicatat jejak")
            continue
        faults = list(_faults(one, check_bundle(place), inspection))
        yield CheckLine(name, not faults, "; ".join(faults) or f"{one.folder} utuh")


def _photos(folder: Path, inspection: Inspection) -> Iterator[CheckLine]:
    """The tied photos that still lie in data/foto hold what they held; one that was taken away is told, no damage."""
    if not inspection.photos:
        return
    found = list(photo_faults(folder, inspection.photos))
    lost = [photo.name for photo, standing, _why in found if standing is Standing.HILANG]
    changed = [f"{photo.name} {why}" for photo, standing, why in found if standing is not Standing.HILANG]
    whole = len(inspection.photos) - len(found)
    rest = f"; {len(lost)} tidak ada lagi di data/foto: {', '.join(lost[:_SHOWN])}" if lost else ""
    rest += f" dan {len(lost) - _SHOWN} lagi" if len(lost) > _SHOWN else ""
    told = "; ".join(changed[:_SHOWN]) + (f"; dan {len(changed) - _SHOWN} lagi" if len(changed) > _SHOWN else "")
    yield CheckLine("foto", not changed, (told or f"{whole} foto utuh") + rest)


def _faults(sheet: Sheet, bundle: Bundle, inspection: Inspection) -> Iterator[str]:
    judged = judge(bundle, dict.fromkeys(keys_of(inspection.signing), "jejak"))
    for check in (*bundle.checks, *judged.checks):
        if not check.ok and check.name != UNSIGNED:
            yield check.message
    held = {signer.cert_sha256 for signer in judged.valid}
    for entry in inspection.signing:
        if entry.kind is Kind.EXPORT_SIGNED and entry.data["no"] == sheet.number and entry.data["sidik"] not in held:
            yield f"tanda tangan {entry.data['n']} ({entry.data['id']}, entri {entry.seq}) hilang"


def _of_journal(inspection: Inspection, more: Sequence[CheckLine] = ()) -> Verification:
    checks = [*(CheckLine(*check) for check in inspection.checks), *more]
    whole = all(check.ok for check in checks)
    outcome = Outcome.RUSAK if not whole else Outcome.EKOR if inspection.tail else Outcome.UTUH
    newest = ""
    if inspection.seals:
        seal = inspection.seals[-1]
        newest = f"SEGEL {seal.number:02}  #{seal.seq}  saksi {seal.angka_saksi}  {seal.words}"
    return Verification(outcome, checks, inspection.entries, len(inspection.seals), newest, inspection.after_seal)


def _of_set(bundle: Bundle, trusted: Mapping[str, str], own: Inspection | None) -> Verification:
    """A set whose signatures are missing or unknown, or that was replaced, is whole, but says so (exit 3)."""
    sheet = _sheet_of(bundle, own)
    found = [*bundle.checks, *judge(bundle, trusted, sheet is not None).checks]
    checks = [CheckLine(*check) for check in (*found, *changed_cells(bundle))]
    checks += _replaced(sheet, own) if own is not None and sheet is not None else ()
    failed = {check.name for check in checks if not check.ok}
    outcome = Outcome.UTUH if not failed else Outcome.EKOR if failed <= {UNSIGNED, UNKNOWN, REPLACED} else Outcome.RUSAK
    return Verification(outcome, checks)


def _sheet_of(bundle: Bundle, own: Inspection | None) -> Sheet | None:
    """The set as the journal of one's own workspace knows it; None for another's."""
    if own is None or bundle.manifest is None:
        return None
    manifest = hashlib.sha256((bundle.folder / MANIFEST).read_bytes()).hexdigest()
    return next((sheet for sheet in own.sheets if sheet.manifest_sha256 == manifest), None)


def _replaced(sheet: Sheet, own: Inspection) -> Iterator[CheckLine]:
    """Whether the journal knows a newer set in the place of this one."""
    if (newest := newest_of(own.sheets, sheet.number)) is not None:
        told = f"ekspor {sheet.number} ini BATAL, digantikan ekspor {newest.number} ({newest.folder})"
        yield CheckLine(REPLACED, False, told)


def known(fingerprints: Collection[str], workspace: Path | None) -> tuple[Inspection | None, dict[str, str]]:
    """The journal of one's own workspace, and the fingerprints that are trusted with where they are from."""
    own = _own_journal(workspace)
    return own, {**_own_keys(own, workspace), **_typed(fingerprints)}


def _own_journal(workspace: Path | None) -> Inspection | None:
    """The journal of one's own workspace; None where it is damaged or in use."""
    if workspace is None:
        return None
    try:
        inspection = inspect(database_path(workspace, load_config(workspace)))
    except PlenoError:
        return None
    return None if inspection.damaged else inspection


def _own_keys(own: Inspection | None, workspace: Path | None) -> dict[str, str]:
    """Fingerprints that the journal of one's own workspace knows."""
    return dict.fromkeys(keys_of(own.signing), f"jejak ruang kerja {workspace}") if own is not None else {}


def _typed(fingerprints: Collection[str]) -> dict[str, str]:
    found = {text: typed_fingerprint(text) for text in fingerprints}
    if wrong := [text for text, digits in found.items() if digits is None]:
        raise PlenoError(
            "Sidik tidak terbaca",
            f'"{wrong[0]}" bukan 64 angka heksadesimal.',
            "Ketik ulang seluruh sidik dari lembar pembukaan; spasi dan titik dua boleh.",
        )
    return {digits: "kertas" for digits in found.values() if digits is not None}
