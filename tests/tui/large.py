"""A kecamatan of 1,591 TPS and five contests, as large as they come, made in seconds by its entries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui.kecamatan import Ticking

from pleno.domain.chain import Json
from pleno.domain.contest import Choice, Contest
from pleno.domain.entry import Actor, Change, Entry, Kind, Role
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.state import Desa, Person, Tps
from pleno.importers.workspace import Config, Mode, render_config
from pleno.service import meeting
from pleno.service.session import Session
from pleno.service.setup import build

CONTESTS: Final = tuple(f"pemilu2024-{name}" for name in ("ppwp", "pdpr", "pdpd", "pdprdp", "pdprdk"))
TPS_COUNT: Final = 1591
_DESA: Final = 27
_OPERATOR: Final = Actor("op1", Role.OPERATOR)


def large(parent: Path) -> Path:
    """Sirekap of every TPS in every contest, and the plano of the first; of every ninth TPS one figure differs."""
    config = Config(
        mode=Mode.RESMI, kontes=CONTESTS, zona="Asia/Jakarta", provinsi="PROVINSI CONTOH", kabkota="KAB. CONTOH",
        kecamatan="SUNGAI AREN RAYA", kode="990102",
        officers=(
            Person("ppk1", "Siti Aminah", Role.KETUA), Person("ppk2", "Budi", Role.PPK),
            Person("ppk3", "Cahya", Role.PPK), Person("op1", "Ani", Role.OPERATOR),
        ),
    )  # fmt: skip
    desa = [Desa(f"990102{1000 + n}", f"DESA AREN {n:02}") for n in range(1, _DESA + 1)]
    each = -(-TPS_COUNT // _DESA)
    roster = [Tps(f"{one.code}{n:03}", one.code, n) for one in desa for n in range(1, each + 1)][:TPS_COUNT]
    clock = Ticking().clock()
    choices = {name: _choices(name) for name in CONTESTS}
    folder = build(parent / "kec", render_config(config), config, desa, roster, choices, clock)
    with Session.open(folder, clock) as session:
        meeting.open_meeting(session, "ppk1")
        meeting.note_presence(session, "panwascam", "Yusuf", meeting.PANWASLU, "", True, "op1")
        for contest in session.contests.values():
            session.commit(*_imported(session, contest, roster))
    return folder


def _choices(contest: str) -> list[Choice]:
    if contest.endswith(("pdpd", "ppwp")):
        return [Choice(n, f"Calon {n}") for n in range(1, 4)]
    return [
        one
        for n in range(1, 4)
        for one in (Choice(n, f"Partai {n}"), Choice(1, f"Calon {n}.1", partai=n), Choice(2, f"Calon {n}.2", partai=n))
    ]


def _imported(session: Session, contest: Contest, roster: list[Tps]) -> Iterator[Entry]:
    """One file of each source, with the same paper, but for the slips of Sirekap."""
    random_ = random.Random(2024)
    papers = {tps.code: _paper(contest, random_) for tps in roster}
    for source in (SIREKAP, PLANO) if contest.id == CONTESTS[0] else (SIREKAP,):
        changes = tuple(
            Change(code, row, None, figure + (source == SIREKAP and place % 9 == 0 and row == "suara_sah"))
            for place, (code, paper) in enumerate(papers.items())
            for row, figure in paper.items()
        )
        data: dict[str, Json] = {
            "nama": f"{source}.csv", "format": "csv", "bacaan": [[code, contest.id, None] for code in papers],
        }  # fmt: skip
        yield session.entry(
            Kind.FILE_IMPORTED, _OPERATOR, contest=contest.id, source=source, changes=changes, data=data,
            src_sha256=f"{contest.id}{source}".encode().hex().ljust(64, "0")[:64],
        )  # fmt: skip


def _paper(contest: Contest, random_: random.Random) -> dict[str, int]:
    """The votes of one TPS and their sums; the other rows of the form stay unread."""
    paper = {row: random_.randrange(80) for row in contest.ballot_rows}
    for one in contest.partai:
        paper[one.total] = paper[one.votes] + sum(paper[row] for row in one.calon_rows)
    sah = sum(paper[row] for row in contest.ballot_rows)
    return {**paper, "suara_sah": sah, "suara_tidak_sah": 3, "suara_total": sah + 3}
