"""Figures that stand at the wrong TPS: papers swapped, rotated or shifted within a desa, columns copied.

The sums of such a paper all agree, so only a look across TPS finds it (DOMAIN.md 3.3 and 11). A mixup
is a warning: it names the TPS and what matches, changes nothing and never keeps a TPS from being sah.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import PLANO, Figures, Source, addend, is_paper, source_label, source_order
from pleno.domain.rules import Severity
from pleno.domain.state import Tps

COPIED: Final = "A04"
MISPLACED: Final = "A05"

FORMULAS: Final[Mapping[str, str]] = {
    COPIED: "suara seluruh pilihan satu TPS != suara seluruh pilihan TPS lain, satu sumber",
    MISPLACED: "angka satu TPS != plano TPS lain sedesa",
}
"""Rule id -> formula; both are of SEVERITY."""
SEVERITY: Final = Severity.PERINGATAN

COPIED_VOTES: Final = 4
"""Choices above 0 from which equal votes of two TPS are no coincidence (A04)."""
MISPLACED_VOTES: Final = 3
"""Figures of sections IV and V above 0 from which equal papers of two TPS are none (A05)."""


class Mixup(NamedTuple):
    """TPS whose figures stand elsewhere."""

    rule: str
    """A04 or A05."""
    source: Source
    """The reading in which they stand."""
    tps: tuple[Tps, ...]
    """All TPS it concerns, by number; for A04 the ones with the same votes."""
    moved: tuple[tuple[Tps, Tps], ...]
    """A05: a TPS, and the TPS whose plano its figures are."""
    rows: tuple[str, ...]
    """The rows that match, in the order of the paper."""
    numbers: str
    """A04: the votes they share; A05: "TPS 1 = plano TPS 4; ..."."""
    message: str
    """One sentence with the TPS and what matches."""


def mixups(contest: Contest, files: Sequence[TpsFile], names: Mapping[str, str]) -> list[Mixup]:
    """All mixups of one contest; `names` calls each TPS code "TPS 004 PULAU PANGGANG" for the sentences."""
    by_desa: dict[str, list[TpsFile]] = {}
    for file in files:
        by_desa.setdefault(file.tps.desa, []).append(file)
    found: list[Mixup] = []
    for source in sorted({source for file in files for source in file.readings}, key=source_order):
        if not is_paper(source):
            for desa in by_desa.values():
                found += _misplaced(contest, source, desa, names)
        found += _copied(contest, source, files, names)
    return found


# --- A04: copied columns -------------------------------------------------------------------------

_Votes: TypeAlias = tuple[int, ...]


def _votes(contest: Contest, figures: Figures) -> _Votes | None:
    """The votes of all choices; None while one is unread."""
    votes = [addend(figures.get(row)) for row in contest.votes]
    return None if None in votes else tuple(vote for vote in votes if vote is not None)


def _by_votes(contest: Contest, source: Source, files: Iterable[TpsFile]) -> dict[_Votes, list[TpsFile]]:
    found: dict[_Votes, list[TpsFile]] = {}
    for file in files:
        if (reading := file.readings.get(source)) and (votes := _votes(contest, reading.figures)) is not None:
            found.setdefault(votes, []).append(file)
    return found


def _copied(contest: Contest, source: Source, files: Sequence[TpsFile], names: Mapping[str, str]) -> Iterator[Mixup]:
    for votes, same in _by_votes(contest, source, files).items():
        filled = sum(vote > 0 for vote in votes)
        if len(same) > 1 and filled >= COPIED_VOTES:
            tps = tuple(file.tps for file in same)
            listed = _listed([names[one.code] for one in tps])
            message = (
                f"{listed} mempunyai suara yang sama untuk semua {len(votes)} pilihan ({filled} di antaranya bukan 0) "
                f"di {source_label(source)}: mungkin satu lembar dipakai untuk beberapa TPS."
            )
            numbers = " = ".join(f"TPS {one.number}" for one in tps)
            yield Mixup(COPIED, source, tps, (), contest.votes, numbers, message)


# --- A05: papers at the wrong TPS ----------------------------------------------------------------


def _misplaced(contest: Contest, source: Source, desa: Sequence[TpsFile], names: Mapping[str, str]) -> Iterator[Mixup]:
    """Chains of TPS that each hold the plano of the next; a chain that closes is a swap or a rotation."""
    planos, by_code = _by_votes(contest, PLANO, desa), {file.tps.code: file for file in desa}
    moved: dict[str, TpsFile] = {}
    for file in desa:
        if (reading := file.readings.get(source)) and not _matches(contest, reading.figures, file):
            votes = _votes(contest, reading.figures)
            others = planos.get(votes, ()) if votes is not None else ()
            owners = (other for other in others if other is not file and _matches(contest, reading.figures, other))
            if (owner := next(owners, None)) is not None:
                moved[file.tps.code] = owner
    left = set(moved)
    for first in sorted(moved, key=lambda code: code in {owner.tps.code for owner in moved.values()}):
        chain: list[tuple[TpsFile, TpsFile]] = []
        at = first
        while at in left:
            left.remove(at)
            chain.append((by_code[at], moved[at]))
            at = moved[at].tps.code
        if chain:
            yield _misplacement(contest, source, chain, names)


def _shared(contest: Contest, figures: Figures, owner: TpsFile) -> list[str]:
    """Rows that both a reading and the plano of a TPS hold."""
    plano = owner.readings[PLANO].figures if PLANO in owner.readings else {}
    return [row.name for row in contest.rows if figures.get(row.name) is not None and plano.get(row.name) is not None]


def _matches(contest: Contest, figures: Figures, owner: TpsFile) -> bool:
    """Whether a reading says what the plano of this TPS says, in every row both hold."""
    shared = _shared(contest, figures, owner)
    votes = [row for row in shared if row.startswith("suara") and addend(figures[row])]
    return len(votes) >= MISPLACED_VOTES and all(
        addend(figures[row]) == addend(owner.figure(PLANO, row)) for row in shared
    )


def _misplacement(
    contest: Contest, source: Source, chain: Sequence[tuple[TpsFile, TpsFile]], names: Mapping[str, str]
) -> Mixup:
    pairs = sorted(((file.tps, owner.tps) for file, owner in chain), key=lambda pair: pair[0].number)
    every = {one.code: one for pair in pairs for one in pair}
    tps = tuple(sorted(every.values(), key=lambda one: one.number))
    rows = set.intersection(*(set(_shared(contest, file.readings[source].figures, owner)) for file, owner in chain))
    closed = {file.tps.code for file, _owner in chain} == {owner.tps.code for _file, owner in chain}
    kind = ("bertukar" if len(chain) == 2 else "berputar") if closed else "bergeser"
    listed = "; ".join(f"TPS {here.number} = plano TPS {there.number}" for here, there in pairs)
    message = (
        f"Angka {source_label(source)} {_listed([names[one.code] for one in tps])} {kind}: {listed}, "
        f"sama di semua {len(rows)} baris yang terisi di keduanya."
    )
    ordered = tuple(row.name for row in contest.rows if row.name in rows)
    return Mixup(MISPLACED, source, tps, tuple(pairs), ordered, listed, message)


def _listed(names: Sequence[str]) -> str:
    return " dan ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
