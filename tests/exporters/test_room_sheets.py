"""Attendance with times, the answers of witnesses per TPS, and boxes and suspensions in the berita acara."""

from __future__ import annotations

from datetime import timedelta

from exporters.documents import NOON, contest, document, recap
from exporters.sheets import Opened

from pleno.domain.box import Kotak
from pleno.domain.document import Document
from pleno.domain.room import Room, Span
from pleno.domain.state import Kehadiran
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook

HOUR = timedelta(hours=1)
FORM = contest().profile.id
FIRST, SECOND = "3101011001001", "3101011001002"
GUESTS = (
    Kehadiran("p", "Bu Panwas", "panwaslu", "", True),
    Kehadiran("s2", "Saksi Dua", "2", "02/SM", False),
    Kehadiran("s3", "Saksi Tiga", "3", "", False),
    Kehadiran("s1", "Saksi Satu", "1", "01/SM", True),
    Kehadiran("ppk2", "Anggota 2", "ppk", "", True),
)
ROOM = Room(
    stays={
        "s2": [Span(NOON, NOON + HOUR), Span(NOON + 2 * HOUR, NOON + 26 * HOUR)],
        "s1": [Span(NOON + 24 * HOUR)],
        "ppk2": [Span(NOON)],
    },
    suspensions=[Span(NOON, NOON + HOUR, "salat zuhur"), Span(NOON + 3 * HOUR)],
    boxes=[Kotak(FIRST, FORM, True, True, "", "daring", 5), Kotak(SECOND, FORM, False, False, "sobek", "", 6)],
    answers={FIRST: {"salinan:1": "sama", "salinan:2": "beda", "salinan:panwaslu": "tidak hadir"}},
)


def opened(one: Document) -> Opened:
    return Opened(write_workbook(one, Layout()).data)


def rows(name: str) -> list[list[str | None]]:
    book = opened(document(recap(contest(), {"PULAU KELAPA": 2}), kehadiran=GUESTS, room=ROOM))
    return [list(row) for row in book.values[name].iter_rows(values_only=True)]


def test_everybody_who_came_stands_on_the_list_with_times() -> None:
    listed = [row[1:5] for row in rows("DAFTAR_HADIR") if str(row[0]).isdigit()]
    assert listed[1] == ["Anggota 2", "Anggota PPK", None, "12.00-"]
    assert listed[2] == ["Anggota 3", "Anggota PPK", None, None]
    assert listed[5:] == [
        ["Saksi Satu", "saksi nomor 01", "01/SM", "18/2 12.00-"],
        ["Saksi Dua", "saksi nomor 02", "02/SM", "12.00-13.00; 14.00-18/2 14.00"],
        ["Bu Panwas", "Panwaslu Kecamatan", None, None],
    ], "saksi 3 never came"


def test_each_tps_has_the_answers_of_its_witnesses() -> None:
    told = [row[1:3] for row in rows("JAWABAN_SAKSI") if str(row[0]).isdigit()]
    assert told == [["PULAU KELAPA / TPS 001", "S01 sama; S02 beda; PWS tidak hadir"]]


def test_the_berita_acara_counts_boxes_and_suspensions() -> None:
    said = " ".join(str(row[1]) for row in rows("BERITA_ACARA") if row[1])
    assert "Rapat diskors 2 kali: 12.00-13.00 (salat zuhur); 15.00-." in said
    assert "diterima 2 (dua) dan yang dibuka 1 (satu) dari 2 TPS; segel atau gembok rusak pada 1 (satu)" in said


def test_without_a_list_the_sheets_say_so() -> None:
    book = opened(document(recap(contest(), {"PULAU KELAPA": 1}), kehadiran=()))
    told = [cell for row in book.values["JAWABAN_SAKSI"].iter_rows(values_only=True) for cell in row if cell]
    assert told[-1] == "Tidak ada saksi atau Panwaslu pada daftar hadir."
    said = " ".join(str(row[1]) for row in book.values["BERITA_ACARA"].iter_rows(values_only=True) if row[1])
    assert "Rapat tidak diskors." in said
