"""A form as data: the rows of one contest, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from pleno.domain.errors import PlenoError


class ContestKind(StrEnum):
    """What stands in section IV (DOMAIN.md section 2.3)."""

    PASLON = "paslon"
    PERSEORANGAN = "perseorangan"
    PARTAI = "partai"


class Part(StrEnum):
    """Which of the three columns LAKI-LAKI, PEREMPUAN, JUMLAH a cell is."""

    L = "l"
    P = "p"
    J = "j"


@dataclass(frozen=True, slots=True)
class Choice:
    """Any line that gets votes: a paslon, a candidate, a party, the kolom kosong."""

    number: int
    """Nomor urut, 1 and up; of a party's candidate the number within the party."""
    name: str
    sirekap_id: str | None = None
    """The id Sirekap's charts use where it does not follow from the number."""
    is_kolom_kosong: bool = False
    partai: int = 0
    """Number of the party on whose list a candidate stands; 0 = a contestant of its own: paslon, calon DPD, party."""

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: the order of the paper, a party before its candidates."""
        return (self.partai or self.number, int(bool(self.partai)), self.number)


class Partai(NamedTuple):
    """One party's block in section IV (DOMAIN.md section 2.3)."""

    choice: Choice
    votes: str
    """Row A.1: votes for the party itself."""
    calon: tuple[Choice, ...]
    calon_rows: tuple[str, ...]
    """Rows A.2, one per candidate."""
    total: str
    """Row B: "JUMLAH SUARA SAH PARTAI POLITIK DAN CALON (A.1 + A.2)"."""


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the paper form of a TPS."""

    code: str
    """For people and sheets: "I.B.1.L", "II.2", "IV.02", "V.A"."""
    name: str
    """Canonical: "pengguna_dpt_l", "surat_digunakan", "suara.2"."""
    label: str
    """The wording of the form; for a choice its number and name."""
    part: Part | None = None
    alias: tuple[str, ...] = ()
    """Other wordings by which an office's workbook may call this row, upper case."""


@dataclass(frozen=True, slots=True)
class Section:
    """A block of the form with its own heading."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A contest and year before its choices are known (pleno/profiles/*.toml)."""

    id: str
    name: str
    """As printed in headings: "PRESIDEN DAN WAKIL PRESIDEN"."""
    year: int
    sirekap_code: str
    """The contest's folder in Sirekap's paths: ppwp, pkwkp, pkwkk."""
    kind: ContestKind
    digits: int
    """Boxes a figure has on the plano; a larger figure is refused."""
    max_voters: int
    """Pemilih per TPS before R30 warns."""
    reserve_permille: int
    """Cadangan of ballot papers in thousandths of the DPT: 20 or 25."""
    basis: str
    """Regulation the form comes from."""
    models: Mapping[str, str]
    """Official form codes by purpose: tps, salinan, kecamatan, keberatan."""
    categories: Mapping[str, str]
    """Printed names of the canonical voter categories dpt, pindahan, tambahan."""
    sections: tuple[Section, ...]
    """In the order of the paper; the choice section has no rows here."""
    choice_section: str
    """Code of the section that the choices fill ("IV")."""
    fixed_choices: tuple[Choice, ...] = ()
    """Choices the profile itself brings, such as the kolom kosong."""
    sirekap_names: Mapping[str, str] = field(default_factory=dict)
    """Names in Sirekap's objects that differ, without the _l/_p/_j ending -> canonical."""
    thresholds: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Rule id -> limit name -> number, for example R30 -> maks -> 300."""

    @property
    def short_name(self) -> str:
        """ "PRESIDEN", "DPR", "DPRD KAB/KOTA": the contest where many stand in a line."""
        name = self.name.partition(" DAN ")[0].removeprefix("ANGGOTA ")
        return name.replace("KABUPATEN/KOTA", "KAB/KOTA")


@dataclass(frozen=True)
class Contest:
    """A profile with its choices: everything that may be asked about a form."""

    profile: Profile
    choices: tuple[Choice, ...]
    """In the order of the paper (`Choice.order`)."""
    unpublished: frozenset[str] = frozenset()
    """Rows never asked in this workspace (`[isian] tanpa`, practice only)."""

    def __hash__(self) -> int:
        """Cheap, so that what is worked out once per form is found again; equal contests have equal hashes."""
        return hash((self.profile.id, len(self.choices)))

    @property
    def id(self) -> str:
        return self.profile.id

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections with the choices in their place."""
        return tuple(
            Section(section.code, section.title, self._choice_rows(section.code))
            if section.code == self.profile.choice_section
            else section
            for section in self.profile.sections
        )

    def _choice_rows(self, code: str) -> tuple[Row, ...]:
        if self.profile.kind is ContestKind.PARTAI:
            return tuple(row for partai in self.partai for row in _block(code, partai))
        return tuple(
            Row(f"{code}.{choice.number:02}", suara(choice.number), _numbered(choice)) for choice in self.choices
        )

    @cached_property
    def contestants(self) -> tuple[Choice, ...]:
        """Who stands in the contest and may send a saksi: paslon, calon DPD, parties, and the kolom kosong."""
        return tuple(choice for choice in self.choices if not choice.partai)

    @cached_property
    def partai(self) -> tuple[Partai, ...]:
        """The blocks of a party contest, by number; empty in every other contest."""
        if self.profile.kind is not ContestKind.PARTAI:
            return ()
        lists: dict[int, list[Choice]] = {}
        for choice in self.choices:
            lists.setdefault(choice.partai, []).append(choice)
        return tuple(_partai(party, tuple(lists.get(party.number, ()))) for party in self.contestants)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the paper, in its order."""
        return tuple(row for section in self.sections for row in section.rows)

    @cached_property
    def asked(self) -> tuple[Row, ...]:
        """The rows a TPS must have before it can be settled."""
        return tuple(row for row in self.rows if row.name not in self.unpublished)

    @cached_property
    def by_name(self) -> Mapping[str, Row]:
        return {row.name: row for row in self.rows}

    @cached_property
    def votes(self) -> tuple[str, ...]:
        """The rows that suara_sah is the sum of: one per contestant, a party's being its total (R20)."""
        if self.partai:
            return tuple(partai.total for partai in self.partai)
        return tuple(suara(choice.number) for choice in self.choices)

    @cached_property
    def ballot_rows(self) -> Mapping[str, Choice]:
        """Every row in which a ballot is counted once, with the choice it is for: no totals."""
        if not self.partai:
            return {suara(choice.number): choice for choice in self.choices}
        return {
            row: choice
            for partai in self.partai
            for row, choice in ((partai.votes, partai.choice), *zip(partai.calon_rows, partai.calon, strict=True))
        }

    @cached_property
    def _by_code(self) -> Mapping[str, Row]:
        return {_plain_code(row.code): row for row in self.rows}

    def find(self, text: str) -> Row:
        """The row that a person names by canonical name or code ("suara.2", "IV.02", "IV.2").

        Raises PlenoError when there is no such row.
        """
        found = self.by_name.get(text) or self._by_code.get(_plain_code(text))
        if found is None:
            raise PlenoError(
                "Baris tidak dikenal",
                f'"{text}" bukan baris formulir {self.profile.name}.',
                f"Pakai nama atau kode baris, misalnya {self.rows[0].name} atau {self.rows[0].code}.",
            )
        return found


