"""What the rules find: in each reading, between the contests of a TPS, and across the kecamatan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pleno.domain import recap
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Actor, Entry, Kind
from pleno.domain.figures import PLANO, SIREKAP, Figures, Source
from pleno.domain.repair import Repair
from pleno.domain.rules import Breach, Finding, Kecamatan, Papers, Severity, kecamatan_findings, papers_findings
from pleno.domain.state import Tps
from pleno.service.session import Session
from pleno.service.views import contest_files, file_findings, file_repairs, tps_file


class Found(NamedTuple):
    """A finding with its place and what may be the slip."""

    contests: tuple[str, ...]
    """Profile ids; several where papers of one TPS are held against each other."""
    tps: tuple[Tps, ...]
    """Several where TPS are held against each other; none where it is the kecamatan as a whole."""
    place: str
    """TPS or desa, as people call it."""
    source: Source
    finding: Finding
    explained: bool
    """Resolved or acknowledged in writing."""
    repairs: tuple[Repair, ...] = ()
    """Of the broken sum that the finding marks, the likeliest first."""


def check(session: Session, contests: Sequence[Contest]) -> Iterator[Found]:
    """Everything the rules find in these contests."""
    files = {contest.id: contest_files(session, contest) for contest in contests}
    for contest in contests:
        for file in files[contest.id]:
            yield from _of_readings(session, file)
        yield from _of_kecamatan(session, contest, files[contest.id])
    if len(contests) > 1:
        by_tps: dict[str, dict[str, TpsFile]] = {}
        for contest in contests:
            for file in files[contest.id]:
                by_tps.setdefault(file.tps.code, {})[contest.id] = file
        for papers in by_tps.values():
            yield from _of_papers(session, papers)


def _of_readings(session: Session, file: TpsFile) -> Iterator[Found]:
    mended: dict[Source, list[Repair]] = {}
    for source, finding in file_findings(file):
        if source not in mended:
            mended[source] = file_repairs(file, source)
        fitting = tuple(repair for repair in mended[source] if repair.mends(finding.rule, finding.rows))
        place, explained = session.tps_name(file.tps), _is_explained(finding, file)
        yield Found((file.contest.id,), (file.tps,), place, source, finding, explained, fitting)


def _of_kecamatan(session: Session, contest: Contest, files: Sequence[TpsFile]) -> Iterator[Found]:
    names = {file.tps.code: session.tps_name(file.tps) for file in files}
    for finding, breach in kecamatan_findings(Kecamatan(contest, files, names)):
        yield Found((contest.id,), breach.tps, _place(session, breach), breach.source or PLANO, finding, False)


def _place(session: Session, breach: Breach) -> str:
    """The TPS it concerns, or its desa."""
    if len(breach.tps) == 1:
        return session.tps_name(breach.tps[0])
    desa = dict.fromkeys(session.desa[tps.desa].name for tps in breach.tps)
    return ", ".join(desa) if 0 < len(desa) <= _FEW else session.config.kecamatan


_FEW: Final = 3
"""Desa that are named one by one."""


def _of_papers(session: Session, files: Mapping[str, TpsFile]) -> Iterator[Found]:
    for source in (SIREKAP, PLANO):
        figures = {name: _figures(file, source) for name, file in files.items() if source in file.readings}
        for finding, breach in papers_findings(_papers(files, figures)):
            concerned = [files[name] for name in breach.contests]
            place, explained = session.tps_name(concerned[0].tps), _is_explained(finding, *concerned)
            yield Found(breach.contests, (concerned[0].tps,), place, source, finding, explained)


def _figures(file: TpsFile, source: Source) -> Figures:
    """What stands for the paper itself, else the reading."""
    return file.sementara if source == PLANO else file.readings[source].figures


def _papers(files: Mapping[str, TpsFile], figures: Mapping[str, Figures]) -> Papers:
    return Papers({name: file.contest for name, file in files.items()}, figures)


def _is_explained(finding: Finding, *files: TpsFile) -> bool:
    """Whether it was resolved or acknowledged at one of the papers it concerns."""
    every = (item for file in files for item in file.explanations)
    return any((item.rule, item.numbers) == (finding.rule, finding.numbers) for item in every)


def unresolved(session: Session, file: TpsFile, beside: Sequence[TpsFile] | None = None) -> list[Finding]:
    """What keeps a TPS from being sah, also against its papers for other contests (X rules).

    Hard findings that nobody resolved in writing, warnings that nobody acknowledged. `beside`: the same TPS in the
    other contests; read from the store where it is left out.
    """
    return recap.unresolved(file) + unresolved_beside(session, file, beside)


def unresolved_beside(session: Session, file: TpsFile, beside: Sequence[TpsFile] | None = None) -> list[Finding]:
    """The part of `unresolved` that the papers for other contests bring: X rules."""
    if beside is None:
        beside = other_papers(session, file)
    files = {one.contest.id: one for one in (*beside, file)}
    ordered = {name: files[name] for name in session.contests if name in files}
    figures = {name: one.ditetapkan for name, one in ordered.items()}
    return [
        finding
        for finding, breach in papers_findings(_papers(ordered, figures))
        if file.contest.id in breach.contests
        and finding.severity is not Severity.INFO
        and not _is_explained(finding, *(files[name] for name in breach.contests))
    ]


def other_papers(session: Session, file: TpsFile) -> list[TpsFile]:
    """The same TPS in every other contest that is read there."""
    return [
        tps_file(session, file.tps, contest)
        for contest in session.contests.values()
        if contest.id != file.contest.id and (not file.tps.contests or contest.id in file.tps.contests)
    ]


def explained(session: Session, actor: Actor, tps: Tps, contest: Contest, finding: Finding, note: str) -> Entry:
    """The entry that a finding was resolved or acknowledged in writing; not written yet."""
    return session.entry(
        Kind.FINDING_EXPLAINED,
        actor,
        contest=contest.id,
        tps=tps.code,
        note=note,
        data={"aturan": finding.rule, "angka": finding.numbers},
    )
