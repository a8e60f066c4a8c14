"""From what is typed of one copy to its rows: "2=147 vb=6"."""

from __future__ import annotations

from pleno.domain.contest import Contest, Row
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure
from pleno.tui.jump import row_of_code

_ADVICE = 'Tulis baris=angka, dipisah spasi: "2=147 vb=6"; x berarti kosong di salinan.'


def differing_rows(contest: Contest, text: str) -> list[tuple[Row, Figure]]:
    """The rows of a copy that differ from the plano, with what the copy says there. PlenoError names the wrong part."""
    found: dict[str, tuple[Row, Figure]] = {}
    for part in text.split():
        code, equals, figure = part.partition("=")
        digits = figure.isascii() and figure.isdigit() and len(figure) <= contest.profile.digits
        if not (code and equals and (digits or figure == "x")):
            raise PlenoError("Belum jelas", f'"{part}" bukan baris=angka.', _ADVICE)
        row = row_of_code(contest, code)
        if row.name in found:
            raise PlenoError("Belum jelas", f"{row.code} disebut dua kali.", _ADVICE)
        found[row.name] = (row, int(figure) if digits else KOSONG)
    return list(found.values())
