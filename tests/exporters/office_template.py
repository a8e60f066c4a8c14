"""A workbook as an office keeps it: its own layout, formulas and pictures, none of it ours."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Final

from importers.workbook_samples import repacked
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pleno.domain.contest import Contest, Part

SUBROWS: Final = {Part.L: "L", Part.P: "P", Part.J: "JML"}
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "56c7b3d20000000049454e44ae426082"
)


def office_template(contest: Contest, desa: Mapping[str, Sequence[int]], kecamatan: str, page: int = 9) -> bytes:
    """Desa by name with the numbers of their TPS: a sheet each, and one of the kecamatan that links to them.

    `page`: value columns of a page of the kecamatan's sheet; a further page stands below, sums carried.
    """
    book = Workbook()
    del book[book.sheetnames[0]]
    total = {name: _desa_sheet(book.create_sheet(name[:20]), contest, name, kecamatan, numbers)
             for name, numbers in desa.items()}  # fmt: skip
    _kecamatan_sheet(book.create_sheet("D.HASIL"), contest, kecamatan, total, page)
    hidden = book.create_sheet("REFERENSI")
    hidden.sheet_state = "hidden"
    hidden["A1"] = 7
    hidden["A2"] = "=A1*2"
    hidden["A3"] = "=TODAY()"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _election(contest: Contest) -> str:
    return f"PEMILU {contest.profile.name} TAHUN {contest.profile.year}"


def _head(sheet: Worksheet, title: str, kecamatan: str, desa: str) -> None:
    sheet["B1"] = title
    sheet["B2"], sheet["D2"] = "KECAMATAN/DISTRIK *)", f": {kecamatan}"
    if desa:
        sheet["B3"], sheet["D3"] = "DESA/KELURAHAN *)", f": {desa}"


def _desa_sheet(
    sheet: Worksheet, contest: Contest, desa: str, kecamatan: str, numbers: Sequence[int]
) -> Mapping[str, str]:
    """One desa, LK PR JUM in triples; returns the address of each row's JUMLAH AKHIR."""
    _head(sheet, f"ALAT BANTU REKAPITULASI {_election(contest)}", kecamatan, desa)
    last = 5 + len(numbers)
    sheet.cell(5, 2, "NO.")
    sheet.cell(5, 3, "URAIAN")
    for column, number in enumerate(numbers, 5):
        sheet.cell(5, column, f"TPS {number:03}").font = Font(bold=True)
    sheet.cell(5, last, "JUMLAH AKHIR")
    totals: dict[str, str] = {}
    line = 6
    rows: dict[str, int] = {}
    for section in contest.sections:
        sheet.cell(line, 3, section.title)
        line += 1
        for row in section.rows:
            rows[row.name] = line
            _label(sheet, line, row.label, row.part)
            for column in range(5, last):
                cell = sheet.cell(line, column)
                letter = get_column_letter(column)
                cell.fill = PatternFill("solid", fgColor="FFFFCC")
                if row.part is Part.J:
                    cell.value = f"=SUM({letter}{line - 2}:{letter}{line - 1})"
                elif row.name == "suara_total":
                    cell.value = f"={letter}{rows['suara_sah']}+{letter}{rows['suara_tidak_sah']}"
            first, end = get_column_letter(5), get_column_letter(last - 1)
            sheet.cell(line, last, f"=SUM({first}{line}:{end}{line})")
            totals[row.name] = f"'{sheet.title}'!{get_column_letter(last)}{line}"
            line += 1
    sheet.cell(line + 1, 3, "Partisipasi")
    at = get_column_letter(last)
    use, dpt = rows["pengguna_total_j"], rows["pemilih_dpt_j"]
    sheet.cell(line + 1, last, f'=IF({at}{dpt}=0,"",{at}{use}/{at}{dpt})').number_format = "0.0%"
    return totals


def _label(sheet: Worksheet, line: int, label: str, part: Part | None) -> None:
    number, _, name = label.partition(" ")
    if number.isdigit():
        sheet.cell(line, 2, number)
        sheet.cell(line, 3, name)
        return
    if part in (None, Part.L):
        sheet.cell(line, 3, label.upper().replace(" DALAM ", "\n DALAM "))
    if part is not None:
        sheet.cell(line, 4, {Part.L: "LK", Part.P: "PR", Part.J: "JUM"}[part])


def _kecamatan_sheet(
    sheet: Worksheet, contest: Contest, kecamatan: str, totals: Mapping[str, Mapping[str, str]], page: int
) -> None:
    """Desa across, pages below each other with JUMLAH PINDAHAN between them."""
    _head(sheet, contest.profile.models["kecamatan"], kecamatan, "")
    names = list(totals)
    pages = [names[at : at + page] for at in range(0, len(names), page)]
    top, before = 5, 0
    for index, shown in enumerate(pages):
        heads = [*(["JUMLAH PINDAHAN"] if index else []), *shown]
        heads.append("JUMLAH AKHIR" if index == len(pages) - 1 else "JUMLAH PINDAHAN")
        sheet.cell(top, 3, "URAIAN")
        for column, head in enumerate(heads, 5):
            sheet.cell(top, column, head)
        for line, row in enumerate(contest.rows, top + 1):
            _label(sheet, line, row.label, row.part)
            for column, head in enumerate(heads, 5):
                if head in totals:
                    # Half of them link, as an office does it; the others are typed.
                    sheet.cell(line, column, f"={totals[head][row.name]}" if column % 2 else None)
                elif column == 5 and index:
                    sheet.cell(line, column, f"={get_column_letter(before)}{line - len(contest.rows) - 3}")
                else:
                    end = get_column_letter(column - 1)
                    sheet.cell(line, column, f"=SUM(E{line}:{end}{line})")
        before = 4 + len(heads)
        top += len(contest.rows) + 3


