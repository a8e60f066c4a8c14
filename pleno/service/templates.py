"""An office's own workbooks: understood, tried and filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, PLANO, shown, to_json
from pleno.domain.state import SheetStatus
from pleno.exporters.fill import Content, Wanted, address_of, fill_workbook, reckon, total_of
from pleno.importers.limits import MAX_XLSX, read_regular, shown_outside
from pleno.importers.parsed import Remark as Remark  # the skins name its type through here
from pleno.importers.parsed import Target
from pleno.importers.sniff import Format, sniff
from pleno.importers.template import Place, PlaceKind, read_template
from pleno.importers.template import Template as Template  # the skins name its type through here
from pleno.importers.template_map import map_text, unclear_texts
from pleno.importers.workbook_grid import letters
from pleno.service.documents import working_document
from pleno.service.export import OUTGOING, missing_for_final
from pleno.service.intake import TEMPLATES, target
from pleno.service.new_file import NewFile, require_new, safe_stem, write_new
from pleno.service.session import Session
from pleno.service.views import recap


class Proposal(NamedTuple):
    """A map that was proposed."""

    told: tuple[Remark, ...]
    """Sheet by sheet, what was understood."""
    remarks: tuple[Remark, ...]
    """What was not."""
    file: NewFile

    @property
    def text(self) -> str:
        """TOML."""
        return self.file.data.decode()


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
    faults: tuple[Remark, ...] = ()
    """What would stop the filling, each with its cell or sheet."""


class FilledFile(NamedTuple):
    """An office's workbook, filled."""

    file: NewFile
    status: SheetStatus
    typed: int
    reckoned: int
    remarks: tuple[Remark, ...]

    @property
    def path(self) -> Path:
        """Where it is written."""
        return self.file.path


class PreparedFill(NamedTuple):
    """A filling that may be done: no thread that does it asks the session."""

    document: Document
    folder: Path


def reader(session: Session, contest: Contest | None) -> Callable[[Path], Template]:
    """What reads an office's workbook as one of this workspace, or of one contest of it, in any thread.

    PlenoError, now for a map that cannot be read, and then for a file that is no plain xlsx of this kecamatan.
    """
    wanted = target(session, PLANO, contest)
    return lambda path: _read(path, wanted)


def propose_map(session: Session, path: Path, contest: Contest | None, write: bool) -> Proposal:
    """A map for an office's workbook, by the labels and headings that were understood.

    Written into templates_xlsx beside the workbooks, where `write` asks for it; never over another map.
    """
    proposed = proposal(session, reader(session, contest)(path))
    if write:
        write_new(proposed.file)
    return proposed


def proposal(session: Session, template: Template) -> Proposal:
    """The map of a workbook that was read, as words and as a file; nothing is written."""
    told = tuple(
        Remark(
            f"lembar {shown_outside(sheet.name, 40)}",
            f"{session.desa[sheet.desa].name if sheet.desa else 'kecamatan'}: {sheet.columns} kolom "
            f"{'TPS' if sheet.desa else 'desa'}, {sheet.rows} baris formulir, label di kolom "
            f"{', '.join(letters(column) for column in sheet.labels) or '-'}.",
        )
        for sheet in template.sheets
    )
    unclear = [
        Remark(shown_outside(where, 60), f'berisi "{shown_outside(text, 30)}": tulis di petanya, nol atau kosong.')
        for text, where in unclear_texts(template, template.cells).items()
    ]
    place = session.folder / TEMPLATES / f"{safe_stem(template.name)}.toml"
    return Proposal(told, (*template.remarks, *unclear), NewFile(place, map_text(template).encode()))


def try_template(session: Session, path: Path, contest: Contest | None) -> Tried:
    """What each cell of an office's workbook would receive, and why others receive nothing; nothing is written."""
    template = reader(session, contest)(path)
    meant = _contest(session, template)
    return trial(template, working_document(session, meant) if meant else None)


