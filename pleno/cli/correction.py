"""Pembetulan from proposal to answer, a witness's answer, a finding explained in writing."""

from __future__ import annotations

from typing import Annotated

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Note, Number, Oleh, OneTps, number, one_figure, opened, source
from pleno.cli.pins import PinStdin, with_pin
from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.state import PembetulanKind

_NUMBER = "Nomor pembetulan"


def propose(
    tps: OneTps,
    cell: Annotated[
        str, typer.Argument(metavar="ISIAN=ANGKA", help="Baris dan angka yang seharusnya: suara.1=149, IV.01=149.")
    ],
    kind: Annotated[
        str,
        typer.Option("--jenis", metavar="JENIS", help="sirekap: Sirekap atau foto salah baca; formulir: plano keliru."),
    ],
    reason: Annotated[
        str,
        typer.Option("--alasan", metavar="KODE", help=f"Satu dari: {', '.join(one.value for one in Reason)}."),
    ],
    note: Note = "",
    origin: Annotated[
        str | None,
        typer.Option("--sumber", metavar="SUMBER", help="Sumber yang salah baca bila bukan Sirekap, misalnya foto."),
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option("--saksi", metavar="ID", help="Saksi yang menyaksikan; tanpa ini semua yang tercatat hadir."),
    ] = None,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Usulkan pembetulan satu angka; berlaku setelah orang lain menyetujuinya."""
    from pleno.service import correction

    row, after = one_figure(cell)
    with opened(folder) as session:
        contest = session.contest(kontes)
        entry = correction.propose(
            session,
            session.tps(tps),
            contest,
            contest.find(row),
            after,
            kind=_kind(kind),
            reason=_reason(reason),
            note=note,
            by=by,
            source=None if origin is None else source(origin),
            witness=witness or None,
        )
        hint = f"Menunggu persetujuan anggota PPK lain: `pleno setujui {entry.seq} --oleh ID`."
        done(session, "betulkan", [entry], as_json, {"pembetulan": entry.seq}, hint)


def _kind(text: str) -> PembetulanKind:
    try:
        return PembetulanKind(text.strip().lower())
    except ValueError:
        known = " atau ".join(PembetulanKind)
        raise PlenoError("Jenis tidak dikenal", f'"{text}" bukan jenis pembetulan.', f"Pakai {known}.") from None


def _reason(text: str) -> Reason:
    try:
        return Reason(text.strip().upper().replace("-", "_"))
    except ValueError:
        known = ", ".join(f"{one.value} ({one.words})" for one in Reason)
        raise PlenoError(
            "Alasan tidak dikenal", f'"{text}" bukan kode alasan.', f"Pakai salah satu: {known}."
        ) from None


def confirm(
    proposal: Number,
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Setujui pembetulan; bukan oleh pengusul dan bukan oleh yang mengetik angkanya.

    Yang sudah menyetel PIN diminta mengetiknya.
    """
    from pleno.service import correction

    seq = number(proposal, _NUMBER)
    with opened(folder) as session:
        entry = with_pin(session, by, from_stdin, lambda proof: correction.confirm(session, seq, by, proof))
        done(session, "setujui", [entry], as_json)


def reject(
    proposal: Number,
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tolak pembetulan, dengan alasannya; usulannya tetap terlihat."""
    from pleno.service import correction

    with opened(folder) as session:
        done(session, "tolak", [correction.reject(session, number(proposal, _NUMBER), by, note)], as_json)


def withdraw(
    proposal: Number,
    note: Note = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Batalkan pembetulan yang menunggu atau sudah disetujui, dengan alasannya.

    Yang sudah disetujui dibatalkan anggota PPK lain, dengan PIN bila sudah disetel.
    """
    from pleno.service import correction

    seq = number(proposal, _NUMBER)
    with opened(folder) as session:
        entry = with_pin(session, by, from_stdin, lambda proof: correction.withdraw(session, seq, by, note, proof))
        done(session, "batalkan", [entry], as_json)


def answer_saksi(
    tps: OneTps,
    origin: Annotated[str, typer.Argument(metavar="SUMBER", help="Salinan siapa: salinan:panwaslu atau salinan:N.")],
    rows: Annotated[
        list[str] | None, typer.Argument(metavar="ISIAN", help="Baris yang diterima keliru: suara.1 IV.02.")
    ] = None,
    same: Annotated[bool, typer.Option("--sama", help="Seluruh salinannya sama dengan plano.")] = False,
    absent: Annotated[
        bool, typer.Option("--tidak-hadir", help="Pemegangnya tidak hadir saat TPS ini dibacakan.")
    ] = False,
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Catat jawaban saksi atau Panwaslu atas satu TPS: salinannya sama, ia tidak hadir, atau keliru pada baris itu.

    Untuk baris yang keliru --catatan memuat kata-kata jawabannya. Angka yang beda dicatat dengan `pleno catat`.
    """
    from pleno.service import copies, correction, witnesses

    if bool(rows) + same + absent != 1:
        raise PlenoError(
            "Perintah belum jelas",
            "Sebut baris yang keliru, atau --sama, atau --tidak-hadir, salah satu.",
            "Lihat `pleno jawab --help`.",
        )
    with opened(folder) as session:
        contest, where, holder = session.contest(kontes), session.tps(tps), source(origin)
        if absent:
            entry = witnesses.note_absence(session, where, contest, holder, note, by)
        elif same:
            entry = copies.one_copy(session, where, contest, holder, {}, by)
        else:
            found = [contest.find(row) for row in rows or ()]
            entry = correction.answer_saksi(session, where, contest, holder, found, note, by)
        done(session, "jawab", [entry], as_json)


def explain(
    tps: OneTps,
    rule: Annotated[str, typer.Argument(metavar="ATURAN", help="Nomor aturan temuannya, misalnya R20.")],
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Jelaskan tertulis temuan yang memang demikian di kertas.

    Temuan keras ditanggung anggota PPK; peringatan cukup diketahui oleh siapa pun yang bertindak.
    """
    from pleno.service import correction

    with opened(folder) as session:
        entries = correction.explain(session, session.tps(tps), session.contest(kontes), rule, note, by)
        done(session, "jelaskan", entries, as_json)
