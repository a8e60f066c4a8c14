"""Acts on a TPS: pembetulan, copies, findings, undo, and what a crash leaves (UX.md sections 3 and 4)."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path

from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS, TPS_004, Ticking

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.state import PembetulanKind, PembetulanState
from pleno.service import drafting, sealing
from pleno.service.session import Session
from pleno.tui import marks
from pleno.tui.screens.correction import CorrectionDialog


async def read_paper(desk: DeskDriver, **change: int) -> DeskDriver:
    await desk.go_to_desk(TPS_004)
    return await desk.type(*{**PAPER, **change}.values())


async def test_the_dialog_reads_as_the_chair_reads_it_aloud(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("b")
        text = " ".join(line.strip("| ") for line in desk.lines)
        assert "PEMBETULAN" in text
        assert "1 dari 2" in text
        assert "SIREKAP 173   ->   137  (seratus tiga puluh tujuh)" in text
        assert '"Suara nomor 02 di TPS 004 Aren Hulu, di Sirekap tertulis 173,' in text
        assert "a [v] S01 Joko   b [v] S02 Ratna   c [v] S03 Wati" in text
        assert "d [v] PWS Yusuf" in text
        assert "TPS 137 tetap; jumlah desa dan kecamatan tidak berubah" in text


async def test_the_title_of_a_correction_is_one_line_and_the_way_back_is_shown(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk, pengguna_total_j=230)
        await desk.press("b", "1")
        head = next(line for line in desk.lines if "Desa Aren Hulu" in line)
        assert head.rstrip("| ").endswith("jenis: Sirekap")
        assert "panah kiri = sebelumnya" in desk.text
        await desk.press("left")
        assert "1 dari" in desk.text
        assert "panah kiri" not in desk.text


async def test_no_reason_and_no_person_is_chosen_beforehand(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("b", "Enter")
        assert "Pilih dulu alasannya" in desk.text
        await desk.press("1", "1", "Enter", "Enter")
        assert "Pilih nomor yang menyetujui" in desk.text
        assert isinstance(desk.app.screen, CorrectionDialog)
        await desk.press("Esc")
        assert desk.pleno.file(TPS_004).pembetulan == ()


async def test_another_reason_needs_a_note_which_esc_keeps(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("b", "6")
        await desk.write("kertas")
        await desk.press("Enter")
        assert "paling sedikit 10" in desk.text
        await desk.press("Esc")
        assert not isinstance(desk.app.screen, CorrectionDialog)
        await desk.press("b", "6")
        assert "paling sedikit 10 huruf" in desk.text
        await desk.write(" terlipat")
        await desk.press("Enter")
        await desk.press("1", "Enter", "1", "Enter")
        first, second = desk.pleno.file(TPS_004).pembetulan
        assert (first.note, first.reason, first.confirmer) == ("kertas terlipat", "LAIN", "ppk1")
        assert second.reason == "SALAH_BACA_SIREKAP"


async def test_a_digit_is_a_reason_until_the_last_one_is_given(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("b")
        first = desk.pleno.confirmers(TPS_004)[0].name
        assert "ditanyakan sesudah alasan terakhir" in desk.text
        assert f"1 {first}" not in desk.text
        await desk.press("1", "1", "Enter")
        assert f"1 {first}" in desk.text


async def test_a_wrong_reason_is_taken_back_without_the_others(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("b", "1", "2", "Esc", "b", "1", "Enter", "1", "Enter")
        assert {item.reason for item in desk.pleno.file(TPS_004).pembetulan} == {"SALAH_BACA_SIREKAP"}


async def test_a_note_mended_as_fast_as_keys_come_is_what_was_typed(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press(
            "b", "6", *"kertas dilipat", *["Backspace"] * 7, *"terlipat", "left", *"tt", "Backspace", "Enter"
        )
        await desk.press("1", "Enter", "1", "Enter")
        assert desk.pleno.file(TPS_004).pembetulan[0].note == "kertas terlipatt"


async def test_a_row_corrected_on_the_form_is_not_shown_as_open(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await read_paper(desk)
        await desk.press(
            ".", "2", "Enter", "b", *"138", "Enter", "3", *"coretan tanpa paraf", "Enter", "Enter", "1", "Enter"
        )
        assert desk.pleno.file(TPS_004).open_cells == ()
        assert desk.desk.row.mark is marks.DIBETULKAN


async def test_without_anybody_it_waits_and_blocks_settling(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("b", "1", "1", "Enter", "0", "Enter")
        assert {item.state for item in desk.pleno.file(TPS_004).pembetulan} == {PembetulanState.MENUNGGU}
        await desk.press("s")
        assert "pembetulan menunggu disetujui" in desk.message.replace("\n", " ")
        await desk.press("k", "1", "p", "Enter", *"segel kotak rusak", "Enter", "f2")
        assert "TERBUKA 2 selisih F4 0 hitung ulang 2 pembetulan menunggu F3 1 kejadian/keberatan F5 JARAK" in " ".join(
            desk.text.split()
        )


async def test_a_row_without_difference_is_corrected_on_the_form(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await read_paper(desk)
        await desk.press(".", "v", "b", "Enter", "b", "6")
        assert "jenis: formulir" in desk.text
        await desk.press("Enter", "3")
        await desk.write("coretan tanpa paraf")
        await desk.press("Enter")
        await desk.press("Enter", "1", "Enter")
        (item,) = desk.pleno.file(TPS_004).pembetulan
        assert (item.kind, item.before, item.after) == (PembetulanKind.FORMULIR, 5, 6)
        assert desk.pleno.file(TPS_004).ditetapkan["suara_tidak_sah"] == 6


async def test_copies_are_noted_once(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await read_paper(desk)
        await desk.press("c")
        assert "S01, S02, S03, PWS dicatat sama dengan plano" in desk.message
        await desk.press("c")
        assert "sudah dicatat" in desk.message
        await desk.press("v")
        assert "S01  S02  S03  PWS" in desk.lines[4]


async def test_a_hard_finding_is_explained_by_a_member_of_the_ppk(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await read_paper(desk, suara_sah=225)
        await desk.press("s")
        assert "R20" in desk.message
        await desk.press("i")
        assert "R20 225 bukan 82 + 137 + 7" in desk.text
        while desk.app.screen.query_one("Grid").rows:
            await desk.press("home", "Enter")
            if "Siapa anggota PPK" not in desk.text:
                break
            await desk.press("2")
            await desk.write("plano memang begitu")
            await desk.press("Enter")
        await desk.press("Esc", "s")
        assert desk.state(TPS_004) is TpsState.SAH
        assert desk.pleno.file(TPS_004).explanations[0].by == "ppk2"


async def test_undo_and_redo_are_entries_that_name_the_old_one(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await read_paper(desk)
        paper = desk.entries()[-1]
        await desk.press("z")
        assert f"entri #{paper.seq}" in desk.text
        await desk.press("Enter")
        assert desk.figure("suara.1") == 82
        await desk.press("z", "z")
        undone = desk.entries()[-1]
        assert (undone.kind, undone.refers, desk.figure("suara.1")) == (Kind.READING_SAVED, paper.seq, None)
        await desk.press("Z", "Z")
        assert (desk.entries()[-1].refers, desk.figure("suara.1")) == (undone.seq, 82)
        await desk.press("Z")
        assert "Tidak ada" in desk.message


async def test_undo_after_a_seal_asks_why(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await read_paper(desk)
        sealing.seal(desk.pleno.session, "4711", "op1")
        await desk.press("z")
        await desk.write("salah kertas dibaca")
        await desk.press("Enter")
        assert (desk.figure("suara.1"), desk.entries()[-1].note) == (None, "salah kertas dibaca")


async def test_differences_are_reached_from_anywhere(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_paper(desk)
        await desk.press("home", "n")
        assert desk.row == "IV.02"
        await desk.press("n")
        assert desk.row == "V.B"
        await desk.press("n")
        assert "Tidak ada selisih" in desk.message
        await desk.go_to_desk(TPS[0])
        await desk.press("n")
        assert "Pindah ke TPS 004" in desk.message
        assert "TPS 001 Aren Hilir masih 28 baris belum dibaca." in desk.message
        await desk.press("N")
        assert desk.desk.tps == TPS_004
        assert "Tidak ada selisih" in desk.message


async def test_a_waiting_figure_taken_counts_as_read(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(f"kode_tps,suara.1\n{TPS_004},82\n", "utf-8")
    from pleno.service import intake

    with Session.open(bare, Ticking(bare).clock()) as session:
        intake.take(session, [tmp_path / "p.csv"], "plano", "op1")
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "1", "Enter")
        assert "[%82]" in desk.text
        assert "%82 dari berkas, belum dibacakan: = terima, atau ketik" in desk.message
        await desk.accept()
        assert desk.pleno.file(TPS_004).ditetapkan == {"suara.1": 82}
        assert desk.row == "IV.02"


async def test_a_figure_read_otherwise_than_the_file_says_so_at_once(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(f"kode_tps,suara.1\n{TPS_004},82\n", "utf-8")
    from pleno.service import intake

    with Session.open(bare, Ticking(bare).clock()) as session:
        intake.take(session, [tmp_path / "p.csv"], "plano", "op1")
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "1", "Enter", *"28", "Enter")
        assert desk.message.startswith("IV.01 dibaca 28: berkas menulis 82.")


# --- after a crash -------------------------------------------------------------------------------


async def test_idle_typing_is_kept_and_comes_back(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150, 155)
        await desk.press("3", "0")
        desk.desk.keep_typing()
        desk.app.pleno.session.store.close()
        desk.app.is_open = False
    async with DeskDriver(bare) as desk:
        said = desk.message.replace("\n", " ")
        assert "dan draf TPS 004 AREN HULU (2 baris)" in said
        assert 'ketikan "30" di I.A.1.J belum tersimpan - Enter simpan, Esc buang' in said
        assert (desk.desk.tps, desk.row, desk.buffer) == (TPS_004, "I.A.1.J", "30")
        await desk.press("5", "Enter")
        assert [desk.figure(f"pemilih_dpt_{c}") for c in "lpj"] == [150, 155, 305]


async def test_esc_throws_restored_typing_away(bare: Path) -> None:
    with Session.open(bare, Ticking(bare).clock()) as session:
        contest = session.contest(None)
        tps = session.roster[TPS_004]
        drafting.keep_typing(session, tps, contest, contest.find("V.A"), "23", "op1")
    async with DeskDriver(bare) as desk:
        assert (desk.row, desk.buffer) == ("V.A", "23")
        await desk.press("Esc")
        assert desk.pleno.draft(TPS_004).typing == ""


def test_kill_9_on_a_terminal_loses_nothing_that_was_shown_as_kept(bare: Path) -> None:
    if sys.platform == "win32":
        return
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        code = f"import sys; from pathlib import Path; from pleno.tui.app import run; run(Path({str(bare)!r}))"
        root = str(Path(__file__).parents[2])
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24", PYTHONPATH=root)
        os.execv(sys.executable, [sys.executable, "-c", code])
    seen = _until(terminal, b"BERANDA", b"")
    os.write(terminal, b"\x1bOR")
    seen = _until(terminal, b"TEMUAN", seen)
    for key in (b"1", b"5", b"0", b"\r", b"7"):
        os.write(terminal, key)
    _until(terminal, b"draf ", b"")
    time.sleep(0.2)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)
    with Session.open(bare, Ticking(bare).clock()) as session:
        (draft,) = drafting.open_drafts(session)
        assert draft.figures == {"pemilih_dpt_l": 150}


def _until(terminal: int, wanted: bytes, seen: bytes) -> bytes:
    """Read the terminal until something was shown."""
    end = time.monotonic() + 20
    while wanted not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            seen += os.read(terminal, 65536)
    assert wanted in seen
    return seen


def test_leaving_tidily_makes_the_draft_an_entry(bare: Path) -> None:
    async def played() -> None:
        async with DeskDriver(bare) as desk:
            await desk.go_to_desk(TPS_004)
            await desk.type(150)
            await desk.press("f10")
            assert "Semua tersimpan sampai #" in desk.text
            await desk.press("Enter")
            assert desk.app.is_open
            await desk.press("f10", "k")

    import asyncio

    asyncio.run(played())
    with Session.open(bare, Ticking(bare).clock()) as session:
        assert drafting.open_drafts(session) == []
        assert [e.kind for e in session.store.entries()][-2:] == [Kind.READING_SAVED, Kind.APP_CLOSE]


async def test_undo_names_how_much_it_takes_back_and_the_way_for_one_figure(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await read_paper(desk)
        await desk.press("z")
        said = " ".join(line.strip("| ") for line in desk.lines)
        assert "28 baris plano" in said
        assert "Satu angka saja yang salah: Esc, lalu ketik ulang di barisnya." in said
