"""A form as data: the rows of one contest, in the order of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

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
    """Any line that gets votes: a paslon, a candidate, the kolom kosong."""

    number: int
    """Nomor urut, 1 and up."""
    name: str
    sirekap_id: str | None = None
    """The id Sirekap's charts use where it does not follow from the number."""
    is_kolom_kosong: bool = False


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


@dataclass(frozen=True)
class Contest:
    """A profile with its choices: everything that may be asked about a form."""

    profile: Profile
    choices: tuple[Choice, ...]
    """By nomor urut."""
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
        return tuple(
            Row(f"{code}.{choice.number:02}", suara(choice.number), f"{choice.number:02} {choice.name}")
            for choice in self.choices
        )

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
        """Canonical names of the choice rows."""
        return tuple(suara(choice.number) for choice in self.choices)

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
    """Canonical name of the row that holds the votes of a choice."""
    return f"suara.{number}"


def _plain_code(code: str) -> str:
    """Row code without case and leading zeros, so that IV.2 finds IV.02."""
    parts = code.strip().upper().split(".")
    return ".".join(part.lstrip("0") or "0" if part.isascii() and part.isdigit() else part for part in parts)


def check_choices(profile: Profile, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices of a contest with the fixed ones added, by number.

    Raises PlenoError when a number occurs twice or there is nothing to choose from.
    """
    every = sorted((*choices, *profile.fixed_choices), key=lambda choice: choice.number)
    numbers = [choice.number for choice in every]
    if doubled := sorted({number for number in numbers if numbers.count(number) > 1}):
        listed = ", ".join(map(str, doubled))
        raise PlenoError(
            "Pilihan ditolak",
            f"Nomor urut {listed} ada lebih dari sekali pada {profile.id}.",
            "Perbaiki berkas pilihan.",
        )
    if len(every) < 2:
        raise PlenoError(
            "Pilihan ditolak",
            f"{profile.id} baru mempunyai {len(every)} pilihan.",
            "Isi berkas pilihan; calon tunggal memerlukan baris kolom kosong.",
        )
    return tuple(every)
