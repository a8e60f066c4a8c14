"""What the projector shows: a small file beside the database, replaced by the desk and read by `pleno papan`.

The board never opens the database that the desk holds (TRUST.md section 3). The file holds saved figures only and is
no record: it may be lost at any time, and the desk never waits for it.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pleno.domain.compare import Cell, TpsFile
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, PLANO, addend, shown, source_label
from pleno.domain.recap import Recap
from pleno.domain.state import PlenoState, Seal
from pleno.importers.limits import read_regular
from pleno.importers.workspace import load_config
from pleno.service.keberatan import unanswered
from pleno.service.session import Session, database_path

_NAME: Final = "papan.json"
_LARGEST: Final = 200_000
"""Bytes of a picture; the longest list of parties takes a tenth of it."""
_MOST: Final = 10**9
"""No sum of a kecamatan comes near it."""
_PLANO: Final = re.compile(r"[0-9.]{1,13}|[?x]")
"""What is drawn in big digits."""


@dataclass(frozen=True, slots=True)
class ReadNow:
    """The row of the TPS that is being read."""

    desa: str
    tps: int
    code: str
    label: str
    plano: str
    """ "137", "?" not read yet, "x" blank."""
    others: tuple[tuple[str, str], ...]
    """Short name of every other source and its figure."""
    gap: int | None
    """Plano minus Sirekap where both hold a figure and they differ."""
    settled: str
    """What became of the difference: "", "belum dibetulkan", "dibetulkan"."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board."""

    kecamatan: str
    contest: str
    meeting: str
    """State of the meeting, "dibuka", "diskors" ..."""
    practice: bool
    at: str
    """Hour of this picture, "14:32"."""
    sah: int
    tps: int
    now: ReadNow | None
    sums: tuple[tuple[str, int], ...]
    """Each contestant, then sah, tidak sah and both, over the TPS that are sah."""
    open_cells: int
    recounts: int
    """TPS that were counted again."""
    objections: int
    """Keberatan and kejadian khusus that nobody has answered."""
    seal: str
    """ "SEGEL 06 #384"; empty before the first."""


def picture(session: Session, sums: Recap, open_cells: int, now: ReadNow | None) -> Board:
    """The board as it should look now."""
    newest = max(session.state.all(Seal), key=lambda seal: seal.number, default=None)
    meeting = session.meeting
    return Board(
        kecamatan=session.config.kecamatan,
        contest=f"{sums.contest.profile.name} {sums.contest.profile.year}",
        meeting=meeting.state.value,
        practice=meeting.practice,
        at=f"{session.now():%H:%M}",
        sah=sums.settled,
        tps=sums.tps,
        now=now,
        sums=tuple(_sums(sums)),
        open_cells=open_cells,
        recounts=sum(HITUNG_ULANG in file.readings for file in sums.files),
        objections=len(unanswered(session, sums.contest)),
        seal=f"SEGEL {newest.number:02} #{newest.seq}" if newest else "",
    )


def _sums(sums: Recap) -> Iterable[tuple[str, int]]:
    contest = sums.contest
    for choice, row in zip(contest.contestants, contest.votes, strict=True):
        yield f"{choice.number:02} {choice.name}", sums.final.get(row, 0)
    for row in ("suara_sah", "suara_tidak_sah", "suara_total"):
        yield contest.by_name[row].label, sums.final.get(row, 0)


def read_now(session: Session, file: TpsFile, row: str) -> ReadNow:
    """One row of the TPS on the table."""
    cell = next(cell for cell in file.cells if cell.row.name == row)
    return ReadNow(
        desa=session.desa[file.tps.desa].name,
        tps=file.tps.number,
        code=cell.row.code,
        label=cell.row.label,
        plano="?" if cell.ditetapkan is None else shown(cell.ditetapkan),
        others=tuple(_others(cell)),
        gap=_gap(cell),
        settled="" if _gap(cell) is None else "belum dibetulkan" if cell.open else "dibetulkan",
    )


def _others(cell: Cell) -> Iterable[tuple[str, str]]:
    for source, figure in cell.figures.items():
        if source not in (PLANO, HITUNG_ULANG) and not source.endswith(":berkas"):
            yield source_label(source), shown(figure)


def _gap(cell: Cell) -> int | None:
    """Plano minus the first other source that differs; silent until the plano was read."""
    right = addend(cell.ditetapkan)
    if right is None:
        return None
    others = [addend(figure) for source, figure in cell.figures.items() if source not in (PLANO, HITUNG_ULANG)]
    return next((right - figure for figure in others if figure is not None and figure != right), None)


# --- the file ------------------------------------------------------------------------------


def board_path(folder: Path) -> Path:
    """Where the picture of a workspace lies."""
    return database_path(folder, load_config(folder)).with_name(_NAME)


def publish(path: Path, board: Board) -> bool:
    """Replace the picture; whether it could be. The desk goes on either way."""
    temporary = path.with_name(f".{_NAME}")
    try:
        temporary.unlink(missing_ok=True)  # whatever lies there, a pipe or a link, is neither waited for nor followed
        with temporary.open("x", encoding="utf-8") as file:
            json.dump(asdict(board), file, ensure_ascii=False)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        return False
    return True


def read_board(path: Path) -> Board | None:
    """The newest picture; None where there is none yet, or none that can be read and drawn."""
    try:
        told = json.loads(read_regular(path, _LARGEST))
        now = told.pop("now")
        sums = tuple((_text(name), _count(sum_)) for name, sum_ in told.pop("sums"))
        return _sound(Board(now=None if now is None else _read_now_of(now), sums=sums, **told))
    except (PlenoError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _sound(board: Board) -> Board:
    """The picture, if everything in it is of its kind: whoever can write the file must not end the projector."""
    for text in (board.kecamatan, board.contest, board.meeting, board.at, board.seal):
        _text(text)
    for number in (board.sah, board.tps, board.open_cells, board.recounts, board.objections):
        _count(number)
    if not isinstance(board.practice, bool):
        raise TypeError
    return board


def _read_now_of(told: Any) -> ReadNow:
    """The row of a picture; whatever is not of its kind raises ValueError, TypeError or KeyError."""
    others = tuple((_text(name), _text(figure)) for name, figure in told.pop("others"))
    now = ReadNow(others=others, **told)
    for text in (now.desa, now.code, now.label, now.settled):
        _text(text)
    _count(now.tps)
    if now.gap is not None:
        _count(abs(now.gap))
    if _PLANO.fullmatch(now.plano) is None:
        raise ValueError
    return now


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError
    return told


def _count(told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not 0 <= told < _MOST:
        raise TypeError
    return told


def age_seconds(path: Path, now: datetime) -> float | None:
    """How long ago the desk replaced the picture; None where there is none."""
    try:
        return now.timestamp() - path.stat().st_mtime
    except OSError:
        return None


def require_workspace(folder: Path) -> Path:
    """The path of the picture of a workspace. PlenoError when the folder is none."""
    path = board_path(folder)
    if not path.parent.is_dir():
        raise PlenoError("Ruang kerja belum lengkap", f"{path.parent} tidak ada.", "Buat dengan `pleno siapkan`.")
    return path


MEETING_WORDS: Final = {
    PlenoState.PERSIAPAN.value: "PERSIAPAN",
    PlenoState.DIBUKA.value: "",
    PlenoState.DISKORS.value: "RAPAT DISKORS",
    PlenoState.DITUTUP.value: "RAPAT DITUTUP",
}
"""What the board says of the meeting."""
