"""How sheets look: paper, columns a page, and the texts of templates_xlsx/."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, Final, NamedTuple, ParamSpec, TypeVar

import pleno
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.regional import NATIONWIDE, RegionalWords

P = ParamSpec("P")
T = TypeVar("T")

TEMPLATE: Final = "d-hasil-kecamatan.toml"
_BRACES: Final = re.compile(r"(\{[^}]*\})")
_FIXED: Final = ("gaya", "lembar")
"""Sections no region words otherwise: looks, and the names by which sheets are found."""


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


_WORDS: Final[ContextVar[RegionalWords]] = ContextVar("words", default=NATIONWIDE)


@contextmanager
def speaking(words: RegionalWords) -> Iterator[None]:
    """Within the block every text of the template is said in the words of a region."""
    token = _WORDS.set(words)
    try:
        yield
    finally:
        _WORDS.reset(token)


def in_its_words(make: Callable[Concatenate[Document, P], T]) -> Callable[Concatenate[Document, P], T]:
    """A function whose texts are said in the words of the document that it is given first."""

    @wraps(make)
    def spoken(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with speaking(document.words):
            return make(document, *args, **kwargs)

    return spoken


def texts() -> Mapping[str, Any]:
    """The texts and widths of the template, by section, in the words of the region spoken of."""
    return _said(_WORDS.get())


@cache
def _said(words: RegionalWords) -> Mapping[str, Any]:
    template = _template()
    return {name: part if name in _FIXED else _in_words(part, words) for name, part in template.items()}


def _in_words(part: Any, words: RegionalWords) -> Any:
    if isinstance(part, str):
        # What stands in braces is filled in later and is no word.
        return "".join(one if one.startswith("{") else words.said(one) for one in _BRACES.split(part))
    if isinstance(part, list):
        return [_in_words(one, words) for one in part]
    if isinstance(part, dict):
        return {key: _in_words(one, words) for key, one in part.items()}
    return part


@cache
def _template() -> Mapping[str, Any]:
    try:
        return tomllib.loads((template_folder() / TEMPLATE).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlenoError(
            "Templat rusak", f"{TEMPLATE}: {error}.", "Perbaiki berkas itu atau pasang ulang pleno."
        ) from error
