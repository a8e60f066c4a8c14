"""Readings in csv files, long and wide."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importers.border_samples import (
    CODES,
    DESA,
    FIXTURES,
    GUBERNUR,
    PPWP,
    SITUNG,
    TPS_1,
    TPS_2,
    TPS_3,
    WALIKOTA,
    target,
)

from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure
from pleno.domain.state import Tps
from pleno.importers.delimited import read_delimited
from pleno.importers.parsed import OtherKecamatan, Parts, Target


def read(text: str, where: Target | None = None) -> Parts:
    return read_delimited(text.encode(), "a.csv", where or target())


def figures(parts: Parts) -> dict[tuple[str, str], Mapping[str, Figure]]:
    return {(reading.tps, reading.contest): reading.figures for reading in parts.readings}


def messages(parts: Parts) -> list[str]:
    return [f"{remark.place}: {remark.message}" for remark in parts.remarks]


PPWP_ID = PPWP.id


def test_long() -> None:
    parts = read(f"kode_tps,isian,angka\n{TPS_1},suara.1,10\n{TPS_1},IV.2,20\n{TPS_2},I.A.1.L,0\n{TPS_1},suara_sah,\n")
    assert figures(parts) == {
        (TPS_1, PPWP_ID): {"suara.1": 10, "suara.2": 20},
        (TPS_2, PPWP_ID): {"pemilih_dpt_l": 0},
    }
    assert not parts.refused + parts.ignored + parts.remarks


def test_wide_by_code_or_by_desa_and_number() -> None:
    expected = {(TPS_1, PPWP_ID): {"suara.1": 10}, ("3101011002007", PPWP_ID): {"suara.1": 20}}
    assert figures(read(f"kode_tps;suara.1\n{TPS_1};10\n3101011002007;20\n")) == expected
    assert figures(read("desa;nomor;suara.1\nPulau  Kelapa;1;10\n3101011002;TPS 007;20\n")) == expected


def test_code_with_desa_and_number_must_agree() -> None:
    parts = read(
        "kode_tps;desa;nomor;suara.1\n"
        f"{TPS_1};PULAU KELAPA;1;10\n{TPS_2};PULAU HARAPAN;2;20\n{TPS_3};PULAU KELAPA;4;30\n;PULAU KELAPA;4;40\n"
    )
    assert figures(parts) == {(TPS_1, PPWP_ID): {"suara.1": 10}, (CODES[3], PPWP_ID): {"suara.1": 40}}
    assert parts.refused == ("baris 3", "baris 4")


def test_empty_is_not_read_and_zero_is() -> None:
    parts = read(f"kode_tps;suara.1;suara.2\n{TPS_1};0;\n{TPS_2};;\n")
    assert figures(parts) == {(TPS_1, PPWP_ID): {"suara.1": 0}}
    assert parts.ignored == (f"baris 3 ({TPS_2})",)
    assert messages(parts) == [f"baris 3: Diabaikan: belum ada angka untuk TPS {TPS_2}."]


def test_ts_column_stands_with_its_reading() -> None:
    parts = read(f"kode_tps;ts;suara.1\n{TPS_1};2024-02-16 10:00:00;1\n{TPS_2};;2\n{TPS_3};kemarin;3\n")
    assert [(reading.tps, reading.ts) for reading in parts.readings] == [(TPS_1, "2024-02-16 10:00:00"), (TPS_2, None)]
    assert parts.refused == (TPS_3,)


def test_ts_of_a_long_file_must_be_one() -> None:
    line = f"{TPS_1};suara.%d;1;%s\n"
    same, other = "2024-02-16 10:00:00", "2024-02-16 10:00:01"
    head = "kode_tps;isian;angka;ts\n"
    assert read(head + line % (1, same) + line % (2, same)).readings[0].ts == same
    assert read(head + line % (1, same) + line % (2, other)).refused == (TPS_1,)


@pytest.mark.parametrize("source", ["plano", "hitung_ulang", "salinan:2", "salinan:panwaslu"])
def test_x_is_blank_on_paper(source: str) -> None:
    parts = read(f"kode_tps;suara.1;suara.2\n{TPS_1};x;X\n", target(source=source))
    assert figures(parts) == {(TPS_1, PPWP_ID): {"suara.1": KOSONG, "suara.2": KOSONG}}


@pytest.mark.parametrize("source", ["sirekap", "foto"])
def test_x_is_no_figure_of_what_a_machine_read(source: str) -> None:
    assert read(f"kode_tps;suara.1\n{TPS_1};x\n", target(source=source)).refused == (TPS_1,)


def test_a_tps_twice_refuses_both_rows() -> None:
    parts = read(f"kode_tps;suara.1\n{TPS_1};10\n{TPS_2};20\n{TPS_1};10\n")
    assert figures(parts) == {(TPS_2, PPWP_ID): {"suara.1": 20}}
    assert (parts.refused, messages(parts)) == ((TPS_1,), [f"baris 4: TPS {TPS_1} sudah ada pada baris 2."])


def test_a_row_twice_in_a_long_file_refuses_its_tps() -> None:
    parts = read(f"kode_tps;isian;angka\n{TPS_1};suara.1;1\n{TPS_2};suara.1;1\n{TPS_1};IV.01;1\n")
    assert figures(parts) == {(TPS_2, PPWP_ID): {"suara.1": 1}}
    assert messages(parts) == [f"baris 4: suara.1 TPS {TPS_1} sudah ada pada baris 2."]


def test_every_finding_is_listed_and_the_rest_is_taken() -> None:
    parts = read(
        "kode_tps;isian;angka\n"
        f"{TPS_1};suara.1;1\n{TPS_2};suara.1;12,0\n{TPS_2};suara.9;1\n{TPS_2};suara.2;1000\n3.10E+12;suara.1;1\n"
        "3101011001099;suara.1;1\n3101011001099;suara.2;1\n6471011001001;suara.1;1\nabc;suara.1;1\n"
    )
    assert figures(parts) == {(TPS_1, PPWP_ID): {"suara.1": 1}}
    assert parts.refused == (TPS_2, "baris 6", "3101011001099", "6471011001001", "baris 10")
    assert messages(parts) == [
        'baris 3, suara.1: "12,0" bukan angka bulat.',
        'baris 4, kolom isian: "suara.9" bukan baris formulir. Mungkin maksudnya "suara.3".',
        "baris 5, suara.2: Terlalu besar: 1.000, paling banyak 999.",
        'baris 6, kolom kode_tps: "3.10E+12" sudah dibulatkan Excel; isi ulang sebagai teks.',
        "baris 7: TPS 3101011001099 tidak ada dalam daftar TPS.",
        "baris 9: TPS 6471011001001 termasuk kecamatan lain (647101), bukan 310101.",
        'baris 10, kolom kode_tps: "abc" bukan kode TPS 13 angka.',
    ]


def test_a_file_of_another_kecamatan_is_refused_as_a_whole() -> None:
    with pytest.raises(OtherKecamatan, match="647101"):
        read("kode_tps;desa;suara.1\n6471011001001;MANGGAR;1\n6471011001002;MANGGAR;2\n")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("kode_tps;isian", "Mungkin maksudnya"),
        ("kode_tps;angka", "angka"),
        ("isian;angka", "tidak mempunyai kolom kode_tps"),
        ("desa;suara.1", "tidak mempunyai kolom kode_tps"),
        ("kode_tps;desa", "tidak mempunyai kolom angka"),
        ("kode_tps;isian;angka;suara.1", '"suara.1" yang tidak dikenal'),
        ("kode_tps;suara_syah", 'Mungkin maksudnya "suara_sah"'),
        ("kode_tps;nama", '"nama" yang tidak dikenal'),
    ],
)
def test_header_faults_refuse_the_file(header: str, words: str) -> None:
    with pytest.raises(PlenoError) as caught:
        read(f"{header}\n{';'.join('1' for _ in header.split(';'))}\n")
    assert words in str(caught.value)


def test_two_desa_of_one_name_are_refused_with_both_codes() -> None:
    where = target()
    twins = Target(where.contests, where.roster, {**DESA, "3101011009": "PULAU KELAPA"}, "310101", "plano")
    parts = read("desa;nomor;suara.1\nPULAU KELAPA;1;5\n", twins)
    assert parts.refused == ("baris 2",)
    assert "3101011001, 3101011009" in parts.remarks[0].message


def test_a_desa_with_a_slash_or_quotes() -> None:
    where = target()
    slashed = Target(where.contests, where.roster, {"3101011001": 'KELAPA/DUA "LAMA"'}, "310101", "plano")
    parts = read('desa;nomor;suara.1\n"kelapa/dua ""lama""";1;5\n', slashed)
    assert figures(parts) == {(TPS_1, PPWP_ID): {"suara.1": 5}}


