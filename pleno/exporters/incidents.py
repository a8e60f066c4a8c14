"""The sheet KEJADIAN_KHUSUS and its data: what happened, what was objected to, and what became of it (DOMAIN.md 4.3).

Accepted keberatan stand among the kejadian khusus, the others among the keberatan, which their pengaju signs too.
A part in which nothing happened says NIHIL, so that a sheet is always there to be signed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pleno.domain.chain import Json
from pleno.domain.document import Document, KeberatanLine
from pleno.domain.figures import to_json
from pleno.domain.keberatan import WHOLE, KeberatanKind, KeberatanState
from pleno.domain.words import pukul, tanggal
from pleno.exporters.headings import DOTS, banner, table_heads, text_row, titles
from pleno.exporters.layout import texts
from pleno.exporters.plan import Sheet

_HEADS: Final = ("NO.", "WAKTU", "TEMPAT", "DIAJUKAN OLEH", "URAIAN", "PENYELESAIAN", "TANDA TANGAN PENGAJU")
_COLUMNS: Final = len(_HEADS)


class _Row(NamedTuple):
    seq: int
    texts: Sequence[str]
    style: str = "cell"


def incidents(document: Document, name: str) -> Sheet:
    """KEJADIAN_KHUSUS: always produced."""
    sheet = Sheet(name, widths=dict(enumerate((7.0, 20, 30, 22, 60, 44, 24), 1)))
    heading = [texts()["judul"]["kejadian"], document.recap.contest.profile.models["keberatan"]]
    row = banner(sheet, titles(sheet, 1, heading, document, until=_COLUMNS), document, until=_COLUMNS)
    table_heads(sheet, row, _HEADS)
    events = [_event(one) for one in document.keberatan if _is_event(one)]
    events += [
        _Row(
            one.seq,
            (str(one.seq), _moment(one.at), one.tps, "", one.sentence, "", ""),
            "alarm" if one.is_emergency else "cell",
        )
        for one in document.incidents
    ]
    objections = [_event(one) for one in document.keberatan if not _is_event(one)]
    row = _part(sheet, row, "KEJADIAN KHUSUS, DAN KEBERATAN YANG DITERIMA", events)
    row = _part(sheet, row, "KEBERATAN SAKSI DAN PANWASLU", objections)
    words = texts()["tanda_tangan"]
    sheet.text(row + 2, 5, f"{words['ketua']} {words['ppk']}", "text")
    sheet.text(row + 5, 5, f"{document.ppk[0].name if document.ppk else DOTS}", "bold")
    return sheet


def _part(sheet: Sheet, row: int, title: str, rows: Sequence[_Row]) -> int:
    """A heading and its rows by number, else NIHIL; returns the last row."""
    row += 1
    sheet.text(row, 1, title, "section", until=_COLUMNS)
    for one in sorted(rows, key=lambda one: one.seq):
        row += 1
        text_row(sheet, row, one.texts, least=18, style=one.style)
    if not rows:
        row += 1
        sheet.text(row, 1, texts()["keterangan"]["nihil"], "cellmiddle", until=_COLUMNS)
    return row


def _is_event(line: KeberatanLine) -> bool:
    return line.item.kind is KeberatanKind.KEJADIAN_KHUSUS or line.item.state is KeberatanState.DITERIMA


def _event(line: KeberatanLine) -> _Row:
    item = line.item
    about = f"{line.about}: {item.note}" if line.about else item.note
    answer = f"{item.state.words}: {item.answer}" if item.answer else item.state.words
    when = f" ({line.answerer}, {_moment(line.answered_at)})" if line.answered_at else ""
    sign = DOTS[:18] if item.kind is KeberatanKind.KEBERATAN and item.stands else ""
    return _Row(
        item.seq, (str(item.seq), _moment(line.at), line.place, line.pengaju, about, f"{answer}{when}", sign)
    )  # fmt: skip


def _moment(moment: datetime) -> str:
    return f"{tanggal(moment.date())} {pukul(moment)}"


# --- as data -------------------------------------------------------------------------------------

_FIELDS: Final = (
    "nomor", "waktu", "kontes", "tps", "jenis", "pengaju", "isian", "sumber", "angka", "uraian", "penyelesaian",
    "keterangan", "dijawab_oleh", "dijawab_pada",
)  # fmt: skip


def incidents_csv(document: Document) -> bytes:
    """Every line with NIHIL as its only one where there is none; a text that a spreadsheet would reckon gets a '."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_FIELDS)
    contest = document.recap.contest.id
    rows = [[_plain(value) for value in _values(line)] for line in document.keberatan]
    empty = ["" if field not in ("kontes", "jenis") else contest for field in _FIELDS]
    empty[_FIELDS.index("jenis")] = "NIHIL"
    writer.writerows(rows or [empty])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Json) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def incidents_json(document: Document) -> Json:
    """Every line; `nihil` where there is none."""
    return {
        "versi": 1,
        "kontes": document.recap.contest.id,
        "kecamatan": document.meeting.kecamatan,
        "ekspor": document.number,
        "nihil": not document.keberatan,
        "keberatan": [dict(zip(_FIELDS, _values(line), strict=True)) for line in document.keberatan],
    }


def _values(line: KeberatanLine) -> list[Json]:
    item = line.item
    tps = None if item.tps == WHOLE else item.tps
    return [
        item.seq, line.at.isoformat(timespec="seconds"), item.contest, tps, item.kind.value, item.pengaju,
        item.row or None, item.source or None, to_json(item.figure), item.note, item.state.value, item.answer or None,
        line.answerer or None, line.answered_at.isoformat(timespec="seconds") if line.answered_at else None,
    ]  # fmt: skip
