"""Names and contents of photos: what a pattern reads, what is no photo, what a folder may hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.errors import PlenoError
from pleno.importers import photos
from pleno.importers.photos import PhotoRule, photo_names, read_photo, unfit

JPEG, PNG, PDF = b"\xff\xd8\xff\xe0gambar", b"\x89PNG\r\n\x1a\ngambar", b"%PDF-1.7 gambar"
CODE = "3101011003008"


@pytest.mark.parametrize(
    ("pola", "name", "page"),
    [
        ("{kode_tps}*", f"{CODE}.jpg", None),
        ("{kode_tps}*", f"{CODE}_hal2.jpg", 2),
        ("{kode_tps}*", f"{CODE}-3.PNG", 3),
        ("{kode_tps}*", f"{CODE} halaman 01.jpeg", 1),
        ("{kode_tps}*", f"{CODE}-20240214-180012--7c1f22a0-09c2.jpg", None),  # as Sirekap names them
        ("foto {kode_tps}.jpg", f"FOTO {CODE}.JPG", None),
        ("*{kode_tps}_{halaman}", f"ppk {CODE}_2.pdf", 2),
    ],
)
def test_a_name_says_its_tps_and_page(pola: str, name: str, page: int | None) -> None:
    named = PhotoRule(pola).read(name)
    assert named is not None
    assert (named.code, named.page) == (CODE, page)


def test_a_name_may_give_desa_number_and_contest() -> None:
    named = PhotoRule("{desa} {nomor} {kontes}*").read("Pulau_Harapan 008 walikota hal 2.jpg")
    assert named is not None
    assert (named.code, named.desa, named.number, named.page) == ("", "Pulau Harapan", "008", 2)
    assert "walikota" in named.words


@pytest.mark.parametrize("name", ["IMG_2024.jpg", f"9{CODE}.jpg", f"{CODE}9.jpg", CODE[:-1] + ".jpg", f"x{CODE}.jpg"])
def test_another_name_says_nothing(name: str) -> None:
    assert PhotoRule("{kode_tps}*").read(name) is None


@pytest.mark.parametrize(
    "pola",
    [
        "",
        "*",
        "{desa}*",
        "{nomor}.jpg",
        "{kode_tps}{kode_tps}",
        "../{kode_tps}",
        "{kode}",
        "{kode_tps",
        "****{kode_tps}",
    ],
)
def test_a_pattern_that_names_no_tps_is_refused(pola: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        PhotoRule(pola)


@given(st.text(max_size=60), st.sampled_from(["{kode_tps}*", "{desa} {nomor}*", "*{desa}*{nomor}*"]))
def test_no_name_breaks_a_pattern(name: str, pola: str) -> None:
    PhotoRule(pola).read(name)


@pytest.mark.parametrize(
    "name",
    [
        "foto.exe",
        "foto.jpg.lnk",
        "foto",
        "a\x1b[31m.jpg",
        "a\u202egpj.jpg",
        "a\udc80.jpg",
        "a  b.jpg",
        "x" * 250 + ".jpg",
    ],
)
def test_a_hostile_name_is_no_photo(name: str) -> None:
    assert unfit(name)


@pytest.mark.parametrize(("name", "content"), [("a.jpg", JPEG), ("a.JPEG", JPEG), ("a.png", PNG), ("a.pdf", PDF)])
def test_a_photo_is_told_by_its_content(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert read_photo(tmp_path, name).size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jpg", b"", "kosong"), ("a.jpg", PNG, "isinya bukan JPEG"), ("a.pdf", b"MZ\x90", "isinya bukan PDF"),
        ("a.png", b"<html>", "isinya bukan PNG"), ("a.txt", JPEG, "bukan .jpg"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PlenoError, match=told):
        read_photo(tmp_path, name)


def test_a_large_photo_a_link_and_another_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "foto"
    inside.mkdir()
    (tmp_path / "luar.jpg").write_bytes(JPEG)
    (inside / "tautan.jpg").symlink_to(tmp_path / "luar.jpg")
    for name, told in (("tautan.jpg", "tautan"), ("../luar.jpg", "langsung di data/foto")):
        with pytest.raises(PlenoError, match=told):
            read_photo(inside, name)
    monkeypatch.setattr(photos, "MAX_PHOTO", len(JPEG) - 1)
    with pytest.raises(PlenoError, match="paling banyak"):
        read_photo(tmp_path, "luar.jpg")


def test_a_folder_is_listed_in_order_without_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "foto"
    assert photo_names(folder) == []
    folder.mkdir()
    for name in ("b.jpg", "a.jpg", "Thumbs.db", ".DS_Store"):
        (folder / name).write_bytes(JPEG)
    assert photo_names(folder) == ["a.jpg", "b.jpg"]
    monkeypatch.setattr(photos, "MAX_PHOTOS", 3)
    with pytest.raises(PlenoError, match="lebih dari 3"):
        photo_names(folder)
    link = tmp_path / "lain"
    link.symlink_to(folder)
    with pytest.raises(PlenoError, match="tautan"):
        photo_names(link)
