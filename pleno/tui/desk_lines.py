"""The Meja as lines: columns by width, cells, the head, KONTROL and TEMUAN."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from rich.text import Text
from textual.theme import Theme

from pleno.domain.compare import TpsState
from pleno.domain.figures import Figure, Source, addend, shown, source_label
from pleno.domain.rules import Balance
from pleno.domain.witness import Answered
from pleno.tui import marks
from pleno.tui.desk_view import DeskRow, DeskView
from pleno.tui.labels import code_cells
from pleno.tui.marks import Mark, style_of
from pleno.tui.text import cut, fit, safe_text, spread, visible, width, wrapped
from pleno.tui.widgets.grid import Cell, Column, GridRow

DETAIL_WIDTH = 34
"""Columns of the detail pane where it stands to the right."""
COPIES_FROM = 120
"""Columns of the terminal from which every copy has a column of its own."""
_HIDDEN = "..."
_LABEL = 23
_LEAST_LABEL = 17
_SHORT_CODE = 8
_KET = 11
"""Least cells of the two columns that give way."""
_LEAST_READER = 17
"""Cells below which the head line goes without its reader: "pembaca: Opera..". """
_KET_GROWS = 110
"""Cells of the paper above which there is room for both."""


def columns_for(view: DeskView, cells: int, split: bool) -> list[Column]:
    """The columns that `cells` of width hold; `split`: every copy has one of its own. `ket` is the first to go."""
    copies = (
        [Column(source, source_label(source), 4, right=True) for source in view.sources]
        if split and view.sources
        else [Column("salinan", "Salinan", 7, right=True)]
    )
    code = code_cells(view.file.contest)
    before = [Column("mark", "", 1), Column("code", "kode", code)]
    after = [
        Column("sirekap", "Sirekap", 7, right=True),
        *copies,
        Column("plano", "Plano", 6, right=True),
        Column("ditetapkan", "Ditetapkan", 10, right=True),
    ]
    rest = cells - sum(column.width + 1 for column in (*before, *after))
    least = max(_LABEL - (code - _SHORT_CODE), _LEAST_LABEL)
    if rest < least + 1 + _KET:
        return [*before, Column("label", "uraian", 0), *after]
    wide = cells > _KET_GROWS
    label = Column("label", "uraian", 0 if wide else least)
    return [*before, label, *after, Column("ket", "ket", 24 if wide else 0)]


def grid_rows(view: DeskView, columns: Sequence[Column]) -> list[GridRow]:
    """Every row of the paper, cell by cell."""
    keys = {column.key for column in columns}
    return [_grid_row(row, "salinan" not in keys, "ket" in keys) for row in view.rows]


def _grid_row(row: DeskRow, split: bool, has_ket: bool) -> GridRow:
    mark = row.mark
    if row.hidden:
        copies = [Cell(_HIDDEN)] * (len(row.copies) if split else 1)
    else:
        copies = [_copy(row, figure) for _source, figure in row.copies] if split else [_shared(row)]
    cells = [
        Cell(mark.symbol, mark),
        Cell(row.row.code),
        Cell(row.label),
        Cell(_HIDDEN) if row.hidden else _copy(row, row.sirekap),
        *copies,
        Cell(_plano(row), marks.MENUNGGU if row.waiting else None),
        Cell("" if not row.asked else "?" if row.ditetapkan is None else shown(row.ditetapkan), mark),
        *([Cell(row.note, mark)] if has_ket else []),
    ]
    return GridRow(row.row.name, tuple(cells), group=row.group)


def _aid(figure: Figure) -> str:
    return "-" if figure is None else shown(figure)


def _plano(row: DeskRow) -> str:
    if row.hidden and row.waiting:
        return f"%{_HIDDEN}"
    if row.plano is None:
        return "" if row.asked else "-"
    return f"%{shown(row.plano)}" if row.waiting else shown(row.plano)


def _apart(row: DeskRow, figure: Figure) -> bool:
    """Whether a source's figure differs from the plano's, read or waiting."""
    return figure is not None and row.reference is not None and addend(figure) != addend(row.reference)


def _copy(row: DeskRow, figure: Figure) -> Cell:
    return Cell(_aid(figure), marks.SELISIH if _apart(row, figure) else None)


def _shared(row: DeskRow) -> Cell:
    """The value all copies share, or `! n` = n copies differ from the plano (among each other while it is unread)."""
    figures = [figure for _source, figure in row.copies if figure is not None]
    values = {addend(figure) for figure in figures}
    if not figures:
        return Cell("-")
    if len(values) == 1:
        return Cell(shown(figures[0]), marks.SELISIH if _apart(row, figures[0]) else None)
    count = sum(_apart(row, figure) for figure in figures) if row.reference is not None else len(values) - 1
    return Cell(f"! {count}", marks.SELISIH)


def head_line(view: DeskView, cells: int) -> str:
    """ "TPS 004  DESA AREN HULU    DPT 305    > DIBACA    pembaca: Ani       baris 28/28"."""
    tps = view.file.tps
    state = view.file.state
    # The state of the paper in the room: until it is read, a figure of a file is no state.
    mark = marks.TPS[TpsState.DIBACA if state is TpsState.COCOK and view.draft else state]
    by_paper = [row for row in view.rows if row.row.name == "pemilih_dpt_j"]
    dpt = next((row.ditetapkan for row in by_paper if row.ditetapkan is not None), tps.dpt_j)
    right = f"baris {view.read}/{view.asked}"
    parts = [f"TPS {tps.number:03}  DESA {view.desa.upper()}", f"DPT {shown(dpt)}", f"{mark.symbol} {mark.word}"]
    reader = f"pembaca: {view.reader}"
    room = cells - width(right) - 1
    # What is short gives way first: the gaps, then the name of the reader, then the reader altogether.
    left = next((line for gap in ("    ", "  ") if width(line := gap.join([*parts, reader])) <= room), "  ".join(parts))
    rest = room - width(left) - 2
    if rest >= _LEAST_READER and reader not in left:
        left = f"{left}  {cut(visible(reader), rest)}"
    return spread(left, right, cells)


def control_line(view: DeskView, cells: int, theme: Theme) -> Text:
    """KONTROL: voters = ballots used = votes, as DOMAIN.md 3.5 orders them."""
    named = zip(("pengguna", "surat digunakan", "suara"), view.balance, _asked(view), strict=True)
    parts = [f"{name} {'-' if not asked else shown(number)}" for name, number, asked in named]
    verdict, mark = _verdict(view.balance, _asked(view))
    line = spread(f"KONTROL  {' = '.join(parts)}", verdict, cells)
    text = safe_text(line)
    if mark is not None:
        text.stylize(style_of(mark, theme), len(line) - len(verdict))
    return text


def _asked(view: DeskView) -> tuple[bool, ...]:
    asked = {row.name for row in view.file.contest.asked}
    return tuple(row in asked for row in ("pengguna_total_j", "surat_digunakan", "suara_total"))


def _verdict(balance: Balance, asked: Sequence[bool]) -> tuple[str, Mark | None]:
    wanted = [number for number, is_asked in zip(balance, asked, strict=True) if is_asked]
    if None in wanted:
        return "belum lengkap", marks.BELUM
    if balance.known:
        return "SEIMBANG", None
    pengguna, surat, suara = (number or 0 for number in balance)
    if suara != pengguna:
        return f"TIDAK SEIMBANG, suara {_by(suara - pengguna)}", marks.SELISIH
    return f"TIDAK SEIMBANG, surat {_by(surat - suara)}", marks.SELISIH


def _by(gap: int) -> str:
    return f"lebih {gap}" if gap > 0 else f"kurang {-gap}"


def finding_lines(
    view: DeskView, cells: int, lines: int, theme: Theme, answers: Mapping[Source, Answered] | None = None
) -> Text:
    """TEMUAN: what is open, hard rules first, in at most this many lines below its heading.

    `answers`: what the holders of copies say of this TPS; counted in the heading, or below it in a narrow pane.
    """
    heading = f"--- TEMUAN {len(view.findings)} terbuka " if view.findings else "--- TEMUAN tidak ada "
    said = answers_words(answers or {})
    beside = f"--- {said} " if said and len(heading) + len(said) + 5 <= cells else ""
    text = safe_text("").append(
        f"{heading}{beside}" + "-" * max(cells - len(heading) - len(beside), 0), Style(bold=bool(view.findings))
    )
    used = 0
    if said and not beside:
        for part in wrapped(said, cells):
            text.append(f"\n{part}")
            used += 1
    for finding in view.findings:
        mark = marks.FINDING[finding.severity]
        code = view.of(finding.row).row.code
        said = f"{code:<6} {finding.text}"
        room = cells - len(mark.symbol) - 1
        wanted = [fit(said, room)] if lines <= 3 else wrapped(said, room)
        if used + len(wanted) > lines:
            break
        used += len(wanted)
        for place, part in enumerate(wanted):
            text.append("\n")
            text.append(mark.symbol if place == 0 else " " * len(mark.symbol), style_of(mark, theme))
            text.append(f" {visible(part)}")
    return text


def answers_words(answers: Mapping[Source, Answered]) -> str:
    """ "SAKSI: 2 sama, 1 beda, 1 belum"; empty where there are none."""
    every = list(answers.values())
    counted = ", ".join(f"{every.count(one)} {one}" for one in Answered if one in every)
    return f"SAKSI: {counted}" if counted else ""


def copies_words(sources: Sequence[Source]) -> str:
    """ "S01, S02, PWS"."""
    return ", ".join(source_label(source) for source in sources)
