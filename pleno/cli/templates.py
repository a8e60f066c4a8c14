"""Workbooks for an office: ours to type into, and its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.options import AsJson, Folder, Kontes, opened
from pleno.cli.output import Column, document, say, table
from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands

if TYPE_CHECKING:
    from pleno.service.session import Session
    from pleno.service.templates import Remark, Tried

_ACTS: Final = ("daftar", "isian", "kenali", "uji", "isi")


def template(
    act: Annotated[
        str,
        typer.Argument(
            metavar="daftar|isian|kenali|uji|isi",
            help="Daftar isi templates_xlsx, buat buku kerja isian, kenali buku kerja kantor, uji sel-selnya, atau isi "
            "angkanya.",
        ),
    ],
    path: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Buku kerja kantor (xlsx); untuk isian: folder tempat menulis."),
    ] = None,
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder tempat buku kerja yang diisi; tanpa ini data/ekspor.")
    ] = None,
    draft: Annotated[bool, typer.Option("--konsep", help="Isi dengan angka sementara, boleh kapan saja.")] = False,
    write: Annotated[bool, typer.Option("--tulis", help="Tulis peta yang diusulkan ke templates_xlsx.")] = False,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Buku kerja Excel: `templat daftar`, `isian [DIR]`, `kenali FILE`, `uji FILE`, `isi FILE [DIR]`.

    daftar: buku kerja di templates_xlsx, mana yang dikenali dan mengapa yang lain tidak. isian: buku kerja kosong
    untuk diketik, sesuai desa, TPS dan pilihan ruang kerja. kenali: usul peta buku kerja kantor. uji: apa yang
    diterima setiap selnya. isi: salinan buku kerja kantor berisi angka; hanya sel angkanya yang berubah, rumusnya
    tetap dan diperiksa.
    """
    if act not in _ACTS:
        raise PlenoError(
            "Perintah tidak dimengerti", f'"{act}" bukan {", ".join(_ACTS)}.', "Lihat `pleno templat --help`."
        )
    if act not in ("daftar", "isian") and path is None:
        raise PlenoError("Perintah belum lengkap", "FILE belum disebut.", f"`pleno templat {act} FILE`.")
    with opened(folder) as session:
        if act == "daftar":
            _list(session, kontes, as_json)
        elif path is None or act == "isian":
            _isian(session, path, kontes, as_json)
        elif act == "kenali":
            _propose(session, path, kontes, write, as_json)
        elif act == "uji":
            _try(session, path, kontes, as_json)
        else:
            _fill(session, path, target, kontes, draft, as_json)


def _list(session: Session, kontes: str | None, as_json: bool) -> None:
    from pleno.service.template_list import lister

    offers = lister(session, session.contest(kontes) if kontes else None)(lambda _done, _of: None)
    if as_json:
        listed = [
            {
                "berkas": str(one.path), "peta": one.map_name or None, "lembar": one.sheets, "sel": one.cells,
                "catatan": _json(one.remarks),
            }
            for one in offers
        ]  # fmt: skip
        document("templat", {"tindakan": "daftar", "templat": listed})
        return
    for one in offers:
        known = f"{one.sheets} lembar, {thousands(one.cells)} sel angka" if one.sheets else "TIDAK DIKENALI"
        say(f"{one.name}: {known}, {f'peta {one.map_name}' if one.map_name else 'tanpa peta'}")
        _tell(one.remarks)
    if not offers:
        say("templates_xlsx kosong. Taruh buku kerja kantor (.xlsx) di folder itu, atau pakai `pleno templat isian`.")


def _isian(session: Session, target: Path | None, kontes: str | None, as_json: bool) -> None:
    from pleno.service.isian import make_isian

    contest = session.contest(kontes)
    written = make_isian(session, contest, target)
    if as_json:
        document("templat", {"tindakan": "isian", "kontes": contest.id, "berkas": str(written)})
    else:
        say(f"Buku kerja isian ditulis: {written}", "Sesudah diisi: pleno impor BERKAS --sumber plano --uji")


def _propose(session: Session, path: Path, kontes: str | None, write: bool, as_json: bool) -> None:
    from pleno.service.templates import propose_map

    made = propose_map(session, path, session.contest(kontes) if kontes else None, write)
    if as_json:
        where = str(made.file.path) if write else None
        document("templat", {"tindakan": "kenali", "peta": made.text, "ditulis": where, "catatan": _json(made.remarks)})
    elif write:
        _tell(made.told)
        _tell(made.remarks)
        say(f"Peta ditulis: {made.file.path}", f"Periksa: pleno templat uji {path.name}")
    else:
        say(*made.text.splitlines())


def _try(session: Session, path: Path, kontes: str | None, as_json: bool) -> None:
    from pleno.service.templates import try_template

    tried = try_template(session, path, session.contest(kontes) if kontes else None)
    if as_json:
        cells = [
            {
                "lembar": one.sheet, "sel": one.cell, "baris": one.row, "untuk": one.whose,
                "rumus": one.is_formula, "angka": one.figure,
            }
            for one in tried.cells
        ]  # fmt: skip
        what = {
            "tindakan": "uji",
            "kontes": tried.contest.id if tried.contest else None,
            "peta": tried.map_name or None,
        }
        document("templat", {**what, "sel": cells, "catatan": _json(tried.remarks), "halangan": _json(tried.faults)})
        return
    _print_tried(tried)


def _print_tried(tried: Tried) -> None:
    if tried.cells:
        columns = [Column("lembar"), Column("sel"), Column("baris"), Column("untuk"), Column("angka", right=True)]
        lines = [
            (one.sheet, one.cell, one.row, one.whose, f"{one.figure} (rumus)" if one.is_formula else one.figure)
            for one in tried.cells
        ]
        table(columns, lines)
    _tell(tried.remarks)
    if tried.faults:
        say("Pengisian akan dihentikan oleh:")
        _tell(tried.faults)
    known = f"menurut peta {tried.map_name}" if tried.map_name else "tanpa peta"
    formulas = sum(one.is_formula for one in tried.cells)
    say(
        f"{tried.name} dikenali {known}: {thousands(len(tried.cells) - formulas)} sel menerima angka, "
        f"{thousands(formulas)} rumus diperiksa. Tidak ada yang ditulis."
        if tried.cells
        else f"{tried.name}: tidak ada lembar yang dikenali. Buat petanya: pleno templat kenali {tried.name} --tulis"
    )


def _fill(session: Session, path: Path, target: Path | None, kontes: str | None, draft: bool, as_json: bool) -> None:
    from pleno.service.templates import fill_template

    filled = fill_template(session, path, session.contest(kontes) if kontes else None, draft, target)
    if as_json:
        what = {"tindakan": "isi", "berkas": str(filled.path), "status": filled.status.value}
        counts = {"angka": filled.typed, "rumus": filled.reckoned, "catatan": _json(filled.remarks)}
        document("templat", {**what, **counts})
        return
    _tell(filled.remarks)
    say(
        f"{thousands(filled.typed)} angka diisi, {thousands(filled.reckoned)} rumus dihitung ulang dan cocok "
        f"({filled.status}): {filled.path}"
    )


def _json(remarks: Sequence[Remark]) -> list[dict[str, str]]:
    return [{"tempat": one.place, "pesan": one.message} for one in remarks]


def _tell(remarks: Sequence[Remark]) -> None:
    say(*(f"  {one.place}: {one.message}" for one in remarks))
