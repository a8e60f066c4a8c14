"""`pleno --polos`: a whole TPS by lines of text alone, in one process and in a real terminal that is cut off."""

from __future__ import annotations

import os
import select
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from cli.driver import FIRST, SECOND, WHOLE, Run, pleno

from pleno.cli.plain import WORDS
from pleno.domain.draft import Draft
from pleno.domain.entry import Kind
from pleno.service.notices import Notice
from pleno.service.session import Session
from pleno.service.setup import create_workspace

LONGEST_WAIT = 30.0
"""Seconds after which a text that has not come is a failure."""
ROOT = Path(__file__).parents[2]


def lines(folder: Path, *typed: str) -> str:
    """What `pleno --polos` says to these lines."""
    said = pleno("--polos", "--folder", folder, typed="\n".join(typed) + "\n")
    assert (said.code, said.err) == (0, "")
    return said.out


def test_a_tps_is_read_settled_summed_and_sealed(kec: Path, run: Run) -> None:
    figures = [str(figure) for figure in WHOLE.values()]
    said = lines(kec, f"baca {FIRST}", *figures, "nihil", "sahkan", "rekap", "segel 48213", "keluar")
    assert "I.A.1.L Pemilih DPT L: " in said
    assert "TPS 001 [/x] [bold]DESA[/bold] tersimpan #" in said
    assert "tidak ada temuan." in said
    assert "SAH #" in said
    assert "1 dari 4 TPS sah" in said
    assert "SEGEL 01" in said
    told = run("rekap", "--json").json
    assert (told["tps_sah"], told["kecamatan"]["suara.2"]) == (1, WHOLE["suara.2"])
    kinds = [entry["jenis"] for entry in run("jejak", "--json").json["entri"]]
    assert kinds.count("reading.saved") == 1


def test_the_grammar_of_a_row_is_that_of_the_meja(table_folder: Path) -> None:
    said = lines(
        table_folder, f"baca {FIRST}", "=", "+", "-", "", "x", "12x", "007", ".va", "-", ".iv.09", "?", "keluar"
    )
    assert "I.A.1.L Pemilih DPT L, Sirekap 103, berkas plano 103: " in said
    assert '"12x" tidak dikenal.' in said
    assert "Baris tidak ditemukan" in said
    with Session.open(table_folder) as session:
        last = [entry for entry in session.store.entries() if entry.kind == "reading.saved"][-1]
    rows = {change.row: change.after for change in last.changes}
    assert (rows["pemilih_dpt_l"], rows["pemilih_dpt_p"], rows["pengguna_dpt_l"]) == (103, 98, 7)
    assert list(last.data["samakan"]) == ["pemilih_dpt_l", "pemilih_dpt_p"]


def test_a_difference_is_listed_corrected_and_told(table_folder: Path, run: Run) -> None:
    refused = lines(table_folder, "betulkan", f"baca {SECOND}", "betulkan .va", "keluar")
    assert "Belum ada TPS" in refused
    said = lines(table_folder, "selisih", f"baca {FIRST}", *["="] * 28, "temuan", "betulkan 1", "1", "1", "keluar")
    assert "1. TPS 001" in said.partition("3 selisih terbuka.")[0]
    assert "IV.01" in said
    assert "dibetulkan menjadi 17 sesuai C.HASIL." in said
    assert "1 pembetulan disetujui, tersimpan #" in said


def test_a_whole_job_is_done_by_lines_alone(table_folder: Path, run: Run) -> None:
    said = lines(
        table_folder, f"baca {FIRST}", *["="] * 28, "betulkan", "9", "1", "satu", "1", "1", "1", "nihil", "sahkan",
        "rekap", "segel 48213", "kata salah", "", "ekspor --konsep", "pleno verifikasi", 'catat "x', "keluar",
    )  # fmt: skip
    assert "\x1b" not in said
    assert '"9" bukan nomor di daftar itu: 1 sampai 6.' in said
    assert '"satu" bukan nomor' in said
    assert "baris IV.01, uraian 01 " in said
    assert ", sah 17, sementara 34" in said
    assert "Tidak dicocokkan." in said
    assert "Ekspor 1 (KONSEP) ditulis dan dibaca ulang" in said
    assert "Hasil: utuh" in said
    assert "Tanda kutip dibuka tanpa ditutup." in said
    with Session.open(table_folder) as session:
        kinds = [entry.kind for entry in session.store.entries()]
    done = {"pembetulan.confirmed": 3, "tps.read_back": 1, "seal": 1, "export": 1, "app.open": 5, "app.close": 5}
    assert {kind: kinds.count(kind) for kind in done} == done
    assert run("verifikasi", next((table_folder / "data" / "ekspor").iterdir())).code == 3


