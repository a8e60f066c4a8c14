"""The page of rules, made from the rule table alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pleno.domain.contest import Profile
from pleno.domain.rules import RULES, THRESHOLDS, Enforced, NotCaptured, Rule, Scope

_HEADINGS: Final = {
    Scope.TPS: (
        "Di dalam satu TPS, satu kontes",
        "Diperiksa pada setiap bacaan. Aturan diam selama baris yang diperlukannya belum dibaca, atau bila formulirnya "
        "tidak mempunyai baris itu.",
    ),
    Scope.KONTES: (
        "Antar-kontes di satu TPS",
        "Diperiksa bila ruang kerja mempunyai beberapa kontes, pada bacaan dari sumber yang sama.",
    ),
    Scope.KECAMATAN: (
        "Antar-TPS, desa dan kecamatan",
        "Diperiksa `pleno periksa` atas semua TPS satu kontes. Satu TPS tidak dapat menyelesaikannya sendiri, jadi "
        "temuannya memberi tahu dan tidak menahan pengesahan.",
    ),
}


def blocks(profiles: Sequence[Profile]) -> Iterator[str]:
    """The page, one block of Markdown after the other."""
    yield (
        "Aturan tidak pernah mengubah angka dan tidak pernah menghalangi pencatatan isi kertas. Temuan **keras** "
        "menahan pengesahan TPS sampai angkanya dibetulkan atau temuannya dijelaskan tertulis oleh anggota PPK "
        "(`pleno jelaskan`). **Peringatan** menahan sampai diketahui dengan alasan (`pleno jelaskan`, atau "
        "`pleno sahkan --ketahui ALASAN` untuk beberapa sekaligus). Alasannya tercetak di catatan set rekap. **Info** "
        "hanya memberi tahu."
    )
    yield "Nama baris dalam rumus: [isian.md](isian.md). Huruf `c` berarti l, p, j; `N` nomor urut; `x` baris mana pun."
    for scope, (title, told) in _HEADINGS.items():
        here = [rule for rule in RULES if rule.scope is scope]
        yield f"## {title}"
        yield told
        yield _table(
            ("aturan", "tingkat", "rumus", "baris yang ditandai", "diperiksa"),
            (
                (
                    rule.id,
                    str(rule.severity),
                    f"`{rule.formula}`",
                    ", ".join(f"`{row}`" for row in rule.rows),
                    _how(rule),
                )
                for rule in here
            ),
        )
        yield "Kalimatnya; kata dalam kurung kurawal diganti dengan baris dan angkanya:"
        yield _table(
            ("aturan", "untuk operator", "untuk pemeriksa"), ((rule.id, rule.operator, rule.reviewer) for rule in here)
        )
    yield "## Ambang"
    yield (
        "Ambang ditulis di `[aturan]` sebuah profil, misalnya `R30 = { maks = 300 }`, atau dengan alasan di `[ambang]` "
        "pleno.toml untuk satu ruang kerja; di luar batasnya berkas itu ditolak."
    )
    yield _table(
        ("aturan", "nama", "bawaan", "batas", "arti"),
        (
            (rule, f"`{name}`", "menurut profil" if one.otherwise is None else f"{one.otherwise}",
             f"{one.least} sampai {one.most}", one.meaning)
            for rule, limits in THRESHOLDS.items()
            for name, one in limits.items()
        ),
    )  # fmt: skip
    yield "## Batas menurut kontes"
    yield _table(
        ("profil", "pemilih per TPS", "cadangan surat suara", "angka pada kotak"),
        (
            (f"`{one.id}`", f"{one.max_voters}", f"{one.reserve_permille / 10:g}%".replace(".", ","), f"{one.digits}")
            for one in profiles
        ),
    )


def _how(rule: Rule) -> str:
    """Whether a rule is checked, enforced elsewhere, or cannot be checked."""
    if isinstance(rule.check, Enforced):
        return rule.check.where
    if isinstance(rule.check, NotCaptured):
        return f"Tidak diperiksa: {rule.check.why}"
    return "ya"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
