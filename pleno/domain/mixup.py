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
    """A04: "TPS 001 PULAU PANGGANG = TPS 002 PULAU PANGGANG"; A05: "TPS 1 = plano TPS 4; ..."."""
    message: str
    """One sentence with the TPS and what matches."""


def mixups(contest: Contest, files: Sequence[TpsFile], names: Mapping[str, str]) -> list[Mixup]:
    """All mixups of one contest; `names` calls each TPS code "TPS 004 PULAU PANGGANG" for the sentences."""
    planos = _by_votes(contest, PLANO, files)
    found: list[Mixup] = []
    for source in sorted({source for file in files for source in file.readings}, key=source_order):
        votes = planos if source == PLANO else _by_votes(contest, source, files)
        if not is_paper(source):
            found += _misplaced(contest, source, votes, planos, names)
        found += _copied(contest, source, votes, names)
    return found


_Votes: TypeAlias = tuple[int, ...]
"""Of all choices, in the order of the paper."""
_ByVotes: TypeAlias = Mapping[_Votes, Sequence[TpsFile]]


def _by_votes(contest: Contest, source: Source, files: Iterable[TpsFile]) -> _ByVotes:
    """The TPS with the same votes in one reading; a TPS with an unread vote is left out."""
    found: dict[_Votes, list[TpsFile]] = {}
    for file in files:
        if reading := file.readings.get(source):
            votes = [addend(reading.figures.get(row)) for row in contest.votes]
            if None not in votes:
                found.setdefault(tuple(vote for vote in votes if vote is not None), []).append(file)
    return found


# --- A04: copied columns -------------------------------------------------------------------------


def _copied(contest: Contest, source: Source, by_votes: _ByVotes, names: Mapping[str, str]) -> Iterator[Mixup]:
    for votes, same in by_votes.items():
        filled = sum(vote > 0 for vote in votes)
        if len(same) > 1 and filled >= COPIED_VOTES:
            tps = tuple(file.tps for file in same)
            called = [names[one.code] for one in tps]
            message = (
                f"{_listed(called)} mempunyai suara yang sama untuk semua {len(votes)} pilihan "
                f"({filled} di antaranya bukan 0) di {source_label(source)}: "
                "mungkin satu lembar dipakai untuk beberapa TPS."
            )
            yield Mixup(COPIED, source, tps, (), contest.votes, " = ".join(called), message)


# --- A05: papers at the wrong TPS ----------------------------------------------------------------


def _misplaced(
    contest: Contest, source: Source, by_votes: _ByVotes, planos: _ByVotes, names: Mapping[str, str]
) -> Iterator[Mixup]:
    """Chains of TPS that each hold the plano of the next; a chain that closes is a swap or a rotation."""
    moved = {
        file.tps.code: (file, owner)
        for votes, same in by_votes.items()
        for file in same
        if (owner := _owner(contest, file, source, planos.get(votes, ()))) is not None
    }
    owned, left = {owner.tps.code for _file, owner in moved.values()}, set(moved)
    for first in sorted(moved, key=lambda code: (code in owned, code)):
        chain: list[tuple[TpsFile, TpsFile]] = []
        at = first
        while at in left:
            left.remove(at)
            chain.append(moved[at])
            at = moved[at][1].tps.code
        if chain:
            yield _misplacement(contest, source, chain, names)


def _owner(contest: Contest, file: TpsFile, source: Source, alike: Sequence[TpsFile]) -> TpsFile | None:
    """The other TPS of the desa whose plano a reading is; None where it is its own."""
    figures = file.readings[source].figures
    others = [other for other in alike if other.tps.desa == file.tps.desa and other is not file]
    if not others or _filled(contest, figures) < MISPLACED_VOTES or _agree(contest, figures, _plano(file)):
        return None
    return next((other for other in others if _agree(contest, figures, _plano(other))), None)


def _shared(contest: Contest, figures: Figures, plano: Figures) -> list[str]:
    """Rows that both hold."""
    return [row.name for row in contest.rows if figures.get(row.name) is not None and plano.get(row.name) is not None]


def _filled(contest: Contest, figures: Figures) -> int:
    """Figures of sections IV and V above 0."""
    return sum(bool(addend(figures.get(row.name))) for row in contest.rows if row.name.startswith("suara"))


def _agree(contest: Contest, figures: Figures, plano: Figures) -> bool:
    """Whether a reading says what a plano says, in every row both hold and in enough votes."""
    shared = _shared(contest, figures, plano)
    filled = _filled(contest, {row: figures[row] for row in shared})
    return filled >= MISPLACED_VOTES and all(addend(figures[row]) == addend(plano[row]) for row in shared)


def _plano(file: TpsFile) -> Figures:
    return file.readings[PLANO].figures if PLANO in file.readings else {}


def _misplacement(
    contest: Contest, source: Source, chain: Sequence[tuple[TpsFile, TpsFile]], names: Mapping[str, str]
) -> Mixup:
    pairs = sorted(((file.tps, owner.tps) for file, owner in chain), key=lambda pair: pair[0].number)
    every = {one.code: one for pair in pairs for one in pair}
    tps = tuple(sorted(every.values(), key=lambda one: one.number))
    rows = set.intersection(
        *(set(_shared(contest, file.readings[source].figures, _plano(owner))) for file, owner in chain)
    )
    closed = {file.tps.code for file, _owner in chain} == {owner.tps.code for _file, owner in chain}
    kind = ("bertukar" if len(chain) == 2 else "berputar") if closed else "bergeser"
    listed = "; ".join(f"TPS {here.number} = plano TPS {there.number}" for here, there in pairs)
    movers = f"Angka {source_label(source)} {_listed([names[here.code] for here, _there in pairs])}"
    alike = "masing-masing sama dengan plano TPS lain"
    if len(pairs) == 1:
        alike = f"sama dengan plano {names[pairs[0][1].code]}"
    message = f"{movers} {kind}: {alike} di semua {len(rows)} baris yang terisi di keduanya."
    ordered = tuple(row.name for row in contest.rows if row.name in rows)
    return Mixup(MISPLACED, source, tps, tuple(pairs), ordered, listed, message)


def _listed(names: Sequence[str]) -> str:
    return " dan ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
