"""What others offer for the same comparison: pandas' DataFrame.compare and daff, on tables of the same figures."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.figures import PLANO, SIREKAP, Figure, Source


def installed() -> bool:
    """Whether the extra `bench` is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("pandas", "daff"))


DAFF_PART: Final = 16
"""daff aligns rows before it compares them, which takes minutes for a kecamatan: it is given this part of it."""


class Tables(NamedTuple):
    """One contest as tables: a line a TPS, a column a row of the form; the first line names them."""

    plano: list[list[str | Figure]]
    sirekap: list[list[str | Figure]]


def tables(files: Sequence[TpsFile]) -> Tables:
    """The two readings of every TPS."""
    return Tables(_table(files, PLANO), _table(files, SIREKAP))


def _table(files: Sequence[TpsFile], source: Source) -> list[list[str | Figure]]:
    rows = list(files[0].contest.by_name)
    head: list[list[str | Figure]] = [["kode_tps", *rows]]
    return head + [[file.tps.code, *(file.figure(source, row) for row in rows)] for file in files]


def pandas_compare(every: Sequence[Tables]) -> list[Any]:
    """Where the readings differ, as pandas tells it; making its frames is part of the work."""
    import pandas

    frames = [
        [pandas.DataFrame(table[1:], columns=table[0]).set_index("kode_tps") for table in contest] for contest in every
    ]
    return [plano.compare(sirekap) for plano, sirekap in frames]


def daff_compare(every: Sequence[Tables]) -> list[Any]:
    """Where the readings differ, as daff tells it."""
    import daff

    made = []
    for contest in every:
        flags = daff.CompareFlags()
        flags.addPrimaryKey("kode_tps")
        plano, sirekap = (daff.PythonTableView(table) for table in contest)
        alignment = daff.Coopy.compareTables(plano, sirekap, flags).align()
        difference: list[list[Any]] = []
        daff.TableDiff(alignment, flags).hilite(daff.PythonTableView(difference))
        made.append(difference)
    return made
