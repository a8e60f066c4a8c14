"""Settling a TPS (SAH) and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pleno.domain.chain import Json
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError, Unready
from pleno.domain.figures import PLANO
from pleno.domain.rules import Finding, Severity
from pleno.domain.state import Kehadiran, PlenoState, Settlement, Sheet, SheetStatus, Tps
from pleno.service import notes
from pleno.service.checking import explained, unresolved
from pleno.service.pins import Verified, require_settling_pin
from pleno.service.reading import require_open
from pleno.service.session import Session
from pleno.service.views import contest_files, tps_file
from pleno.service.witnesses import answers_of


class NotReady(NamedTuple):
    """A TPS that cannot be settled yet, with every reason."""

    tps: Tps
    reasons: tuple[str, ...]
    rules: tuple[str, ...]
    """Ids of hard rules that are broken and not explained."""
    warnings: tuple[Finding, ...] = ()
    """Warnings that nobody acknowledged."""

    @property
    def only_warned(self) -> bool:
        """Nothing stands against it but warnings: an acknowledgement with a reason settles it."""
        return len(self.reasons) == len(self.warnings)


class Settled(NamedTuple):
    """What settling did."""

    entries: tuple[Entry, ...]
    left: tuple[NotReady, ...]
    """TPS that stay provisional."""


def obstacles(
    session: Session, file: TpsFile, reading_aloud: bool, beside: Sequence[TpsFile] | None = None
) -> NotReady | None:
    """Everything that keeps a TPS from being settled; None when nothing does.

    `reading_aloud`: waiting plano figures count as read, since somebody reads them aloud for this act. `beside`: the
    same TPS in the other contests; read from the store where it is left out.
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
    found = unresolved(session, seen, beside)
    broken = [finding for finding in found if finding.severity is Severity.KERAS]
    warned = tuple(finding for finding in found if finding.severity is Severity.PERINGATAN)
    reasons += [f"{finding.rule} {finding.numbers}" for finding in broken]
    reasons += [f"peringatan {finding.rule} {finding.numbers} belum diketahui" for finding in warned]
    rules = tuple(dict.fromkeys(finding.rule for finding in broken))
    return NotReady(file.tps, tuple(reasons), rules, warned) if reasons else None


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
    acknowledged: str = "",
) -> Settled:
    """Settle the named TPS, all or none.

    `read_by`: who read the waiting plano figures aloud. `proof`: the PPK member whose PIN settles it, where each TPS
    needs one. `acknowledged`: the reason with which every warning of these TPS is acknowledged. PlenoError lists every
    obstacle of every TPS.
    """
    session.require(PlenoState.DIBUKA)
    reason = _acknowledgement(acknowledged)
    files = [tps_file(session, one, contest) for one in dict.fromkeys(tps)]
    for file in files:
        require_open(session, file.tps, contest)
    found = [(file, obstacles(session, file, read_by is not None)) for file in files]
    left = [one for _file, one in found if one is not None and not (reason and one.only_warned)]
    if left:
        raise Unready(
            "Belum dapat disahkan",
            " ".join(f"{session.tps_name(one.tps)}: {'; '.join(one.reasons)}." for one in left),
            "Selesaikan dulu: `pleno catat`, `pleno betulkan`, `pleno setujui`, `pleno jelaskan`, `pleno tanggapi`, "
            "atau sebut pembacanya dengan --dibacakan, alasan mengetahui peringatannya dengan --ketahui.",
        )
    require_settling_pin(session, len(files), proof)
    return Settled(_settle(session, found, contest, by, read_by, reason, proof), ())


def settle_matching(
    session: Session, contest: Contest, by: str | None, read_by: str | None = None, acknowledged: str = ""
) -> Settled:
    """Settle every TPS that nothing stands against, and name what stands against the others.

    `acknowledged` as in `settle`: TPS against which only warnings stand are settled too.
    """
    session.require(PlenoState.DIBUKA)
    session.actor(by)
    reason = _acknowledgement(acknowledged)
    beside: dict[str, list[TpsFile]] = {}
    for other in session.contests.values():
        for file in contest_files(session, other) if other.id != contest.id else ():
            beside.setdefault(file.tps.code, []).append(file)
    ready: list[tuple[TpsFile, NotReady | None]] = []
    left: list[NotReady] = []
    for file in contest_files(session, contest):
        if file.settlement is None:
            found = obstacles(session, file, read_by is not None, beside.get(file.tps.code, ()))
            if found is None or (reason and found.only_warned):
                ready.append((file, found))
            else:
                left.append(found)
    require_settling_pin(session, len(ready), None)
    return Settled(_settle(session, ready, contest, by, read_by, reason) if ready else (), tuple(left))


def _acknowledgement(text: str) -> str:
    """The reason with which warnings are acknowledged, if any."""
    return notes.reason(text, "Pengetahuan atas peringatan") if text else ""


def _settle(
    session: Session,
    ready: Sequence[tuple[TpsFile, NotReady | None]],
    contest: Contest,
    by: str | None,
    read_by: str | None,
    reason: str,
    proof: Verified | None = None,
) -> tuple[Entry, ...]:
    """Settle TPS, each behind the acknowledgement of its warnings; the entries that settle them."""
    actor = session.actor(by)
    if read_by is not None:
        _require_known(session, read_by)
    told = answers_of(session, contest, [file for file, _found in ready])
    entries: list[Entry] = []
    for file, found in ready:
        for finding in found.warnings if found is not None else ():
            entries.append(explained(session, actor, file.tps, contest, finding, reason))
        data = _heard(file, read_by, proof)
        if answers := told.get(file.tps.code):
            data["saksi"] = {source: answer.value for source, answer in answers.items()}
        entries.append(session.entry(Kind.TPS_READ_BACK, actor, contest=contest.id, tps=file.tps.code, data=data))
    return tuple(entry for entry in session.commit(*entries) if entry.kind is Kind.TPS_READ_BACK)


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
