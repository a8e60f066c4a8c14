"""Settling a TPS (SAH) and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pleno.domain.chain import Json
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO
from pleno.domain.recap import blocking
from pleno.domain.state import Kehadiran, PlenoState, Settlement, Sheet, SheetStatus, Tps
from pleno.service import notes
from pleno.service.pins import Verified, require_settling_pin
from pleno.service.reading import require_open
from pleno.service.session import Session
from pleno.service.views import contest_files, tps_file


class NotReady(NamedTuple):
    """A TPS that cannot be settled yet, with every reason."""

    tps: Tps
    reasons: tuple[str, ...]
    rules: tuple[str, ...]
    """Ids of hard rules that are broken and not explained."""


class Settled(NamedTuple):
    """What settling did."""

    entries: tuple[Entry, ...]
    left: tuple[NotReady, ...]
    """TPS that stay provisional."""


def obstacles(file: TpsFile, reading_aloud: bool) -> NotReady | None:
    """Everything that keeps a TPS from being settled; None when nothing does.

    `reading_aloud`: waiting plano figures count as read, since somebody reads them aloud for this act.
    """
    seen = file.read_aloud() if reading_aloud else file
    code = {row.name: row.code for row in file.contest.rows}
    reasons: list[str] = []
    if seen.unread:
        waiting = file.readings[PLANO].waiting if PLANO in file.readings else frozenset()
        listed = _few([row.code for row in seen.unread])
        hint = ", menunggu dibacakan" if all(row.name in waiting for row in seen.unread) else ""
        reasons.append(f"{len(seen.unread)} baris belum dibaca ({listed}{hint})")
    if seen.open_cells:
        reasons.append(f"{len(seen.open_cells)} selisih terbuka ({_few([cell.row.code for cell in seen.open_cells])})")
    if file.proposals:
        numbers = ", ".join(f"nomor {item.seq} {code[item.row]}" for item in file.proposals)
        reasons.append(f"pembetulan menunggu disetujui ({numbers})")
    if file.unanswered:
        numbers = ", ".join(f"nomor {item.seq}" for item in file.unanswered)
        reasons.append(f"keberatan/kejadian belum dijawab ({numbers})")
    broken = blocking(seen)
    reasons += [f"{finding.rule} {finding.numbers}" for finding in broken]
    return NotReady(file.tps, tuple(reasons), tuple(dict.fromkeys(f.rule for f in broken))) if reasons else None


def _few(codes: Sequence[str], most: int = 4) -> str:
    shown = ", ".join(codes[:most])
    return f"{shown}, dan {len(codes) - most} lagi" if len(codes) > most else shown


def settle(
    session: Session,
    tps: Sequence[Tps],
    contest: Contest,
    by: str | None,
    read_by: str | None = None,
    proof: Verified | None = None,
) -> Settled:
    """Settle the named TPS, all or none.

    `read_by`: who read the waiting plano figures aloud. `proof`: the PPK member whose PIN settles it, where each TPS
    needs one. PlenoError lists every obstacle of every TPS.
    """
    session.require(PlenoState.DIBUKA)
    files = [tps_file(session, one, contest) for one in dict.fromkeys(tps)]
    for file in files:
        require_open(session, file.tps, contest)
    left = [found for file in files if (found := obstacles(file, read_by is not None))]
    if left:
        raise PlenoError(
            "Belum dapat disahkan",
            " ".join(f"{session.tps_name(one.tps)}: {'; '.join(one.reasons)}." for one in left),
            "Selesaikan dulu: `pleno catat`, `pleno betulkan`, `pleno setujui`, `pleno jelaskan`, `pleno tanggapi`, "
            "atau sebut pembacanya dengan --dibacakan.",
        )
    require_settling_pin(session, len(files), proof)
    return Settled(_settle(session, files, contest, by, read_by, proof), ())


def settle_matching(session: Session, contest: Contest, by: str | None, read_by: str | None = None) -> Settled:
    """Settle every TPS that nothing stands against, and name what stands against the others."""
    session.require(PlenoState.DIBUKA)
    session.actor(by)
    ready: list[TpsFile] = []
    left: list[NotReady] = []
    for file in contest_files(session, contest):
        if file.settlement is None:
            found = obstacles(file, read_by is not None)
            if found is None:
                ready.append(file)
            else:
                left.append(found)
    require_settling_pin(session, len(ready), None)
    return Settled(_settle(session, ready, contest, by, read_by) if ready else (), tuple(left))


def _settle(
    session: Session,
    files: Sequence[TpsFile],
    contest: Contest,
    by: str | None,
    read_by: str | None,
    proof: Verified | None = None,
) -> tuple[Entry, ...]:
    actor = session.actor(by)
    if read_by is not None:
        _require_known(session, read_by)
    return session.commit(
        *(
            session.entry(
                Kind.TPS_READ_BACK,
                actor,
                contest=contest.id,
                tps=file.tps.code,
                data=_heard(file, read_by, proof),
            )
            for file in files
        )
    )


def _heard(file: TpsFile, read_by: str | None, proof: Verified | None) -> dict[str, Json]:
    """Who read waiting figures aloud, and who settled by PIN."""
    data: dict[str, Json] = {"dibacakan": read_by} if read_by and _waits(file) else {}
    return {**data, "pin": proof.person} if proof is not None else data


def _waits(file: TpsFile) -> bool:
    return PLANO in file.readings and bool(file.readings[PLANO].waiting)


def _require_known(session: Session, person: str) -> None:
    """A reader is an officer of pleno.toml or somebody noted as present."""
    if session.state.get(Kehadiran, person) is None:
        session.actor(person)


def reopen(session: Session, tps: Tps, contest: Contest, note: str, by: str | None) -> tuple[Entry, ...]:
    """Take SAH back; every sheet issued of this contest becomes BATAL."""
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    note = notes.reason(note, "Pembukaan kembali")
    if session.state.get(Settlement, tps.code, contest.id) is None:
        raise PlenoError("TPS belum sah", f"{session.tps_name(tps)} belum disahkan.", "Tidak ada yang perlu dibuka.")
    voided = [
        session.entry(
            Kind.SHEET_VOIDED,
            actor,
            contest=contest.id,
            note=f"{session.tps_name(tps)} dibuka kembali",
            data={"no": sheet.number},
        )
        for sheet in session.state.all(Sheet)
        if sheet.contest == contest.id and sheet.status is not SheetStatus.BATAL
    ]
    reopened = session.entry(Kind.TPS_REOPENED, actor, contest=contest.id, tps=tps.code, note=note)
    return session.commit(reopened, *voided)
