"""A pleno carried on by the real service, which promises aloud: a line only after the service returned.

Lines: "mulai 3" an append of 3 entries begins; "tersimpan 17 <hash>"; "ekspor <folder> <sha256 of the manifest>";
"salinan <path> <entry>"; "draf <tps> <row> <figure>" a figure typed and kept; "siap" the workspace is made.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from pleno.domain.entry import Entry, Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SIREKAP, Figure
from pleno.domain.state import Pembetulan, PembetulanKind, PembetulanState, PlenoState, Settlement
from pleno.service import backup, correction, drafting, export, intake, meeting, reading, sealing, settling
from pleno.service.session import Session
from pleno.service.setup import create_workspace
from pleno.store import Store

CONTEST: Final = "pemilu2024-ppwp"
TPS: Final = tuple(f"3101011{desa:03}{number:03}" for desa in (1, 2) for number in (1, 2, 3, 4))
WHOLE: Final[dict[str, Figure]] = {
    "pemilih_dpt_l": 103, "pemilih_dpt_p": 98, "pemilih_dpt_j": 201,
    "pengguna_dpt_l": 62, "pengguna_dpt_p": 73, "pengguna_dpt_j": 135,
    "pengguna_pindahan_l": 0, "pengguna_pindahan_p": 0, "pengguna_pindahan_j": 0,
    "pengguna_tambahan_l": 11, "pengguna_tambahan_p": 5, "pengguna_tambahan_j": 16,
    "pengguna_total_l": 73, "pengguna_total_p": 78, "pengguna_total_j": 151,
    "surat_diterima": 206, "surat_digunakan": 151, "surat_dikembalikan": 0, "surat_tidak_digunakan": 55,
    "pengguna_disabilitas_l": 1, "pengguna_disabilitas_p": 0, "pengguna_disabilitas_j": 1,
    "suara.1": 17, "suara.2": 124, "suara.3": 9,
    "suara_sah": 150, "suara_tidak_sah": 1, "suara_total": 151,
}  # fmt: skip
"""A paper that keeps every rule (votes: public object 9203011002010)."""
WHY: Final = "dibacakan ulang dari plano"

Say = Callable[[str], None]


def make_workspace(folder: Path, office: Path) -> Path:
    """A kecamatan of eight TPS below `folder`, made as an office makes one from the files in `office`."""
    lines = [f"{code};;{int(code[-3:])}" for code in TPS]
    (office / "tps.csv").write_text("\n".join(["kode_tps;desa;nomor", *lines]) + "\n", "utf-8")
    choices = [f"{CONTEST},{n},PASLON {n},10002{4 + n}" for n in (1, 2, 3)]
    (office / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama,id_sirekap", *choices]) + "\n", "utf-8")
    return create_workspace(folder / "kec", [CONTEST], "310101", office / "tps.csv", office / "pilihan.csv")


def announce(say: Say) -> None:
    """From now on each append of this process says how many entries it is about to write."""
    append = Store.append

    def announced(self: Store, *entries: Entry, **also: Any) -> tuple[Entry, ...]:
        say(f"mulai {len(entries)}")
        return append(self, *entries, **also)

    Store.append = announced  # type: ignore[method-assign]  # only in the process that will be cut off


def carry_on(workspace: Path, office: Path, seed: int, steps: int | None, sets: bool, say: Say) -> None:
    """Do `steps` acts (without end where None), among them exported sets where `sets`."""
    with Session.open(workspace) as session:
        work = Work(session, office, random.Random(seed), say)
        for number, act in enumerate(work.acts(sets)):
            if number == steps:
                return
            act()
            head = session.store.head()
            say(f"tersimpan {head.seq} {head.hash.hex()}")


class Work:
    """The acts of a pleno, one after another; what they say is drawn by chance."""

    def __init__(self, session: Session, office: Path, rng: random.Random, say: Say) -> None:
        self.session = session
        self.contest = session.contest(None)
        self._office, self._rng, self._say = office, rng, say
        draft = drafting.open_draft(session, self.tps(6), self.contest)
        self._typed = int(str(draft.figures["suara.1"])) if draft else 0

    def acts(self, sets: bool) -> Iterator[Callable[[], object]]:
        if self.session.meeting.state is PlenoState.PERSIAPAN:
            yield lambda: meeting.open_meeting(self.session, "ppk1")
        while True:
            yield from (self.reads, self.types, self.corrects, self.imports, self.types, self.settles, self.seals)
            if sets:
                yield self.exports
            yield from (self.reads, self.types, self.reopens, self.corrects)

    def tps(self, number: int) -> Any:
        return self.session.roster[TPS[number]]

    def reads(self) -> None:
        """The first four TPS are read again and again."""
        source = self._rng.choice((PLANO, SIREKAP))
        figures = {row: self._rng.randrange(300) for row in self._rng.sample(sorted(WHOLE), self._rng.randrange(1, 9))}
        reading.record_reading(
            self.session, self.tps(self._rng.randrange(4)), self.contest, source, figures, "op1", WHY
        )

    def types(self) -> None:
        """A figure of a paper that nobody finishes, each time a larger one: an older one coming back is a loss."""
        self._typed += 1
        tps, row = self.tps(6), self.contest.find("suara.1")
        drafting.keep_figure(self.session, tps, self.contest, row, self._typed, "op1")
        self._say(f"draf {tps.code} {row.name} {self._typed}")

    def corrects(self) -> None:
        """Sirekap is read wrong and corrected to the plano, by two people."""
        tps, row = self.tps(4 + self._rng.randrange(2)), self.contest.find("suara.2")
        settled = self.session.state.get(Settlement, tps.code, self.contest.id)
        if settled is not None:
            settling.reopen(self.session, tps, self.contest, WHY, "ppk1")
        for left in self.session.state.all(Pembetulan):
            if left.state is PembetulanState.MENUNGGU:
                correction.reject(self.session, left.seq, "ppk2", WHY)
        paper = self._rng.randrange(1, 300)
        for source, figure in ((PLANO, paper), (SIREKAP, paper + 300)):
            reading.record_reading(self.session, tps, self.contest, source, {row.name: figure}, "op1", WHY)
        proposed = correction.propose(
            self.session, tps, self.contest, row, paper,
            kind=PembetulanKind.SIREKAP, reason=Reason.SALAH_BACA_SIREKAP, note="", by="op1",
        )  # fmt: skip
        correction.confirm(self.session, proposed.seq, "ppk2")

    def imports(self) -> None:
        """A file with a paper of every TPS that is not settled, different each time."""
        rows = [{**WHOLE, "suara.1": self._rng.randrange(999)} for _ in TPS]
        lines = [",".join([code, *map(str, row.values())]) for code, row in zip(TPS, rows, strict=True)]
        path = self._office / "foto.csv"
        path.write_text("\n".join([",".join(["kode_tps", *WHOLE]), *lines]) + "\n", "utf-8")
        intake.take(self.session, [path], "foto", "op1")

    def settles(self) -> None:
        """A whole paper of the last TPS is read and settled, its sources agreeing."""
        tps = self.tps(7)
        if self.session.state.get(Settlement, tps.code, self.contest.id) is None:
            for source in (PLANO, SIREKAP, "foto"):
                reading.record_reading(self.session, tps, self.contest, source, WHOLE, "op1", WHY)
            settling.settle(self.session, [tps], self.contest, "op1", acknowledged=WHY)

    def reopens(self) -> None:
        if self.session.state.get(Settlement, self.tps(7).code, self.contest.id) is not None:
            settling.reopen(self.session, self.tps(7), self.contest, WHY, "ppk1")

    def seals(self) -> None:
        sealing.seal(self.session, f"{self._rng.randrange(10**4):04}", "op1")
        for copied in backup.copy_seal(self.session, "op1"):
            if copied.fault:
                raise PlenoError("Salinan gagal", copied.fault, "")
            path = (copied.folder / copied.name).relative_to(self.session.folder)
            newest = backup.last_copy(self.session)
            assert newest is not None
            self._say(f"salinan {path.as_posix()} {newest.seq}")

    def exports(self) -> None:
        written = export.export(self.session, self.contest, True, "op1")
        self._say(f"ekspor {written.folder.name} {written.manifest_sha256}")
