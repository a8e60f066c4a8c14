"""Lines a text takes in a cell."""

from __future__ import annotations

import pytest

from pleno.exporters.wrapping import text_lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("TPS 001", 12, 1),
        ("JUMLAH PINDAHAN", 12, 2),
        ("JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH (V.A + V.B)", 58, 2),
        ("Jumlah pengguna hak pilih dalam Daftar Pemilih Tetap (DPT)", 58, 1),
        ("Jumlah surat suara yang digunakan", 58, 1),
        ("a" * 100, 11, 10),
        ("kata " + "a" * 15, 11, 3),
        ("\u6751" * 10, 11, 2),
    ],
)
def test_lines(text: str, width: float, lines: int) -> None:
    assert text_lines(text, width) == lines