# --- several contests ----------------------------------------------------------------------

BOTH = target(WALIKOTA, GUBERNUR, source="plano")


def test_contest_column_long_and_wide() -> None:
    expected = {(TPS_1, WALIKOTA.id): {"suara.1": 1}, (TPS_1, GUBERNUR.id): {"suara.1": 2}}
    assert figures(
        read(f"kode_tps;kontes;isian;angka\n{TPS_1};{WALIKOTA.id};suara.1;1\n{TPS_1};{GUBERNUR.id};suara.1;2\n", BOTH)
    ) == expected  # fmt: skip
    assert (
        figures(read(f"kode_tps;kontes;suara.1\n{TPS_1};{WALIKOTA.id};1\n{TPS_1};{GUBERNUR.id};2\n", BOTH)) == expected
    )


def test_contest_must_be_known() -> None:
    with pytest.raises(PlenoError, match="--kontes"):
        read(f"kode_tps;suara.1\n{TPS_1};1\n", BOTH)
    parts = read(f"kode_tps;kontes;suara.1\n{TPS_1};pilkada2024-walkota;1\n{TPS_2};;2\n", BOTH)
    assert parts.refused == ("baris 2", "baris 3")
    assert f'Mungkin maksudnya "{WALIKOTA.id}"' in parts.remarks[0].message


