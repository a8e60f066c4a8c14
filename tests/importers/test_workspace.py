"""pleno.toml: read, written, read again; refused with line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.entry import Role
from pleno.domain.errors import NewerVersion, PlenoError
from pleno.domain.state import Person
from pleno.domain.words import ZONES
from pleno.importers.place import find_workspace
from pleno.importers.profile import shipped_profiles
from pleno.importers.thresholds import Ambang
from pleno.importers.workspace import (
    PAPERS,
    THEMES,
    Config,
    Mode,
    load_config,
    parse_config,
    render_config,
)

PRACTICE = Path(__file__).parents[2] / "data" / "latihan" / "pleno.toml"
TEXT = PRACTICE.read_text(encoding="utf-8")

NAMES = (
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf")), min_size=1)
    .map(lambda text: " ".join(text.split())[:120].strip())
    .filter(bool)
)
COMMANDS = st.from_regex(r"[a-z]{1,6}(\.[a-z_]{1,6})?", fullmatch=True)
PATHS = st.lists(st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True), min_size=1, max_size=3).map("/".join)

OWN_LIMITS = Ambang({"R30": {"maks": 350}, "X07": {"selisih": 9}}, 'TPS di rusun "A" besar')


@st.composite
def configs(draw: st.DrawFn) -> Config:
    names = draw(st.lists(NAMES, min_size=1, max_size=5))
    ketua = draw(st.integers(0, len(names) - 1))
    members = [
        Person(f"ppk{place}", name, Role.KETUA if place == ketua else Role.PPK) for place, name in enumerate(names)
    ]
    operators = [
        Person(f"op{place}", name, Role.OPERATOR) for place, name in enumerate(draw(st.lists(NAMES, max_size=3)))
    ]
    mode = draw(st.sampled_from(Mode))
    rows = ("surat_diterima", "suara_total", "pengguna_disabilitas_l")
    return Config(
        mode=mode,
        kontes=tuple(draw(st.lists(st.sampled_from(shipped_profiles()), min_size=1, max_size=3, unique=True))),
        zona=draw(st.sampled_from(tuple(ZONES))),
        provinsi=draw(NAMES),
        kabkota=draw(NAMES),
        kecamatan=draw(NAMES),
        kode=draw(st.from_regex("[0-9]{6}", fullmatch=True)),
        officers=(*members, *operators),
        database=draw(st.sampled_from(("", "/", "E:/"))) + draw(PATHS) + ".db",
        cadangan=tuple(draw(st.lists(PATHS, max_size=3, unique=True))),
        tanda_tangan_ketua=draw(st.integers(0, 1)),
        tanda_tangan_anggota=draw(st.integers(0, 4)),
        tempat=draw(st.just("") | NAMES),
        kertas=draw(st.sampled_from(PAPERS)),
        kolom_per_halaman=draw(st.integers(3, 60)),
        tema=draw(st.sampled_from(THEMES)),
        tanpa=tuple(draw(st.lists(st.sampled_from(rows), unique=True))) if mode is Mode.LATIHAN else (),
        pin_sahkan=draw(st.booleans()),
        tanpa_lihat=draw(st.booleans()),
        pola=draw(st.sampled_from(("{kode_tps}*", "foto {kode_tps}.jpg"))),
        ambang=draw(st.sampled_from((Ambang(), OWN_LIMITS))),
        tombol=draw(st.dictionaries(COMMANDS, NAMES.map(lambda text: text[:40].strip()))),
    )


@given(configs())
def test_reading_back_what_was_written_changes_nothing(config: Config) -> None:
    text = render_config(config)
    assert parse_config(text) == config
    assert render_config(parse_config(text)) == text


def test_the_practice_workspace_is_what_its_file_says() -> None:
    config = load_config(PRACTICE.parent)
    assert config == parse_config(render_config(config))
    assert (config.mode, config.kontes, config.kode) == (Mode.LATIHAN, ("pemilu2024-ppwp",), "310101")
    assert [person.role for person in config.officers] == [Role.KETUA, *[Role.PPK] * 4, Role.OPERATOR]
    assert config.database == "data/pleno.db"
    assert len(config.tanpa) == 7


def test_what_may_be_left_out_has_a_default() -> None:
    short = TEXT[: TEXT.index("[simpan]")]
    config = parse_config(short)
    assert (config.database, config.cadangan, config.kertas) == ("data/pleno.db", ("data/cadangan",), "F4")
    assert (config.tanda_tangan_ketua, config.tanda_tangan_anggota, config.tanpa) == (1, 2, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('zona = "Asia/Jakarta"', 'zona = "Asia/Jakrta"', 'baris 5, kunci zona: berisi "Asia/Jakrta"'),
        ('zona = "Asia/Jakarta"', 'zone = "Asia/Jakarta"', 'kunci zone: tidak dikenal. Mungkin maksudnya "zona".'),
        ('zona = "Asia/Jakarta"', "", "kunci zona: tidak ada."),
        ('mode = "latihan"', 'mode = "coba"', "kunci mode"),
        ('mode = "latihan"', 'mode = "resmi"', 'kunci tanpa: hanya boleh diisi bila mode = "latihan".'),
        ('["pemilu2024-ppwp"]', "[]", "belum menyebut satu kontes pun."),
        ('["pemilu2024-ppwp"]', '["pemilu2024-pwp"]', 'kunci kontes: Tidak ada profil "pemilu2024-pwp".'),
        ('["pemilu2024-ppwp"]', '["pemilu2024-ppwp", "pemilu2024-ppwp"]', "lebih dari sekali."),
        ('["pemilu2024-ppwp"]', '["pemilu2024-ppwp", 3]', "memuat angka bulat, seharusnya daftar teks."),
        ('kode = "310101"', 'kode = "3101"', "seharusnya kode kecamatan 6 angka."),
        ('kode = "310101"', "kode = 310101", "baris 11, kunci kode: berisi angka bulat, seharusnya teks."),
        ('jabatan = "ketua"', 'jabatan = "anggota"', "baris 13, kunci ppk: harus memuat"),
        ('id = "ppk2"', 'id = "ppk1"', "baris 18, kunci id: ppk1 sudah dipakai di baris 14."),
        ('id = "op1"', 'id = "ppk1"', "ppk1 sudah dipakai"),
        ('id = "op1"', 'id = "Op 1"', "kunci id"),
        ('nama = "Ketua Latihan"', 'nama = ""', "baris 15, kunci nama: kosong."),
        ('nama = "Ketua Latihan"', 'nama = "Ketua\\u001b[2J"', "memuat karakter terlarang"),
        ("sqlite:///data/pleno.db", "sqlite:///../pleno.db", 'kunci database: "../pleno.db" keluar dari ruang kerja'),
        ("sqlite:///data/pleno.db", "sqlite:///data/../../x.db", "keluar dari ruang kerja"),
        ("sqlite:///data/pleno.db", "sqlite:////srv/../x.db", "keluar dari ruang kerja"),
        ("sqlite:///data/pleno.db", "postgresql://h/pleno", 'harus diawali "sqlite:///"'),
        ("sqlite:///data/pleno.db", "sqlite:///", "bukan jalur yang benar."),
        ("sqlite:///data/pleno.db", "sqlite:///data", '".db".'),
        ("sqlite:///data/pleno.db", "sqlite://///server/x/pleno.db", "bukan jalur di laptop ini"),
        ("sqlite:///data/pleno.db", "sqlite:///~/pleno.db", "bukan jalur di laptop ini"),
        ("sqlite:///data/pleno.db", "sqlite:///E:\\\\pleno.db", "tulis dengan /."),
        ("sqlite:///data/pleno.db", "sqlite:///file:pleno.db", "bukan jalur yang benar."),
        ('"data/cadangan"', '"../cadangan"', "kunci cadangan"),
        ("ketua = 1, anggota = 2", "ketua = 1, anggota = 5", "kunci anggota: di luar 0 sampai 4."),
        ('kertas = "F4"', 'kertas = "A5"', "Pilihannya: A3, A4, F4."),
        ("kolom_per_halaman = 10", "kolom_per_halaman = 2", "di luar 3 sampai 60."),
        ('tema = "gelap"', 'tema = "biru"', "kunci tema"),
        ('"surat_diterima"', '"surat_diterma"', 'Mungkin maksudnya "surat_diterima".'),
        ("pin_sahkan = false", 'pin_sahkan = false\ntanpa_lihat = "ya"', "berisi teks, seharusnya true/false."),
        ("pin_sahkan = false", "pin_sahkan = 0", "berisi angka bulat, seharusnya true/false."),
        ('pola = "{kode_tps}*"', 'pola = "../{kode_tps}"', "tanpa folder"),
        ('pola = "{kode_tps}*"', 'pola = "*"', "harus memuat"),
        ("[tombol]", '[tombol]\nmeja.samakan = "f5"\n"meja.samakan" = "f6"', "sudah ada."),
        ("[tombol]", '[tombol]\n"rm -rf" = "f6"', "bukan nama perintah"),
        ("[tombol]", "[ambangg]", 'kunci ambangg: tidak dikenal. Mungkin maksudnya "ambang".'),
        ("[tombol]", "[ambang]\nR30 = { maks = 350 }", 'memerlukan alasan = "..." di [ambang]'),
        ("[tombol]", '[ambang]\nalasan = "keputusan rapat"\nR30 = { maks = 0 }', "kunci maks: di luar 1 sampai 99999."),
        ("[tombol]", '[ambang]\nalasan = "keputusan rapat"\nR20 = { maks = 1 }', "bukan aturan yang mempunyai batas"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_and_named(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(PlenoError) as caught:
        parse_config(TEXT.replace(old, new))
    assert said in caught.value.message
    assert "pleno.toml baris " in caught.value.message


def test_all_wrong_lines_are_named_at_once() -> None:
    text = TEXT.replace("F4", "A5").replace("Asia/Jakarta", "Asia/Tokyo").replace("310101", "31")
    with pytest.raises(PlenoError) as caught:
        parse_config(text)
    assert [key for key in ("zona", "kode", "kertas") if f"kunci {key}" in caught.value.message] == [
        "zona", "kode", "kertas",
    ]  # fmt: skip


def test_a_newer_version_is_no_damage() -> None:
    with pytest.raises(NewerVersion, match="menyebut versi 2"):
        parse_config(TEXT.replace("versi = 1", "versi = 2"))


def test_keys_may_be_written_with_a_dot_or_quoted() -> None:
    text = TEXT.replace("[tombol]", '[tombol]\nmeja.samakan = "f5"\n"meja.batal" = "f6"')
    assert parse_config(text).tombol == {"meja.samakan": "f5", "meja.batal": "f6"}


def test_the_nearest_workspace_upward_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "ruang" / "data" / "masuk"
    deep.mkdir(parents=True)
    (tmp_path / "ruang" / "pleno.toml").write_text(TEXT, encoding="utf-8")
    assert find_workspace(deep) == tmp_path / "ruang"
    assert load_config(find_workspace(deep)).kecamatan == "KEPULAUAN SERIBU UTARA"


def test_outside_a_workspace_the_way_in_is_shown(tmp_path: Path) -> None:
    with pytest.raises(PlenoError) as caught:
        find_workspace(tmp_path)
    assert "pleno siapkan" in caught.value.advice
    with pytest.raises(PlenoError, match="tidak ditemukan"):
        load_config(tmp_path)
