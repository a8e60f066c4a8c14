"""PINs at the table: who is asked, what is refused, how long to wait, and what nobody may find anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest
from service.table import Table

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.errors import Damaged, PlenoError
from pleno.domain.figures import SIREKAP
from pleno.domain.keberatan import KeberatanKind, KeberatanState
from pleno.domain.pin import Pin, PinNeeded, PinSecret, is_pin, weakness
from pleno.domain.sentences import sentence
from pleno.service import (
    correction,
    export,
    keberatan,
    meeting,
    pins,
    practice,
    sealing,
    settling,
    signing,
    undo,
    views,
)
from pleno.service.crash import write_report
from pleno.service.session import Clock, Session
from pleno.service.verify import Outcome, verify_workspace

PIN, OTHER, WRONG = "480275", "917352", "604183"


class Hands:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.at = datetime(2024, 11, 30, 14, 30, tzinfo=timezone(timedelta(hours=7)))
        self.micro = 10**12
        self.boot = "awal"

    def clock(self) -> Clock:
        return Clock(lambda: self.at, lambda: self.micro, lambda: self.boot, lambda: datetime(2024, 11, 1, tzinfo=UTC))

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.micro += int(seconds * 1e6)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def session(folder: Path, hands: Hands) -> Iterator[Session]:
    with Session.open(folder, hands.clock()) as session:
        yield session


@pytest.fixture
def differing(table: Table) -> Table:
    """Sirekap differs in one row; ppk1, ppk2 and ppk3 have PINs, ppk4 and ppk5 none."""
    table.reads(source=SIREKAP, suara__2=142)
    table.reads()
    for person, pin in (("ppk1", OTHER), ("ppk2", PIN), ("ppk3", "730698")):
        pins.set_pin(table.session, person, pin)
    return table


@pytest.fixture
def stick(differing: Table, tmp_path: Path) -> signing.NewKey:
    """The ketua's key on a stick of its own."""
    folder = tmp_path / "stik"
    folder.mkdir()
    session = differing.session
    return signing.create_key(session, "ppk1", folder, "ppk1", pins.verify_pin(session, "ppk1", OTHER))


def refused(act: Callable[[], object]) -> PlenoError:
    with pytest.raises(PlenoError) as caught:
        act()
    return caught.value


# --- setting one ---------------------------------------------------------------------------


def test_the_first_pin_is_free_and_the_next_needs_the_old_one(table: Table) -> None:
    session = table.session
    assert not pins.needs_pin(session, "ppk2")
    entry = pins.set_pin(session, "ppk2", PIN)
    assert sentence(entry, session.names()) == "PIN Anggota PPK 2 disetel oleh Anggota PPK 2 (anggota PPK)."
    assert pins.needs_pin(session, "ppk2")
    with pytest.raises(PinNeeded, match="PIN diperlukan"):
        pins.set_pin(session, "ppk2", OTHER)
    pins.set_pin(session, "ppk2", OTHER, pins.verify_pin(session, "ppk2", PIN))
    assert pins.verify_pin(session, "ppk2", OTHER) == ("ppk2", False)
    assert refused(lambda: pins.verify_pin(session, "ppk2", PIN)).title == "PIN salah"


def test_the_proof_of_somebody_else_sets_nothing(differing: Table) -> None:
    proof = pins.verify_pin(differing.session, "ppk3", "730698")
    with pytest.raises(PinNeeded):
        pins.set_pin(differing.session, "ppk2", OTHER, proof)


@pytest.mark.parametrize(
    "bad", ["", "12345", "1234567", "48027x", "４８０２７５", "480275\n", "4" * 10**6, "\x1b[2J", "[/]"]
)
def test_what_is_no_pin_is_refused_and_leaves_no_entry(table: Table, bad: str) -> None:
    before = table.session.store.head()
    assert refused(lambda: pins.set_pin(table.session, "ppk2", bad)).title == "PIN tidak dibaca"
    assert table.session.store.head() == before


def test_a_pin_that_is_guessed_at_once_is_refused(table: Table) -> None:
    assert refused(lambda: pins.set_pin(table.session, "ppk2", "170845")).message == "PIN itu sebuah tanggal."