def trial(template: Template, document: Document | None) -> Tried:
    """The same for a workbook that was read, in any thread; None where no sheet was recognised."""
    remarks = tuple(one for one in template.remarks if one not in template.uncovered)
    if document is None or not template.sheets:
        return Tried(template.name, None, template.its_map.name, (), remarks)
    wanted = list(_wanted(template, document))
    cells = tuple(
        Receiving(
            place.at[0], place.address.rpartition("!")[2], place.row.code, _whose(document, place),
            place.at in template.formulas, _shown(one.value),
        )
        for place, one in zip(template.places, wanted, strict=True)
    )  # fmt: skip
    stops = [Remark(address_of(one.at), one.message) for one in reckon(_content(template), wanted).faults]
    return Tried(
        template.name, document.recap.contest, template.its_map.name, cells, remarks, (*template.uncovered, *stops)
    )


def fill_template(
    session: Session, path: Path, contest: Contest | None, draft: bool, target_folder: Path | None = None
) -> FilledFile:
    """Fill an office's own workbook and write it into a folder, or data/ekspor; the original is not touched.

    A draft may be filled at any time and says KONSEP in its name; otherwise every TPS must be settled, as for an
    export. PlenoError for that, for a TPS or desa without a column, for a formula that gives another figure than
    ours, and when the medium refuses.
    """
    template = reader(session, contest)(path)
    meant = _contest(session, template)
    if meant is None:
        raise _unknown(template)
    filled = fill(prepare_fill(session, meant, draft, target_folder), template)
    write_new(filled.file)
    return filled


def prepare_fill(session: Session, contest: Contest, draft: bool, target_folder: Path | None = None) -> PreparedFill:
    """What a workbook is filled with. PlenoError where it is no draft and something is not settled yet."""
    if not draft and (missing := missing_for_final(session, recap(session, contest))):
        raise PlenoError(
            "Pengisian belum dapat",
            f"{'; '.join(missing)}.",
            "Selesaikan dulu; untuk diperiksa sekarang pakai `pleno templat isi FILE --konsep`.",
        )
    document = working_document(session, contest, SheetStatus.KONSEP if draft else SheetStatus.DITETAPKAN)
    return PreparedFill(document, target_folder if target_folder is not None else session.folder / OUTGOING)


def fill(prepared: PreparedFill, template: Template) -> FilledFile:
    """A workbook that was read with its figures, in any thread; nothing is written. PlenoError as `fill_template`."""
    document = prepared.document
    if not template.sheets:
        raise _unknown(template)
    if template.uncovered:
        raise PlenoError(
            "Pengisian dihentikan",
            " ".join(f"{one.place} {one.message}" for one in template.uncovered),
            "Tambah kolomnya di templat; jumlahnya tidak akan benar tanpa itu.",
        )
    mark = f"-{document.mark}" if document.mark else ""
    path = prepared.folder / f"{safe_stem(template.name)}{mark}-{document.head_seq:05}.xlsx"
    require_new(path)
    filled = fill_workbook(_content(template), _wanted(template, document))
    return FilledFile(
        NewFile(path, filled.data), document.status, filled.typed, filled.reckoned, tuple(template.remarks)
    )


def _read(path: Path, wanted: Target) -> Template:
    data = read_regular(path, MAX_XLSX)
    name = shown_outside(path.name)
    if sniff(data, name) is not Format.XLSX:
        raise PlenoError("Templat ditolak", f"{name} bukan buku kerja xlsx.", "Simpan sebagai Excel Workbook (.xlsx).")
    return read_template(data, name, wanted)


def _unknown(template: Template) -> PlenoError:
    told = " ".join(f"{one.place}: {one.message}" for one in template.remarks[:5])
    return PlenoError(
        "Templat tidak dikenali",
        f"{template.name} tidak memuat lembar yang dikenali. {told}".strip(),
        "Buat petanya dengan `pleno templat kenali FILE --tulis`, lengkapi, lalu `pleno templat uji FILE`.",
    )


def _content(template: Template) -> Content:
    return Content(template.data, template.cells, template.formulas)


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
