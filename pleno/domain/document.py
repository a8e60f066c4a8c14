"""Everything one exported set of one contest says, before it is any file format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pleno.domain.chain import Json
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Row
from pleno.domain.entry import Entry
from pleno.domain.figures import PLANO, Figures
from pleno.domain.keberatan import Keberatan
from pleno.domain.recap import DesaRecap, Recap, Sums
from pleno.domain.regional import NATIONWIDE, RegionalWords
from pleno.domain.room import Room
from pleno.domain.signers import Signer, SigningRule
from pleno.domain.state import Kehadiran, Meeting, Pembetulan, Person, SheetStatus, Tps


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One pembetulan as the register of corrections prints it, refused and withdrawn ones too."""

    pembetulan: Pembetulan
    tps: Tps
    desa: str
    row: Row
    proposed_at: datetime
    proposer: str
    """Name, not id; likewise the next two."""
    confirmer: str
    """Who confirmed, refused or withdrew it; empty while it waits."""
    witness: Sequence[str]


@dataclass(frozen=True, slots=True)
class Incident:
    """One line of the sheet kejadian khusus: an explained finding, a reopening, a refused copy."""

    seq: int
    at: datetime
    tps: str
    """ "TPS 004 PULAU PANGGANG", or empty where it concerns the whole meeting."""
    sentence: str
    is_emergency: bool = False
    """Glass was broken: printed in red (TRUST.md section 7)."""


@dataclass(frozen=True, slots=True)
class KeberatanLine:
    """One keberatan or kejadian khusus as its sheet prints it, withdrawn ones too."""

    item: Keberatan
    at: datetime
    place: str
    """ "TPS 004 PULAU PANGGANG", or that it concerns the whole kecamatan."""
    about: str
    """The row, and both figures where a copy differs from the plano; else empty."""
    pengaju: str
    """Whose saksi, or which office."""
    answerer: str
    """Name of who answered or withdrew it; empty while it is open."""
    answered_at: datetime | None


@dataclass(frozen=True)
class Document:
    """The content of one set; exporters turn it into workbooks and data files."""

    recap: Recap
    meeting: Meeting
    number: int
    """Export number of this workspace, 1 and up."""
    replaces: int | None
    status: SheetStatus
    ppk: Sequence[Person]
    """Ketua first."""
    kehadiran: Sequence[Kehadiran]
    register: Sequence[RegisterLine]
    incidents: Sequence[Incident]
    seals: Sequence[str]
    """Printed lines of the seals, oldest first (TRUST.md section 5)."""
    opened: datetime | None
    """When the pleno was opened and closed."""
    closed: datetime | None
    created: datetime
    app: str
    genesis: str
    """Hex of h_0."""
    head_seq: int
    head_hash: str
    journal: Sequence[Entry]
    seal: Mapping[str, Json] | None = None
    """The newest seal as the manifest holds it: no, seq, head (hash of its entry), angka_saksi, words."""
    checkpoint: str = ""
    """The same seal as the file that goes with the set; empty while there is none."""
    signers: Sequence[Signer] = ()
    """Who may sign this set: everybody with a key; nobody on a KONSEP."""
    signing_rule: SigningRule = field(default_factory=SigningRule)
    keberatan: Sequence[KeberatanLine] = ()
    """By number."""
    room: Room = field(default_factory=Room)
    """Attendance, suspensions, boxes and the answers of witnesses."""
    place: str = ""
    """Where the pleno is held; empty while nobody said."""
    voided: bool = False
    """Whether it is BATAL and only shown again; `status` is then what it was."""
    words: RegionalWords = NATIONWIDE
    """What the region calls kecamatan, PPK, KPU and the like: for what sheets say, never for what people typed."""

    @property
    def mark(self) -> str:
        """The word every sheet carries across it; empty on a determined official sheet."""
        if self.voided:
            return SheetStatus.BATAL.value
        if self.meeting.practice:
            return "LATIHAN"
        return "" if self.status in (SheetStatus.DITETAPKAN, SheetStatus.DITANDATANGANI) else self.status.value

    def figures(self, file: TpsFile) -> Figures:
        """What a TPS column shows: provisional on a KONSEP, determined once all is sah."""
        return file.sementara if self.status is SheetStatus.KONSEP else file.ditetapkan

    def sums(self, part: DesaRecap | Recap) -> Sums:
        """The sums that go with those columns."""
        return part.provisional if self.status is SheetStatus.KONSEP else part.final

    def corrected(self, file: TpsFile) -> frozenset[str]:
        """Rows of a TPS whose determined figure is not what the paper says."""
        return frozenset(
            cell.row.name
            for cell in file.cells
            if cell.ditetapkan is not None
            and (written := file.figure(PLANO, cell.row.name)) is not None
            and cell.ditetapkan != written
        )
