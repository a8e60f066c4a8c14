"""Profiles of contests: the forms as data, shipped with pleno or written by an office (FORMATS.md, "Profile")."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from pleno.domain.contest import Choice, ContestKind, Part, Profile, Row, Section
from pleno.domain.errors import PlenoError
from pleno.importers.limits import nearest, shown_outside
from pleno.importers.toml_syntax import read_toml
from pleno.importers.toml_table import TomlTable, parse_toml

PROFILE_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

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
_MODELS: Final = ("tps", "salinan", "kecamatan", "keberatan")
_CATEGORIES: Final = ("dpt", "pindahan", "tambahan")
_LIMITS: Final = ("maks",)
_ROW_CODE: Final = re.compile(r"[IVX]+(?:\.[A-Z0-9]{1,3}){0,3}")
_ROW_CODE_SHAPE: Final = "kode seperti I.A.1 atau II.2"
_RULE: Final = re.compile(r"[RXA][0-9]{2}")
_PART_NAMES: Final = tuple((part, f"_{part.value}", f".{part.value.upper()}") for part in Part)


def shipped_profiles() -> tuple[str, ...]:
    """Ids of the profiles that come with pleno, sorted."""
    found = (item.name for item in files("pleno.profiles").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def load_profile(profile_id: str, beside: Path | None = None) -> Profile:
    """The profile of this id: the office's own `<id>.toml` in the folder `beside`, else the shipped one.

    PlenoError when there is neither, or when the file does not hold a whole form.
    """
    return parse_profile(_text(profile_id, beside), f"{profile_id}.toml")


def fingerprint(profile_id: str, beside: Path | None = None) -> str:
    """SHA-256 (hex) of the text that `load_profile` reads, whatever its line ends."""
    return hashlib.sha256(_text(profile_id, beside).encode()).hexdigest()


def _text(profile_id: str, beside: Path | None) -> str:
    if not PROFILE_ID.fullmatch(profile_id):
        raise _no_profile(profile_id)
    name = f"{profile_id}.toml"
    if beside is not None and os.path.lexists(own := beside / name):
        return "\n".join(read_toml(own).splitlines())
    if profile_id not in shipped_profiles():
        raise _no_profile(profile_id)
    return "\n".join(files("pleno.profiles").joinpath(name).read_text(encoding="utf-8").splitlines())


def _no_profile(profile_id: str) -> PlenoError:
    known = shipped_profiles()
    return PlenoError(
        "Profil tidak dikenal",
        f'Tidak ada profil "{shown_outside(profile_id, 40)}".{nearest(profile_id[:60], known)}',
        f"Profil bawaan: {', '.join(known)}. Profil kantor sendiri diletakkan di sebelah pleno.toml.",
    )


def parse_profile(text: str, name: str) -> Profile:
    """The profile that a TOML text holds; `name` is its file name, whose stem must be the id.

    PlenoError names every wrong line and key at once.
    """
    root = parse_toml(text, name)
    profile_id = root.text("id", pattern=PROFILE_ID, limit=60, shape="huruf kecil, angka dan tanda hubung")
    if profile_id and f"{profile_id}.toml" != name:
        root.problem("id", f'"{profile_id}" tidak sama dengan nama berkas {shown_outside(name)}.')
    sections, choice_section = _sections(root)
    profile = Profile(
        id=profile_id,
        name=root.text("nama"),
        year=root.integer("tahun", 1999, 2199),
        sirekap_code=root.text("kode_sirekap", pattern=re.compile("[a-z]{3,10}"), shape="kode seperti pkwkk"),
        kind=_kind(root),
        digits=root.integer("digit", 1, 5),
        max_voters=root.integer("maks_pemilih", 1, 99_999),
        reserve_permille=root.permille("cadangan_persen", 100),
        basis=root.text("sumber"),
        models=_texts_of(root.table("model"), _MODELS),
        categories=_texts_of(root.table("kategori"), _CATEGORIES),
        sections=sections,
        choice_section=choice_section,
        fixed_choices=tuple(_fixed_choices(root)),
        sirekap_names=_sirekap_names(root, sections),
        thresholds=_thresholds(root),
    )
    root.done()
    return profile


def _kind(root: TomlTable) -> ContestKind:
    written = root.text("jenis", among=tuple(kind.value for kind in ContestKind))
    return ContestKind(written) if written else ContestKind.PASLON


def _texts_of(table: TomlTable, keys: tuple[str, ...]) -> Mapping[str, str]:
    return {key: table.text(key) for key in keys}


def _fixed_choices(root: TomlTable) -> Iterator[Choice]:
    for item in root.tables("pilihan_tetap", required=False):
        yield Choice(item.integer("nomor", 1, 99), item.text("nama"), None, item.flag("kolom_kosong", False))


def _thresholds(root: TomlTable) -> Mapping[str, Mapping[str, int]]:
    table = root.table("aturan", required=False)
    found: dict[str, Mapping[str, int]] = {}
    for rule in table.keys():  # noqa: SIM118  # a TomlTable is no dict
        limits = table.table(rule)
        if not _RULE.fullmatch(rule):
            table.problem(rule, "bukan kode aturan seperti R30.")
        found[rule] = {key: limits.integer(key, 0, 99_999) for key in _LIMITS}
    return found


def _sirekap_names(root: TomlTable, sections: tuple[Section, ...]) -> Mapping[str, str]:
    table = root.table("sirekap", required=False)
    bases = tuple({_base(row): None for section in sections for row in section.rows})
    return {
        key: table.text(key, among=bases)
        for key in table.keys()  # noqa: SIM118  # a TomlTable is no dict
    }


def _base(row: Row) -> str:
    """Name of a row without the ending of its part."""
    return row.name if row.part is None else row.name.removesuffix(f"_{row.part.value}")


def _sections(root: TomlTable) -> tuple[tuple[Section, ...], str]:
    """The sections in the order of the form, and the code of the one that the choices fill."""
    sections: list[Section] = []
    choice_sections: list[str] = []
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    labels: dict[str, str] = {}
    for table in root.tables("bagian"):
        code = _once(table, "kode", codes, table.text("kode", pattern=_ROW_CODE, shape=_ROW_CODE_SHAPE))
        title = table.text("judul")
        if table.flag("pilihan", False):
            choice_sections.append(code)
            if table.has("baris"):
                table.problem("baris", "tidak boleh ada; bagian ini diisi oleh berkas pilihan.")
            table.tables("baris", required=False)
            sections.append(Section(code, title, ()))
            continue
        rows = tuple(row for item in table.tables("baris") for row in _rows(item, code, codes, names, labels))
        sections.append(Section(code, title, rows))
    if len(choice_sections) != 1:
        root.problem("bagian", f"harus memuat tepat satu bagian dengan pilihan = true, bukan {len(choice_sections)}.")
    if missing := [name for name in (*_TRIPLES, *_SINGLES) if name not in names and name not in _OPTIONAL]:
        root.problem("bagian", f"tidak memuat baris {', '.join(missing)}.")
    return tuple(sections), choice_sections[0] if choice_sections else ""


def _rows(
    table: TomlTable, section: str, codes: dict[str, int], names: dict[str, int], labels: dict[str, str]
) -> Iterator[Row]:
    """The cells of one line of the form: one, or three where it has L, P and J columns."""
    code = _once(table, "kode", codes, table.text("kode", pattern=_ROW_CODE, shape=_ROW_CODE_SHAPE))
    if code and section and not code.startswith(f"{section}."):
        table.problem("kode", f"{code} tidak berada di dalam bagian {section}.")
    name = _once(table, "isian", names, table.text("isian", among=(*_TRIPLES, *_SINGLES)))
    label = table.text("uraian")
    alias = tuple(text.upper() for text in table.texts("alias", ()))
    for text in (label.upper(), *alias):
        if text and labels.setdefault(text, name) != name:
            table.problem("alias", f'"{shown_outside(text, 60)}" sudah menjadi sebutan {labels[text]}.')
    has_parts = table.flag("lpj", False)
    if name and has_parts != (name in _TRIPLES):
        needed = "memerlukan lpj = true" if name in _TRIPLES else "hanya satu sel, tanpa lpj"
        table.problem("lpj", f"tidak cocok: {name} {needed}.")
    if not has_parts:
        yield Row(code, name, label, None, alias)
        return
    for part, name_end, code_end in _PART_NAMES:
        yield Row(code + code_end, name + name_end, label, part, alias)


def _once(table: TomlTable, key: str, seen: dict[str, int], value: str) -> str:
    """`value`, remembered with its line; a finding when it was there before."""
    if value in seen:
        table.problem(key, f"{value} sudah ada di baris {seen[value]}.")
    elif value:
        seen[value] = table.line(key)
    return value
