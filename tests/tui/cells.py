"""The cells of a terminal as text, and their attributes where there is no colour."""

from __future__ import annotations

import os
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.app import App

GOLDEN = Path(__file__).parents[1] / "golden"


def cells_of(app: App[object]) -> str:
    """What stands on the terminal, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


def attributes_of(app: App[object]) -> str:
    """The same with one letter below each cell that is bold (b), underlined (u), reversed (r) or dim (d)."""
    lines: list[str] = []
    for strip in app.screen._compositor.render_strips(app.size):
        marks = "".join(_letter(segment.style) * segment.cell_length for segment in _plain(strip))
        lines += [strip.text.rstrip(), *([marks.rstrip()] if marks.strip() else [])]
    return "".join(f"{line}\n" for line in lines)


def _plain(strip: object) -> list[Segment]:
    return list(strip)  # type: ignore[call-overload]  # a Strip yields segments


def _letter(style: Style | None) -> str:
    if style is None:
        return " "
    named = (("r", style.reverse), ("b", style.bold), ("u", style.underline), ("d", style.dim))
    return next((letter for letter, is_set in named if is_set), " ")


def colours_of(app: App[object]) -> set[str]:
    """Every colour on the screen that is no grey."""
    found: set[str] = set()
    for strip in app.screen._compositor.render_strips(app.size):
        for segment in strip:
            for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                triplet = colour.get_truecolor() if colour is not None else None
                if triplet is not None and len(set(triplet)) > 1:
                    found.add(triplet.hex)
    return found


def styles_of(app: App[object]) -> frozenset[Style]:
    """Every way in which something is drawn on the screen."""
    strips = app.screen._compositor.render_strips(app.size)
    return frozenset(segment.style for strip in strips for segment in strip if segment.style)


def matches_golden(name: str, text: str) -> None:
    """Compare with tests/golden/<name>.txt; with PLENO_GOLDEN=1 write it instead."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("PLENO_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"{path.name} is not there; PLENO_GOLDEN=1 writes it"
    assert text == path.read_text(encoding="utf-8")
