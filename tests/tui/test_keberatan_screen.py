"""F5 Keberatan and the dialog of `k`: from the objection to the answer, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004, Ticking, made
from tui.settled import TPS_001, in_the_middle

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.keberatan import WHOLE, Keberatan, KeberatanKind, KeberatanState, Nihil
from pleno.service import keberatan, meeting
from pleno.service.session import Session

SIZES = [(80, 24), (100, 30), (160, 45)]
WORDS = "salinan 147, plano 137, minta dihitung ulang"


def noted(folder: Path) -> Path:
    """Three lines: one accepted, one open event of the whole contest, one open objection to IV.02 of TPS 004."""
    in_the_middle(folder)
    with Session.open(folder, Ticking(folder).clock()) as session:
        form = session.contest(None)
        event, objection = KeberatanKind.KEJADIAN_KHUSUS, KeberatanKind.KEBERATAN
        first = keberatan.note(
            session, form, event, "pps", "V.B dicoret, angka 5 ditulis di sampingnya dengan paraf KPPS", "op1",
            session.roster[TPS_001], form.find("V.B"),
        )  # fmt: skip
        keberatan.answer(session, first.seq, KeberatanState.DITERIMA, "sesuai berita acara TPS", "ppk1")
        keberatan.note(session, form, event, "panwaslu", "listrik padam 40 menit, rapat dilanjutkan", "op1")
        tps = session.roster[TPS_004]
        keberatan.note(session, form, objection, "2", WORDS, "op1", tps, form.find("IV.2"))
    return folder


@pytest.fixture
def sheet(bare: Path) -> Path:
    return noted(bare)


def items(desk: DeskDriver) -> list[Keberatan]:
    return list(desk.pleno.session.state.all(Keberatan))


# --- the dialog on the Meja ----------------------------------------------------------------------


async def test_k_takes_an_objection_about_the_row_that_differs(bare: Path) -> None:
    async with DeskDriver(in_the_middle(bare)) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "2", "Enter")
        assert desk.row == "IV.02"
        await desk.press("k", "1", "0", "2", "Enter")
        await desk.press("Enter")
        await desk.write(WORDS)
        await desk.press("Enter")
        assert "TPS 004 Aren Hulu Keberatan dicatat" in desk.message
        (found,) = items(desk)
        assert (found.pengaju, found.row, found.source, found.figure, found.note) == (
            "2", "suara.2", "salinan:2", 147, WORDS,
        )  # fmt: skip
        assert desk.state(TPS_004) is TpsState.KEBERATAN
        assert "k KEBERATAN" in desk.text
        await desk.press("s")
        assert f"keberatan/kejadian belum dijawab (nomor {found.seq})" in desk.message


async def test_another_row_is_typed_over_the_one_that_is_offered(bare: Path) -> None:
    async with DeskDriver(in_the_middle(bare)) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "2", "Enter", "k", "1", "2", "Enter")
        await desk.press(*"iv01", "Enter")
        await desk.write(WORDS)
        await desk.press("Enter")
        assert [one.row for one in items(desk)] == ["suara.1"]


async def test_nihil_leaves_a_half_typed_paper_a_draft(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150, 155)
        await desk.press("k", "0")
        assert "NIHIL dicatat" in desk.message
        assert desk.pleno.draft(TPS_004) is not None
        assert [one.tps for one in desk.pleno.session.state.all(Nihil)] == [TPS_004]
        await desk.press("k", "0")
        assert desk.message.startswith("Sudah NIHIL")


async def test_what_is_typed_of_the_paper_is_an_entry_before_the_objection_is(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150, 155)
        await desk.press("k", "2", "p")
        await desk.press("Enter")
        await desk.write("kotak diterima tanpa segel")
        await desk.press("Enter")
        kinds = [entry.kind for entry in desk.entries()]
        assert kinds[-2:] == [Kind.READING_SAVED, Kind.KEBERATAN_NOTED]
        (found,) = items(desk)
        assert (found.kind, found.pengaju, found.row) == (KeberatanKind.KEJADIAN_KHUSUS, "panwaslu", "")


async def test_the_dialog_says_what_is_wrong_and_keeps_what_was_written(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("k", "1", "9", "Enter")
        assert '"9" bukan nomor urut' in desk.text
        await desk.press("Backspace", "3", "Enter")
        await desk.press("z", "z", "Enter")
        assert '"zz" bukan kode baris' in desk.text
        await desk.press("Backspace", "Backspace")
        await desk.press("v", "a", "Enter")
        await desk.write("pendek")
        await desk.press("Enter")
        assert "Baru 6 huruf; paling sedikit 10." in desk.text
        await desk.press("Esc")
        assert items(desk) == []
        await desk.press("k", "1", "3", "Enter")
        await desk.press("Enter")
        assert "pendek" in desk.text
        await desk.write(" sekali")
        await desk.press("Enter")
        assert [one.note for one in items(desk)] == ["pendek sekali"]


async def test_a_step_back_and_a_suspended_meeting(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("k", "1", "shift+tab", "2", "k", "Enter")
        assert "kejadian khusus" in desk.text
        assert "Pengaju   PPK" in desk.text
        await desk.press("Esc")
        meeting.suspend(desk.pleno.session, "ppk1")
        await desk.press("k", "0")
        assert desk.message.startswith("Belum waktunya")
        assert list(desk.pleno.session.state.all(Nihil)) == []


# --- the screen ----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [("f5",), ("g", "5")])
async def test_an_answer_from_the_sheet_lets_the_tps_go_on(sheet: Path, way: tuple[str, ...]) -> None:
    async with DeskDriver(sheet) as desk:
        await desk.press(*way)
        objection = items(desk)[-1]
        assert "2 terbuka dari 3" in desk.text
        await desk.press("2", "1")
        await desk.write("plano yang berlaku, tidak diterima")
        await desk.press("Enter")
        found = items(desk)[-1]
        assert (found.seq, found.state, found.answerer) == (objection.seq, KeberatanState.TIDAK_DITERIMA, "ppk1")
        assert "1 terbuka dari 3" in desk.text
        assert desk.pleno.file(TPS_004).unanswered == ()
        await desk.press("3", "2")
        await desk.write("rekomendasi Panwaslu, ke kabupaten")
        await desk.press("Enter")
        assert items(desk)[-1].state is KeberatanState.DITERUSKAN


async def test_enter_never_answers_and_esc_takes_the_question_back(sheet: Path) -> None:
    async with DeskDriver(sheet) as desk:
        await desk.press("f5")
        head = desk.pleno.session.store.head()
        await desk.press("1", "Enter")
        await desk.press("1", "1", "Esc")
        await desk.press("1", "1", "Enter")
        assert "Baru 0 huruf" in desk.text
        await desk.press("Esc")
        assert desk.pleno.session.store.head() == head


async def test_a_line_is_withdrawn_with_its_reason_and_stays(sheet: Path) -> None:
    async with DeskDriver(sheet) as desk:
        await desk.press("f5", "z", "1")
        await desk.write("ditarik oleh saksi 02")
        await desk.press("Enter")
        assert items(desk)[-1].state is KeberatanState.DIBATALKAN
        assert "dibatalkan" in desk.text
        for key in ("1", "2", "3", "z"):
            await desk.press(key)
            assert "sudah dibatalkan" in desk.message


async def test_t_asks_for_the_tps_or_takes_the_whole_kecamatan(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f5", "t")
        await desk.write("hulu 4")
        await desk.press("Enter")
        await desk.press("1", "1", "Enter")
        await desk.press("2", "Enter")
        await desk.write("angka di salinan berbeda")
        await desk.press("Enter")
        await desk.press("t", "Enter")
        await desk.press("2", "s")
        await desk.write("rapat pindah ke aula")
        await desk.press("Enter")
        assert [(one.tps, one.row, one.pengaju) for one in items(desk)] == [
            (TPS_004, "suara.2", "1"), (WHOLE, "", "pps"),
        ]  # fmt: skip
        await desk.press("Enter")
        assert "seluruh kecamatan" in desk.text
        assert "rapat pindah ke aula" in desk.text
        await desk.press("Esc", "0")
        assert desk.message.startswith("Bukan NIHIL")


async def test_nihil_of_the_sheet(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f5")
        assert "lembar kosong" in desk.text
        await desk.press("1")
        assert "Belum ada yang dicatat di lembar ini." in desk.message
        await desk.press("0")
        assert "lembar: NIHIL" in desk.text
        assert [one.tps for one in desk.pleno.session.state.all(Nihil)] == [WHOLE]


async def test_the_open_ones_are_counted_where_the_day_is_seen(sheet: Path) -> None:
    async with DeskDriver(sheet) as desk:
        assert "2 kejadian/keberatan F5" in desk.text
        await desk.press("f7")
        (line,) = (line for line in desk.lines if "kejadian/keberatan" in line and "F5" in line)
        assert line.split()[-2:] == ["2", "F5"]
        assert "2 keberatan/kejadian belum dijawab" in " ".join(desk.text.split())
        await desk.press("f8")
        assert "keberatan" in desk.text


# --- goldens -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_keberatan(sheet: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(sheet, size) as desk:
        await desk.press("f5")
        matches_golden(f"keberatan-{size[0]}x{size[1]}", cells_of(desk.app))
        assert all(len(line) <= size[0] for line in desk.lines)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_dialog(sheet: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(sheet, size) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("k", "1", "2")
        await desk.pilot.pause()
        matches_golden(f"keberatan-tambah-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour_every_state_is_still_told(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(sheet) as desk:
        await desk.press("f5")
        matches_golden("keberatan-80x24-tanpa-warna", attributes_of(desk.app))
        await desk.go_to_desk(TPS_004)
        await desk.press("k")
        await desk.pilot.pause()
        matches_golden("keberatan-tambah-80x24-tanpa-warna", attributes_of(desk.app))
        assert colours_of(desk.app) == set()


async def test_the_detail_of_one_line(sheet: Path) -> None:
    async with DeskDriver(sheet) as desk:
        await desk.press("f5", "Enter")
        matches_golden("keberatan-rincian-80x24", cells_of(desk.app))


@pytest.mark.parametrize("text", ["[/x]", "[@click=app.quit]x[/]", "[red]Budi[/red]", "漢字" * 12])
async def test_words_like_markup_are_text(tmp_path: Path, text: str) -> None:
    folder = made(tmp_path, names={2: text}, desa={"9901011002": text}, people={"ppk1": text, "op1": text})
    with Session.open(folder, Ticking(folder).clock()) as session:
        form = session.contest(None)
        noted = keberatan.note(
            session, form, KeberatanKind.KEBERATAN, "2", f"kata {text} kata", "op1", session.roster[TPS_004],
            form.find("IV.2"),
        )  # fmt: skip
        keberatan.answer(session, noted.seq, KeberatanState.DITERUSKAN, f"jawab {text} jawab", "ppk1")
    async with DeskDriver(folder, (160, 45)) as desk:
        await desk.press("f5")
        assert f"kata {text} kata" in desk.text.replace("\n", "")
        await desk.press("Enter")
        assert f"jawab {text} jawab" in desk.text
        assert f"{text}, entri" in desk.text
        await desk.press("Esc", "1")
        assert f"1 = {text}" in desk.text
        await desk.press("Esc")
        await desk.go_to_desk(TPS_004)
        await desk.type(*list(PAPER.values())[:3])
        await desk.press("k", "1", "2", "Enter")
        await desk.press("2", "Enter")
        assert f"02 {text}" in desk.text
        await desk.write("[/x] [b]")
        assert "[/x] [b]" in desk.text
        assert desk.app.is_open
