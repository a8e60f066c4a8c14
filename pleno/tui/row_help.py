"""What F1 says about the row in hand: its official words, what each source says, the checks it is part of."""

from __future__ import annotations

from collections.abc import Iterator

from pleno.domain.contest import Contest
from pleno.domain.diagnose import Label
from pleno.domain.figures import PLANO, SIREKAP, Figures, addend, shown, source_label, thousands
from pleno.domain.identities import identities, limits
from pleno.tui.desk_view import DeskRow, DeskView
from pleno.tui.labels import difference_words

_MEANS = {
    Label.KOSONG: "salah satunya 0",
    Label.L_P_TERTUKAR: "angka laki-laki dan perempuan tertukar",
    Label.BARIS_TERTUKAR: "tertukar dengan baris sebelahnya",
    Label.TERTUKAR_DIGIT: "dua digit bersebelahan tertukar",
    Label.DIGIT_DEPAN: "digit pertama lebih atau hilang",
    Label.GESER: "digit terakhir lebih atau hilang",
    Label.DIGIT_1: "satu digit berbeda",
    Label.SATU_ANGKA: "selisih satu",
    Label.SELISIH_PULUHAN: "selisih kelipatan sepuluh",
    Label.LAIN: "tidak serupa",
}


def row_lines(view: DeskView, row: DeskRow) -> list[str]:
    """The lines about one row of a TPS; rules of rows that were not read stay silent."""
    part = f" ({row.row.part.name})" if row.row.part else ""
    lines = [f"{row.row.code} {row.row.label}{part}"]
    if not row.asked:
        return [*lines, "Tidak diisi di ruang kerja ini."]
    if row.hidden:
        return [*lines, "Sirekap dan salinan tertutup sampai baris ini dibaca dari plano."]
    said = [(SIREKAP, row.sirekap), *row.copies, (PLANO, row.plano)]
    figures = "   ".join(f"{source_label(source)} {shown(figure)}" for source, figure in said if figure is not None)
    waiting = "   menunggu dibacakan" if row.waiting else ""
    lines.append(f"{figures or 'Belum ada angka'}{waiting}   ditetapkan {shown(row.ditetapkan)}")
    lines += _difference(view, row)
    lines += _checks(view.file.contest, view.file.ditetapkan, row.row.name)
    return lines


def _difference(view: DeskView, row: DeskRow) -> Iterator[str]:
    cell = next(cell for cell in view.file.cells if cell.row.name == row.row.name)
    diagnosis = view.file.diagnosis(cell)
    if diagnosis is not None and row.ditetapkan is not None:
        yield (
            f"Sirekap {shown(row.sirekap)}, plano {shown(row.ditetapkan)}: "
            f"{difference_words(diagnosis, 'Sirekap', row.ditetapkan)}, {_MEANS[diagnosis.label]}. Plano yang berlaku."
        )


def _checks(contest: Contest, figures: Figures, name: str) -> Iterator[str]:
    for rule, found in identities(contest).items():
        for one in found:
            if name in (one.whole, *one.parts):
                yield from _equation(rule, figures, one.whole, one.parts)
    for rule, bounds in limits(contest).items():
        for bound in bounds:
            small, large = addend(figures.get(bound.small)), addend(figures.get(bound.large))
            if name in (bound.small, bound.large) and small is not None and large is not None and small > large:
                yield f"{rule}  {thousands(small)} > {thousands(large)}   TIDAK SESUAI"


def _equation(rule: str, figures: Figures, whole: str, parts: tuple[str, ...]) -> Iterator[str]:
    written = addend(figures.get(whole))
    numbers = [number for part in parts if (number := addend(figures.get(part))) is not None]
    if written is None or len(numbers) < len(parts):
        return
    verdict = "sesuai" if written == sum(numbers) else "TIDAK SESUAI"
    sign = "=" if written == sum(numbers) else "≠"
    yield f"{rule}  {thousands(written)} {sign} {' + '.join(map(thousands, numbers))}   {verdict}"
