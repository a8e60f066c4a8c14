"""The meeting: who is there, opened, suspended, resumed, closed; and the officers who act."""

from __future__ import annotations

from typing import Annotated

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, contests, opened
from pleno.cli.output import Column, document, say, table
from pleno.cli.pins import PinStdin, with_pin
from pleno.domain.errors import PlenoError
from pleno.domain.state import Kehadiran

Why = Annotated[str, typer.Option("--alasan", metavar="TEKS", help="Alasan atau catatan yang ikut dicatat.")]


def note_presence(
    guest: Annotated[str, typer.Argument(metavar="ID", help="Id pendek orang itu: s1, pws, atau id petugas PPK.")],
    name: Annotated[str | None, typer.Option("--nama", metavar="NAMA", help="Nama lengkap.")] = None,
    stands_for: Annotated[
        str | None,
        typer.Option("--mewakili", metavar="N|panwaslu", help="Nomor urut yang memberi mandat, atau panwaslu."),
    ] = None,
    mandate: Annotated[str | None, typer.Option("--mandat", metavar="NOMOR", help="Nomor surat mandat.")] = None,
    gone: Annotated[bool, typer.Option("--pulang", help="Orang itu meninggalkan rapat.")] = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Catat saksi, Panwaslu atau anggota PPK hadir, atau dengan --pulang meninggalkan rapat.

    Nama, wakil dan mandat cukup disebut sekali untuk setiap orang; anggota PPK dengan id di pleno.toml saja.
    """
    from pleno.service import meeting

    with opened(folder) as session:
        officers = {one.id for one in session.config.officers}
        if guest in officers and name is None and stands_for is None:
            done(session, "hadir", [meeting.note_officer(session, guest, not gone, by)], as_json)
            return
        known = session.state.get(Kehadiran, guest)
        if known is None and (name is None or stands_for is None):
            raise PlenoError(
                "Kehadiran belum lengkap", f'"{guest}" belum pernah tercatat.', "Sebut juga --nama dan --mewakili."
            )
        entry = meeting.note_presence(
            session,
            guest,
            name if name is not None else known.name if known else "",
            stands_for if stands_for is not None else known.stands_for if known else "",
            mandate if mandate is not None else known.mandate if known else "",
            not gone,
            by,
        )
        done(session, "hadir", [entry], as_json)


def open_meeting(
    note: Why = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Buka rapat pleno; rapat yang sudah ditutup dibuka lagi oleh ketua dengan --alasan."""
    from pleno.service import meeting

    with opened(folder) as session:
        entry = with_pin(session, by, from_stdin, lambda proof: meeting.open_meeting(session, by, note, proof))
        done(session, "buka", [entry], as_json)


def suspend(
    note: Why = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Skors rapat; selama diskors tidak ada yang dicatat."""
    from pleno.service import meeting

    with opened(folder) as session:
        entry = with_pin(session, by, from_stdin, lambda proof: meeting.suspend(session, by, note, proof))
        done(session, "skors", [entry], as_json)


def resume(
    note: Why = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Lanjutkan rapat yang diskors."""
    from pleno.service import meeting

    with opened(folder) as session:
        entry = with_pin(session, by, from_stdin, lambda proof: meeting.resume(session, by, note, proof))
        done(session, "lanjut", [entry], as_json)


def close_meeting(
    note: Why = "",
    only_look: Annotated[
        bool, typer.Option("--uji", help="Tunjukkan apa yang belum selesai; rapat tidak ditutup.")
    ] = False,
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tutup rapat pleno; hanya ketua. Yang belum selesai disebut, dengan layar tempat menyelesaikannya."""
    from pleno.service import checklist, meeting

    with opened(folder) as session:
        named = contests(session, kontes)
        left = {one.id: checklist.left_words(checklist.checklist(session, one)) for one in named}
        entries = []
        if not only_look:
            entries.append(
                with_pin(session, by, from_stdin, lambda proof: meeting.close_meeting(session, by, note, proof))
            )
        done(session, "tutup", entries, as_json, {"belum": left})
        if not as_json:
            for name, missing in left.items():
                say(f"{name} belum: {'; '.join(missing)}." if missing else f"{name}: semua selesai.")


def officers(kontes: Kontes = None, folder: Folder = None, as_json: AsJson = False) -> None:
    """Siapa yang dapat bertindak di sini, siapa yang sudah menyetel PIN, dan siapa yang tercatat hadir."""
    from pleno.service.pins import has_pin

    with opened(folder) as session:
        listed = list(session.config.officers)
        guests = list(session.state.all(Kehadiran))
        pins = {one.id: has_pin(session, one.id) for one in listed}
        if as_json:
            document(
                "petugas",
                {
                    "petugas": [
                        {"id": one.id, "nama": one.name, "peran": one.role.value, "pin": pins[one.id]} for one in listed
                    ],
                    "kehadiran": [
                        {
                            "id": one.id,
                            "nama": one.name,
                            "mewakili": one.stands_for,
                            "mandat": one.mandate,
                            "hadir": one.present,
                        }
                        for one in guests
                    ],
                },
            )
            return
        table(
            [Column("id"), Column("nama"), Column("peran"), Column("PIN")],
            [[one.id, one.name, one.role.value, "ada" if pins[one.id] else "-"] for one in listed],
        )
        if guests:
            say("", "Daftar hadir:")
            table(
                [Column("id"), Column("nama"), Column("mewakili"), Column("hadir")],
                [[one.id, one.name, one.stands_for, "ya" if one.present else "tidak"] for one in guests],
            )
