"""The proof for one TPS that a saksi takes home (`b` on Segel & ekspor): which TPS, then where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.domain.errors import PlenoError
from pleno.service.typed_path import typed_path
from pleno.tui.screens.ask import AskText

if TYPE_CHECKING:
    from pleno.domain.state import Tps
    from pleno.tui.screens.closing import ClosingScreen

_TPS, _PLACE = "closing.proof.tps", "closing.proof.place"
"""Under which an unfinished answer is kept."""


def give_proof(screen: ClosingScreen) -> None:
    """Ask for the TPS, prove it by the newest seal, and ask where the file goes."""

    def answered(text: str | None) -> None:
        if text is None:
            return
        try:
            tps, proof = screen.closing.prove(text)
        except PlenoError as error:
            screen.app.keep_text(_TPS, text)
            screen.refuse(error)
        else:
            _ask_place(screen, tps, proof)

    asked = f"TPS mana dari {screen.pleno.contest.profile.name}? Kode 13 angka, atau desa/nomor."
    screen.app.push_screen(AskText("BUKTI UNTUK SAKSI", asked, purpose=_TPS, least=1), answered)


def _ask_place(screen: ClosingScreen, tps: Tps, proof: str) -> None:
    name = screen.pleno.session.tps_name(tps)

    def answered(text: str | None) -> None:
        if text is None:
            return
        try:
            path = screen.closing.write_proof(tps, proof, typed_path(text))
        except PlenoError as error:
            screen.app.keep_text(_PLACE, text)
            screen.refuse(error)
        else:
            screen.tell(f"Bukti {name}", f"{path}", "Kata segel di dalamnya harus sama dengan kertas saksi.")

    asked = "Colok stik saksi. Folder di stik itu, atau nama berkas yang belum ada:"
    screen.app.push_screen(AskText(f"BUKTI {name}", asked, purpose=_PLACE, least=1), answered)
