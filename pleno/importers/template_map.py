"""Proposing the map of an office's workbook from what was understood of it."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile
from typing import Final

from pleno.importers.limits import BadCell, figure_of_text, shown_outside
from pleno.importers.template import PlaceKind, Template, TemplateSheet
from pleno.importers.workbook_figures import without_zeros
from pleno.importers.workbook_grid import letters
from pleno.importers.workbook_map import SheetKind

_HEAD: Final = (
    "# Peta buku kerja, diusulkan `pleno templat kenali`. Simpan di templates_xlsx/, periksa dengan",
    "# `pleno templat uji FILE`. Kunci yang mungkin: docs/format.md, bagian Buku kerja kantor.",
)
_SKELETON: Final = (
    "[[lembar]]",
    'nama = "*"',
    'isi = "desa"',
    '# label = ["B", "C"]',
    "# [lembar.kepala]",
    "# baris = 9",
    '# pola = "TPS {nomor:03}"',
    "# [lembar.baris]        # isian = nomor baris",
    "# suara_sah = 40",
)
_SHORTEST: Final = 3
"""Characters that names of sheets must share to be named by them."""


def map_text(template: Template) -> str:
    """A map that finds what was found, as TOML; what was not understood stands in it as comments."""
    lines = [*_HEAD, f"berkas = {_quoted(_pattern(template.name))}"]
    if template.contests:
        lines.append(f"profil = [{', '.join(map(_quoted, template.contests))}]")
    for kind in SheetKind:
        sheets = [sheet for sheet in template.sheets if sheet.kind is kind]
        for names, group in _grouped(sheets, template):
            lines += ["", "[[lembar]]", f"nama = {_quoted(names)}", f"isi = {_quoted(kind.value)}"]
            if group[0].labels:
                lines.append(f"label = [{', '.join(_quoted(letters(column)) for column in group[0].labels)}]")
            lines += _meanings(template, group)
    if not template.sheets:
        lines += ["", *_SKELETON]
    if template.remarks:
        lines += ["", "# Tidak atau belum dikenali:"]
        lines += [f"# {shown_outside(f'{one.place}: {one.message}', 200)}" for one in template.remarks]
    return "\n".join(lines) + "\n"


def _grouped(sheets: Sequence[TemplateSheet], template: Template) -> Iterator[tuple[str, list[TemplateSheet]]]:
    """Sheets whose labels stand in the same columns, under one pattern where their names allow it."""
    by_labels: dict[tuple[int, ...], list[TemplateSheet]] = {}
    for sheet in sheets:
        by_labels.setdefault(sheet.labels, []).append(sheet)
    for group in by_labels.values():
        members = {sheet.name for sheet in group}
        alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*members, strict=False))
        prefix = "".join(chars[0] for chars in alike)
        others = [name for name in template.cells if name not in members]
        if len(group) > 1 and len(prefix) >= _SHORTEST and not any(name.startswith(prefix) for name in others):
            yield f"{_literal(prefix)}*", group
        else:
            yield from ((_literal(sheet.name), [sheet]) for sheet in group)


def unclear_texts(template: Template, names: Container[str]) -> dict[str, str]:
    """Texts in figure cells of sheets with these names that are no figures, each with the first cell it stands in."""
    texts: dict[str, str] = {}
    for place in template.places:
        held = template.cells.get(place.at[0], {}).get(place.at[1:])
        if place.kind is PlaceKind.FIGURE and place.at[0] in names and isinstance(held, str) and held.strip():
            try:
                figure_of_text(held, place.address, 9)
            except BadCell:
                texts.setdefault(held.strip(), place.address)
    return texts


def _meanings(template: Template, group: Sequence[TemplateSheet]) -> Iterator[str]:
    """What texts in figure cells mean only a person can say."""
    texts = unclear_texts(template, {sheet.name for sheet in group})
    zeros = [text for text in texts if without_zeros(text) != text]
    if zeros:
        yield f"# akhiran_nol = true  # bila teks seperti {_quoted(zeros[0])} berarti {without_zeros(zeros[0])}"
        texts = {text: where for text, where in texts.items() if text not in zeros}
    if texts:
        yield "# Apa arti teks ini? nol atau kosong; hapus tanda # sesudah memastikannya."
        yield "# [lembar.arti]"
        for text, where in texts.items():
            yield f'# {_quoted(shown_outside(text, 30))} = "nol"  # {shown_outside(where, 60)}'


def _pattern(name: str) -> str:
    """A file name as a pattern; what a text of TOML would not keep as it is (accents, spaces in a row) may be any."""
    return re.sub(r"[^\x21-\x7e]{2,}|[^\x20-\x7e]|^ | $", "*", _literal(name))


def _literal(name: str) -> str:
    """A name as a pattern that means itself."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
