"""Going on in the order in which a kecamatan is read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from pleno.domain.compare import TpsFile


def onward(order: Sequence[str], tps: str) -> list[str]:
    """Every other TPS, from the one after `tps` around to the one before it."""
    place = order.index(tps)
    return [*order[place + 1 :], *order[:place]]


def place_words(files: Sequence[TpsFile], tps: str) -> str:
    """Where a TPS stands in the reading order: "TPS 3 dari 6 di desa 2 dari 5"."""
    desa = list(dict.fromkeys(file.tps.desa for file in files))
    own = [file.tps.code for file in files if file.tps.desa == tps[:10]]
    return f"TPS {own.index(tps) + 1} dari {len(own)} di desa {desa.index(tps[:10]) + 1} dari {len(desa)}"


def nearest_difference(files: Sequence[TpsFile], tps: str, row: str, by: int) -> tuple[str, str] | None:
    """The nearest open difference after (1) or before (-1) a row: its TPS and row; no wrap-around.

    `files` are in reading order and hold the TPS one is at.
    """
    here = next(place for place, file in enumerate(files) if file.tps.code == tps)
    rows = {name: place for place, name in enumerate(files[here].contest.by_name)}
    at = rows.get(row, -1 if by > 0 else len(rows))
    for file in files[here::by]:
        for cell in file.open_cells[::by]:
            if file.tps.code != tps or (rows[cell.row.name] - at) * by > 0:
                return file.tps.code, cell.row.name
    return None
