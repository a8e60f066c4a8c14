"""Teunom 2019: Situng, C1 salinan and C1 plano side by side (tests/fixtures/README.md names the source)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pleno.domain.compare import TpsFile, count
from pleno.domain.figures import PLANO, SALINAN_PANWASLU, SIREKAP
from pleno.service import intake, views
from pleno.service.session import Session
from pleno.service.setup import create_workspace

TEUNOM = Path(__file__).parents[1] / "fixtures" / "teunom"
ROTATED = "TANOH MANYANG"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    folder = create_workspace(
        tmp_path / "teunom", ["pemilu2019-ppwp"], "111401", TEUNOM / "tps.csv", TEUNOM / "pilihan.csv", practice=True
    )
    return Session.open(folder)


def _files(session: Session, salinan: Path = TEUNOM / "salinan.csv") -> list[TpsFile]:
    with session:
        for path, source in (
            (TEUNOM / "situng.csv", SIREKAP), (salinan, SALINAN_PANWASLU), (TEUNOM / "plano.csv", PLANO),
        ):  # fmt: skip
            (result,) = intake.take(session, [path], source, None)
            assert not result.refused, result.remarks
        return views.contest_files(session, session.contest(None))


def _differing(files: list[TpsFile], *sources: str) -> dict[str, set[str]]:
    """TPS -> rows in which the named sources hold different figures."""
    found: dict[str, set[str]] = {}
    for file in files:
        for cell in file.differing:
            if len({cell.figures[source] for source in sources if source in cell.figures}) > 1:
                found.setdefault(file.tps.code, set()).add(cell.row.name)
    return found


def test_situng_against_plano_and_copies(session: Session) -> None:
    files = _files(session)
    situng = _differing(files, SIREKAP, PLANO)
    assert (len(situng), sum(map(len, situng.values()))) == (5, 21)
    assert _differing(files, SALINAN_PANWASLU, PLANO) == {}
    found = count(files)
    assert (found.tps, found.tps_beda, found.sel_beda) == (42, 5, 21)
    assert found.tps_belum == sum(not file.has_plano for file in files) > 0


def test_the_rotation_of_tanoh_manyang_shows(session: Session) -> None:
    desa = next(code for code, desa in session.desa.items() if desa.name == ROTATED)
    files = [file for file in _files(session) if file.tps.desa == desa]
    rows = ("suara.1", "suara.2", "suara_sah", "suara_tidak_sah")
    situng = [tuple(file.figure(SIREKAP, row) for row in rows) for file in files]
    plano = [tuple(file.figure(PLANO, row) for row in rows) for file in files]
    assert situng == [plano[-1], *plano[:-1]]
    assert all(len(file.open_cells) == 5 for file in files)


def test_a_planted_difference_of_a_copy_is_found(session: Session, tmp_path: Path) -> None:
    planted = tmp_path / "salinan.csv"
    with (TEUNOM / "salinan.csv").open(newline="", encoding="utf-8") as given:
        rows = list(csv.DictReader(given))
    with (TEUNOM / "plano.csv").open(newline="", encoding="utf-8") as given:
        both = [row["kode_tps"] for row in csv.DictReader(given) if row["suara.1"]]
    victim = next(row for row in rows if row["kode_tps"] in both)
    victim["suara.1"] = str(int(victim["suara.1"]) + 10)
    with planted.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert _differing(_files(session, planted), SALINAN_PANWASLU, PLANO) == {victim["kode_tps"]: {"suara.1"}}
