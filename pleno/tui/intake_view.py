"""What an import would do, as plain values: everything that will and will not be taken, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.figures import FOTO, PLANO, SALINAN_PANWASLU, SIREKAP, Source, salinan
from pleno.domain.state import Tps
from pleno.domain.words import ranges

if TYPE_CHECKING:
    from pleno.domain.contest import Contest
    from pleno.service.intake import FileResult

_MOST_SAKSI = 5


class SourceChoice(NamedTuple):
    """One answer to "where do these figures come from"."""

    source: Source
    words: str


def source_choices(contest: Contest) -> tuple[SourceChoice, ...]:
    """What a file may be imported as, at most nine, one digit each."""
    saksi = [SourceChoice(salinan(one.number), f"salinan saksi {one.number:02}") for one in contest.contestants]
    return (
        SourceChoice(SIREKAP, "Sirekap"),
        SourceChoice(PLANO, "plano, menunggu dibacakan"),
        SourceChoice(FOTO, "foto"),
        SourceChoice(SALINAN_PANWASLU, "salinan Panwaslu"),
        *saksi[:_MOST_SAKSI],
    )


class IntakeLine(NamedTuple):
    """One line of the preview."""

    kind: str
    """ "ditolak", "catatan", "dilewati", "masuk" or "hilang"."""
    place: str
    """Where in the file, or which TPS."""
    text: str


@dataclass(frozen=True, slots=True)
class IntakeView:
    """The whole preview."""

    names: tuple[str, ...]
    """Files, in the order they were read."""
    fingerprint: str
    """Of the only file, "9C41 77A0"; empty for several."""
    formats: str
    taken: int
    """TPS papers that would be taken."""
    figures: int
    """Figures that would change."""
    refused: int
    ignored: int
    lines: tuple[IntakeLine, ...]


def intake_view(results: Sequence[FileResult], roster: Mapping[str, Tps], desa: Mapping[str, str]) -> IntakeView:
    """The preview of some files; `desa`: code to name."""
    named = {code: f"TPS {tps.number:03} {desa[tps.desa]}" for code, tps in roster.items()}
    several = len(results) > 1
    lines = [line for result in results for line in _problems(result, f"{result.name}: " if several else "", named)]
    lines.sort(key=lambda line: line.kind != "ditolak")
    taken = [one for result in results for one in result.taken]
    given = {one.reading.tps for one in taken}
    refused = {place for result in results for place in result.refused}
    lines += [IntakeLine("masuk", named[one.reading.tps], _what(len(one.merge.changes))) for one in taken]
    if taken:
        lines += _absent([tps for code, tps in roster.items() if code not in given | refused], desa)
    sha256 = results[0].sha256 if len(results) == 1 else None
    return IntakeView(
        names=tuple(result.name for result in results),
        fingerprint=f"{sha256[:4]} {sha256[4:8]}".upper() if sha256 else "",
        formats=", ".join(dict.fromkeys(result.format for result in results)),
        taken=len(taken),
        figures=sum(result.changed for result in results),
        refused=sum(len(result.refused) for result in results),
        ignored=sum(len(result.ignored) for result in results),
        lines=tuple(lines),
    )


def _problems(result: FileResult, file: str, named: Mapping[str, str]) -> Iterator[IntakeLine]:
    """Refusals first, then remarks, then what is passed by without a word."""
    refused, told = set(result.refused), set()
    for remark in sorted(result.remarks, key=lambda one: one.place not in refused):
        told.add(remark.place)
        yield IntakeLine("ditolak" if remark.place in refused else "catatan", file + remark.place, remark.message)
    for place in result.refused:
        if place not in told:
            yield IntakeLine("ditolak", file + named.get(place, place), "seluruh angkanya tidak diambil")
    for place in result.ignored:
        if place not in told:
            yield IntakeLine("dilewati", file + place, "tidak memuat angka satu TPS, atau sudah ada")


def _absent(missing: Sequence[Tps], desa: Mapping[str, str]) -> Iterator[IntakeLine]:
    """TPS of the list that the files do not speak of, desa by desa."""
    for code, name in desa.items():
        if numbers := [tps.number for tps in missing if tps.desa == code]:
            yield IntakeLine("hilang", name, f"TPS {ranges(numbers)} ada di daftar, tidak ada di berkas")


def _what(changes: int) -> str:
    return f"{changes} angka berubah" if changes else "sama dengan yang sudah ada"
