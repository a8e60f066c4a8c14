"""Objects of Sirekap 2024, of the Pilkada and of Situng 2019."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importers.border_samples import (
    CODES,
    GUBERNUR,
    PPWP,
    SIREKAP_OBJECTS,
    SITUNG,
    TPS_1,
    TPS_2,
    WALIKOTA,
    as_json,
    sirekap_object,
    target,
)

from pleno.domain.errors import PlenoError
from pleno.domain.state import Tps
from pleno.importers.parsed import OtherKecamatan, Parts, Target
from pleno.importers.sirekap import WrongSource, read_object

NAME = f"{TPS_1}.json"


def read(name: str, where: Target | None = None) -> Parts:
    """What a real object gives."""
    return read_object((SIREKAP_OBJECTS / name).read_bytes(), name, where or target())


def test_full_object() -> None:
    (reading,) = read("2024_ppwp_tps_3101011001001__chart-full_adm-full.json").readings
    assert (reading.tps, reading.contest, reading.ts) == (TPS_1, "pemilu2024-ppwp", "2024-02-16 16:25:10")
    assert reading.figures == {
        "suara.1": 83, "suara.2": 107, "suara.3": 38, "suara_sah": 228, "suara_tidak_sah": 5, "suara_total": 233,
        "pemilih_dpt_l": 147, "pemilih_dpt_p": 145, "pemilih_dpt_j": 292,
        "pengguna_dpt_l": 147, "pengguna_dpt_p": 145, "pengguna_dpt_j": 292,
        "pengguna_pindahan_l": 0, "pengguna_pindahan_p": 1, "pengguna_pindahan_j": 1,
        "pengguna_tambahan_l": 0, "pengguna_tambahan_p": 0, "pengguna_tambahan_j": 0,
        "pengguna_total_l": 147, "pengguna_total_p": 145, "pengguna_total_j": 292,
    }  # fmt: skip


def test_votes_without_administrasi() -> None:
    (reading,) = read("2024_ppwp_tps_3101011001008__chart-full_adm-none.json").readings
    assert reading.figures == {"suara.1": 100, "suara.2": 81, "suara.3": 30}


def test_administrasi_without_votes() -> None:
    (reading,) = read("2024_ppwp_tps_3101011003006__chart-none_adm-full.json").readings
    assert len(reading.figures) == 18
    assert (reading.figures["suara_sah"], reading.figures["pengguna_tambahan_l"]) == (157, 2)
    assert "suara.1" not in reading.figures


def test_no_figure_yet_is_ignored() -> None:
    name = "2024_ppwp_tps_3101011001004__chart-none_adm-none.json"
    parts = read(name)
    assert (parts.readings, parts.refused, parts.ignored) == ((), (), (name,))


def test_a_chart_of_only_the_null_key_is_ignored() -> None:
    """Real object of another kecamatan: {"null": null} is all its chart holds."""
    name = "2024_ppwp_tps_3173011005085__chart-partial_adm-none.json"
    where = Target((PPWP,), {"3173011005085": Tps("3173011005085", "3173011005", 85)}, {}, "317301", "sirekap")
    assert read(name, where).ignored == (name,)


def test_partial_chart() -> None:
    """Made by shape: a chart that holds one choice, as DOMAIN.md section 11 reports."""
    value = sirekap_object(chart={"null": None, "100026": 107, "100025": None}, administrasi=None)
    (reading,) = read_object(as_json(value), NAME, target()).readings
    assert reading.figures == {"suara.2": 107}


def test_situng_2019() -> None:
    name = "2019_situng_ppwp_tps_bukittinggi_birugo_19.json"
    (reading,) = read(name, target(SITUNG, tps=TPS_2)).readings
    assert reading.tps == TPS_2
    assert reading.figures == {
        "suara.1": 19, "suara.2": 133, "pemilih_dpt_j": 179, "pengguna_total_j": 133, "suara_sah": 132,
        "suara_tidak_sah": 1, "suara_total": 133,
    }  # fmt: skip
    with pytest.raises(PlenoError, match="--tps"):
        read(name, target(SITUNG))


def pilkada_object(chart: dict[str, int | None]) -> bytes:
    """A TPS of the Pilkada 2024. Made by shape: no published TPS object could be had, only its description."""
    inner = {"chart": chart, "administrasi": {"suara_sah": 30, "pengguna_dpt_j": 31, "pemilih_dpt_j": None}}
    return as_json({"mode": "hhcw", "tungsura": inner, "psu": "Reguler", "images": [], "ts": "2024-11-28 10:15:00"})


def test_pilkada_nesting() -> None:
    parts = read_object(pilkada_object({"1001092": 20, "1001091": 10, "null": None}), NAME, target(WALIKOTA))
    (reading,) = parts.readings
    assert reading.figures == {"suara.1": 10, "suara.2": 20, "suara_sah": 30, "pengguna_dpt_j": 31}
    assert not parts.remarks


def test_pilkada_without_tungsura_is_ignored() -> None:
    """Made by shape."""
    assert read_object(as_json({"tungsura": None, "ts": None}), NAME, target(WALIKOTA)).ignored == (NAME,)


@pytest.mark.parametrize(
    "name",
    [
        "2024_ppwp_desa_1101012001.json",
        "2024_pkwkk_kab_6471.json",
        "2024_wilayah_desa_647101.json",
        "2024_pdpr_desa_1671041005_table.json",
    ],
)
def test_aggregates_and_listings_are_ignored_by_name(name: str) -> None:
    parts = read(name)
    assert (parts.readings, parts.refused, parts.ignored) == ((), (), (name,))
    assert parts.remarks[0].message.startswith("Diabaikan: ")


@pytest.mark.parametrize(
    "value",
    [
        {"1": {"nama": "PKB", "nomor_urut": 1}},  # party list
        {"11": {"1000001": {"nama": "A", "nomor_urut": 1}}},  # paslon list
        {"chart": {"100025": 5, "persen": 99.5}, "ts": "x"},
    ],
)
def test_other_tables_are_ignored(value: object) -> None:
    """Made by the shapes of published tables and lists."""
    assert read_object(as_json(value), NAME, target()).ignored == (NAME,)


def test_all_of_a_kecamatan_equals_its_objects() -> None:
    """Kepulauan Seribu Utara as it was on 16 February 2024, against a count that knows no importer."""
    data = (SIREKAP_OBJECTS / "kep_seribu_utara_2024-02-16.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        objects = {name[-18:-5]: json.loads(archive.read(name)) for name in archive.namelist()}
    roster = {code: Tps(code, code[:10], int(code[10:])) for code in objects}
    where = Target((PPWP,), roster, {}, "310101", "sirekap")
    read_ = {code: read_object(as_json(value), f"{code}.json", where) for code, value in objects.items()}
    assert len(objects) == 53
    for code, value in objects.items():
        given_ = [*(value["chart"] or {}).values(), *(value["administrasi"] or {}).values()]
        figures = read_[code].readings[0].figures if read_[code].readings else {}
        assert sorted(figures.values()) == sorted(figure for figure in given_ if figure is not None)
    assert sum(len(parts.readings) for parts in read_.values()) == 47
    assert sum(len(parts.ignored) for parts in read_.values()) == 6


# --- which contest, TPS and source ---------------------------------------------------------


@pytest.mark.parametrize("source", ["plano", "hitung_ulang", "salinan:1", "salinan:panwaslu"])
def test_wrong_source(source: str) -> None:
    with pytest.raises(WrongSource, match="--sumber sirekap"):
        read_object(as_json(sirekap_object()), NAME, target(source=source))


def test_foto_is_a_source() -> None:
    assert read_object(as_json(sirekap_object()), NAME, target(source="foto")).readings


def with_image(contest: str, code: str = TPS_1) -> bytes:
    url = f"https://sirekap-obj-formc.kpu.go.id/2851/pemilu/{contest}/31/01/01/10/01/{code}-20240214-205639--4f9b.jpg"
    return as_json(sirekap_object(images=[None, url], chart=None))


def test_contest_of_several_by_image_path_or_option() -> None:
    both = target(WALIKOTA, GUBERNUR)
    votes = pilkada_object({"1001091": 10})
    assert read_object(with_image("pkwkk"), NAME, both).readings[0].contest == "pilkada2024-walikota"
    assert read_object(with_image("pkwkp"), NAME, both).readings[0].contest == "pilkada2024-gubernur"
    assert read_object(votes, f"hhcw/pkwkk/{NAME}", both).readings[0].contest == "pilkada2024-walikota"
    forced = target(WALIKOTA, GUBERNUR, contest="pilkada2024-walikota")
    assert read_object(votes, NAME, forced).readings[0].contest == "pilkada2024-walikota"
    with pytest.raises(PlenoError, match="--kontes"):
        read_object(votes, NAME, both)


@pytest.mark.parametrize("where", [target(), target(WALIKOTA, GUBERNUR), target(contest="pemilu2024-ppwp")])
def test_object_of_another_contest(where: Target) -> None:
    with pytest.raises(PlenoError, match="adalah objek pdpd"):
        read_object(with_image("pdpd"), NAME, where)
    with pytest.raises(PlenoError, match="adalah objek pdpd"):
        read("2024_pdpd_tps_1101012001001.json", where)


def test_unknown_contest_option() -> None:
    with pytest.raises(PlenoError, match="bukan kontes ruang kerja ini"):
        read_object(as_json(sirekap_object()), NAME, target(contest="pemilu2024-pdpr"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.json", "tidak memuat kode TPS"),
        ("31010110010011.json", "tidak memuat kode TPS"),
        (f"{TPS_1}_{TPS_2}.json", "lebih dari satu TPS"),
        ("3101011001077.json", "tidak ada dalam daftar TPS"),
        (f"{TPS_1}/a.json", "tidak memuat kode TPS"),
    ],
)
def test_tps_of_the_file_name(name: str, words: str) -> None:
    with pytest.raises(PlenoError, match=words):
        read_object(as_json(sirekap_object()), name, target())


def test_only_runs_in_the_roster_count() -> None:
    (reading,) = read_object(as_json(sirekap_object()), f"1234567890123_{TPS_2}.json", target()).readings
    assert reading.tps == TPS_2


def test_tps_option_against_the_name() -> None:
    value = as_json(sirekap_object())
    assert read_object(value, "a.json", target(tps=TPS_2)).readings[0].tps == TPS_2
    assert read_object(value, NAME, target(tps=TPS_1)).readings[0].tps == TPS_1
    with pytest.raises(PlenoError, match="padahal --tps"):
        read_object(value, NAME, target(tps=TPS_2))


def test_other_kecamatan() -> None:
    with pytest.raises(OtherKecamatan, match="kecamatan lain"):
        read("2024_ppwp_tps_1101012001001.json")


def test_a_contest_not_read_at_this_tps() -> None:
    only = Tps(TPS_1, TPS_1[:10], 1, contests=("pilkada2024-gubernur",))
    where = target(WALIKOTA, GUBERNUR, contest="pilkada2024-walikota", more={TPS_1: only})
    with pytest.raises(PlenoError, match="tidak membaca"):
        read_object(pilkada_object({"1001091": 10}), NAME, where)


def test_pictures_of_another_tps_refuse_it() -> None:
    """The object of TPS 2 under the name of TPS 1: its images tell."""
    parts = read_object(with_image("ppwp", TPS_2), NAME, target())
    assert (parts.refused, parts.readings) == ((TPS_1,), ())
    assert TPS_2 in parts.remarks[0].message


def test_a_special_voting_is_said() -> None:
    parts = read_object(as_json(sirekap_object(psu="Pemungutan Suara Ulang")), NAME, target())
    assert parts.readings
    assert "Pemungutan Suara Ulang" in parts.remarks[0].message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys = st.sampled_from(["chart", "administrasi", "images", "ts", "psu", "tungsura", "table", "100025", "suara_sah"])


@given(st.dictionaries(keys, json_values | st.dictionaries(keys, json_values, max_size=4)))
def test_any_object_is_read_ignored_or_refused(value: object) -> None:
    try:
        parts = read_object(as_json(value), NAME, target())
    except PlenoError as error:
        sentence = str(error)
    else:
        assert len(parts.readings) + len(parts.refused) + len(parts.ignored) == 1
        sentence = "".join(remark.message for remark in parts.remarks)
    assert sentence.isprintable()


@given(st.lists(st.integers(0, 999) | st.none(), min_size=3, max_size=3), st.sampled_from(CODES))
def test_every_figure_arrives_where_its_choice_is(votes: list[int | None], code: str) -> None:
    chart = dict(reversed(list(zip(["100025", "100026", "100027"], votes, strict=True))))
    parts = read_object(as_json({"chart": chart, "administrasi": None, "ts": None}), f"{code}.json", target())
    expected = {f"suara.{number}": figure for number, figure in enumerate(votes, 1) if figure is not None}
    assert dict(parts.readings[0].figures if parts.readings else {}) == expected
