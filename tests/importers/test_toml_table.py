"""What a TOML file may do to the program: be named line by line, never more."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.errors import PlenoError
from pleno.importers.toml_syntax import line_numbers, read_toml, toml_values
from pleno.importers.toml_table import parse_toml


def read(text: str) -> None:
    root = parse_toml(text, "x.toml")
    root.text("nama")
    root.integer("jumlah", 0, 9)
    root.permille("persen", 100)
    root.table("tabel", required=False).flag("ya", False)
    root.done()


def refused(text: str) -> str:
    with pytest.raises(PlenoError) as caught:
        read(text)
    return caught.value.message


GOOD = 'nama = "A"\njumlah = 1\npersen = 2.5\n'


def test_a_good_file_yields_its_values() -> None:
    root = parse_toml(GOOD + "[tabel]\nya = true\n", "x.toml")
    values = (root.text("nama"), root.integer("jumlah", 0, 9), root.permille("persen", 100), root.table("tabel"))
    assert values[:3] == ("A", 1, 25)
    assert values[3].flag("ya", False) is True
    root.done()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "namaa = 1\n", 'baris 4, kunci namaa: tidak dikenal. Mungkin maksudnya "nama".'),
        (GOOD + "[tabel]\ntida = 1\n", "baris 5, kunci tida: tidak dikenal."),
        ("nama = 1\njumlah = 1\npersen = 2\n", "baris 1, kunci nama: berisi angka bulat, seharusnya teks."),
        ('nama = ""\njumlah = 1\npersen = 2\n', "baris 1, kunci nama: kosong."),
        ('nama = "\\u202e"\njumlah = 1\npersen = 2\n', "memuat karakter terlarang"),
        ('nama = "A"\njumlah = true\npersen = 2\n', "berisi true/false, seharusnya angka bulat."),
        ('nama = "A"\njumlah = 10\npersen = 2\n', "baris 2, kunci jumlah: di luar 0 sampai 9."),
        ('nama = "A"\njumlah = 0xffffffffffffffffffff\npersen = 2\n', "di luar 0 sampai 9."),
        ('nama = "A"\njumlah = 1\npersen = 2.25\n', "baris 3, kunci persen"),
        ('nama = "A"\njumlah = 1\npersen = 1e999999999\n', "kunci persen"),
        ('nama = "A"\njumlah = 1\npersen = nan\n', "kunci persen"),
        ('nama = "A"\njumlah = 1\npersen = -1\n', "kunci persen"),
        ('nama = "A"\njumlah = 1\npersen = 2024-01-01\n', "berisi tanggal atau jam, seharusnya pecahan."),
        ('nama = "A"\njumlah = 1\npersen = 2\ntabel = 3\n', "berisi angka bulat, seharusnya tabel."),
        ('nama = "A"\n', "kunci jumlah: tidak ada."),
        (GOOD + 'nama = "B"\n', "baris 4 menulis kunci atau tabel yang sudah ada."),
        (GOOD + "[tabel]\n[tabel]\n", "baris 5 menulis kunci atau tabel yang sudah ada."),
        ("nama = A\n", "baris 1 bukan TOML yang benar."),
        ('nama = "C:\\pleno"\n', "baris 1 bukan TOML yang benar."),
        ("nama = [", "baris 1 bukan TOML yang benar."),
        ("jumlah = " + "1" * 9000, "angka yang terlalu panjang."),
        ("\ufeff" + GOOD, "BOM"),
        ("nama = " + "[" * 40_000, "bersarang terlalu dalam."),
        ("a." * 40_000 + "a = 1", "titik."),
        ("#" * 100_001, "karakter."),
    ],
)
def test_a_fault_is_named_with_its_line_and_key(text: str, said: str) -> None:
    assert said in refused(text)


def test_all_faults_are_named_at_once_in_the_order_of_the_file() -> None:
    message = refused("jumlah = 99\nnama = 3\npersen = 99\nlain = 1\n")
    assert [message.index(f"baris {line}") for line in (1, 2, 3, 4)] == sorted(
        message.index(f"baris {line}") for line in (1, 2, 3, 4)
    )


def test_many_unknown_keys_are_counted_not_listed() -> None:
    message = refused(GOOD + "".join(f"k{number} = 1\n" for number in range(5_000)))
    assert len(message) < 1_000
    assert "Dan 4.990 lagi." in message


def test_lines_of_lists_of_tables_are_those_of_their_own_item() -> None:
    text = '[[a]]\nx = 1\n[[a.b]]\ny = 1\n[[a]]\nx = 2\n[a.c]\nz.w = """\nx = 3\n"""\n'
    lines = line_numbers(text)
    assert lines[("a", 1, "x")] == 6
    assert lines[("a", 0, "b", 0, "y")] == 4
    assert lines[("a", 1, "c", "z", "w")] == 8
    assert 9 not in lines.values()


def test_windows_line_ends_change_nothing() -> None:
    assert line_numbers(GOOD) == line_numbers(GOOD.replace("\n", "\r\n"))
    assert toml_values(GOOD.replace("\n", "\r\n"), "x.toml") == {"nama": "A", "jumlah": 1, "persen": Decimal("2.5")}


@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x2FFF), max_size=60))
def test_no_text_at_all_escapes_as_another_error(text: str) -> None:
    with pytest.raises(PlenoError):
        parse_toml(f"{text}\nwajib", "x.toml").done()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"a = 1\nb = '\xe9'\n", "baris 2 bukan UTF-8."), (b"#" * 100_001, "paling banyak 100.000")],
)
def test_bytes_that_are_no_small_utf8_file_are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    with pytest.raises(PlenoError, match=said):
        read_toml(path)
