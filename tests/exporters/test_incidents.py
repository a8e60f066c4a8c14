"""KEJADIAN_KHUSUS as sheet, csv and json: every line with what became of it, NIHIL where there is none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from exporters.documents import NOON, contest, document, recap
from exporters.sheets import Opened
from service.table import Table

from pleno.domain.document import Document, Incident, KeberatanLine
from pleno.domain.errors import PlenoError
from pleno.domain.figures import salinan
from pleno.domain.keberatan import Keberatan, KeberatanKind, KeberatanState
from pleno.exporters.incidents import incidents_csv, incidents_json
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook
from pleno.service import export, keberatan, meeting, sealing
from pleno.service.session import Session
from pleno.service.setup import create_workspace

OBJECTION, EVENT = KeberatanKind.KEBERATAN, KeberatanKind.KEJADIAN_KHUSUS
HOSTILE = '=HYPERLINK("http://x","klik")'


def line(
    seq: int, kind: KeberatanKind, state: KeberatanState, note: str = "salinan saksi 02 tertulis 147", answer: str = ""
) -> KeberatanLine:
    answered = None if state is KeberatanState.TERBUKA else seq + 1
    item = Keberatan(
        "3101011001001", "pemilu2024-ppwp", seq, kind, "2", "suara.2", "salinan:2", 147, note, state, answer,
        "ppk1" if answered else None, answered,
    )  # fmt: skip
    return KeberatanLine(
        item, NOON, "TPS 001 PULAU", "IV.02 02 B", "Ratna (saksi nomor 2)", "Ketua" if answered else "",
        NOON if answered else None,
    )  # fmt: skip


def one(*lines: KeberatanLine, incidents: tuple[Incident, ...] = ()) -> Document:
    return document(recap(contest(), {"PULAU": 2}), keberatan=lines, incidents=incidents)


def sheet(made: Document) -> list[list[str]]:
    """The rows below the head of the table, up to the signature."""
    book = Opened(write_workbook(made, Layout()).data)
    rows = [[str(value or "") for value in row] for row in book.values["KEJADIAN_KHUSUS"].iter_rows(values_only=True)]
    first = next(place for place, row in enumerate(rows) if row[0] == "NO.") + 1
    last = next(place for place, row in enumerate(rows) if row[4] == "Ketua PANITIA PEMILIHAN KECAMATAN")
    return [[cell for cell in row if cell] for row in rows[first:last] if any(row)]


def test_nothing_is_nihil_in_both_parts() -> None:
    assert sheet(one()) == [
        ["KEJADIAN KHUSUS, DAN KEBERATAN YANG DITERIMA"], ["NIHIL"], ["KEBERATAN SAKSI DAN PANWASLU"], ["NIHIL"],
    ]  # fmt: skip


def test_an_accepted_objection_stands_among_the_events_the_others_are_signed() -> None:
    lines = (
        line(3, OBJECTION, KeberatanState.TIDAK_DITERIMA, answer="plano yang berlaku"),
        line(5, OBJECTION, KeberatanState.DITERIMA, "angka 4 terbaca 9", "dibetulkan, paraf lengkap"),
        line(7, EVENT, KeberatanState.TERBUKA, "listrik padam"),
        line(9, OBJECTION, KeberatanState.DIBATALKAN, "salah TPS", "salah catat"),
    )
    reopened = Incident(6, NOON, "TPS 002 PULAU", "TPS 002 PULAU dibuka kembali oleh Ketua.")
    made = sheet(one(*lines, incidents=(reopened,)))
    when, by = "Sabtu, 17 Februari 2024 12.00 WIB", "(Ketua, Sabtu, 17 Februari 2024 12.00 WIB)"
    who, place = "Ratna (saksi nomor 2)", "TPS 001 PULAU"
    assert made == [
        ["KEJADIAN KHUSUS, DAN KEBERATAN YANG DITERIMA"],
        ["5", when, place, who, "IV.02 02 B: angka 4 terbaca 9", f"diterima: dibetulkan, paraf lengkap {by}", "." * 18],
        ["6", when, "TPS 002 PULAU", "TPS 002 PULAU dibuka kembali oleh Ketua."],
        ["7", when, place, who, "IV.02 02 B: listrik padam", "terbuka"],
        ["KEBERATAN SAKSI DAN PANWASLU"],
        ["3", when, place, who, "IV.02 02 B: salinan saksi 02 tertulis 147",
         f"tidak diterima: plano yang berlaku {by}", "." * 18],
        ["9", when, place, who, "IV.02 02 B: salah TPS", f"dibatalkan: salah catat {by}"],
    ]  # fmt: skip


def test_the_data_says_the_same_and_no_cell_is_a_formula() -> None:
    made = one(line(3, OBJECTION, KeberatanState.DITERUSKAN, HOSTILE, "-1 dari kabupaten"))
    (found,) = incidents_json(made)["keberatan"]
    assert (found["uraian"], found["keterangan"], found["angka"], found["penyelesaian"], found["sumber"]) == (
        HOSTILE, "-1 dari kabupaten", 147, "diteruskan", "salinan:2",
    )  # fmt: skip
    head, row = csv.reader(io.StringIO(incidents_csv(made).decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True))["uraian"] == f"'{HOSTILE}"
    assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")]
    book = Opened(write_workbook(made, Layout()).data)
    assert all(formula.startswith("=IF(") for _, _, formula in book.formula_cells())


def test_the_data_of_nothing_is_nihil() -> None:
    assert incidents_json(one()) == {
        "versi": 1, "kontes": "pemilu2024-ppwp", "kecamatan": "310101", "ekspor": 1, "nihil": True, "keberatan": [],
    }  # fmt: skip
    head, row = csv.reader(io.StringIO(incidents_csv(one()).decode("utf-8-sig")))
    assert {name: cell for name, cell in zip(head, row, strict=True) if cell} == {
        "kontes": "pemilu2024-ppwp", "jenis": "NIHIL",
    }  # fmt: skip


# --- from the table to the set -------------------------------------------------------------------


def test_the_set_of_a_contest_lists_what_the_room_noted(table: Table) -> None:
    session, form = table.session, table.contest
    table.reads()
    table.reads(source=salinan(2), suara__2=134)
    tps = table.file().tps
    noted = keberatan.note(session, form, OBJECTION, "2", "salinan 134", "op1", tps, form.find("IV.2"))
    keberatan.note(session, form, EVENT, "pps", "listrik padam satu jam", "op1")
    keberatan.answer(session, noted.seq, KeberatanState.DITERUSKAN, "ke pleno kabupaten", "ppk1")
    folder = export.export(session, form, True, "op1").folder
    told = json.loads((folder / "data/kejadian-khusus.json").read_text("utf-8"))
    assert [(one["nomor"], one["tps"], one["penyelesaian"]) for one in told["keberatan"]] == [
        (noted.seq, tps.code, "diteruskan"), (noted.seq + 1, None, "terbuka"),
    ]  # fmt: skip
    (path,) = folder.glob("*.xlsx")
    cells = [str(cell) for row in Opened(path.read_bytes()).values["KEJADIAN_KHUSUS"].iter_rows(values_only=True)
             for cell in row if cell]  # fmt: skip
    assert "seluruh kecamatan" in cells
    assert (
        "IV.02 02 PASLON 2, salinan saksi nomor 2 134 (seratus tiga puluh empat), C.HASIL (plano) 124 (seratus dua "
        "puluh empat): salinan 134" in cells
    )


def test_an_unanswered_one_stands_against_the_final_set(table: Table) -> None:
    session, form = table.session, table.contest
    for n in range(4):
        table.reads(n)
    table.settles(*range(4))
    noted = keberatan.note(session, form, OBJECTION, "3", "saksi minta hitung ulang", "op1", table.file().tps)
    sealing.seal(session, "0417", None)
    with pytest.raises(PlenoError, match=r"^Ekspor final belum dapat: 1 keberatan/kejadian belum dijawab"):
        export.export(session, form, False, None)
    keberatan.answer(session, noted.seq, KeberatanState.TIDAK_DITERIMA, "tidak ada dasarnya", "ppk1")
    sealing.seal(session, "0417", None)
    assert export.export(session, form, False, None).status.value == "DITETAPKAN"


def test_each_contest_has_a_sheet_of_its_own(tmp_path: Path) -> None:
    contests = ("pilkada2024-bupati", "pilkada2024-gubernur")
    (tmp_path / "tps.csv").write_text("kode_tps;desa;nomor\n3101011001001;;1\n", "utf-8")
    choices = ["kontes,nomor,nama", *(f"{form},{n},PASLON {n}" for form in contests for n in (1, 2))]
    (tmp_path / "pilihan.csv").write_text("\n".join(choices) + "\n", "utf-8")
    made = create_workspace(tmp_path / "kec", list(contests), "310101", tmp_path / "tps.csv", tmp_path / "pilihan.csv")
    with Session.open(made) as session:
        meeting.open_meeting(session, "ppk1")
        first, second = (session.contest(name) for name in contests)
        keberatan.note(session, first, EVENT, "ppk", "kotak tanpa segel", "op1", next(iter(session.roster.values())))
        keberatan.nihil(session, second, "op1")
        assert [len(export.prepare(session, form, True).document.keberatan) for form in (first, second)] == [1, 0]
