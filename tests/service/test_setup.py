"""Which TPS read which contest."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleno.domain.errors import PlenoError
from pleno.service import meeting, reading, settling, views
from pleno.service.session import Session
from pleno.service.setup import create_workspace

PROFILES = ("pilkada2024-bupati", "pilkada2024-gubernur")


def create(tmp_path: Path, contests: str) -> Path:
    roster, choices = tmp_path / "tps.csv", tmp_path / "pilihan.csv"
    roster.write_text(f"kode_tps,kontes\n3101011001001,\n3101011001002,{contests}\n", "utf-8")
    listed = [f"{profile},{n},PASLON {n}" for profile in PROFILES for n in (1, 2)]
    choices.write_text("\n".join(["kontes,nomor,nama", *listed]) + "\n", "utf-8")
    return create_workspace(tmp_path / "kec", PROFILES, "310101", roster, choices)


def test_a_tps_of_an_unknown_contest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlenoError, match="TPS 3101011001002: pilkada2024-walikota"):
        create(tmp_path, "pilkada2024-bupati|pilkada2024-walikota")
    assert not (tmp_path / "kec").exists()


def test_a_contest_is_read_only_where_the_roster_says(tmp_path: Path) -> None:
    with Session.open(create(tmp_path, "pilkada2024-gubernur")) as session:
        bupati, gubernur = (session.contest(name) for name in PROFILES)
        second = session.tps("3101011001002")
        assert len(views.tps_of(session, bupati)) == 1
        assert len(views.tps_of(session, gubernur)) == 2
        meeting.open_meeting(session, "ppk1")
        with pytest.raises(PlenoError, match="tidak membaca BUPATI"):
            reading.record_reading(session, second, bupati, "plano", {"suara.1": 5}, None)
        with pytest.raises(PlenoError, match="tidak membaca BUPATI"):
            settling.settle(session, [second], bupati, None)
        reading.record_reading(session, second, gubernur, "plano", {"suara.1": 5}, None)
