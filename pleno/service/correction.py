"""Pembetulan with four eyes, a witness's answer, and findings explained in writing."""

from __future__ import annotations

from collections.abc import Sequence

from pleno.domain.compare import AIDS, TpsFile
from pleno.domain.contest import Contest, Row
from pleno.domain.entry import Actor, Change, Entry, Kind, Reason, Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, PLANO, SIREKAP, Figure, Source, addend, is_salinan, shown, source_label
from pleno.domain.rules import Severity
from pleno.domain.state import (
    Kehadiran,
    Pembetulan,
    PembetulanKind,
    PembetulanState,
    PlenoState,
    Tps,
)
from pleno.service import notes
from pleno.service.checking import explained, unresolved
from pleno.service.pins import Verified, require_own_pin
from pleno.service.reading import check_figure, require_open
from pleno.service.session import Session
from pleno.service.views import tps_file


def propose(
    session: Session,
    tps: Tps,
    contest: Contest,
    row: Row,
    after: Figure,
    *,
    kind: PembetulanKind,
    reason: Reason,
    note: str,
    by: str | None,
    source: Source | None = None,
    witness: Sequence[str] | None = None,
) -> Entry:
    """Propose a pembetulan of one figure; it counts when another person confirms it.

    Kind sirekap corrects an aid (`source`, Sirekap unless named) to what the paper says;
    kind formulir corrects the paper itself. `witness` None = everybody noted as present.
    """
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    kept = notes.note if reason is Reason.SALAH_BACA_SIREKAP else notes.reason
    note = kept(note, f"Alasan {reason.words}")
    file = tps_file(session, tps, contest)
    wrong = PLANO if kind is PembetulanKind.FORMULIR else source or SIREKAP
    before = _before(file, row, after, kind, wrong)
    _refuse_second_proposal(file, row, wrong)
    entry = session.entry(
        Kind.PEMBETULAN_PROPOSED,
        actor,
        contest=contest.id,
        tps=tps.code,
        source=wrong,
        changes=(Change(tps.code, row.name, before, after),),
        reason=reason.value,
        note=note or None,
        witness=_present(session, witness),
        data={"jenis": kind.value},
    )
    return session.commit(entry)[0]


def _before(file: TpsFile, row: Row, after: Figure, kind: PembetulanKind, wrong: Source) -> Figure:
    if problems := check_figure(file.contest, row.name, after):
        raise PlenoError("Pembetulan ditolak", f"{problems[0]}.", "Periksa kertasnya, lalu usulkan lagi.")
    before = file.figure(wrong, row.name)
    if before is None:
        raise PlenoError(
            "Pembetulan ditolak",
            f"{source_label(wrong)} tidak mempunyai angka pada {row.code}.",
            "Yang belum dibaca dicatat dengan `pleno catat`, bukan dibetulkan.",
        )
    if kind is PembetulanKind.SIREKAP:
        _require_follows_paper(file, row, after, wrong)
    elif file.figure(HITUNG_ULANG, row.name) is not None:
        raise PlenoError(
            "Pembetulan ditolak",
            f"{row.code} sudah dihitung ulang; yang berlaku adalah hasil hitung ulang, bukan angka formulir.",
            "Bila hasil hitung ulang salah ketik, ulangi `pleno hitung-ulang` dengan alasannya.",
        )
    if addend(before) == addend(after):
        raise PlenoError(
            "Pembetulan ditolak",
            f"{row.code} di {source_label(wrong)} sudah {shown(before)}.",
            "Tidak ada yang dibetulkan.",
        )
    return before


def _require_follows_paper(file: TpsFile, row: Row, after: Figure, wrong: Source) -> None:
    if wrong not in AIDS:
        raise PlenoError(
            "Pembetulan ditolak",
            f"Jenis sirekap membetulkan Sirekap atau foto, bukan {source_label(wrong)}.",
            "Salinan yang keliru dijawab saksinya: `pleno jawab`.",
        )
    paper = next(cell for cell in file.cells if cell.row == row).reference
    if paper is None or addend(paper) != addend(after):
        raise PlenoError(
            "Pembetulan ditolak",
            f"Sirekap hanya dapat dibetulkan menjadi angka C.HASIL (plano): {row.code} di plano {shown(paper)}, "
            f"diusulkan {shown(after)}.",
            "Bacakan ulang planonya; bila plano sendiri yang keliru, pakai --jenis formulir.",
        )


