"""Names that a terminal, a markup parser or a text layout would act upon, and a workspace that is full of them.

What the border lets in comes through it; what it refuses is put behind it, as a forged database would hold it, so
that the screens are the only line of defence.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tui.kecamatan import NOT_IN_SIREKAP, PAPER, TPS_004, Ticking, made

from pleno.domain.chain import Json
from pleno.domain.entry import Actor, Change, Entry, Kind, Role
from pleno.domain.figures import PLANO, SIREKAP, Figure, salinan
from pleno.service import reading
from pleno.service.session import Session

MARKUP: Final = "[@click=app.quit]x[/] [/x]"
WIDE: Final = "漢字🗳" * 7
"""Forty-two columns."""
ALLOWED: Final = (MARKUP, WIDE, "[red]Budi[/red]", "Budi [/b] S.Pd", "$tone-abu", "%s {0} \\x1b")
"""Text to the border: shown as it is."""

OSC: Final = "\x1b]52;c;eA==\x07\x1b]0;judul\x07[@click=app.quit]"
CSI: Final = "\x1b[2J\x1b[?1049l\x9b31m\x90q\x9c"
BIDI: Final = "\u202eabc\u2066\u200f\u200b\ufeff"
MARKS: Final = "e" + "\u0301" * 200 + "\u20dd" * 9
LINES: Final = "a\r\n\t\x00\x08\x7f\x0e\u2028b"
SURROGATE: Final = "\ue000\U000e0041x"
FORGED: Final = (OSC, CSI, BIDI, MARKS, LINES, SURROGATE)
"""What the border refuses."""

_PLACES: Final = tuple(f"TEMPAT{n}" for n in range(len(FORGED)))
"""What stands in the workspace where a forged name will; the journal itself keeps no such character."""
_OPERATOR: Final = Actor("op1", Role.OPERATOR)


def forged_workspace(parent: Path) -> Path:
    """Desa, choices, saksi, notes, a keberatan, a pembetulan and a file name, each of them hostile."""
    folder = made(
        parent,
        names={1: _PLACES[0], 2: _PLACES[3], 3: WIDE},
        desa={"9901011001": _PLACES[1], "9901011002": MARKUP},
        people={"ppk1": MARKUP, "ppk2": WIDE, "ppk3": "Budi [/b]", "op1": "[/x]"},
    )
    with Session.open(folder, Ticking().clock()) as session:
        contest = session.contest(None)
        tps = session.roster[TPS_004]
        for source, change in ((PLANO, {}), (SIREKAP, {"suara.2": 173}), (salinan(2), {"suara.2": 147})):
            reading.record_reading(session, tps, contest, source, {**_published(source), **change}, "op1")
        session.commit(*_entries(session))
    forge(folder / "data" / "pleno.db", dict(zip(_PLACES, FORGED, strict=True)))
    return folder


def _published(source: str) -> dict[str, Figure]:
    return {row: figure for row, figure in PAPER.items() if source != SIREKAP or row not in NOT_IN_SIREKAP}


def _entries(session: Session) -> list[Entry]:
    contest = session.contest(None).id

    def said(kind: Kind, **what: Json) -> Entry:
        return session.entry(kind, _OPERATOR, contest=contest, **what)

    guests = [
        said(Kind.KEHADIRAN_NOTED, data={"id": f"x{n}", "nama": name, "mewakili": "2", "mandat": name, "hadir": True})
        for n, name in enumerate(_PLACES)
    ]
    notes = [
        said(
            Kind.KEBERATAN_NOTED, tps=TPS_004, note=name,
            data={"jenis": "keberatan", "pengaju": "2", "baris": "suara.2"},
        )
        for name in _PLACES
    ]  # fmt: skip
    proposal = said(
        Kind.PEMBETULAN_PROPOSED, tps=TPS_004, source=SIREKAP, note=_PLACES[1], reason="LAIN", witness=("x0", "x3"),
        changes=(Change(TPS_004, "suara.2", 173, 137),), data={"jenis": "sirekap"},
    )  # fmt: skip
    return [*guests, *notes, proposal]


def forge(database: Path, names: Mapping[str, str]) -> None:
    """Put forged names where others stand, in every table of text but the journal."""
    with contextlib.closing(sqlite3.connect(database)) as forged, forged:
        tables = [name for (name,) in forged.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row[1] for row in forged.execute(f'PRAGMA table_info("{table}")') if row[2] == "TEXT"]
            for column in columns if table not in ("journal", "sqlite_sequence") else ():
                for place, name in names.items():
                    forged.execute(
                        f'UPDATE "{table}" SET "{column}" = replace("{column}", ?, ?) WHERE instr("{column}", ?)',
                        (place, name, place),
                    )
