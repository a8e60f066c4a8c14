"""A set on the disk: listed, written whole or not at all, copied, and judged when somebody touched it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from exporters.documents import contest, document, recap

from pleno.domain.chain import canonical
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.state import SheetStatus
from pleno.exporters import bundle
from pleno.exporters.bundle import MANIFEST, SUMS, UNFINISHED, copy_set, sums_of, write_set
from pleno.exporters.check import check_bundle, check_file
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import Workbook, write_workbook

NAME = "01-pemilu2024-ppwp-310101"
XLSX = "D.HASIL_KECAMATAN_pemilu2024-ppwp_310101_KONSEP01.xlsx"
STATUS = "pemilu2024-ppwp_310101_KONSEP01.pdf"
FILES = (
    "BACA-SAYA.txt",
    f"D.HASIL_KECAMATAN_{STATUS}",
    XLSX,
    "SHA256SUMS",
    f"daftar-hadir_{STATUS}",
    "data/angka.csv",
    "data/angka.json",
    "data/jejak.jsonl",
    "data/kejadian-khusus.csv",
    "data/kejadian-khusus.json",
    "data/lembar.json",
    "data/pembetulan.csv",
    "data/rekap.json",
    f"kejadian-khusus_{STATUS}",
    "manifest.json",
    f"pembetulan_{STATUS}",
)


def draft(number: int = 1) -> Document:
    return document(recap(contest(), {"PULAU KELAPA": 2}), number=number)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(draft(), Layout(), tmp_path_factory.mktemp("ekspor")).folder


@pytest.fixture
def whole(pristine: Path, tmp_path: Path) -> Path:
    """A set to spoil."""
    return Path(shutil.copytree(pristine, tmp_path / NAME))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def failures(folder: Path) -> list[str]:
    return [check.message for check in check_bundle(folder).checks if not check.ok]


# --- what lies there -----------------------------------------------------------------------


def test_a_set_is_listed_twice_and_completely(tmp_path: Path) -> None:
    written = write_set(draft(), Layout(), tmp_path)
    files = tree(written.folder)
    assert written.folder == tmp_path / NAME
    assert written.files == tuple(sorted(files)) == FILES
    assert written.manifest_sha256 == hashlib.sha256(files[MANIFEST]).hexdigest()
    manifest = json.loads(files[MANIFEST])
    assert files[MANIFEST].decode() == canonical(manifest) + "\n"
    assert manifest["files"] == {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in files.items()
        if name not in (MANIFEST, SUMS)
    }
    assert manifest["export"] == {"no": 1, "replaces": None, "status": "KONSEP"}
    assert manifest["mode"] == "resmi"
    assert manifest["totals"]["suara_sah"] == sum(file.sementara["suara_sah"] for file in draft().recap.files)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="perlu sha256sum")
def test_the_stock_tool_agrees(whole: Path) -> None:
    assert subprocess.run(["sha256sum", "-c", "--strict", "--quiet", SUMS], cwd=whole).returncode == 0
    (whole / "BACA-SAYA.txt").write_bytes(b"lain")
    assert subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=whole, capture_output=True).returncode == 1


def test_an_untouched_set_is_whole(whole: Path) -> None:
    bundle = check_bundle(whole)
    assert all(check.ok for check in bundle.checks)
    assert (bundle.signatures, bundle.changed, bundle.sums) == ((), (), (whole / SUMS).read_bytes())
    assert bundle.checks[0].message == f"{len(FILES) - 1} berkas sesuai SHA256SUMS, tidak ada yang lebih atau kurang"


# --- what somebody did to it ---------------------------------------------------------------


def _edit(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes())) and None


def _swap(folder: Path) -> None:
    one, other = folder / "data/angka.json", folder / "data/rekap.json"
    a, b = one.read_bytes(), other.read_bytes()
    one.write_bytes(b)
    other.write_bytes(a)


def _forge_manifest(folder: Path) -> None:
    """Somebody edits the manifest and makes SHA256SUMS fit."""
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"]["BACA-SAYA.txt"]["size"] += 1
    (folder / MANIFEST).write_text(canonical(manifest) + "\n")
    (folder / SUMS).write_bytes(sums_of({name: data for name, data in tree(folder).items() if name != SUMS}))


def _forge_list(folder: Path) -> None:
    """Somebody adds a file and lists it in SHA256SUMS only."""
    (folder / "tambahan.txt").write_bytes(b"x")
    (folder / SUMS).write_bytes(sums_of({name: data for name, data in tree(folder).items() if name != SUMS}))


def _lines(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    return _edit(SUMS, lambda data: "".join(change(data.decode().splitlines(keepends=True))).encode())


ZERO = "0" * 64


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(_edit(XLSX, lambda data: data + b"0"), f"{XLSX} BERUBAH", id="changed"),
        pytest.param(lambda f: (f / "data/angka.csv").unlink(), "data/angka.csv hilang", id="missing"),
        pytest.param(lambda f: (f / "data/x.csv").write_bytes(b""), "data/x.csv tidak ada dalam daftar", id="extra"),
        pytest.param(
            lambda f: (f / XLSX).rename(f / "hasil.xlsx"), f"{XLSX} diganti nama menjadi hasil.xlsx", id="renamed"
        ),
        pytest.param(_swap, "data/rekap.json BERUBAH", id="swapped"),
        pytest.param(lambda f: shutil.rmtree(f / "data"), "data/jejak.jsonl hilang", id="folder gone"),
        pytest.param(lambda f: (f / MANIFEST).unlink(), "manifest.json hilang", id="no manifest"),
        pytest.param(lambda f: (f / SUMS).unlink(), "SHA256SUMS hilang", id="no list"),
        pytest.param(_edit(MANIFEST, lambda d: d.replace(b'"resmi"', b'"Resmi"')), "manifest.json BERUBAH", id="word"),
        pytest.param(_edit(MANIFEST, lambda d: d.replace(b",", b", ", 1)), "bukan yang ditulis pleno", id="space"),
        pytest.param(_edit(MANIFEST, lambda _: b"[" * 10**5), "bukan yang ditulis pleno", id="deep"),
        pytest.param(_edit(MANIFEST, lambda _: b"\xff"), "manifest.json BERUBAH", id="bytes"),
        pytest.param(_edit(MANIFEST, lambda _: b" " * 1_000_001), "manifest.json terlalu besar", id="huge"),
        pytest.param(_forge_manifest, "ukuran BACA-SAYA.txt bukan yang disebut", id="size"),
        pytest.param(_forge_list, "tambahan.txt hanya ada dalam salah satu", id="one list only"),
        pytest.param(_edit(SUMS, lambda d: d.replace(b"\n", b"\r\n")), "baris 1 bukan baris yang ditulis", id="CRLF"),
        pytest.param(_edit(SUMS, lambda d: d[:-1]), "urutan atau akhir barisnya", id="last newline"),
        pytest.param(_edit(SUMS, lambda d: d + b"\n"), f"baris {len(FILES)} bukan baris", id="blank line"),
        pytest.param(_lines(lambda ls: ls[::-1]), "urutan atau akhir barisnya", id="other order"),
        pytest.param(_lines(lambda ls: ls + ls[-1:]), f"baris {len(FILES)} bukan baris", id="twice"),
        pytest.param(_lines(lambda ls: [*ls, f"{ZERO}  ../x\n"]), f"baris {len(FILES)} bukan baris", id="upward"),
        pytest.param(
            _lines(lambda ls: [*ls, f"{ZERO}  /etc/passwd\n"]), f"baris {len(FILES)} bukan baris", id="absolute"
        ),
        pytest.param(_lines(lambda ls: [*ls, f"{ZERO}  data\\x\n"]), f"baris {len(FILES)} bukan baris", id="backslash"),
        pytest.param(_lines(lambda ls: [*ls, f"{ZERO}  C:x\n"]), f"baris {len(FILES)} bukan baris", id="drive"),
        pytest.param(_lines(lambda ls: [line.upper() for line in ls]), "baris 1 bukan baris", id="capitals"),
        pytest.param(_lines(lambda ls: ls[1:]), "BACA-SAYA.txt tidak ada dalam daftar", id="line gone"),
    ],
)
def test_whatever_was_done_is_named(whole: Path, spoil: Callable[[Path], object], said: str) -> None:
    spoil(whole)
    told = failures(whole)
    assert any(said in message for message in told), told


@pytest.mark.skipif(os.name == "nt", reason="perlu izin khusus di Windows")
@pytest.mark.parametrize("name", ["BACA-SAYA.txt", MANIFEST, SUMS, "data", "tautan"])
def test_links_are_no_files(whole: Path, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "lain"
    if name == "tautan":
        elsewhere.mkdir()
    else:
        (whole / name).rename(elsewhere)
    (whole / name).symlink_to(elsewhere)
    told = failures(whole)
    assert any(name in message for message in told), told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="perlu FIFO")
def test_a_pipe_does_not_hang_the_check(whole: Path) -> None:
    (whole / XLSX).unlink()
    os.mkfifo(whole / XLSX)
    assert failures(whole) == [f"{XLSX} BERUBAH: isinya bukan yang diekspor"]
    assert [check.ok for check in check_file(whole / XLSX).checks] == [False]


def test_every_single_mutation_is_reported(whole: Path) -> None:
    random_ = random.Random(20240217)
    original = tree(whole)
    for turn in range(200):
        name = random_.choice(sorted(original))
        data = bytearray(original[name])
        at = random_.randrange(len(data))
        kind = turn % 4
        if kind == 0:
            data[at] ^= 1 << random_.randrange(8)
        elif kind == 1:
            del data[at : at + random_.randint(1, 9)]
        elif kind == 2:
            data[at:at] = random_.randbytes(random_.randint(1, 9))
        else:
            data = data[:at]
        (whole / name).write_bytes(data)
        assert failures(whole), (turn, name)
        (whole / name).write_bytes(original[name])
    assert failures(whole) == []


def test_one_file_is_judged_by_the_set_it_lies_in(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [check.ok for check in check_file(whole / "data/angka.csv").checks] == [True]
    monkeypatch.chdir(whole / "data")
    assert [check.ok for check in check_file(Path("angka.csv")).checks] == [True]
    Path("angka.csv").write_bytes(b"")
    assert check_file(Path("angka.csv")).checks[0].message == "data/angka.csv BERUBAH: isinya bukan yang diekspor"
    Path("baru.csv").write_bytes(b"")
    assert check_file(Path("baru.csv")).checks[0].message == "data/baru.csv tidak ada dalam SHA256SUMS"
    assert check_file(whole / SUMS) == check_bundle(whole)
    with pytest.raises(PlenoError, match="Di samping a tidak ada SHA256SUMS"):
        check_file(whole.parent / "a")


# --- all or nothing ------------------------------------------------------------------------


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "milik orang").write_bytes(b"x")
    with pytest.raises(PlenoError, match=f"Folder {NAME} sudah ada"):
        write_set(draft(), Layout(), tmp_path)
    assert tree(tmp_path) == {f"{NAME}/milik orang": b"x"}


def test_what_a_crash_left_is_removed_at_the_next_export(tmp_path: Path) -> None:
    left = tmp_path / f"09-pemilu2024-ppwp-310101{UNFINISHED}" / "data"
    left.mkdir(parents=True)
    (left / "angka.csv").write_bytes(b"separuh")
    write_set(draft(), Layout(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from exporters.test_bundle import draft
from pleno.domain.errors import PlenoError
from pleno.exporters.bundle import write_set
from pleno.exporters.layout import Layout
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write_set(draft(2), Layout(), Path(sys.argv[1]))
except PlenoError as error:
    print(error)
"""


