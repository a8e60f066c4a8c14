"""Profiles of contests: the forms as data, shipped with pleno or written by an office (FORMATS.md, "Profile")."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.contest import Choice, ContestKind, Profile, Row, Section
from pleno.domain.errors import PlenoError
from pleno.importers.limits import BadCell, nearest, refusal, shown_outside
from pleno.importers.profile_rows import read_sections
from pleno.importers.thresholds import read_thresholds
from pleno.importers.toml_syntax import REFUSED, read_toml
from pleno.importers.toml_table import TomlTable, parse_toml

PROFILE_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_MODELS: Final = ("tps", "salinan", "kecamatan", "keberatan")
_CATEGORIES: Final = ("dpt", "pindahan", "tambahan")
_ID_SHAPE: Final = "huruf kecil, angka dan tanda hubung"
_PROFILES: Final = files("pleno.profiles")
_FORMS: Final = _PROFILES.joinpath("dasar")


class _Texts(NamedTuple):
    """What a profile is read from."""

    own: str
    form: tuple[str, str] | None
    """Text and file name of the form it is built on (`dasar`)."""


def shipped_profiles() -> tuple[str, ...]:
    """Ids of the profiles that come with pleno, sorted."""
    return _shipped(_PROFILES)


def _shipped(package: Traversable) -> tuple[str, ...]:
    return tuple(sorted(one.name.removesuffix(".toml") for one in package.iterdir() if one.name.endswith(".toml")))


def load_profile(profile_id: str, beside: Path | None = None) -> Profile:
    """The profile of this id: the office's own `<id>.toml` in the folder `beside`, else the shipped one.

    The form that its key `dasar` names is found the same way. PlenoError when there is no such profile, or when the
    two do not hold a whole form.
    """
    return _parsed(_texts(profile_id, beside), f"{profile_id}.toml")


def fingerprint(profile_id: str, beside: Path | None = None) -> str:
    """SHA-256 (hex) of the texts that `load_profile` reads, whatever their line ends."""
    texts = _texts(profile_id, beside)
    return hashlib.sha256("\n".join((texts.own, *(texts.form or ())[:1])).encode()).hexdigest()


def parse_profile(text: str, name: str, beside: Path | None = None) -> Profile:
    """The profile that a TOML text holds; `name` is its file name, whose stem must be the id.

    PlenoError names every wrong line and key at once, those of the form it is built on too.
    """
    return _parsed(_Texts(text, _form(text, name, beside)), name)


def read_profile(path: Path) -> Profile:
    """The profile in a file of an office, which need not stand in a workspace; PlenoError as in parse_profile."""
    return parse_profile(read_toml(path), path.name, path.parent)


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that a profile of an office is read from: its own, and the form beside it that it is built on."""
    form = _form(read_toml(path), path.name, path.parent)
    beside = path.parent / form[1] if form else path
    return tuple(dict.fromkeys((path, beside))) if os.path.lexists(beside) else (path,)


def _texts(profile_id: str, beside: Path | None) -> _Texts:
    found = _text(profile_id, beside, _PROFILES)
    if found is None:
        known = shipped_profiles()
        raise PlenoError(
            "Profil tidak dikenal",
            f'Tidak ada profil "{shown_outside(profile_id, 40)}".{nearest(profile_id[:60], known)}',
            f"Profil bawaan: {', '.join(known)}. Profil kantor sendiri diletakkan di sebelah pleno.toml.",
        )
    return _Texts(found, _form(found, f"{profile_id}.toml", beside))


def _form(text: str, name: str, beside: Path | None) -> tuple[str, str] | None:
    """Text and file name of the form that a profile names in `dasar`; None where it holds the whole form itself."""
    root = parse_toml(text, name)
    if not root.has("dasar"):
        return None
    form = root.text("dasar", pattern=PROFILE_ID, limit=60, shape=_ID_SHAPE)
    found = _text(form, beside, _FORMS)
    if found is None:
        known = _shipped(_FORMS)
        message = f'"{shown_outside(form, 40)}" tidak ada; yang ada {", ".join(known)}.{nearest(form, known)}'
        bad = BadCell(f"{name} baris {root.line('dasar')}, kunci dasar", message)
        raise refusal(REFUSED, [bad], "Perbaiki baris itu, atau letakkan berkas dasarnya di sebelah pleno.toml.")
    return found, f"{form}.toml"


def _text(name: str, beside: Path | None, package: Traversable) -> str | None:
    """The text of `<name>.toml` beside pleno.toml, else of the shipped one; None where there is neither."""
    if not PROFILE_ID.fullmatch(name):
        return None
    if beside is not None and os.path.lexists(own := beside / f"{name}.toml"):
        return "\n".join(read_toml(own).splitlines())
    if name not in _shipped(package):
        return None
    return "\n".join(package.joinpath(f"{name}.toml").read_text(encoding="utf-8").splitlines())


def _parsed(texts: _Texts, name: str) -> Profile:
    root = parse_toml(texts.own, name, texts.form)
    root.text("dasar", "")
    profile_id = root.text("id", pattern=PROFILE_ID, limit=60, shape=_ID_SHAPE)
    if profile_id and f"{profile_id}.toml" != name:
        root.problem("id", f'"{profile_id}" tidak sama dengan nama berkas {shown_outside(name)}.')
    sections, choice_section = read_sections(root)
    kind = _kind(root)
    profile = Profile(
        id=profile_id,
        name=root.text("nama"),
        year=root.integer("tahun", 1999, 2199),
        sirekap_code=root.text("kode_sirekap", pattern=re.compile("[a-z]{3,10}"), shape="kode seperti pkwkk"),
        kind=kind,
        digits=root.integer("digit", 1, 5),
        max_voters=root.integer("maks_pemilih", 1, 99_999),
        reserve_permille=root.permille("cadangan_persen", 100),
        basis=root.text("sumber"),
        models=_texts_of(root.table("model"), _MODELS),
        categories=_texts_of(root.table("kategori"), _CATEGORIES),
        sections=sections,
        choice_section=choice_section,
        fixed_choices=tuple(_fixed_choices(root, kind)),
        sirekap_names=_sirekap_names(root, sections),
        thresholds=read_thresholds(root.table("aturan", required=False)),
    )
    root.done()
    return profile


def _kind(root: TomlTable) -> ContestKind:
    written = root.text("jenis", among=tuple(kind.value for kind in ContestKind))
    return ContestKind(written) if written else ContestKind.PASLON


def _texts_of(table: TomlTable, keys: tuple[str, ...]) -> Mapping[str, str]:
    return {key: table.text(key) for key in keys}


def _fixed_choices(root: TomlTable, kind: ContestKind) -> Iterator[Choice]:
    for item in root.tables("pilihan_tetap", required=False):
        if (is_empty := item.flag("kolom_kosong", False)) and kind is not ContestKind.PASLON:
            item.problem("kolom_kosong", "hanya ada pada kontes paslon.")
        yield Choice(item.integer("nomor", 1, 99), item.text("nama"), None, is_empty)


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