def test_contest_option_takes_its_lines_and_ignores_the_others() -> None:
    forced = target(WALIKOTA, GUBERNUR, source="plano", contest=GUBERNUR.id)
    parts = read(f"kode_tps;kontes;suara.1\n{TPS_1};{WALIKOTA.id};1\n{TPS_1};{GUBERNUR.id};2\n{TPS_2};;3\n", forced)
    assert figures(parts) == {(TPS_1, GUBERNUR.id): {"suara.1": 2}, (TPS_2, GUBERNUR.id): {"suara.1": 3}}
    assert parts.ignored == ("baris 2 (kontes lain)",)


def test_a_row_that_only_the_other_contest_has() -> None:
    mixed = target(SITUNG, PPWP, source="plano")
    parts = read(
        f"kode_tps;kontes;suara.1;suara.3\n{TPS_1};{SITUNG.id};1;\n{TPS_2};{SITUNG.id};1;3\n{TPS_3};{PPWP_ID};1;3\n",
        mixed,
    )
    assert figures(parts) == {(TPS_1, SITUNG.id): {"suara.1": 1}, (TPS_3, PPWP_ID): {"suara.1": 1, "suara.3": 3}}
    assert parts.refused == (TPS_2,)


def test_one_bad_cell_refuses_the_tps_in_every_contest_of_the_file() -> None:
    parts = read(f"kode_tps;kontes;suara.1\n{TPS_1};{WALIKOTA.id};1\n{TPS_1};{GUBERNUR.id};satu\n", BOTH)
    assert (parts.readings, parts.refused) == ((), (TPS_1,))


def test_a_contest_not_read_at_this_tps() -> None:
    only = Tps(TPS_1, TPS_1[:10], 1, contests=(GUBERNUR.id,))
    where = target(WALIKOTA, GUBERNUR, source="plano", more={TPS_1: only})
    parts = read(f"kode_tps;kontes;suara.1\n{TPS_1};{WALIKOTA.id};1\n", where)
    assert parts.refused == (TPS_1,)


# --- whole files ---------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "source"), [("situng", "sirekap"), ("salinan", "salinan:1"), ("plano", "plano")])
def test_teunom_2019(name: str, source: str) -> None:
    """A real kecamatan; its figures against a count that splits the lines by hand."""
    text = (FIXTURES / "teunom" / f"{name}.csv").read_text(encoding="utf-8")
    header, *lines = [line.split(",") for line in text.splitlines()]
    codes = [line.split(",")[0] for line in (FIXTURES / "teunom" / "tps.csv").read_text("utf-8").splitlines()[1:]]
    roster = {code: Tps(code, code[:10], int(code[10:])) for code in codes}
    parts = read(text, Target((SITUNG,), roster, {}, codes[0][:6], source))
    expected = {
        line[0]: {row: int(cell) for row, cell in zip(header[1:], line[1:], strict=True) if cell} for line in lines
    }
    assert {reading.tps: reading.figures for reading in parts.readings} == {k: v for k, v in expected.items() if v}
    assert not parts.refused


def test_more_findings_than_anybody_reads_are_counted() -> None:
    rows = "".join(f"{TPS_1};suara.1;salah\n" for _ in range(1_200))
    parts = read(f"kode_tps;isian;angka\n{rows}")
    assert len(parts.remarks) == 1_001
    assert parts.remarks[-1].message == "Dan 200 catatan lagi."


papers = st.dictionaries(
    st.sampled_from(CODES),
    st.dictionaries(
        st.sampled_from([row.name for row in PPWP.rows]), st.integers(0, 999) | st.just(KOSONG), min_size=1
    ),
    min_size=1,
)


def written(figure: Figure) -> str:
    return "" if figure is None else figure.value if figure is KOSONG else str(figure)


@given(papers, st.sampled_from(";,\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_round_trip(given_: dict[str, dict[str, Figure]], delimiter: str, encoding: str) -> None:
    rows = [row.name for row in PPWP.rows]
    long = [["kode_tps", "isian", "angka"]]
    long += [[code, row, written(figure)] for code, paper in given_.items() for row, figure in paper.items()]
    wide = [["kode_tps", *rows]]
    wide += [[code, *(written(paper.get(row)) for row in rows)] for code, paper in given_.items()]
    for table in (long, wide):
        text = "\r\n".join(delimiter.join(line) for line in table)
        parts = read_delimited(text.encode(encoding), "a.csv", target(source="plano"))
        assert {reading.tps: reading.figures for reading in parts.readings} == given_
        assert not parts.refused


@given(st.text(st.sampled_from('01x;,"\n\t =.-31\u00a0é\0') | st.characters(), max_size=60), st.booleans())
def test_any_table_is_read_or_refused(text: str, wide: bool) -> None:
    header = "kode_tps;suara.1\n" if wide else "kode_tps;isian;angka\n"
    try:
        parts = read_delimited((header + text).encode("utf-8", "surrogatepass"), "a.csv", target())
    except PlenoError as error:
        assert str(error).isprintable()  # noqa: PT017  # either outcome is right; both are judged
    else:
        assert all(f"{r.place}{r.message}".isprintable() for r in parts.remarks)
