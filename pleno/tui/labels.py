"""Short wordings of form rows, for a screen of 80 columns; the official wording stands in line 23 and in F1."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from pleno.domain.contest import Contest, Row, Section, suara_partai_total
from pleno.domain.diagnose import Diagnosis, Label
from pleno.domain.figures import Figure, addend
from pleno.domain.state import PlenoState
from pleno.tui.text import visible, width

_WORDS: Final = {
    "pemilih_dpt": "Pemilih {dpt}",
    "pemilih_pindahan": "Pemilih {pindahan}",
    "pemilih_tambahan": "Pemilih {tambahan}",
    "pemilih_total": "Jumlah pemilih",
    "pemilih_disabilitas": "Pemilih disabilitas",
    "pengguna_dpt": "Pengguna {dpt}",
    "pengguna_pindahan": "Pengguna {pindahan}",
    "pengguna_tambahan": "Pengguna {tambahan}",
    "pengguna_total": "JUMLAH PENGGUNA",
    "pengguna_disabilitas": "Disabilitas memilih",
    "surat_diterima": "Surat suara diterima",
    "surat_digunakan": "Surat suara digunakan",
    "surat_dikembalikan": "Dikembalikan pemilih",
    "surat_tidak_digunakan": "Tidak digunakan",
    "suara_sah": "JUMLAH SUARA SAH",
    "suara_tidak_sah": "SUARA TIDAK SAH",
    "suara_total": "JUMLAH SAH + TIDAK SAH",
}
_LPJ: Final = re.compile("_[lpj]$")
_PARTY_TOTAL: Final = suara_partai_total(0).removesuffix("0")
_PARTY: Final = re.compile(r"suara_(?:partai|calon|partai_total)\.([0-9]+)")
_CODE: Final = 8
"""Cells of the longest code of a form without parties."""

DIFFERENCE: Final = {
    Label.KOSONG: "KOSONG",
    Label.L_P_TERTUKAR: "L/P TERTUKAR",
    Label.BARIS_TERTUKAR: "BARIS TERTUKAR",
    Label.TERTUKAR_DIGIT: "DIGIT TERTUKAR",
    Label.DIGIT_DEPAN: "DIGIT DEPAN",
    Label.GESER: "GESER",
    Label.DIGIT_1: "SATU DIGIT",
    Label.SATU_ANGKA: "SELISIH SATU",
    Label.SELISIH_PULUHAN: "SELISIH PULUHAN",
    Label.LAIN: "LAIN",
}
"""Kinds of difference as people read them (UX.md section 5)."""

MEETING: Final = {
    PlenoState.PERSIAPAN: "PERSIAPAN",
    PlenoState.DIBUKA: "",
    PlenoState.DISKORS: "DISKORS",
    PlenoState.DITUTUP: "DITUTUP",
}
"""What line 1 adds to the name of the contest."""


def short_label(contest: Contest, row: Row) -> str:
    """ "Surat suara digunakan"; "Disabilitas memilih  L"; a choice is its number and name."""
    if row.name.startswith(_PARTY_TOTAL):
        return f"JUMLAH PARTAI {int(row.name.removeprefix(_PARTY_TOTAL)):02}"
    words = _WORDS.get(_LPJ.sub("", row.name) if row.part else row.name)
    if words is None:
        return row.label
    named = words.format(**{"dpt": "DPT", "pindahan": "pindahan", "tambahan": "tambahan", **contest.profile.categories})
    return f"{named:<20.20}{row.part.upper()}" if row.part else named


def desa_in(name: str, cells: int) -> str:
    """A desa's name for so many cells, all but its last word as initials where it is longer: "P. Kelapa"."""
    *first, last = name.split() or [""]
    for between in (None, " ", ""):
        short = name if between is None else between.join([*(f"{word[0]}." for word in first), last])
        if width(visible(short)) <= cells:
            return short
    return name


def code_cells(contest: Contest) -> int:
    """Cells that the codes of a form take: "IV.12.A.2.10" of a party's candidate is the longest."""
    return max(_CODE, *(len(row.code) for row in contest.rows))


def group_of(section: Section, row: Row) -> str:
    """Rows that belong together for Tab: one party, the three columns of one line of the form, else the section."""
    party = _PARTY.match(row.name)
    if party is not None:
        return f"{section.code}.{party[1]}"
    return _LPJ.sub("", row.name) if row.part and len(section.rows) > 12 else section.code


def difference_words(diagnosis: Diagnosis | None, source: str, plano: Figure) -> str:
    """ "SATU DIGIT OCR?", "LAIN MUSTAHIL"; a zero is told of the side it stands on: "KOSONG DI PLANO".

    `source`: name on screens of the source that `plano` is held against.
    """
    if diagnosis is None:
        return ""
    where = f" DI {'PLANO' if addend(plano) == 0 else source.upper()}" if diagnosis.label is Label.KOSONG else ""
    flags = " OCR?" * diagnosis.ocr + " MUSTAHIL" * diagnosis.impossible
    return DIFFERENCE[diagnosis.label] + where + flags


def formula_words(numbers: str) -> str:
    """The substituted formula of a finding in ASCII: "230 bukan 109 + 118, selisih 3"."""
    left, differs, right = numbers.partition(" ≠ ")
    if not differs:
        return numbers
    addends = [part.replace(".", "") for part in right.split(" + ")]
    whole = left.replace(".", "")
    if not all(part.isdecimal() for part in (whole, *addends)):
        return numbers.replace(" ≠ ", " bukan ")
    return f"{left} bukan {right}, selisih {abs(int(whole) - sum(map(int, addends)))}"


def contest_words(contest: Contest) -> str:
    """ "BUPATI 2024", "DPRD KAB/KOTA 2024": the contest in line 1."""
    return f"{contest.profile.short_name} {contest.profile.year}"


def clock_time(at: str) -> str:
    """ "14:30:12": the hour of an ISO time."""
    return datetime.fromisoformat(at).strftime("%H:%M:%S")


def duration(span: timedelta) -> str:
    """ "2 jam 14 menit", "5 menit"; whole minutes, never below none."""
    hours, minutes = divmod(max(int(span.total_seconds()), 0) // 60, 60)
    return f"{hours} jam {minutes} menit" if hours else f"{minutes} menit"
