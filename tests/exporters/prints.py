"""Printed pages as a test sees them: their text, their pictures, and what their QR codes say."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import zxingcpp

from pleno.exporters.pdf_text import BREAK

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="perlu pdftotext dan pdftoppm (poppler)")

_NUMBER = re.compile(r"\d{1,3}(\.\d{3})*|x")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def page_texts(pdf: bytes, folder: Path, order: str = "-layout") -> list[str]:
    """The text of each page, laid out as it stands on paper; `-raw`: cell by cell, as it was written."""
    (folder / "pages.pdf").write_bytes(pdf)
    command = ["pdftotext", order, "-enc", "UTF-8", str(folder / "pages.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60).stdout
    return text.removesuffix("\f").split("\f")


def plain(text: str) -> str:
    """Without spaces, line ends and the places where a long word may break, so that wrapping does not matter."""
    kept = _DIRECTIONS.sub("", text).replace(BREAK, "")
    return unicodedata.normalize("NFC", "".join(kept.split()))


def rows(page: str, columns: int) -> Iterator[list[str]]:
    """The last cells of every row of figures on a page, from top to bottom."""
    for line in page.splitlines():
        cells = line.split()
        if cells[-5:] == list("12345"):  # the boxes for initials
            return
        figures = cells[-columns:]
        if len(figures) == columns and all(map(_NUMBER.fullmatch, figures)):
            yield figures


def qr_texts(pdf: bytes, folder: Path, pages: Sequence[int], dpi: int = 150) -> list[list[str]]:
    """What the codes on the pictures of these pages say, page by page."""
    (folder / "codes.pdf").write_bytes(pdf)
    found = []
    for page in pages:
        first_last = ["-f", str(page), "-l", str(page)]
        command = ["pdftoppm", "-gray", "-r", str(dpi), *first_last, str(folder / "codes.pdf")]
        picture = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
        assert head is not None
        width, height = int(head[1]), int(head[2])
        grey = memoryview(picture[head.end() :]).cast("B", (height, width))
        found.append([code.text for code in zxingcpp.read_barcodes(grey)])
    return found