def test_practice_has_no_pins(tmp_path: Path) -> None:
    with Session.open(practice.create(tmp_path / "latihan")) as session:
        assert refused(lambda: pins.set_pin(session, "ppk2", PIN)).title == "PIN tidak disetel"
        assert not pins.needs_pin(session, "ppk2")


def test_the_ketua_sets_a_lost_pin_anew_by_the_own_key_and_that_is_printed(
    differing: Table, stick: signing.NewKey
) -> None:
    session = differing.session
    proof = pins.verify_passphrase(session, "ppk1", stick.path.parent, stick.passphrase)
    for person in ("op1", "ppk3"):
        assert refused(lambda by=person: pins.set_pin(session, "ppk2", WRONG, proof, by)).title == "Bukan wewenangnya"
    assert refused(lambda: pins.set_pin(session, "ppk2", WRONG, proof, "ppk1")).title == "Alasan belum ditulis"
    for other in (None, pins.verify_pin(session, "ppk1", OTHER), pins.Verified("ppk2", by_key=True)):
        with pytest.raises(pins.PassphraseNeeded):
            pins.set_pin(session, "ppk2", WRONG, other, "ppk1", "lupa PIN sejak pagi")
    entry = pins.set_pin(session, "ppk2", WRONG, proof, "ppk1", "lupa PIN sejak pagi")
    said = "DARURAT: PIN Anggota PPK 2 disetel ulang oleh Ketua PPK (ketua PPK): lupa PIN sejak pagi."
    assert sentence(entry, session.names()) == said
    pins.verify_pin(session, "ppk2", WRONG)
    exported = export.export(session, differing.contest, draft=True, by="op1")
    assert any(said in text for text in texts_of(exported.folder))
    assert red_cells(exported.folder) == [said]


def red_cells(folder: Path) -> list[str]:
    """What the workbook of a set prints in red, numbers and times apart."""
    (path,) = folder.rglob("*.xlsx")
    sheet = openpyxl.load_workbook(path)["KEJADIAN_KHUSUS"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.font.color and cell.font.color.rgb == "00B91C1C"]
    return [cell.value for cell in cells if isinstance(cell.value, str) and len(cell.value) > 40]


def test_the_key_opens_lost_pins_only(differing: Table, stick: signing.NewKey) -> None:
    session = differing.session
    proof = pins.verify_passphrase(session, "ppk1", stick.path, stick.passphrase)
    proposed = differing.proposes(0, "IV.2", 124)
    with pytest.raises(PinNeeded):
        correction.confirm(session, proposed.seq, "ppk1", proof)
    with pytest.raises(PinNeeded):
        pins.log_in(session, "ppk1", proof)


def test_wrong_words_and_a_replaced_key_prove_nothing(differing: Table, stick: signing.NewKey, tmp_path: Path) -> None:
    session = differing.session
    assert (
        refused(lambda: pins.verify_passphrase(session, "ppk1", stick.path, "satu dua")).title == "Kunci tidak terbuka"
    )
    another = tmp_path / "stik-baru"
    another.mkdir()
    signing.rotate_key(session, "ppk1", another, "stik lama hilang", "ppk1", pins.verify_pin(session, "ppk1", OTHER))
    assert refused(lambda: pins.verify_passphrase(session, "ppk1", stick.path, stick.passphrase)).title == "Kunci lain"


def test_nobody_takes_the_key_that_sets_pins_anew(differing: Table, stick: signing.NewKey, tmp_path: Path) -> None:
    """One member who replaced the ketua's key would be the ketua, and with the PINs then set anybody else."""
    session, another = differing.session, tmp_path / "stik-baru"
    another.mkdir()
    proof = pins.verify_pin(session, "ppk2", PIN)
    for by in ("ppk2", "ppk4"):
        act = lambda by=by: signing.rotate_key(session, "ppk1", another, "stik lama hilang", by, proof)  # noqa: E731
        assert refused(act).title == "Kunci milik sendiri"
    with pytest.raises(PinNeeded, match="PIN Ketua PPK"):
        signing.rotate_key(session, "ppk1", another, "stik lama hilang", "ppk1", proof)
    for by in ("op1", None, "ppk1"):
        assert refused(lambda by=by: signing.create_key(session, "ppk3", another, by)).title == "Kunci milik sendiri"
    with pytest.raises(PinNeeded, match="PIN Anggota PPK 3"):
        signing.create_key(session, "ppk3", another, "ppk3", proof)
    assert list(another.iterdir()) == []
    signing.create_key(session, "ppk4", another, "op1")


