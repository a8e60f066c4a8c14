"""The rules across all TPS of a contest that look at sums (DOMAIN.md 3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pleno.domain.compare import TpsFile
from pleno.domain.figures import PLANO, SIREKAP, Figures, addend, thousands
from pleno.domain.rules.finding import Breach, Scope, Severity
from pleno.domain.rules.rule import Enforced, Kecamatan, OnKecamatan, Rule
from pleno.domain.rules.shapes import numbers_of

_NAMED: Final = 6
"""TPS that a sentence names; the others are counted there and all stand in the finding."""


def _a03(kecamatan: Kecamatan) -> Iterator[Breach]:
    """Silent until every TPS has both: the DPT of the list, and a paper that says its own.

    A warning though DOMAIN.md calls it hard: the office's list may be older than the decision, and no single TPS
    could be settled by solving it.
    """
    if any(file.tps.dpt_j is None for file in kecamatan.files):
        return
    known = [(file, file.tps.dpt_j, addend(file.sementara.get("pemilih_dpt_j"))) for file in kecamatan.files]
    found = [(file, dpt, written) for file, dpt, written in known if dpt is not None and written is not None]
    listed_sum, written_sum = sum(one for _file, one, _ in found), sum(one for *_, one in found)
    if len(found) == len(known) and listed_sum != written_sum:
        apart = [(file, written - listed) for file, listed, written in found if written != listed]
        told = {
            "daftar": thousands(listed_sum),
            "tercatat": thousands(written_sum),
            "sebab": _explained(kecamatan, apart),
        }
        numbers = f"{thousands(written_sum)} ≠ {thousands(listed_sum)}"
        yield Breach(("pemilih_dpt_j",), numbers, told, tuple(file.tps for file, _gap in apart))


def _a07(kecamatan: Kecamatan) -> Iterator[Breach]:
    """Silent until every TPS has a plano figure of the choice: only then there is a total.

    A TPS that Sirekap has not counts nothing in Sirekap's total, so it explains the difference as well. A row that
    Sirekap has of no TPS has no total there: what it published may be the totals of parties alone.
    """
    files, contest = kecamatan.files, kecamatan.contest
    if not any(SIREKAP in file.readings for file in files) or not all(PLANO in file.readings for file in files):
        return
    rows = tuple(dict.fromkeys((*contest.votes, *contest.ballot_rows)))
    votes_of = numbers_of(rows)
    here = zip(*(votes_of(file.sementara) for file in files), strict=True)
    there = zip(*(votes_of(_sirekap(file)) for file in files), strict=True)
    for row, ours, theirs in zip(rows, here, there, strict=True):
        if None in ours or all(one is None for one in theirs):
            continue
        if (total := sum(filter(None, ours))) == (published := sum(filter(None, theirs))):
            continue
        both = zip(files, ours, theirs, strict=True)
        apart = [(file, (one or 0) - (other or 0)) for file, one, other in both if (one or 0) != (other or 0)]
        form_row = contest.by_name[row]
        told = {
            "baris": f"{form_row.code} {form_row.label}",
            "meja": thousands(total),
            "sirekap": thousands(published),
            "selisih": thousands(abs(total - published)),
            "sebab": _explained(kecamatan, apart),
        }
        numbers = f"{form_row.code}: {thousands(total)} ≠ {thousands(published)}"
        yield Breach((row,), numbers, told, tuple(file.tps for file, _gap in apart), SIREKAP)


def _sirekap(file: TpsFile) -> Figures:
    return file.readings[SIREKAP].figures if SIREKAP in file.readings else {}


def _explained(kecamatan: Kecamatan, apart: Sequence[tuple[TpsFile, int]]) -> str:
    """Each TPS with its part of a difference; together they are the whole of it."""
    named = [f"{kecamatan.names[file.tps.code]} ({gap:+})" for file, gap in apart[:_NAMED]]
    if len(apart) > _NAMED:
        named.append(f"dan {len(apart) - _NAMED} TPS lagi ({sum(gap for _file, gap in apart[_NAMED:]):+})")
    return ", ".join(named)


A01: Final = Rule(
    "A01", Severity.KERAS, "JUMLAH AKHIR desa = jumlah TPS-nya; kecamatan = jumlah desa", ("x",),
    "Jumlah tidak pernah diketik; selalu dihitung dari TPS.",
    "Jumlah pada lembar dihitung ulang dari TPS sebelum ditulis; lembar yang tidak sama tidak terbit.",
    Enforced(
        "Rekap selalu dihitung, dan ekspor berhenti bila jumlah lembar bukan jumlah rekap.",
        "tests/exporters/test_recap_workbook.py::test_a_sum_that_is_not_the_recaps_stops_the_export", Scope.KECAMATAN,
    ),
)  # fmt: skip
A02: Final = Rule(
    "A02", Severity.KERAS, "setiap TPS daftar tepat sekali; tidak ada TPS di luar daftar", ("-",),
    "TPS ganda atau di luar daftar ditolak dengan barisnya.",
    "Daftar TPS memuat setiap TPS tepat sekali, dan angka TPS lain tidak pernah diambil.",
    Enforced(
        "Ditolak saat daftar TPS dibaca dan saat berkas diimpor.",
        "tests/importers/test_roster.py::test_a_wrong_line_of_the_list_is_named", Scope.KECAMATAN,
    ),
)  # fmt: skip
A03: Final = Rule(
    "A03", Severity.PERINGATAN, "jumlah pemilih_dpt_j seluruh TPS = DPT kecamatan pada daftar TPS", ("pemilih_dpt_j",),
    "DPT seluruh TPS berjumlah {tercatat}, menurut daftar TPS {daftar}; selisihnya dari {sebab}.",
    "Jumlah DPT tercatat {tercatat}, menurut daftar {daftar}. TPS yang menerangkannya: {sebab}.", OnKecamatan(_a03),
)  # fmt: skip
A06: Final = Rule(
    "A06", Severity.KERAS, "JUMLAH PINDAHAN tidak dijumlahkan dua kali", ("x",),
    "Kolom JUMLAH PINDAHAN tidak pernah diambil sebagai TPS.",
    "Kolom pindahan hanya diperiksa, tidak pernah dijumlahkan.",
    Enforced(
        "Importir membuang kolom pindahan; lembar yang ditulis menghitungnya dari halaman sebelumnya.",
        "tests/importers/test_workbook.py::test_pages_to_the_right_and_below_are_one_sheet", Scope.KECAMATAN,
    ),
)  # fmt: skip
A07: Final = Rule(
    "A07", Severity.PERINGATAN, "jumlah kecamatan setiap pilihan = jumlah Sirekap",
    ("suara.N", "suara_partai_total.N", "suara_partai.N", "suara_calon.N.M"),
    "{baris}: jumlah di meja {meja}, di Sirekap {sirekap}; selisihnya dari {sebab}.",
    "{baris} berselisih {selisih} dengan Sirekap ({angka}). TPS yang menerangkannya: {sebab}.", OnKecamatan(_a07),
)  # fmt: skip
A08: Final = Rule(
    "A08", Severity.KERAS, "D.HASIL = jumlah TPS sah pada saat ditandatangani", ("x",),
    "Setiap perubahan sesudah lembar terbit membuat lembar itu BATAL.",
    "Isi set terikat pada hash-nya; TPS yang dibuka kembali membatalkan lembar dan tanda tangannya.",
    Enforced(
        "Set membawa hash semua berkasnya, dan membuka TPS kembali membatalkan lembarnya.",
        "tests/exporters/test_export_numbers.py::test_reopening_a_tps_voids_the_final_set", Scope.KECAMATAN,
    ),
)  # fmt: skip
