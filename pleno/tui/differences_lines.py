"""Banding as lines: columns by width, cells, the head, and the detail of one difference."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.theme import Theme

from pleno.domain.figures import Figure, shown
from pleno.domain.state import PembetulanState
from pleno.tui import marks
from pleno.tui.differences_view import Difference, Order, Sieve, agreement, figures_words
from pleno.tui.labels import desa_in
from pleno.tui.marks import Mark, style_of
from pleno.tui.text import fit, safe_text, visible, wrapped
from pleno.tui.widgets.grid import Cell, Column, GridRow

DETAIL_WIDTH = 32
"""Columns of the detail pane where it stands to the right, the space before it included."""
DETAIL_LINES = 3
_LABEL_FROM = 76
"""Columns of the table below which uraian is left out; line 23 and the detail say it."""
_ROOMY_FROM = 90
_BESIDE_DESA = 57
"""Cells of everything but desa where there is no uraian."""


def columns_for(cells: int, code: int) -> list[Column]:
    """The columns in a table of this width; `code`: cells of the longest code of the form."""
    row = code if code > 8 else 7
    cells -= row - 7
    roomy = cells >= _ROOMY_FROM
    label = [Column("label", "uraian", 0)] if cells >= _LABEL_FROM else []
    desa = Column("desa", "desa", (16 if roomy else 11) if label else max(cells - _BESIDE_DESA, 4))
    return [
        Column("no", "", 3, right=True),
        desa,
        Column("tps", "TPS", 3),
        Column("row", "baris", row),
        *label,
        Column("sirekap", "Sirekap", 7, right=True),
        Column("plano", "Plano", 5, right=True),
        Column("gap", "selisih", 7, right=True),
        Column("kind", "jenis", 24 if roomy else 17),
    ]


def grid_rows(lines: Sequence[Difference], columns: Sequence[Column]) -> list[GridRow]:
    """A line for each difference; one line that says so where there is none."""
    widths = {column.key: column.width for column in columns}
    return [_row(number, line, "label" in widths, widths["desa"]) for number, line in enumerate(lines, 1)]


def _row(number: int, line: Difference, has_label: bool, desa: int) -> GridRow:
    mark = state_of(line)
    gap = "?" if line.gap is None else f"{line.gap:+}"
    plano = f"{'%' * line.waiting}{_figure(line.plano)}"
    cells = (
        Cell(str(number)),
        Cell(desa_in(line.desa.title(), desa)),
        Cell(f"{line.tps.number:03}"),
        Cell(line.row.code),
        *([Cell(line.label)] if has_label else []),
        Cell(_figure(line.sirekap)),
        Cell(plano, marks.MENUNGGU if line.waiting else None),
        Cell(gap, mark),
        Cell(line.kind, mark),
    )
    return GridRow(line.key, cells, group=line.tps.code)


def _figure(figure: Figure) -> str:
    return "-" if figure is None else shown(figure)


def state_of(line: Difference) -> Mark:
    """SELISIH while it is open, DIBETULKAN where a pembetulan settled it, else as the rest."""
    if line.is_open:
        return marks.SELISIH
    confirmed = line.pembetulan is not None and line.pembetulan.state is PembetulanState.DISETUJUI
    return marks.DIBETULKAN if confirmed else marks.COCOK


def head_line(lines: Sequence[Difference], sieve: Sieve, order: Order, cells: int) -> str:
    """ "BANDING  4 terbuka dari 9    saring: terbuka    urut: selisih terbesar"."""
    still = sum(line.is_open for line in lines)
    return fit(f"BANDING  {still} terbuka dari {len(lines)}    saring: {sieve.words}    urut: {order}", cells)


def detail(line: Difference, since: str, cells: int, theme: Theme, *, pane: bool) -> Text:
    """All sources, who agrees with whom, and since which entry; `pane`: as a column to the right."""
    place = f"{line.desa.title()} {line.tps.number:03} {line.row.code}"
    mark = state_of(line)
    word = "BEDA" if line.is_open else mark.word if mark is marks.DIBETULKAN else "SELESAI"
    state = f"{mark.symbol} {word}"
    told = (pembetulan_words(line), f"{line.apart} sumber beda")
    if pane:
        parts = [place, line.label, line.kind, "", *figures_words(line).split(" | "), "", agreement(line), ""]
        parts += [f"Sejak {since}", state, *told]
        every = [piece for part in parts for piece in wrapped(part, cells)]
    else:
        first = [f"{place}  {figures_words(line)}", agreement(line)]
        every = [_cut_words(part, cells) for part in first] + [f"Sejak {since}  {state}  {'  '.join(told)}"]
    text = safe_text("")
    for number, piece in enumerate(every):
        text.append("\n" * bool(number))
        text.append(visible(piece))
    at = text.plain.rfind(state)
    text.stylize(style_of(mark, theme), at, at + len(state))
    return text


def _cut_words(text: str, cells: int) -> str:
    """The first line of a text, its end ".." where words are left out."""
    first, *more = wrapped(text, cells - 3)
    return f"{first} .." if more else first


def pembetulan_words(line: Difference) -> str:
    """ "pembetulan #412 disetujui"."""
    item = line.pembetulan
    return f"pembetulan #{item.seq} {item.state}" if item else "belum ada pembetulan"