def test_without_a_key_the_ketua_sets_nobodys(table: Table) -> None:
    act = lambda: pins.set_pin(table.session, "ppk2", PIN, None, "ppk1", "lupa PIN sejak pagi")  # noqa: E731
    assert refused(act).title == "Ketua belum punya kunci"


def test_what_the_program_draws_is_six_digits_that_nobody_guesses_at_once() -> None:
    drawn = {pins.draw_pin() for _ in range(2000)}
    assert all(is_pin(pin) and not weakness(pin) for pin in drawn)
    assert len(drawn) > 1900
    assert {len({pin[place] for pin in drawn}) for place in range(6)} == {10}


def test_pleno_toml_makes_nobody_ketua_who_has_no_pin(differing: Table) -> None:
    """Whoever edits the file would be the ketua, whose own PIN then asks nobody."""
    config = differing.session.folder / "pleno.toml"
    differing.session.close()
    text = config.read_text("utf-8").replace('jabatan = "ketua"', 'jabatan = "anggota"')
    for person in ("ppk5", "ppk3"):
        at = text.index('jabatan = "anggota"', text.index(f'id = "{person}"'))
        config.write_text(text[:at] + 'jabatan = "ketua"' + text[at + len('jabatan = "anggota"') :], "utf-8")
        if person == "ppk5":
            assert refused(lambda: Session.open(config.parent)).title == "Ketua tanpa PIN"
    with Session.open(config.parent) as session, pytest.raises(PinNeeded, match="PIN Anggota PPK 3"):
        meeting.suspend(session, "ppk3", "istirahat")


# --- wrong ones ----------------------------------------------------------------------------


def test_a_wrong_pin_is_an_entry_that_names_who_sat_there(differing: Table) -> None:
    session = differing.session
    error = refused(lambda: pins.verify_pin(session, "ppk2", WRONG, "op1"))
    assert (error.title, error.message) == ("PIN salah", "Bukan PIN Anggota PPK 2.")
    entry = session.store.last_of(Kind.SESSION_FAIL)
    assert entry is not None
    assert (entry.actor.id, dict(entry.data)) == ("op1", {"id": "ppk2", "ke": 1})
    assert sentence(entry, session.names()) == (
        "PIN Anggota PPK 2 salah diketik, ke-1 berturut-turut, saat bekerja Operator (operator)."
    )


def test_after_five_the_next_is_not_even_looked_at_until_the_wait_is_over(differing: Table, hands: Hands) -> None:
    session = differing.session
    for _ in range(4):
        assert "kali lagi" in refused(lambda: pins.verify_pin(session, "ppk2", WRONG)).advice
    assert refused(lambda: pins.verify_pin(session, "ppk2", WRONG)).advice == "Tunggu 15 detik."
    hands.wait(14)
    before = session.store.head()
    locked = refused(lambda: pins.verify_pin(session, "ppk2", PIN))
    assert (locked.title, session.store.head()) == ("PIN terkunci", before)
    assert "tunggu 1 detik" in locked.message
    hands.wait(1)
    assert refused(lambda: pins.verify_pin(session, "ppk2", WRONG)).advice == "Tunggu 30 detik."
    hands.wait(30)
    assert pins.verify_pin(session, "ppk2", PIN) == ("ppk2", False)
    assert session.state.get(Pin, "ppk2").failures == 0  # type: ignore[union-attr]  # has one
    assert "3 kali lagi" not in refused(lambda: pins.verify_pin(session, "ppk2", WRONG)).advice


def test_one_that_is_locked_locks_nobody_else(differing: Table) -> None:
    for _ in range(5):
        refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    assert pins.verify_pin(differing.session, "ppk3", "730698") == ("ppk3", False)


