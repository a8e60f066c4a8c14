"""The rules of one paper (DOMAIN.md 3.1), in the order in which they are shown.

Vote rules and administrative rules stand side by side: Sirekap keeps two flags for them, the paper has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pleno.domain.contest import Contest
from pleno.domain.figures import Figures, thousands
from pleno.domain.rules.finding import Breach, Scope, Severity
from pleno.domain.rules.rule import Enforced, Gate, NotCaptured, Numbers, OnForm, Rule
from pleno.domain.rules.shapes import below, identity, limit, reckoned, row_label, votes_limit
from pleno.domain.rules.thresholds import cadangan, threshold

_SUM: Final = "{baris}: tertulis {tertulis}, jumlah rinciannya {jumlah}, {arah} {selisih} di rincian."
_SAME: Final = "{baris}: tertulis {tertulis}, seharusnya sama dengan {pembanding}, yaitu {jumlah}; selisih {selisih}."
_ABOVE: Final = "{baris}: tertulis {tertulis}, melebihi {batas} yang {paling}; lebih {selisih}."
_ADDS_UP: Final = "Diperiksa penjumlahannya: {baris} tercatat {tertulis}, rinciannya berjumlah {jumlah}"


def _r06(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    """The limit on pindahan, and tambahan, who are registered by voting.

    DOMAIN.md calls the second half a warning; a rule has one severity, and forms that list both rows copy one
    from the other, so that here too only a slip of the pen can part them.
    """
    yield from limit("R06").check(contest, numbers)
    for part in "lpj":
        rows = f"pengguna_tambahan_{part}", f"pemilih_tambahan_{part}"
        used, listed = (numbers.get(row) for row in rows)
        if used is not None and listed is not None and used != listed:
            told = {
                "baris": row_label(contest, rows[0]),
                "batas": row_label(contest, rows[1]),
                "tertulis": thousands(used),
                "paling": thousands(listed),
            }
            yield Breach(rows, f"{thousands(used)} ≠ {thousands(listed)}", told)


def _r06_gate(contest: Contest) -> Gate | None:
    pairs = [(f"pengguna_tambahan_{part}", f"pemilih_tambahan_{part}") for part in "lpj"]
    bounded = limit("R06").gate(contest)
    if bounded is None or any(row not in contest.by_name for pair in pairs for row in pair):
        return bounded

    def may_break(figures: Figures) -> bool:
        return bounded(figures) or any(figures.get(used) != figures.get(listed) for used, listed in pairs)

    return may_break


def _r12(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    received, dpt = (numbers.get(row) for row in ("surat_diterima", "pemilih_dpt_j"))
    if received is None or dpt is None:
        return
    reserve, tolerance = cadangan(contest, dpt), threshold(contest, "R12", "toleransi")
    if abs(received - dpt - reserve) > tolerance:
        told = {
            "baris": row_label(contest, "surat_diterima"),
            "tertulis": thousands(received),
            "dpt": thousands(dpt),
            "cadangan": thousands(reserve),
            "jumlah": thousands(dpt + reserve),
            "toleransi": thousands(tolerance),
        }
        rows = ("surat_diterima", "pemilih_dpt_j")
        yield Breach(rows, f"{thousands(received)} ≠ {thousands(dpt)} + {thousands(reserve)}", told)


def _r12_broken(contest: Contest) -> Callable[[int, int], bool]:
    tolerance = threshold(contest, "R12", "toleransi")
    return lambda received, dpt: abs(received - dpt - cadangan(contest, dpt)) > tolerance


_R14_ROWS: Final = (
    "pengguna_tambahan_j", "pengguna_pindahan_j", "surat_diterima", "pengguna_dpt_j", "surat_dikembalikan",
)  # fmt: skip


def _r14(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    if any(row not in numbers for row in _R14_ROWS):
        return
    tambahan, pindahan, received, dpt, returned = (numbers[row] for row in _R14_ROWS)
    left = received - dpt - returned
    if tambahan + pindahan > left:
        told = {"pemilih": thousands(tambahan + pindahan), "sisa": f"{left}"}
        yield Breach(_R14_ROWS, f"{tambahan} + {pindahan} > {received} - {dpt} - {returned}", told)


R30: Final = Rule(
    "R30", Severity.PERINGATAN, "pemilih_dpt_j <= batas pemilih per TPS", ("pemilih_dpt_j",),
    "{baris}: tertulis {tertulis}, melebihi batas pemilih per TPS, yaitu {paling}.",
    "DPT TPS ini {tertulis}, batas menurut profil {paling}; cocokkan dengan daftar pemilih TPS.",
    below("pemilih_dpt_j", lambda contest: threshold(contest, "R30", "maks")),
)  # fmt: skip

R32: Final = Rule(
    "R32", Severity.INFO, "pemilih_dpt_j > batas pemilih per TPS, TPS lokasi khusus", ("pemilih_dpt_j",),
    "{baris}: tertulis {tertulis}, batas TPS biasa {paling}; TPS lokasi khusus boleh lebih.",
    "TPS lokasi khusus boleh melebihi batas {paling}; DPT-nya {tertulis}, jadi R30 hanya keterangan di sini.",
    R30.check,
)  # fmt: skip
"""Stands in for R30 at special TPS, so that nobody must acknowledge what is as it should be."""


CHECKED: Final = (
    Rule(
        "R02", Severity.KERAS, "x_j = x_l + x_p", ("x_j", "x_l", "x_p"), _SUM,
        _ADDS_UP + "; laki-laki ditambah perempuan harus sama dengan jumlah.", identity("R02"),
    ),
    Rule(
        "R03", Severity.KERAS, "pemilih_total = pemilih_dpt + pemilih_pindahan + pemilih_tambahan",
        ("pemilih_total_c", "pemilih_dpt_c", "pemilih_pindahan_c", "pemilih_tambahan_c"), _SUM,
        _ADDS_UP + "; jumlah pemilih adalah A.1 + A.2 + A.3.", identity("R03"),
    ),
    Rule(
        "R04", Severity.KERAS, "pengguna_total = pengguna_dpt + pengguna_pindahan + pengguna_tambahan",
        ("pengguna_total_c", "pengguna_dpt_c", "pengguna_pindahan_c", "pengguna_tambahan_c"), _SUM,
        _ADDS_UP + "; jumlah pengguna hak pilih adalah B.1 + B.2 + B.3.", identity("R04"),
    ),
    Rule(
        "R05", Severity.KERAS, "pengguna_dpt <= pemilih_dpt", ("pengguna_dpt_c", "pemilih_dpt_c"), _ABOVE,
        "Pengguna hak pilih dalam DPT {tertulis}, padahal yang terdaftar {paling}: lebih {selisih} orang.",
        limit("R05"),
    ),
    Rule(
        "R06", Severity.KERAS, "pengguna_pindahan <= pemilih_pindahan; pengguna_tambahan = pemilih_tambahan",
        ("pengguna_pindahan_c", "pemilih_pindahan_c", "pengguna_tambahan_c", "pemilih_tambahan_c"),
        "{baris}: tertulis {tertulis}, sedangkan {batas} tertulis {paling}.",
        "Pemilih pindahan tidak dapat lebih banyak memilih daripada terdaftar, dan pemilih tambahan terdaftar "
        "karena memilih: tercatat {angka}.", OnForm(_r06, _r06_gate),
    ),
    Rule(
        "R07", Severity.PERINGATAN,
        "pengguna_disabilitas <= pemilih_disabilitas, pengguna_total; pemilih_disabilitas <= pemilih_total",
        ("pengguna_disabilitas_c", "pemilih_disabilitas_c", "pengguna_total_c", "pemilih_total_c"), _ABOVE,
        "Pemilih disabilitas adalah sebagian dari seluruhnya, tetapi tercatat {angka}.", limit("R07"),
    ),
    Rule(
        "R10", Severity.KERAS, "surat_diterima = surat_digunakan + surat_dikembalikan + surat_tidak_digunakan",
        ("surat_diterima", "surat_digunakan", "surat_dikembalikan", "surat_tidak_digunakan"), _SUM,
        _ADDS_UP + "; setiap surat suara yang diterima digunakan, dikembalikan, atau tidak digunakan.",
        identity("R10"),
    ),
    Rule(
        "R11", Severity.KERAS, "surat_digunakan = pengguna_total_j", ("surat_digunakan", "pengguna_total_j"), _SAME,
        "Surat suara digunakan {tertulis} dan pengguna hak pilih {jumlah} harus sama; selisihnya {selisih}.",
        identity("R11"),
    ),
    Rule(
        "R12", Severity.PERINGATAN, "surat_diterima = pemilih_dpt_j + cadangan (±1)",
        ("surat_diterima", "pemilih_dpt_j"),
        "{baris}: tertulis {tertulis}, sedangkan DPT {dpt} ditambah cadangan {cadangan} adalah {jumlah}.",
        "Surat suara diterima {tertulis}, seharusnya sekitar {jumlah} (DPT {dpt} + cadangan {cadangan}, toleransi "
        "{toleransi}).", reckoned(_r12, ("surat_diterima", "pemilih_dpt_j"), _r12_broken),
    ),
    Rule(
        "R13", Severity.KERAS, "surat_dikembalikan, surat_tidak_digunakan <= surat_diterima",
        ("surat_dikembalikan", "surat_tidak_digunakan", "surat_diterima"), _ABOVE,
        "Surat suara dikembalikan dan tidak digunakan adalah sebagian dari yang diterima, tetapi tercatat {angka}.",
        limit("R13"),
    ),
    Rule(
        "R14", Severity.PERINGATAN,
        "pengguna_tambahan_j + pengguna_pindahan_j <= surat_diterima - pengguna_dpt_j - surat_dikembalikan", _R14_ROWS,
        "Pemilih pindahan dan tambahan {pemilih} orang, surat suara yang tersisa untuk mereka {sisa}.",
        "Pemilih pindahan dan tambahan memerlukan surat suara: {pemilih} orang, tersisa {sisa} ({angka}).",
        reckoned(_r14, _R14_ROWS, lambda _contest: lambda tambahan, pindahan, received, dpt, returned: (
            tambahan + pindahan > received - dpt - returned
        )),
    ),
    Rule(
        "R20", Severity.KERAS, "suara_sah = jumlah suara seluruh pilihan", ("suara_sah", "suara.N"), _SUM,
        _ADDS_UP + "; suara sah adalah jumlah suara seluruh pilihan (partai: jumlah IV.N.B).", identity("R20"),
    ),
    Rule(
        "R21", Severity.KERAS, "suara_partai_total.N = suara_partai.N + jumlah suara_calon.N.M",
        ("suara_partai_total.N", "suara_partai.N", "suara_calon.N.M"), _SUM,
        _ADDS_UP + "; jumlah B setiap partai adalah A.1 + A.2.", identity("R21"),
    ),
    Rule(
        "R22", Severity.KERAS, "suara_total = suara_sah + suara_tidak_sah",
        ("suara_total", "suara_sah", "suara_tidak_sah"), _SUM,
        _ADDS_UP + "; suara sah dan tidak sah adalah V.A + V.B.", identity("R22"),
    ),
    Rule(
        "R23", Severity.KERAS, "suara_total = surat_digunakan", ("suara_total", "surat_digunakan"), _SAME,
        "Suara sah dan tidak sah {tertulis} dan surat suara digunakan {jumlah} harus sama; selisihnya {selisih}.",
        identity("R23"),
    ),
    Rule(
        "R24", Severity.KERAS, "suara_total = pengguna_total_j", ("suara_total", "pengguna_total_j"), _SAME,
        "Suara sah dan tidak sah {tertulis}, pengguna hak pilih {jumlah}, selisih {selisih}: dapat menjadi alasan "
        "penghitungan ulang.", identity("R24"),
    ),
    Rule(
        "R25", Severity.KERAS, "suara satu pilihan <= suara_sah, pengguna_total_j",
        ("suara.N", "suara_sah", "pengguna_total_j"), _ABOVE,
        "Suara satu pilihan tidak dapat melebihi jumlah seluruhnya: {baris} tercatat {tertulis}, {batas} {paling}.",
        votes_limit("R25"),
    ),
    R30,
    Rule(
        "R31", Severity.PERINGATAN, "suara_total <= batas surat suara per TPS", ("suara_total",),
        "{baris}: tertulis {tertulis}, melebihi batas surat suara per TPS, yaitu {paling}.",
        "Suara sah dan tidak sah {tertulis}, padahal batas pemilih dengan cadangannya {paling}.",
        below("suara_total", lambda contest: threshold(contest, "R31", "maks")),
    ),
)  # fmt: skip
"""Rules that are asked of every reading."""


R01: Final = Rule(
    "R01", Severity.KERAS, "setiap angka bulat, 0 sampai sebanyak kotak formulir", ("x",),
    "Angka yang bukan 0-9 atau lebih panjang dari kotaknya tidak pernah tercatat: berkas dan ketikannya ditolak.",
    "Tidak ada angka yang melanggar dapat tersimpan; yang ditolak disebut dengan tempatnya.",
    Enforced(
        "Ditolak di perbatasan: impor, `pleno catat` dan Meja; TPS yang memuatnya tidak diambil.",
        "tests/importers/test_limits.py::test_bad_figure_of_text", Scope.TPS,
    ),
)  # fmt: skip
R40: Final = Rule(
    "R40", Severity.KERAS, "terbilang = angka", ("suara_sah", "suara.N"),
    "Bila kata dan angka di kertas berbeda, catat sebagai kejadian khusus.",
    "Tulisan dengan huruf tidak direkam, jadi tidak dapat diperiksa di sini.",
    NotCaptured("Tulisan dengan huruf pada C.HASIL tidak direkam; yang dicocokkan pembaca di meja.", Scope.TPS),
)  # fmt: skip
R42: Final = Rule(
    "R42", Severity.PERINGATAN, "C.HASIL bertanda tangan KPPS dan saksi; fotonya ada", ("-",),
    "Bila tanda tangan atau foto kurang, catat sebagai kejadian khusus.",
    "Tanda tangan pada C.HASIL dan foto tidak direkam, jadi tidak dapat diperiksa di sini.",
    NotCaptured("Tanda tangan pada C.HASIL dan adanya foto belum direkam.", Scope.TPS),
)  # fmt: skip
