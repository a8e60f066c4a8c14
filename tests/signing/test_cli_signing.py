"""Keys, signatures and their verification by command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli.driver import Said
from cli.driver import pleno as command
from openpyxl import load_workbook
from signing.ceremony import Ceremony, held

from pleno.domain.signers import spoken_fingerprint


def pleno(*words: object, typed: str = "", code: int = 0) -> Said:
    """The command in this process, since starting one costs most of it; tests/e2e run it as a program."""
    said = command(*words, typed=typed)
    assert said.code == code, said.out + said.err
    return said


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Ceremony:
    return held(tmp_path_factory.mktemp("perintah"), signed=False)


def answered(said: Said) -> Any:
    return json.loads(said.out)


def test_a_set_is_signed_by_three_people(table: Ceremony, tmp_path: Path) -> None:
    where = ("--folder", table.folder)
    told = pleno("tandatangani", table.bundle, *where).out
    assert told.startswith("Ekspor 1 DITETAPKAN; kurang 1 ketua dan 2 anggota.\nbelum: Ketua PPK (ketua)\n")
    said = pleno("tandatangani", table.bundle, "--oleh", "ppk1", "--kunci", table.stick, *where, typed="x\n", code=2)
    assert said.err.startswith("PIN diperlukan\nSandi kunci ppk1")
    for person in ("ppk1", "ppk2", "ppk3"):
        signing = ("tandatangani", table.bundle, "--oleh", person, "--kunci", table.stick, "--pin-stdin", *where)
        wrong = pleno(*signing, typed="satu dua tiga empat lima\n", code=2)
        assert wrong.err.startswith("Kunci tidak terbuka\nSandi salah atau berkas kunci rusak.\n")
        told = pleno(*signing, typed=f"{table.words[person].upper()}\n").out
        assert table.words[person] not in told
    assert told.endswith("syarat tanda tangan terpenuhi.\nSet ini DITANDATANGANI.\n")
    state = answered(pleno("tandatangani", table.bundle, "--json", *where))
    assert (state["status"], state["sudah"], state["belum"], state["kurang"]) == (
        "DITANDATANGANI", ["ppk1", "ppk2", "ppk3"], ["s1"], None,
    )  # fmt: skip
    pleno("tandatangani", table.bundle, "--oleh", "s1", "--menolak", "--catatan", "salinan TPS 2 belum dijawab", *where)
    told = pleno("verifikasi", table.bundle, *where).out
    assert told.count(f"; dikenal dari jejak ruang kerja {table.folder}\n") == 3
    assert told.endswith("Hasil: utuh\n")
    pleno("verifikasi", table.bundle, code=3)
    copy = table.copied(tmp_path)
    assert answered(pleno("verifikasi", copy, "--json", code=3))["hasil"] == "ekor"
    paper = [word for digits in table.trusted for word in ("--sidik", spoken_fingerprint(digits))]
    assert pleno("verifikasi", copy, *paper).out.endswith("Hasil: utuh\n")
    assert "bukan 64 angka" in pleno("verifikasi", copy, "--sidik", "7C1F", code=2).err


def test_the_file_of_a_seal_is_signed_by_command(table: Ceremony) -> None:
    where = ("--folder", table.folder, "--pin-stdin")
    signing = ("tandatangani", "segel", "--kunci", table.stick, "--oleh", "ppk2")
    pleno(*signing, *where, typed="satu dua tiga empat lima\n", code=2)
    told = pleno(*signing, *where, typed=f"{table.words['ppk2']}\n").out
    assert told.startswith("Segel 01 ditandatangani Anggota PPK 2; ikut di setiap salinan berikutnya.\nsegel-01.json\n")
    assert "--kunci belum disebut" in pleno("tandatangani", "segel", *where, code=2).err
    file = table.folder / "data" / "segel" / "segel-01.json"
    pleno("verifikasi", file, code=3)
    known = pleno("verifikasi", file, "--folder", table.folder).out
    assert "segel-01.json.ppk2.p7s sah" in known


def test_keys_by_command(table: Ceremony, tmp_path: Path) -> None:
    where = ("--folder", table.folder)
    made = answered(pleno("kunci", "buat", "ppk4", tmp_path, "--json", *where))
    assert Path(made["berkas"]).name == "ppk4.kunci"
    assert len(made["sandi"].split()) == 5
    listed = {one["id"]: one["sidik"] for one in answered(pleno("kunci", "daftar", "--json", *where))["kunci"]}
    assert listed["ppk4"] == made["sidik"]
    assert listed["ppk5"] is None
    told = pleno("kunci", "daftar", *where).out
    assert told.startswith("LEMBAR PEMBUKAAN")
    assert spoken_fingerprint(made["sidik"]) in told
    other = tmp_path / "baru"
    other.mkdir()
    said = pleno("kunci", "ganti", "ppk4", other, "--catatan", "amplop sandi hilang", "--oleh", "ppk1", *where).out
    assert "Sandi, hanya ditampilkan sekali ini" in said
    for words in (("hapus",), ("buat",), ("buat", "ppk5"), ("ganti", "ppk5", other)):
        pleno("kunci", *words, *where, code=2)


# --- what changed --------------------------------------------------------------------------


def test_a_changed_cell_of_the_workbook_is_named(ceremony: Ceremony, tmp_path: Path) -> None:
    copy = ceremony.copied(tmp_path)
    (path,) = copy.glob("*.xlsx")
    cells = json.loads((copy / "data" / "lembar.json").read_text("utf-8"))
    desa = next(name for name in cells if name.startswith("DESA"))
    at = next(at for at, value in cells[desa].items() if value == 124)
    book = load_workbook(path)
    book[desa][at] = 142
    book.save(path)
    told = pleno("verifikasi", copy, code=4).out
    assert f"{path.name} BERUBAH: isinya bukan yang diekspor" in told
    assert f"{path.name}: {desa}!{at} 142, seharusnya 124\n" in told
    assert f"{desa}!{at} 142, seharusnya 124\n" in pleno("verifikasi", path, code=4).out


def test_a_label_that_changed_is_not_called_only_saved_again(ceremony: Ceremony, tmp_path: Path) -> None:
    """The names of two paslon exchanged beside figures that are all as exported; a figure kept as text."""
    (path,) = ceremony.copied(tmp_path).glob("*.xlsx")
    book = load_workbook(path)
    (desa, *_) = [sheet for sheet in book if sheet.title.startswith("DESA")]
    (label,) = [cell for row in desa.iter_rows() for cell in row if str(cell.value).endswith("PASLON 2")]
    label.value = "02 PASLON 1"
    book.save(path)
    assert "angkanya sama; tulisan di sekitarnya tidak dibandingkan\n" in pleno("verifikasi", path, code=4).out
    (at, *_) = [cell.coordinate for row in desa.iter_rows() for cell in row if cell.value == 124]
    desa[at] = "124"
    book.save(path)
    assert f'{desa.title}!{at} "124" (teks), seharusnya 124\n' in pleno("verifikasi", path, code=4).out


def test_a_changed_line_of_the_data_is_named(ceremony: Ceremony, tmp_path: Path) -> None:
    copy = ceremony.copied(tmp_path)
    path = copy / "data" / "angka.csv"
    path.write_bytes(path.read_bytes().replace(b",suara.2,124", b",suara.2,142", 1))
    named = "TPS 3101011001001 suara.2 (plano) 142, seharusnya 124"
    assert named in pleno("verifikasi", copy, code=4).out
    assert named in pleno("verifikasi", path, code=4).out
    path = copy / "data" / "angka.json"
    path.write_bytes(path.read_bytes().replace(b'"suara.1":17', b'"suara.1":71', 1))
    told = pleno("verifikasi", copy, code=4).out
    assert "data/angka.json BERUBAH" in told  # both are changed: neither tells what the other was


def test_a_changed_sum_of_the_recap_is_named(ceremony: Ceremony, tmp_path: Path) -> None:
    path = ceremony.copied(tmp_path) / "data" / "rekap.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"suara.2":248', b'"suara.2":428', 1))
    assert (
        "sel: data/rekap.json: jumlah desa 3101011001 suara.2 428, seharusnya 248"
        in pleno("verifikasi", path, code=4).out
    )
    path.write_bytes(whole.replace(b'{"aman"', b'{ "aman"', 1))
    assert "atau disimpan ulang; semua" in pleno("verifikasi", path, code=4).out


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\x03\x04", b"[" * 100_000])
def test_what_was_put_there_instead_is_refused_without_a_fault(ceremony: Ceremony, tmp_path: Path, data: bytes) -> None:
    copy = ceremony.copied(tmp_path)
    for path in (*copy.glob("*.xlsx"), copy / "data" / "angka.csv", copy / "data" / "angka.json"):
        whole = path.read_bytes()
        path.write_bytes(data)
        assert "BERUBAH" in pleno("verifikasi", copy, code=4).out
        path.write_bytes(whole)


@pytest.mark.skipif(shutil.which("soffice") is None and "PLENO_CI" not in os.environ, reason="soffice is not installed")
def test_a_workbook_saved_again_keeps_its_figures_but_is_another_file(ceremony: Ceremony, tmp_path: Path) -> None:
    copy = ceremony.copied(tmp_path)
    (path,) = copy.glob("*.xlsx")
    again = tmp_path / "lagi"
    words = ["soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*words, "--outdir", str(again), str(path)], capture_output=True, timeout=180, check=True)
    shutil.copyfile(again / path.name, path)
    told = pleno("verifikasi", copy, code=4).out
    assert "atau disimpan ulang; semua" in told
    assert "seharusnya" not in told


def test_a_stripped_signature_is_missed_in_the_workspace(ceremony: Ceremony, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ceremony.folder, tmp_path / "kec"))
    bundle = folder / "data" / "ekspor" / ceremony.bundle.name
    (bundle / "SHA256SUMS.2.p7s").unlink()
    (bundle / "sertifikat" / "2.crt").unlink()
    assert "tanda tangan 2 (ppk2, entri" in pleno("verifikasi", folder, code=4).out
    assert "masih kurang 1 anggota yang dikenal" in pleno("verifikasi", bundle, "--folder", folder, code=3).out
