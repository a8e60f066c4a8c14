"""ctrl+p: every command of the screen, found by its words."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from pleno.tui.commands import Command
from pleno.tui.screens.base import PlenoScreen


class PaletteOfCommands(Provider):
    """The commands of the screen under the palette."""

    def _commands(self) -> list[Command[Any]]:
        screen = self.screen
        if not isinstance(screen, PlenoScreen):
            return []
        return [command for command in screen.keymap.commands if command.palette]

    def _run(self, command: Command[Any]) -> Any:
        assert isinstance(self.screen, PlenoScreen)
        return partial(self.screen.run_command, command)

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.text(), self._run(command))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands():
            text = command.text()
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), self._run(command))
