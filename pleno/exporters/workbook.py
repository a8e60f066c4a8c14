"""The D.HASIL KECAMATAN workbook of a document: planned, rendered, filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import count
from typing import Final, NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, PLANO, shown, to_json
from pleno.domain.recap import DesaRecap
from pleno.domain.state import PembetulanKind, PembetulanState
from pleno.exporters import pages, room_sheets
from pleno.exporters.headings import mark_sentence, status_line
from pleno.exporters.incidents import incidents
from pleno.exporters.layout import Layout, in_its_words, texts
from pleno.exporters.plan import CODE, NUMBER, PART, ROW_HEIGHT, Sheet, Value, address
from pleno.exporters.render import render
from pleno.exporters.signatures import signatures
from pleno.exporters.splice import splice
from pleno.exporters.styles import LARGER
from pleno.exporters.table import Content, Heading, Placed, label_width, place_table
from pleno.exporters.wrapping import BOLD, text_lines

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']+")
_LONGEST_NAME: Final = 31
_MOST_NOTES: Final = 10
"""Corrected cells named under a table; the register has them all."""
_INITIALS: Final = "______"


class Workbook(NamedTuple):
    """A finished workbook and what its cells must read."""

    data: bytes
    values: Mapping[str, Mapping[str, Value]]
    """Sheet name -> address -> figure or cached result."""


@in_its_words
def write_workbook(document: Document, layout: Layout) -> Workbook:
    """The workbook of a document; the same document and layout give the same bytes.

    Raises PlenoError naming the cell where a sheet's sum is not the recap's, and for a contest without TPS.
    """
    sheets = plan_workbook(document, layout)
    head = f"#{document.head_seq} {document.head_hash[:16]}"
    model = document.recap.contest.profile.models["kecamatan"]
    export = f"ekspor {document.number} {document.status.value}  {document.meeting.kecamatan}"
    footer = f"{model}  {export}  jejak {head}  ruang {document.genesis[:16]}{_sealed(document)}"
    template = render(sheets, layout, footer, document.mark, document.created)
    values = values_of(sheets)
    return Workbook(splice(template, values), values)


def _sealed(document: Document) -> str:
    """The newest seal, below every page; nothing while there is none."""
    seal = document.seal
    if seal is None:
        return ""
    return f"  SEGEL {seal['no']:02}  #{seal['seq']}  saksi {seal['angka_saksi']}  {seal['words']}"


def values_of(sheets: list[Sheet]) -> Mapping[str, Mapping[str, Value]]:
    """What is spliced in: figures, and a cached result for every formula."""
    found = {
        sheet.name: {
            address(*at): cell.value for at, cell in sheet.cells.items() if cell.value is not None and cell.text is None
        }
        for sheet in sheets
    }
    return {name: cells for name, cells in found.items() if cells}


def plan_workbook(document: Document, layout: Layout) -> list[Sheet]:
    """Every sheet in the order of the workbook."""
    if not document.recap.desa:
        raise PlenoError("Ekspor dihentikan", "Tidak ada TPS untuk kontes ini.", "Periksa kolom kontes di daftar TPS.")
    names = texts()["lembar"]
    desa_sheets: list[tuple[Sheet, Placed]] = []
    taken: set[str] = set(names.values())
    for number, desa in enumerate(document.recap.desa, 1):
        name = sheet_name(names["desa"].format(nomor=number, nama=desa.desa.name), taken)
        desa_sheets.append(_desa_sheet(document, desa, name, layout))
    return [
        pages.cover(document, names["sampul"]),
        pages.minutes(document, names["berita_acara"]),
        _kecamatan_sheet(document, desa_sheets, names["kecamatan"], layout),
        signatures(document, names["tanda_tangan"]),
        *(sheet for sheet, _ in desa_sheets),
        pages.register(document, names["pembetulan"]),
        incidents(document, names["kejadian"]),
        room_sheets.attendance(document, names["hadir"]),
        room_sheets.witness_answers(document, names["saksi"]),
    ]


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts that no other sheet has; it is added to `taken`."""
    plain = _NOT_IN_NAMES.sub(" ", wanted).strip()
    others = {other.casefold() for other in taken}
    for number in count(1):
        ending = "" if number == 1 else f"~{number}"
        name = _cut(plain, _LONGEST_NAME - len(ending)).rstrip() + ending
        if name.casefold() not in others:
            taken.add(name)
            return name
    raise AssertionError("count() ends never")


