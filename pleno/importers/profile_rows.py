"""The rows of a form as a profile lists them: their codes, names, wordings, and the sums their wordings state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pleno.domain.contest import Part, Row, Section
from pleno.importers.limits import shown_outside
from pleno.importers.toml_table import TomlTable

_TRIPLES: Final = tuple(
    f"{who}_{category}"
    for who in ("pemilih", "pengguna")
    for category in ("dpt", "pindahan", "tambahan", "total", "disabilitas")
)
_SINGLES: Final = (
    "surat_diterima", "surat_digunakan", "surat_dikembalikan", "surat_tidak_digunakan",
    "suara_sah", "suara_tidak_sah", "suara_total",
)  # fmt: skip
_OPTIONAL: Final = (
    "pemilih_pindahan", "pemilih_tambahan", "pemilih_total", "pemilih_disabilitas", "pengguna_disabilitas",
)  # fmt: skip

SUMS: Final[Mapping[str, frozenset[str]]] = {
    "pemilih_total": frozenset({"pemilih_dpt", "pemilih_pindahan", "pemilih_tambahan"}),
    "pengguna_total": frozenset({"pengguna_dpt", "pengguna_pindahan", "pengguna_tambahan"}),
    "surat_diterima": frozenset({"surat_digunakan", "surat_dikembalikan", "surat_tidak_digunakan"}),
    "suara_total": frozenset({"suara_sah", "suara_tidak_sah"}),
}
"""A line of the form that is a total, and the lines it adds up (R03, R04, R10, R22)."""

_CODE: Final = re.compile(r"[A-Z]{1,4}(?:\.[A-Z0-9]{1,3}){0,3}")
_CODE_SHAPE: Final = "kode seperti I.A.1 atau II.2"
_RANGE: Final = re.compile(r"[A-Z]-[A-Z]")
_SECTION_CODE: Final = re.compile(f"{_CODE.pattern}|{_RANGE.pattern}")
_SECTION_CODE_SHAPE: Final = "kode seperti I.A, atau E-G untuk baris E, F dan G yang berdiri sendiri"
_FORMULA: Final = re.compile(r"\(([A-Z0-9.]+(?: \+ [A-Z0-9.]+)+)\)\Z")
_PART_NAMES: Final = tuple((part, f"_{part.value}", f".{part.value.upper()}") for part in Part)


class _Line(NamedTuple):
    """One line of the form."""

    table: TomlTable
    section: str
    code: str
    name: str
    label: str


@dataclass(slots=True)
class _Seen:
    """What the form had so far."""

    codes: dict[str, int] = field(default_factory=dict)
    """Code -> the line it stands on; so for names."""
    names: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """Wording -> name of the line it means."""
    lines: list[_Line] = field(default_factory=list)


def read_sections(root: TomlTable) -> tuple[tuple[Section, ...], str]:
    """The sections in the order of the form, and the code of the one that the choices fill.

    What is wrong becomes findings of `root`.
    """
    sections: list[Section] = []
    choice_sections: list[str] = []
    seen = _Seen()
    for table in root.tables("bagian"):
        written = table.text("kode", pattern=_SECTION_CODE, shape=_SECTION_CODE_SHAPE)
        code = _once(table, "kode", seen.codes, written)
        is_choices = table.flag("pilihan", False)
        title = root.text("judul_pilihan") if is_choices and not table.has("judul") else table.text("judul")
        if is_choices:
            choice_sections.append(code)
            if table.has("baris"):
                table.problem("baris", "tidak boleh ada; bagian ini diisi oleh berkas pilihan.")
            table.tables("baris", required=False)
            sections.append(Section(code, title, ()))
            continue
        rows = tuple(row for item in table.tables("baris") for row in _rows(item, code, seen))
        sections.append(Section(code, title, rows))
    if len(choice_sections) != 1:
        root.problem("bagian", f"harus memuat tepat satu bagian dengan pilihan = true, bukan {len(choice_sections)}.")
    if missing := [name for name in (*_TRIPLES, *_SINGLES) if name not in seen.names and name not in _OPTIONAL]:
        root.problem("bagian", f"tidak memuat baris {', '.join(missing)}.")
    _check_sums(root, seen)
    return tuple(sections), choice_sections[0] if choice_sections else ""


def _rows(table: TomlTable, section: str, seen: _Seen) -> Iterator[Row]:
    """The cells of one line of the form: one, or three where it has L, P and J columns."""
    code = _once(table, "kode", seen.codes, table.text("kode", pattern=_CODE, shape=_CODE_SHAPE))
    if code and section and not _is_inside(code, section):
        table.problem("kode", f"{code} tidak berada di dalam bagian {section}.")
    name = _once(table, "isian", seen.names, table.text("isian", among=(*_TRIPLES, *_SINGLES)))
    label = table.text("uraian")
    seen.lines.append(_Line(table, section, code, name, label))
    alias = tuple(text.upper() for text in table.texts("alias", ()))
    for text in (label.upper(), *alias):
        if text and seen.labels.setdefault(text, name) != name:
            table.problem("alias", f'"{shown_outside(text, 60)}" sudah menjadi sebutan {seen.labels[text]}.')
    has_parts = table.flag("lpj", False)
    if name and has_parts != (name in _TRIPLES):
        needed = "memerlukan lpj = true" if name in _TRIPLES else "hanya satu sel, tanpa lpj"
        table.problem("lpj", f"tidak cocok: {name} {needed}.")
    if not has_parts:
        yield Row(code, name, label, None, alias)
        return
    for part, name_end, code_end in _PART_NAMES:
        yield Row(code + code_end, name + name_end, label, part, alias)


def _is_inside(code: str, section: str) -> bool:
    """Whether a line belongs to a section: I.A.1 to I.A, F to E-G."""
    if _RANGE.fullmatch(section):
        return len(code) == 1 and section[0] <= code <= section[-1]
    return code.startswith(f"{section}.")


def _check_sums(root: TomlTable, seen: _Seen) -> None:
    """Find totals whose lines are not all there, and wordings that state another sum than the one that is checked."""
    for whole, parts in SUMS.items():
        if whole in seen.names and (missing := sorted(parts - seen.names.keys())):
            root.problem("bagian", f"memuat {whole} tanpa {', '.join(missing)}, sehingga tidak dapat dijumlahkan.")
    for line in seen.lines:
        found = _FORMULA.search(line.label)
        if found is None or not line.name:
            continue
        parts = SUMS.get(line.name, frozenset())
        if {_line_called(term, line.section, seen) for term in found[1].split(" + ")} != parts:
            right = " + ".join(other.code for other in seen.lines if other.name in parts)
            said = f"yang dijumlahkan ialah {right}" if right else f"{line.name} bukan jumlah baris lain"
            line.table.problem("uraian", f'menyebut "{found[0]}", padahal {said}.')


def _line_called(term: str, section: str, seen: _Seen) -> str:
    """Name of the line that a formula means: "A.1" and "1" in section I.A are I.A.1; the term where it is none."""
    for line in seen.lines:
        if line.code == term or (line.section == section and line.code.endswith(f".{term}")):
            return line.name
    return term


def _once(table: TomlTable, key: str, seen: dict[str, int], value: str) -> str:
    """`value`, remembered with its line; a finding when it was there before."""
    if value in seen:
        table.problem(key, f"{value} sudah ada di baris {seen[value]}.")
    elif value:
        seen[value] = table.line(key)
    return value
