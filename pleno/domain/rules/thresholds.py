"""The limits that rules work with: a profile's [aturan] or a workspace's [ambang] may set them within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pleno.domain.contest import Contest


class Threshold(NamedTuple):
    """A number that a rule compares with."""

    otherwise: int | None
    """What counts where a profile says nothing; None: it follows from the profile's max_voters."""
    least: int
    most: int
    """Bounds of what a profile may say."""
    meaning: str
    """Indonesian, with the unit."""


THRESHOLDS: Final[Mapping[str, Mapping[str, Threshold]]] = {
    "R12": {"toleransi": Threshold(1, 0, 50, "surat suara lebih atau kurang dari DPT + cadangan yang masih wajar")},
    "R30": {"maks": Threshold(None, 1, 99_999, "pemilih per TPS")},
    "R31": {"maks": Threshold(None, 1, 99_999, "surat suara per TPS")},
    "R41": {
        "tidak_sah_permil": Threshold(100, 1, 1000, "suara tidak sah, per seribu suara"),
        "tidak_sah_kali": Threshold(3, 2, 100, "bagian suara tidak sah, kali median desanya"),
        "pengguna_permil": Threshold(980, 1, 1000, "pengguna hak pilih dalam DPT, per seribu pemilih DPT"),
        "satu_pilihan_permil": Threshold(1000, 501, 1000, "suara satu pilihan, per seribu suara sah"),
        "tetangga_tps": Threshold(4, 2, 100, "TPS berurutan sedesa dengan suara yang sama untuk satu pilihan"),
        "tetangga_suara": Threshold(20, 1, 999, "suara mulai dari mana kesamaan TPS berurutan dilihat"),
        "digit_angka": Threshold(100, 50, 9_999, "angka suara tiga digit, paling sedikit"),
        "digit_simpangan": Threshold(28, 17, 999, "khi-kuadrat digit terakhir terhadap sebaran rata (9 derajat bebas)"),
    },
    "X07": {"selisih": Threshold(5, 0, 999, "suara antar-kontes")},
    "A04": {"pilihan": Threshold(4, 2, 999, "pilihan yang bersuara")},
    "A05": {"angka": Threshold(3, 2, 999, "angka bagian IV dan V yang bukan nol")},
}  # fmt: skip
"""Rule id -> name in [aturan] and [ambang] -> the limit."""


def threshold(contest: Contest, rule: str, name: str) -> int:
    """The limit as it counts for a form."""
    said = contest.profile.thresholds.get(rule, {}).get(name)
    if said is not None:
        return said
    otherwise = THRESHOLDS[rule][name].otherwise
    if otherwise is not None:
        return otherwise
    most = contest.profile.max_voters
    return most if rule == "R30" else most + cadangan(contest, most)


def cadangan(contest: Contest, dpt: int) -> int:
    """Reserve ballot papers for a DPT, rounded up (DOMAIN.md 3.1, "Cadangan rounding")."""
    return -(-dpt * contest.profile.reserve_permille // 1000)
