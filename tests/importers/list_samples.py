"""Lists as an office writes them: one small csv or workbook each."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook


def csv(folder: Path, text: str) -> Path:
    path = folder / "daftar.csv"
    path.write_text(text, encoding="utf-8")
    return path


def xlsx(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "TPS"
    for row in rows:
        sheet.append(row)
    path = folder / "daftar.xlsx"
    book.save(path)
    return path
