"""The end of the pleno as the screens know it: what is missing, the seal, the sets, the check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pleno.domain.entry import Kind, Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.recap import Recap
from pleno.domain.state import Person, Seal, Sheet, SheetStatus, Tps
from pleno.service import export, page_codes, proof, sealing, sheets, verify, voided
from pleno.service.checklist import checklist
from pleno.service.views import recap_of
from pleno.tui.backup_gateway import BackupGateway
from pleno.tui.closing_view import ClosingView, FileView, SealView, SetView, Task
from pleno.tui.gateway import Pleno
from pleno.tui.labels import clock_time


class Closing:
    """Sealing, copying, writing sets and sheets, and verifying, for the workspace of a `Pleno`."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._session = pleno.session
        self._sealed: sealing.SealLine | None = None
        self._known: dict[tuple[int, str], tuple[Recap, int, tuple[str, ...]]] = {}
        self.copies = BackupGateway(pleno)
        """Copies of the database."""

    def view(self) -> ClosingView:
        """How far the pleno is."""
        session = self._session
        head = session.store.head()
        sums, after, missing = self._reckoned(head.seq)
        seal = self._seal(head.seq)
        sets = sorted(session.state.all(Sheet), key=lambda one: -one.number)
        copies = self.copies.view()
        return ClosingView(
            meeting=session.meeting.state.value,
            kecamatan=session.config.kecamatan,
            settled=sums.settled,
            tps=sums.tps,
            votes=sums.final.get("suara_sah") or 0,
            tasks=(
                *(Task(*item) for item in checklist(session, self._pleno.contest, self._pleno.files)),
                Task("perubahan sesudah segel", seal is not None and not after, f"{after} entri", "s"),
                Task("kata segel dibaca ulang", seal is not None and seal.read_back, "", "w"),
                *self._signatures(),
                Task("salinan cadangan diuji", copies.fresh, copies.made or "belum ada", "c"),
                Task("pemulihan dicoba (pulihkan --uji)", bool(tried := self.copies.tried()), tried or "belum", ""),
            ),
            copies=copies,
            seal=seal,
            seals=sum(1 for _ in session.state.all(Seal)),
            sets=tuple(map(self._set, sets)),
            missing=missing,
            head=head.hash.hex()[:4].upper(),
            entries=head.seq,
        )

    def _reckoned(self, head: int) -> tuple[Recap, int, tuple[str, ...]]:
        """What takes long in a large kecamatan, once an entry: the sums, entries after the seal, what a set lacks."""
        key = (head, self._pleno.contest.id)
        if key not in self._known:
            sums = recap_of(self._session, self._pleno.contest, self._pleno.files)
            missing = tuple(export.missing_for_final(self._session, sums))
            self._known = {key: (sums, sealing.tail(self._session), missing)}
        return self._known[key]

    def _seal(self, head: int) -> SealView | None:
        newest = max(self._session.state.all(Seal), key=lambda one: one.number, default=None)
        if newest is None:
            self._sealed = None
            return None
        entry = next(self._session.store.entries(newest.seq, newest.seq))
        if self._sealed is None or self._sealed.seq != newest.seq:
            self._sealed = sealing.seal_line(self._session, entry)
        at = clock_time(entry.stamp.at)
        line = self._sealed
        return SealView(
            newest.number, newest.seq, at, line.words, line.line, head - newest.seq, newest.read_back is not None
        )

    @property
    def determined(self) -> Sheet | None:
        """The newest determined set of the contest, signed or not; None while there is none."""
        standing = (SheetStatus.DITETAPKAN, SheetStatus.DITANDATANGANI)
        own = [one for one in self._session.state.all(Sheet) if one.contest == self._pleno.contest.id]
        return max((one for one in own if one.status in standing), key=lambda one: one.number, default=None)

    def _signatures(self) -> Sequence[Task]:
        """The line of the signatures, once there is something to sign."""
        sheet = self.determined
        if sheet is None:
            return ()
        told = self._session.store.entries_of(Kind.EXPORT_SIGNED, Kind.SIGNING_REFUSED)
        about = [entry.kind for entry in told if entry.data["no"] == sheet.number]
        refused = about.count(Kind.SIGNING_REFUSED)
        said = f"{about.count(Kind.EXPORT_SIGNED)} ada" + f", {refused} menolak" * bool(refused)
        return (Task(f"tanda tangan set {sheet.number:02}", sheet.status is SheetStatus.DITANDATANGANI, said, "t"),)

    def files(self, folder: str) -> list[FileView]:
        """The files of a set as they lie in its folder, by name; empty where the folder is gone."""
        own = self._session.folder / export.OUTGOING / folder
        found = sorted(path for path in own.rglob("*") if path.is_file())
        return [FileView(path.relative_to(own).as_posix(), thousands(path.stat().st_size)) for path in found]

    def _set(self, one: Sheet) -> SetView:
        digits = one.manifest_sha256[:16].upper()
        grouped = " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
        here = (self._session.folder / export.OUTGOING / one.folder).is_dir()
        return SetView(one.number, one.status.value, one.folder, grouped, here)

    def members(self) -> list[Person]:
        """PPK members, who may read a seal back; at most nine, one key each."""
        officers = [one for one in self._pleno.config.officers if one.role in (Role.PPK, Role.KETUA)]
        return sorted(officers, key=lambda one: one.role is Role.KETUA)[:9]

    def seal(self, angka_saksi: str) -> SealView:
        """Seal everything up to now; papers still being typed become entries first. PlenoError as `sealing.seal`."""
        for file in self._pleno.files:
            if self._pleno.draft(file.tps.code) is not None:
                self._pleno.finish(file.tps.code)
        self._sealed = sealing.seal(self._session, angka_saksi, self._pleno.by)
        made = self._seal(self._session.store.head().seq)
        assert made is not None
        return made

    def read_back(self, word: str, by: str) -> None:
        """The second word of the newest seal, from paper. PlenoError when it is another."""
        sealing.read_back(self._session, word, by)

    def prove(self, tps: str) -> tuple[Tps, str]:
        """A TPS as a person names it, and the proof that its figures are in the newest seal. PlenoError as `prove`."""
        one = self._session.tps(tps)
        return one, proof.prove(self._session, one, self._pleno.contest)

    @staticmethod
    def write_proof(tps: Tps, text: str, target: Path) -> Path:
        """Write a proof into a file that is not there yet, or under its own name into a folder; where it lies."""
        path = target / f"bukti-{tps.code}.json" if target.is_dir() else target
        proof.write_proof(text, path)
        return path

    def prepare(self, draft: bool) -> export.Prepared:
        """What will be written. PlenoError names what is missing."""
        return export.prepare(self._session, self._pleno.contest, draft)

    def ketua(self) -> str | None:
        """Name of the ketua, whose key signs the codes of the pages; None while there is no key."""
        try:
            return page_codes.ketua(self._session).name
        except PlenoError:
            return None

    def page_sign(self, key_file: Path, words: str) -> Callable[[bytes], bytes]:
        """What signs the codes of a set. PlenoError for another key and for wrong words."""
        return page_codes.page_sign(self._session, key_file, words)

    @staticmethod
    def write(prepared: export.Prepared, pages: Callable[[int, int], None]) -> object:
        """Write a set, telling how many of its pages are printed; in any thread."""
        return export.write(prepared, pages)

    @staticmethod
    def discard(written: object) -> None:
        """Take a set away that was written in vain."""
        assert isinstance(written, export.WrittenSet)
        export.discard(written)

    def remember(self, prepared: export.Prepared, written: object) -> export.Exported:
        """The entry of a set that was written."""
        assert isinstance(written, export.WrittenSet)
        return export.remember(self._session, prepared, written, self._pleno.by)

    def prepare_sheet(self, kind: str) -> sheets.PreparedSheet:
        """What a working sheet says: selisih, sirekap or pembetulan."""
        return sheets.prepare_sheet(self._session, self._pleno.contest, sheets.SheetKind(kind))

    @staticmethod
    def write_sheet(prepared: sheets.PreparedSheet) -> tuple[Path, Path]:
        """Write it, PDF and csv; in any thread. PlenoError when the medium refuses."""
        made = sheets.write_sheet(prepared)
        return made.pdf, made.csv

    def prepare_voided(self, number: int) -> voided.PreparedVoided:
        """What the sheets of a set that is BATAL said. PlenoError for any other set."""
        return voided.prepare_voided(self._session, number)

    @staticmethod
    def write_voided(prepared: voided.PreparedVoided) -> Path:
        """Write them under that word; in any thread. PlenoError when the medium refuses."""
        return voided.write_voided(prepared)

    def verification(self) -> Callable[[], verify.Verification]:
        """The check of the workspace and its sets as they stand, to be run in any thread."""
        return verify.of_session(self._session)
