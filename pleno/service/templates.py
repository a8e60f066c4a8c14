"""Workbooks for an office to type into: ours, made for this workspace, and the office's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.figures import KOSONG, PLANO, shown, to_json
from pleno.domain.state import SheetStatus
from pleno.exporters.atomic import make_folder, write_bytes
from pleno.exporters.fill import Content, Wanted, fill_workbook, total_of
from pleno.exporters.isian import isian_name, write_isian
from pleno.exporters.layout import Layout
from pleno.importers.limits import MAX_XLSX, read_regular, shown_outside
from pleno.importers.parsed import Remark as Remark  # the skins name its type through here
from pleno.importers.sniff import Format, sniff
from pleno.importers.template import Place, PlaceKind, Template, read_template
from pleno.importers.template_map import map_text
from pleno.service.export import OUTGOING, missing_for_final, working_document
from pleno.service.intake import TEMPLATES, target
from pleno.service.session import Session
from pleno.service.views import recap


class Proposal(NamedTuple):
    """A map that was proposed."""

    text: str
    """TOML."""
    remarks: tuple[Remark, ...]
    """What was not understood."""
    path: Path | None
    """Where it was written, if it was."""


class Receiving(NamedTuple):
    """What one cell of an office's workbook receives."""

    sheet: str
    cell: str
    """ "C12"."""
    row: str
    """Row code of the form."""
    whose: str
    """ "TPS 004 AREN HULU", a desa's name, or what it is the sum of."""
    is_formula: bool
    """A formula stays and is checked against our figure."""
    figure: str
    """For people; "?" where nothing was read."""


class Tried(NamedTuple):
    """What filling a workbook would do."""

    name: str
    contest: Contest | None
    map_name: str
    """Of the map file; empty where the workbook is recognised without one."""
    cells: tuple[Receiving, ...]
    remarks: tuple[Remark, ...]
    """Why something receives nothing."""


class FilledFile(NamedTuple):
    """An office's workbook, filled and read back."""

    path: Path
    status: SheetStatus
    typed: int
    reckoned: int
    remarks: tuple[Remark, ...]


def make_isian(session: Session, contest: Contest, target_folder: Path | None = None) -> Path:
    """Write the empty isian workbook of a contest into a folder, or templates_xlsx; returns its path.

    PlenoError when it is there already, since an office may have typed into it, and when the medium refuses.
    """
    document = working_document(session, contest)
    layout = Layout(session.config.kertas, session.config.kolom_per_halaman)
    path = (target_folder if target_folder is not None else session.folder / TEMPLATES) / isian_name(document)
    _write_new(path, write_isian(document, layout))
    return path


def propose_map(session: Session, path: Path, contest: Contest | None, write: bool) -> Proposal:
    """A map for an office's workbook, by the labels and headings that were understood.

    Written into templates_xlsx beside the workbooks, where `write` asks for it; never over another map.
    """
    template = _read(session, path, contest)
    text = map_text(template)
    place = session.folder / TEMPLATES / f"{Path(template.name).stem}.toml"
    if write:
        _write_new(place, text.encode())
    return Proposal(text, tuple(template.remarks), place if write else None)


def try_template(session: Session, path: Path, contest: Contest | None) -> Tried:
    """What each cell of an office's workbook would receive, and why others receive nothing; nothing is written."""
    template = _read(session, path, contest)
    meant = _contest(session, template)
    if meant is None:
        return Tried(template.name, None, template.its_map.name, (), tuple(template.remarks))
    document = working_document(session, meant)
    cells = tuple(
        Receiving(
            place.at[0], place.address.rpartition("!")[2], place.row.code, _whose(document, place),
            place.at in template.formulas, _shown(wanted.value),
        )
        for place, wanted in zip(template.places, _wanted(template, document), strict=True)
    )  # fmt: skip
    return Tried(template.name, meant, template.its_map.name, cells, tuple(template.remarks))


