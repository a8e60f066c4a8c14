"""The practice kecamatan, and a whole pleno carried through it without a screen.

Real figures of Kepulauan Seribu Utara 2024 (data/latihan/README.md): Sirekap's state of
16 February as source sirekap, its later state of 17 March standing in for the plano.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pleno
from pleno.domain.compare import AIDS, Count, TpsFile, count
from pleno.domain.contest import Contest
from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.recap import Recap
from pleno.domain.state import PembetulanKind
from pleno.importers.choices import read_choices
from pleno.importers.profile import load_profile
from pleno.importers.roster import read_roster
from pleno.importers.workspace import load_config
from pleno.service import correction, export, intake, meeting, sealing, settling, verify, views
from pleno.service.session import Clock, Session
from pleno.service.setup import build

SIREKAP_FILE: Final = "sirekap-2024-02-16.csv"
PLANO_FILE: Final = "plano-pengganti-2024-03-17.csv"
STAND_IN: Final = (
    "Angka plano di latihan ini adalah keadaan Sirekap 17 Maret 2024, pengganti C.HASIL yang tidak diterbitkan."
)
"""Said wherever the practice figures are shown."""


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """What the headless pleno did."""

    folder: Path
    recap: Recap
    count: Count
    """Of the comparison, before anything was settled."""
    corrections: int
    left: tuple[settling.NotReady, ...]
    """TPS that stay provisional, with the rules they break."""
    seal: sealing.SealLine
    exported: export.Exported
    verification: verify.Verification


def source_folder() -> Path:
    """Where the practice figures lie: in the installed package, or in the checkout."""
    package = Path(pleno.__file__).parent
    for folder in (package / "data" / "latihan", package.parent / "data" / "latihan"):
        if folder.is_dir():
            return folder
    raise PlenoError("Latihan tidak ada", "Berkas latihan tidak ikut terpasang.", "Pasang ulang pleno.")


def create(folder: Path, clock: Clock | None = None) -> Path:
    """Make the practice workspace: both readings taken in, saksi present, the pleno open."""
    source = source_folder()
    config = load_config(source)
    desa, tps = read_roster(source / "tps.csv", config.kode)
    choices = read_choices(source / "pilihan.csv", {name: load_profile(name) for name in config.kontes})
    made = build(folder, (source / "pleno.toml").read_text("utf-8"), config, desa, tps, choices, clock)
    with Session.open(made, clock) as session:
        operator = config.officers[-1].id
        for contest in session.contests.values():
            for choice in contest.contestants:
                name, code = f"Saksi Latihan {choice.number:02}", f"saksi-{choice.number:02}"
                meeting.note_presence(session, code, name, str(choice.number), "", True, operator)
        meeting.note_presence(session, "panwascam", "Panwaslu Latihan", meeting.PANWASLU, "", True, operator)
        intake.take(session, [source / SIREKAP_FILE], SIREKAP, operator)
        intake.take(session, [source / PLANO_FILE], PLANO, operator)
    return made


def run(folder: Path, tell: Callable[[str], None]) -> PracticeResult:
    """Carry the practice kecamatan through a whole pleno: compare, correct, settle, seal, export, verify.

    Each step goes to `tell` as one sentence.
    """
    made = create(folder)
    tell(f"Ruang kerja latihan dibuat di {made}.")
    tell(STAND_IN)
    with Session.open(made) as session:
        contest = session.contest(None)
        files = views.contest_files(session, contest)
        counted = count(files)
        tell(f"Dibandingkan: {counted.tps_beda} dari {counted.tps} TPS berbeda pada {counted.sel_beda} sel.")
        corrected = sum(_correct(session, contest, file) for file in files)
        tell(f"{corrected} pembetulan diusulkan operator dan disetujui anggota PPK.")
        settled = settling.settle_matching(session, contest, "op1", read_by="ppk2")
        for one in settled.left:
            tell(f"{session.tps_name(one.tps)} tetap sementara: {'; '.join(one.reasons)}.")
        sealed = sealing.seal(session, f"{secrets.randbelow(10**4):04}", "op1")
        sealing.read_back(session, sealed.words.split("-")[1], "ppk3")
        tell(sealed.line)
        exported = export.export(session, contest, draft=True, by="op1")
        sums = views.recap(session, contest)
    tell(f"{len(exported.files)} berkas ditulis di {exported.folder}.")
    verified = verify.verify(made)
    return PracticeResult(made, sums, counted, corrected, settled.left, sealed, exported, verified)


def _correct(session: Session, contest: Contest, file: TpsFile) -> int:
    """Correct every open aid of one TPS to what the plano says, by two people."""
    done = 0
    for cell in file.open_cells:
        for source in cell.open:
            if source in AIDS:
                proposed = correction.propose(
                    session,
                    file.tps,
                    contest,
                    cell.row,
                    cell.reference,
                    kind=PembetulanKind.SIREKAP,
                    reason=Reason.SALAH_BACA_SIREKAP,
                    note="",
                    by="op1",
                    source=source,
                )
                correction.confirm(session, proposed.seq, "ppk2")
                done += 1
    return done
