"""PINs on the command line: setting one, and asking for one where an act waits for it."""

from __future__ import annotations

import getpass
import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, opened
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
    """Setel PIN 6 angka seorang petugas; yang sudah punya PIN mengetik PIN lamanya dulu.

    PIN yang lupa atau terkunci disetel ulang ketua dengan --oleh ID ketua dan --alasan, memakai PIN ketua. PIN ketua
    yang hilang disetel dua anggota PPK, --oleh dan --bersama, dengan PIN masing-masing. Keduanya tercatat DARURAT
    dan tercetak di lembar kejadian khusus.
    """
    from pleno.service import pins

    with opened(folder) as session:

        def first_may(proof: Verified | None) -> Verified | None:
            try:
                pins.require_settable(session, person, proof, by, reason)
            except pins.SecondNeeded:
                if second is None:
                    raise
            return proof

        proof = with_pin(session, by or person, from_stdin, first_may)

        def both_may(other: Verified | None) -> Verified | None:
            pins.require_settable(session, person, proof, by, reason, other)
            return other

        other = with_pin(session, second, from_stdin, both_may)
        new = ask_pin(f"PIN baru {person}", from_stdin)
        if not from_stdin and ask_pin("Ulangi PIN baru", from_stdin) != new:
            raise PlenoError("PIN tidak sama", "Kedua ketikan PIN baru berbeda.", "Ulangi perintahnya.")
        done(session, "pin", [pins.set_pin(session, person, new, proof, by, reason, other)], as_json)


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
