"""Photos of the plano: listed, tied to their TPS, taken off, shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.entries import done, entry_json
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, OnlyTps, number, opened
from pleno.cli.output import Column, document, say, table
from pleno.domain.errors import PlenoError
from pleno.domain.words import ranges

if TYPE_CHECKING:
    from pleno.domain.photo import Photo
    from pleno.domain.state import Tps
    from pleno.service.photos import Album, PhotoLine
    from pleno.service.session import Session


def photos(
    file: Annotated[str | None, typer.Argument(metavar="BERKAS", help="Nama satu berkas di data/foto.")] = None,
    tps: OnlyTps = None,
    page: Annotated[str | None, typer.Option("--halaman", metavar="N", help="Halaman formulir di foto itu.")] = None,
    link_all: Annotated[
        bool, typer.Option("--kaitkan", help="Kaitkan semua berkas yang namanya menyebut TPS.")
    ] = False,
    unlink: Annotated[bool, typer.Option("--lepaskan", help="Lepaskan BERKAS dari TPS-nya; perlu --alasan.")] = False,
    show: Annotated[bool, typer.Option("--buka", help="Buka BERKAS dengan penampil gambar sistem.")] = False,
    reason: Annotated[str, typer.Option("--alasan", metavar="TEKS", help="Mengapa foto dilepaskan.")] = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Daftar foto plano di data/foto: yang terkait, siap dikaitkan, berubah, hilang, ditolak, dan TPS tanpa foto.

    --kaitkan mengaitkan menurut nama ([foto] pola); BERKAS --tps TPS mengaitkan satu berkas apa pun namanya.
    """
    from pleno.service import photos as service

    if link_all + unlink + show > 1 or (file is None) == (unlink or show or tps is not None) or (link_all and file):
        raise PlenoError(
            "Perintah belum jelas",
            "Pakai satu saja: tanpa BERKAS (daftar), --kaitkan, BERKAS --tps, BERKAS --lepaskan, atau BERKAS --buka.",
            "Lihat `pleno foto --help`.",
        )
    with opened(folder) as session:
        if link_all:
            _link_all(session, by, as_json)
        elif file is None:
            _list(service.album(session, thorough=True), session, as_json)
        elif unlink:
            done(session, "foto", [service.unlink(session, _name(session, file), reason, by)], as_json)
        elif show:
            photo = _photo(session, _name(session, file))
            service.open_photo(session, photo)
            if as_json:
                document("foto", {"dibuka": photo.name})
        elif tps is not None:
            which = number(page, "Halaman") if page is not None else None
            name = _name(session, file)
            entry = service.link(session, name, session.tps(tps), session.contest(kontes), by, which)
            done(session, "foto", [entry], as_json)


def _name(session: Session, file: str) -> str:
    """The name in data/foto of a file that was named alone or with its folder."""
    from pleno.service.photos import folder_of

    path = Path(file)
    here = len(path.parts) > 1 and path.parent.resolve() == folder_of(session).resolve()
    return path.name if here else file


def _photo(session: Session, name: str) -> Photo:
    from pleno.domain.photo import Photo

    found = session.state.get(Photo, name)
    if found is None:
        raise PlenoError("Foto tidak terkait", f'"{name}" tidak terkait TPS mana pun.', "Lihat `pleno foto`.")
    return found


def _link_all(session: Session, by: str | None, as_json: bool) -> None:
    from pleno.service import photos as service

    entries, refused = service.link_all(session, by)
    if as_json:
        names = session.names()
        told = {
            "entri": [entry_json(entry, names) for entry in entries], "ditolak": [_json(line) for line in refused]
        }  # fmt: skip
        document("foto", told)
        return
    done(session, "foto", entries, as_json)
    say(f"{len(entries)} foto dikaitkan, {len(refused)} tidak.")
    say(*(f"{line.name}: {line.why}" for line in refused))


def _list(album: Album, session: Session, as_json: bool) -> None:
    from pleno.service.photos import Standing

    counts = {standing.value: len(album.of(standing)) for standing in Standing}
    if as_json:
        without = [{"kontes": contest.id, "tps": [one.code for one in missing]} for contest, missing in album.without]
        document("foto", {"jumlah": counts, "foto": [_json(line) for line in album.lines], "tanpa_foto": without})
        return
    if album.lines:
        heads = ("berkas", "keadaan", "TPS", "hal.", "keterangan")
        table([Column(head) for head in heads], [_cells(session, line) for line in album.lines])
    say(", ".join(f"{count} {word}" for word, count in counts.items()) + ".")
    for contest, missing in album.without:
        say(f"Tanpa foto {contest.profile.name}, {len(missing)} TPS: {_named(session, missing)}.")
    if counts[Standing.SIAP]:
        say("Kaitkan yang siap: `pleno foto --kaitkan`.")


def _named(session: Session, missing: tuple[Tps, ...]) -> str:
    """ "PULAU PANGGANG 001-018, PULAU KELAPA 002"."""
    desa: dict[str, list[int]] = {}
    for tps in missing:
        desa.setdefault(tps.desa, []).append(tps.number)
    return ", ".join(f"{session.desa[code].name} {ranges(numbers)}" for code, numbers in desa.items())


def _cells(session: Session, line: PhotoLine) -> list[str]:
    place = session.tps_name(line.tps) if line.tps is not None else ""
    return [line.name, line.standing.value, place, str(line.page or ""), line.why]


def _json(line: PhotoLine) -> dict[str, object]:
    return {
        "nama": line.name,
        "keadaan": line.standing.value,
        "tps": line.tps.code if line.tps is not None else None,
        "kontes": line.contest or None,
        "halaman": line.page,
        "pesan": line.why or None,
    }
