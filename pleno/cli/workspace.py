"""Workspaces: a new one, the practice one, and what stands where in the one at hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import count as numbers
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.desk import not_ready_json
from pleno.cli.differences import count_line
from pleno.cli.files import exported_json, print_exported
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, contests
from pleno.cli.output import document, say, tell
from pleno.cli.results import print_recap, recap_json, seal_json
from pleno.cli.tasks import show_tasks
from pleno.cli.verification import print_verification, verification_json
from pleno.domain.errors import PlenoError

if TYPE_CHECKING:
    from pleno.domain.compare import Count
    from pleno.domain.contest import Contest
    from pleno.domain.recap import Recap
    from pleno.service.practice import PracticeResult
    from pleno.service.session import Session

PRACTICE_FOLDER: Final = "pleno-latihan"
"""Where `pleno latihan` works unless told otherwise."""

_TO_TRY: Final = (
    "banding",
    "periksa",
    "betulkan 3101011003008 suara.1=149 --jenis sirekap --alasan SALAH_BACA_SIREKAP",
    "sahkan --semua-cocok --dibacakan ppk2",
    "rekap",
    "jejak",
)
"""Commands that work as they stand on the practice kecamatan."""


def create(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="Folder baru untuk ruang kerja.")],
    profiles: Annotated[
        list[str],
        typer.Option(
            "--profil",
            metavar="P",
            help="Profil kontes, misalnya pilkada2024-walikota, atau berkas profil kantor (.toml).",
        ),
    ],
    kecamatan: Annotated[str, typer.Option("--wilayah", metavar="KODE", help="Kode KPU kecamatan, 6 angka.")],
    roster: Annotated[
        Path, typer.Option("--tps", metavar="FILE", help="Daftar TPS (csv atau xlsx): kode_tps, desa, nomor.")
    ],
    choices: Annotated[
        Path,
        typer.Option("--pilihan", metavar="FILE", help="Daftar pilihan (csv atau xlsx): kontes, partai, nomor, nama."),
    ],
    practice: Annotated[
        bool, typer.Option("--latihan", help="Ruang kerja latihan: semua lembar bertanda LATIHAN.")
    ] = False,
    place: Annotated[
        str, typer.Option("--tempat", metavar="TEMPAT", help="Tempat rapat pleno, dicetak di Berita Acara.")
    ] = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Buat ruang kerja baru untuk satu kecamatan.

    Nama PPK dan operator di pleno.toml yang dibuat masih contoh: isi sebelum rapat dibuka.
    """
    from pleno.service.session import Session
    from pleno.service.setup import create_workspace

    made = create_workspace(target, profiles, kecamatan, roster, choices, practice, place)
    with Session.open(made) as session:
        if as_json:
            document("siapkan", {"folder": str(made), **_home_json(session, list(session.contests.values()))})
            return
        say(f"Ruang kerja {session.config.kecamatan} dibuat di {made}: {len(session.roster)} TPS.")
        hint = session.words.said("Isi nama PPK dan operator di pleno.toml")
    say(f"{hint}, lalu `pleno buka --oleh ID` saat rapat dimulai.")


def practise(
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=f"Folder latihan; tanpa ini {PRACTICE_FOLDER} di folder ini.")
    ] = None,
    headless: Annotated[
        bool, typer.Option("--tanpa-layar", help="Jalankan satu pleno utuh tanpa layar, dari impor sampai verifikasi.")
    ] = False,
    tasks: Annotated[
        bool, typer.Option("--tugas", help="Daftar tugas latihan (bimtek): yang selesai, yang belum dan sebabnya.")
    ] = False,
    answers: Annotated[
        bool, typer.Option("--jawaban", help="Bersama --tugas: jawaban setiap tugas, juga yang belum selesai.")
    ] = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> int:
    """Buat kecamatan latihan berisi angka nyata Pemilu 2024, dan buka layarnya.

    Latihan yang sudah ada di DIR dilanjutkan; --tanpa-layar selalu memakai folder baru.
    Bukan di terminal, keadaannya ditampilkan sebagai tulisan.
    """
    from pleno.service import practice
    from pleno.service.session import Session

    if headless:
        result = practice.run(target or _unused_folder(), tell)
        if as_json:
            document("latihan", _practice_json(result))
        else:
            _print_practice(result)
        return result.verification.outcome.code
    where = target or Path(PRACTICE_FOLDER)
    is_new = not (where / "pleno.toml").exists()
    made = practice.create(where) if is_new else where
    with Session.open(made) as session:
        if not session.practice:
            raise PlenoError(
                "Bukan ruang kerja latihan",
                f"{made} adalah ruang kerja resmi.",
                "Sebut folder lain, atau pakai `pleno` saja.",
            )
        if tasks or answers:
            show_tasks(session, made, answers, as_json)
            return 0
        if not wants_screens(as_json):
            _print_practice_home(session, made, is_new, contests(session, kontes), as_json)
            return 0
    return show_screens(made, by, kontes)


def _print_practice_home(session: Session, made: Path, is_new: bool, chosen: Sequence[Contest], as_json: bool) -> None:
    from pleno.service.practice import STAND_IN

    if as_json:
        document("latihan", {"folder": str(made), "baru": is_new, **_home_json(session, chosen)})
        return
    say(f"Ruang kerja latihan {'dibuat di' if is_new else 'ada di'} {made}.", STAND_IN, "")
    _print_home(session, chosen)
    say("", "Coba berikutnya:")
    where_said = f'"{made}"' if " " in str(made) else made
    say(*(f"  pleno {words} --folder {where_said}" for words in _TO_TRY))