def _python(code: str, *args: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", code, *args], env=env, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="perlu batas berkas POSIX")
@pytest.mark.parametrize("limit", [500, 5000])
def test_a_full_disk_leaves_the_old_sets_and_nothing_else(tmp_path: Path, limit: int) -> None:
    write_set(draft(), Layout(), tmp_path)
    before = tree(tmp_path)
    said = _python(_LIMITED, str(tmp_path), str(limit)).communicate(timeout=60)[0]
    assert said.startswith("Ekspor gagal: 02-pemilu2024-ppwp-310101: ")
    assert "Data dan ekspor lama utuh." in said
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


_LOOP = """
import sys
from pathlib import Path
from exporters.test_bundle import draft
from pleno.exporters.bundle import write_set
from pleno.exporters.layout import Layout
for number in range(2, 99):
    print(write_set(draft(number), Layout(), Path(sys.argv[1])).folder.name, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="perlu kill -9")
def test_kill_9_leaves_whole_sets_only(tmp_path: Path) -> None:
    write_set(draft(), Layout(), tmp_path)
    random_ = random.Random(9)
    for _ in range(4):
        for made in tmp_path.iterdir():
            if made.name != NAME:
                shutil.rmtree(made)
        process = _python(_LOOP, str(tmp_path))
        assert process.stdout is not None
        first = process.stdout.readline().strip()
        time.sleep(random_.random() / 4)
        process.send_signal(signal.SIGKILL)
        said = [first, *process.communicate()[0].split()]
        sets = {path.name for path in tmp_path.iterdir() if not path.name.endswith(UNFINISHED)}
        assert {NAME, *said} <= sets
        assert [failures(tmp_path / name) for name in sets] == [[]] * len(sets)


def test_a_file_that_reads_back_otherwise_is_no_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = recap(contest(), {"PULAU KELAPA": 1}, lambda form, _: {row.name: 0 for row in form.rows})
    real = write_workbook(document(nothing), Layout())
    wrong = {sheet: dict(cells) for sheet, cells in real.values.items()}
    place = next(at for at, value in wrong["KECAMATAN"].items() if value == 0)
    wrong["KECAMATAN"][place] = ""
    monkeypatch.setattr(bundle, "write_workbook", lambda *_: Workbook(real.data, wrong))
    with pytest.raises(PlenoError, match=f"KECAMATAN!{place} terbaca 0"):
        write_set(draft(), Layout(), tmp_path)
    assert not list(tmp_path.iterdir())


# --- copies --------------------------------------------------------------------------------


def test_a_copy_is_the_same_set(whole: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stik" / "pleno"
    (stick / f"{NAME}{UNFINISHED}").mkdir(parents=True)
    assert copy_set(whole, stick) == stick / NAME
    assert tree(stick) == {f"{NAME}/{name}": data for name, data in tree(whole).items()}
    with pytest.raises(PlenoError, match="sudah ada"):
        copy_set(whole, stick)


def test_a_target_that_refuses_says_that_the_export_is_whole(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    before = tree(whole)
    with pytest.raises(PlenoError) as refused:
        copy_set(whole, tmp_path / "berkas" / "x")
    assert refused.value.title == "Salinan gagal"
    assert refused.value.advice == f"Ekspor sendiri utuh di {whole}; salin lagi."
    assert tree(whole) == before


def test_a_settled_set_says_what_it_is(tmp_path: Path) -> None:
    final = document(recap(contest(), {"PULAU KELAPA": 1}, settled=True), SheetStatus.DITETAPKAN, number=3, replaces=2)
    folder = write_set(final, Layout(), tmp_path).folder
    assert (folder / "D.HASIL_KECAMATAN_pemilu2024-ppwp_310101_DITETAPKAN03.xlsx").is_file()
    assert "Menggantikan ekspor nomor 2, yang menjadi BATAL." in (folder / "BACA-SAYA.txt").read_text("utf-8")
    assert "KONSEP:" not in (folder / "BACA-SAYA.txt").read_text("utf-8")
