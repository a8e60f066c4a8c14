"""The published figures that pleno carries, counted here without any of pleno's own comparing."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from pleno.domain.contest import Contest
from pleno.domain.rules import Severity, findings
from pleno.importers.choices import read_choices
from pleno.importers.profile import load_profile
from pleno.importers.regions import region_names
from pleno.importers.roster import read_roster
from pleno.importers.workspace import load_config

ROOT = Path(__file__).parents[2]
LATIHAN = ROOT / "data" / "latihan"
FIXTURES = ROOT / "tests" / "fixtures"

SIREKAP = LATIHAN / "sirekap-2024-02-16.csv"
PLANO = LATIHAN / "plano-pengganti-2024-03-17.csv"

Table = dict[str, dict[str, int]]


def figures(path: Path) -> Table:
    """TPS code -> row -> figure; blank cells are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            line["kode_tps"]: {row: int(cell) for row, cell in line.items() if row not in ("kode_tps", "ts") and cell}
            for line in csv.DictReader(file)
        }


def differing(one: Table, other: Table) -> list[tuple[str, str]]:
    """TPS and row of every cell that holds a figure on both sides, and not the same one."""
    return [(tps, row) for tps in one for row, figure in one[tps].items() if other[tps].get(row, figure) != figure]


def one_sided(one: Table, other: Table) -> list[tuple[str, str]]:
    """TPS and row of every cell that holds a figure on one side only."""
    return [(tps, row) for tps in one for row in one[tps].keys() ^ other[tps].keys()]


def test_the_practice_states_differ_as_the_readme_says() -> None:
    early, late = figures(SIREKAP), figures(PLANO)
    assert early.keys() == late.keys()
    assert len(early) == 53
    cells, sides = differing(early, late), one_sided(early, late)
    tps = {code for code, _ in cells}
    assert (len(tps), len(cells)) == (7, 26)
    assert (len({code for code, _ in sides}), len(sides)) == (25, 453)
    assert len({code for code, _ in sides} - tps) == 24
    assert all(len(late[code]) == 21 for code in late)


def test_the_ocr_error_that_was_really_corrected() -> None:
    votes = ("suara.1", "suara.2", "suara.3", "suara_sah")
    early, late = figures(SIREKAP)["3101011003008"], figures(PLANO)["3101011003008"]
    assert [early[row] for row in votes] == [71, 641, 511, 185]
    assert [late[row] for row in votes] == [149, 19, 17, 185]


def test_the_early_state_is_kpus_own_verbatim() -> None:
    names = {"pengguna_dptb": "pengguna_pindahan", "pengguna_non_dpt": "pengguna_tambahan"}
    ids = {"100025": "suara.1", "100026": "suara.2", "100027": "suara.3"}
    raw: Table = {}
    times: dict[str, str] = {}
    with zipfile.ZipFile(FIXTURES / "sirekap" / "kep_seribu_utara_2024-02-16.zip") as archive:
        for member in archive.namelist():
            found = json.loads(archive.read(member))
            row = {ids[key]: figure for key, figure in (found["chart"] or {}).items() if key != "null"}
            for key, figure in (found["administrasi"] or {}).items():
                base, _, part = key.rpartition("_")
                row[f"{names[base]}_{part}" if base in names else key] = figure
            raw[member.removesuffix(".json")] = row
            times[member.removesuffix(".json")] = found["ts"] or ""
    assert figures(SIREKAP) == raw
    with SIREKAP.open(encoding="utf-8", newline="") as file:
        assert {line["kode_tps"]: line["ts"] for line in csv.DictReader(file)} == times


def practice() -> Contest:
    profile = load_profile("pemilu2024-ppwp")
    choices = read_choices(LATIHAN / "pilihan.csv", {profile.id: profile})
    return Contest(profile, choices[profile.id], frozenset(load_config(LATIHAN).tanpa))


def test_the_stand_in_breaks_hard_rules_in_seven_tps() -> None:
    contest = practice()
    broken = {
        tps[7:]: {found.rule for found in findings(contest, row) if found.severity is Severity.KERAS}
        for tps, row in figures(PLANO).items()
    }
    assert {tps: rules for tps, rules in broken.items() if rules} == {
        "001004": {"R24"},
        "001014": {"R02", "R04"},
        "002009": {"R04", "R24"},
        "002016": {"R24"},
        "002017": {"R24"},
        "002903": {"R20"},
        "003006": {"R02", "R04"},
    }


def test_the_practice_files_fit_each_other() -> None:
    contest, config = practice(), load_config(LATIHAN)
    desa, tps = read_roster(LATIHAN / "tps.csv", config.kode)
    assert [item.name for item in desa] == ["PULAU PANGGANG", "PULAU KELAPA", "PULAU HARAPAN"]
    assert [item.code for item in tps] == sorted(figures(PLANO))
    assert [item.number for item in tps if item.kind == "khusus"] == list(range(901, 909))
    assert region_names(config.kode)[1:4] == (config.provinsi, config.kabkota, config.kecamatan)
    assert [choice.sirekap_id for choice in contest.choices] == ["100025", "100026", "100027"]
    assert {row.name for row in contest.asked} == set(figures(PLANO)["3101011001001"])


TEUNOM = {source: figures(FIXTURES / "teunom" / f"{source}.csv") for source in ("situng", "salinan", "plano")}


@pytest.mark.parametrize(
    ("one", "other", "tps", "cells"),
    [("situng", "plano", 5, 21), ("salinan", "plano", 0, 0), ("situng", "salinan", 5, 21)],
)
def test_teunom_differs_as_published(one: str, other: str, tps: int, cells: int) -> None:
    found = differing(TEUNOM[one], TEUNOM[other])
    assert (len({code for code, _ in found}), len(found)) == (tps, cells)


def test_teunom_shows_the_rotation_of_tanoh_manyang() -> None:
    code = "1114012011{:03}".format
    assert [TEUNOM["situng"][code(tps)] for tps in (1, 2, 3, 4)] == [TEUNOM["plano"][code(tps)] for tps in (4, 1, 2, 3)]


def test_teunom_holds_no_placeholder_reading() -> None:
    assert [tps for table in TEUNOM.values() for tps, row in table.items() if row and not any(row.values())] == []
    assert all(len(TEUNOM["situng"][tps]) == 5 for tps in TEUNOM["situng"])


def test_teunom_files_fit_each_other() -> None:
    profile = load_profile("pemilu2019-ppwp")
    choices = read_choices(FIXTURES / "teunom" / "pilihan.csv", {profile.id: profile})[profile.id]
    desa, tps = read_roster(FIXTURES / "teunom" / "tps.csv", "111401")
    assert (len(desa), len(tps)) == (22, 42)
    assert all([item.code for item in tps] == sorted(table) for table in TEUNOM.values())
    assert all(item.dpt_j is not None for item in tps)
    rows = Contest(profile, choices).by_name
    assert {row for table in TEUNOM.values() for line in table.values() for row in line} <= rows.keys()


def test_the_published_objects_are_all_named_with_their_source() -> None:
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    files = [path.name for folder in ("sirekap", "teunom") for path in (FIXTURES / folder).iterdir()]
    assert [name for name in files if f"`{name}`" not in readme] == []
