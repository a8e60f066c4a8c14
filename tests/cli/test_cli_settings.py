"""`pleno setelan`."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import Run, pleno


def test_settings_are_listed_and_changed(run: Run) -> None:
    listed = run("setelan", "--json").json["setelan"]
    paper = next(one for one in listed if one["nama"] == "ekspor.kertas")
    assert (paper["nilai"], paper["diubah"]) == ("F4", "petugas")
    assert {"mode", "ambang", "tombol", "tampilan.tema"} <= {one["nama"] for one in listed}
    assert run("setelan", "ekspor.kertas=A4").code == 0
    changed = run("setelan", "segel.anggota=3", "--alasan", "permintaan Panwaslu tadi", "--json").json
    assert (changed["entri"][0]["jenis"], changed["entri"][0]["oleh"]) == ("setting.changed", "ppk1")
    said = run("setelan").out
    assert "pleno.toml menulis 2" in said


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("ekspor.kertas",), "NAMA=NILAI"),
        (("ekspor.kertas=A9",), "Pilihan: A4, F4, A3."),
        (("ekspor.kertass=A4",), 'Mungkin maksudnya "ekspor.kertas"'),
        (("segel.anggota=3",), "alasan tertulis"),
        (("segel.anggota=3", "--oleh", "op1", "--alasan", "permintaan Panwaslu"), "Bukan wewenangnya"),
    ],
)
def test_a_wrong_order_changes_nothing(run: Run, args: tuple[str, ...], told: str) -> None:
    before = run("jejak", "--json").json["entri"]
    refused = run("setelan", *args)
    assert (refused.code, refused.out) == (2, "")
    assert told in refused.err
    assert run("jejak", "--json").json["entri"] == before


def test_the_pin_of_the_ketua_is_asked(kec: Path) -> None:
    pin = pleno("pin", "ppk1", "--pin-stdin", "--json", "--folder", kec).json["pin"]
    order = ("setelan", "segel.ketua=0", "--alasan", "ketua sakit hari ini", "--pin-stdin", "--folder", kec)
    assert pleno(*order, typed="111222\n").code == 2
    assert "dengan PIN" in pleno(*order, typed=f"{pin}\n").out
