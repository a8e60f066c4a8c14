"""What the room does with a TPS on the Meja beside reading it: counting its ballots again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.tui.commands import Command, Group

if TYPE_CHECKING:
    from pleno.tui.screens.desk import DeskScreen


class CountAgain(Command["DeskScreen"]):
    """Penghitungan ulang surat suara TPS ini: angkanya sendiri, menggantikan plano, dengan alasannya."""

    id, keys, group = "desk.recount", ("number_sign",), Group.ACT

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return "TPS ini sudah SAH; r membukanya kembali." if screen.settled else None

    async def run(self, screen: DeskScreen) -> None:
        screen.count_again()
