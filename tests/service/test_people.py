"""Who is named in an entry stays who it was, whatever pleno.toml or the attendance says later."""

from __future__ import annotations

from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import SIREKAP
from pleno.domain.sentences import sentence
from pleno.service import correction, meeting
from pleno.service.session import Session
from pleno.service.setup import create_workspace


def rewrite(folder: Path, old: str, new: str) -> None:
    config = folder / "pleno.toml"
    text = config.read_text("utf-8")
    assert old in text
    config.write_text(text.replace(old, new), "utf-8")


def test_old_entries_keep_the_names_of_their_time(folder: Path) -> None:
    rewrite(folder, '"Operator"', '"Rina"')
    with Session.open(folder) as session:
        table = Table(session).open()
        table.reads(source=SIREKAP, suara__2=142)
        table.reads()
        meeting.note_presence(session, "s2", "Ratna", "2", "", True, None)
        proposed = table.proposes(0, "IV.2", 124)
        confirmed = correction.confirm(session, proposed.seq, "ppk2")
    rewrite(folder, '"Rina"', '"Orang Lain"')
    rewrite(folder, '"Anggota PPK 2"', '"Pengganti"')
    with Session.open(folder) as session:
        later = Table(session).reads(1)
        told = {entry.seq: sentence(entry, session.names(past=True)) for entry in session.store.entries()}
        (renamed,) = (
            entry
            for entry in session.store.entries_of(Kind.PERSON_CHANGED)
            if entry.seq > confirmed.seq and entry.data["id"] == "ppk2"
        )
    assert "diusulkan Rina (operator)" in told[proposed.seq]
    assert "disaksikan Ratna (saksi nomor 2); disetujui Anggota PPK 2 (anggota PPK)" in told[confirmed.seq]
    assert "dicatat Orang Lain (operator)" in told[later.seq]
    assert told[renamed.seq] == (
        "Petugas ppk2 menurut pleno.toml: Pengganti, anggota PPK, semula Anggota PPK 2; "
        "dicatat saat ruang kerja dibuka Orang Lain (operator)."
    )


def test_the_first_entries_are_told_as_well(session: Session) -> None:
    names = session.names(past=True)
    assert all(sentence(entry, names).endswith(".") for entry in session.store.entries())


@pytest.mark.parametrize(
    ("guest", "name", "stands_for"), [("ppk2", "Budi", "1"), ("s1", "Orang Lain", "1"), ("s1", "Sita", "2")]
)
def test_an_id_belongs_to_one_person(table: Table, guest: str, name: str, stands_for: str) -> None:
    meeting.note_presence(table.session, "s1", "Sita", "1", "", True, None)
    with pytest.raises(PlenoError, match="sudah dipakai"):
        meeting.note_presence(table.session, guest, name, stands_for, "", True, None)
    meeting.note_presence(table.session, "s1", "Sita", "1", "014/SM", False, None)


def test_an_officer_cannot_take_the_id_of_a_saksi(folder: Path) -> None:
    with Session.open(folder) as session:
        meeting.note_presence(session, "s1", "Sita", "1", "", True, None)
    rewrite(folder, 'id = "ppk5"', 'id = "s1"')
    with pytest.raises(PlenoError, match=r'Id "s1" di pleno\.toml'):
        Session.open(folder)
    rewrite(folder, 'id = "s1"', 'id = "ppk5"')
    Session.open(folder).close()


def test_kolom_kosong_sends_no_saksi(office: Path, tmp_path: Path) -> None:
    choices = tmp_path / "tunggal.csv"
    choices.write_text("nomor,nama,kolom_kosong\n1,PASLON,\n2,KOLOM KOSONG,ya\n", "utf-8")
    folder = create_workspace(tmp_path / "k", ["pilkada2024-bupati"], "310101", office / "tps.csv", choices)
    with Session.open(folder) as session:
        with pytest.raises(PlenoError, match="bukan nomor urut peserta yang mempunyai saksi"):
            meeting.note_presence(session, "s2", "Budi", "2", "", True, None)
        meeting.note_presence(session, "s1", "Budi", "1", "", True, None)


@pytest.mark.parametrize("guest", ["../s2", "s2/../../x", "C:s2", "a b", "nul", "com1", "S2", "-x", "s" * 21, "ś2"])
def test_a_guest_has_an_id_that_can_name_the_file_of_a_key(table: Table, guest: str) -> None:
    before = table.session.store.head()
    with pytest.raises(PlenoError, match="tidak dapat dipakai; berkas kunci"):
        meeting.note_presence(table.session, guest, "Budi", "2", "", True, "op1")
    assert table.session.store.head() == before
    meeting.note_presence(table.session, "saksi-02_b", "Budi", "2", "", True, "op1")
