"""An exported set: every file written, read back, listed, and put in place as one folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from openpyxl import load_workbook

from pleno.domain.chain import Json, canonical
from pleno.domain.checkpoint import checkpoint_name
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError, os_words
from pleno.exporters.atomic import make_folder, sync_folder, write_bytes
from pleno.exporters.data_files import data_files
from pleno.exporters.layout import Layout
from pleno.exporters.pdf import set_pdfs
from pleno.exporters.pdf_engine import Tell, tell_nobody
from pleno.exporters.pdf_qr import PageSign
from pleno.exporters.workbook import Workbook, write_workbook

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
CERTIFICATES: Final = "sertifikat"
"""Folder of the certificates of those who signed."""
FIGURES_CSV: Final = "data/angka.csv"
FIGURES_JSON: Final = "data/angka.json"
RECAP: Final = "data/rekap.json"
JOURNAL: Final = "data/jejak.jsonl"
CELLS: Final = "data/lembar.json"
"""What every figure cell of the workbook reads, so that a changed one can be named."""
UNFINISHED: Final = ".belum-selesai"
"""Ending of a folder that is still being written; such a folder is removed at the next export."""


class WrittenSet(NamedTuple):
    """A set that lies on the disk as it should."""

    folder: Path
    manifest_sha256: str
    files: tuple[str, ...]
    """Names within the folder, manifest.json and SHA256SUMS included."""


def write_set(
    document: Document,
    layout: Layout,
    parent: Path,
    verifiers: Mapping[str, bytes] = MappingProxyType({}),
    tell: Tell = tell_nobody,
    sign: PageSign | None = None,
) -> WrittenSet:
    """Write the set of a document below `parent`; `verifiers` are the programs that go with it, by file name.

    `tell` hears how many pages are printed; what it raises ends the work and leaves nothing. `sign` signs the
    code of every printed page.
    Raises PlenoError when the folder exists or the medium refuses; earlier sets are untouched.
    """
    name = set_name(document)
    folder, scratch = parent / name, parent / f"{name}{UNFINISHED}"
    if folder.exists():
        raise PlenoError("Ekspor gagal", f"Folder {name} sudah ada.", "Pindahkan folder itu, lalu ekspor lagi.")
    try:
        workbook = write_workbook(document, layout)  # openpyxl keeps its sheets in files of the system meanwhile
        cells = f"{canonical({name: dict(of) for name, of in workbook.values.items()})}\n".encode()
        files = {_workbook_name(document): workbook.data, **data_files(document), CELLS: cells, **verifiers}
        if document.seal is not None:
            files[checkpoint_name(document.seal["no"])] = f"{document.checkpoint}\n".encode()
        files |= set_pdfs(document, layout, hashlib.sha256(files[FIGURES_JSON]).digest(), tell, sign)
        manifest = f"{canonical(manifest_of(document, files))}\n".encode()
        files[MANIFEST] = manifest
        files[SUMS] = sums_of(files)
        for left in parent.glob(f"*{UNFINISHED}"):
            shutil.rmtree(left)
        _write(scratch, files)
        _read_back(scratch / _workbook_name(document), workbook)
        scratch.replace(folder)
        sync_folder(parent)
    except OSError as error:
        raise medium_refused(error, name) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return WrittenSet(folder, hashlib.sha256(manifest).hexdigest(), tuple(sorted(files)))


def set_name(document: Document) -> str:
    """The folder of a document's set."""
    return f"{document.number:02}-{document.recap.contest.id}-{document.meeting.kecamatan}"


def _workbook_name(document: Document) -> str:
    status = f"{document.status.value}{document.number:02}"
    return f"D.HASIL_KECAMATAN_{document.recap.contest.id}_{document.meeting.kecamatan}_{status}.xlsx"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    (folder / "data").mkdir(parents=True)
    for name, data in files.items():
        write_bytes(folder / name, data)


def _read_back(path: Path, workbook: Workbook) -> None:
    """The file on the disk, read by another program's eyes, says what was planned."""
    with path.open("rb") as file:
        book = load_workbook(file, read_only=False, data_only=True)
    for sheet, cells in workbook.values.items():
        for at, value in cells.items():
            found = book[sheet][at].value
            if _read(found) != _read(value):
                raise PlenoError(
                    "Ekspor gagal",
                    f"{sheet}!{at} terbaca {found}, seharusnya {value}.",
                    "Periksa disk, lalu ekspor lagi; ekspor lama utuh.",
                )


def _read(value: object) -> object:
    """The empty result of a formula reads as no value; 0 stays 0."""
    return None if value == "" else value


def manifest_of(document: Document, files: Mapping[str, bytes]) -> Json:
    """What the set is and every file with size and hash (TRUST.md section 6)."""
    return {
        "format": "pleno-manifest/1",
        "app": document.app,
        "contest": document.recap.contest.id,
        "created": document.created.isoformat(timespec="seconds"),
        "export": {"no": document.number, "replaces": document.replaces, "status": document.status.value},
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()
        },
        "genesis": document.genesis,
        "journal": {"head": document.head_hash, "seq": document.head_seq},
        "kecamatan": document.meeting.kecamatan,
        "mode": "latihan" if document.meeting.practice else "resmi",
        "seal": None if document.seal is None else dict(document.seal),
        "signers": [{**signer._asdict(), "role": signer.role.value} for signer in document.signers],
        "signing": document.signing_rule._asdict(),
        "tps": {"sah": document.recap.settled, "seluruh": document.recap.tps},
        "totals": dict(document.sums(document.recap)),
    }


def signature_name(number: int) -> str:
    """The file of one signature over SHA256SUMS."""
    return f"{SUMS}.{number}.p7s"


def certificate_name(number: int) -> str:
    """The certificate that belongs to that signature."""
    return f"{CERTIFICATES}/{number}.crt"


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def copy_set(folder: Path, target: Path) -> Path:
    """Copy a written set below `target` (a stick) and read the copy back; the original stays valid whatever happens."""
    place = target / folder.name
    if place.exists():
        raise PlenoError("Salinan gagal", f"{place} sudah ada.", f"Ekspor sendiri utuh di {folder}.")
    scratch = target / f"{folder.name}{UNFINISHED}"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    try:
        make_folder(target)
        if scratch.exists():
            shutil.rmtree(scratch)
        _write(scratch, {name: (folder / name).read_bytes() for name in names})
        scratch.replace(place)
        sync_folder(target)
    except OSError as error:
        raise PlenoError(
            "Salinan gagal", f"{target}: {os_words(error)}.", f"Ekspor sendiri utuh di {folder}; salin lagi."
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return place


def medium_refused(error: OSError, what: str) -> PlenoError:
    """A disk that is full, read-only or gone, as a sentence."""
    return PlenoError(
        "Ekspor gagal",
        f"{what}: {os_words(error)}. Data dan ekspor lama utuh.",
        "Kosongkan ruang atau tutup program yang membuka berkas itu, lalu ekspor lagi.",
    )
