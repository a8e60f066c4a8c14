"""`pleno foto`: listed, tied, taken off; what is refused is told and nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import FIRST, SECOND, Run, pleno

JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
def foto(kec: Path) -> Path:
    folder = kec / "data/foto"
    folder.mkdir()
    (folder / f"{FIRST}_1.jpg").write_bytes(JPEG + b"satu")
    (folder / "lain.jpg").write_bytes(JPEG + b"dua")
    (folder / "\x1b]0;x\x07.jpg").write_bytes(JPEG)
    return folder


def test_photos_are_listed_tied_and_told_missing(run: Run, foto: Path) -> None:
    listed = run("foto", "--json").json
    assert listed["jumlah"] == {"terkait": 0, "siap": 1, "berubah": 0, "hilang": 0, "ditolak": 2}
    assert [len(one["tps"]) for one in listed["tanpa_foto"]] == [4]
    tied = run("foto", "--kaitkan", "--json").json
    assert [entry["tps"] for entry in tied["entri"]] == [FIRST]
    assert run("foto", "lain.jpg", "--tps", SECOND, "--halaman", "2").out.startswith("#")
    (foto / "lain.jpg").write_bytes(JPEG + b"tiga")
    (foto / f"{FIRST}_1.jpg").unlink()
    said = run("foto").out
    assert "0 terkait, 0 siap, 1 berubah, 1 hilang, 1 ditolak." in said
    assert "Tanpa foto PRESIDEN DAN WAKIL PRESIDEN, 2 TPS: PULAU KELAPA 001, 901." in said
    assert "\x1b" not in said
    judged = run("verifikasi")
    assert judged.code == 4
    assert "lain.jpg isinya bukan lagi yang dikaitkan" in judged.out
    assert run("foto", "lain.jpg", "--lepaskan", "--alasan", "berkasnya tertimpa foto lain").code == 0
    assert run("verifikasi").code == 3
    assert run("foto", str(foto / "lain.jpg"), "--tps", SECOND).code == 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("lain.jpg",), "Pakai satu saja"),
        (("lain.jpg", "--kaitkan"), "Pakai satu saja"),
        (("--tps", FIRST), "Pakai satu saja"),
        (("--lepaskan", "--buka", "lain.jpg"), "Pakai satu saja"),
        (("lain.jpg", "--tps", "3101011009001"), "tidak ada di daftar TPS"),
        (("tidak-ada.jpg", "--tps", FIRST), "tidak ditemukan"),
        (("../../pleno.toml", "--tps", FIRST), "Foto ditolak"),
        (("lain.jpg", "--tps", FIRST, "--halaman", "dua"), "Bukan angka"),
        (("lain.jpg", "--tps", FIRST, "--oleh", "hantu"), "Petugas tidak dikenal"),
        (("lain.jpg", "--buka"), "tidak terkait TPS mana pun"),
    ],
)
def test_an_unclear_order_changes_nothing(run: Run, foto: Path, args: tuple[str, ...], told: str) -> None:
    refused = run("foto", *args)
    assert (refused.code, refused.out) == (2, "")
    assert told in refused.err
    assert run("foto", "--json").json["jumlah"]["terkait"] == 0


def test_photos_are_not_tied_while_the_meeting_is_suspended(kec: Path, foto: Path) -> None:
    assert pleno("skors", "--oleh", "ppk1", "--folder", kec).code == 0
    refused = pleno("foto", "--kaitkan", "--folder", kec)
    assert (refused.code, "diskors" in refused.err) == (2, True)