def _cut(text: str, units: int) -> str:
    """The beginning of a text; Excel counts a character beyond U+FFFF as two."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _desa_sheet(document: Document, desa: DesaRecap, name: str, layout: Layout) -> tuple[Sheet, Placed]:
    label = texts()["label"]
    sheet = Sheet(name)
    top = region(sheet, document, texts()["judul"]["desa"], desa, _mark(document))
    figures = [document.figures(file) for file in desa.files]
    corrected = [document.corrected(file) for file in desa.files]
    content = Content(
        place=f"{label['desa']} {desa.desa.name}, {document.meeting.names['kecamatan']}",
        headings=[Heading(label["tps"].format(nomor=file.tps.number), _status(file)) for file in desa.files],
        value=lambda item, row: to_json(figures[item].get(row)),
        formula=lambda item, row: None,
        corrected=lambda item, row: row in corrected[item],
        sums=document.sums(desa),
        notes=[*_correction_notes(document, desa, corrected), *_notes(document)],
        foot=_foot(document),
    )
    return sheet, place_table(sheet, top, document.recap.contest, content, layout)


def _status(file: TpsFile) -> str:
    label = texts()["label"]
    return str(label["sah"] if file.settlement is not None else label["belum"])


def _kecamatan_sheet(document: Document, desa_sheets: list[tuple[Sheet, Placed]], name: str, layout: Layout) -> Sheet:
    sheet = Sheet(name)
    top = region(sheet, document, texts()["judul"]["kecamatan"], None, _mark(document))
    every = document.recap.desa
    sums = [document.sums(desa) for desa in every]

    def link(item: int, row: str) -> str:
        source, placed = desa_sheets[item]
        at = address(placed.rows[row], placed.total_column)
        return f"IF(ISNUMBER('{source.name}'!{at}),'{source.name}'!{at},\"\")"

    content = Content(
        place=f"{texts()['label']['kecamatan']} {document.meeting.names['kecamatan']}",
        headings=[Heading(desa.desa.name, f"{desa.settled} dari {len(desa.files)} TPS") for desa in every],
        value=lambda item, row: sums[item].get(row),
        formula=link,
        corrected=lambda item, row: False,
        sums=document.sums(document.recap),
        notes=_notes(document),
        foot=_foot(document),
    )
    place_table(sheet, top, document.recap.contest, content, layout)
    return sheet


def _mark(document: Document) -> str:
    """What a draft or practice sheet says of itself over its table; empty on any other."""
    return f"{mark_sentence(document)} {status_line(document)}." if document.mark else ""


def region(sheet: Sheet, document: Document, titles: list[str], desa: DesaRecap | None, mark: str) -> int:
    """Titles, mark and region, all in the label columns that every page repeats; returns the table's first row."""
    profile, names, label = document.recap.contest.profile, document.meeting.names, texts()["label"]
    lines = [("model", f"MODEL {profile.models['kecamatan']}", "")]
    lines += [("heading", line.format(kontes=profile.name, tahun=profile.year), "") for line in titles]
    if mark:
        lines.append(("mark", mark, ""))
    if desa is not None:
        lines.append(("line", f"{label['desa']} : {desa.desa.name}", desa.desa.code))
    lines.append(("line", f"{label['kecamatan']} : {names['kecamatan']}", document.meeting.kecamatan))
    lines += [("line", f"{label[key]} : {names[key]}", "") for key in ("kabkota", "provinsi")]
    for row, (style, text, code) in enumerate(lines, 1):
        sheet.text(row, NUMBER, text, style, until=PART)
        scale = LARGER if style == "mark" else 1
        sheet.heights[row] = scale * ROW_HEIGHT * text_lines(text, label_width(NUMBER) / BOLD / scale)
        if code:
            sheet.text(row, CODE, code, "code")
    return len(lines) + 2


def _correction_notes(document: Document, desa: DesaRecap, corrected: Sequence[Set[str]]) -> Iterator[str]:
    """ "*5 = dibetulkan, tertulis 6 (#233): TPS 004 IV.02" for the corrected cells of a desa."""
    said, register = texts()["keterangan"], texts()["lembar"]["pembetulan"]
    order = {row.name: place for place, row in enumerate(document.recap.contest.rows)}
    cells = [
        (file, document.recap.contest.by_name[name])
        for file, names in zip(desa.files, corrected, strict=True)
        for name in sorted(names, key=order.__getitem__)
    ]
    if cells:
        yield said["dibetulkan"].format(lembar=register, kejadian=texts()["lembar"]["kejadian"])
    for file, row in cells[:_MOST_NOTES]:
        words = said["bintang"].format(
            menjadi=shown(file.ditetapkan[row.name]),
            tertulis=shown(file.figure(PLANO, row.name)),
            dasar=_ground(file, row.name),
        )
        yield f"{words}: TPS {file.tps.number:03} {row.code}"
    if len(cells) > _MOST_NOTES:
        yield said["dibetulkan_lagi"].format(jumlah=len(cells) - _MOST_NOTES, lembar=register)


def _ground(file: TpsFile, row: str) -> str:
    """What a corrected cell rests on: "#233", the newest pembetulan of the paper, or a recount."""
    confirmed = [
        item
        for item in file.pembetulan
        if item.row == row and item.kind is PembetulanKind.FORMULIR and item.state is PembetulanState.DISETUJUI
    ]
    if not confirmed or file.figure(HITUNG_ULANG, row) is not None:
        return str(texts()["keterangan"]["hitung_ulang"])
    return f"#{max(confirmed, key=lambda item: item.answered or 0).seq}"


def _notes(document: Document) -> list[str]:
    return [texts()["keterangan"]["tanpa"]] if document.recap.contest.unpublished else []


def _foot(document: Document) -> list[str]:
    """Room for the initials of the PPK and of the saksi who came, which every page ends with."""
    label = texts()["label"]
    numbers = {guest.stands_for for guest in document.kehadiran if guest.present}
    came = [one.number for one in document.recap.contest.contestants if str(one.number) in numbers]
    members = range(1, len(document.ppk) + 1)
    return [
        f"{label['paraf']}  {'  '.join(f'{number}:{_INITIALS}' for number in members)}",
        f"{label['paraf_saksi']}  {'  '.join(f'{number:02}:{_INITIALS}' for number in came) or _INITIALS}",
    ]
