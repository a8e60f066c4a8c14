"""Which figures of a changed file are other than those that were exported (TRUST.md section 6)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.errors import PlenoError
from pleno.domain.figures import DITETAPKAN
from pleno.domain.state import SheetStatus
from pleno.exporters.bundle import CELLS, FIGURES_CSV, FIGURES_JSON, RECAP
from pleno.exporters.check import Bundle, BundleCheck
from pleno.importers.ooxml import Package
from pleno.importers.workbook_cells import CellReader
from pleno.importers.workbook_grid import Cell, letters

_SHOWN: Final = 20
_LARGEST: Final = 50_000_000
"""Bytes of a data file that is read to be compared."""

_DESA: Final = 10
"""Digits of the code of a TPS that name its desa."""

Cells = Mapping[str, object]
"""Where a figure stands, in words -> the figure."""


def changed_cells(bundle: Bundle) -> Iterator[BundleCheck]:
    """For each changed file of figures: the cells that changed, or that none did.

    A file is compared with another file of the set that is whole; what cannot be compared is silent.
    """
    for name in bundle.changed:
        try:
            pair = _pair(bundle, name)
        except (PlenoError, ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error):
            yield BundleCheck("sel", False, f"{name} tidak dapat dibaca lagi sebagai berkas angka")
            continue
        if pair is not None:
            yield _difference(name, *pair)


def _difference(name: str, found: Cells, due: Cells) -> BundleCheck:
    changed = [at for at in (*due, *(found.keys() - due.keys())) if found.get(at) != due.get(at)]
    if not changed:
        same = f"semua {len(due)} angkanya sama; tulisan di sekitarnya tidak dibandingkan"
        return BundleCheck("sel", True, f"{name} diubah atau disimpan ulang; {same}")
    told = [f"{at} {_shown(found.get(at))}, seharusnya {_shown(due.get(at))}" for at in changed[:_SHOWN]]
    more = f"; dan {len(changed) - _SHOWN} lagi" if len(changed) > _SHOWN else ""
    return BundleCheck("sel", False, f"{name}: {'; '.join(told)}{more}")


def _shown(figure: object) -> str:
    return "kosong" if figure is None else str(figure)[:40]


def _pair(bundle: Bundle, name: str) -> tuple[Cells, Cells] | None:
    """What the file says and what it should; None where nothing tells."""
    if name.endswith(".xlsx"):
        due = _whole(bundle, CELLS)
        return None if due is None else _of_workbook(_bytes(bundle.folder / name), name, json.loads(due))
    readers = {
        FIGURES_CSV: (_of_csv, FIGURES_JSON, _of_json),
        FIGURES_JSON: (_of_json, FIGURES_CSV, _of_csv),
        RECAP: (_of_recap, FIGURES_JSON, _sums_of_json),
    }
    if name not in readers or (name == RECAP and bundle.manifest and bundle.manifest.status == SheetStatus.KONSEP):
        return None  # the sums of a KONSEP leave out what is not sah, which no other file tells
    read, other, read_other = readers[name]
    due = _whole(bundle, other)
    return None if due is None else (read(_bytes(bundle.folder / name)), read_other(due))


def _whole(bundle: Bundle, name: str) -> bytes | None:
    """A file of the set if it is the one the manifest lists."""
    listed = bundle.manifest.files.get(name) if bundle.manifest else None
    path = bundle.folder / name
    if listed is None or path.is_symlink() or not path.is_file():
        return None
    data = _bytes(path)
    return data if hashlib.sha256(data).hexdigest() == listed["sha256"] else None


def _bytes(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError(path.name)
    return path.read_bytes()


def _of_workbook(data: bytes, name: str, due: Json) -> tuple[Cells, Cells]:
    package = Package(data, Path(name).name)
    reader = CellReader(package)
    found: dict[str, object] = {}
    for sheet in package.sheets:
        wanted = due.get(sheet.name, {})
        for row, cells in reader.read(sheet).rows.items():
            for column, cell in cells.items():
                at = f"{letters(column)}{row}"
                if at in wanted:
                    found[f"{sheet.name}!{at}"] = _figure(cell, wanted[at])
    expected = {
        f"{sheet}!{at}": None if value == "" else value for sheet, of in due.items() for at, value in of.items()
    }
    return found, expected


def _figure(cell: Cell, due: object) -> object:
    """What a cell shows. 185.0 is 185, and a formula that the saving program did not calculate shows what is due."""
    if not cell.kind:
        return None if due == "" else due
    if cell.kind != "n":
        return (cell.text if cell.text == due else f'"{cell.text}" (teks)') if cell.text else None
    try:
        value = Decimal(cell.text)
        return int(value) if value == value.to_integral_value() else cell.text
    except InvalidOperation:
        return cell.text


def _of_csv(data: bytes) -> Cells:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {f"TPS {row['kode_tps']} {row['isian']} ({row['sumber']})": row["angka"] for row in rows}


def _of_json(data: bytes) -> Cells:
    return {
        f"TPS {tps['kode']} {row} ({source})": str(figure)
        for tps in json.loads(data)["tps"]
        for source, figures in tps["bacaan"].items()
        for row, figure in figures.items()
        if figure is not None
    }


def _of_recap(data: bytes) -> Cells:
    told = json.loads(data)
    sums = {"kecamatan": told["kecamatan"], **{f"desa {one['kode']}": one["angka"] for one in told["desa"]}}
    return {f"jumlah {place} {row}": str(total) for place, rows in sums.items() for row, total in rows.items()}


def _sums_of_json(data: bytes) -> Cells:
    """What the figures of every TPS make together."""
    sums: Counter[str] = Counter()
    for tps in json.loads(data)["tps"]:
        for row, figure in tps["bacaan"][DITETAPKAN].items():
            for place in ("kecamatan", f"desa {tps['kode'][:_DESA]}"):
                sums[f"jumlah {place} {row}"] += figure if isinstance(figure, int) else 0
    return {at: str(total) for at, total in sums.items()}
