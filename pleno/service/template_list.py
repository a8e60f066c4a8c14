"""The workbooks in templates_xlsx: which are recognised, by which map, and why others are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError, os_words
from pleno.importers.limits import shown_outside
from pleno.importers.template import Template
from pleno.service.intake import TEMPLATES
from pleno.service.session import Session
from pleno.service.templates import Remark, reader

_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
"""Endings that somebody may take for a template; only xlsx is one, and the others are told why they are not."""
_OWNERS: Final = ("~$", ".~lock.")
"""How the names of files begin that Excel and LibreOffice put beside a workbook while they have it open."""

Tell = Callable[[int, int], None]
"""Told how many workbooks of how many are read; may raise to end the work."""


class Offer(NamedTuple):
    """One workbook."""

    name: str
    """For people."""
    path: Path
    map_name: str
    """Of the map file; empty where there is none."""
    sheets: int
    """Recognised; none where no figure would be filled in."""
    cells: int
    """That a figure belongs in."""
    remarks: tuple[Remark, ...]
    """Why it, a sheet or a column of it is not recognised; that another program has it open."""


def lister(session: Session, contest: Contest | None) -> Callable[[Tell], list[Offer]]:
    """What reads every workbook of templates_xlsx, by name, in any thread; none where there is no folder.

    PlenoError now for a map that cannot be read, and then for a folder that cannot; a workbook that cannot is told.
    """
    read, folder = reader(session, contest), session.folder / TEMPLATES

    def offers(tell: Tell) -> list[Offer]:
        try:
            names = {path.name for path in folder.iterdir()} if folder.exists() else set()
        except OSError as error:
            raise PlenoError(
                "Folder tidak terbaca", f"{TEMPLATES.as_posix()}: {os_words(error)}.", "Periksa izin folder itu."
            ) from error
        workbooks = sorted(
            name for name in names if Path(name).suffix.lower() in _WORKBOOKS and not name.startswith(_OWNERS)
        )
        found: list[Offer] = []
        for place, name in enumerate(workbooks):
            tell(place, len(workbooks))
            found.append(_offer(folder / name, read, _opened(name, names)))
        return found

    return offers


def _offer(path: Path, read: Callable[[Path], Template], opened: Iterator[Remark]) -> Offer:
    name = shown_outside(path.name)
    try:
        template = read(path)
    except PlenoError as error:
        told = Remark("berkas", " ".join(part for part in (error.message, error.advice) if part))
        return Offer(name, path, "", 0, 0, (*opened, told))
    return Offer(
        name, path, template.its_map.name, len(template.sheets), len(template.places), (*opened, *template.remarks)
    )


def _opened(name: str, names: set[str]) -> Iterator[Remark]:
    """That a program has a workbook open: what it holds may be newer than the file."""
    # Excel leaves out the first two letters of a long name.
    if {f"~${name}", f"~${name[2:]}", f".~lock.{name}#"} & names:
        yield Remark("berkas", "sedang terbuka di program lain; yang dibaca adalah yang terakhir disimpan di sana.")
