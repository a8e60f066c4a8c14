"""What comes out: sums and seals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.backup import copies_json, print_copies
from pleno.cli.entries import done
from pleno.cli.options import (
    AsJson,
    Folder,
    Kontes,
    Oleh,
    OnlyDesa,
    maybe_desa,
    opened,
)
from pleno.cli.output import Column, document, say, table
from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands

if TYPE_CHECKING:
    from pleno.domain.recap import DesaRecap, Margin, Recap, Sums
    from pleno.service.sealing import SealLine


def recap(
    desa: OnlyDesa = None,
    kontes: Kontes = None,
    detailed: Annotated[
        bool, typer.Option("--rinci", help="Juga suara partai dan suara setiap calonnya, bukan jumlah partai saja.")
    ] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Jumlah suara per baris: yang sudah sah, dan sementara bersama yang belum."""
    from pleno.service.views import recap as summed

    with opened(folder) as session:
        contest = session.contest(kontes)
        within = maybe_desa(session, desa)
        sums = summed(session, contest)
        shown = [one for one in sums.desa if within is None or one.desa == within]
        if as_json:
            document("rekap", {"kontes": contest.id, **recap_json(sums, shown)})
        elif within is None:
            print_recap(sums, detailed)
        else:
            for one in shown:
                say(f"{one.desa.name}: {one.settled} dari {len(one.files)} TPS sah")
                _print_sums(sums, one.final, one.provisional, detailed)


def recap_json(sums: Recap, desa: list[DesaRecap]) -> Mapping[str, object]:
    """The sums of a contest and of these desa (CLI.md)."""
    from pleno.domain.recap_json import recap_fields

    return recap_fields(sums, desa)


def print_recap(sums: Recap, detailed: bool = False) -> None:
    """The sums of a contest for people, with the safety lines; `detailed` also shows candidates of parties."""
    say(f"{sums.contest.profile.name}: {sums.settled} dari {sums.tps} TPS sah")
    _print_sums(sums, sums.final, sums.provisional, detailed)
    table(
        [
            Column("desa"),
            Column("TPS sah", right=True),
            Column("suara sah", right=True),
            Column("sementara", right=True),
        ],
        [
            [
                one.desa.name,
                f"{one.settled}/{len(one.files)}",
                _sum(one.final, "suara_sah"),
                _sum(one.provisional, "suara_sah"),
            ]
            for one in sums.desa
        ],
    )
    if sums.contest.partai and not detailed:
        say("Setiap partai dengan jumlahnya (A.1 + A.2); suara setiap calon: `pleno rekap --rinci`.")
    say(*_margin_lines(sums))


def _print_sums(sums: Recap, final: Sums, provisional: Sums, detailed: bool) -> None:
    contest = sums.contest
    names = {partai.total: f"{partai.choice.number:02} {partai.choice.name}" for partai in contest.partai}
    within = {row for partai in contest.partai for row in (partai.votes, *partai.calon_rows)}
    rows = [row for row in contest.asked if detailed or row.name not in within]
    table(
        [Column("baris"), Column("uraian"), Column("sah", right=True), Column("sementara", right=True)],
        [
            [
                row.code,
                row.label if detailed else names.get(row.name, row.label),
                _sum(final, row.name),
                _sum(provisional, row.name),
            ]
            for row in rows
        ],
    )


def _sum(sums: Sums, row: str) -> str:
    return thousands(sums[row]) if row in sums else "-"


def _margin_lines(sums: Recap) -> list[str]:
    """The safety line of the contestants, and that of the closest candidates of one party."""
    from pleno.domain.recap import margin, margin_within

    found, within = margin(sums), margin_within(sums)
    if found is None:
        return ["Belum ada suara yang dibaca."]
    who = "Partai nomor" if sums.contest.partai else "Nomor"
    lines = [f"{who} {_margin_words(found)}"]
    if within is not None:
        lines.append(f"Di dalam partai nomor {within.partai}: calon nomor {_margin_words(within)}")
    return lines


def _margin_words(line: Margin) -> str:
    certain = "urutan pertama sudah pasti" if line.certain else "urutan pertama belum pasti"
    ahead = f"unggul {thousands(line.gap)} suara atas" if line.gap else "sama suaranya dengan"
    return (
        f"{line.leader} {ahead} nomor {line.runner_up}; yang masih terbuka "
        f"dapat mengubah paling banyak {thousands(line.most)}: {certain}."
    )


# --- seals ---------------------------------------------------------------------------------


def seal(
    angka_saksi: Annotated[
        str | None,
        typer.Option("--angka-saksi", metavar="N", help="4 sampai 6 angka yang baru saja disebut seorang saksi."),
    ] = None,
    word: Annotated[
        str | None,
        typer.Option("--baca-ulang", metavar="KATA", help="Kata kedua segel terakhir, dibaca anggota PPK dari kertas."),
    ] = None,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Segel semua entri sampai sekarang, atau cocokkan kata segel dari kertas."""
    from pleno.service import backup, sealing

    if (angka_saksi is None) == (word is None):
        raise PlenoError(
            "Perintah belum jelas",
            "Pakai --angka-saksi untuk menyegel, atau --baca-ulang untuk mencocokkan, salah satu.",
            "Lihat `pleno segel --help`.",
        )
    with opened(folder) as session:
        if word is not None:
            done(session, "segel", [sealing.read_back(session, word, by)], as_json)
            return
        sealed = sealing.seal(session, angka_saksi or "", by)
        copied = backup.copy_seal(session, by)
    if as_json:
        document("segel", {**seal_json(sealed), "salinan": copies_json(copied)})
    else:
        say(sealed.line)
        print_copies(copied)
        say("Tulis baris ini di kertas setiap saksi, lalu cocokkan: `pleno segel --baca-ulang KATA --oleh ID`.")


def seal_json(sealed: SealLine) -> dict[str, object]:
    """A seal and its printed line."""
    return {
        "nomor": sealed.number,
        "entri": sealed.seq,
        "angka_saksi": sealed.angka_saksi,
        "kata": sealed.words,
        "baris": sealed.line,
    }
