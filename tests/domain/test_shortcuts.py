"""What the domain finds the short way equals what it would find by looking at every cell and every choice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.compare import CellState, TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import KOSONG, PLANO, SIREKAP, addend
from pleno.domain.rules import findings
from pleno.domain.state import Reading, Tps
from pleno.importers.profile import load_profile

FORM = Contest(load_profile("pemilu2024-ppwp"), tuple(Choice(n, f"Pilihan {n}") for n in range(1, 6)))
TPS = Tps("3101011001001", "3101011001", 1)
ROWS = [row.name for row in FORM.rows]

papers = st.dictionaries(st.sampled_from(ROWS), st.sampled_from((None, KOSONG, 0, 1, 7)))


@given(st.lists(st.tuples(papers, papers), max_size=3))
def test_differing_cells_are_all_cells_that_differ(read: list[tuple[dict[str, object], dict[str, object]]]) -> None:
    readings = {
        source: Reading(TPS.code, FORM.id, source, figures, rivals=rivals)  # type: ignore[arg-type]  # drawn as figures
        for source, (figures, rivals) in zip((PLANO, SIREKAP, "salinan:2"), read, strict=False)
    }
    file = TpsFile(TPS, FORM, readings)
    assert file.differing == tuple(cell for cell in file.cells if cell.state is CellState.BEDA)


@given(papers)
def test_every_choice_above_its_whole_is_found(figures: dict[str, object]) -> None:
    expected = {
        (row, whole)
        for whole in ("suara_sah", "pengguna_total_j")
        for row in FORM.votes
        if (small := addend(figures.get(row))) is not None  # type: ignore[arg-type]  # drawn as figures
        and (large := addend(figures.get(whole))) is not None  # type: ignore[arg-type]
        and small > large
    }
    found = [finding for finding in findings(FORM, figures) if finding.rule == "R25"]  # type: ignore[arg-type]
    assert {finding.rows for finding in found} == expected
    assert len(found) == len(expected)
