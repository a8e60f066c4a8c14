"""Names from outside are shown on paper as what they are, and never run."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from exporters.documents import contest, document, recap
from exporters.prints import needs_poppler, page_texts, plain
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.entry import Role
from pleno.domain.state import Meeting, Person, PlenoState
from pleno.exporters.layout import Layout
from pleno.exporters.pdf import set_pdfs
from pleno.exporters.pdf_text import BREAK, breakable, printable

SHOWN = [
    ('#import "x": *', '#import "x": *'),
    ('#read("/etc/passwd")', '#read("/etc/passwd")'),
    ("*tebal* _miring_ $x^2$ `kode` \\", "*tebal* _miring_ $x^2$ `kode` \\"),
    ("= Judul [isi] <label> @rujuk // catatan", "= Judul [isi] <label> @rujuk // catatan"),
    ("-- --- ... ~ '\"", "-- --- ... ~ '\""),
    ("José Ñandú Жуков", "José Ñandú Жуков"),
    ("王小明", "[U+738B][U+5C0F][U+660E]"),
    ("سيتي", "[U+0633][U+064A][U+062A][U+064A]"),
    ("a\u202eb", "a[U+202E]b"),
    ("a\u200bb\u00a0c\u00ad", "a[U+200B]b[U+00A0]c[U+00AD]"),
    ("tab\tbaris\n", "tab[U+0009]baris[U+000A]"),
    ("e" + "\u0301" * 200, "e" + "\u0301" * 4 + "[U+0301×196]"),
    ("\u0301e", "[U+0301]e"),
    ("e\u0301\u0300\u0301\u0300\u0301z", "e\u0301\u0300\u0301\u0300[U+0301]z"),
    ("🗳🗳🗳", "[U+1F5F3×3]"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_cannot_be_printed_is_printed_by_its_number(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    shown = printable(text)
    assert printable(shown).isprintable()
    assert (text == "") == (shown == "")


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=80), st.floats(5, 200), st.floats(6, 14))
def test_a_long_word_gets_places_to_break_and_keeps_its_letters(word: str, width: float, size: float) -> None:
    broken = breakable(word, width, size)
    assert broken.replace(BREAK, "") == word
    assert all(
        len(part) * size * 0.3 < max(width * 25.4 / 72 * 10, 1) * 3 for part in broken.split(BREAK) if len(part) > 1
    )


@needs_poppler
def test_hostile_names_are_text_on_every_sheet(tmp_path: Path) -> None:
    names = [text for text, _ in SHOWN]
    form = contest(names=[f"{name} A" for name in names[:3]])
    desa = {f"{name} D": 1 for name in names}
    people = tuple(Person(f"p{n}", f"{name} O", Role.KETUA if not n else Role.PPK) for n, name in enumerate(names))
    where = {"provinsi": names[0], "kabkota": names[6], "kecamatan": names[11]}
    doc = document(recap(form, desa), ppk=people, meeting=Meeting("310101", PlenoState.DIBUKA, False, where))
    files = set_pdfs(doc, Layout("A4"), hashlib.sha256(b"x").digest())
    pages = page_texts(next(data for name, data in files.items() if name.startswith("D.HASIL")), tmp_path, "-raw")
    every = plain("".join(pages))
    for text, shown in SHOWN:
        assert plain(f"{shown} D (3101011") in every, text
    for name in names[:3]:
        assert plain(f"{name} A") in every
    people_pages = plain(
        "".join(page_texts(files["daftar-hadir_pemilu2024-ppwp_310101_KONSEP01.pdf"], tmp_path, "-raw"))
    )
    for _, shown in SHOWN:
        assert plain(f"{shown} O") in people_pages
    assert "[U+0301×196](310101)" in every
    assert "root:" not in every


@needs_poppler
def test_a_name_of_one_endless_word_stays_in_its_column(tmp_path: Path) -> None:
    long = "KELURAHANYANGNAMANYATIDAKBERAKHIR" * 3
    doc = document(recap(contest(names=("A" * 120, "B" * 120)), {long: 1, "B": 1}))
    files = set_pdfs(doc, Layout("A4", 10), b"x" * 32)
    pages = page_texts(next(iter(files.values())), tmp_path, "-raw")
    every = plain("".join(pages))
    assert plain("01" + "A" * 120) in every
    assert plain(long) in every