def test_the_lock_outlives_the_program(differing: Table, folder: Path, hands: Hands) -> None:
    for _ in range(5):
        refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    differing.session.close()
    with Session.open(folder, hands.clock()) as again:
        assert refused(lambda: pins.verify_pin(again, "ppk2", PIN)).title == "PIN terkunci"


def test_setting_the_wall_clock_opens_no_lock(differing: Table, hands: Hands) -> None:
    for _ in range(5):
        refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    hands.at += timedelta(days=30)
    assert refused(lambda: pins.verify_pin(differing.session, "ppk2", PIN)).title == "PIN terkunci"


def test_after_a_restart_of_the_machine_the_wall_clock_counts(differing: Table, hands: Hands) -> None:
    for _ in range(5):
        refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    hands.boot = "baru"
    hands.micro = 0
    hands.at += timedelta(seconds=10)
    assert refused(lambda: pins.verify_pin(differing.session, "ppk2", PIN)).title == "PIN terkunci"
    hands.at += timedelta(seconds=5)
    assert pins.verify_pin(differing.session, "ppk2", PIN) == ("ppk2", False)


def test_a_clock_set_back_over_a_restart_locks_nobody_out(differing: Table, hands: Hands) -> None:
    for _ in range(5):
        refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    hands.boot = "baru"
    hands.at -= timedelta(days=400)
    assert pins.verify_pin(differing.session, "ppk2", PIN) == ("ppk2", False)


@pytest.mark.parametrize("person", ["siapa", "", "[/]"])
def test_nobody_unknown_is_recognised(differing: Table, person: str) -> None:
    assert refused(lambda: pins.verify_pin(differing.session, person, PIN)).title == "Petugas tidak dikenal"


def test_who_has_none_is_told_how_to_set_one(differing: Table) -> None:
    error = refused(lambda: pins.verify_pin(differing.session, "ppk4", PIN))
    assert (error.title, error.advice) == ("Belum punya PIN", "Setel dulu: `pleno pin ppk4`.")


# --- where it is asked ---------------------------------------------------------------------


def test_who_confirms_shows_the_pin(differing: Table) -> None:
    session, proposed = differing.session, differing.proposes(0, "IV.2", 124)
    with pytest.raises(PinNeeded):
        correction.confirm(session, proposed.seq, "ppk2")
    with pytest.raises(PinNeeded):
        correction.confirm(session, proposed.seq, "ppk2", pins.verify_pin(session, "ppk3", "730698"))
    confirmed = correction.confirm(session, proposed.seq, "ppk2", pins.verify_pin(session, "ppk2", PIN))
    assert sentence(confirmed, session.names()).endswith("disetujui Anggota PPK 2 (anggota PPK) dengan PIN.")
    with pytest.raises(PinNeeded):
        correction.withdraw(session, proposed.seq, "ppk3", "keliru disetujui tadi")
    proof = pins.verify_pin(session, "ppk3", "730698")
    correction.withdraw(session, proposed.seq, "ppk3", "keliru disetujui tadi", proof)
    assert differing.file().state is TpsState.BEDA


def test_four_eyes_come_before_the_pin(differing: Table) -> None:
    proposed = differing.proposes(0, "IV.2", 124, by="ppk2")
    proof = pins.verify_pin(differing.session, "ppk2", PIN)
    error = refused(lambda: correction.confirm(differing.session, proposed.seq, "ppk2", proof))
    assert error.title == "Penyetuju sama"


def test_who_has_no_pin_answers_for_nothing_where_others_have_one(differing: Table) -> None:
    """Else the operator alone could agree in that name."""
    proposed = differing.proposes(0, "IV.2", 124)
    before = differing.session.store.head()
    assert refused(lambda: correction.confirm(differing.session, proposed.seq, "ppk4")).title == "Belum punya PIN"
    assert refused(lambda: meeting.suspend(differing.session, "ppk4")).title == "Belum punya PIN"
    assert differing.session.store.head() == before
    pins.set_pin(differing.session, "ppk4", "914257")
    proof = pins.verify_pin(differing.session, "ppk4", "914257")
    assert correction.confirm(differing.session, proposed.seq, "ppk4", proof).data["pin"] is True


