"""N04-N10 of TRUST.md section 8: text from outside in names, cells and file names."""

from __future__ import annotations

from pathlib import Path

import pytest
from importers.border_samples import GOOD_CSV, TPS_1, as_json, parse, refused, sirekap_object

from pleno.importers.limits import BadCell, clean_text, look_alike
from pleno.importers.parsed import ParsedFile

FORBIDDEN = [
    pytest.param("\x1b[2J", id="bad_N04 ESC"),
    pytest.param("\x1b]0;judul\x07", id="bad_N04 OSC 0"),
    pytest.param("\x1b]52;c;YQ==\x07", id="bad_N04 OSC 52"),
    pytest.param("\x9b31m", id="bad_N04 C1"),
    pytest.param("\x1bPq", id="bad_N04 DCS"),
    pytest.param("\r", id="bad_N05 CR"),
    pytest.param("\b", id="bad_N05 BS"),
    pytest.param("\x07", id="bad_N05 BEL"),
    pytest.param("\x0b", id="bad_N05 VT"),
    pytest.param("\0", id="bad_N05 NUL"),
    pytest.param("\u202e", id="bad_N06 RLO"),
    pytest.param("\u202d", id="bad_N06 LRO"),
    pytest.param("\u2069", id="bad_N06 PDI"),
    pytest.param("\u200b", id="bad_N06 ZWSP"),
    pytest.param("\u200d", id="bad_N06 ZWJ"),
    pytest.param("\u00ad", id="bad_N06 soft hyphen"),
    pytest.param("\n", id="bad_N09 newline"),
    pytest.param("\t", id="bad_N09 tab"),
    pytest.param("\u2028", id="bad_N09 line separator"),
    pytest.param("\ue000", id="bad_N10 private use"),
    pytest.param("\U000e0041", id="bad_N10 tag letter"),
    pytest.param("\u0378", id="bad_N10 unassigned"),
    pytest.param("\ud800", id="bad_N10 lone surrogate"),
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_name_is_refused_and_shown_escaped(text: str) -> None:
    with pytest.raises(BadCell) as caught:
        clean_text(f"Si{text}ti", "B2")
    assert "karakter terlarang" in caught.value.message
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("text", [case for case in FORBIDDEN if case.values != ("\ud800",)])
def test_a_desa_with_it_refuses_its_line_alone(tmp_path: Path, text: str) -> None:
    data = f'desa;nomor;suara.1\n"PULAU {text}KELAPA";1;5\nPULAU KELAPA;2;6\n'
    path = tmp_path / "a.csv"
    path.write_bytes(data.encode())
    if text == "\0":
        assert "NUL" in refused(tmp_path, "a.csv", data.encode())
        return
    result = parse(tmp_path, "a.csv", data.encode())
    assert isinstance(result, ParsedFile)
    assert [reading.tps for reading in result.readings] == ["3101011001002"]
    assert result.refused == ("baris 2",)
    assert all(remark.message.isprintable() for remark in result.remarks)


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_sirekap_object_with_it_shows_nothing_raw(tmp_path: Path, text: str) -> None:
    value = sirekap_object(psu=f"Ulang{text}", **{f"kunci{text}": 1})
    result = parse(tmp_path, f"{TPS_1}.json", as_json(value))
    lines = [r.message for r in result.remarks] if isinstance(result, ParsedFile) else [str(result.error)]
    assert lines
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("text", ["\x1b[2J", "\u202e", "\u200b", "\n"])
def test_bad_N10_a_file_name_is_shown_escaped(tmp_path: Path, text: str) -> None:
    try:
        result = parse(tmp_path, f"a{text}.csv", GOOD_CSV)
    except OSError:
        pytest.skip("this system has no such file names")
    assert isinstance(result, ParsedFile)
    assert result.name.isprintable()
    assert result.name != f"a{text}.csv"


def test_bad_N07_look_alikes() -> None:
    assert "CYRILLIC" in (look_alike(clean_text("S\u0456ti", "B2")) or "")
    assert look_alike(clean_text("O01", "B2")) is not None
    assert look_alike(clean_text("001", "B2")) is None
    assert clean_text("TPS\u00a0001", "B2") == "TPS 001"
    assert clean_text("e\u0301", "B2") == clean_text("é", "B2")


def test_bad_N07_a_look_alike_desa_is_told_apart(tmp_path: Path) -> None:
    result = parse(tmp_path, "a.csv", "desa;nomor;suara.1\nPULAU KEL\u0410PA;1;5\nPULAU KELAPA;O2;6\n".encode())
    assert isinstance(result, ParsedFile)
    assert result.refused == ("baris 2", "baris 3")
    assert "CYRILLIC" in result.remarks[0].message
    assert 'huruf "O" di antara angka' in result.remarks[1].message


def test_bad_N08_marks_and_wide_characters() -> None:
    with pytest.raises(BadCell) as caught:
        clean_text("a" + "\u0301" * 20, "B2")
    assert "tanda tumpuk" in caught.value.message
    assert clean_text("a\u0316\u0317\u0318", "B2")
    assert clean_text("山田 😀", "B2") == "山田 😀"


@pytest.mark.parametrize("text", ["a" * 121, "a" * 10_000_000, "\u0301" * 121])
def test_bad_N10_long_text(text: str) -> None:
    with pytest.raises(BadCell) as caught:
        clean_text(text, "B2")
    assert len(caught.value.message) < 200


AWKWARD = [
    "[red]Budi[/red]", "TPS [/]", "[@click=app.hapus]B[/]", "{nama}", "%s%n", "'; DROP TABLE tps; --", "<b>", "null",
    "NaN", "../x", "$(id)", "𝟙", "Ω", "ﬁ", "İ", "ẞ",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD)
def test_bad_N10_awkward_text_is_kept_exactly_or_refused(tmp_path: Path, text: str) -> None:
    assert clean_text(text, "B2") == text
    data = f'kode_tps;"{text}";suara.1\n{TPS_1};1;2\n'.encode()
    assert f'"{text}"' in refused(tmp_path, "a.csv", data)
