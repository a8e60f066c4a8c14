"""What the projector shows: a small file beside the database, replaced by the desk and read by `pleno papan`.

The board never opens the database that the desk holds (TRUST.md section 3). The file holds saved figures only and is
no record: it may be lost at any time, and the desk never waits for it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pleno.domain.compare import Cell, TpsFile
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, PLANO, addend, shown, source_label
from pleno.domain.recap import Recap
from pleno.domain.state import PlenoState, Seal
from pleno.importers.workspace import load_config
from pleno.service.session import Session, database_path

_NAME: Final = "papan.json"
_LARGEST: Final = 200_000


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
        temporary.write_text(json.dumps(asdict(board), ensure_ascii=False), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        return False
    return True


def read_board(path: Path) -> Board | None:
    """The newest picture; None where there is none yet, or none that can be read."""
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LARGEST))
        now = told.pop("now")
        row = None if now is None else ReadNow(**{**now, "others": tuple(map(tuple, now["others"]))})
        board = Board(now=row, **{**told, "sums": tuple((str(name), int(sum_)) for name, sum_ in told["sums"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return board


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
