"""Keys, and signatures on exported sets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.entries import done, entry_json
from pleno.cli.options import AsJson, Folder, Kontes, Note, Oleh, opened
from pleno.cli.output import Column, document, say, table
from pleno.cli.pins import PinStdin, ask_pin, with_pin
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import sentence
from pleno.domain.signers import spoken_fingerprint

if TYPE_CHECKING:
    from pleno.service.pins import Verified
    from pleno.service.session import Session
    from pleno.service.signing import NewKey, SigningState


_SEAL = "segel"
"""Instead of a folder: the file of the newest seal."""


def key(
    act: Annotated[str, typer.Argument(metavar="buat|daftar|ganti", help="Buat kunci, tunjukkan semua, atau ganti.")],
    person: Annotated[
        str | None, typer.Argument(metavar="ID", help="Pemiliknya: ketua, anggota PPK, atau saksi yang hadir.")
    ] = None,
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder di stik USB pemilik kunci, di luar ruang kerja.")
    ] = None,
    note: Note = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Kunci tanda tangan: `kunci buat ID DIR`, `kunci daftar`, `kunci ganti ID DIR --catatan ALASAN --oleh ID`.

    Sandinya lima kata yang dibuat program dan ditampilkan satu kali: tulis di kertas, simpan di amplop tertutup.
    Sidiknya dibacakan di rapat dan ditulis di kertas setiap saksi. Kunci hilang: ganti, lalu ekspor lagi. Petugas yang
    punya PIN membuat dan mengganti kuncinya sendiri: --oleh dirinya, dengan PIN-nya.
    """
    from pleno.service import signing

    with opened(folder) as session:
        if act == "daftar":
            _list_keys(session, as_json)
            return
        if act not in ("buat", "ganti"):
            raise PlenoError(
                "Perintah tidak dimengerti", f'"{act}" bukan buat, daftar atau ganti.', "Lihat `pleno kunci --help`."
            )
        if person is None or target is None:
            raise PlenoError("Perintah belum lengkap", "ID atau DIR belum disebut.", f"`pleno kunci {act} ID DIR`.")

        def make(proof: Verified | None) -> NewKey:
            if act == "buat":
                return signing.create_key(session, person, target, by, proof)
            return signing.rotate_key(session, person, target, note, by, proof)

        made = with_pin(session, by, from_stdin, make)
        _show_new(session, made, as_json)


def _show_new(session: Session, made: NewKey, as_json: bool) -> None:
    more = {"berkas": str(made.path), "sandi": made.passphrase, "sidik": made.fingerprint}
    done(session, "kunci", [made.entry], as_json, more)
    if not as_json:
        say(f"Berkas kunci: {made.path}")
        say("Sandi, hanya ditampilkan sekali ini; tulis di kertas dan simpan di amplop:", f"    {made.passphrase}")
        say("Sidik, bacakan di rapat dan tulis di kertas setiap saksi:", f"    {spoken_fingerprint(made.fingerprint)}")


def _list_keys(session: Session, as_json: bool) -> None:
    from pleno.service.signers import current_keys, may_sign

    keys = current_keys(session)
    able = may_sign(session)
    if as_json:
        document(
            "kunci",
            {
                "kunci": [
                    {
                        "id": person,
                        "nama": name,
                        "peran": role.value,
                        "sidik": keys[person].fingerprint if person in keys else None,
                    }
                    for person, (name, role) in able.items()
                ]
            },
        )
        return
    config = session.config
    say(
        f"LEMBAR PEMBUKAAN: SIDIK PENANDA TANGAN, PPK {config.kecamatan} ({config.kode})",
        "Bacakan di rapat; setiap saksi menulis atau menyimpan lembar ini. Hanya sidik di sini yang dipercaya.",
        "",
    )
    table(
        [Column("id"), Column("nama"), Column("sebagai"), Column("sidik")],
        [
            [person, name, role, spoken_fingerprint(keys[person].fingerprint) if person in keys else "belum ada"]
            for person, (name, role) in able.items()
        ],
    )


def sign(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="BUNDEL", help='Folder set di data/ekspor, atau salinannya; "segel": berkas segel terakhir.'
        ),
    ],
    key_file: Annotated[
        Path | None, typer.Option("--kunci", metavar="FILE", help="Berkas kunci, atau folder di stik yang memuatnya.")
    ] = None,
    refuses: Annotated[
        bool, typer.Option("--menolak", help="Catat bahwa orang ini menolak menandatangani; alasannya di --catatan.")
    ] = False,
    from_stdin: Annotated[
        bool, typer.Option("--pin-stdin", help="Baca sandi dari masukan standar, satu baris.")
    ] = False,
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tandatangani satu set DITETAPKAN dengan kunci --oleh, atau catat penolakannya; tanpa --oleh: keadaannya.

    Sandi ditanyakan di layar, tidak pernah di baris perintah. Bila syarat di pleno.toml (`[segel] tanda_tangan`)
    terpenuhi, set menjadi DITANDATANGANI. Saksi dan Panwaslu boleh ikut menandatangani.
    """
    from pleno.service import signing

    with opened(folder) as session:
        if str(target) == _SEAL:
            _sign_seal(session, key_file, by, from_stdin, as_json)
            return
        if by is None:
            _show_state(session, signing.signing_state(session, target), as_json)
            return
        if refuses:
            done(session, "tandatangani", [signing.refuse_to_sign(session, target, by, note)], as_json)
            return
        if key_file is None:
            raise _without_key()
        signed = signing.sign(session, target, key_file, ask_pin(f"Sandi kunci {by} (lima kata)", from_stdin), by)
        hint = f"Masih kurang {signed.missing}." if signed.missing else "Set ini DITANDATANGANI."
        if as_json:
            entries = [entry_json(signed.entry, session.names())]
            document("tandatangani", {"n": signed.signer.n, "kurang": signed.missing or None, "entri": entries})
        else:
            done(session, "tandatangani", [signed.entry], False, hint=hint)


def _without_key() -> PlenoError:
    return PlenoError("Perintah belum lengkap", "--kunci belum disebut.", "Colok stik pemilik kunci, sebut berkasnya.")


def _sign_seal(session: Session, key_file: Path | None, by: str | None, from_stdin: bool, as_json: bool) -> None:
    from pleno.service.seal_signing import sign_seal

    if key_file is None or by is None:
        raise _without_key()
    signed = sign_seal(session, key_file, ask_pin(f"Sandi kunci {by} (lima kata)", from_stdin), by)
    if as_json:
        document("tandatangani", {"segel": signed.number, "berkas": list(signed.files)})
    else:
        say(f"Segel {signed.number:02} ditandatangani {signed.signer.name}; ikut di setiap salinan berikutnya.")
        say(*signed.files)


def _show_state(session: Session, state: SigningState, as_json: bool) -> None:
    names = session.names()
    if as_json:
        told = {
            "ekspor": state.sheet.number,
            "status": state.sheet.status.value,
            "sudah": [one.id for one in state.signed],
            "belum": [one.id for one in state.left],
            "kurang": state.missing or None,
            "entri": [entry_json(entry, names) for entry in state.entries],
        }
        document("tandatangani", told)
        return
    say(f"Ekspor {state.sheet.number} {state.sheet.status}; kurang {state.missing or 'tidak ada'}.")
    say(*(f"#{entry.seq} {sentence(entry, names)}" for entry in state.entries))
    say(*(f"belum: {one.name} ({one.role})" for one in state.left))
