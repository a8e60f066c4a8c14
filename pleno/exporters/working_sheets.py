"""Working sheets outside a set: differences for the saksi, what to edit in Sirekap, corrections so far.

Each is a plan for print and a list for a spreadsheet; the paper carries the hash of the list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from pleno.domain.compare import Cell, TpsFile
from pleno.domain.document import Document
from pleno.domain.figures import PLANO, SIREKAP, Figure, shown, source_label, to_json
from pleno.domain.sentences import spoken
from pleno.domain.worklist import Edit, Worklist, worklist
from pleno.exporters import pages
from pleno.exporters.headings import DOTS, table_heads, text_row, titles
from pleno.exporters.layout import Layout, in_its_words, texts
from pleno.exporters.lists import list_csv
from pleno.exporters.pdf import print_files
from pleno.exporters.pdf_frame import Print
from pleno.exporters.pdf_words import words_part
from pleno.exporters.plan import Sheet
from pleno.exporters.register import register_csv

SIZES: Final = (10.0,)
"""Points of the words."""
_INITIALS: Final = 24.0
"""Points of a row somebody initials."""


class SheetKind(StrEnum):
    """Which working sheet; the word people type."""

    SELISIH = "selisih"
    SIREKAP = "sirekap"
    PEMBETULAN = "pembetulan"


class WorkingSheet(NamedTuple):
    """A sheet ready to be written."""

    csv: bytes
    pdf: bytes
    rows: int
    """Lines of the list."""


@in_its_words
def working_sheet(document: Document, kind: SheetKind, name: str, layout: Layout) -> WorkingSheet:
    """The sheet as csv and PDF; `name` is its file name without ending."""
    plan, data = _SHEETS[kind](document)
    mark = "LATIHAN" if document.meeting.practice else ""
    frame = Print(document, layout.paper, hashlib.sha256(data).digest(), f"{name}.csv", 0, mark, plan.name)
    part = words_part(document, plan, layout.paper, SIZES, paraf=True)
    pdf = print_files(frame, {name: [part]})[name]
    return WorkingSheet(data, pdf, data.count(b"\r\n") - 1)


def _plan(
    document: Document, name: str, title: str, widths: Sequence[float], heads: Sequence[str]
) -> tuple[Sheet, int]:
    """A sheet with its title and heads, and the row below them."""
    sheet = Sheet(name, widths=dict(enumerate(widths, 1)))
    row = titles(sheet, 1, [title, *texts()["judul"]["kecamatan"][2:]], document, until=len(widths))
    table_heads(sheet, row, heads)
    return sheet, row + 1


def _nothing(sheet: Sheet, row: int, columns: int) -> None:
    sheet.text(row, 1, texts()["keterangan"]["nihil"], "cellmiddle", until=columns)


def _desa_names(document: Document) -> dict[str, str]:
    return {desa.desa.code: desa.desa.name for desa in document.recap.desa}


def _where(names: dict[str, str], file: TpsFile) -> str:
    return f"{names[file.tps.desa]} / TPS {file.tps.number:03}"


def _row_words(cell: Cell | Edit) -> str:
    row = cell.row
    part = f" {texts()['label'][row.part.value]}" if row.part else ""
    return f"{row.code} {row.label}{part}"


# --- lembar selisih ------------------------------------------------------------------------------

_DIFFERENCE_HEADS: Final = (
    "NO.", "DESA / TPS", "BARIS", "PLANO", "SIREKAP", "SUMBER LAIN", "DITETAPKAN", "KEADAAN", "PARAF SAKSI",
)  # fmt: skip
_DIFFERENCE_FIELDS: Final = (
    "kode_tps", "desa", "nomor_tps", "kontes", "kode_baris", "isian", "sumber", "angka", "ditetapkan", "keadaan",
)  # fmt: skip


def _differences(document: Document) -> tuple[Sheet, bytes]:
    """Every cell in which readings differ, settled or not."""
    names = _desa_names(document)
    found = [(file, cell) for file in document.recap.files for cell in file.differing]
    widths = (7, 36, 58, 12, 12, 28, 17, 28, 18)
    sheet, row = _plan(document, "SELISIH", "LEMBAR SELISIH", widths, _DIFFERENCE_HEADS)
    for number, (file, cell) in enumerate(found, 1):
        others = [source for source in cell.figures if source not in (PLANO, SIREKAP)]
        text_row(
            sheet,
            row,
            (
                str(number),
                _where(names, file),
                _row_words(cell),
                _shown(cell.figures.get(PLANO)),
                _shown(cell.figures.get(SIREKAP)),
                "; ".join(f"{source_label(source)} {shown(cell.figures[source])}" for source in others),
                _shown(cell.ditetapkan),
                f"terbuka: {', '.join(map(source_label, cell.open))}" if cell.open else "selesai",
                "",
            ),
            _INITIALS,
            {4, 5, 7},
        )
        row += 1
    if not found:
        _nothing(sheet, row, len(widths))
    return sheet, list_csv(_DIFFERENCE_FIELDS, _difference_lines(document, names, found))


def _difference_lines(
    document: Document, names: dict[str, str], found: Sequence[tuple[TpsFile, Cell]]
) -> Iterator[Sequence[str | int | None]]:
    for file, cell in found:
        for source, figure in cell.figures.items():
            yield (
                file.tps.code,
                names[file.tps.desa],
                file.tps.number,
                document.recap.contest.id,
                cell.row.code,
                cell.row.name,
                source,
                to_json(figure),
                to_json(cell.ditetapkan),
                "terbuka" if source in cell.open else "selesai",
            )


def _shown(figure: Figure) -> str:
    return "-" if figure is None else shown(figure)


# --- worklist Sirekap ----------------------------------------------------------------------------

_WORK_HEADS: Final = ("NO.", "DESA / TPS", "BARIS", "DI SIREKAP", "SEHARUSNYA", "KEADAAN", "PARAF OPERATOR")
_WORK_FIELDS: Final = (
    "kode_tps", "desa", "nomor_tps", "kontes", "kode_baris", "isian", "di_sirekap", "seharusnya", "keadaan",
)  # fmt: skip


def _sirekap(document: Document) -> tuple[Sheet, bytes]:
    """What to edit, then what is done; nothing left = the certificate."""
    work, names = worklist(document.recap), _desa_names(document)
    data = list_csv(_WORK_FIELDS, _work_lines(document, names, work))
    if work.in_sync:
        return _certificate(document, work), data
    widths = (7, 36, 72, 16, 16, 22, 22)
    sheet, row = _plan(document, "SIREKAP", "DAFTAR KERJA SIREKAP: YANG MASIH HARUS DIUBAH", widths, _WORK_HEADS)
    lines = [(edit, "belum diubah") for edit in work.edits] + [(edit, "sudah di Sirekap") for edit in work.done]
    for number, (edit, state) in enumerate(lines, 1):
        figures = ("kosong" if edit.sirekap is None else spoken(edit.sirekap), spoken(edit.ditetapkan))
        words = (str(number), _where(names, edit.file), _row_words(edit), *figures, state, "")
        text_row(sheet, row, words, _INITIALS)
        row += 1
    for file in work.without_object:
        words = ("", _where(names, file), "seluruh baris", "", "", "objek Sirekap belum diimpor", "")
        text_row(sheet, row, words, _INITIALS)
        row += 1
    if not lines and not work.without_object:
        _nothing(sheet, row, len(widths))
        row += 1
    sheet.text(row + 1, 1, _left(work), "text", until=len(widths))
    return sheet, data


def _left(work: Worklist) -> str:
    return (
        f"Masih {len(work.edits)} angka harus diubah, {len(work.without_object)} TPS belum ada objek Sirekapnya, "
        f"{work.unsettled} TPS belum sah; {len(work.done)} angka sudah diubah. Ubah di Sirekap, unduh objek yang baru, "
        "impor ke pleno, lalu cetak lembar ini lagi."
    )


def _work_lines(document: Document, names: dict[str, str], work: Worklist) -> Iterator[Sequence[str | int | None]]:
    contest = document.recap.contest.id
    for edits, state in ((work.edits, "belum"), (work.done, "sudah")):
        for edit in edits:
            tps, row = edit.file.tps, edit.row
            where = (tps.code, names[tps.desa], tps.number, contest, row.code, row.name)
            yield (*where, to_json(edit.sirekap), to_json(edit.ditetapkan), state)
    for file in work.without_object:
        yield (file.tps.code, names[file.tps.desa], file.tps.number, contest, "", "", None, None, "tanpa_objek")


def _certificate(document: Document, work: Worklist) -> Sheet:
    recap = document.recap
    sheet = Sheet("SIREKAP", widths={1: 4, 2: 122})
    row = titles(sheet, 1, ["SURAT KETERANGAN SINKRON SIREKAP", *texts()["judul"]["kecamatan"][2:]], document, until=2)
    newest = f" Objek terbaru bertanggal {work.newest}." if work.newest else ""
    said = [
        f"SINKRON: untuk seluruh {recap.tps} TPS di {len(recap.desa)} desa/kelurahan, angka di Sirekap sama dengan "
        f"angka yang ditetapkan dalam rapat pleno.{newest}",
        f"Angka Sirekap yang dibetulkan dan sudah diubah: {len(work.done)}. Baris yang tidak diterbitkan Sirekap tidak "
        "dibandingkan.",
        f"Keadaan sampai entri jejak #{document.head_seq}.",
    ]
    for number, paragraph in enumerate(said, 1):
        sheet.text(row, 1, f"{number}.", "para")
        sheet.text(row, 2, paragraph, "para")
        row += 1
    words = texts()["tanda_tangan"]
    sheet.text(row + 1, 2, f"{words['ketua']} {words['ppk']}", "text")
    sheet.text(row + 4, 2, document.ppk[0].name if document.ppk else DOTS, "bold")
    return sheet


# --- register pembetulan -------------------------------------------------------------------------


def _register(document: Document) -> tuple[Sheet, bytes]:
    return pages.register(document, texts()["lembar"]["pembetulan"]), register_csv(document)


_SHEETS: Final[dict[SheetKind, Callable[[Document], tuple[Sheet, bytes]]]] = {
    SheetKind.SELISIH: _differences,
    SheetKind.SIREKAP: _sirekap,
    SheetKind.PEMBETULAN: _register,
}
