"""Names of provinsi, kabupaten/kota, kecamatan and desa by KPU code; source and licence in regions.md."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from pleno.domain.errors import PlenoError
from pleno.importers.limits import shown_outside

KECAMATAN_CODE: Final = re.compile(r"[0-9]{6}")
DESA_CODE: Final = re.compile(r"[0-9]{10}")

_SHOWN: Final = 12


class Region(NamedTuple):
    """A kecamatan, or a desa within it, with everything above it."""

    code: str
    """KPU code: 6 digits for a kecamatan, 10 for a desa."""
    provinsi: str
    kabkota: str
    kecamatan: str
    desa: str = ""
    """Empty for a kecamatan."""


def region_names(code: str) -> Region:
    """The names that belong to a code of 6 or 10 digits.

    PlenoError for a code that is not in the table; the advice lists the codes next to it.
    """
    if not KECAMATAN_CODE.fullmatch(code) and not DESA_CODE.fullmatch(code):
        raise PlenoError(
            "Kode wilayah ditolak",
            f'"{shown_outside(code, 40)}" bukan kode kecamatan (6 angka) atau desa (10 angka).',
            "Pakai kode wilayah KPU, misalnya 647101.",
        )
    kecamatan = code[:6]
    names = [_names(kecamatan[:length]) for length in (2, 4, 6)]
    if not all(names):
        raise _unknown(code, _children(kecamatan[:4]) or _children(kecamatan[:2]))
    region = Region(code, names[0], names[1], names[2])
    if len(code) == 6:
        return region
    desa = desa_names(kecamatan)
    if code not in desa:
        raise _unknown(code, desa)
    return region._replace(desa=desa[code])


def desa_names(kecamatan: str) -> Mapping[str, str]:
    """10-digit code to name for each desa of a kecamatan; empty when the kecamatan is not in the table."""
    return {f"{kecamatan}{entry[:4]}": entry[5:] for entry in _line(kecamatan)[2:]}


def all_names(digits: int) -> Mapping[str, str]:
    """Code to name of every provinsi (2 digits), kabupaten/kota (4) or kecamatan (6)."""
    return dict(re.findall(rf"^([0-9]{{{digits}}})\t([^\t\n]+)", _table(), re.MULTILINE))


def _names(code: str) -> str:
    cells = _line(code)
    return cells[1] if cells else ""


def _line(code: str) -> list[str]:
    """Cells of the line of a provinsi, kabupaten/kota or kecamatan; none when it is missing."""
    table = _table()
    start = table.find(f"\n{code}\t")
    return [] if start < 0 else table[start + 1 : table.index("\n", start + 1)].split("\t")


def _children(code: str) -> Mapping[str, str]:
    """Codes and names one level below a provinsi or kabupaten/kota."""
    return dict(re.findall(rf"^({code}[0-9][0-9])\t([^\t\n]+)", _table(), re.MULTILINE))


def _unknown(code: str, near: Mapping[str, str]) -> PlenoError:
    # The codes around the wrong one: a slip of the finger is seldom far away.
    closest = sorted(near, key=lambda known: (abs(int(known) - int(code[: len(known)])), known))[:_SHOWN]
    listed = ", ".join(f"{known} {near[known]}" for known in sorted(closest))
    advice = f"Yang ada di dekatnya: {listed}." if listed else "Dua angka pertama adalah kode provinsi, misalnya 64."
    return PlenoError("Kode wilayah tidak dikenal", f"{code} tidak ada dalam daftar wilayah KPU.", advice)


@cache
def _table() -> str:
    """The whole table, beginning with a line end so that every line can be found by one."""
    return "\n" + gzip.decompress(files("pleno.importers").joinpath("regions.tsv.gz").read_bytes()).decode()
