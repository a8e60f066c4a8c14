"""A new workspace typed field by field: what each field was read as, and everything that is wrong at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleno.domain.errors import PlenoError
from pleno.service.proposal import Examined, Field, Proposal, examine, make
from pleno.service.session import Session


def proposed(office: Path, new: Path, **change: str) -> Proposal:
    right = Proposal(str(new), "pemilu2024-ppwp", "310101", str(office / "tps.csv"), f"'{office / 'pilihan.csv'}'")
    return right._replace(**change)


def refused(found: Examined) -> dict[str, str]:
    return {field.value: error.title for field, error in found.refused.items()}


def test_what_is_right_says_what_it_was_read_as_and_can_be_made(office: Path, tmp_path: Path) -> None:
    wanted = proposed(office, tmp_path / "baru")
    found = examine(wanted)
    assert refused(found) == {}
    assert found.told == {
        Field.PROFIL: "PRESIDEN DAN WAKIL PRESIDEN",
        Field.WILAYAH: "KEPULAUAN SERIBU UTARA, ADM. KEP. SERIBU, DKI JAKARTA",
        Field.TPS: "4 TPS di 2 desa",
        Field.PILIHAN: "3 nama",
    }
    assert not (tmp_path / "baru").exists()
    with Session.open(make(wanted)) as session:
        assert len(session.roster) == 4
        assert not session.practice


def test_every_field_that_is_wrong_is_told_at_once(office: Path, tmp_path: Path) -> None:
    (tmp_path / "isi").mkdir()
    (tmp_path / "isi" / "x").touch()
    found = examine(Proposal(str(tmp_path / "isi"), "pilkada1999-raja", "999999", "tidak-ada.csv", ""))
    assert refused(found) == {
        "folder": "Folder sudah terisi", "profil": "Profil tidak dikenal", "wilayah": "Kode wilayah tidak dikenal",
        "tps": "Berkas tidak ditemukan", "pilihan": "Belum diisi",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field", "title"),
    [
        ({"folder": " "}, "folder", "Belum diisi"),
        ({"profiles": " , "}, "profil", "Belum diisi"),
        ({"kecamatan": "3101011001"}, "wilayah", "Kode wilayah ditolak"),
        ({"kecamatan": "３１０１０１"}, "wilayah", "Kode wilayah ditolak"),
        ({"kecamatan": "647101"}, "tps", "Daftar TPS ditolak"),
        ({"roster": "\x1b[2J"}, "tps", "Nama ditolak"),
        ({"folder": "a\0b"}, "folder", "Nama ditolak"),
        ({"folder": "x" * 300}, "folder", "Tidak dapat dibuka"),
        ({"choices": "~tidakada/x"}, "pilihan", "Tidak ditemukan"),
    ],
)
def test_one_wrong_field_is_told_alone(
    office: Path, tmp_path: Path, change: dict[str, str], field: str, title: str
) -> None:
    found = examine(proposed(office, tmp_path / "baru", **change))
    assert refused(found) == {field: title}
    with pytest.raises((PlenoError, OSError)):
        make(proposed(office, tmp_path / "baru", **change))
    assert not (tmp_path / "baru").exists()


def test_lists_that_do_not_belong_together_are_refused_at_their_field(office: Path, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("kontes,nomor,nama\npemilu2024-ppwp,1,A\n", "utf-8")
    found = examine(
        proposed(office, tmp_path / "baru", choices=str(tmp_path / "p.csv"), roster=str(tmp_path / "p.csv"))
    )
    assert set(refused(found)) == {"tps", "pilihan"}
