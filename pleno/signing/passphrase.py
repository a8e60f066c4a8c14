"""The words that open a key file: five of 2,048 Indonesian ones, 55 bits, made here and shown once."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path
from typing import Final

WORDS: Final = 5

_LIST: Final = Path(__file__).with_name("kata.txt")
_BETWEEN: Final = re.compile(r"[\s-]+")


def new_passphrase() -> str:
    """Words with a space between them."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


def typed(text: str) -> str:
    """A passphrase as it was made, from how people type it: capitals, hyphens and spaces do not count."""
    return " ".join(filter(None, _BETWEEN.split(text.strip().lower())))


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 words."""
    return tuple(_LIST.read_text("utf-8").split())
