"""Typst at work: how high words are, and pages as a PDF. The same pages give the same bytes.

Everything a page says goes in as JSON and is shown as text; no file, network, clock or font of the machine is used.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.errors import PlenoError
from pleno.exporters.pdf_join import join
from pleno.exporters.pdf_page import Asked, Heights
from pleno.exporters.pdf_text import breakable, printable

BATCH, CELLS = 25, 2_500
"""Most pages of one run of the compiler, and after how many cells it ends: 10 kB a cell until `_forget`."""

_REMEMBERED: Final = 11
"""Runs after which the compiler drops what it has not used again."""

PADDING: Final = 1.6
"""Millimetres left and right of the words of a cell together."""

_SCALES: Final = {"head": 0.9, "sumhead": 0.9, "count": 0.7, "barebold": 1.0, "middle": 1.0, "title": 1.35}
_REGULAR: Final = 0.92
"""How wide letters of a look are beside bold ones of the table's size (looks in typst/page.typ)."""

Tell = Callable[[int, int], None]
"""Told how many pages are done, of how many; raises to stop, and then nothing is left behind."""


def tell_nobody(done: int, of: int) -> None:
    """For whoever does not show how far the work is."""


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "typst" / "page.typ").read_bytes()


@lru_cache(maxsize=4096)
def said(text: str, look: str, size: float, width: float) -> str:
    """A text as it goes into a cell of so many millimetres, in measuring and in printing alike."""
    return breakable(printable(text), width - PADDING, size * _SCALES.get(look, _REGULAR))


def measure(texts: Iterable[Asked]) -> Heights:
    """How high each text is in its width."""
    import typst

    every = list(dict.fromkeys(texts))
    data = [[said(one.text, one.look, one.size, one.width), one.look, one.size, one.width] for one in every]
    inputs = {"tugas": "ukur", "data": json.dumps(data)}
    try:
        answer = typst.query(
            _template(), "<tinggi>", field="value", one=True, ignore_system_fonts=True, sys_inputs=inputs
        )
    except typst.TypstError as error:
        raise _failed(error) from error
    _forget()
    return dict(zip(every, json.loads(answer), strict=True))


def compile_pages(pages: Iterable[Json], count: int, created: datetime, tell: Tell = tell_nobody) -> bytes:
    """One PDF of so many pages, made one batch at a time; `created` is the time it carries."""
    import typst

    parts = []
    done = 0
    tell(done, count)
    for batch in _batches(pages):
        inputs = {"tugas": "cetak", "data": json.dumps(batch)}
        try:
            part = typst.compile(
                _template(),
                ignore_system_fonts=True,
                sys_inputs=inputs,
                timestamp=int(created.timestamp()),
                pdf_tags=False,  # tags of joined files would point into each other
            )
        except typst.TypstError as error:
            raise _failed(error) from error
        parts.append(part)
        _forget()
        done += len(batch)
        tell(done, count)
    return join(parts)


def _batches(pages: Iterable[Json]) -> Iterator[list[Json]]:
    batch: list[Json] = []
    cells = 0
    for page in pages:
        batch.append(page)
        cells += len(page["tabel"]["sel"])
        if len(batch) == BATCH or cells >= CELLS:
            yield batch
            batch, cells = [], 0
    if batch:
        yield batch


def _forget() -> None:
    """Let go of what the last batch left in memory."""
    import typst

    for _ in range(_REMEMBERED):
        typst.compile(b"", ignore_system_fonts=True)


def _failed(error: Exception) -> PlenoError:
    return PlenoError("PDF gagal", f"Halaman tidak dapat disusun: {error}.", "Laporkan; ekspor lama dan data utuh.")
