"""Writes the pages of docs/ that are made from the program itself: `make docs`.

A test fails when one of them no longer says what the program does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import manual
import rulebook
import screens
from typer.main import get_command

from pleno.cli import help_page
from pleno.cli.commands import app
from pleno.domain.contest import ContestKind, Profile
from pleno.importers.profile import load_profile, shipped_profiles
from pleno.tui.rooms import tombol_md

FOLDER: Final = Path(__file__).parent
_MADE: Final = "<!-- Dibuat oleh `make docs`; jangan diubah dengan tangan. -->"

_EXIT_CODES: Final = (
    ("0", "selesai"),
    ("1", "selesai, dan ada yang ditemukan (`banding`, `periksa`) atau sebagian ditolak (`impor`)"),
    ("2", "ditolak, tidak ada yang berubah; atau tidak dapat dinilai"),
    ("3", "utuh, tetapi ada entri sesudah segel terakhir, atau tanda tangan set kurang atau belum dikenal"),
    ("4", "rusak: isi berubah, kurang, lebih, atau berganti nama"),
    ("70", "program berhenti karena kesalahannya sendiri; catatannya ada di berkas `galat-*.txt`"),
)


def commands_page() -> str:
    """Every command with its own help, and what the exit codes mean."""
    program: Any = get_command(app)
    lines = [
        "# Perintah",
        _MADE,
        "Semua perintah `pleno` dengan bantuannya sendiri. Cara memakainya berurutan: "
        "[panduan operator](panduan-operator.md).",
        _fenced(help_page.of_program(program)),
    ]
    for name, command in program.commands.items():
        lines += [f"## pleno {name}", _fenced(help_page.of_command(command, f"pleno {name}"))]
    lines += ["## Kode keluar", _table(("kode", "artinya"), _EXIT_CODES)]
    return _page(lines)


def rules_page() -> str:
    """Every rule of the table with its sentences, and the limits each profile sets."""
    profiles = [load_profile(name) for name in shipped_profiles()]
    return _page(("# Aturan", _MADE, *rulebook.blocks(profiles)))


def rows_page() -> str:
    """The rows of every shipped profile; profiles with the same rows share a table."""
    same: dict[tuple[tuple[str, str, str], ...], list[Profile]] = {}
    for name in shipped_profiles():
        profile = load_profile(name)
        same.setdefault(tuple(_rows(profile)), []).append(profile)
    lines = [
        "# Isian: nama dan kode baris",
        _MADE,
        "Satu baris formulir dapat disebut dengan namanya (`pengguna_dpt_l`) atau kodenya (`I.B.1.L`), di baris "
        "perintah maupun di berkas csv. Baris pilihan bernama `suara.1`, `suara.2` dan seterusnya menurut nomor urut; "
        "pada kontes partai `suara_partai.1`, calonnya `suara_calon.1.1`, jumlahnya `suara_partai_total.1`.",
    ]
    for rows, profiles in same.items():
        lines.append(f"## {', '.join(f'`{profile.id}`' for profile in profiles)}")
        lines += [f"- {profile.name} {profile.year}: {profile.basis}." for profile in profiles]
        lines.append(_table(("kode", "isian", "uraian"), rows))
    return _page(lines)


def _rows(profile: Profile) -> Iterable[tuple[str, str, str]]:
    for section in profile.sections:
        if section.code == profile.choice_section:
            yield from _choice_rows(section.code, profile.kind)
        for row in section.rows:
            part = f" ({row.part.name})" if row.part else ""
            yield (row.code, f"`{row.name}`", row.label + part)


def _choice_rows(code: str, kind: ContestKind) -> Iterable[tuple[str, str, str]]:
    """The rows that the list of choices fills."""
    if kind is not ContestKind.PARTAI:
        yield (f"{code}.01 ...", "`suara.1` ...", "pilihan nomor 1, dan seterusnya")
        return
    yield (f"{code}.1.A.1 ...", "`suara_partai.1` ...", "suara partai nomor 1, dan seterusnya")
    yield (f"{code}.1.A.2.1 ...", "`suara_calon.1.1` ...", "calon nomor 1 dari partai nomor 1, dan seterusnya")
    yield (f"{code}.1.B ...", "`suara_partai_total.1` ...", "JUMLAH SUARA SAH PARTAI 01 DAN CALON (A.1 + A.2)")


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _page(blocks: Iterable[str]) -> str:
    """Blocks of Markdown with one empty line between them; lines of one list stay together."""
    text = ""
    previous = ""
    for block in blocks:
        together = block.startswith("- ") and previous.startswith("- ")
        text += f"{'' if not text else chr(10) if together else chr(10) * 2}{block}"
        previous = block
    return text + "\n"


def manual_page() -> str:
    """The operator's manual with the answers its commands give and the screens it shows today."""
    return screens.inserted(manual.replayed((FOLDER / "panduan-operator.md").read_text("utf-8")))


def readme_page() -> str:
    """The README with the Meja as text."""
    return screens.inserted((FOLDER / README).read_text("utf-8"))


def picture() -> str:
    """The Meja as SVG; the old picture where only moments differ."""
    path, new = FOLDER / PICTURE, screens.captured()["meja.svg"]
    old = path.read_text("utf-8") if path.exists() else ""
    return old if screens.same(old, new) else new


README: Final = "../README.md"
PICTURE: Final = "gambar/meja.svg"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "perintah.md": commands_page,
    "aturan.md": rules_page,
    "isian.md": rows_page,
    "tombol.md": tombol_md,
    "panduan-operator.md": manual_page,
    README: readme_page,
    PICTURE: picture,
}
"""File name, seen from docs/ -> what makes its text."""


def main() -> None:
    """Write every page that changed and name it."""
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            print(path.resolve().relative_to(FOLDER.resolve().parent))


if __name__ == "__main__":
    main()
