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
from pleno.domain.rules.finding import Breach, Severity
from pleno.domain.rules.rule import Kecamatan, OnKecamatan, Rule
from pleno.domain.rules.shapes import numbers_of, whole_numbers_of
from pleno.domain.rules.thresholds import threshold
from pleno.domain.state import Tps


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
    told: Mapping[str, str]
    """What the sentences of the rule put in place of their {names}."""

    @property
    def message(self) -> str:
        """One sentence with the TPS and what matches."""
        return (A04 if self.rule == "A04" else A05).operator.format_map(self.told)

    @property
    def breach(self) -> Breach:
        return Breach(self.rows, self.numbers, self.told, self.tps, self.source)


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
    votes_of = whole_numbers_of(contest.votes)
    found: dict[_Votes, list[TpsFile]] = {}
    for file in files:
        reading = file.readings.get(source)
        if reading is not None and (votes := votes_of(reading.figures)) is not None:
            found.setdefault(votes, []).append(file)
    return found


# --- A04: copied columns -------------------------------------------------------------------------


def _copied(contest: Contest, source: Source, by_votes: _ByVotes, names: Mapping[str, str]) -> Iterator[Mixup]:
    least = threshold(contest, "A04", "pilihan")
    for votes, alike in by_votes.items():
        filled = sum(vote > 0 for vote in votes)
        if len(alike) < 2 or filled < least:
            continue
        for same in _same_calon(contest, source, alike):
            tps = tuple(file.tps for file in same)
            called = [names[one.code] for one in tps]
            told = {
                "tps": _listed(called),
                "pilihan": f"{len(votes)}",
                "terisi": f"{filled}",
                "sumber": source_label(source),
            }
            yield Mixup("A04", source, tps, (), contest.votes, " = ".join(called), told)


def _same_calon(contest: Contest, source: Source, alike: Sequence[TpsFile]) -> Iterator[Sequence[TpsFile]]:
    """Of TPS with the same totals of parties, those whose candidates have the same votes too."""
    ballots_of = numbers_of(tuple(contest.ballot_rows))
    found: dict[tuple[int | None, ...], list[TpsFile]] = {}
    for file in alike:
        found.setdefault(ballots_of(file.readings[source].figures), []).append(file)
    return (same for same in found.values() if len(same) > 1)


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
    if not others or not _says_enough(contest, figures) or _agree(contest, figures, _plano(file)):
        return None
    return next((other for other in others if _agree(contest, figures, _plano(other))), None)


def _shared(contest: Contest, figures: Figures, plano: Figures) -> list[str]:
    """Rows that both hold."""
    return [row.name for row in contest.rows if figures.get(row.name) is not None and plano.get(row.name) is not None]


def _says_enough(contest: Contest, figures: Figures) -> bool:
    """Whether so many figures of sections IV and V are above 0 that they say whose paper it is."""
    filled = sum(bool(addend(figures.get(row.name))) for row in contest.rows if row.name.startswith("suara"))
    return filled >= threshold(contest, "A05", "angka")


def _agree(contest: Contest, figures: Figures, plano: Figures) -> bool:
    """Whether a reading says what a plano says, in every row both hold and in enough votes."""
    told = {row: figures[row] for row in _shared(contest, figures, plano)}
    return _says_enough(contest, told) and all(addend(figure) == addend(plano[row]) for row, figure in told.items())


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
    alike = "masing-masing sama dengan plano TPS lain"
    if len(pairs) == 1:
        alike = f"sama dengan plano {names[pairs[0][1].code]}"
    told = {
        "sumber": source_label(source),
        "tps": _listed([names[here.code] for here, _there in pairs]),
        "cara": kind,
        "sama": alike,
        "baris": f"{len(rows)}",
    }
    ordered = tuple(row.name for row in contest.rows if row.name in rows)
    return Mixup("A05", source, tps, tuple(pairs), ordered, listed, told)


def _listed(names: Sequence[str]) -> str:
    return " dan ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _on(rule: str) -> OnKecamatan:
    def check(kecamatan: Kecamatan) -> Iterator[Breach]:
        found = mixups(kecamatan.contest, kecamatan.files, kecamatan.names)
        return (mixup.breach for mixup in found if mixup.rule == rule)

    return OnKecamatan(check)


A04: Final = Rule(
    "A04", Severity.PERINGATAN, "suara seluruh pilihan satu TPS = suara seluruh pilihan TPS lain, satu sumber",
    ("suara.N",),
    "{tps} mempunyai suara yang sama untuk semua {pilihan} pilihan ({terisi} di antaranya bukan 0) di {sumber}: "
    "mungkin satu lembar dipakai untuk beberapa TPS.",
    "Di {sumber} suara {tps} sama pada semua {pilihan} pilihan; cocokkan dengan C.HASIL masing-masing.", _on("A04"),
)  # fmt: skip
A05: Final = Rule(
    "A05", Severity.PERINGATAN, "angka satu TPS = plano TPS lain sedesa, bukan plano sendiri", ("x",),
    "Angka {sumber} {tps} {cara}: {sama} di semua {baris} baris yang terisi di keduanya.",
    "Di {sumber} angka {tps} {cara} dengan plano TPS lain sedesa ({angka}); cocokkan nomor TPS di kertasnya.",
    _on("A05"),
)  # fmt: skip
