"""What happened: the journal in sentences, the recap of an earlier moment, what lies between two seals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.entries import entry_json
from pleno.cli.options import AsJson, Folder, Kontes, OnlyTps, contests, maybe_tps, number, opened
from pleno.cli.output import Column, document, say, table
from pleno.cli.results import print_recap, recap_json
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.sentences import Names, sentence

if TYPE_CHECKING:
    from pleno.service.history import Moved
    from pleno.service.session import Session


def journal(
    tps: OnlyTps = None,
    first: Annotated[str | None, typer.Option("--dari", metavar="N", help="Mulai dari entri nomor ini.")] = None,
    last: Annotated[str | None, typer.Option("--sampai", metavar="N", help="Sampai entri nomor ini.")] = None,
    at: Annotated[
        str | None, typer.Option("--pada", metavar="N", help="Rekap seperti keadaannya sesudah entri nomor ini.")
    ] = None,
    seals: Annotated[
        tuple[str, str] | None,
        typer.Option("--antara", metavar="A B", help="Yang terjadi antara segel nomor A dan segel nomor B."),
    ] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Jejak: apa yang terjadi, satu kalimat setiap entri."""
    ways = [at is not None, seals is not None, (first, last, tps) != (None, None, None)]
    if sum(ways) > 1:
        raise PlenoError(
            "Perintah belum jelas",
            "--pada, --antara, dan saringan (--dari, --sampai, --tps) tidak dipakai bersama.",
            "Pilih salah satu.",
        )
    with opened(folder) as session:
        if at is not None:
            _show_past(session, number(at, "Nomor entri"), kontes, as_json)
        elif seals is not None:
            first_seal, last_seal = (number(seal, "Nomor segel") for seal in seals)
            _show_between(session, first_seal, last_seal, kontes, as_json)
        else:
            begin, end = (
                number("1" if first is None else first, "Nomor entri"),
                None if last is None else number(last, "Nomor entri"),
            )
            _show_entries(session, begin, end, tps, kontes, as_json)


def _show_entries(
    session: Session, first: int, last: int | None, tps: str | None, kontes: str | None, as_json: bool
) -> None:
    from pleno.service.views import journal as entries_of

    names = session.names(past=True)
    entries = entries_of(session, first, last, maybe_tps(session, tps))
    if kontes is not None:
        wanted = session.contest(kontes).id
        entries = (entry for entry in entries if entry.contest in (None, wanted))
    if as_json:
        document("jejak", {"entri": [entry_json(entry, names) for entry in entries]})
    else:
        _tell(entries, names)


def _tell(entries: Iterable[Entry], names: Names) -> None:
    for entry in entries:
        say(f"#{entry.seq} {entry.stamp.at[:19].replace('T', ' ')} {sentence(entry, names)}")


def _show_past(session: Session, seq: int, kontes: str | None, as_json: bool) -> None:
    from pleno.service.history import recap_at

    every = [recap_at(session, contest, seq) for contest in contests(session, kontes)]
    if as_json:
        told = [{"kontes": one.contest.id, **recap_json(one, list(one.desa))} for one in every]
        document("jejak", {"pada": seq, "rekap": told})
        return
    say(f"Keadaan sesudah entri {seq}")
    for one in every:
        print_recap(one)


def _show_between(session: Session, first: int, last: int, kontes: str | None, as_json: bool) -> None:
    from pleno.service.history import between

    found, names = between(session, first, last, contests(session, kontes)), session.names(past=True)
    if as_json:
        document(
            "jejak",
            {
                "antara": [first, last],
                "entri": [entry_json(entry, names) for entry in found.entries],
                "jumlah": [[one.contest.id, one.row, one.before, one.after] for one in found.moved],
            },
        )
        return
    say(f"Antara segel {first:02} (#{found.first.seq}) dan segel {last:02} (#{found.last.seq})")
    _tell(found.entries, names)
    if not found.moved:
        say("Jumlah TPS yang sah tidak berubah.")
        return
    say("Jumlah TPS yang sah yang berubah:")
    table(
        [
            Column("baris"),
            Column("uraian"),
            Column(f"segel {first:02}", right=True),
            Column(f"segel {last:02}", right=True),
        ],
        [_moved_line(one) for one in found.moved],
    )


def _moved_line(one: Moved) -> list[str]:
    row = one.contest.by_name[one.row]
    return [row.code, row.label, *("-" if sum_ is None else thousands(sum_) for sum_ in (one.before, one.after))]