def test_another_contest_and_another_person_without_leaving(office: Path, tmp_path: Path) -> None:
    folder, both = tmp_path / "dua", ["pemilu2024-ppwp", "pemilu2024-pdpd"]
    choices = tmp_path / "pilihan.csv"
    choices.write_text("\n".join(["kontes,nomor,nama", *(f"{one},{n},CALON {n}" for one in both for n in (1, 2))]))
    create_workspace(folder, both, "310101", office / "tps.csv", choices)
    assert pleno("buka", "--oleh", "ppk1", "--folder", folder).code == 0
    said = lines(folder, f"baca {FIRST}", "7", "kontes", "2", f"baca {FIRST}", "8", "siapa", "1", "x", "keluar")
    assert "DPD 2024" in said
    assert "Di papan ketik: " in said
    with Session.open(folder) as session:
        read = [(one.contest, one.actor.id) for one in session.store.entries_of(Kind.READING_SAVED)]
        (login,) = session.store.entries_of(Kind.SESSION_LOGIN)
    assert [contest for contest, _by in read] == [*both, both[1]]
    assert read[2][1] == login.actor.id != read[0][1]


def test_a_command_leaves_the_paper_where_it_lay(table_folder: Path) -> None:
    said = lines(table_folder, f"baca {FIRST}", "=", "pleno jejak", "", "pleno latihan", "pleno", "keluar")
    prompt = "I.A.1.P Pemilih DPT P, Sirekap 98, berkas plano 98: "
    assert said.partition("#1 ")[0].endswith(prompt)
    assert prompt in said.partition("#1 ")[2]
    assert "tidak berjalan selagi meja terbuka" in said


def test_a_command_that_is_refused_ends_nothing(kec: Path) -> None:
    said = pleno("--polos", "--folder", kec, typed="pleno rekap --tps\npleno catat 9/9 a=1\nkeadaan\nkeluar\n")
    assert said.code == 0
    assert "bukan pilihan `pleno rekap`" in said.err
    assert said.out.count("4 TPS: ") == 2


def test_a_line_that_is_too_long_is_never_cut(kec: Path) -> None:
    said = lines(kec, "keadaan" + " " * 1990 + "x", "y" * 1_000_000, "keadaan", "keluar")
    assert said.count("dan tidak diambil. Ketik ulang.") == 2
    assert said.count("4 TPS: ") == 2


