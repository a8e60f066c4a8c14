"""Where readings differ, and which rules a reading breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.options import (
    AsJson,
    Folder,
    Kontes,
    OnlyDesa,
    OnlyTps,
    contests,
    maybe_desa,
    maybe_tps,
    opened,
    source,
)
from pleno.cli.output import Column, document, say, table
from pleno.domain.compare import RIVAL, Cell, Count, TpsFile, count
from pleno.domain.figures import Source, shown, source_label, source_order, to_json

if TYPE_CHECKING:
    from pleno.domain.rules import Finding
    from pleno.service.checking import Found
    from pleno.service.session import Session

FOUND = 1
"""Exit code: something was found (TERMS.md)."""

SUGGESTED: Final = 3
"""Repairs shown for one finding; the rest is only counted."""


def compare(
    tps: OnlyTps = None, desa: OnlyDesa = None, kontes: Kontes = None, folder: Folder = None, as_json: AsJson = False
) -> int:
    """Di mana bacaan-bacaan berbeda.

    Kode keluar 1 bila ada yang berbeda, juga yang sudah diselesaikan.
    """
    from pleno.service.views import contest_files

    with opened(folder) as session:
        contest = session.contest(kontes)
        only, within = maybe_tps(session, tps), maybe_desa(session, desa)
        files = [
            file
            for file in contest_files(session, contest)
            if only in (None, file.tps) and (within is None or file.tps.desa == within.code)
        ]
        totals = count(files)
        differing = [file for file in files if file.differing]
        if as_json:
            document(
                "banding",
                {
                    "kontes": contest.id,
                    "jumlah": asdict(totals),
                    "tps": [_tps_json(session, file) for file in differing],
                },
            )
        else:
            _print_differences(session, differing)
            say(count_line(totals))
        return FOUND if totals.sel_beda else 0


def count_line(totals: Count) -> str:
    """The numbers of a comparison in one line."""
    return (
        f"{totals.tps} TPS: {totals.tps_beda} beda dalam {totals.sel_beda} sel, "
        f"{totals.tps_terbuka} TPS dan {totals.sel_terbuka} sel masih terbuka, "
        f"{totals.tps_belum} TPS belum ada planonya."
    )


def _tps_json(session: Session, file: TpsFile) -> dict[str, object]:
    return {
        "kode": file.tps.code,
        "desa": session.desa[file.tps.desa].name,
        "nomor": file.tps.number,
        "status": file.state.value,
        "beda": [_cell_json(file, cell) for cell in file.differing],
    }


def _cell_json(file: TpsFile, cell: Cell) -> dict[str, object]:
    found = file.diagnosis(cell)
    return {
        "isian": cell.row.name,
        "kode": cell.row.code,
        "bacaan": {origin: to_json(figure) for origin, figure in cell.figures.items()},
        "ditetapkan": to_json(cell.ditetapkan),
        "label": found.label.value if found else None,
        "ocr": bool(found and found.ocr),
        "mustahil": bool(found and found.impossible),
        "terbuka": bool(cell.open),
    }


def _print_differences(session: Session, files: Sequence[TpsFile]) -> None:
    if not files:
        return
    origins = sorted({one for file in files for cell in file.differing for one in cell.figures}, key=_order)
    columns = [
        Column("TPS"),
        Column("baris"),
        *(Column(_origin_label(one), right=True) for one in origins),
        Column("ditetapkan", right=True),
        Column("label"),
        Column("keadaan"),
    ]
    table(columns, [_line(session, file, cell, origins) for file in files for cell in file.differing])


def _line(session: Session, file: TpsFile, cell: Cell, origins: Sequence[Source]) -> list[str]:
    found = file.diagnosis(cell)
    label = " ".join((found.label, *["OCR?"] * found.ocr, *["MUSTAHIL"] * found.impossible)) if found else "-"
    return [
        session.tps_name(file.tps),
        cell.row.code,
        *(shown(cell.figures[one]) if one in cell.figures else "-" for one in origins),
        shown(cell.ditetapkan),
        label,
        "terbuka" if cell.open else "selesai",
    ]


def _order(origin: str) -> tuple[tuple[int, int], bool]:
    return source_order(origin.removesuffix(RIVAL)), origin.endswith(RIVAL)


def _origin_label(origin: str) -> str:
    """A file's figure that stands against what was read has its own column."""
    return f"{source_label(origin.removesuffix(RIVAL))}{' (berkas)' if origin.endswith(RIVAL) else ''}"


