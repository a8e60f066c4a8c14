"""Settings as the screens know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.domain.state import Person
from pleno.service import settings
from pleno.service.pins import Verified
from pleno.service.setting_rules import SettingRule, rule_of
from pleno.service.settings import SettingLine

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class SettingsGateway:
    """The settings of one workspace."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    def lines(self) -> list[SettingLine]:
        """Every setting in force and where it comes from."""
        return settings.settings(self._pleno.session)

    def rule(self, name: str) -> SettingRule:
        """What a changeable setting may be. PlenoError for one that no entry changes."""
        return rule_of(name)

    def ketua(self) -> Person:
        return settings.ketua_of(self._pleno.session)

    def change(self, name: str, value: str, by: str | None, note: str = "", proof: Verified | None = None) -> None:
        """Make another value count; `by` None: whoever sits at the keys. PlenoError as the service."""
        settings.change(self._pleno.session, name, value, by or self._pleno.by, note, proof)
