"""At the table: reading a paper, a recount, settling a TPS, opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Cells, Folder, Kontes, Note, Oleh, OneTps, figures, opened, source
from pleno.cli.output import say
from pleno.cli.pins import PinStdin, with_pin
from pleno.domain.errors import PlenoError

if TYPE_CHECKING:
    from pleno.service.session import Session
    from pleno.service.settling import NotReady


def record_reading(
    tps: OneTps,
    cells: Cells,
    origin: Annotated[
        str,
        typer.Option(
            "--sumber", metavar="SUMBER", help="plano (bila tidak disebut), sirekap, foto, salinan:panwaslu, salinan:N."
        ),
    ] = "plano",
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Catat angka yang dibaca dari satu kertas.

    Angka yang sudah pernah dibaca hanya berubah dengan --catatan yang menerangkan sebabnya.
    """
    from pleno.service import reading

    typed = figures(cells)
    with opened(folder) as session:
        entry = reading.record_reading(
            session, session.tps(tps), session.contest(kontes), source(origin), typed, by, note
        )
        done(session, "catat", [entry], as_json)


def record_recount(
    tps: OneTps,
    cells: Cells,
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Catat hasil penghitungan ulang surat suara satu TPS.

    --catatan menerangkan mengapa dihitung ulang; angka ini menggantikan angka plano.
    """
    from pleno.service import reading

    typed = figures(cells)
    with opened(folder) as session:
        entry = reading.record_recount(session, session.tps(tps), session.contest(kontes), typed, by, note)
        done(session, "hitung-ulang", [entry], as_json)


def settle(
    tps: Annotated[
        list[str] | None, typer.Argument(metavar="TPS", help="Satu TPS atau lebih: kode 13 angka, atau desa/nomor.")
    ] = None,
    matching: Annotated[
        bool, typer.Option("--semua-cocok", help="Sahkan setiap TPS yang tidak ada halangannya.")
    ] = False,
    read_by: Annotated[
        str | None,
        typer.Option(
            "--dibacakan", metavar="ID", help="Siapa yang membacakan angka plano yang masih menunggu; dicatat per TPS."
        ),
    ] = None,
    acknowledged: Annotated[
        str,
        typer.Option("--ketahui", metavar="ALASAN", help="Ketahui semua peringatan TPS itu dengan satu alasan."),
    ] = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Sahkan TPS yang sudah dibaca, cocok, dan tanpa temuan keras.

    Dengan pin_sahkan di pleno.toml satu TPS disahkan dengan PIN anggota PPK: yang disebut --dibacakan, atau --oleh.
    Peringatan yang belum diketahui menahan pengesahan; --ketahui mencatat alasannya, tercetak di set rekap.
    """
    from pleno.service import settling

    if bool(tps) == matching:
        raise PlenoError(
            "Perintah belum jelas",
            "Sebut TPS-nya, atau pakai --semua-cocok, salah satu.",
            "Lihat `pleno sahkan --help`.",
        )
    with opened(folder) as session:
        contest = session.contest(kontes)
        if matching:
            settled = settling.settle_matching(session, contest, by, read_by, acknowledged)
        else:
            named = [session.tps(one) for one in tps or ()]
            settled = with_pin(
                session,
                read_by or by,
                from_stdin,
                lambda proof: settling.settle(session, named, contest, by, read_by, proof, acknowledged),
            )
        more = {
            "kontes": contest.id,
            "disahkan": [entry.tps for entry in settled.entries],
            "belum": [not_ready_json(left) for left in settled.left],
        }
        done(session, "sahkan", settled.entries, as_json, more)
        if not as_json:
            say(f"{len(settled.entries)} TPS disahkan, {len(settled.left)} belum.")
            say(*(not_ready_line(session, left) for left in settled.left))


def not_ready_json(left: NotReady) -> dict[str, object]:
    """A TPS that stays provisional, and why."""
    return {
        "tps": left.tps.code,
        "alasan": list(left.reasons),
        "aturan": list(left.rules),
        "peringatan": list(dict.fromkeys(finding.rule for finding in left.warnings)),
    }


def not_ready_line(session: Session, left: NotReady) -> str:
    """The same for people."""
    return f"{session.tps_name(left.tps)} ({left.tps.code}): {'; '.join(left.reasons)}."


def reopen(
    tps: OneTps,
    reason: Annotated[str, typer.Option("--alasan", metavar="TEKS", help="Mengapa TPS dibuka kembali.")],
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Buka kembali TPS yang sudah sah.

    Setiap lembar rekap yang sudah diterbitkan untuk kontes itu menjadi BATAL.
    """
    from pleno.service import settling

    with opened(folder) as session:
        entries = settling.reopen(session, session.tps(tps), session.contest(kontes), reason, by)
        done(session, "buka-kembali", entries, as_json)