def wants_screens(as_json: bool) -> bool:
    """Whether somebody sits at a terminal that can show the screens."""
    streams = (sys.stdin, sys.stdout)
    at_terminal = all(stream is not None and stream.isatty() for stream in streams)
    return at_terminal and not as_json and os.environ.get("TERM") != "dumb"


def wants_lines(plain: bool, as_json: bool) -> bool:
    """Whether to work line by line: asked for, or a person at a terminal that can show nothing else."""
    at_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return plain or (at_terminal and not as_json and os.environ.get("TERM") == "dumb")


def show_lines(folder: Path | None, kontes: str | None) -> int:
    """Work on the workspace around line by line; returns the exit code. PlenoError where there is none."""
    from pleno.cli.plain import run
    from pleno.service.whereabouts import find

    return run(find(folder or Path.cwd()), None, kontes)


def show_screens(folder: Path, by: str | None, kontes: str | None, lesson: bool = False) -> int:
    """Open the screens on a workspace until the user leaves; returns the exit code.

    `lesson`: with the lesson of ten keys in front.
    """
    from pleno.tui.app import run

    return run(folder, by, kontes, lesson=lesson)


def show_start(kontes: str | None) -> int:
    """Where there is no workspace: let the user open one, make one or practise, and open that."""
    from pleno.tui.start import PRACTICE, StartApp

    start = StartApp()
    chosen = start.run()
    if start.fault is not None:
        raise start.fault
    if chosen is None:
        return 0
    if chosen != PRACTICE:
        return show_screens(Path(chosen), None, kontes)
    from pleno.service import practice

    made = Path(PRACTICE_FOLDER)
    return show_screens(made if (made / "pleno.toml").exists() else practice.create(made), None, None, lesson=True)


def _unused_folder() -> Path:
    """The practice folder, or the first numbered one beside it that does not exist."""
    first = Path(PRACTICE_FOLDER)
    return next(one for n in numbers(1) if not (one := first if n == 1 else Path(f"{PRACTICE_FOLDER}-{n}")).exists())


def _practice_json(result: PracticeResult) -> dict[str, object]:
    return {
        "folder": str(result.folder),
        "jumlah": asdict(result.count),
        "pembetulan": result.corrections,
        "tps_sah": result.recap.settled,
        "tps": result.recap.tps,
        "belum": [not_ready_json(left) for left in result.left],
        "segel": seal_json(result.seal),
        "ekspor": exported_json(result.exported),
        "rekap": recap_json(result.recap, list(result.recap.desa)),
        "verifikasi": verification_json(result.verification),
    }


def _print_practice(result: PracticeResult) -> None:
    say("Sebelum dibetulkan: " + count_line(result.count))
    say(f"{result.corrections} pembetulan disetujui; {result.recap.settled} dari {result.recap.tps} sah", "")
    print_recap(result.recap)
    say("")
    print_exported(result.exported)
    say("")
    print_verification(result.verification)


# --- home ----------------------------------------------------------------------------------


def show_home(session: Session, kontes: str | None, as_json: bool) -> None:
    """Where this workspace stands: the meeting, each contest, the last seal."""
    chosen = contests(session, kontes)
    if as_json:
        document("beranda", {"folder": str(session.folder), **_home_json(session, chosen)})
    else:
        _print_home(session, chosen)


def _standing(session: Session, contest: Contest) -> tuple[Recap, Count]:
    from pleno.domain.compare import count
    from pleno.service.views import recap

    sums = recap(session, contest)
    return sums, count(sums.files)


def _home_json(session: Session, chosen: Sequence[Contest]) -> dict[str, object]:
    from pleno.service.sealing import seal_lines, tail

    standing = [_standing(session, contest) for contest in chosen]
    seals = seal_lines(session)
    return {
        "kecamatan": {"kode": session.config.kode, "nama": session.config.kecamatan},
        "latihan": session.practice,
        "status": session.meeting.state.value,
        "kontes": [
            {"id": sums.contest.id, "tps_sah": sums.settled, "tps": sums.tps, "jumlah": asdict(totals)}
            for sums, totals in standing
        ],
        "segel": seal_json(seals[-1]) if seals else None,
        "sesudah_segel": tail(session),
    }


def _print_home(session: Session, chosen: Sequence[Contest]) -> None:
    from pleno.service.sealing import seal_lines, tail

    mark = "LATIHAN  " if session.practice else ""
    place = f"{session.words.said('Kecamatan')} {session.config.kecamatan} ({session.config.kode})"
    say(f"{mark}{place}, rapat pleno {session.meeting.state}")
    for contest in chosen:
        sums, totals = _standing(session, contest)
        say(f"{contest.profile.name} ({contest.id}): {sums.settled} dari {sums.tps} TPS sah")
        say(f"  {count_line(totals)}")
    seals = seal_lines(session)
    after = tail(session)
    say(seals[-1].line if seals else "Belum ada segel.")
    if seals and after:
        say(f"{after} entri sesudah segel itu.")
