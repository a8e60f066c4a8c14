"""How often the minimal repair named the figure that was really settled: the table of the closing note."""

from __future__ import annotations

from bench.settled import corrected, table


def test_the_table_of_really_corrected_cells() -> None:
    cells = corrected()
    by_tps = {
        tps[7:]: [(cell.row, cell.before, cell.after, cell.place) for cell in cells if cell.tps == tps and cell.place]
        for tps in dict.fromkeys(cell.tps for cell in cells)
    }
    assert by_tps == {
        "001001": [],
        "001003": [("pengguna_dpt_p", 126, 121, 1), ("suara.3", 38, 30, 1)],
        "001013": [],
        "003001": [("suara.2", 40, 150, 2)],
        "003008": [],
    }
    assert [*table(cells)][-1].split() == ["all", "23", "11", "2", "3", "20"]
