"""The forms as data: sections, rows and their order by year, and what an office may get wrong in its own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from pleno.domain.contest import Choice, Contest, Part, Profile, Row
from pleno.domain.errors import PlenoError
from pleno.domain.rules import RULES
from pleno.importers.profile import load_profile, parse_profile, shipped_profiles

NAMES = tuple(
    f"{election}-{office}"
    for election, offices in {
        "pemilu2019": ("ppwp",),
        "pemilu2024": ("ppwp",),
        "pilkada2020": ("bupati", "gubernur", "walikota"),
        "pilkada2024": ("bupati", "gubernur", "walikota"),
    }.items()
    for office in offices
)
VOTERS_2024 = ["pemilih_dpt", "pengguna_dpt", "pengguna_pindahan", "pengguna_tambahan", "pengguna_total"]
VOTERS_OLD = [
    f"{who}_{category}" for who in ("pemilih", "pengguna") for category in ("dpt", "pindahan", "tambahan", "total")
]
BALLOTS_2024 = ["surat_diterima", "surat_digunakan", "surat_dikembalikan", "surat_tidak_digunakan"]
BALLOTS_OLD = ["surat_diterima", "surat_dikembalikan", "surat_tidak_digunakan", "surat_digunakan"]
CLOSING = ["suara_sah", "suara_tidak_sah", "suara_total"]


def contest(profile: Profile) -> Contest:
    return Contest(profile, (Choice(1, "SATU"), Choice(2, "DUA")))


def names_of(profile: Profile) -> list[str]:
    """Names of the rows in form order, the three columns of a line as one."""
    ends = {part: f"_{part.value}" for part in Part}
    bare = (row.name.removesuffix(ends[row.part]) if row.part else row.name for row in contest(profile).rows)
    return list(dict.fromkeys(bare))


def shipped_text(profile_id: str) -> str:
    return files("pleno.profiles").joinpath(f"{profile_id}.toml").read_text(encoding="utf-8")


def test_the_eight_profiles_are_shipped() -> None:
    assert shipped_profiles() == NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if "2024" in name])
def test_forms_of_2024_ask_ballots_before_disability(name: str) -> None:
    assert names_of(load_profile(name)) == [
        *VOTERS_2024, *BALLOTS_2024, "pengguna_disabilitas", "suara.1", "suara.2", *CLOSING,
    ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in NAMES if "2024" not in name])
def test_older_forms_ask_disability_before_ballots_and_count_used_ones_last(name: str) -> None:
    assert names_of(load_profile(name)) == [
        *VOTERS_OLD, "pemilih_disabilitas", "pengguna_disabilitas", *BALLOTS_OLD, "suara.1", "suara.2", *CLOSING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "code", "name"),
    [
        ("pemilu2024-ppwp", "I.A.1.L", "pemilih_dpt_l"),
        ("pemilu2024-ppwp", "I.B.4.J", "pengguna_total_j"),
        ("pemilu2024-ppwp", "II.2", "surat_digunakan"),
        ("pemilu2024-ppwp", "III.1.P", "pengguna_disabilitas_p"),
        ("pemilu2024-ppwp", "IV.2", "suara.2"),
        ("pemilu2024-ppwp", "V.C", "suara_total"),
        ("pemilu2019-ppwp", "I.A.3.J", "pemilih_tambahan_j"),
        ("pemilu2019-ppwp", "II.1.L", "pemilih_disabilitas_l"),
        ("pilkada2020-walikota", "III.4", "surat_digunakan"),
        ("pilkada2020-walikota", "II.2.J", "pengguna_disabilitas_j"),
        ("pilkada2024-gubernur", "II.4", "surat_tidak_digunakan"),
    ],
)
def test_row_codes_follow_the_paper_of_the_year(profile: str, code: str, name: str) -> None:
    assert contest(load_profile(profile)).find(code).name == name


@pytest.mark.parametrize(
    ("profile", "permille", "voters", "votes"),
    [
        ("pemilu2019-ppwp", 20, 300, 306),
        ("pemilu2024-ppwp", 20, 300, 306),
        ("pilkada2020-bupati", 25, 500, 513),
        ("pilkada2024-bupati", 25, 600, 615),
    ],
)
def test_limits_by_year(profile: str, permille: int, voters: int, votes: int) -> None:
    found = load_profile(profile)
    assert (found.reserve_permille, found.max_voters) == (permille, voters)
    assert found.thresholds == {"R30": {"maks": voters}, "R31": {"maks": votes}}
    assert found.thresholds.keys() <= {rule.id for rule in RULES}


def test_dptb_means_opposite_things() -> None:
    pemilu, pilkada = load_profile("pemilu2024-ppwp"), load_profile("pilkada2020-walikota")
    assert (pemilu.categories["pindahan"], pilkada.categories["tambahan"]) == ("DPTb", "DPTb")
    assert pemilu.sirekap_names["pengguna_dptb"] == "pengguna_pindahan"
    assert pilkada.sirekap_names["pengguna_dptb"] == "pengguna_tambahan"
    # In 2024 the Pilkada form's own word is not known for sure: reported, never guessed.
    assert "pengguna_dptb" not in load_profile("pilkada2024-walikota").sirekap_names


def test_names_of_situng_and_sirekap() -> None:
    assert load_profile("pemilu2019-ppwp").sirekap_names.items() >= {
        ("pemilih", "pemilih_dpt"), ("pengguna", "pengguna_total"),
    }  # fmt: skip
    assert load_profile("pemilu2024-ppwp").sirekap_names["pengguna_non_dpt"] == "pengguna_tambahan"


@pytest.mark.parametrize("name", NAMES)
def test_no_wording_names_two_lines_and_every_alias_is_upper_case(name: str) -> None:
    said: dict[str, set[str]] = {}
    for row in contest(load_profile(name)).rows:
        for text in (row.label.upper(), *row.alias):
            said.setdefault(text, set()).add(
                row.code.removesuffix(f".{row.part.value.upper()}") if row.part else row.code
            )
            assert text == text.upper()
    assert {text: codes for text, codes in said.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tahun = 2024", "tahn = 2024", 'kunci tahn: tidak dikenal. Mungkin maksudnya "tahun".'),
        ("tahun = 2024", "", "kunci tahun: tidak ada."),
        ('kode = "I.B.2"', 'kode = "I.B.1"', "kunci kode: I.B.1 sudah ada di baris"),
        ('kode = "I.B.2"', 'kode = "II.9"', "II.9 tidak berada di dalam bagian I.B."),
        ('kode = "I.B.2"', 'kode = "satu"', "seharusnya kode seperti I.A.1"),
        ('isian = "pengguna_dpt"', 'isian = "pengguna_dptt"', 'Mungkin maksudnya "pengguna_dpt".'),
        ('isian = "pengguna_dpt"', 'isian = "pengguna_total"', "pengguna_total sudah ada di baris"),
        ('isian = "surat_diterima"', 'isian = "surat_diterima"\nlpj = true', "hanya satu sel, tanpa lpj."),
        ('isian = "pengguna_dpt"\nlpj = true', 'isian = "pengguna_dpt"', "memerlukan lpj = true."),
        ("pilihan = true", "", "tepat satu bagian dengan pilihan = true, bukan 0."),
        ('jenis = "paslon"', 'jenis = "party"', "kunci jenis"),
        ("R30 = { maks = 300 }", "R30 = { mak = 300 }", 'kunci mak: tidak dikenal. Mungkin maksudnya "maks".'),
        ("R30 = { maks = 300 }", "ambang = { maks = 300 }", "bukan kode aturan"),
        ("cadangan_persen = 2.0", "cadangan_persen = 2.33", "kunci cadangan_persen"),
        ('"pengguna_tambahan"\n', '"pengguna_lain"\n', "yang tidak dikenal"),
        ('tambahan = "DPK"', 'khusus = "DPK"', "kunci tambahan: tidak ada."),
        ('"PENGGUNA HAK PILIH DALAM DPK"', '"PENGGUNA HAK PILIH DALAM DPT"', "sudah menjadi sebutan pengguna_dpt."),
        ("maks_pemilih = 300", "maks_pemilih = 0", "di luar 1 sampai"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_line_and_key(old: str, new: str, said: str) -> None:
    text = shipped_text("pemilu2024-ppwp")
    assert old in text
    with pytest.raises(PlenoError) as caught:
        parse_profile(text.replace(old, new), "pemilu2024-ppwp.toml")
    assert said in caught.value.message
    assert "pemilu2024-ppwp.toml baris " in caught.value.message


def test_a_missing_row_that_an_identity_needs_is_refused() -> None:
    text = shipped_text("pemilu2024-ppwp")
    start = text.index('[[bagian.baris]]\nkode = "V.C"')
    end = text.index("[sirekap]")
    with pytest.raises(PlenoError, match="tidak memuat baris suara_total"):
        parse_profile(text[:start] + text[end:], "pemilu2024-ppwp.toml")


def test_the_id_is_that_of_the_file() -> None:
    with pytest.raises(PlenoError, match=r"tidak sama dengan nama berkas lain\.toml"):
        parse_profile(shipped_text("pemilu2024-ppwp"), "lain.toml")


def test_an_office_profile_beside_pleno_toml_wins(tmp_path: Path) -> None:
    own = shipped_text("pilkada2024-walikota").replace('pindahan = "Pindahan"', 'pindahan = "DPTb"')
    (tmp_path / "pilkada2024-walikota.toml").write_text(own, encoding="utf-8")
    assert load_profile("pilkada2024-walikota", tmp_path).categories["pindahan"] == "DPTb"
    assert load_profile("pilkada2024-walikota").categories["pindahan"] == "Pindahan"
    assert load_profile("pemilu2024-ppwp", tmp_path) == load_profile("pemilu2024-ppwp")


@pytest.mark.parametrize("name", ["pemilu2024-pwp", "../pleno", "/etc/passwd", "", "PPWP", "pemilu2024-ppwp.toml"])
def test_an_unknown_profile_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(PlenoError) as caught:
        load_profile(name, tmp_path)
    assert "pemilu2024-ppwp" in caught.value.advice


def test_fixed_choices_and_a_kolom_kosong_of_the_profile() -> None:
    fixed = 'pilihan_tetap = [{ nomor = 2, nama = "KOLOM KOSONG", kolom_kosong = true }]'
    text = shipped_text("pilkada2024-bupati").replace("pilihan_tetap = []", fixed)
    profile = parse_profile(text, "pilkada2024-bupati.toml")
    assert profile.fixed_choices == (Choice(2, "KOLOM KOSONG", None, True),)


def test_labels_are_those_of_the_form() -> None:
    row = contest(load_profile("pemilu2024-ppwp")).find("I.B.2.L")
    assert row == Row(
        "I.B.2.L",
        "pengguna_pindahan_l",
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Tambahan (DPTb)",
        Part.L,
        ("JUMLAH PENGGUNA HAK PILIH DALAM DPTB", "PENGGUNA HAK PILIH DALAM DPTB"),
    )