def settling_by_pin(folder: Path) -> None:
    toml = folder / "pleno.toml"
    text = toml.read_text("utf-8")
    assert "pin_sahkan = false" in text
    toml.write_text(text.replace("pin_sahkan = false", "pin_sahkan = true"), "utf-8")


def test_settling_asks_a_pin_of_the_ppk_where_it_is_set(differing: Table, folder: Path) -> None:
    session = differing.session
    differing.reads(1)
    differing.reads(2)
    session.close()
    settling_by_pin(folder)
    with Session.open(folder) as again:
        table = Table(again)
        first, second = (table.file(n).tps for n in (1, 2))
        with pytest.raises(PinNeeded):
            settling.settle(again, [first], table.contest, "op1")
        proof = pins.verify_pin(again, "ppk2", PIN)
        two = refused(lambda: settling.settle(again, [first, second], table.contest, "op1", proof=proof))
        assert two.title == "Satu PIN untuk satu TPS"
        assert table.file(1).state is not TpsState.SAH
        (entry,) = settling.settle(again, [first], table.contest, "op1", proof=proof).entries
        assert "dengan PIN Anggota PPK 2, dicatat Operator (operator)" in sentence(entry, again.names())
        with pytest.raises(PinNeeded):
            settling.settle_matching(again, table.contest, "op1")


def test_an_operators_pin_settles_nothing(differing: Table, folder: Path) -> None:
    differing.reads(1)
    pins.set_pin(differing.session, "op1", WRONG)
    differing.session.close()
    settling_by_pin(folder)
    with Session.open(folder) as again:
        proof = pins.verify_pin(again, "op1", WRONG)
        table = Table(again)
        with pytest.raises(PinNeeded):
            settling.settle(again, [table.file(1).tps], table.contest, "op1", proof=proof)


def test_taking_the_keyboard_is_an_entry(differing: Table) -> None:
    session = differing.session
    with pytest.raises(PinNeeded):
        pins.log_in(session, "ppk2")
    entry = pins.log_in(session, "ppk2", pins.verify_pin(session, "ppk2", PIN))
    assert sentence(entry, session.names()) == "Anggota PPK 2 (anggota PPK) dikenali dengan PIN."
    assert sentence(pins.log_in(session, "op1"), session.names()) == "Operator (operator) dikenali, tanpa PIN."
    assert sentence(pins.lock(session, "op1"), session.names()) == "Layar dikunci oleh Operator (operator)."


def test_undo_asks_none(differing: Table) -> None:
    entry = undo.undo_reading(differing.session, differing.file().tps, differing.contest, "op1")
    assert entry.kind is Kind.READING_SAVED


def test_undo_after_a_seal_asks_a_reason_and_the_pin_of_a_member(differing: Table) -> None:
    session, tps, why = differing.session, differing.file().tps, "salah baca kertas TPS lain"
    sealing.seal(session, "0417", "op1")
    act = lambda note="", proof=None: undo.undo_reading(session, tps, differing.contest, "op1", note, proof)  # noqa: E731
    assert refused(act).title == "Alasan belum ditulis"
    with pytest.raises(PinNeeded):
        act(why)
    entry = act(why, pins.verify_pin(session, "ppk2", PIN))
    assert (entry.note, entry.data["pin"]) == (why, "ppk2")
    with pytest.raises(PinNeeded):
        undo.redo_reading(session, tps, differing.contest, "op1", why)
    undo.redo_reading(session, tps, differing.contest, "op1", why, pins.verify_pin(session, "ppk3", "730698"))


# --- in the name of a member ----------------------------------------------------------------


