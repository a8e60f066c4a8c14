"""PINs on the command line: setting one, and asking for one where an act waits for it."""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, opened
from pleno.cli.output import say
from pleno.domain.errors import PlenoError

if TYPE_CHECKING:
    from pleno.service.pins import Verified
    from pleno.service.session import Session

PinStdin = Annotated[
    bool, typer.Option("--pin-stdin", help="Baca PIN dari masukan standar, satu baris setiap PIN, tanpa bertanya.")
]

T = TypeVar("T")

_LONGEST_LINE: Final = 200
"""Characters of standard input looked at for one PIN; what is longer is none."""


def set_pin(
    person: Annotated[str, typer.Argument(metavar="ID", help="Petugas yang PIN-nya disetel, seperti di pleno.toml.")],
    reason: Annotated[
        str,
        typer.Option("--alasan", metavar="TEKS", help="Mengapa ketua menyetel ulang PIN orang lain; ikut tercetak."),
    ] = "",
    key_file: Annotated[
        Path | None,
        typer.Option("--kunci", metavar="FILE", help="Berkas kunci ketua, untuk PIN orang lain yang hilang."),
    ] = None,
    second: Annotated[
        str | None,
        typer.Option("--bersama", metavar="ID", help="Anggota PPK kedua, untuk PIN ketua yang hilang."),
    ] = None,
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Beri seorang petugas PIN 6 angka buatan pleno; yang sudah punya PIN mengetik PIN lamanya dulu.

    PIN yang lupa atau terkunci disetel ulang ketua dengan --oleh ID ketua, --alasan, dan --kunci: sandi kuncinya
    ditanyakan. PIN ketua yang hilang disetel dua anggota PPK, --oleh dan --bersama, dengan PIN masing-masing.
    Keduanya tercatat DARURAT dan tercetak di lembar kejadian khusus. PIN baru tampil sekali dan diketik ulang
    pemiliknya; dengan --pin-stdin ia ditulis ke keluaran.
    """
    from pleno.service import pins

    with opened(folder) as session:

        def first_may(proof: Verified | None) -> Verified | None:
            try:
                pins.require_settable(session, person, proof, by, reason)
            except pins.SecondNeeded:
                if second is None:
                    raise
            except pins.PassphraseNeeded:
                if key_file is None or by is None:
                    raise
                words = ask_pin(f"Sandi kunci {by} (lima kata)", from_stdin)
                return pins.verify_passphrase(session, by, key_file, words)
            return proof

        proof = with_pin(session, by or person, from_stdin, first_may)

        def both_may(other: Verified | None) -> Verified | None:
            pins.require_settable(session, person, proof, by, reason, other)
            return other

        other = with_pin(session, second, from_stdin, both_may)
        new = pins.draw_pin()
        if not from_stdin:
            _learn(f"PIN baru {session.names().called(person)}", new)
        entry = pins.set_pin(session, person, new, proof, by, reason, other)
        done(session, "pin", [entry], as_json, {"pin": new} if from_stdin else None)
        if from_stdin and not as_json:
            say(f"PIN baru: {new}")


def _learn(title: str, pin: str) -> None:
    """Show a new PIN on a page of its own until its owner has typed it; nothing of it stays on the terminal.

    PlenoError where there is no terminal, and for another PIN.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True)
    if not console.is_terminal:
        raise PlenoError("PIN diperlukan", f"{title}: di sini tidak ada terminal.", "Pakai --pin-stdin.")
    with console.screen(hide_cursor=False):
        console.print(
            Text(f"{title}:  {pin[:3]} {pin[3:]}\n\nHanya pemiliknya yang melihat dan menghafal; tampil sekali ini.\n")
        )
        typed = ask_pin("Ketik PIN itu", from_stdin=False)
    if typed.replace(" ", "") != pin:
        raise PlenoError("PIN tidak sama", "Yang diketik bukan PIN baru itu; tidak ada yang disetel.", "Ulangi.")


def with_pin(session: Session, person: str | None, from_stdin: bool, act: Callable[[Verified | None], T]) -> T:
    """Do an act; where it waits for a PIN, ask the one of `person` and do it with that.

    PlenoError as the act gives it, so that nobody is asked for an act that would be refused anyway.
    """
    from pleno.domain.pin import PinNeeded

    try:
        return act(None)
    except PinNeeded:
        if person is None:
            raise
        return act(_recognised(session, person, from_stdin))


def _recognised(session: Session, person: str, from_stdin: bool) -> Verified:
    from pleno.service.pins import verify_pin

    return verify_pin(session, person, ask_pin(f"PIN {session.names().called(person)}", from_stdin))


def ask_pin(prompt: str, from_stdin: bool) -> str:
    """One PIN, typed unseen at the terminal or as the next line of standard input.

    PlenoError where there is neither: nothing waits for a person who is not there.
    """
    if sys.stdin is None or not (from_stdin or sys.stdin.isatty()):
        raise PlenoError("PIN diperlukan", f"{prompt}: di sini tidak ada terminal.", "Pakai --pin-stdin.")
    try:
        return _line() if from_stdin else _unseen(prompt)
    except (EOFError, UnicodeDecodeError, getpass.GetPassWarning) as error:
        said = f"{prompt}: tidak ada yang dapat dibaca tanpa terlihat."
        raise PlenoError("PIN tidak dibaca", said, "Satu baris setiap PIN; ulangi perintahnya.") from error


def _line() -> str:
    line = sys.stdin.readline(_LONGEST_LINE)
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _unseen(prompt: str) -> str:
    with warnings.catch_warnings():
        # Where the echo cannot be switched off, getpass warns and goes on in the open.
        warnings.simplefilter("error", getpass.GetPassWarning)
        return getpass.getpass(f"{prompt}: ")
