"""The KONTROL block under a table: one line an identity, 0 where the paper adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from openpyxl.utils import get_column_letter

from pleno.domain.contest import Contest, Partai
from pleno.domain.identities import Identity, identities
from pleno.exporters.columns import Column
from pleno.exporters.layout import texts
from pleno.exporters.paging import Line
from pleno.exporters.plan import LABEL, NUMBER, PART, ROW_HEIGHT, Cell, Sheet, Value, addend, address

PARTY_RULE = "R21"
"""Has a line of its own kind: the number of the first party that breaks it, since 24 lines would fill a page."""


def kontrol_lines(sheet: Sheet, contest: Contest, every: Sequence[Column], rows: Mapping[str, int]) -> list[Line]:
    """The lines of the block; `rows` must hold every row of the form by the time they are written."""
    kept = {
        rule: [one for one in found if not {one.whole, *one.parts} & contest.unpublished]
        for rule, found in identities(contest).items()
        if rule != PARTY_RULE
    }
    blocks = [partai for partai in contest.partai if not set(_rows_of(partai)) & contest.unpublished]

    def heading(row: int) -> None:
        sheet.text(row, NUMBER, texts()["label"]["kontrol"], "section", until=PART)
        for column in every:
            sheet.put(row, column.at, Cell("section"))

    def line(rule: str, found: Sequence[Identity]) -> Line:
        def put(row: int) -> None:
            _label(sheet, row, rule, every)
            for column in every:
                sheet.put(row, column.at, _identity_cell(sheet, column.at, found, rows))

        return Line(ROW_HEIGHT, put)

    def parties(row: int) -> None:
        _label(sheet, row, PARTY_RULE, every)
        for column in every:
            sheet.put(row, column.at, _party_cell(sheet, column.at, blocks, rows))

    lines = {rule: line(rule, found) for rule, found in kept.items() if found}
    if blocks:
        lines[PARTY_RULE] = Line(ROW_HEIGHT, parties)
    return [Line(ROW_HEIGHT, heading), *(lines[rule] for rule in sorted(lines))] if lines else []


def _label(sheet: Sheet, row: int, rule: str, every: Sequence[Column]) -> None:
    sheet.text(row, NUMBER, rule, "number")
    sheet.text(row, LABEL, texts()["kontrol"][rule], "label", until=PART)
    sheet.watched.append(f"{address(row, every[0].at)}:{address(row, every[-1].at)}")


def _identity_cell(sheet: Sheet, at: int, found: Sequence[Identity], rows: Mapping[str, int]) -> Cell:
    names = list(dict.fromkeys(name for one in found for name in (one.whole, *one.parts)))
    held = {name: sheet.cells[rows[name], at].value for name in names}
    cells = {name: address(rows[name], at) for name in names}
    # N() and SUM() take a cell that is blank on the paper for 0, as the rules do.
    terms = "+".join(f"ABS(N({cells[one.whole]})-SUM({','.join(cells[part] for part in one.parts)}))" for one in found)
    unread = ",".join(f'{cell}=""' for cell in cells.values())
    formula = f'IF(OR({unread}),"",{terms})'
    if any(map(_is_unread, held.values())):
        return Cell("kontrol", formula=formula, value="")
    numbers = {name: addend(value) for name, value in held.items()}
    apart = sum(abs(numbers[one.whole] - sum(numbers[part] for part in one.parts)) for one in found)
    return Cell("kontrol", formula=formula, value=apart)


# --- parties -------------------------------------------------------------------------------------


def _rows_of(partai: Partai) -> tuple[str, ...]:
    return (partai.votes, *partai.calon_rows, partai.total)


def _party_cell(sheet: Sheet, at: int, blocks: Sequence[Partai], rows: Mapping[str, int]) -> Cell:
    """The first party whose rows are all read and do not add up; 0 where every party does."""
    every = _areas(at, [rows[name] for partai in blocks for name in _rows_of(partai)])
    formula = f'IF({_blanks(every)}>0,"",0)'
    for partai in reversed(blocks):
        total = address(rows[partai.total], at)
        parts = ",".join(_areas(at, [rows[name] for name in (partai.votes, *partai.calon_rows)]))
        unread = _blanks(_areas(at, [rows[name] for name in _rows_of(partai)]))
        formula = f"IF(AND({unread}=0,N({total})<>SUM({parts})),{partai.choice.number},{formula})"
    held = [[sheet.cells[rows[name], at].value for name in _rows_of(partai)] for partai in blocks]
    for partai, values in zip(blocks, held, strict=True):
        *parts_held, whole = map(addend, values)
        if not any(map(_is_unread, values)) and whole != sum(parts_held):
            return Cell("kontrol", formula=formula, value=partai.choice.number)
    is_open = any(_is_unread(value) for values in held for value in values)
    return Cell("kontrol", formula=formula, value="" if is_open else 0)


def _areas(at: int, rows: Sequence[int]) -> list[str]:
    """The cells of a column as ranges: "E20:E33", two where a page break tears a party."""
    column = get_column_letter(at)
    runs = [[row for _, row in run] for _, run in groupby(enumerate(rows), lambda item: item[1] - item[0])]
    return [f"{column}{run[0]}:{column}{run[-1]}" for run in runs]


def _blanks(areas: Sequence[str]) -> str:
    return "+".join(f"COUNTBLANK({area})" for area in areas)


def _is_unread(value: Value) -> bool:
    return value in (None, "")