def test_turns_of_the_meeting_need_a_pin(differing: Table) -> None:
    session = differing.session
    with pytest.raises(PinNeeded):
        meeting.suspend(session, "ppk2")
    with pytest.raises(PinNeeded):
        meeting.suspend(session, "ppk2", "", pins.verify_pin(session, "ppk3", "730698"))
    entry = meeting.suspend(session, "ppk2", "", pins.verify_pin(session, "ppk2", PIN))
    assert entry.data == {"pin": True}
    meeting.resume(session, "ppk2", "", pins.verify_pin(session, "ppk2", PIN))
    with pytest.raises(PinNeeded):
        meeting.close_meeting(session, "ppk1")
    proof = pins.verify_pin(session, "ppk1", OTHER)
    meeting.close_meeting(session, "ppk1", "", proof)
    assert refused(lambda: meeting.open_meeting(session, "ppk1", "", proof)).title == "Alasan belum ditulis"
    meeting.open_meeting(session, "ppk1", "rekomendasi Panwaslu", proof)


def test_what_the_room_answers_needs_the_pin_of_who_says_it(differing: Table) -> None:
    session, why = differing.session, "sesuai berita acara TPS"
    raised = keberatan.note(session, differing.contest, KeberatanKind.KEBERATAN, "ppk", "kotak terlambat tiba", "op1")
    with pytest.raises(PinNeeded):
        keberatan.answer(session, raised.seq, KeberatanState.DITERIMA, why, "ppk2")
    proof = pins.verify_pin(session, "ppk2", PIN)
    assert keberatan.answer(session, raised.seq, KeberatanState.DITERIMA, why, "ppk2", proof).data["pin"] is True
    with pytest.raises(PinNeeded):
        keberatan.withdraw(session, raised.seq, why, "ppk3")


# --- the ketua's own ------------------------------------------------------------------------


def test_the_lost_pin_of_the_ketua_is_set_by_two_members_together(differing: Table) -> None:
    session, why = differing.session, "ketua lupa PIN sejak pagi"
    first, second = pins.verify_pin(session, "ppk2", PIN), pins.verify_pin(session, "ppk3", "730698")
    set_anew = lambda proof, by, other: pins.set_pin(session, "ppk1", WRONG, proof, by, why, other)  # noqa: E731
    with pytest.raises(PinNeeded, match="kedua"):
        set_anew(first, "ppk2", None)
    assert refused(lambda: set_anew(first, "ppk2", first)).title == "Perlu anggota lain"
    ketua = pins.verify_pin(session, "ppk1", OTHER)
    assert refused(lambda: set_anew(first, "ppk2", ketua)).title == "Perlu anggota lain"
    assert refused(lambda: set_anew(None, "ppk4", second)).title == "Anggota belum punya PIN"
    assert refused(lambda: set_anew(None, "op1", second)).title == "Bukan wewenangnya"
    entry = set_anew(first, "ppk2", second)
    said = (
        "DARURAT: PIN Ketua PPK disetel ulang oleh Anggota PPK 2 (anggota PPK) bersama Anggota PPK 3: "
        "ketua lupa PIN sejak pagi."
    )
    assert sentence(entry, session.names()) == said
    pins.verify_pin(session, "ppk1", WRONG)
    exported = export.export(session, differing.contest, draft=True, by="op1")
    assert any(said in text for text in texts_of(exported.folder))


# --- what can be trusted, and what nobody finds ----------------------------------------------


def everything(differing: Table, stick: signing.NewKey) -> None:
    """Every act that has to do with a PIN."""
    session, proposed = differing.session, differing.proposes(0, "IV.2", 124)
    refused(lambda: pins.verify_pin(session, "ppk2", WRONG, "op1"))
    correction.confirm(session, proposed.seq, "ppk2", pins.verify_pin(session, "ppk2", PIN))
    proof = pins.verify_passphrase(session, "ppk1", stick.path, stick.passphrase)
    pins.set_pin(session, "ppk3", "508264", proof, "ppk1", "lupa PIN sejak pagi")
    pins.log_in(session, "ppk2", pins.verify_pin(session, "ppk2", PIN))
    pins.lock(session, "ppk2")


TYPED = (PIN, OTHER, WRONG, "730698", "508264")


def texts_of(folder: Path) -> Iterator[str]:
    """The text of every file of an exported set, workbooks unpacked."""
    import zipfile

    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
        elif path.is_file():
            yield path.read_bytes().decode("utf-8", "replace")


