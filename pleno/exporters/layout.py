"""How sheets look: paper, columns a page, and the texts of templates_xlsx/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pleno
from pleno.domain.errors import PlenoError

TEMPLATE: Final = "d-hasil-kecamatan.toml"


class Paper(NamedTuple):
    """A sheet of paper lying on its side."""

    code: int
    """Number of the paper in OOXML's page setup."""
    width: int
    """Millimetres between the margins."""
    height: int
    upright: int
    """Width between the margins of the sheet when it stands."""

    def scale(self, width: float, *, landscape: bool = True) -> int:
        """Percent at which columns of so many digits fit across."""
        room = self.width if landscape else self.upright
        return max(_LEAST, min(100, int(100 * room / (width * _DIGIT))))


_LEAST: Final = 40
_DIGIT: Final = 2.0
"""Millimetres of a digit, the unit of column widths, with its share of the cell's edges."""

PAPERS: Final = {"A4": Paper(9, 277, 180, 189), "F4": Paper(14, 310, 185, 195), "A3": Paper(8, 400, 267, 276)}
"""F4 has no number of its own; folio (216 x 330 mm) is the same sheet."""


class Layout(NamedTuple):
    """What an office chooses in pleno.toml, `[ekspor]`."""

    paper: str = "F4"
    columns_per_page: int = 10
    """Value columns of one printed page, carried sums included."""


def template_folder() -> Path:
    """Where the templates lie: in the installed package, or in the checkout."""
    package = Path(pleno.__file__).parent
    for folder in (package / "templates_xlsx", package.parent / "templates_xlsx"):
        if (folder / TEMPLATE).is_file():
            return folder
    raise PlenoError("Templat tidak ada", f"{TEMPLATE} tidak ikut terpasang.", "Pasang ulang pleno.")


@cache
def texts() -> Mapping[str, Any]:
    """The texts and widths of the template, by section."""
    try:
        return tomllib.loads((template_folder() / TEMPLATE).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlenoError(
            "Templat rusak", f"{TEMPLATE}: {error}.", "Perbaiki berkas itu atau pasang ulang pleno."
        ) from error
