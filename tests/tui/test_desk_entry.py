"""Typing on the Meja: what is taken, what is refused, and what is kept (UX.md sections 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual import events
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS, TPS_004

from pleno.domain.compare import TpsState
from pleno.domain.figures import KOSONG
from pleno.tui.desk_lines import head_line


async def test_digits_and_enter_are_kept_and_the_cursor_goes_down(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        assert desk.row == "I.A.1.L"
        await desk.press("1", "5", "0", "Enter")
        assert (desk.figure("pemilih_dpt_l"), desk.row) == (150, "I.A.1.P")
        assert "draf 14:" in desk.lines[0]


async def test_leading_zeros_and_zero_are_figures_and_an_empty_cell_is_not(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("0", "0", "5", "Enter", "0", "Enter", "Enter")
        assert [desk.figure(f"pemilih_dpt_{c}") for c in "lpj"] == [5, 0, None]
        assert desk.row == "I.B.1.L"


async def test_while_typing_every_other_key_is_refused(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("1", "2")
        for key in (*".,-+*/=xsbgn]?", "decimal", "separator", "up", "down", "home", "pagedown", "f2", "f10", "left"):
            desk.desk.quiet()
            await desk.press(key)
            assert (desk.buffer, desk.row, desk.app.screen) == ("12", "I.A.1.L", desk.desk), key
            assert "Enter simpan, Esc batal" in desk.message, key
        await desk.press("Enter")
        assert desk.figure("pemilih_dpt_l") == 12


async def test_too_large_is_refused_and_stays_to_be_mended(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("1", "3", "7", "0", "Enter")
        assert "1.370: paling banyak 999" in desk.message
        assert (desk.buffer, desk.figure("pemilih_dpt_l")) == ("1370", None)
        await desk.press("Backspace", "Enter")
        assert desk.figure("pemilih_dpt_l") == 137


async def test_a_sum_that_does_not_fit_is_recorded_as_the_paper_has_it_and_told(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(109, 118, 230)
        assert desk.figure("pemilih_dpt_j") == 230
        assert "[!!] I.A.1.J R02 230 bukan 109 + 118, selisih 3" in desk.text


async def test_esc_takes_the_typing_away_and_u_brings_it_back(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("4", "2", "Esc")
        assert (desk.buffer, desk.figure("pemilih_dpt_l")) == ("", None)
        await desk.press("down", "u")
        assert (desk.buffer, desk.row) == ("42", "I.A.1.L")
        await desk.press("Esc", "Esc", "Esc")
        assert "F10" in desk.message


async def test_backspace_to_nothing_is_no_typing(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("4", "Backspace", "Enter")
        assert (desk.figure("pemilih_dpt_l"), desk.row) == (None, "I.A.1.P")


async def test_equals_takes_sirekaps_figure_by_every_name_of_the_key(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("equals_sign", "equal", "plus", "add")
        taken = {row: figure for row in PAPER if (figure := desk.figure(row)) is not None}
        assert taken == {row: PAPER[row] for row in list(PAPER)[:4]}
        assert desk.row == "I.B.1.P"


async def test_equals_held_down_takes_one_row(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        desk.app.steady = False
        await desk.accept(40)
        assert desk.row == "I.A.1.P"
        desk.app.steady = True
        await desk.accept(1)
        assert desk.row == "I.A.1.J"


async def test_equals_never_replaces_a_figure_that_was_read(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        desk.desk.grid.go_to("suara.2")
        await desk.type(137)
        desk.desk.grid.go_to("suara.2")
        await desk.settle()
        assert "samakan" not in desk.desk.prompt()
        await desk.press("=")
        assert desk.figure("suara.2") == 137
        assert "IV.02 sudah dibaca dari plano" in desk.message
        await desk.type(173)
        assert desk.figure("suara.2") == 173


async def test_a_refusal_leaves_with_the_typing_it_was_about(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("9", "9", "a")
        assert 'Ketikan "99" belum disimpan' in desk.message
        await desk.press("Enter")
        assert desk.message.startswith("I.A.1.P")


async def test_digits_beyond_the_longest_are_not_listened_to(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(*"1234567890")
        assert desk.buffer == "123456"


async def test_what_line_23_asks_for_says_what_it_takes(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".")
        assert desk.message.startswith("baris: _    kode (IV.02, va), nomor calon")
        await desk.press("v")
        assert desk.message.rstrip() == "baris: v_"
        await desk.press("Esc", "/")
        assert desk.message.startswith("TPS: _    nomor, atau nama desa dan nomor")


async def test_esc_says_in_one_sentence_that_it_does_not_leave(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("Esc")
        assert desk.message == "Esc tidak keluar dari program: F2 Beranda, F10 keluar."


async def test_equals_is_refused_where_there_is_nothing_to_take(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "i", "i", "2", "Enter", "=")
        assert desk.row == "II.2"
        assert "II.2 tidak ada di data Sirekap" in desk.message


async def test_x_is_blank_on_paper_by_every_name_of_the_key(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("x", "asterisk", "multiply")
        assert [desk.figure(f"pemilih_dpt_{c}") for c in "lpj"] == [KOSONG] * 3


async def test_minus_is_one_row_up_and_the_ends_hold(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        for key in ("minus", "subtract", "up"):
            await desk.press("down", "down", key)
            assert desk.row == "I.A.1.P"
            await desk.press(key, key, key)
            assert desk.row == "I.A.1.L"
        await desk.press("end", "down", "Enter")
        assert desk.row == "V.C"


async def test_tab_saves_and_goes_to_the_next_group(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("7", "Tab")
        assert (desk.figure("pemilih_dpt_l"), desk.row) == (7, "I.B.1.L")
        await desk.press("Tab", "shift+tab")
        assert desk.row == "I.B.1.L"


async def test_the_jump(bare: Path) -> None:
    wanted = {
        "2": "IV.02",
        "02": "IV.02",
        "b4p": "I.B.4.P",
        "iii1l": "III.1.L",
        "va": "V.A",
        "V.C": "V.C",
        "iv02": "IV.02",
    }
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        for key in ("full_stop", "decimal", "comma", "separator"):
            for typed, row in wanted.items():
                await desk.press(key, *typed, "Enter")
                assert desk.row == row


async def test_a_jump_to_nowhere_stays(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        for typed, told in (("zz", "bukan kode baris"), ("l", "beberapa baris"), ("99", "bukan kode")):
            await desk.press(".", *typed)
            assert desk.message.strip() == f"baris: {typed}_"
            await desk.press("Enter")
            assert desk.row == "I.A.1.L"
            assert told in desk.message
        await desk.press(".", "v", "a", "Esc")
        assert desk.row == "I.A.1.L"


async def test_k_at_the_jump_goes_to_the_check_that_fails(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150, 155, 999, 1)
        await desk.press(".", "k", "Enter")
        assert desk.row == "I.A.1.J"


async def test_choosing_a_tps_by_its_number(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        for key in ("slash", "divide"):
            for typed, tps in (
                ("3", TPS[2]), ("901", TPS[4]), ("hilir 2", TPS[1]), ("aren hulu/3", TPS[2]), (TPS[0], TPS[0]),
            ):  # fmt: skip
                await desk.go_to_desk(TPS_004)
                await desk.press(key, *typed, "Enter")
                assert desk.desk.tps == tps
                assert "DPT ?" in desk.message


async def test_a_tps_that_is_not_there_is_told_with_those_that_are(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("/", "1", "9", "Enter")
        assert "TPS 019 tidak ada di AREN HULU (003-004, 901)" in desk.message
        assert desk.desk.tps == TPS_004


async def test_brackets_go_through_the_tps_and_stop_at_the_ends(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS[0])
        await desk.press("[")
        assert desk.desk.tps == TPS[0]
        await desk.press(*"]]]]]]")
        assert desk.desk.tps == TPS[-1]


async def test_leaving_a_tps_makes_its_paper_one_entry(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        head = desk.pleno.session.store.head().seq
        await desk.type(150, 155)
        assert desk.pleno.session.store.head().seq == head
        await desk.press("]")
        (paper,) = desk.entries(lambda entry: entry.seq > head and entry.tps == TPS_004)
        assert [change.after for change in paper.changes] == [150, 155]
        assert "tersimpan #" in desk.lines[0]


async def test_a_read_figure_changes_only_with_a_reason(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("home", "9", "Enter")
        await desk.write("pendek")
        await desk.press("Enter")
        assert "paling sedikit 10" in desk.text
        await desk.write(" tetapi benar")
        await desk.press("Enter")
        assert desk.figure("pemilih_dpt_l") == 9
        assert desk.entries()[-1].note == "pendek tetapi benar"


async def test_settling_is_refused_with_the_open_rows(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        await desk.press("s")
        assert "Belum dapat disahkan" in desk.message
        said = desk.message.replace("\n", " ")
        assert "27 baris belum dibaca" in said
        assert "b untuk selisih, i untuk temuan; lalu s lagi." in said
        assert "pleno" not in said, "the keys of this screen, not the commands of a shell"
        assert desk.state(TPS_004) is TpsState.DIBACA


async def test_a_row_that_was_passed_over_is_named_and_shown(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("Enter")
        await desk.type(*list(PAPER.values())[1:])
        assert desk.message.rstrip().endswith("sudah dibaca; 1 baris belum dibaca, mulai I.A.1.L")
        await desk.press("s")
        assert "1 baris belum dibaca (I.A.1.L)" in desk.message
        assert desk.row == "I.A.1.L"


async def test_a_settled_tps_takes_no_figure_until_it_is_reopened(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("s")
        assert desk.desk.tps != TPS_004
        await desk.go_to_desk(TPS_004)
        await desk.press("5")
        assert desk.buffer == ""
        assert "sudah SAH" in desk.message
        await desk.press("r")
        await desk.write("salah sahkan tadi")
        await desk.press("Enter")
        assert desk.state(TPS_004) is TpsState.COCOK


async def test_what_is_pasted_and_is_no_number_is_refused(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        for text in ("12.", "1_0", "１２", "-5", "12\n34", "\x1b[201~7", "9" * 10**6):
            desk.desk.quiet()
            desk.desk.grid.post_message(events.Paste(text))
            await desk.settle()
            assert desk.buffer == ""
            assert "Bukan angka" in desk.message


async def test_a_pasted_number_is_typing(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        desk.desk.grid.post_message(events.Paste("137"))
        await desk.settle()
        assert desk.buffer == "137"


async def test_numlock_off_is_noticed(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("kp_begin")
        assert "NumLock mati" in desk.message


async def test_enter_held_down_saves_once(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("7", *["Enter"] * 60)
        assert desk.figure("pemilih_dpt_l") == 7
        assert sum(row.plano is not None for row in desk.desk.view.rows) == 1
        assert desk.row == "V.C"


async def test_the_head_line_names_its_reader_or_leaves_him_out(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        for reader in ("Ani", "Operator Latihan", "Nama Pembaca yang Panjang Sekali"):
            for cells in range(72, 130):
                line = head_line(replace(desk.desk.view, reader=reader), cells)
                assert len(line) == cells
                assert line.endswith("baris 0/28")
                if f"pembaca: {reader}" not in line and "pembaca" in line:
                    assert f"pembaca: {reader[:6]}" in line, line