def decorated(data: bytes) -> bytes:
    """The workbook with a logo, a header picture, a form button, a data bar and an external link in raw parts."""
    ns = f'xmlns:r="{_R}"'
    tail = (
        "<headerFooter><oddHeader>&amp;C&amp;G</oddHeader></headerFooter>"
        f'<drawing {ns} r:id="rIdD"/><legacyDrawing {ns} r:id="rIdV"/><legacyDrawingHF {ns} r:id="rIdH"/>'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14">'
        f'<controls><control {ns} shapeId="1025" r:id="rIdC" name="Tombol 1"/></controls></mc:Choice>'
        "</mc:AlternateContent>"
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="dataBar" id="{00000000-0001-0000-0000-000000000000}">'
        '<x14:dataBar minLength="0" maxLength="100">'
        '<x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule><xm:sqref>E7:F9</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    relations = _relations(
        ("rIdD", f"{_R}/drawing", "../drawings/drawing1.xml"),
        ("rIdV", f"{_R}/vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("rIdH", f"{_R}/vmlDrawing", "../drawings/vmlDrawing2.vml"),
        ("rIdC", f"{_R}/ctrlProp", "../ctrlProps/ctrlProp1.xml"),
    )
    link = f'<externalReferences><externalReference {ns} r:id="rIdX"/></externalReferences>'
    types = (
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        + _override("drawings/drawing1.xml", "application/vnd.openxmlformats-officedocument.drawing+xml")
        + _override("ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
        + _override("externalLinks/externalLink1.xml",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")
    )  # fmt: skip

    external = _relation("rIdX", f"{_R}/externalLink", "externalLinks/externalLink1.xml")

    def with_link(old: bytes) -> bytes:
        text = old.decode()
        return text.replace("</sheets>", f"</sheets>{link}").encode()

    return repacked(
        data,
        {
            "xl/worksheets/sheet1.xml": lambda old: old.replace(b"</worksheet>", tail.encode()),
            "xl/workbook.xml": with_link,
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(
                b"</Relationships>", f"{external}</Relationships>".encode()),
            "[Content_Types].xml": lambda old: re.sub(rb"(<Types[^>]*>)", rb"\1" + types.encode(), old, count=1),
        },
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations,
            "xl/media/logo.png": _PNG,
            "xl/drawings/drawing1.xml": _DRAWING.encode(),
            "xl/drawings/_rels/drawing1.xml.rels": _relations(("rId1", f"{_R}/image", "../media/logo.png")),
            "xl/drawings/vmlDrawing1.vml": _vml('<v:shape id="_x0000_s1025" style="width:60pt;height:20pt">'
                '<x:ClientData ObjectType="Button"><x:Anchor>1, 0, 1, 0, 2, 0, 2, 0</x:Anchor></x:ClientData>'
                "</v:shape>"),
            "xl/drawings/vmlDrawing2.vml": _vml('<v:shape id="CH" type="#_x0000_t75" style="width:40pt;height:40pt">'
                '<v:imagedata o:relid="rId1" o:title="logo"/></v:shape>'),
            "xl/drawings/_rels/vmlDrawing2.vml.rels": _relations(("rId1", f"{_R}/image", "../media/logo.png")),
            "xl/ctrlProps/ctrlProp1.xml": b'<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml'
                b'/2009/9/main" objectType="Button" lockText="1"/>',
            "xl/externalLinks/externalLink1.xml": (
                '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f'<externalBook {ns} r:id="rId1"><sheetNames><sheetName val="Lembar1"/></sheetNames></externalBook>'
                "</externalLink>").encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": _relations(
                ("rId1", f"{_R}/externalLinkPath", 'LAIN.xlsx" TargetMode="External')),
        },
    )  # fmt: skip


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _relations(*found: tuple[str, str, str]) -> bytes:
    return f'<Relationships xmlns="{_P}">{"".join(_relation(*one) for one in found)}</Relationships>'.encode()


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/xl/{part}" ContentType="{kind}"/>'


def _vml(shape: str) -> bytes:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel">{shape}</xml>'
    ).encode()


_DRAWING: Final = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from>'
    "<xdr:col>0</xdr:col>"
    "<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    '<xdr:ext cx="300000" cy="300000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="logo"/><xdr:cNvPicPr/>'
    "</xdr:nvPicPr>"
    f'<xdr:blipFill><a:blip xmlns:r="{_R}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
    '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="300000" cy="300000"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
)
