"""Jejak: the journal read only, filtered, and one entry in full (UX.md, F8)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS, TPS_004, Ticking, made
from tui.settled import TPS_003, in_the_middle

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.service.session import Session
from pleno.tui import journal_reader
from pleno.tui.journal_lines import JournalRows
from pleno.tui.journal_reader import JournalReader
from pleno.tui.journal_sieve import JournalSieve, Vocabulary, sieve_of
from pleno.tui.journal_view import JournalLine
from pleno.tui.screens import journal
from pleno.tui.screens.entry import EntryScreen
from pleno.tui.screens.journal import JournalScreen

SIZES = [(80, 24), (100, 30), (160, 45)]


@pytest.fixture
def middle(bare: Path) -> Path:
    return in_the_middle(bare)


@pytest.fixture
def known(middle: Path) -> Vocabulary:
    with Session.open(middle) as session:
        vocabulary = JournalReader(session).vocabulary(session.contest(None))
        _ = session.roster, session.desa
        return vocabulary


def jejak(desk: DeskDriver) -> JournalScreen:
    screen = desk.app.screen
    assert isinstance(screen, JournalScreen), f"on the screen is {screen}"
    return screen


def numbers(desk: DeskDriver) -> list[int]:
    rows = jejak(desk).rows
    assert rows is not None
    return list(rows.numbers)


async def sift(desk: DeskDriver, words: str) -> None:
    await desk.press("/")
    await desk.press(*["Backspace"] * 60)
    await desk.write(words)
    await desk.press("Enter")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(middle: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(middle, size) as desk:
        await desk.press("f8")
        matches_golden(f"jejak-{size[0]}x{size[1]}", cells_of(desk.app))
        assert all(len(line) <= size[0] for line in desk.lines)


async def test_cells_without_colour(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        matches_golden("jejak-80x24-tanpa-warna", attributes_of(desk.app))
        assert colours_of(desk.app) == set()


async def test_newest_first_and_enter_shows_the_whole_entry(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        head = desk.pleno.session.store.head()
        assert numbers(desk) == list(range(head.seq, 0, -1))
        await sift(desk, "pembetulan")
        confirmed = desk.entries(lambda entry: entry.kind is Kind.PEMBETULAN_CONFIRMED)[0]
        assert numbers(desk)[0] == confirmed.seq
        await desk.press("Enter")
        assert isinstance(desk.app.screen, EntryScreen)
        assert "tertulis 6 (enam), dibetulkan menjadi 5 (lima)" in " ".join(desk.text.split())
        assert confirmed.hash in desk.text
        await desk.press("Esc")
        assert numbers(desk)[jejak(desk).grid.at] == confirmed.seq


async def test_h_on_the_meja_shows_the_entries_of_one_row(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.go_to_desk(TPS_003)
        await desk.press(".", "v", "b", "Enter", "h")
        await desk.pilot.pause(0.1)
        kinds = [entry.kind for entry in desk.entries(lambda entry: entry.seq in numbers(desk))]
        assert kinds == [Kind.READING_SAVED, Kind.PEMBETULAN_PROPOSED, Kind.PEMBETULAN_CONFIRMED]
        assert "saring: Aren Hulu 003 V.B" in desk.text
        assert "6 -> 5, salah tulis, disetujui" in desk.text
        await desk.press("s")
        assert jejak(desk).sieve.is_empty
        await desk.press("s")
        assert "Semua entri sudah tampil" in desk.message


async def test_a_new_entry_appears_and_the_cursor_stays(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8", "down", "down")
        before = int(jejak(desk).grid.key)
        await desk.press("f4", "b", "1", "1", "Enter", "0", "Enter", "f8")
        assert int(jejak(desk).grid.key) == before
        assert numbers(desk)[0] == desk.pleno.session.store.head().seq


async def test_words_that_mean_nothing_are_refused(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        await sift(desk, "hulu ngawur")
        assert '"ngawur" bukan desa, TPS, baris, pelaku, jenis atau waktu' in desk.message.replace("\n", " ")
        assert jejak(desk).sieve.is_empty
        await sift(desk, "#99999")
        assert "#99999 tidak ada" in desk.message
        await desk.press("tab")
        assert "tidak berkelompok" in desk.message


async def test_a_number_leads_to_its_entry(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        await sift(desk, "#3")
        assert jejak(desk).grid.key == "3"


async def test_nothing_found_is_said(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        await sift(desk, "901")
        assert numbers(desk) == []
        assert "Tidak ada entri yang cocok" in desk.message
        await desk.press("Enter")
        assert "Tidak ada entri di daftar ini" in desk.message


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("hulu 3", lambda e: any(c.tps == TPS_003 for c in e.changes) or e.tps == TPS_003),
        ("tps:4 bacaan", lambda e: e.tps == TPS_004 and e.kind is Kind.READING_SAVED),
        ("desa:hilir", lambda e: (e.tps or "").startswith(TPS[0][:10])),
        ("va", lambda e: any(c.row == "suara_sah" for c in e.changes)),
        ("pelaku:ppk2", lambda e: e.actor.id == "ppk2"),
        ("budi", lambda e: e.actor.id == "ppk2"),
        ("kehadiran", lambda e: e.kind is Kind.KEHADIRAN_NOTED),
        ("2024-11-30", lambda e: True),
        ("2024-12-01", lambda e: False),
        ("14:30-14:30", lambda e: e.stamp.at[11:16] == "14:30"),
        ("23:", lambda e: False),
    ],
)  # fmt: skip
def test_what_a_filter_keeps(middle: Path, known: Vocabulary, words: str, fits: object) -> None:
    sieve = sieve_of(words, known)
    with Session.open(middle) as session:
        every = list(session.store.entries(1, session.store.head().seq))
    assert [e.seq for e in every if sieve.keeps(e)] == [e.seq for e in every if fits(e)]  # type: ignore[operator]


def test_a_filter_says_which_word_it_does_not_know(known: Vocabulary) -> None:
    for words in ("ngawur", "jenis:tidakada", "waktu:siang", "baris:zz"):
        with pytest.raises(PlenoError, match="bukan desa"):
            sieve_of(words, known)
    with pytest.raises(PlenoError, match='Tidak ada TPS "hilir 901"'):
        sieve_of("hilir 901", known)
    assert sieve_of("  ", known) == JournalSieve()


async def test_a_changed_entry_is_found_and_told(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        await desk.pilot.pause(0.1)
        assert "utuh" in desk.text
    database = next(middle.glob("data/*.db"))
    with sqlite3.connect(database) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER [{name}]")
        table = next(
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if {"seq", "prev", "body", "hash"} <= {row[1] for row in connection.execute(f"PRAGMA table_info([{name}])")}
        )
        connection.execute(f"UPDATE [{table}] SET body = replace(body, '\"Wati\"', '\"Wita\"')")
    connection.close()
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        await desk.pilot.pause(0.1)
        assert "RUSAK mulai #" in desk.text
        assert "Jejak rusak" in desk.message


async def test_a_long_journal_is_read_a_part_at_a_time(bare: Path) -> None:
    with Session.open(bare, Ticking(bare).clock()) as session:
        actor = session.actor("op1")
        data = {"id": "saksi-01", "nama": "Joko", "mewakili": "1", "mandat": "", "hadir": True}
        session.commit(*(session.entry(Kind.KEHADIRAN_NOTED, actor, data=data) for _ in range(2_500)))
    async with DeskDriver(bare) as desk:
        await desk.press("f8")
        rows = jejak(desk).rows
        assert rows is not None
        assert len(rows) > 2_500
        assert len(rows._lines) < 200
        await desk.press("end")
        assert jejak(desk).grid.key == "1"
        assert "Ruang kerja dibuka" in desk.text
        await sift(desk, "rapat")
        for _ in range(200):
            if "mencari" not in desk.text:
                break
            await desk.pilot.pause(0.02)
        assert numbers(desk) == [e.seq for e in desk.entries(lambda e: e.kind is Kind.MEETING_OPENED)]


def test_a_step_ends_after_an_entry_of_many_figures(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Session.open(middle) as session:
        every = list(session.store.entries())[::-1]
        sieve = sieve_of("va", JournalReader(session).vocabulary(session.contest(None)))
        kept = [entry.seq for entry in every if sieve.keeps(entry)]
        whole, more = JournalReader(session).search(sieve, every[0].seq + 1)
        assert ([line.seq for line in whole], more) == (kept, 0)
        monkeypatch.setattr(journal_reader, "_FIGURES", 10)
        reader = JournalReader(session)
        found: list[int] = []
        before, steps = every[0].seq + 1, 0
        while before:
            reached = before
            part, before = reader.search(sieve, before)
            found += [line.seq for line in part]
            steps += 1
            seen = [len(entry.changes) for entry in every if before <= entry.seq < reached]
            assert sum(seen[:-1]) < 10, "a step went on after its share"
        assert found == kept
        assert steps > 3
        assert reader.search(sieve, 1) == ([], 0)
        assert next(line.seq for line in reader.lines(1, every[0].seq)) == every[0].seq
        assert len(reader.lines(1, every[0].seq)) < len(every)


async def test_keys_act_between_the_steps_of_a_search(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        desk.waits = False
        monkeypatch.setattr(journal_reader, "_FIGURES", 1)
        monkeypatch.setattr(journal, "_PAUSE", 3_600.0)
        await sift(desk, "bacaan")
        assert "mencari di #" in desk.text
        await desk.press("s")
        assert jejak(desk).sieve.is_empty
        assert len(numbers(desk)) == desk.pleno.session.store.head().seq


@pytest.mark.parametrize("name", ["[/x]", "[@click=app.quit]x[/]", "Budi [/b] S.Pd", "人人人 - ñ"])
async def test_names_from_outside_are_text(tmp_path: Path, name: str) -> None:
    folder = in_the_middle(made(tmp_path, names={2: name}, desa={TPS_004[:10]: f"HULU {name}"}, people={"ppk2": name}))
    async with DeskDriver(folder, (160, 45)) as desk:
        await desk.press("f8")
        await sift(desk, "petugas")
        assert name in desk.text
        await sift(desk, "pembetulan")
        await desk.press("Enter")
        assert name in desk.text


def test_rows_that_cannot_be_read_do_not_hide_the_others() -> None:
    def load(first: int, last: int) -> list[JournalLine]:
        if first <= 3 <= last:
            raise PlenoError("Jejak rusak", "Isi entri 3 tidak dapat dibaca.")
        return [
            JournalLine(n, "2024-11-30T14:30:00+08:00", "op1", "program", "", f"isi {n}")
            for n in range(first, last + 1)
        ]

    rows = JournalRows(range(5, 0, -1), load, 80)
    rows.load(0, 4)
    assert [row.cells[-1].text for row in rows] == [
        "isi 5", "isi 4", "Isi entri 3 tidak dapat dibaca.", "isi 2", "isi 1",
    ]  # fmt: skip
    assert (rows.place_of(4), rows.place_of(1), rows.place_of(9)) == (1, 4, 0)


def test_rows_that_take_long_come_step_by_step_and_are_kept() -> None:
    asked: list[tuple[int, int]] = []

    def load(first: int, last: int) -> list[JournalLine]:
        asked.append((first, last))
        return [JournalLine(last, "2024-11-30T14:30:00+08:00", "op1", "program", "", f"isi {last}")]

    rows = JournalRows(range(3, 0, -1), load, 80)
    assert rows.load(0, 2)
    assert [row.cells[-1].text for row in rows] == ["isi 3", "memuat ...", "memuat ..."]
    again = JournalRows(range(3, 0, -1), load, 80, rows)
    assert again.load(0, 2)
    assert again.load(0, 2)
    assert not again.load(0, 2)
    assert [row.cells[-1].text for row in again] == ["isi 3", "isi 2", "isi 1"]
    assert asked == [(1, 3), (1, 2), (1, 1)]


async def test_a_new_screen_is_drawn_before_and_after_its_first_layout_only(
    middle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[JournalScreen] = []
    draw = JournalScreen.draw
    monkeypatch.setattr(JournalScreen, "draw", lambda screen: (drawn.append(screen), draw(screen))[1])
    async with DeskDriver(middle) as desk:
        await desk.press("f8")
        assert len(drawn) == 2
        await desk.press("f2", "f8")
        assert len(drawn) == 3