# --- rules ---------------------------------------------------------------------------------


def check(
    tps: OnlyTps = None,
    origin: Annotated[
        str | None,
        typer.Option("--sumber", metavar="SUMBER", help="Hanya bacaan sumber ini: plano, sirekap, ditetapkan, ..."),
    ] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> int:
    """Aturan mana yang dilanggar angka-angkanya, dengan rumus dan angkanya.

    Setiap bacaan, antar-kontes satu TPS, dan antar-TPS sekecamatan; info hanya keterangan, bukan dugaan.
    "Kemungkinan" menunjukkan sel mana yang bila diganti membuat jumlahnya cocok; tidak pernah diubah sendiri.
    Kode keluar 1 bila ada temuan.
    """
    from pleno.service.checking import check as check_rules

    wanted = None if origin is None else source(origin)
    with opened(folder) as session:
        only = maybe_tps(session, tps)
        found = [
            one
            for one in check_rules(session, contests(session, kontes))
            if (only is None or only in one.tps) and wanted in (None, one.source)
        ]
        tally = _tally(one.finding for one in found)
        if as_json:
            document("periksa", {"jumlah": tally, "temuan": [_finding_json(one) for one in found]})
        else:
            _print_findings(found)
            say(f"{tally['keras']} keras, {tally['peringatan']} peringatan, {tally['info']} info.")
        return FOUND if found else 0


def _tally(found: Iterable[Finding]) -> dict[str, int]:
    from pleno.domain.rules import Severity

    severities = [finding.severity for finding in found]
    return {severity.value: severities.count(severity) for severity in Severity}


def _print_findings(found: Sequence[Found]) -> None:
    """Each finding, and below the findings of one reading what may be the slip."""
    from pleno.domain.rules import BY_ID

    for (*_papers, place, read, _scope), group in groupby(found, lambda one: (*one[:4], BY_ID[one.finding.rule].scope)):
        together = list(group)
        for one in together:
            finding, state = one.finding, " (sudah dijelaskan)" if one.explained else ""
            told = f"{finding.rule} {finding.severity}, {place}, {source_label(read)}"
            say(f"{told}: {finding.numbers}. {finding.message}{state}")
        for finding_repairs in dict.fromkeys(one.repairs for one in together if one.repairs):
            for repair in finding_repairs[:SUGGESTED]:
                say(f"  Kemungkinan: {repair.reason}")
            if (more := len(finding_repairs) - SUGGESTED) > 0:
                say(f"  Dan {more} kemungkinan lain yang kurang dekat.")


def _finding_json(one: Found) -> dict[str, object]:
    finding = one.finding
    return {
        "aturan": finding.rule,
        "tingkat": finding.severity.value,
        "kontes": one.contests[0],
        "semua_kontes": list(one.contests),
        "tps": one.tps[0].code if one.tps else None,
        "semua_tps": [tps.code for tps in one.tps],
        "sumber": one.source,
        "isian": list(finding.rows),
        "angka": finding.numbers,
        "pesan": finding.message,
        "pesan_pemeriksa": finding.review,
        "dijelaskan": one.explained,
        "usul": [
            {
                "isian": change.row.name,
                "kode": change.row.code,
                "angka": change.after,
                "alasan": repair.reason,
                "urutan": place,
            }
            for place, repair in enumerate(one.repairs[:SUGGESTED], 1)
            for change in repair.changes
        ],
        "usul_lain": max(0, len(one.repairs) - SUGGESTED),
    }
