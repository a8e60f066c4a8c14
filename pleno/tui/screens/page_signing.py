"""Before a final set is written: are the QR codes of its pages signed with the key of the ketua."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pleno.tui.screens.ask import Ask, Option
from pleno.tui.screens.sign import SignDialog

if TYPE_CHECKING:
    from pleno.tui.screens.closing import ClosingScreen


def ask_page_sign(screen: ClosingScreen, then: Callable[[Any], None]) -> None:
    """Ask, open the key, and go on with what signs the pages; with None where nobody signs or the ketua has no key."""
    who = screen.closing.ketua()
    if who is None:
        then(None)
        return
    opened: list[Any] = []

    def sign(path: Path, words: str) -> str:
        opened.append(screen.closing.page_sign(path, words))
        return ""

    def ask() -> None:
        said = (
            "Kode QR setiap halaman dapat ditandatangani kunci ketua: yang memindainya lalu tahu bahwa jumlahnya "
            "benar dari PPK. Perlu stik dan sandi ketua; tanpa itu set tetap sah."
        )
        options = [Option("k", f"tanda tangani, {who}", "k")]
        screen.app.push_screen(Ask("KODE QR", said, options, "TANPA TANDA TANGAN"), answered)

    def answered(answer: str | None) -> None:
        if answer is None:
            then(None)
        else:
            consequence = f"Kode QR setiap halaman set ini ditandatangani kunci {who}; sesudahnya set langsung ditulis."
            screen.app.push_screen(SignDialog(f"{who} (ketua)", consequence, sign), ended)

    def ended(signed: str | None) -> None:
        if signed is None:
            ask()
        else:
            then(opened[-1])

    ask()
