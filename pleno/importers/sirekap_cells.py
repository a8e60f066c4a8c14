"""The cells of one Sirekap object: which key of it is which row of the form (DOMAIN.md 2.2 and 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pleno.domain.chain import Json
from pleno.domain.contest import Choice, Contest, suara, suara_calon, suara_partai, suara_partai_total
from pleno.importers.choices import chart_key
from pleno.importers.limits import BadCell, shown_outside

_FIGURES: Final = frozenset({"chart", "caleg", "administrasi", "tungsura"})
_ABOUT: Final = frozenset({"mode", "images", "psu", "ts", "status_suara", "status_adm"})
_OF_A_PARTY: Final = {"jml_suara_partai": suara_partai, "jml_suara_total": suara_partai_total}

Cell: TypeAlias = tuple[str, str, Json]
"""Canonical row, the key it stands at ("chart.100025"), and the raw value."""


@dataclass(slots=True)
class Cells:
    """What one object holds."""

    found: list[Cell] = field(default_factory=list)
    findings: list[BadCell] = field(default_factory=list)
    """What refuses the TPS: votes of nobody on the list, and parts of another shape."""
    unknown: list[str] = field(default_factory=list)
    """Keys with a value that no row of the form has."""


def read_cells(value: Mapping[str, Json], inner: Mapping[str, Json], contest: Contest) -> Cells:
    """The cells of an object; `inner` is what holds its parts: the object itself or its `tungsura`.

    Votes are tied to choices by their id alone, never by their order (`chart_key`).
    """
    cells = Cells()
    chart = _part(inner, "chart", cells)
    if contest.partai:
        _read_parties("chart", chart, contest, cells)
        _read_parties("caleg", _part(inner, "caleg", cells), contest, cells)
    else:
        known = _by_key(contest.choices, contest)
        for key, raw in chart.items():
            if key in known:
                cells.found.append((suara(known[key].number), f"chart.{key}", raw))
            elif raw is not None:
                cells.findings.append(_nobody(f"chart.{shown_outside(key, 40)}", "pilihan"))
        if inner.get("caleg") is not None:
            cells.unknown.append("caleg")
    outer = {} if inner is value else value
    for part, keys in (("administrasi.", _part(inner, "administrasi", cells)), ("", inner), ("", outer)):
        for key, raw in keys.items():
            if not part and key in _FIGURES | _ABOUT:
                continue
            if (row := _row(key, contest)) in contest.by_name:
                cells.found.append((row, f"{part}{key}", raw))
            elif raw is not None:
                cells.unknown.append(f"{part}{shown_outside(key, 40)}")
    return cells


def _read_parties(name: str, part: Mapping[str, Json], contest: Contest, cells: Cells) -> None:
    """The chart or caleg of a party contest: party -> its own votes, its total, or votes by id of a candidate."""
    parties = _by_key(contest.contestants, contest)
    calon = _by_key([choice for choice in contest.choices if choice.partai], contest)
    for key, votes in part.items():
        place = f"{name}.{shown_outside(key, 40)}"
        if votes is None:
            continue
        if not isinstance(votes, dict):
            cells.findings.append(BadCell(place, "bukan objek suara partai dan calonnya."))
            continue
        if (party := parties.get(key)) is None:
            cells.findings.append(_nobody(place, "partai"))
            continue
        for name_or_id, raw in votes.items():
            where = f"{place}.{shown_outside(name_or_id, 40)}"
            if row := _OF_A_PARTY.get(name_or_id):
                cells.found.append((row(party.number), where, raw))
            elif (choice := calon.get(name_or_id)) is None:
                if raw is not None and name_or_id.isdigit():
                    cells.findings.append(_nobody(where, "calon"))
                elif raw is not None:
                    cells.unknown.append(where)
            elif choice.partai != party.number:
                cells.findings.append(BadCell(where, f"adalah calon partai {choice.partai}, bukan {party.number}."))
            else:
                cells.found.append((suara_calon(choice.partai, choice.number), where, raw))


def _by_key(choices: Iterable[Choice], contest: Contest) -> Mapping[str, Choice]:
    return {key: choice for choice in choices if (key := chart_key(choice, contest.profile))}


def _nobody(place: str, what: str) -> BadCell:
    return BadCell(place, f"bukan nomor Sirekap {what} mana pun.")


def _part(inner: Mapping[str, Json], name: str, cells: Cells) -> Mapping[str, Json]:
    part = inner.get(name)
    if isinstance(part, dict):
        return part
    if part is not None:
        cells.findings.append(BadCell(name, "bukan objek."))
    return {}


def _row(key: str, contest: Contest) -> str:
    """Canonical row of a key in administrasi; the ending _l, _p or _j is kept."""
    names = contest.profile.sirekap_names
    stem, mark, ending = key.rpartition("_")
    if key not in names and mark and ending in ("l", "p", "j"):
        return f"{names.get(stem, stem)}_{ending}"
    return names.get(key, key)
