"""Party totals by TPS without codes: the published lines of Somagede, and what may be wrong in such a file."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from importers.border_samples import FIXTURES, PPWP

from pleno.domain.contest import Choice, Contest, check_choices
from pleno.domain.errors import PlenoError
from pleno.domain.state import Tps
from pleno.importers.choices import read_choices
from pleno.importers.delimited import read_delimited
from pleno.importers.parsed import OtherKecamatan, Parts, Target
from pleno.importers.profile import load_profile
from pleno.importers.roster import read_roster

SOMAGEDE = FIXTURES / "banyumas"
FILE = (SOMAGEDE / "pdprdp_somagede.csv").read_text("utf-8")
PROFILE = load_profile("pemilu2024-pdprdp")
DPRD = Contest(PROFILE, read_choices(SOMAGEDE / "pilihan.csv", {PROFILE.id: PROFILE})[PROFILE.id])
DESA, ROSTER = read_roster(SOMAGEDE / "tps.csv", "330209")
TARGET = Target(
    (DPRD,), {tps.code: tps for tps in ROSTER}, {desa.code: desa.name for desa in DESA}, "330209", "sirekap"
)
HEADER, *LINES = FILE.splitlines()
KANDING_2 = "3302092007002"


def read(text: str, target: Target = TARGET) -> Parts:
    return read_delimited(text.encode(), "partai.csv", target)


def of(*lines: str, header: str = HEADER) -> str:
    return "\n".join((header, *lines)) + "\n"


def test_a_kecamatan_equals_its_lines() -> None:
    """Against a count that knows no importer."""
    parts = read(FILE)
    filled = [row for row in csv.reader(LINES, delimiter=";") if len(row) == 21]
    assert (len(parts.readings), len(parts.ignored), parts.refused) == (len(filled), 123 - len(filled), ())
    assert len(filled) == 94
    for column, party in enumerate((*range(1, 18), 24), 3):
        own = sum(int(row[column]) for row in filled)
        assert sum(int(one.figures[f"suara_partai_total.{party}"]) for one in parts.readings) == own  # type: ignore[arg-type]
    first = next(one for one in parts.readings if one.tps == KANDING_2)
    assert (first.contest, first.ts, first.figures["suara_partai_total.24"]) == (PROFILE.id, None, 5)
    assert [remark.message for remark in parts.remarks] == [
        "Diabaikan: 29 TPS berisi kalimat, bukan angka; dianggap belum dibaca."
    ]


def test_the_code_in_each_unfilled_line_is_that_of_the_join_by_name() -> None:
    parts = read(FILE)
    addressed = {line[-13:] for line in LINES if "://" in line}
    assert {place[-14:-1] for place in parts.ignored} == addressed


def test_lines_of_other_kecamatan_are_counted_in_one_line() -> None:
    other = [LINES[1].replace("SOMAGEDE", name) for name in ("BANYUMAS", "BANYUMAS", "Ajibarang")]
    parts = read(of(LINES[1], *other))
    assert (len(parts.readings), parts.refused, parts.ignored) == (1, (), ("3 baris kecamatan lain",))
    assert parts.remarks[0].message == "Diabaikan: kecamatan AJIBARANG, BANYUMAS."
    with pytest.raises(OtherKecamatan, match="tidak memuat kecamatan SOMAGEDE; isinya kecamatan AJIBARANG, BANYUMAS"):
        read(of(*other))


def test_desa_are_found_by_the_name_of_the_office_and_of_the_region_table() -> None:
    renamed = replace(TARGET, desa={**TARGET.desa, "3302092007": "DESA KANDING BARU", "3302092006": "PIASAKULON"})
    lines = [LINES[1], LINES[1].replace("KANDING", "Desa Kanding Baru").replace("002", "003")]
    piasa = next(line for line in LINES if "PIASA KULON" in line and "://" not in line)
    parts = read(of(*lines, piasa), renamed)
    assert {one.tps[:10] for one in parts.readings} == {"3302092007", "3302092006"}
    assert len(parts.readings) == 3


def test_a_desa_that_two_may_be_is_refused() -> None:
    two = replace(TARGET, desa={**TARGET.desa, "3302092008": "KANDING"})
    parts = read(of(LINES[1]), two)
    assert (parts.readings, parts.refused) == ((), ("baris 2",))
    assert '"KANDING" ada lebih dari satu: 3302092007, 3302092008; pakai kodenya.' in parts.remarks[0].message


@pytest.mark.parametrize(
    ("line", "refused", "said"),
    [
        (LINES[1].replace(";25;", ";2x5;"), KANDING_2, 'kolom 2 Gerindra: "2x5" bukan angka bulat.'),
        (LINES[1].replace(";25;", ";1000;"), KANDING_2, "Terlalu besar"),
        (LINES[1].replace("KANDING", "KANDIN"), "baris 2", 'Mungkin maksudnya "KANDING".'),
        (LINES[1].replace("TPS-002", "TPS-099"), "3302092007099", "tidak ada dalam daftar TPS."),
        (LINES[1].replace("TPS-002", "dua"), "baris 2", "bukan nomor TPS."),
        (LINES[1].replace(";7;25;", ";Data sedang diproses;25;"), KANDING_2, "bukan angka bulat."),
        (f"{LINES[1]}\n{LINES[1]}", KANDING_2, f"TPS {KANDING_2} sudah ada pada baris 2."),
    ],
)
def test_a_wrong_line_refuses_its_tps(line: str, refused: str, said: str) -> None:
    parts = read(of(line))
    assert (parts.readings, parts.refused) == ((), (refused,))
    assert said in " ".join(f"{remark.place}: {remark.message}" for remark in parts.remarks)


def test_an_empty_cell_is_not_zero_and_a_totals_row_is_ignored() -> None:
    parts = read(of(LINES[1].replace(";25;", ";;"), "SOMAGEDE;JUMLAH;" + ";1" * 18))
    assert "suara_partai_total.2" not in parts.readings[0].figures
    assert parts.ignored == ('baris 3 ("JUMLAH")',)


def test_a_line_cut_off_refuses_the_file() -> None:
    with pytest.raises(PlenoError, match="Baris 2: lebih pendek dari baris judul"):
        read(of(";".join(LINES[1].split(";")[:9])))


@pytest.mark.parametrize(
    ("header", "contests", "said"),
    [
        (HEADER, (PPWP,), "pemilu2024-ppwp bukan kontes partai."),
        (HEADER, (DPRD, PPWP), "tidak menyebut kontesnya."),
        (HEADER.replace("24 Umat", "18 Umat"), (DPRD,), 'kolom "18 Umat"; partai bernomor itu tidak ada'),
        (HEADER.replace("24 Umat", "17 Umat"), (DPRD,), "beberapa kolom partai 17."),
        (HEADER.replace("24 Umat", "Umat"), (DPRD,), 'kolom "Kecamatan" yang tidak dikenal.'),
    ],
)
def test_a_file_of_another_contest_is_refused(header: str, contests: tuple[Contest, ...], said: str) -> None:
    with pytest.raises(PlenoError) as caught:
        read(of(LINES[1], header=header), replace(TARGET, contests=contests))
    assert said in caught.value.message


def test_with_kontes_it_is_read_among_several() -> None:
    where = replace(TARGET, contests=(PPWP, DPRD), contest=DPRD.id)
    assert len(read(of(LINES[1]), where).readings) == 1


def test_a_tps_that_does_not_read_the_contest_is_refused() -> None:
    only = Tps(KANDING_2, KANDING_2[:10], 2, contests=("pemilu2024-ppwp",))
    parts = read(of(LINES[1]), replace(TARGET, roster={**TARGET.roster, KANDING_2: only}))
    assert parts.refused == (KANDING_2,)


def test_a_file_with_fewer_parties_leaves_the_others_unread() -> None:
    small = Contest(PROFILE, check_choices(PROFILE, (Choice(1, "PKB"), Choice(2, "GERINDRA"), Choice(9, "LAIN"))))
    parts = read(
        "Kecamatan;Desa/Kelurahan;TPS;1 PKB;2 Gerindra\nSOMAGEDE;KANDING;TPS-002;7;25\n",
        replace(TARGET, contests=(small,)),
    )
    assert parts.readings[0].figures == {"suara_partai_total.1": 7, "suara_partai_total.2": 25}
