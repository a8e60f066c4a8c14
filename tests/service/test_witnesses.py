"""Who is on the attendance list, and what each holder of a copy says of a TPS."""

from __future__ import annotations

import pytest
from service.table import Table

from pleno.domain.errors import PlenoError
from pleno.domain.figures import SALINAN_PANWASLU, salinan
from pleno.domain.sentences import sentence
from pleno.domain.witness import Answered
from pleno.service import copies, correction, meeting, signers
from pleno.service.witnesses import answers_of, note_absence

S1, S2, S3, PWS = salinan(1), salinan(2), salinan(3), SALINAN_PANWASLU


@pytest.fixture
def room(table: Table) -> Table:
    """Saksi 1 and 2 and the Panwaslu are there, saksi 3 is not; TPS 001 is read."""
    for n in (1, 2):
        meeting.note_presence(table.session, f"s{n}", f"Saksi {n}", str(n), f"0{n}/SM", True, "op1")
    meeting.note_presence(table.session, "pws", "Yusuf", meeting.PANWASLU, "", True, "op1")
    table.reads()
    return table


def answers(room: Table, n: int = 0) -> dict[str, Answered]:
    file = room.file(n)
    return dict(answers_of(room.session, room.contest, [file])[file.tps.code])


def test_a_copy_says_its_answer_by_its_figures(room: Table) -> None:
    tps = room.file().tps
    belum = Answered.BELUM
    assert answers(room) == {S1: belum, S2: belum, S3: Answered.TIDAK_HADIR, PWS: belum}
    copies.one_copy(room.session, tps, room.contest, S1, {}, "op1")
    copies.one_copy(room.session, tps, room.contest, S2, {"suara.2": 142}, "op1")
    note_absence(room.session, tps, room.contest, PWS, "ke kamar kecil", "op1")
    assert answers(room) == {S1: Answered.SAMA, S2: Answered.BEDA, S3: Answered.TIDAK_HADIR, PWS: Answered.TIDAK_HADIR}


def test_an_answer_stays_beda_when_the_copy_is_accepted_as_wrong(room: Table) -> None:
    tps = room.file().tps
    copies.one_copy(room.session, tps, room.contest, S2, {"suara.2": 142}, "op1")
    row = room.contest.by_name["suara.2"]
    correction.answer_saksi(room.session, tps, room.contest, S2, [row], "salah salin, setuju plano", "op1")
    assert answers(room)[S2] is Answered.BEDA


def test_what_they_said_is_kept_with_the_settlement(room: Table) -> None:
    copies.all_match(room.session, room.file().tps, room.contest, "op1")
    (entry,) = room.settles(0).entries
    assert entry.data["saksi"] == {S1: "sama", S2: "sama", S3: "tidak hadir", PWS: "sama"}
    meeting.note_presence(room.session, "s1", "Saksi 1", "1", "01/SM", False, "op1")
    told = sentence(entry, room.session.names())
    assert told.endswith("Jawaban pemegang salinan: S01 sama, S02 sama, S03 tidak hadir, PWS sama.")


def test_nothing_is_said_of_people_nobody_noted(table: Table) -> None:
    table.reads()
    (entry,) = table.settles(0).entries
    assert "saksi" not in entry.data


def test_an_absence_is_refused_where_it_cannot_be(room: Table) -> None:
    tps = room.file().tps
    copies.one_copy(room.session, tps, room.contest, S1, {}, "op1")
    for source, title in ((S1, "Jawaban ditolak"), ("plano", "Jawaban ditolak"), (salinan(9), "Sumber tidak dikenal")):
        with pytest.raises(PlenoError) as refused:
            note_absence(room.session, tps, room.contest, source, "", "op1")
        assert refused.value.title == title
    note_absence(room.session, tps, room.contest, S2, "", "op1")
    with pytest.raises(PlenoError) as again:
        note_absence(room.session, tps, room.contest, S2, "", "op1")
    assert again.value.title == "Jawaban sudah dicatat"


def test_an_officer_signs_the_list_and_is_no_witness(room: Table) -> None:
    entry = meeting.note_officer(room.session, "ppk2", True, "op1")
    assert sentence(entry, room.session.names(past=True)) == (
        "Anggota PPK 2 (ppk2), PPK, dicatat hadir oleh Operator (operator)."
    )
    room.reads_only(1, "plano", suara__1=5)
    room.reads_only(1, "sirekap", suara__1=6)
    proposed = room.proposes(1, "IV.1", 5)
    assert set(proposed.witness) == {"s1", "s2", "pws"}
    assert list(signers.may_sign(room.session)).count("ppk2") == 1
    assert room.session.names().people["ppk2"] == "Anggota PPK 2"
    with pytest.raises(PlenoError, match="sudah tercatat hadir"):
        meeting.note_officer(room.session, "ppk2", True, "op1")
    with pytest.raises(PlenoError, match="operator"):
        meeting.note_officer(room.session, "op1", True, "op1")
