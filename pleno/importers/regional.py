"""The words of a region by its KPU code, from regional.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pleno.domain.regional import NATIONWIDE, RegionalWords

_TABLE: Final = files("pleno.importers").joinpath("regional.toml")


@cache
def regional(code: str) -> RegionalWords:
    """The words of the region that a code of 2 to 13 digits lies in; NATIONWIDE where it has none of its own."""
    table = _table()
    # In the order of the table, where a longer code stands below a shorter one.
    found = [item["sebutan"] for item in table["wilayah"] if code.startswith(tuple(item["kode"]))]
    instead = {phrase: here for words in found for phrase, here in words.items()}
    return RegionalWords({phrase: phrase for phrase in table["tetap"]} | instead) if instead else NATIONWIDE


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))
