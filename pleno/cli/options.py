"""The options and arguments that commands share, and the words typed into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.output import tell
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure, Source

if TYPE_CHECKING:
    from pleno.domain.contest import Contest
    from pleno.domain.state import Desa, Tps
    from pleno.service.session import Session

Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="DIR", help="Folder ruang kerja; tanpa ini dicari pleno.toml terdekat ke atas."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Jawab dengan satu dokumen JSON.")]
Kontes = Annotated[
    str | None,
    typer.Option("--kontes", metavar="KONTES", help="Kontes yang dimaksud; tidak perlu bila hanya satu."),
]
Oleh = Annotated[str | None, typer.Option("--oleh", metavar="ID", help="Pelaku, seperti tertulis di pleno.toml.")]
Note = Annotated[str, typer.Option("--catatan", metavar="TEKS", help="Alasan atau keterangan tertulis.")]
OneTps = Annotated[str, typer.Argument(metavar="TPS", help="Kode 13 angka, atau desa/nomor.")]
OnlyTps = Annotated[
    str | None, typer.Option("--tps", metavar="TPS", help="Hanya TPS ini: kode 13 angka, atau desa/nomor.")
]
OnlyDesa = Annotated[
    str | None, typer.Option("--desa", metavar="KODE", help="Hanya desa ini: kode 10 angka, atau nama.")
]
Cells = Annotated[
    list[str],
    typer.Argument(
        metavar="ISIAN=ANGKA", help="Nama atau kode baris dan angkanya: suara.1=149 IV.02=17 V.B=x (x = kosong)."
    ),
]
Number = Annotated[str, typer.Argument(metavar="N", help="Nomor pembetulan.")]

_FIGURE: Final = re.compile(r"[0-9]{1,6}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_LETTER: Final = re.compile(r"[A-Za-z]")


_AT_TABLE: Final[ContextVar[Session | None]] = ContextVar("at_table", default=None)


@contextmanager
def at_table(session: Session) -> Iterator[None]:
    """Let commands work on a workspace that is open already: line mode holds it, and nobody else can open it."""
    token = _AT_TABLE.set(session)
    try:
        yield
    finally:
        _AT_TABLE.reset(token)


@contextmanager
def opened(folder: Path | None) -> Iterator[Session]:
    """The workspace in or above `folder` (the current folder unless named), to be used in a `with`."""
    from pleno.service.notices import notices
    from pleno.service.session import Session
    from pleno.service.whereabouts import find

    found, held = find(folder or Path.cwd()), _AT_TABLE.get()
    if held is not None and found.resolve() == held.folder.resolve():
        yield held
        return
    with Session.open(found) as session:
        tell(*notices(session))
        yield session


def contests(session: Session, name: str | None) -> Sequence[Contest]:
    """The contest that was named, else every one of the workspace."""
    return list(session.contests.values()) if name is None else [session.contest(name)]


def maybe_tps(session: Session, text: str | None) -> Tps | None:
    """The TPS that was named, if any."""
    return None if text is None else session.tps(text)


def maybe_desa(session: Session, text: str | None) -> Desa | None:
    """The desa a person names by code or name, if any. PlenoError when there is no such desa."""
    if text is None:
        return None
    wanted = text.strip().upper()
    found = [desa for desa in session.desa.values() if wanted in (desa.code, desa.name.upper())]
    if len(found) != 1:
        listed = ", ".join(f"{desa.code} {desa.name}" for desa in session.desa.values())
        raise PlenoError(
            "Desa tidak ditemukan", f'"{text}" bukan satu desa di kecamatan ini.', f"Pilih dari: {listed}."
        )
    return found[0]


def number(text: str, what: str) -> int:
    """A whole number that was typed. PlenoError for anything but 1 to 9 digits."""
    if _NUMBER.fullmatch(text) is None:
        raise PlenoError("Bukan angka", f'{what} "{text}" {_why_not(text)} Hanya 0-9.', "Ketik ulang.")
    return int(text)


def figures(cells: Sequence[str]) -> Mapping[str, Figure]:
    """Typed figures by the row they were typed for. PlenoError names every one that is none."""
    found: dict[str, Figure] = {}
    wrong: list[str] = []
    for cell in cells:
        row, equals, typed = cell.partition("=")
        if not equals or not row:
            wrong.append(f'"{cell}" tidak berbentuk ISIAN=ANGKA.')
        elif row in found:
            wrong.append(f"{row} disebut dua kali.")
        elif typed == KOSONG.value:
            found[row] = KOSONG
        elif _FIGURE.fullmatch(typed):
            found[row] = int(typed)
        else:
            found[row] = None
            wrong.append(f'{row}: "{typed}" {_why_not(typed)}')
    if wrong:
        raise PlenoError(
            "Bukan angka",
            f"{' '.join(wrong)} Hanya 0-9, atau x untuk sel yang kosong di kertas.",
            "Ketik ulang seluruh perintah; tidak ada yang dicatat.",
        )
    return found


def _why_not(typed: str) -> str:
    if not typed:
        return "tanpa angka."
    if letter := _LETTER.search(typed):
        return f"memuat huruf {letter[0]}."
    strange = next((char for char in typed if char not in "0123456789"), None)
    return "terlalu panjang." if strange is None else f'memuat "{strange}".'


def one_figure(cell: str) -> tuple[str, Figure]:
    """Like `figures`, for commands that take exactly one."""
    return next(iter(figures([cell]).items()))


def source(text: str) -> Source:
    """A source as people may type it: its id, or the short name on screens (PWS, S01)."""
    plain = text.strip().lower()
    if plain == "pws":
        return "salinan:panwaslu"
    if found := re.fullmatch(r"s0*([1-9][0-9]{0,2})", plain):
        return f"salinan:{found[1]}"
    return plain
