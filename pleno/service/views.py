"""What a workspace shows: one TPS, a contest, its differences, findings and sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry, Kind
from pleno.domain.figures import DITETAPKAN, PLANO, Figures, Source
from pleno.domain.keberatan import Keberatan
from pleno.domain.recap import DesaRecap, Recap
from pleno.domain.repair import Repair, repairs
from pleno.domain.rules import Finding, tps_findings
from pleno.domain.state import Answer, Explanation, Pembetulan, Reading, Settlement, State, T, Tps
from pleno.exporters.columns import ColumnKind, columns
from pleno.service.session import Session


def tps_file(session: Session, tps: Tps, contest: Contest) -> TpsFile:
    """Everything known about one TPS x contest."""
    state, key = session.state, (tps.code, contest.id)
    return TpsFile(
        tps=tps,
        contest=contest,
        readings={reading.source: reading for reading in state.of_tps(Reading, *key)},
        pembetulan=tuple(state.of_tps(Pembetulan, *key)),
        answers=tuple(state.of_tps(Answer, *key)),
        explanations=tuple(state.of_tps(Explanation, *key)),
        settlement=state.get(Settlement, *key),
        keberatan=tuple(state.of_tps(Keberatan, *key)),
    )


def tps_of(session: Session, contest: Contest) -> list[Tps]:
    """The TPS where a contest is read, desa by desa."""
    return [tps for tps in session.roster.values() if not tps.contests or contest.id in tps.contests]


def contest_files(session: Session, contest: Contest, past: State | None = None) -> list[TpsFile]:
    """All TPS of a contest, read from the store in a few statements; `past`: as they stood then."""
    state = past or session.state
    readings = _by_tps(state, contest, Reading)
    pembetulan = _by_tps(state, contest, Pembetulan)
    answers = _by_tps(state, contest, Answer)
    explanations = _by_tps(state, contest, Explanation)
    settlements = _by_tps(state, contest, Settlement)
    keberatan = _by_tps(state, contest, Keberatan)
    return [
        TpsFile(
            tps=tps,
            contest=contest,
            readings={reading.source: reading for reading in readings.get(tps.code, ())},
            pembetulan=pembetulan.get(tps.code, ()),
            answers=answers.get(tps.code, ()),
            explanations=explanations.get(tps.code, ()),
            settlement=next(iter(settlements.get(tps.code, ())), None),
            keberatan=keberatan.get(tps.code, ()),
        )
        for tps in tps_of(session, contest)
    ]


def _by_tps(state: State, contest: Contest, kind: type[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for record in state.of_contest(kind, contest.id):
        found.setdefault(record.tps, []).append(record)
    return found


def recap(session: Session, contest: Contest, past: State | None = None) -> Recap:
    """Sums of a contest, desa by desa; `past`: as they stood then."""
    return recap_of(session, contest, contest_files(session, contest, past))


def recap_of(session: Session, contest: Contest, files: Sequence[TpsFile]) -> Recap:
    """The sums of TPS that were read already; `files` are all of the contest."""
    by_desa: dict[str, list[TpsFile]] = {}
    for file in files:
        by_desa.setdefault(file.tps.desa, []).append(file)
    return Recap(contest, [DesaRecap(session.desa[code], files) for code, files in by_desa.items()])


def _vectors(file: TpsFile) -> dict[Source, Figures]:
    """Every reading of a TPS, then its determined figures where they differ from the plano."""
    vectors: dict[Source, Figures] = {source: reading.figures for source, reading in file.readings.items()}
    plano = vectors.get(PLANO, {})
    determined = file.read_aloud().ditetapkan
    if determined and dict(determined) != {row: figure for row, figure in plano.items() if figure is not None}:
        vectors[DITETAPKAN] = determined
    return vectors


def printed_pages(session: Session, items: int) -> list[range]:
    """Which TPS or desa, from 0, stand on each printed page of a sheet with so many of them."""
    pages = columns(items, session.config.kolom_per_halaman)
    shown = [[column.item for column in page if column.kind is ColumnKind.VALUE] for page in pages]
    return [range(page[0] or 0, (page[-1] or 0) + 1) for page in shown if page] or [range(0)]


def file_findings(file: TpsFile) -> Iterator[tuple[Source, Finding]]:
    """The findings of every reading of a TPS, then of what is determined where that differs from the plano.

    Waiting plano figures count as read, so that whatever would keep the TPS from being settled shows.
    """
    for source, figures in _vectors(file).items():
        for finding in tps_findings(file, figures):
            yield source, finding


def file_repairs(file: TpsFile, source: Source) -> list[Repair]:
    """How one reading of a TPS could be mended, the likeliest first; never applied."""
    others = {other: reading.figures for other, reading in file.readings.items() if other != source}
    return repairs(file.contest, _vectors(file)[source], others)


def journal(session: Session, first: int = 1, last: int | None = None, tps: Tps | None = None) -> Iterator[Entry]:
    """Entries in order; with `tps`, only those that touch it."""
    for entry in session.store.entries(first, last):
        if tps is None or tps.code in _tps_of_entry(entry):
            yield entry


def _tps_of_entry(entry: Entry) -> set[str | None]:
    """Every TPS an entry touches; a file may bring a TPS nothing but figures that stand against others."""
    brought = (tps for tps, _contest, _ts in entry.data["bacaan"]) if entry.kind is Kind.FILE_IMPORTED else ()
    return {entry.tps, *(change.tps for change in entry.changes), *brought}