def test_what_must_be_known_at_the_opening_is_said(kec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Notice("LAPTOP LAIN", "Basis data ini terakhir ditulis di laptop lain.")
    monkeypatch.setattr("pleno.service.notices.notices", lambda _session: iter([told]))
    assert str(told) in lines(kec, "keluar")


def test_a_figure_changed_outside_is_told_and_nothing_more_is_written(table_folder: Path) -> None:
    with closing(sqlite3.connect(table_folder / "data" / "pleno.db")) as database, database:
        database.execute("""UPDATE reading SET figures = replace(figures, ':103', ':301') WHERE tps = ?""", (FIRST,))
    said = lines(table_folder, f"baca {FIRST}", "7", "keluar")
    assert "di tabel 301, menurut jejak 103" in said
    assert "TIDAK TERSIMPAN" in said


def test_a_read_figure_changes_only_with_a_reason(kec: Path) -> None:
    figures = [str(figure) for figure in WHOLE.values()]
    said = lines(
        kec, f"baca {FIRST}", *figures, f"baca {FIRST}", ".1", "18", "", ".1", "18", "salah", "salah dengar tadi",
        "simpan", "keluar",
    )  # fmt: skip
    assert "Tidak berubah." in said
    assert "Baru 5 huruf." in said
    with Session.open(kec) as session:
        notes = [entry.note for entry in session.store.entries() if entry.kind == "reading.saved"]
    assert notes == [None, "salah dengar tadi"]


@pytest.mark.parametrize(
    "typed",
    ["baca 999", "sahkan", "segel 1", "kata ada", "jelaskan R99", "\x1b]0;x\x07", "x" * 5000, "٣", "baca \u202e"],
)
def test_what_is_refused_ends_nothing(kec: Path, typed: str) -> None:
    said = lines(kec, typed, "", f"baca {FIRST}", typed, "", "bantuan", "keluar")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert said.rstrip().endswith("Selesai; semua tersimpan.")


def test_every_word_has_its_help(kec: Path) -> None:
    said = lines(kec, "bantuan", "keluar")
    assert all(act.__doc__ and act.__doc__ in said for act, _shape in WORDS.values())


def test_without_a_workspace_it_is_refused(tmp_path: Path) -> None:
    refused = pleno("--polos", "--folder", tmp_path, typed="")
    assert (refused.code, "Bukan ruang kerja" in refused.err) == (2, True)


class Line:
    """One `pleno` in a terminal of its own, on which lines are typed."""

    def __init__(self, *args: str | Path, term: str = "xterm") -> None:
        import pty

        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM=term, PYTHONPATH=str(ROOT))
            os.execv(sys.executable, [sys.executable, "-m", "pleno", *map(str, args)])
        self.said = ""

    def wait(self, text: str) -> str:
        """Everything said, once it holds a text."""
        until = time.monotonic() + LONGEST_WAIT
        while text not in self.said:
            assert time.monotonic() < until, f"{text!r} not in {self.said[-500:]!r}"
            if select.select([self._terminal], [], [], 0.1)[0]:
                self.said += os.read(self._terminal, 65536).decode()
        return self.said

    def type(self, line: str, until: str) -> str:
        """Type a line and wait for a text after it."""
        self.said = ""
        os.write(self._terminal, f"{line}\n".encode())
        return self.wait(until)

    def end(self, how: int | None = None) -> int:
        """Its exit status; `how`: the signal to end it with."""
        if how is not None:
            os.kill(self.pid, how)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._terminal)
        return status


@pytest.mark.skipif(sys.platform == "win32", reason="pty is of POSIX")
@pytest.mark.parametrize(("term", "options"), [("dumb", ()), ("xterm", ("--polos",))])
def test_a_session_that_is_killed_goes_on_at_the_same_row(kec: Path, term: str, options: tuple[str, ...]) -> None:
    first = Line("--folder", kec, *options, term=term)
    first.wait("> ")
    first.type(f"baca {FIRST}", "I.A.1.L")
    first.type("103", "I.A.1.P")
    first.type("98", "I.A.1.J")
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    copy = Path(shutil.copytree(kec, kec.parent / "salinan"))
    with Session.open(copy) as session:
        (draft,) = session.state.all(Draft)
    assert dict(draft.figures) == {"pemilih_dpt_l": 103, "pemilih_dpt_p": 98}
    again = Line("--folder", kec, *options, term=term)
    said = again.wait("I.A.1.P Pemilih DPT P, sudah dibaca 98: ")
    assert "DIPULIHKAN sampai #" in said
    assert "\x1b" not in said
    again.type("keluar", "Selesai; semua tersimpan.")
    assert again.end() == 0
    with Session.open(kec) as session:
        assert list(session.state.all(Draft)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pty is of POSIX")
def test_the_interrupt_key_leaves_tidily(kec: Path) -> None:
    line = Line("--folder", kec, "--polos")
    line.wait("> ")
    line.type(f"baca {FIRST}", "I.A.1.L")
    line.type("103", "I.A.1.P")
    assert line.end(signal.SIGINT) == 130
    with Session.open(kec) as session:
        assert [entry.kind for entry in session.store.entries()][-2:] == ["reading.saved", "app.close"]
