"""Tasks of a practice pleno (bimtek), each judged from what stands in the workspace.

Nothing is ticked off and nothing is stored: a task is done while its figures, pembetulan, seals and sets say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.entry import Reason
from pleno.domain.figures import HITUNG_ULANG, KOSONG, PLANO, Figures, Source, shown
from pleno.domain.keberatan import Keberatan, KeberatanKind
from pleno.domain.state import Pembetulan, PembetulanKind, PembetulanState, Seal, Sheet, SheetStatus


class Seen(NamedTuple):
    """What a workspace holds, as far as tasks ask."""

    files: Mapping[str, TpsFile]
    """13-digit code to TPS, with what is being typed."""
    seals: Sequence[Seal] = ()
    sheets: Sequence[Sheet] = ()
    whole: frozenset[int] = frozenset()
    """Numbers of the sets that lie on the disk exactly as they were written."""


Judge = Callable[[Seen], str]
"""Why a task is not done yet, one Indonesian clause; empty once it is."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing a trainee does."""

    title: str
    text: str
    """What to do, and with which figures."""
    answer: str
    """What the task teaches, and the keys."""
    judge: Judge
    tps: str = ""
    """13-digit code of the TPS it is about; empty where it is about none."""
    mode: str = "desk"
    """Name of the screen it is done on."""


class Verdict(NamedTuple):
    """A task as it stands."""

    task: Task
    why_not: str
    """Empty when it is done."""

    @property
    def done(self) -> bool:
        return not self.why_not


def judged(tasks: Sequence[Task], seen: Seen) -> list[Verdict]:
    """Every task with its verdict, in order."""
    return [Verdict(task, task.judge(seen)) for task in tasks]


# --- judges --------------------------------------------------------------------------------


def settled(tps: str, paper: Figures) -> Judge:
    """The TPS is sah, with these figures determined."""

    def judge(seen: Seen) -> str:
        file = seen.files[tps]
        return _wrong(file, file.ditetapkan, paper) or _left(file)

    return judge


def read_as(tps: str, paper: Figures) -> Judge:
    """These rows of the plano were read as this."""

    def judge(seen: Seen) -> str:
        file = seen.files[tps]
        plano = file.readings[PLANO]
        read = {row: figure for row, figure in plano.figures.items() if row not in plano.waiting}
        unread = [file.contest.by_name[row].code for row in paper if read.get(row) is None]
        return f"{', '.join(unread)} belum dibaca" if unread else _wrong(file, read, paper)

    return judge


def paper_corrected(tps: str, row: str, figure: int) -> Judge:
    """The paper itself was corrected in a row, and somebody else agreed."""

    def judge(seen: Seen) -> str:
        file = seen.files[tps]
        made = [one for one in file.pembetulan if (one.row, one.kind) == (row, PembetulanKind.FORMULIR)]
        code = file.contest.by_name[row].code
        if not made:
            return f"belum ada pembetulan formulir di {code}"
        if not _agreed(made):
            return f"pembetulan {code} belum disetujui orang lain"
        return _wrong(file, file.ditetapkan, {row: figure})

    return judge


def explained(tps: str, rule: str) -> Judge:
    """A broken rule of the TPS was explained in writing."""

    def judge(seen: Seen) -> str:
        file = seen.files[tps]
        if any(one.rule == rule for one in file.explanations):
            return ""
        unread = f"{len(file.unread)} baris belum dibaca; " if file.unread else ""
        return f"{unread}temuan {rule} belum dijelaskan"

    return judge


def copy_read(tps: str, source: Source, paper: Figures) -> Judge:
    """The copy of a saksi was taken down as it is."""

    def judge(seen: Seen) -> str:
        file = seen.files[tps]
        if source not in file.readings:
            return f"{f'{len(file.unread)} baris plano belum dibaca; ' if file.unread else ''}salinan belum diisi"
        return _wrong(file, file.readings[source].figures, paper, "salinan")

    return judge


def objected(tps: str, pengaju: str, answered: bool) -> Judge:
    """A keberatan of this saksi about the TPS was noted; with `answered`, also answered by the room."""

    def judge(seen: Seen) -> str:
        raised = [one for one in seen.files[tps].keberatan if one.kind is KeberatanKind.KEBERATAN and one.stands]
        if not raised:
            return "keberatan belum dicatat"
        if not _by(raised, pengaju):
            return f"keberatan dicatat atas nama lain, bukan saksi nomor {pengaju}"
        return "keberatan belum dijawab rapat" if answered and all(one.is_open for one in _by(raised, pengaju)) else ""

    return judge


def recounted(tps: str, ballots: Figures) -> Judge:
    """The ballots were counted again, and these figures stand."""

    def judge(seen: Seen) -> str:
        file = seen.files[tps]
        by_reason = [one for one in file.pembetulan if one.reason == Reason.HITUNG_ULANG]
        if HITUNG_ULANG not in file.readings and not _agreed(by_reason):
            return "hasil hitung ulang belum dicatat"
        return _wrong(file, file.ditetapkan, ballots)

    return judge


def sealed(seen: Seen) -> str:
    """There is a seal whose word was read back from paper."""
    if not seen.seals:
        return "belum ada segel"
    return "" if any(seal.read_back for seal in seen.seals) else "kata segel belum dibaca ulang dari kertas"


def exported(seen: Seen) -> str:
    """A set stands on the disk as it was written."""
    standing = [sheet.number for sheet in seen.sheets if sheet.status is not SheetStatus.BATAL]
    if not standing:
        return "belum ada set yang diekspor"
    return "" if seen.whole.intersection(standing) else f"set {max(standing):02} di disk tidak utuh"


def _agreed(made: Sequence[Pembetulan]) -> bool:
    return any(one.state is PembetulanState.DISETUJUI and one.confirmer != one.proposer for one in made)


def _by(raised: Sequence[Keberatan], pengaju: str) -> list[Keberatan]:
    return [one for one in raised if one.pengaju == pengaju]


def _wrong(file: TpsFile, figures: Figures, expected: Figures, where: str = "") -> str:
    """The first figure that stands and is another one than it should be."""
    for row, figure in expected.items():
        stands = figures.get(row)
        if stands is not None and stands != figure:
            code, right = file.contest.by_name[row].code, "kosong (x)" if figure is KOSONG else shown(figure)
            return f"{where} {code} tercatat {shown(stands)}, seharusnya {right}".strip()
    return ""


def _left(file: TpsFile) -> str:
    """What stands between a TPS and sah."""
    if file.settlement is not None:
        return ""
    if file.unread:
        return f"{len(file.unread)} baris belum dibaca"
    if file.open_cells:
        return f"{len(file.open_cells)} selisih belum dibetulkan"
    return "pembetulan belum disetujui" if file.proposals else "lengkap, belum disahkan (s)"
