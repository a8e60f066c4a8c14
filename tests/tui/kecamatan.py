"""The TPS of UX.md section 8: 28 figures, 21 of them in Sirekap; choices and desa with awkward names on demand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

from pleno.domain.contest import Choice
from pleno.domain.entry import Role
from pleno.domain.figures import Figure
from pleno.domain.state import Desa, Person, Tps
from pleno.importers.profile import load_profile
from pleno.importers.workspace import Config, Mode, render_config
from pleno.service import meeting, pins, reading
from pleno.service.session import Clock, Session
from pleno.service.setup import build

CONTEST = "pilkada2024-bupati"
NAMES = ("Hasan - Lina", "Rahmat - Dewi", "Umar - Sri")
DESA = {"9901011001": "AREN HILIR", "9901011002": "AREN HULU"}
TPS = ("9901011001001", "9901011001002", "9901011002003", "9901011002004", "9901011002901")
TPS_004 = "9901011002004"

PAPER: dict[str, Figure] = {
    "pemilih_dpt_l": 150, "pemilih_dpt_p": 155, "pemilih_dpt_j": 305,
    "pengguna_dpt_l": 109, "pengguna_dpt_p": 118, "pengguna_dpt_j": 227,
    "pengguna_pindahan_l": 1, "pengguna_pindahan_p": 1, "pengguna_pindahan_j": 2,
    "pengguna_tambahan_l": 1, "pengguna_tambahan_p": 1, "pengguna_tambahan_j": 2,
    "pengguna_total_l": 111, "pengguna_total_p": 120, "pengguna_total_j": 231,
    "surat_diterima": 313, "surat_digunakan": 231, "surat_dikembalikan": 1, "surat_tidak_digunakan": 81,
    "pengguna_disabilitas_l": 1, "pengguna_disabilitas_p": 2, "pengguna_disabilitas_j": 3,
    "suara.1": 82, "suara.2": 137, "suara.3": 7,
    "suara_sah": 226, "suara_tidak_sah": 5, "suara_total": 231,
}  # fmt: skip
"""The paper of TPS 004, which keeps every rule."""

NOT_IN_SIREKAP = tuple(row for row in PAPER if row.startswith("surat_") or "disabilitas" in row)
"""Seven rows that are not in its public data."""


_BUILT = datetime(2024, 11, 1, tzinfo=timezone(timedelta(hours=8)))
"""When pleno came to the laptop of these tests."""


class Ticking:
    """A clock that goes one second forward at each look."""

    def __init__(self, folder: Path | None = None, allowed: timedelta = timedelta(minutes=1)) -> None:
        """It starts at one moment always; behind more work in `folder` than `allowed` it goes on from there."""
        self._at = datetime(2024, 11, 30, 14, 30, 0, tzinfo=timezone(timedelta(hours=8)))
        self._mono = 0
        if folder is not None and (newest := _newest(folder)) > self._at + allowed:
            self._at = newest

    def now(self) -> datetime:
        self._at += timedelta(seconds=1)
        return self._at

    def mono(self) -> int:
        self._mono += 1_000_000
        return self._mono

    def clock(self) -> Clock:
        return Clock(self.now, self.mono, lambda: "ujicoba", lambda: _BUILT)


def _newest(folder: Path) -> datetime:
    """When the last entry of a workspace was made."""
    with closing(sqlite3.connect(folder / "data" / "pleno.db")) as database:
        ((body,),) = database.execute("SELECT body FROM journal ORDER BY seq DESC LIMIT 1").fetchall()
    return datetime.fromisoformat(json.loads(body)["at"])


def made(
    parent: Path, names: Mapping[int, str] | None = None, desa: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None, mode: Mode = Mode.RESMI, contests: Sequence[str] = (CONTEST,),
    lists: Mapping[str, Sequence[Choice]] | None = None,
) -> Path:  # fmt: skip
    """A workspace with the meeting open, three saksi and the Panwaslu present."""
    said = {"ppk1": "Siti Aminah", "ppk2": "Budi", "ppk3": "Cahya", "op1": "Ani", **(people or {})}
    roles = {"ppk1": Role.KETUA, "op1": Role.OPERATOR, "op2": Role.OPERATOR}
    config = Config(
        mode=mode, kontes=tuple(contests), zona="Asia/Makassar", provinsi="PROVINSI CONTOH", kabkota="KAB. CONTOH",
        kecamatan="SUNGAI AREN", kode="990101",
        officers=tuple(Person(one, name, roles.get(one, Role.PPK)) for one, name in said.items()),
    )  # fmt: skip
    choices = [Choice(n, (names or {}).get(n, name)) for n, name in enumerate(NAMES, 1)]
    roster = [Tps(code, code[:10], int(code[10:])) for code in TPS]
    places = [Desa(code, (desa or {}).get(code, name)) for code, name in DESA.items()]
    clock = Ticking().clock()
    assert load_profile(CONTEST).digits == 3
    folder = build(
        parent / "kec",
        render_config(config),
        config,
        places,
        roster,
        {**dict.fromkeys(contests, choices), **(lists or {})},
        clock,
    )
    with Session.open(folder, clock) as session:
        if mode is Mode.RESMI:
            meeting.open_meeting(session, "ppk1")
        for n, name in ((1, "Joko"), (2, "Ratna"), (3, "Wati")):
            meeting.note_presence(session, f"saksi-{n:02}", name, str(n), "", True, "op1")
        meeting.note_presence(session, "panwascam", "Yusuf", meeting.PANWASLU, "", True, "op1")
    return folder


PIN = "480275"


def give_pins(folder: Path, *people: str) -> Path:
    """These officers have set the PIN above, each for themselves."""
    with Session.open(folder, Ticking(folder).clock()) as session:
        for person in people:
            pins.set_pin(session, person, PIN)
    return folder


def example_tps(folder: Path, source: str, **change: Figure) -> None:
    """A source says of TPS 004 what its paper says, but for the changes."""
    figures = {row: figure for row, figure in PAPER.items() if row not in NOT_IN_SIREKAP}
    with Session.open(folder, Ticking(folder).clock()) as session:
        contest = session.contest(None)
        reading.record_reading(session, session.roster[TPS_004], contest, source, {**figures, **change}, "op1")