def fill_template(
    session: Session, path: Path, contest: Contest | None, draft: bool, target_folder: Path | None = None
) -> FilledFile:
    """Fill an office's own workbook and write it into a folder, or data/ekspor; the original is not touched.

    A draft may be filled at any time and says KONSEP in its name; otherwise every TPS must be settled, as for an
    export. PlenoError for that, for a TPS or desa without a column, for a formula that gives another figure than
    ours, and when the medium refuses.
    """
    template = _read(session, path, contest)
    meant = _contest(session, template)
    if meant is None:
        told = " ".join(f"{one.place}: {one.message}" for one in template.remarks[:5])
        raise PlenoError(
            "Templat tidak dikenali",
            f"{template.name} tidak memuat lembar yang dikenali. {told}".strip(),
            "Buat petanya dengan `pleno templat kenali FILE --tulis`, lengkapi, lalu `pleno templat uji FILE`.",
        )
    if template.uncovered:
        raise PlenoError(
            "Pengisian dihentikan",
            " ".join(f"{one.place} {one.message}" for one in template.uncovered),
            "Tambah kolomnya di templat; jumlahnya tidak akan benar tanpa itu.",
        )
    if not draft and (missing := missing_for_final(session, recap(session, meant))):
        raise PlenoError(
            "Pengisian belum dapat",
            f"{'; '.join(missing)}.",
            "Selesaikan dulu; untuk diperiksa sekarang pakai `pleno templat isi FILE --konsep`.",
        )
    status = SheetStatus.KONSEP if draft else SheetStatus.DITETAPKAN
    document = working_document(session, meant, status)
    filled = fill_workbook(Content(template.data, template.cells, template.formulas), _wanted(template, document))
    mark = f"-{document.mark}" if document.mark else ""
    name = f"{Path(template.name).stem}{mark}-{document.head_seq:05}.xlsx"
    place = (target_folder if target_folder is not None else session.folder / OUTGOING) / name
    _write_new(place, filled.data)
    return FilledFile(place, status, filled.typed, filled.reckoned, tuple(template.remarks))


def _read(session: Session, path: Path, contest: Contest | None) -> Template:
    data = read_regular(path, MAX_XLSX)
    name = shown_outside(path.name)
    if sniff(data, name) is not Format.XLSX:
        raise PlenoError("Templat ditolak", f"{name} bukan buku kerja xlsx.", "Simpan sebagai Excel Workbook (.xlsx).")
    return read_template(data, name, target(session, PLANO, contest))


def _contest(session: Session, template: Template) -> Contest | None:
    """The contest of a workbook; None where no sheet was recognised."""
    names = template.contests
    if len(names) > 1:
        raise PlenoError(
            "Kontes belum jelas",
            f"{template.name} memuat lembar {' dan '.join(names)}.",
            "Sebut satu dengan --kontes; kontes lain diisi dengan perintah berikutnya.",
        )
    return session.contests[names[0]] if names else None


def _wanted(template: Template, document: Document) -> Iterator[Wanted]:
    """What every place of a template must show, in the order of the places."""
    papers = {file.tps.code: document.figures(file) for file in document.recap.files}
    sums = {part.desa.code: document.sums(part) for part in document.recap.desa}
    for place in template.places:
        name = place.row.name
        figures = [
            to_json(papers[code].get(name)) if code in papers else sums[code].get(name) for code in place.members
        ]
        value = figures[0] if place.kind is PlaceKind.FIGURE else total_of(figures)
        if value == KOSONG.value:
            meanings = template.its_map.sheet(place.at[0]).meanings or {}
            value = next((text for text, figure in meanings.items() if figure is KOSONG), value)
        yield Wanted(place.at, value, f"{_whose(document, place)} {place.row.code}")


def _whose(document: Document, place: Place) -> str:
    """For people: a TPS, a desa, or what is summed."""
    if place.kind is not PlaceKind.FIGURE:
        return "JUMLAH AKHIR" if place.kind is PlaceKind.TOTAL else "JUMLAH PINDAHAN"
    names = {part.desa.code: part.desa.name for part in document.recap.desa}
    code = place.members[0]
    return f"TPS {code[10:]} {names[code[:10]]}" if len(code) == 13 else names[code]


def _shown(value: int | str | None) -> str:
    return value if isinstance(value, str) else shown(value)


def _write_new(path: Path, data: bytes) -> None:
    if path.exists():
        raise PlenoError(
            "Berkas sudah ada",
            f"{path.name} sudah ada di {path.parent} dan mungkin sudah diisi; tidak ada yang ditimpa.",
            "Pindahkan berkas itu, atau sebut folder lain.",
        )
    try:
        make_folder(path.parent)
        write_bytes(path, data)
    except OSError as error:
        raise PlenoError(
            "Berkas tidak ditulis",
            f"{path.name}: {os_words(error)}. Tidak ada angka yang berubah.",
            "Periksa ruang dan izin folder itu, lalu ulangi.",
        ) from error
