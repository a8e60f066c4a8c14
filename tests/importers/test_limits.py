"""The input border itself: numbers, text, names and regular files."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG
from pleno.importers.limits import (
    BadCell,
    clean_text,
    figure_of_number,
    figure_of_text,
    has_thousands,
    look_alike,
    nearest,
    read_regular,
    refusal,
    shown_outside,
)


@pytest.mark.parametrize(
    ("text", "digits", "figure"),
    [
        ("0", 3, 0), ("137", 3, 137), ("007", 3, 7), ("999", 3, 999), ("1.234", 4, 1234), ("", 3, None),
        (" 12 ", 3, 12), ("\u00a012", 3, 12),
    ],
)  # fmt: skip
def test_figure_of_text(text: str, digits: int, figure: int | None) -> None:
    assert figure_of_text(text, "B2", digits) == figure


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (" ", "spasi"), ("-", "bukan angka"), ("nihil", "bukan angka"), ("X", "bukan angka"), ("12.0", "bukan angka"),
        ("12,0", "bukan angka"), ("1,234", "bukan angka"), ("1 234", "bukan angka"), ("1'234", "bukan angka"),
        ("0.123", "bukan angka"), ("1.23", "bukan angka"), ("12%", "bukan angka"), ("-5", "negatif"),
        ("(5)", "negatif"), ("+5", "bukan angka"), ("1E5", "bukan angka"), ("1_000", "bukan angka"),
        ("١٢", "bukan angka"), ("１２", "bukan angka"), ("²", "bukan angka"), ("\u200b12", "bukan angka"),
        ("12\n", "bukan angka"), ("TRUE", "bukan angka"), ("1000", "Terlalu besar"), ("1.234", "Terlalu besar"),
        ("1234567", "Terlalu besar"), ("9" * 900, "Terlalu besar"), ("1" + ".000" * 200, "Terlalu besar"),
        ("=1+1", "bukan angka"), ("'12", "bukan angka"), ("12\x00", "bukan angka"), ("\x1b[2J", "bukan angka"),
    ],
)  # fmt: skip
def test_bad_figure_of_text(text: str, word: str) -> None:
    with pytest.raises(BadCell) as caught:
        figure_of_text(text, "B2", 3)
    assert caught.value.place == "B2"
    assert word in caught.value.message
    assert caught.value.message.isprintable()


def test_x_is_kosong_only_where_the_format_knows_it() -> None:
    assert figure_of_text("x", "B2", 3, kosong=True) is KOSONG
    assert figure_of_text(" X ", "B2", 3, kosong=True) is KOSONG
    with pytest.raises(BadCell):
        figure_of_text("x", "B2", 3)


def test_thousands_are_told_apart() -> None:
    assert has_thousands(" 1.234 ")
    assert not has_thousands("1234")


@given(st.integers(0, 999_999))
def test_every_whole_number_in_either_spelling(number: int) -> None:
    assert figure_of_text(str(number), "B2", 6) == number
    assert figure_of_text(f"{number:,}".replace(",", "."), "B2", 6) == number


@given(st.text())
def test_any_text_is_a_figure_or_a_bad_cell(text: str) -> None:
    try:
        figure = figure_of_text(text, "B2", 3)
    except BadCell as bad:
        sentence = bad.message
    else:
        assert figure is None or (isinstance(figure, int) and figure <= 999)
        return
    assert sentence.isprintable()


@pytest.mark.parametrize("value", [1.0, "12", True, False, [], {}, -1, 1000, 2**63, float("nan"), float("inf")])
def test_bad_J04_number_of_another_kind(value: object) -> None:
    with pytest.raises(BadCell):
        figure_of_number(value, "chart.1", 3)


def test_figure_of_number() -> None:
    assert figure_of_number(None, "chart.1", 3) is None
    assert figure_of_number(0, "chart.1", 3) == 0
    assert figure_of_number(999, "chart.1", 3) == 999


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Siti   Aminah ", "Siti Aminah"), ("TPS\u00a0001", "TPS 001"), ("e\u0301", "é"), ("=cmd|x", "=cmd|x"),
        ("[red]Budi[/red]", "[red]Budi[/red]"), ("", ""), ("M. Ma'ruf, S.Pd.", "M. Ma'ruf, S.Pd."),
        ("山田", "山田"), ("😀", "😀"),
    ],
)  # fmt: skip
def test_clean_text(text: str, cleaned: str) -> None:
    assert clean_text(text, "B2") == cleaned


@given(st.text(max_size=200))
def test_clean_text_is_stable_and_normal(text: str) -> None:
    try:
        cleaned = clean_text(text, "B2")
    except BadCell:
        return
    assert clean_text(cleaned, "B2") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(cleaned) <= 120


@given(st.text())
def test_what_is_shown_can_be_printed(text: str) -> None:
    assert not any(unicodedata.category(char)[0] == "C" for char in shown_outside(text))


def test_shown_outside_escapes_and_cuts() -> None:
    assert shown_outside("a\x1b[2J\u202eb\ud800") == "a\\x1b[2J\\u202eb\\ud800"
    assert shown_outside("\U000e0001") == "\\ue0001"
    assert len(shown_outside("a" * 500)) == 120


def test_a_refusal_counts_what_it_does_not_spell_out() -> None:
    error = refusal("Ditolak", [BadCell(f"baris {n}", "salah.") for n in range(13)], "Perbaiki.")
    assert error.message.count("salah.") == 10
    assert error.message.endswith("Dan 3 lagi.")


def test_nearest() -> None:
    assert nearest("kode_tsp", ["kode_tps", "isian"]) == ' Mungkin maksudnya "kode_tps".'
    assert nearest("zzz", ["kode_tps"]) == ""


def test_look_alike() -> None:
    assert "CYRILLIC" in (look_alike("S\u0456ti") or "")
    assert look_alike("TPS O01") is not None
    assert look_alike("TPS 0l") is not None
    assert look_alike("PULAU KELAPA II") is None
    assert look_alike("OLO 001") is None


# --- regular files -------------------------------------------------------------------------


def refusal_of(path: Path, limit: int = 100) -> str:
    with pytest.raises(PlenoError) as caught:
        read_regular(path, limit)
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_read_regular(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\r\n\x1a\0" * 25)  # a text-mode read would stop or change these
    assert read_regular(path, 100) == b"\r\n\x1a\0" * 25
    assert "paling banyak 99" in refusal_of(path, 99)


def test_bad_X55_folder(tmp_path: Path) -> None:
    assert "adalah folder" in refusal_of(tmp_path)


def test_bad_X55_missing_or_impossible_name(tmp_path: Path) -> None:
    assert "tidak ditemukan" in refusal_of(tmp_path / "tidak-ada.csv")
    assert refusal_of(tmp_path / "a\0b.csv")
    assert refusal_of(tmp_path / ("a" * 300))


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
def test_bad_X55_symlink(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "tautan.csv").symlink_to(tmp_path / "a.csv")
    (tmp_path / "putus.csv").symlink_to(tmp_path / "tidak-ada")
    assert "adalah tautan" in refusal_of(tmp_path / "tautan.csv")
    assert "adalah tautan" in refusal_of(tmp_path / "putus.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no flag against links")
def test_bad_X55_a_link_put_there_after_the_first_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "tautan.csv").symlink_to(tmp_path / "a.csv")
    regular = (tmp_path / "a.csv").lstat()
    monkeypatch.setattr(Path, "lstat", lambda _: regular)
    assert "adalah tautan" in refusal_of(tmp_path / "tautan.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_bad_X55_pipe_socket_device_never_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.csv")
    assert "pipa atau perangkat" in refusal_of(tmp_path / "pipa.csv")
    assert "pipa atau perangkat" in refusal_of(Path("/dev/zero"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert "pipa atau perangkat" in refusal_of(tmp_path / "s")


def test_bad_X53_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own refusal stands for Excel, which holds a file on Windows only."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"a")

    def held(*_: object) -> int:
        raise PermissionError(13, "held")

    monkeypatch.setattr(os, "open", held)
    assert "Tutup Excel dulu" in refusal_of(path)
