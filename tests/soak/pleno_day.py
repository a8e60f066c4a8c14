"""Eight hours of a pleno at one desk, compressed: 603 TPS, 3 contests, corrections, imports, seals, copies, the board.

The desk is the one the screens sit on (`pleno.tui.gateway`): every figure is kept, every paper finished and settled
as by the keys. The clock of the laptop runs eight hours meanwhile.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cli.driver import WHOLE

from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import SIREKAP, Figure
from pleno.domain.state import PembetulanKind
from pleno.service import backup, correction, intake, meeting, sealing
from pleno.service.session import Clock
from pleno.service.setup import create_workspace
from pleno.tui.board_gateway import BoardGateway
from pleno.tui.gateway import Pleno

TPS: Final = 603
A_DESA: Final = 25
CONTESTS: Final = ("pemilu2024-ppwp", "pilkada2024-gubernur", "pilkada2024-bupati")
HOURS: Final = 8
WRONG: Final = 0.05
"""Share of papers whose Sirekap reading is wrong in a row, and is corrected by two people."""
WHY: Final = "dibacakan ulang dari plano"


def codes(tps: int) -> list[str]:
    return [f"3101011{1 + n // A_DESA:03}{1 + n % A_DESA:03}" for n in range(tps)]


def workspace(folder: Path, tps: int) -> Path:
    """A kecamatan made as an office makes one, with two places for copies."""
    lines = [f"{code};Desa {code[7:10]};{int(code[10:])}" for code in codes(tps)]
    (folder / "tps.csv").write_text("\n".join(["kode_tps;desa;nomor", *lines]) + "\n", "utf-8")
    choices = [f"{contest},{n},PASLON {n}" for contest in CONTESTS for n in (1, 2, 3)]
    (folder / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama", *choices]) + "\n", "utf-8")
    kec = create_workspace(folder / "kec", list(CONTESTS), "310101", folder / "tps.csv", folder / "pilihan.csv")
    toml = kec / "pleno.toml"
    (folder / "stik").mkdir()
    text = toml.read_text("utf-8")
    meant = 'cadangan = ["data/cadangan"]'
    assert meant in text, text
    toml.write_text(text.replace(meant, f'cadangan = ["data/cadangan", "{(folder / "stik").as_posix()}"]'), "utf-8")
    return kec


@dataclass
class Day:
    """One day at the desk, and what it promised."""

    folder: Path
    tps: int = TPS
    seed: int = 8
    promised: dict[int, str] = field(default_factory=dict)
    """Entry number to the hash that the desk was shown as saved."""
    rss: list[int] = field(default_factory=list)
    """Bytes of this process after each block of a desa."""
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)
        self._at = datetime(2024, 11, 29, 8, 0, tzinfo=UTC)
        self._papers = self.tps * len(CONTESTS)
        self._wrong: set[tuple[str, str]] = set()

    def clock(self) -> Clock:
        """A clock that goes eight hours while the papers are read."""
        start = self._at
        return Clock(
            now=lambda: self._at,
            mono=lambda: int((self._at - start).total_seconds() * 1_000_000) + 1_000_000,
            boot=lambda: "satu",
            built=lambda: datetime(2024, 1, 1, tzinfo=UTC),
        )

    def work(self) -> None:
        """From the opening of the meeting to the last seal."""
        kec = workspace(self.folder, self.tps)
        pleno = Pleno.open(kec, clock=self.clock())
        try:
            meeting.open_meeting(pleno.session, "ppk1")
            board = BoardGateway(pleno)
            for contest in CONTESTS:
                pleno.choose(contest)
                self._import(pleno, codes(self.tps))
            for block in _blocks(codes(self.tps)):
                for contest in CONTESTS:
                    pleno.choose(contest)
                    for code in block:
                        self._paper(pleno, board, code)
                self._seal(pleno)
                self.rss.append(resident())
        finally:
            pleno.close()

    def _saved(self, pleno: Pleno) -> None:
        head = pleno.session.store.head()
        self.promised[head.seq] = head.hash.hex()

    def _did(self, what: str, times: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + times

    def _import(self, pleno: Pleno, block: Sequence[str]) -> None:
        """Sirekap's figures of a contest, some of them wrong."""
        rows = [row.name for row in pleno.contest.rows if row.name in WHOLE]
        turn = CONTESTS.index(pleno.contest.id)
        rows = rows[turn:] + rows[:turn]  # the same bytes for another contest would be the same file
        lines = [",".join(["kode_tps", *rows])]
        wrong = {code for code in block if self._rng.random() < WRONG}
        self._wrong |= {(pleno.contest.id, code) for code in wrong}
        for code in block:
            figures = {**WHOLE, "suara.2": WHOLE["suara.2"] + 200 * (code in wrong)}
            lines.append(",".join([code, *(str(figures[row]) for row in rows)]))
        path = self.folder / "sirekap.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        intake.take(pleno.session, [path], SIREKAP, "op1", contest=pleno.contest)
        pleno.reload_all()
        self._did("impor")
        self._saved(pleno)

    def _paper(self, pleno: Pleno, board: BoardGateway, code: str) -> None:
        self._at += timedelta(hours=HOURS) / self._papers
        for row in pleno.contest.rows:
            if row.name not in WHOLE:
                continue
            figure: Figure = WHOLE[row.name]
            if pleno.offered(code, row.name)[0] == figure:
                pleno.accept(code, row)
            else:
                pleno.keep(code, row, figure)
            pleno.status()
            self._did("angka")
        pleno.finish(code)
        board.look_at(code, "suara.2")
        board.publish()
        pleno.desk(code)
        if (pleno.contest.id, code) in self._wrong:
            self._correct(pleno, code)
        pleno.settle(code)
        self._did("sah")
        self._saved(pleno)

    def _correct(self, pleno: Pleno, code: str) -> None:
        tps, row = pleno.session.roster[code], pleno.contest.find("suara.2")
        entry = correction.propose(
            pleno.session, tps, pleno.contest, row, WHOLE["suara.2"],
            kind=PembetulanKind.SIREKAP, reason=Reason.SALAH_BACA_SIREKAP, note="", by="op1",
        )  # fmt: skip
        correction.confirm(pleno.session, entry.seq, "ppk2")
        pleno.reload(code)
        self._did("pembetulan")

    def _seal(self, pleno: Pleno) -> None:
        sealing.seal(pleno.session, f"{self._rng.randrange(10**4):04}", "op1")
        faults = [one.fault for one in backup.copy_seal(pleno.session, "op1") if one.fault]
        if faults:
            raise PlenoError("Salinan gagal", faults[0])
        self._did("segel")
        self._saved(pleno)


def _blocks(every: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(every), A_DESA):
        yield every[start : start + A_DESA]


def resident() -> int:
    """Bytes of memory that this process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


def growth(rss: Sequence[int]) -> float:
    """How much larger the last quarter was than the quarter after the warm-up, as a share."""
    quarter = max(len(rss) // 4, 1)
    early, late = rss[quarter : 2 * quarter] or rss[:1], rss[-quarter:]
    return max(late) / max(early) - 1