def _refuse_second_proposal(file: TpsFile, row: Row, wrong: Source) -> None:
    for proposal in file.proposals:
        if (proposal.row, proposal.source) == (row.name, wrong):
            raise PlenoError(
                "Sudah ada usulan",
                f"Pembetulan nomor {proposal.seq} untuk {row.code} masih menunggu.",
                f"Setujui atau tolak dulu: `pleno setujui {proposal.seq}` atau `pleno tolak {proposal.seq}`.",
            )


def _present(session: Session, witness: Sequence[str] | None) -> tuple[str, ...]:
    """Ids of those who saw it; everybody noted as present unless named."""
    known = {guest.id: guest for guest in session.state.all(Kehadiran) if guest.is_guest}
    if witness is None:
        return tuple(guest.id for guest in known.values() if guest.present)
    for one in witness:
        if one not in known:
            raise PlenoError(
                "Saksi tidak dikenal", f'"{one}" belum tercatat hadir.', "Catat dulu dengan `pleno hadir`."
            )
    return tuple(dict.fromkeys(witness))


def pembetulan(session: Session, number: int) -> Pembetulan:
    """The pembetulan people call by this number. PlenoError when there is none."""
    found = session.state.get(Pembetulan, number)
    if found is None:
        raise PlenoError(
            "Pembetulan tidak ditemukan", f"Tidak ada usulan nomor {number}.", "Lihat nomornya dengan `pleno jejak`."
        )
    return found


def confirm(session: Session, number: int, by: str | None, proof: Verified | None = None) -> Entry:
    """A member of the PPK confirms a proposal of somebody else; whoever has a PIN shows it (`proof`).

    Refused to the proposer, to whoever typed the figure, and when the figures moved meanwhile.
    """
    session.require(PlenoState.DIBUKA)
    proposal = _waiting(session, number)
    actor = session.actor(by, Role.PPK, Role.KETUA)
    tps, contest = session.roster[proposal.tps], session.contests[proposal.contest]
    require_open(session, tps, contest)
    file = tps_file(session, tps, contest)
    _require_other_person(session, file, proposal, actor, "menyetujuinya")
    row = contest.by_name[proposal.row]
    if _before(file, row, proposal.after, proposal.kind, proposal.source) != proposal.before:
        raise PlenoError(
            "Angka sudah berubah",
            f"{row.code} tidak lagi {shown(proposal.before)} sejak diusulkan.",
            f"Tolak usulan ini (`pleno tolak {number}`) dan usulkan yang baru.",
        )
    require_own_pin(session, actor.id, proof)
    return session.commit(_answer(session, Kind.PEMBETULAN_CONFIRMED, proposal, actor.id, None, proof))[0]


def _require_other_person(session: Session, file: TpsFile, proposal: Pembetulan, actor: Actor, what: str) -> None:
    """Four eyes: neither the proposer nor who typed the paper or the figure that was wrong."""
    read = (file.readings.get(source) for source in (PLANO, proposal.source))
    involved = {proposal.proposer}.union(*(reading.writers for reading in read if reading is not None))
    if actor.id in involved:
        raise PlenoError(
            "Penyetuju sama",
            f"{session.names().called(actor.id)} mengetik atau mengusulkan angka ini dan tidak dapat {what}.",
            f"Minta anggota PPK lain {what.removesuffix('nya')}.",
        )


def reject(session: Session, number: int, by: str | None, note: str) -> Entry:
    """A member of the PPK refuses a proposal; it stays visible with the reason."""
    session.require(PlenoState.DIBUKA)
    proposal = _waiting(session, number)
    actor = session.actor(by, Role.PPK, Role.KETUA)
    note = notes.reason(note, "Penolakan")
    return session.commit(_answer(session, Kind.PEMBETULAN_REJECTED, proposal, actor.id, note))[0]


def withdraw(session: Session, number: int, by: str | None, note: str, proof: Verified | None = None) -> Entry:
    """Undo a pembetulan by a new entry that names it.

    One that was confirmed changes what stands, so a member of the PPK who neither proposed it nor typed the figure
    answers for it, with the PIN if there is one; one that waits may be taken back by whoever acts.
    """
    session.require(PlenoState.DIBUKA)
    proposal = pembetulan(session, number)
    if proposal.state not in (PembetulanState.MENUNGGU, PembetulanState.DISETUJUI):
        raise PlenoError("Tidak dapat dibatalkan", f"Pembetulan nomor {number} sudah {proposal.state}.", "")
    tps, contest = session.roster[proposal.tps], session.contests[proposal.contest]
    require_open(session, tps, contest)
    if proposal.state is PembetulanState.DISETUJUI:
        actor = session.actor(by, Role.PPK, Role.KETUA)
        _require_other_person(session, tps_file(session, tps, contest), proposal, actor, "membatalkannya")
        require_own_pin(session, actor.id, proof)
    else:
        actor = session.actor(by)
    note = notes.reason(note, "Pembatalan")
    return session.commit(_answer(session, Kind.PEMBETULAN_WITHDRAWN, proposal, actor.id, note, proof))[0]


