"""Which settings may change during the meeting, how their values are said, and which value is in force.

pleno.toml proposes; an entry makes it count. What the file says anew counts at the next opening, with an entry.
Once the meeting began and the ketua has a PIN, the file cannot ask less in a setting of the ketua: the PIN does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pleno.domain.chain import Json
from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError
from pleno.domain.pin import Pin
from pleno.domain.setting import LABELS, Setting
from pleno.domain.state import Meeting, PlenoState, State
from pleno.importers.limits import BadCell, clean_text, nearest, shown_outside
from pleno.importers.photos import PhotoRule
from pleno.importers.workspace import PAPERS, THEMES, Config, Mode

_FLAGS: Final = {"ya": True, "tidak": False}
_PLACE: Final = "rapat.tempat"
_NOTHING: Final = "-"
"""A text that is not given."""


@dataclass(frozen=True, slots=True)
class SettingRule:
    """One setting that an entry may change."""

    name: str
    """As in pleno.toml with its table."""
    field: str
    """Of Config."""
    values: tuple[str, ...] = ()
    """What it may be; empty for a pattern of photos and for a text."""
    of_ketua: bool = False
    """Whether only the ketua changes it, with a reason."""
    always: bool = False
    """Whether it also changes while the meeting is suspended or closed: it touches no figure and no rule."""

    @property
    def label(self) -> str:
        """Its words for people."""
        return LABELS[self.name]


def _numbers(least: int, most: int) -> tuple[str, ...]:
    return tuple(map(str, range(least, most + 1)))


RULES: Final = (
    SettingRule("meja.pin_sahkan", "pin_sahkan", tuple(_FLAGS), of_ketua=True),
    SettingRule("meja.tanpa_lihat", "tanpa_lihat", tuple(_FLAGS), of_ketua=True),
    SettingRule("segel.ketua", "tanda_tangan_ketua", _numbers(0, 1), of_ketua=True),
    SettingRule("segel.anggota", "tanda_tangan_anggota", _numbers(0, 4), of_ketua=True),
    SettingRule("foto.pola", "pola"),
    SettingRule(_PLACE, "tempat", always=True),
    SettingRule("ekspor.kertas", "kertas", PAPERS, always=True),
    SettingRule("ekspor.kolom_per_halaman", "kolom_per_halaman", _numbers(3, 60), always=True),
    SettingRule("tampilan.tema", "tema", THEMES, always=True),
)
"""In the order they are shown."""


def rule_of(name: str) -> SettingRule:
    """The setting a person names. PlenoError for one that no entry changes."""
    for rule in RULES:
        if rule.name == name:
            return rule
    raise PlenoError(
        "Setelan tidak dikenal",
        f'"{shown_outside(name, 40)}" bukan setelan yang dapat diubah di sini.{nearest(name, LABELS)}',
        "Lihat `pleno setelan`; yang lain diubah di pleno.toml.",
    )


def said(rule: SettingRule, config: Config) -> str:
    """The value of a configuration as people type it: "ya", "F4", "2"."""
    value = getattr(config, rule.field)
    return ("ya" if value else "tidak") if isinstance(value, bool) else str(value) or _NOTHING


def checked(rule: SettingRule, text: str) -> str:
    """A typed value in its one spelling. PlenoError tells what it may be."""
    typed = text.strip()
    if rule.values:
        known = {value.lower(): value for value in rule.values} | {"true": "ya", "false": "tidak"}
        found = known.get(typed.lower())
        if found in rule.values:
            return found
        shown = ", ".join(rule.values) if len(rule.values) < 6 else f"{rule.values[0]} sampai {rule.values[-1]}"
        raise PlenoError("Nilai ditolak", f'{rule.name}: "{shown_outside(typed, 40)}" tidak ada.', f"Pilihan: {shown}.")
    if rule.name == _PLACE:
        return _place(typed)
    try:
        PhotoRule(typed[:100])
    except ValueError as wrong:
        raise PlenoError(
            "Nilai ditolak", f'{rule.name}: "{shown_outside(typed, 40)}" {wrong}', "Misalnya {kode_tps}*."
        ) from None
    return typed[:100]


def _place(typed: str) -> str:
    try:
        return clean_text(typed, _PLACE) or _NOTHING
    except BadCell as bad:
        raise PlenoError("Nilai ditolak", f"{_PLACE}: {bad.message}", 'Misalnya "Aula Kecamatan", atau - .') from None


def with_values(config: Config, values: Mapping[str, str]) -> Config:
    """A configuration with other values of settings; `values` as `checked` gives them, by name."""
    fields: dict[str, Any] = {}
    for rule in RULES:
        if rule.name in values:
            text, old = values[rule.name], getattr(config, rule.field)
            text = "" if text == _NOTHING else text
            fields[rule.field] = _FLAGS[text] if isinstance(old, bool) else int(text) if isinstance(old, int) else text
    return replace(config, **fields)


def initial(config: Config) -> dict[str, Json]:
    """The settings a new workspace begins with, as its first entry keeps them."""
    return {rule.name: said(rule, config) for rule in RULES}


def proposed(config: Config, state: State) -> dict[str, Json]:
    """What pleno.toml says anew since its last entry and may say: name -> [from, to]."""
    found: dict[str, Json] = {}
    guarded = _guarded(config, state)
    for rule in RULES:
        known, now = state.get(Setting, rule.name), said(rule, config)
        if known is None:
            found[rule.name] = [None, now]
        elif known.proposed != now and not (guarded and rule.of_ketua and _is_weaker(known.value, now)):
            found[rule.name] = [known.value, now]
    return found


def in_force(config: Config, state: State) -> Config:
    """`config` as pleno.toml gives it, with what entries say in the place of what they answered."""
    fresh = proposed(config, state)
    recorded = {one.name: one.value for one in state.all(Setting) if one.name not in fresh}
    return with_values(config, recorded)


def _is_weaker(before: str, after: str) -> bool:
    """Whether a setting of the ketua asks less than before: of fewer people, or no more at all."""
    return after == "tidak" if after in _FLAGS else int(after) < int(before)


def _guarded(config: Config, state: State) -> bool:
    """Whether a weaker setting of the ketua waits for the ketua: in a meeting that began, where the ketua has a PIN."""
    began = any(meeting.state is not PlenoState.PERSIAPAN for meeting in state.all(Meeting))
    ketua = next(one for one in config.officers if one.role is Role.KETUA)
    return began and config.mode is not Mode.LATIHAN and state.get(Pin, ketua.id) is not None
