"""Keberatan and kejadian khusus: noted and listed, answered, withdrawn, or NIHIL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Note, Oleh, contests, maybe_tps, number, opened
from pleno.cli.output import Column, document, say, table
from pleno.cli.pins import PinStdin, with_pin
from pleno.domain.errors import PlenoError
from pleno.domain.figures import to_json
from pleno.domain.keberatan import ANSWERS, WHOLE, Keberatan, KeberatanKind, KeberatanState, Nihil, pengaju_words

if TYPE_CHECKING:
    from pleno.domain.contest import Contest
    from pleno.domain.state import Tps
    from pleno.service.session import Session

Where = Annotated[
    str | None, typer.Argument(metavar="TPS", help="Kode 13 angka, atau desa/nomor; tanpa ini seluruh kecamatan.")
]
Number = Annotated[str, typer.Argument(metavar="N", help="Nomor di daftar `pleno keberatan`.")]
_NUMBER: Final = "Nomor keberatan"


def note(
    tps: Where = None,
    words: Annotated[
        str | None,
        typer.Option(
            "--uraian", metavar="TEKS", help="Apa yang diajukan atau terjadi; tanpa ini daftarnya ditampilkan."
        ),
    ] = None,
    pengaju: Annotated[
        str | None,
        typer.Option("--pengaju", metavar="N|panwaslu|pps|ppk", help="Nomor saksi, Panwaslu, PPS atau PPK."),
    ] = None,
    kind: Annotated[
        str, typer.Option("--jenis", metavar="JENIS", help="keberatan (bila tidak disebut) atau kejadian-khusus.")
    ] = KeberatanKind.KEBERATAN.value,
    row: Annotated[
        str | None,
        typer.Option(
            "--baris", metavar="ISIAN", help="Baris yang dimaksud; selisih salinan pengaju di baris itu pindah ke sini."
        ),
    ] = None,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Catat keberatan atau kejadian khusus, atau tanpa --uraian tampilkan daftarnya.

    TPS baru dapat disahkan sesudah keberatannya ditanggapi; yang tidak diterima ikut ke kabupaten/kota.
    """
    from pleno.service import keberatan

    with opened(folder) as session:
        if words is None:
            _list(session, contests(session, kontes), maybe_tps(session, tps), as_json)
            return
        if pengaju is None:
            raise PlenoError("Pengaju belum disebut", "Keberatan perlu pengajunya.", "Sebut juga --pengaju.")
        contest = session.contest(kontes)
        about = contest.find(row) if row is not None else None
        entry = keberatan.note(session, contest, _kind(kind), pengaju, words, by, maybe_tps(session, tps), about)
        hint = f"Tanggapan rapat: `pleno tanggapi {entry.seq} PENYELESAIAN --catatan TEKS --oleh ID`."
        done(session, "keberatan", [entry], as_json, {"keberatan": entry.seq}, hint)


def _kind(text: str) -> KeberatanKind:
    try:
        return KeberatanKind(_plain(text))
    except ValueError:
        known = " atau ".join(_option(one) for one in KeberatanKind)
        raise PlenoError("Jenis tidak dikenal", f'"{text}" bukan jenis keberatan.', f"Pakai {known}.") from None


def _plain(text: str) -> str:
    return text.strip().lower().replace("-", "_").replace(" ", "_")


def _option(one: KeberatanKind | KeberatanState) -> str:
    """A value as it is typed: "tidak-diterima"."""
    return one.value.replace("_", "-")


def nihil(
    tps: Where = None, by: Oleh = None, kontes: Kontes = None, folder: Folder = None, as_json: AsJson = False
) -> None:
    """Catat NIHIL: tidak ada keberatan dan kejadian khusus di TPS itu, atau di seluruh kecamatan."""
    from pleno.service import keberatan

    with opened(folder) as session:
        entry = keberatan.nihil(session, session.contest(kontes), by, maybe_tps(session, tps))
        done(session, "nihil", [entry], as_json)