def suara(number: int) -> str:
    """Canonical name of the row that holds the votes of a paslon or a calon DPD."""
    return f"suara.{number}"


def suara_partai(number: int) -> str:
    """Canonical name of a party's row A.1."""
    return f"suara_partai.{number}"


def suara_calon(partai: int, number: int) -> str:
    """Canonical name of a candidate's row A.2."""
    return f"suara_calon.{partai}.{number}"


def suara_partai_total(number: int) -> str:
    """Canonical name of a party's row B."""
    return f"suara_partai_total.{number}"


def _partai(party: Choice, calon: tuple[Choice, ...]) -> Partai:
    number = party.number
    rows = tuple(suara_calon(number, choice.number) for choice in calon)
    return Partai(party, suara_partai(number), calon, rows, suara_partai_total(number))


def _block(section: str, partai: Partai) -> Iterator[Row]:
    """The rows of one party, from its own votes to the total."""
    code = f"{section}.{partai.choice.number}"
    yield Row(f"{code}.A.1", partai.votes, _numbered(partai.choice))
    for name, choice in zip(partai.calon_rows, partai.calon, strict=True):
        yield Row(f"{code}.A.2.{choice.number}", name, _numbered(choice))
    yield Row(f"{code}.B", partai.total, f"JUMLAH SUARA SAH PARTAI {partai.choice.number:02} DAN CALON (A.1 + A.2)")


def _numbered(choice: Choice) -> str:
    """A choice as its line is labelled: "02 Rahmat - Dewi"."""
    return f"{choice.number:02} {choice.name}"


def _plain_code(code: str) -> str:
    """Row code without case and leading zeros, so that IV.2 finds IV.02."""
    parts = code.strip().upper().split(".")
    return ".".join(part.lstrip("0") or "0" if part.isascii() and part.isdigit() else part for part in parts)


def check_choices(profile: Profile, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices of a contest with the fixed ones added, in the order of the paper.

    Raises PlenoError when a number occurs twice, a candidate's party is missing, a contest without parties has
    candidates on lists, or there is nothing to choose from.
    """
    every = sorted((*choices, *profile.fixed_choices), key=lambda choice: choice.order)
    contestants = {choice.number for choice in every if not choice.partai}
    for choice in every:
        if choice.partai and profile.kind is not ContestKind.PARTAI:
            raise _refused(f"{profile.id} bukan kontes partai, tetapi calon {choice.number} berpartai {choice.partai}.")
        if choice.partai and choice.partai not in contestants:
            raise _refused(f"Calon {choice.number} pada {profile.id} berpartai {choice.partai}, partai itu tidak ada.")
    orders = [choice.order for choice in every]
    if doubled := sorted({order for order in orders if orders.count(order) > 1}):
        listed = ", ".join(f"{own} (partai {partai})" if under else f"{own}" for partai, under, own in doubled)
        raise _refused(f"Nomor urut {listed} ada lebih dari sekali pada {profile.id}.")
    if len(contestants) < 2:
        raise PlenoError(
            "Pilihan ditolak",
            f"{profile.id} baru mempunyai {len(contestants)} pilihan.",
            "Isi berkas pilihan; calon tunggal memerlukan baris kolom kosong.",
        )
    return tuple(every)


def _refused(message: str) -> PlenoError:
    return PlenoError("Pilihan ditolak", message, "Perbaiki berkas pilihan.")
