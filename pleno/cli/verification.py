"""Is what we hold whole, and where do two of a kind part."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.options import AsJson, Folder, Kontes
from pleno.cli.output import document, say
from pleno.domain.errors import Damaged, PlenoError
from pleno.domain.figures import thousands

if TYPE_CHECKING:
    from pleno.service.comparison import Comparison
    from pleno.service.verify import Verification

DIFFER = 1
"""Exit code when two that were compared part (TERMS.md, "Exit codes")."""


def verify(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="Ruang kerja, folder set, satu berkas set, berkas segel, atau bukti TPS."),
    ] = None,
    other: Annotated[
        Path | None, typer.Argument(metavar="PATH2", help="Yang kedua: keduanya dibandingkan, di mana berpisah.")
    ] = None,
    fingerprints: Annotated[
        list[str] | None,
        typer.Option("--sidik", metavar="SIDIK", help="Sidik sertifikat penanda tangan, dari kertas; boleh berulang."),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(
            "--qr",
            metavar="TEKS",
            help="Tulisan hasil pindai satu kode QR, atau berkas yang memuatnya; PATH: set, sertifikat, atau data.",
        ),
    ] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> int:
    """Periksa apakah semuanya utuh: ruang kerja ini, satu set rekap, satu berkasnya, atau bukti satu TPS.

    Penanda tangan satu set dikenal dari sidik yang diketik dari kertas (--sidik), atau dari jejak ruang kerja sendiri
    (folder ini, atau --folder). Kode keluar 0 utuh, 3 ada entri sesudah segel terakhir atau tanda tangan kurang atau
    belum dikenal atau set sudah digantikan, 4 rusak, 2 tidak dapat dinilai. Dengan PATH2: 0 sama, 1 berbeda.
    """
    if path is not None and other is not None:
        if code is not None:
            raise PlenoError("Perintah tidak dimengerti", "--qr dengan dua PATH.", "Sebut satu set saja.")
        return _compare(path, other, as_json)
    from pleno.service.verify import CheckLine, Outcome, Verification

    try:
        found = _judged(path, code, fingerprints or (), folder)
    except PlenoError as error:
        if as_json:
            outcome = Outcome.RUSAK if isinstance(error, Damaged) else Outcome.TAK_TERBACA
            unread = Verification(outcome, [CheckLine(error.title, False, f"{error.message} {error.advice}".strip())])
            document("verifikasi", verification_json(unread))
            return outcome.code
        raise
    if as_json:
        document("verifikasi", verification_json(found))
    else:
        print_verification(found)
    return found.outcome.code


def _judged(path: Path | None, code: str | None, fingerprints: Collection[str], folder: Path | None) -> Verification:
    if code is not None:
        from pleno.service.page_codes import verify_code

        return verify_code(code, path, fingerprints, _own(folder))
    from pleno.service.verify import verify as judge
    from pleno.service.whereabouts import find

    return judge(path or find(folder or Path.cwd()), fingerprints, _own(folder))


def _own(folder: Path | None) -> Path | None:
    """The workspace of whoever asks; None outside of one."""
    from pleno.service.whereabouts import find

    try:
        return find(folder or Path.cwd())
    except PlenoError:
        return None


def verification_json(found: Verification) -> dict[str, object]:
    """What a verification found (CLI.md)."""
    return {
        "hasil": found.outcome.value,
        "kode": found.outcome.code,
        "entri": found.entries,
        "segel": found.seals,
        "sesudah_segel": found.after_seal,
        "rincian": [{"periksa": one.name, "hasil": one.ok, "pesan": one.message} for one in found.checks],
        "segel_terakhir": found.newest_seal or None,
    }


def print_verification(found: Verification) -> None:
    """The same for people; the answer comes last."""
    say(*(f"{'ya   ' if one.ok else 'TIDAK'}  {one.name}: {one.message}" for one in found.checks))
    if found.newest_seal:
        say(found.newest_seal)
    if found.entries:
        say(f"{thousands(found.entries)} entri, {found.after_seal} sesudah segel terakhir.")
    say(f"Hasil: {found.outcome.value.replace('_', ' ')}")


# --- two of a kind ---------------------------------------------------------------------------


def _compare(left: Path, right: Path, as_json: bool) -> int:
    from pleno.service.comparison import compare_two

    found = compare_two(left, right)
    if as_json:
        document("verifikasi", _comparison_json(found))
    else:
        say(*found.lines, "Hasil: sama" if found.same else "Hasil: berbeda")
    return 0 if found.same else DIFFER


def _comparison_json(found: Comparison) -> dict[str, object]:
    parting = found.parting
    return {
        "sama": found.same,
        "bercabang": None if parting is None else parting.forked,
        "entri": None if parting is None else [parting.common, parting.left, parting.right],
        "angka_beda": found.cells,
        "rincian": list(found.lines),
    }
