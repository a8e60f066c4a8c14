"""What an importer makes of a file: readings that may be taken, and everything that may not, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure, Source
from pleno.domain.state import Tps
from pleno.importers.workbook_map import WorkbookMap


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of a preview."""

    place: str
    """Where in the file: "3101011001001.json", "baris 7", "DESA_A!C12"."""
    message: str
    """One Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class ParsedReading:
    """The paper of one TPS x contest as a file gives it."""

    tps: str
    """13-digit code, always in Target.roster."""
    contest: str
    """Profile id."""
    figures: Mapping[str, Figure]
    """Canonical row name to figure; only what was given, so never None."""
    ts: str | None
    """Time of the Sirekap object, "2024-02-16 18:01:02"; None where the format has none."""
    place: str
    """Where in the file it stands."""


class Parts(NamedTuple):
    """What one parser found in one file or zip member; the fields are those of ParsedFile."""

    readings: tuple[ParsedReading, ...] = ()
    refused: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    stamps: tuple[str, ...] = ()
    """What pleno printed at the foot of its own sheets, by which an older export is known."""


class OtherKecamatan(PlenoError):
    """A file, or a part of one, that belongs to another kecamatan."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an importer may rely on: the workspace a file is read for."""

    contests: tuple[Contest, ...]
    """In the order of pleno.toml."""
    roster: Mapping[str, Tps]
    """13-digit code to TPS."""
    desa: Mapping[str, str]
    """10-digit code to name."""
    kecamatan: str
    """6-digit code."""
    source: Source
    """What the file is imported as."""
    contest: str | None = None
    """Profile id forced by --kontes."""
    tps: str | None = None
    """13-digit code forced by --tps."""
    maps: tuple[WorkbookMap, ...] = ()
    """What the office says of its own workbooks."""

    def contest_of(self, profile: str) -> Contest | None:
        """The contest of this workspace with that profile id."""
        return next((contest for contest in self.contests if contest.id == profile), None)

    def only_contest(self) -> Contest | None:
        """The contest that --kontes names, else the only one of this workspace; None where there are several.

        PlenoError when --kontes names none of them.
        """
        if self.contest is None:
            return self.contests[0] if len(self.contests) == 1 else None
        if (found := self.contest_of(self.contest)) is None:
            known = ", ".join(contest.id for contest in self.contests)
            raise PlenoError(
                "Kontes tidak dikenal", f"{self.contest} bukan kontes ruang kerja ini.", f"Pakai: {known}."
            )
        return found

    def why_not(self, tps: str, contest: Contest) -> str | None:
        """Why figures of this TPS code cannot be taken for this contest; None when they can."""
        if not tps.startswith(self.kecamatan):
            return f"TPS {tps} termasuk kecamatan lain ({tps[:6]}), bukan {self.kecamatan}."
        known = self.roster.get(tps)
        if known is None:
            return f"TPS {tps} tidak ada dalam daftar TPS."
        if known.contests and contest.id not in known.contests:
            return f"TPS {tps} tidak membaca {contest.profile.name}."
        return None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file whose structure is sound."""

    name: str
    """File name without folder, safe to show."""
    sha256: str
    size: int
    """Bytes."""
    format: str
    """sirekap, csv, xlsx; a zip has the format of its members, "zip" where they differ."""
    data: bytes
    """The file itself, kept as the original."""
    readings: tuple[ParsedReading, ...]
    refused: tuple[str, ...]
    """TPS codes, or places where no code could be read, whose figures are all refused."""
    ignored: tuple[str, ...]
    """Places without figures of a TPS: aggregate objects, totals rows, objects without a figure."""
    remarks: tuple[Remark, ...]
    """Why something was refused or ignored, and what was read with a grain of salt."""
    stamps: tuple[str, ...] = ()
    """As in Parts."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of which nothing may be taken."""

    name: str
    sha256: str | None
    """None where it could not even be read."""
    error: PlenoError
