"""The open workspace as the screens know it: immutable views out, acts in.

Screens call nothing of the service but through here, always in the app's own thread, so that
acts keep the order of the keys. Importing this module imports the database; the app does so
after its first paint.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest, Row
from pleno.domain.draft import Draft, with_draft
from pleno.domain.entry import Entry, Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, Figure, Source
from pleno.domain.state import Kehadiran, Person, PlenoState, Seal, SheetStatus, Tps
from pleno.service import correction, drafting, pins, settling, undo, views
from pleno.service.checking import unresolved_beside
from pleno.service.session import Clock, Config, Session
from pleno.tui.copies_gateway import CopiesGateway
from pleno.tui.correction_view import Decision
from pleno.tui.day_view import DayView, Stage, day_view, stage_of
from pleno.tui.desk_view import DeskView, desk_view
from pleno.tui.kept_texts import KeptTexts
from pleno.tui.labels import clock_time, contest_words
from pleno.tui.laptop_gateway import LaptopGateway
from pleno.tui.pin_gateway import PinGateway
from pleno.tui.reading_gateway import ReadingGateway
from pleno.tui.reading_order import nearest_difference, onward
from pleno.tui.restored import left_drafts, restored
from pleno.tui.widgets.lines import Status


class Pleno:
    """One workspace, one contest of it, one person at the keys."""

    def __init__(self, session: Session, by: str | None = None, contest: str | None = None) -> None:
        """`by`: id of who types; left out, the first operator of pleno.toml."""
        self.session = session
        self.by = session.actor(by or (self.operators() or list(self.config.officers))[0].id).id
        drafts = left_drafts(session)
        self.choose(contest or (drafts[-1].contest if drafts else next(iter(session.contests))))
        self.reading = ReadingGateway(self)
        """What Banding, Rekap and Jejak show."""
        self.copies = CopiesGateway(self)
        """What saksi and Panwaslu hold."""
        self.pins = PinGateway(self)
        """Who must show a PIN, and who sits at the keys."""
        self.texts = KeptTexts(session)
        """Lines of dialogs that were not finished."""
        self.restored = restored(session, self.contest, self.last_entry())
        """What a session that ended without closing left behind; None where nothing is to be said."""

    @classmethod
    def open(cls, folder: Path, by: str | None = None, contest: str | None = None, clock: Clock | None = None) -> Pleno:
        """Open the workspace in `folder`. Raises PlenoError as Session.open and for an unknown person or contest."""
        session = Session.open(folder, clock)
        try:
            return cls(session, by, contest)
        except BaseException:
            session.close()
            raise

    def close(self) -> None:
        """Finish what is being typed where the meeting allows it, and leave the workspace tidily."""
        try:
            self.finish_all()
        except PlenoError:
            pass  # the drafts stay on the disk as they are, and come back at the next opening
        finally:
            self.session.close()

    def finish_all(self) -> None:
        """Make every draft an entry where the meeting allows it; else they stay drafts."""
        if self.session.meeting.state is PlenoState.DIBUKA and not self.session.store.read_only:
            for draft in drafting.open_drafts(self.session):
                contest = self.session.contests[draft.contest]
                drafting.finish(self.session, self.session.roster[draft.tps], contest)

    def choose(self, contest: str) -> None:
        """Show another contest of the workspace."""
        self.contest: Contest = self.session.contest(contest)
        drafts = {draft.tps: draft for draft in drafting.open_drafts(self.session) if draft.contest == contest}
        stored = views.contest_files(self.session, self.contest)
        self._files = {file.tps.code: with_draft(file, drafts.get(file.tps.code)) for file in stored}
        self._stages = {code: stage_of(file) for code, file in self._files.items()}
        self._open_rows = {code: len(file.open_cells) for code, file in self._files.items()}
        self._count: Counter[Stage] = Counter(self._stages.values())

    # --- what it shows -----------------------------------------------------------------------

    @property
    def config(self) -> Config:
        return self.session.config

    @property
    def order(self) -> list[str]:
        """Codes of the TPS in reading order."""
        return list(self._files)

    @property
    def files(self) -> list[TpsFile]:
        """Every TPS of the contest with its drafts, in reading order."""
        return list(self._files.values())

    def file(self, tps: str) -> TpsFile:
        """One TPS with its draft."""
        return self._files[tps]

    def desa_name(self, tps: Tps) -> str:
        return self.session.desa[tps.desa].name

    def people(self) -> dict[str, str]:
        """Id of an officer or a guest to the name."""
        return dict(self.session.names().people)

    def status(self) -> Status:
        """Lines 1 and 2."""
        count, tps = self._count, len(self._files)
        meeting = self.session.meeting
        document = "" if meeting.practice else f"{self._document()}  "
        return Status(
            f"Kec. {meeting.names['kecamatan'].title()}",
            f"{contest_words(self.contest)}{' [K]' * (len(self.session.contests) > 1)}  {document}{self.by}",
            self.saved(),
            f"SISA {tps - count[Stage.SAH]} TPS  ? {count[Stage.BELUM]} belum  > {count[Stage.DIBACA]} dibaca  "
            f"! {count[Stage.BEDA]} beda  selisih terbuka {sum(self._open_rows.values())}",
            self._seal(),
            LaptopGateway(self).alarms(),
        )

    def _document(self) -> str:
        done = self._count[Stage.SAH] == len(self._files)
        return (SheetStatus.DITETAPKAN if done else SheetStatus.KONSEP).value

    def saved(self) -> str:
        """ "draf 14:32:07" while a paper is being typed, else "tersimpan #412 14:32:07"."""
        drafts = drafting.open_drafts(self.session)
        if drafts:
            return f"draf {clock_time(max(draft.at for draft in drafts))}"
        return f"tersimpan {self.last_entry()}"

    def last_entry(self) -> str:
        """ "#412 14:32:07"."""
        seq = self.session.store.head().seq
        newest = next(self.session.store.entries(seq, seq), None)
        return f"#{seq} {clock_time(newest.stamp.at)}" if newest else "#0"

    def _seal(self) -> str:
        newest = max(self.session.state.all(Seal), key=lambda seal: seal.number, default=None)
        head = self.session.store.head().seq
        return f"segel {newest.number:02}+{head - newest.seq}" if newest else "segel -"

    def day(self) -> DayView:
        """What Beranda shows."""
        return day_view(self.contest, list(self.session.desa.values()), self.files)

    def desk(self, tps: str) -> DeskView:
        """What the Meja shows of one TPS."""
        file, beside = self._files[tps], unresolved_beside(self.session, self._files[tps])
        draft = self.draft(tps)
        reader, desa = self.people().get(draft.by if draft else self.by, self.by), self.desa_name(file.tps)
        return desk_view(file, desa, draft, reader, blind=self.config.tanpa_lihat, beside=beside)

    def draft(self, tps: str) -> Draft | None:
        """What is being typed of a TPS."""
        return drafting.open_draft(self.session, self.session.roster[tps], self.contest)

    def guests(self) -> list[Kehadiran]:
        """Saksi and Panwaslu noted so far, by number."""
        everyone = (one for one in self.session.state.all(Kehadiran) if one.is_guest)
        return sorted(everyone, key=lambda guest: (not guest.stands_for.isdigit(), guest.stands_for.zfill(3)))

    def operators(self) -> list[Person]:
        """Those who may sit at the keys."""
        return [one for one in self.config.officers if one.role is Role.OPERATOR]

    def confirmers(self, tps: str) -> list[Person]:
        """PPK members who may confirm a pembetulan of this TPS: none who typed it, nor who proposes."""
        plano = self._files[tps].readings.get(PLANO)
        typists = {self.by} | (plano.writers if plano else set())
        return [one for one in self.config.officers if one.role in (Role.PPK, Role.KETUA) and one.id not in typists]

    # --- acts ----------------------------------------------------------------------------------

    def keep(self, tps: str, row: Row, figure: Figure, note: str = "") -> None:
        """One figure of the plano, durable when this returns."""
        drafting.keep_figure(self.session, self._tps(tps), self.contest, row, figure, self.by, note=note)
        self.reload(tps)

    def accept(self, tps: str, row: Row, note: str = "") -> None:
        """`=` at one row."""
        drafting.accept(self.session, self._tps(tps), self.contest, row, self.by, note)
        self.reload(tps)

    def offered(self, tps: str, row: str) -> tuple[Figure, str]:
        """What `=` would take, and from where."""
        return drafting.offered(self._files[tps], row)

    def changes_read_figure(self, tps: str, row: str, figure: Figure) -> Figure:
        """The figure an entry holds that `figure` would change; None where it changes none."""
        return drafting.changes_read_figure(self.session, self._tps(tps), self.contest, row, figure)

    def keep_typing(self, tps: str, row: Row, typing: str) -> None:
        drafting.keep_typing(self.session, self._tps(tps), self.contest, row, typing, self.by)

    def finish(self, tps: str) -> Entry | None:
        """Make the draft of a TPS an entry."""
        entry = drafting.finish(self.session, self._tps(tps), self.contest)
        if entry is not None:
            self.reload(tps)
        return entry

    def settle(self, tps: str, proof: pins.Verified | None = None) -> Entry:
        """SAH. PlenoError lists what is open."""
        self.finish(tps)
        (entry,) = settling.settle(self.session, [self._tps(tps)], self.contest, self.by, proof=proof).entries
        self.reload(tps)
        return entry

    def reopen(self, tps: str, note: str) -> None:
        settling.reopen(self.session, self._tps(tps), self.contest, note, self.by)
        self.reload(tps)

    def correct(self, tps: str, decision: Decision) -> list[int]:
        """Propose each pembetulan, and confirm it where somebody agrees; their numbers."""
        self.finish(tps)
        one, numbers = self._tps(tps), []
        try:
            for item in decision.proposals:
                assert item.reason is not None
                entry = correction.propose(
                    self.session, one, self.contest, item.row.row, item.after,
                    kind=item.kind, reason=item.reason, note=item.note, by=self.by, source=item.source,
                    witness=decision.witness,
                )  # fmt: skip
                numbers.append(entry.seq)
                if decision.confirmer is not None:
                    correction.confirm(self.session, entry.seq, decision.confirmer, decision.proof)
        finally:
            self.reload(tps)
        return numbers

    def explain(self, tps: str, rule: str, note: str, by: str) -> None:
        """Resolve a hard rule in writing."""
        self.finish(tps)
        correction.explain(self.session, self._tps(tps), self.contest, rule, note, by)
        self.reload(tps)

    def answer(self, tps: str, row: Row, source: Source, note: str) -> None:
        """A saksi accepts that the copy is wrong in a row."""
        correction.answer_saksi(self.session, self._tps(tps), self.contest, source, [row], note, self.by)
        self.reload(tps)

    def undo(self, tps: str, note: str, proof: pins.Verified | None = None) -> Entry:
        """Take the last paper entry of a TPS back by a new one; after a seal by the PIN of a PPK member."""
        entry = undo.undo_reading(self.session, self._tps(tps), self.contest, self.by, note, proof)
        self.reload(tps)
        return entry

    def redo(self, tps: str, note: str, proof: pins.Verified | None = None) -> Entry:
        entry = undo.redo_reading(self.session, self._tps(tps), self.contest, self.by, note, proof)
        self.reload(tps)
        return entry

    def last_reading(self, tps: str) -> Entry | None:
        """What undo would take back."""
        return undo.last_reading(self.session, self._tps(tps), self.contest)

    def last_undone(self, tps: str) -> Entry | None:
        """What redo would bring again."""
        return undo.last_undone(self.session, self._tps(tps), self.contest)

    def sealed_since(self, entry: Entry) -> bool:
        """Whether a seal stands behind an entry."""
        return undo.needs_reason(self.session, entry)

    def next_unread(self, tps: str) -> str | None:
        """The TPS to go on with: the next with unread rows, then any that is not sah; None when all is sah."""
        left = [code for code in onward(self.order, tps) if self._stages[code] is not Stage.SAH]
        return next((code for code in left if self._files[code].unread), left[0] if left else None)

    def difference_from(self, tps: str, row: str, by: int) -> tuple[str, str] | None:
        """The nearest open difference after (1) or before (-1) a row, in reading order: its TPS and row."""
        open_files = [self._files[code] for code in self.order if self._open_rows[code] or code == tps]
        return nearest_difference(open_files, tps, row, by)

    def reload(self, tps: str) -> None:
        """Read one TPS anew after an act."""
        file = drafting.desk_file(self.session, self._tps(tps), self.contest)
        self._count[self._stages[tps]] -= 1
        self._files[tps], self._stages[tps] = file, stage_of(file)
        self._open_rows[tps] = len(file.open_cells)
        self._count[self._stages[tps]] += 1

    def reload_all(self) -> None:
        """Read everything anew, after an act that touches many TPS (an import)."""
        self.choose(self.contest.id)

    def _tps(self, code: str) -> Tps:
        return self.session.roster[code]