def _waiting(session: Session, number: int) -> Pembetulan:
    proposal = pembetulan(session, number)
    if proposal.state is not PembetulanState.MENUNGGU:
        raise PlenoError("Sudah dijawab", f"Pembetulan nomor {number} sudah {proposal.state}.", "")
    return proposal


def _answer(
    session: Session, kind: Kind, proposal: Pembetulan, by: str, note: str | None, proof: Verified | None = None
) -> Entry:
    return session.entry(
        kind,
        session.actor(by),
        contest=proposal.contest,
        tps=proposal.tps,
        source=proposal.source,
        changes=(Change(proposal.tps, proposal.row, proposal.before, proposal.after),),
        reason=proposal.reason,
        note=note,
        witness=proposal.witness,
        refers=proposal.seq,
        data={"jenis": proposal.kind.value, **({} if proof is None else {"pin": True})},
    )


def answer_saksi(
    session: Session, tps: Tps, contest: Contest, source: Source, rows: Sequence[Row], note: str, by: str | None
) -> Entry:
    """The holder of a copy, who must be present, accepts that it is wrong in these rows; the note holds the words."""
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    note = notes.reason(note, "Jawaban saksi")
    if not is_salinan(source):
        raise PlenoError(
            "Jawaban ditolak", f"{source_label(source)} bukan salinan.", "Pakai salinan:<nomor> atau salinan:panwaslu."
        )
    cells = {cell.row.name: cell for cell in tps_file(session, tps, contest).open_cells if source in cell.open}
    if settled := [row.code for row in rows if row.name not in cells]:
        raise PlenoError(
            "Jawaban ditolak",
            f"{source_label(source)} tidak berselisih terbuka pada {', '.join(settled)}.",
            "Periksa dengan `pleno banding`.",
        )
    holders = _holders(session, source)
    changes = tuple(
        Change(tps.code, row.name, cells[row.name].figures[source], cells[row.name].reference) for row in rows
    )
    entry = session.entry(
        Kind.SAKSI_ANSWERED,
        actor,
        contest=contest.id,
        tps=tps.code,
        source=source,
        changes=changes,
        note=note,
        witness=holders,
        data={"jawaban": "salinan keliru"},
    )
    return session.commit(entry)[0]


def _holders(session: Session, source: Source) -> tuple[str, ...]:
    """Ids of those present who can answer for a copy."""
    stands_for = source.partition(":")[2]
    found = tuple(one.id for one in session.state.all(Kehadiran) if one.present and one.stands_for == stands_for)
    if not found:
        raise PlenoError(
            "Jawaban ditolak",
            f"Pemegang {source_label(source)} tidak tercatat hadir, jadi tidak ada yang dapat menjawab.",
            f"Catat dulu siapa yang menjawab: `pleno hadir ID --nama NAMA --mewakili {stands_for}`.",
        )
    return found


def explain(session: Session, tps: Tps, contest: Contest, rule: str, note: str, by: str | None) -> tuple[Entry, ...]:
    """Resolve in writing a rule that the paper itself breaks: a hard one by a PPK member, who answers for it.

    A warning is acknowledged by whoever acts.
    """
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    note = notes.reason(note, "Penjelasan temuan")
    seen = tps_file(session, tps, contest).read_aloud()
    found = [finding for finding in unresolved(session, seen) if finding.rule == rule.upper()]
    if not found:
        raise PlenoError(
            "Temuan tidak ada",
            f"{session.tps_name(tps)} tidak mempunyai temuan keras atau peringatan {rule.upper()} yang terbuka pada "
            "angka yang dibaca.",
            "Lihat temuannya dengan `pleno periksa --tps`.",
        )
    if any(finding.severity is Severity.KERAS for finding in found):
        actor = session.actor(by, Role.PPK, Role.KETUA)
    return session.commit(*(explained(session, actor, tps, contest, finding, note) for finding in found))