def answer(
    item: Number,
    outcome: Annotated[
        str, typer.Argument(metavar="PENYELESAIAN", help=f"Satu dari: {', '.join(map(_option, ANSWERS))}.")
    ],
    note: Note = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tanggapi keberatan atau kejadian khusus; anggota PPK yang menanggungnya, --catatan memuat kata-katanya.

    Bila keberatan atas salinan diterima, planonya dibetulkan (`pleno betulkan --jenis formulir`) atau dihitung ulang.
    """
    from pleno.service import keberatan

    with opened(folder) as session:
        new = next((one for one in ANSWERS if one.value == _plain(outcome)), None)
        if new is None:
            known = ", ".join(map(_option, ANSWERS))
            raise PlenoError(
                "Penyelesaian tidak dikenal", f'"{outcome}" bukan tanggapan rapat.', f"Pakai salah satu: {known}."
            )
        seq = number(item, _NUMBER)
        entry = with_pin(session, by, from_stdin, lambda proof: keberatan.answer(session, seq, new, note, by, proof))
        done(session, "tanggapi", [entry], as_json)


def withdraw(
    item: Number,
    note: Note = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Cabut keberatan atau kejadian khusus yang ditarik pengajunya atau salah catat, dengan alasannya.

    Ia tetap tercetak di lembar sebagai dibatalkan. NIHIL yang salah catat dicabut dengan nomor entrinya.
    """
    from pleno.service import keberatan

    seq = number(item, _NUMBER)
    with opened(folder) as session:
        entry = with_pin(session, by, from_stdin, lambda proof: keberatan.withdraw(session, seq, note, by, proof))
        done(session, "cabut", [entry], as_json)


def _list(session: Session, every: Sequence[Contest], tps: Tps | None, as_json: bool) -> None:
    from pleno.service import keberatan

    items = [one for form in every for one in keberatan.listed(session, form) if tps is None or one.tps == tps.code]
    names = {form.id for form in every}
    empty = [one for one in session.state.all(Nihil) if one.contest in names and (tps is None or one.tps == tps.code)]
    still = sum(one.is_open for one in items)
    if as_json:
        told = {
            "jumlah": {"baris": len(items), "terbuka": still},
            "keberatan": [_json(one) for one in items],
            "nihil": [{"kontes": one.contest, "tps": one.tps or None, "nomor": one.seq} for one in empty],
        }
        document("keberatan", told)
        return
    where = session.names().tps
    if items:
        heads = ("no", "tempat", "jenis", "pengaju", "baris", "uraian", "keadaan")
        table(
            [Column(head) for head in heads], [_cells(session, one, where.get(one.tps, "kecamatan")) for one in items]
        )
    whole = sum(one.tps == WHOLE for one in empty)
    say(
        f"{len(items)} keberatan/kejadian, {still} belum ditanggapi; NIHIL: {len(empty) - whole} TPS"
        + (f", {whole} lembar kontes." if whole else ".")
    )


def _cells(session: Session, one: Keberatan, place: str) -> list[str]:
    row = session.contests[one.contest].by_name[one.row].code if one.row else ""
    state = f"{one.state.words}: {one.answer}" if one.answer else one.state.words
    return [str(one.seq), place, one.kind.words, pengaju_words(one.pengaju), row, one.note, state]


def _json(one: Keberatan) -> dict[str, object]:
    return {
        "nomor": one.seq,
        "kontes": one.contest,
        "tps": one.tps or None,
        "jenis": one.kind.value,
        "pengaju": one.pengaju,
        "isian": one.row or None,
        "sumber": one.source or None,
        "angka": to_json(one.figure),
        "uraian": one.note,
        "penyelesaian": one.state.value,
        "keterangan": one.answer or None,
        "oleh": one.answerer,
        "jawaban": one.answered,
    }
