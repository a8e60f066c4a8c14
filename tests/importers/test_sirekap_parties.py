"""Sirekap objects of party contests (made by shape: none was published for one TPS) and of the DPD (published)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from importers.border_samples import SIREKAP_OBJECTS, TPS_1, as_json, target

from pleno.domain.contest import Choice, Contest, check_choices
from pleno.domain.errors import PlenoError
from pleno.domain.state import Tps
from pleno.importers.parsed import Parts, Target
from pleno.importers.profile import load_profile
from pleno.importers.sirekap import read_object

NAME = f"{TPS_1}.json"
_DPR = load_profile("pemilu2024-pdpr")
DPR = Contest(
    _DPR,
    check_choices(
        _DPR,
        (
            Choice(1, "PKB"),
            Choice(1, "BUDI", "100212", partai=1),
            Choice(2, "CITRA", "100211", partai=1),
            Choice(24, "UMMAT"),
            Choice(1, "DEWI", "114491", partai=24),
        ),
    ),
)
KABUPATEN = Contest(load_profile("pemilu2024-pdprdk"), DPR.choices)


def party_object(**changes: Any) -> dict[str, Any]:
    return {
        "mode": "hhcw",
        "chart": {
            "1": {"jml_suara_total": 60, "jml_suara_partai": 10},
            "24": {"jml_suara_total": 5, "jml_suara_partai": 5},
            "null": None,
        },
        "caleg": {"1": {"100211": 30, "100212": 20, "null": None}, "24": {"114491": 0}},
        "administrasi": {"suara_sah": 65, "suara_tidak_sah": 2, "suara_total": 67, "pengguna_non_dpt_j": 3},
        "psu": None,
        "ts": "2024-02-20 10:00:00",
        "images": [],
    } | changes


FIGURES = {
    "suara_partai.1": 10, "suara_calon.1.2": 30, "suara_calon.1.1": 20, "suara_partai_total.1": 60,
    "suara_partai.24": 5, "suara_calon.24.1": 0, "suara_partai_total.24": 5,
    "suara_sah": 65, "suara_tidak_sah": 2, "suara_total": 67, "pengguna_tambahan_j": 3,
}  # fmt: skip


def read(value: object, where: Target | None = None) -> Parts:
    return read_object(as_json(value), NAME, where or target(DPR))


def test_parties_candidates_and_administrasi_by_id_never_by_order() -> None:
    parts = read(party_object())
    assert parts.readings[0].figures == FIGURES
    assert (parts.refused, parts.remarks) == ((), ())


def test_candidates_inside_the_chart_and_nesting_in_tungsura() -> None:
    flat = {
        "1": {"jml_suara_total": 60, "jml_suara_partai": 10, "100211": 30, "100212": 20},
        "24": {"jml_suara_total": 5, "jml_suara_partai": 5, "114491": 0},
    }
    assert read(party_object(chart=flat, caleg=None)).readings[0].figures == FIGURES
    whole = party_object()
    nested = {"tungsura": {part: whole.pop(part) for part in ("chart", "caleg", "administrasi")}, **whole}
    assert read(nested).readings[0].figures == FIGURES


def test_what_was_not_uploaded_is_not_zero() -> None:
    parts = read(party_object(chart={"1": None, "24": {"jml_suara_total": None, "jml_suara_partai": 4}}, caleg=None))
    assert parts.readings[0].figures == {
        "suara_partai.24": 4, **{row: FIGURES[row] for row in list(FIGURES)[-4:]},
    }  # fmt: skip
    assert read(party_object(chart=None, caleg=None, administrasi=None)).ignored == (NAME,)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chart": {"7": {"jml_suara_total": 1}}}, "chart.7: bukan nomor Sirekap partai mana pun."),
        ({"caleg": {"7": {"100211": 1}}}, "caleg.7: bukan nomor Sirekap partai mana pun."),
        ({"caleg": {"1": {"999999": 0}}}, "caleg.1.999999: bukan nomor Sirekap calon mana pun."),
        ({"caleg": {"24": {"100211": 1}}}, "caleg.24.100211: adalah calon partai 1, bukan 24."),
        ({"chart": {"1": 60}}, "chart.1: bukan objek suara partai dan calonnya."),
        ({"caleg": [1]}, "caleg: bukan objek."),
        ({"chart": {"1": {"jml_suara_total": "60"}}}, "chart.1.jml_suara_total: berisi teks, bukan angka bulat."),
        ({"chart": {"1": {"jml_suara_partai": 1000}}}, "chart.1.jml_suara_partai: Terlalu besar"),
        (
            {"chart": {"1": {"100211": 30}}},
            "caleg.1.100211: mengisi suara_calon.1.2 untuk kedua kali.",
        ),
    ],
)
def test_a_wrong_cell_refuses_the_tps_by_name(changes: dict[str, Any], said: str) -> None:
    parts = read(party_object(**changes))
    assert (parts.readings, parts.refused) == ((), (TPS_1,))
    assert said in " ".join(remark.message for remark in parts.remarks)


def test_an_id_without_votes_and_a_new_key_refuse_nothing() -> None:
    parts = read(party_object(caleg={"1": {"999999": None}}, chart={"1": {"jml_suara_lain": 3}}))
    assert parts.readings
    assert [remark.message for remark in parts.remarks] == ["Tidak dikenal, tidak dibaca: chart.1.jml_suara_lain."]


def test_a_party_may_have_an_id_of_its_own() -> None:
    own = Contest(_DPR, (Choice(1, "A", "700"), Choice(2, "B")))
    parts = read({"chart": {"700": {"jml_suara_total": 3}, "2": {"jml_suara_total": 4}}}, target(own))
    assert parts.readings[0].figures == {"suara_partai_total.1": 3, "suara_partai_total.2": 4}
    assert read({"chart": {"1": {"jml_suara_total": 3}}}, target(own)).refused == (TPS_1,)


def test_the_contest_is_found_among_five() -> None:
    where = target(DPR, KABUPATEN)
    value = as_json(party_object())
    assert read_object(value, f"hhcw/pdprdk/{NAME}", where).readings[0].contest == "pemilu2024-pdprdk"
    assert read_object(value, f"hhcw/pdpr/{NAME}", where).readings[0].contest == "pemilu2024-pdpr"
    with pytest.raises(PlenoError, match="tidak menyebut kontesnya"):
        read_object(value, NAME, where)
    with pytest.raises(PlenoError, match="adalah objek pdpd, bukan pdpr, pdprdk"):
        read_object(value, f"hhcw/pdpd/{NAME}", where)


def test_a_chart_of_numbers_is_no_party_contest() -> None:
    assert read({"chart": {"1": 5, "24": 6}}).refused == (TPS_1,)


# --- DPD: a published object --------------------------------------------------------------------

DPD_OBJECT = "2024_pdpd_tps_1101012001001.json"
DPD_TPS = "1101012001001"


def dpd(first: int = 695637) -> Target:
    choices = tuple(Choice(n, f"CALON {n}", str(first + n - 1)) for n in range(1, 31))
    contest = Contest(load_profile("pemilu2024-pdpd"), choices)
    return Target((contest,), {DPD_TPS: Tps(DPD_TPS, DPD_TPS[:10], 1)}, {}, "110101", "sirekap")


def test_the_published_object_of_the_dpd() -> None:
    data = (SIREKAP_OBJECTS / DPD_OBJECT).read_bytes()
    (reading,) = read_object(data, DPD_OBJECT, dpd()).readings
    raw = json.loads(data)
    assert (reading.tps, reading.ts, len(reading.figures)) == (DPD_TPS, "2024-02-21 02:00:00", 30 + 18)
    assert (reading.figures["suara.18"], reading.figures["suara.29"]) == (92, 46)
    assert sum(int(reading.figures[f"suara.{n}"]) for n in range(1, 31)) == raw["administrasi"]["suara_sah"]  # type: ignore[arg-type]
    assert (reading.figures["pengguna_pindahan_p"], reading.figures["pengguna_tambahan_l"]) == (1, 2)


def test_a_candidate_nobody_listed_refuses_the_paper() -> None:
    parts = read_object((SIREKAP_OBJECTS / DPD_OBJECT).read_bytes(), DPD_OBJECT, dpd(695638))
    assert parts.refused == (DPD_TPS,)
    assert [remark.message for remark in parts.remarks] == ["chart.695637: bukan nomor Sirekap pilihan mana pun."]
