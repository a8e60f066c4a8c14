"""An office's workbook of the kecamatan: desa across, party blocks down, pages below each other."""

from __future__ import annotations

import pytest
from importers.test_workbook_parties import CODES, DPR, Official
from importers.workbook_samples import Recap, saved, target

from pleno.domain.errors import PlenoError
from pleno.domain.state import Tps
from pleno.importers.parsed import OtherKecamatan, Target
from pleno.importers.template import PlaceKind, Template, read_template
from pleno.importers.template_map import map_text
from pleno.importers.workbook_map import SheetKind, map_for, parse_map

DESA = {f"310101100{number}": f"DESA {'ABCDE'[number - 1]}" for number in range(1, 6)}


def across(official: Official) -> Official:
    """The same sheet with desa for TPS, of the whole kecamatan."""
    names = {f"TPS {code[10:]}": name for code, name in zip(CODES, DESA.values(), strict=True)}
    for row in official.sheet.iter_rows():
        for cell in row:
            cell.value = names.get(cell.value, cell.value)
            if str(cell.value).startswith("DESA/KELURAHAN"):
                cell.value = None
    official.sheet.title = "D.HASIL"
    return official


def kecamatan(**options: object) -> Target:
    more = {f"{desa}001": Tps(f"{desa}001", desa, 1) for desa in DESA}
    return target(DPR, numbers=(), desa=DESA, more=more, **options)


def understood(official: Official) -> Template:
    return read_template(saved(official.book), "D.HASIL.xlsx", kecamatan())


def test_a_party_sheet_of_the_kecamatan_is_recognised_without_a_map() -> None:
    template = understood(across(Official()))
    (sheet,) = template.sheets
    assert (sheet.kind, sheet.contest.id, sheet.columns, sheet.rows) == (
        SheetKind.KECAMATAN, "pemilu2024-pdpr", 5, len(DPR.rows),
    )  # fmt: skip
    kinds = [place.kind for place in template.places]
    assert [kinds.count(kind) for kind in PlaceKind] == [5 * len(DPR.rows), 2 * len(DPR.rows), len(DPR.rows)]
    assert template.uncovered == []


def test_a_carried_sum_counts_what_stands_before_it_and_nothing_twice() -> None:
    places = [place for place in understood(across(Official())).places if place.row.name == "suara_calon.2.1"]
    sums = {place.kind: place.members for place in places if place.kind is not PlaceKind.FIGURE}
    assert sums == {PlaceKind.CARRIED: tuple(DESA)[:3], PlaceKind.TOTAL: tuple(DESA)}
    carried = [place.members for place in places if place.kind is PlaceKind.CARRIED]
    assert carried == [tuple(DESA)[:3]] * 2


def test_a_desa_without_a_column_is_told() -> None:
    official = across(Official([((1, 2, 3, 4), "", "JUMLAH AKHIR")]))
    (told,) = understood(official).uncovered
    assert (told.place, told.message) == ("lembar D.HASIL", "tidak mempunyai kolom untuk desa DESA E.")


def test_a_desa_twice_on_a_page_is_refused() -> None:
    official = across(Official())
    for row in official.sheet.iter_rows():
        for cell in row:
            if cell.value == "DESA B":
                cell.value = "DESA A"
    with pytest.raises(PlenoError, match=r"D.HASIL!F5 menyebut kolom yang sudah ada di D.HASIL!E5"):
        understood(official)


def test_a_template_of_a_namesake_is_refused() -> None:
    official = across(Official())
    official.sheet["B3"], official.sheet["D3"] = "KABUPATEN/KOTA", ": CILACAP"
    with pytest.raises(OtherKecamatan, match="CILACAP"):
        understood(official)


def test_the_proposed_map_is_sound_and_says_what_is_not_known() -> None:
    official = across(Official())
    official.put("suara_calon.2.2", "-")
    template = understood(official)
    text = map_text(template)
    assert '# "-" = "nol"  # D.HASIL!E' in text
    (sheet,) = parse_map(text, "peta.toml").sheets
    assert (sheet.names, sheet.kind) == ("D.HASIL", SheetKind.KECAMATAN)
    again = read_template(template.data, "D.HASIL.xlsx", kecamatan(maps=(parse_map(text, "peta.toml"),)))
    assert again.places == template.places


def test_a_workbook_nobody_recognises_gets_a_skeleton() -> None:
    recap = Recap(heading=lambda code: f"Bilik {code[10:]}")
    template = read_template(recap.data(), "aneh[1].xlsx", target())
    assert template.sheets == []
    text = map_text(template)
    assert "# Tidak atau belum dikenali:" in text
    found = parse_map(text, "peta.toml")
    assert found.sheets[0].kind is SheetKind.DESA
    assert map_for((found,), "aneh[1].xlsx") is found
