"""What comes out: sums and seals."""

from __future__ import annotations

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
    from pleno.domain.recap import DesaRecap, Recap, Sums
    from pleno.service.sealing import SealLine


def recap(desa: OnlyDesa = None, kontes: Kontes = None, folder: Folder = None, as_json: AsJson = False) -> None:
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
            print_recap(sums)
        else:
            for one in shown:
                say(f"{one.desa.name}: {one.settled} dari {len(one.files)} TPS sah")
                _print_sums(sums, one.final, one.provisional)


def recap_json(sums: Recap, desa: list[DesaRecap]) -> dict[str, object]:
    """The sums of a contest and of these desa (CLI.md)."""
    return {
        "tps_sah": sums.settled,
        "tps": sums.tps,
        "kecamatan": dict(sums.final),
        "desa": [
            {
                "kode": one.desa.code,
                "nama": one.desa.name,
                "tps_sah": one.settled,
                "tps": len(one.files),
                "angka": dict(one.final),
            }
            for one in desa
        ],
        "sementara": dict(sums.provisional),
        "aman": _margin_json(sums),
    }


def _margin_json(sums: Recap) -> dict[str, object] | None:
    from pleno.domain.recap import margin

    found = margin(sums)
    if found is None:
        return None
    return {
        "unggul": found.leader,
        "jarak": found.gap,
        "paling_banyak_berubah": found.most,
        "pasti": found.certain,
    }


def print_recap(sums: Recap) -> None:
    """The sums of a contest for people, with the safety line."""
    say(f"{sums.contest.profile.name}: {sums.settled} dari {sums.tps} TPS sah")
    _print_sums(sums, sums.final, sums.provisional)
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
    say(_margin_line(sums))


def _print_sums(sums: Recap, final: Sums, provisional: Sums) -> None:
    table(
        [Column("baris"), Column("uraian"), Column("sah", right=True), Column("sementara", right=True)],
        [[row.code, row.label, _sum(final, row.name), _sum(provisional, row.name)] for row in sums.contest.asked],
    )


def _sum(sums: Sums, row: str) -> str:
    return thousands(sums[row]) if row in sums else "-"


def _margin_line(sums: Recap) -> str:
    from pleno.domain.recap import margin

    found = margin(sums)
    if found is None:
        return "Belum ada suara yang dibaca."
    certain = "urutan pertama sudah pasti" if found.certain else "urutan pertama belum pasti"
    return (
        f"Nomor {found.leader} unggul {thousands(found.gap)} suara atas nomor {found.runner_up}; yang masih terbuka "
        f"dapat mengubah paling banyak {thousands(found.most)}: {certain}."
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
