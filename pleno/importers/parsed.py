"""What an importer makes of a file: readings that may be taken, and everything that may not, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure, Source
from pleno.domain.state import Tps


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


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file whose structure is sound."""

    name: str
    """File name without folder, safe to show."""
    sha256: str
    size: int
    """Bytes."""
    format: str
    """sirekap, csv, zip, xlsx."""
    data: bytes
    """The file itself, kept as the original."""
    readings: tuple[ParsedReading, ...]
    refused: tuple[str, ...]
    """TPS codes, or places where no code could be read, whose figures are all refused."""
    ignored: tuple[str, ...]
    """Places without figures of a TPS: aggregate objects, totals rows, objects without a figure."""
    remarks: tuple[Remark, ...]
    """Why something was refused or ignored, and what was read with a grain of salt."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of which nothing may be taken."""

    name: str
    sha256: str | None
    """None where it could not even be read."""
    error: PlenoError
