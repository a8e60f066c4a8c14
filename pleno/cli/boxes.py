"""The boxes of the TPS, by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Note, Oleh, OnlyDesa, maybe_desa, opened
from pleno.cli.output import Column, document, say, table
from pleno.domain.box import BoxStep, Kotak, Route
from pleno.domain.errors import PlenoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pleno.domain.contest import Contest
    from pleno.domain.state import Tps
    from pleno.service.session import Session

_SEALS: Final = {"utuh": True, "rusak": False}


def note_boxes(
    tps: Annotated[
        list[str] | None, typer.Argument(metavar="TPS", help="Satu TPS atau lebih: kode 13 angka, atau desa/nomor.")
    ] = None,
    desa: OnlyDesa = None,
    received: Annotated[bool, typer.Option("--diterima", help="Kotaknya sudah diterima di kecamatan.")] = False,
    opened_now: Annotated[bool, typer.Option("--dibuka", help="Kotaknya dibuka di rapat.")] = False,
    mistaken: Annotated[bool, typer.Option("--batal", help="Catatan kotak itu keliru; perlu --catatan.")] = False,
    seal: Annotated[
        str | None, typer.Option("--segel", metavar="utuh|rusak", help="Segel dan gemboknya; rusak perlu --catatan.")
    ] = None,
    route: Annotated[
        str | None,
        typer.Option("--jalur", metavar="JALUR", help="Jalan data Sirekap: daring, luring, luring-daring, kecamatan."),
    ] = None,
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Catat kotak TPS diterima atau dibuka; tanpa pilihan itu: daftar kotak.

    Dengan --desa seluruh TPS desa itu. Kotak yang dibuka juga tercatat diterima; yang sudah tercatat dilewati.
    """
    from pleno.service import boxes

    steps = [
        step
        for step, chosen in (
            (BoxStep.DITERIMA, received), (BoxStep.DIBUKA, opened_now), (BoxStep.BATAL, mistaken),
        )
        if chosen
    ]  # fmt: skip
    if len(steps) > 1:
        raise PlenoError(
            "Perintah belum jelas", "Sebut salah satu: --diterima, --dibuka atau --batal.", "`pleno kotak --help`."
        )
    if not steps and (seal or route or note):
        raise PlenoError("Perintah belum jelas", "Segel, jalur dan catatan ikut --diterima atau --dibuka.", "")
    seen = boxes.Seen(_seal(seal), note, _route(route))
    with opened(folder) as session:
        contest = session.contest(kontes)
        named = _named(session, contest, tps, desa)
        if not steps:
            _show(session, contest, named, as_json)
        elif not (tps or desa):
            raise PlenoError("Perintah belum jelas", "TPS atau --desa belum disebut.", "`pleno kotak --help`.")
        else:
            done(session, "kotak", boxes.note_boxes(session, named, contest, steps[0], by, seen), as_json)


def _seal(text: str | None) -> bool | None:
    if text is not None and text not in _SEALS:
        raise PlenoError("Segel tidak dikenal", f'"{text}" bukan keadaan segel.', "Pakai --segel utuh atau rusak.")
    return None if text is None else _SEALS[text]


def _route(text: str | None) -> Route | None:
    known = [route.value for route in Route]
    if text is not None and text not in known:
        raise PlenoError("Jalur tidak dikenal", f'"{text}" bukan jalur data Sirekap.', f"Pakai {', '.join(known)}.")
    return None if text is None else Route(text)


def _named(session: Session, contest: Contest, tps: Sequence[str] | None, desa: str | None) -> list[Tps]:
    """The TPS that were named, else those of the desa, else all."""
    from pleno.service.views import tps_of

    if tps:
        return [session.tps(one) for one in tps]
    within = maybe_desa(session, desa)
    return [one for one in tps_of(session, contest) if within is None or one.desa == within.code]


def _show(session: Session, contest: Contest, named: Sequence[Tps], as_json: bool) -> None:
    from pleno.service.boxes import box_count
    from pleno.service.boxes import boxes as boxes_of

    known, count = boxes_of(session, contest), box_count(session, contest)
    if as_json:
        totals = {"tps": count.tps, "diterima": count.received, "dibuka": count.opened, "rusak": count.broken}
        listed = [_json(one, known.get(one.code)) for one in named]
        document("kotak", {"kontes": contest.id, "jumlah": totals, "kotak": listed})
        return
    table(
        [Column("TPS"), Column("kotak"), Column("segel"), Column("jalur Sirekap"), Column("catatan")],
        [[session.tps_name(one), *_cells(known.get(one.code))] for one in named],
    )
    say("", f"{count.received} diterima dan {count.opened} dibuka dari {count.tps} kotak, {count.broken} segel rusak.")


def _cells(box: Kotak | None) -> tuple[str, str, str, str]:
    if box is None:
        return ("belum", "-", "-", "")
    step = BoxStep.DIBUKA if box.opened else BoxStep.DITERIMA
    route = Route(box.route).words if box.route else "-"
    return (step.value, "utuh" if box.intact else "RUSAK", route, box.note)


def _json(tps: Tps, box: Kotak | None) -> dict[str, object]:
    if box is None:
        return {"tps": tps.code, "diterima": False, "dibuka": False, "utuh": None, "jalur": None, "catatan": None}
    return {
        "tps": tps.code, "diterima": True, "dibuka": box.opened, "utuh": box.intact, "jalur": box.route or None,
        "catatan": box.note or None,
    }  # fmt: skip
