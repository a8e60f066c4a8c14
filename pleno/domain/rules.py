"""The rules a form must keep (DOMAIN.md section 3.1), each with its formula and sentence.

A rule is silent while a row it needs is unread, and where the form has no such row. A rule
never changes a figure and never keeps anyone from recording what the paper says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from pleno.domain.contest import Contest
from pleno.domain.figures import KOSONG, Figures, thousands
from pleno.domain.identities import ceilings, identities

Numbers: TypeAlias = Mapping[str, int]
"""Canonical row to what it counts; a row that is missing was not read, or the form has none."""


class Severity(StrEnum):
    """KERAS blocks `sah` until solved or explained in writing; the others inform."""

    KERAS = "keras"
    PERINGATAN = "peringatan"
    INFO = "info"


class Breach(NamedTuple):
    """One place where a rule is broken."""

    rows: tuple[str, ...]
    """Rows to mark, the suspected whole first."""
    numbers: str
    """The formula with its numbers: "185 ≠ 71 + 641 + 511"."""
    message: str
    """One sentence with the place by its official words and by how much it is off."""


class Rule(NamedTuple):
    """One line of the rule table."""

    id: str
    severity: Severity
    formula: str
    """As in DOMAIN.md, in canonical row names."""
    check: Callable[[Contest, Numbers], Iterator[Breach]]


class Finding(NamedTuple):
    """A rule that one reading breaks."""

    rule: str
    severity: Severity
    rows: tuple[str, ...]
    numbers: str
    message: str


def findings(contest: Contest, figures: Figures) -> list[Finding]:
    """Every broken rule of one reading, in the order of the table."""
    numbers = _counted(contest, figures)
    return [Finding(rule.id, rule.severity, *breach) for rule in RULES for breach in rule.check(contest, numbers)]


def _counted(contest: Contest, figures: Figures) -> Numbers:
    """What was read of the rows this form has, each as it counts in a sum."""
    rows = contest.by_name
    return {
        row: 0 if figure is KOSONG else figure for row, figure in figures.items() if figure is not None and row in rows
    }


# --- the three shapes a rule has ---------------------------------------------------------------


def _equal(contest: Contest, numbers: Numbers, whole: str, parts: Sequence[str]) -> Iterator[Breach]:
    written = numbers.get(whole)
    addends = [number for part in parts if (number := numbers.get(part)) is not None]
    if written is None or not parts or len(addends) < len(parts) or written == sum(addends):
        return
    total = sum(addends)
    right = " + ".join(map(thousands, addends))
    apart = "kelebihan" if total > written else "kekurangan"
    named = _label(contest, whole)
    message = (
        f"{named}: tertulis {thousands(written)}, seharusnya sama dengan {_label(contest, parts[0])}, "
        f"yaitu {thousands(total)}; selisih {thousands(abs(total - written))}."
        if len(parts) == 1
        else f"{named}: tertulis {thousands(written)}, jumlah rinciannya {thousands(total)}, "
        f"{apart} {thousands(abs(total - written))} di rincian."
    )
    yield Breach((whole, *parts), f"{thousands(written)} ≠ {right}", message)


def _at_most(contest: Contest, numbers: Numbers, small: str, large: str) -> Iterator[Breach]:
    a, b = numbers.get(small), numbers.get(large)
    if a is not None and b is not None and a > b:
        yield Breach(
            (small, large),
            f"{thousands(a)} > {thousands(b)}",
            f"{_label(contest, small)} {thousands(a)} melebihi {_label(contest, large)} {thousands(b)}, "
            f"lebih {thousands(a - b)}.",
        )


def _below(contest: Contest, numbers: Numbers, row: str, limit: int, what: str) -> Iterator[Breach]:
    number = numbers.get(row)
    if number is not None and number > limit:
        yield Breach(
            (row,),
            f"{thousands(number)} > {thousands(limit)}",
            f"{_label(contest, row)} {thousands(number)} melebihi {what} {thousands(limit)}.",
        )


def _label(contest: Contest, row: str) -> str:
    found = contest.by_name[row]
    return f"{found.code} {found.label}"


# --- sums and limits -----------------------------------------------------------------------------


def _identity(rule: str) -> Callable[[Contest, Numbers], Iterator[Breach]]:
    def check(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
        for identity in identities(contest).get(rule, ()):
            yield from _equal(contest, numbers, identity.whole, identity.parts)

    return check


def _limit(rule: str) -> Callable[[Contest, Numbers], Iterator[Breach]]:
    def check(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
        for large, smalls in ceilings(contest).get(rule, {}).items():
            # The largest first: with hundreds of choices nearly every form ends here.
            ceiling = numbers.get(large)
            if ceiling is not None and max([numbers.get(small, 0) for small in smalls]) > ceiling:
                for small in smalls:
                    yield from _at_most(contest, numbers, small, large)

    return check


# --- the other checks ----------------------------------------------------------------------------


def _r12(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    received, dpt = (numbers.get(row) for row in ("surat_diterima", "pemilih_dpt_j"))
    if received is None or dpt is None:
        return
    reserve = cadangan(contest, dpt)
    if abs(received - dpt - reserve) > 1:
        yield Breach(
            ("surat_diterima", "pemilih_dpt_j"),
            f"{thousands(received)} ≠ {thousands(dpt)} + {thousands(reserve)}",
            f"{_label(contest, 'surat_diterima')} {thousands(received)}, sedangkan DPT {thousands(dpt)} "
            f"ditambah cadangan {thousands(reserve)} adalah {thousands(dpt + reserve)}.",
        )


def _r14(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    rows = ("pengguna_tambahan_j", "pengguna_pindahan_j", "surat_diterima", "pengguna_dpt_j", "surat_dikembalikan")
    if any(row not in numbers for row in rows):
        return
    tambahan, pindahan, received, dpt, returned = (numbers[row] for row in rows)
    left = received - dpt - returned
    if tambahan + pindahan > left:
        yield Breach(
            rows,
            f"{tambahan} + {pindahan} > {received} - {dpt} - {returned}",
            f"Pemilih pindahan dan tambahan {tambahan + pindahan} orang, surat suara yang tersisa untuk mereka {left}.",
        )


def _r30(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    limit = _threshold(contest, "R30", contest.profile.max_voters)
    yield from _below(contest, numbers, "pemilih_dpt_j", limit, "batas pemilih per TPS")


def _r31(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
    most = contest.profile.max_voters
    limit = _threshold(contest, "R31", most + cadangan(contest, most))
    yield from _below(contest, numbers, "suara_total", limit, "batas surat suara per TPS")


def _threshold(contest: Contest, rule: str, otherwise: int) -> int:
    return contest.profile.thresholds.get(rule, {}).get("maks", otherwise)


def cadangan(contest: Contest, dpt: int) -> int:
    """Reserve ballot papers for a DPT, rounded up (DOMAIN.md 3.1, "Cadangan rounding")."""
    return -(-dpt * contest.profile.reserve_permille // 1000)


RULES: Final = (
    Rule("R02", Severity.KERAS, "x_j = x_l + x_p", _identity("R02")),
    Rule("R03", Severity.KERAS, "pemilih_total = pemilih_dpt + pemilih_pindahan + pemilih_tambahan", _identity("R03")),
    Rule(
        "R04", Severity.KERAS, "pengguna_total = pengguna_dpt + pengguna_pindahan + pengguna_tambahan", _identity("R04")
    ),
    Rule("R05", Severity.KERAS, "pengguna_dpt <= pemilih_dpt", _limit("R05")),
    Rule("R06", Severity.KERAS, "pengguna_pindahan <= pemilih_pindahan", _limit("R06")),
    Rule("R07", Severity.PERINGATAN, "pengguna_disabilitas <= pemilih_disabilitas, pengguna_total", _limit("R07")),
    Rule(
        "R10",
        Severity.KERAS,
        "surat_diterima = surat_digunakan + surat_dikembalikan + surat_tidak_digunakan",
        _identity("R10"),
    ),
    Rule("R11", Severity.KERAS, "surat_digunakan = pengguna_total_j", _identity("R11")),
    Rule("R12", Severity.PERINGATAN, "surat_diterima = pemilih_dpt_j + cadangan (±1)", _r12),
    Rule("R13", Severity.KERAS, "surat_dikembalikan, surat_tidak_digunakan <= surat_diterima", _limit("R13")),
    Rule("R14", Severity.PERINGATAN, "pengguna pindahan + tambahan <= surat suara yang tersisa", _r14),
    Rule("R20", Severity.KERAS, "suara_sah = jumlah suara seluruh pilihan", _identity("R20")),
    Rule("R22", Severity.KERAS, "suara_total = suara_sah + suara_tidak_sah", _identity("R22")),
    Rule("R23", Severity.KERAS, "suara_total = surat_digunakan", _identity("R23")),
    Rule("R24", Severity.KERAS, "suara_total = pengguna_total_j", _identity("R24")),
    Rule("R25", Severity.KERAS, "suara satu pilihan <= suara_sah, pengguna_total_j", _limit("R25")),
    Rule("R30", Severity.PERINGATAN, "pemilih_dpt_j <= batas pemilih per TPS", _r30),
    Rule("R31", Severity.PERINGATAN, "suara_total <= batas surat suara per TPS", _r31),
)
"""In the order in which they are shown. R01 is the input border itself."""


class Balance(NamedTuple):
    """The line a PPK looks at first: pengguna = surat digunakan = suara (DOMAIN.md 3.5)."""

    pengguna: int | None
    surat: int | None
    suara: int | None

    @property
    def known(self) -> bool | None:
        """True balanced, False not, None while fewer than two of the three are known."""
        numbers = [number for number in self if number is not None]
        return None if len(numbers) < 2 else len(set(numbers)) == 1


def balance(contest: Contest, figures: Figures) -> Balance:
    numbers = _counted(contest, figures)
    return Balance(*(numbers.get(row) for row in ("pengguna_total_j", "surat_digunakan", "suara_total")))
