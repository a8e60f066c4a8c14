"""Work that makes objects by the hundred thousand."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bulk() -> Iterator[None]:
    """Spare the search for reference cycles until the work is done; also as a decorator.

    A workbook becomes half a million small tuples that hold no cycle. Python would walk all of them again and again
    while they are made: a quarter of the time of the whole filling.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
