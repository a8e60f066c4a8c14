"""Every row of the bad-input table of TRUST.md section 8 has a test that names it: `bad_X01`, `bad_X02` ..."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]
ROWS: Final = {"X": 55, "C": 12, "J": 7, "Z": 7, "T": 5, "K": 4, "S": 8, "N": 10, "U": 2}
"""Last number of each letter."""


def test_no_row_is_forgotten_and_none_is_made_up() -> None:
    rows = {f"{letter}{number:02}" for letter, last in ROWS.items() for number in range(1, last + 1)}
    named = {
        found[1].upper()
        for path in TESTS.rglob("test_*.py")
        if path.name != Path(__file__).name
        for found in re.finditer(r"bad_([a-z][0-9]{2})(?![0-9])", path.read_text("utf-8"), re.IGNORECASE)
    }
    assert (sorted(rows - named), sorted(named - rows)) == ([], [])