def test_replay_and_verification_are_whole(differing: Table, stick: signing.NewKey, folder: Path) -> None:
    everything(differing, stick)
    sealing.seal(differing.session, "0417", "ppk1")
    refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    differing.session.close()
    found = verify_workspace(folder)
    assert (found.outcome, [line for line in found.checks if not line.ok]) == (Outcome.UTUH, [])


def test_no_pin_stands_in_journal_database_or_crash_report(
    differing: Table, stick: signing.NewKey, folder: Path
) -> None:
    everything(differing, stick)
    entries = [entry.body() for entry in differing.session.store.entries()]
    secrets_ = list(differing.session.state.all(PinSecret))
    try:
        pins.verify_pin(differing.session, "ppk2", WRONG)
    except PlenoError as error:
        report = write_report(error, folder)
    differing.session.close()
    database = (folder / "data" / "pleno.db").read_bytes()
    texts = [str(entries), str(secrets_), Path(report).read_text("utf-8")]
    for typed in TYPED:
        assert f'"{typed}"' not in str(entries)
        assert f"'{typed}'" not in str(entries)
        assert f'"{typed}"'.encode() not in database
        assert all(typed not in text for text in texts[1:])
    for secret in secrets_:
        assert secret.salt not in texts[0]
        assert secret.hash not in texts[0]


def test_no_secret_leaves_with_an_exported_set(differing: Table, stick: signing.NewKey) -> None:
    everything(differing, stick)
    exported = export.export(differing.session, differing.contest, draft=True, by="op1")
    secrets_ = list(differing.session.state.all(PinSecret))
    assert len(secrets_) == 3
    seen = list(texts_of(exported.folder))
    assert any("pin.set" in text for text in seen)
    for secret in secrets_:
        assert not any(secret.salt in text or secret.hash in text for text in seen)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE pin_secret SET hash = (SELECT hash FROM pin_secret WHERE person = 'ppk3') WHERE person = 'ppk2'",
         "PIN ppk2: bukan yang disetel pada entri"),
        ("UPDATE pin_secret SET person = 'ppk4' WHERE person = 'ppk2'", "PIN ppk4: ada di tabel, tidak pernah disetel"),
        ("DELETE FROM pin_secret WHERE person = 'ppk2'", "PIN ppk2: disetel pada entri"),
        ("UPDATE pin SET failures = 0", "PIN ppk2 failures: di tabel 0, menurut jejak 1"),
    ],
)  # fmt: skip
def test_a_pin_put_in_the_place_of_another_is_found(differing: Table, folder: Path, statement: str, told: str) -> None:
    refused(lambda: pins.verify_pin(differing.session, "ppk2", WRONG))
    differing.session.close()
    connection = sqlite3.connect(folder / "data" / "pleno.db")
    connection.execute(statement)
    connection.commit()
    connection.close()
    found = verify_workspace(folder)
    assert found.outcome is Outcome.RUSAK
    assert any(told in line.message for line in found.checks if not line.ok)
    if "pin_secret" in statement:
        with Session.open(folder) as again, pytest.raises(Damaged, match="tidak dapat dipercaya"):
            pins.verify_pin(again, "ppk2", PIN)


def test_a_save_that_fails_sets_neither_entry_nor_secret(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    store = table.session.store
    before = store.head()
    put = store.state.put

    def full(record: object) -> None:
        if isinstance(record, PinSecret):
            raise PlenoError("TIDAK TERSIMPAN", "Disk penuh.")
        put(record)  # type: ignore[arg-type]  # every other record

    monkeypatch.setattr(store.state, "put", full)
    with pytest.raises(PlenoError, match="Disk penuh"):
        pins.set_pin(table.session, "ppk2", PIN)
    assert (store.head(), table.session.state.get(Pin, "ppk2")) == (before, None)


def test_the_journal_tells_it_all_in_sentences(differing: Table, stick: signing.NewKey) -> None:
    everything(differing, stick)
    names = differing.session.names(past=True)
    told = [sentence(entry, names) for entry in views.journal(differing.session)]
    assert not any("{" in text for text in told)
