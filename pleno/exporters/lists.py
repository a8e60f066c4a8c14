"""A list as csv for a spreadsheet: figures as numbers, words that a spreadsheet would run as words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_RUN = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that spreadsheets take for a formula."""


def list_csv(header: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """The bytes of the file, UTF-8 with a mark as spreadsheets expect it; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUN) else value
