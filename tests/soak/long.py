"""`make soak`: a whole day at the desk (pleno_day.py), then its figures; ends 1 when a promise was broken.

Usage: long.py [TPS]   603 without a number.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from soak.pleno_day import HOURS, TPS, Day, growth

from pleno.service.verify import verify_workspace
from pleno.store import Occupant, Store, inspect

MOST: Final = 0.10
"""Share by which memory may have grown after the warm-up."""


def lost(day: Day) -> list[int]:
    """Entries that the desk was shown as saved and that are not there, or are others."""
    with Store.open(day.folder / "kec" / "data" / "pleno.db", Occupant("soak", 0, "")) as store:
        there = {entry.seq: entry.hash for entry in store.entries()}
    return [seq for seq, hash_ in day.promised.items() if there.get(seq) != hash_]


def main(words: list[str]) -> int:
    """Run a day and print what it came to."""
    with tempfile.TemporaryDirectory(prefix="pleno-soak-") as place:
        day, began = Day(Path(place), int(words[0]) if words else TPS), time.monotonic()
        day.work()
        spent = time.monotonic() - began
        database = Path(place) / "kec" / "data" / "pleno.db"
        missing, found = lost(day), inspect(database)
        outcome, grown = verify_workspace(Path(place) / "kec").outcome, growth(day.rss)
        print(f"{day.tps} TPS, {HOURS} hours in {spent:.0f} s: " + ", ".join(f"{n} {w}" for w, n in day.counts.items()))
        print(f"entries {found.entries}, promised {len(day.promised)}, lost {len(missing)}, verification {outcome}")
        print(f"pleno.db {database.stat().st_size:,} bytes")
        print("memory MB after each desa: " + " ".join(f"{rss / 1e6:.0f}" for rss in day.rss))
        print(f"memory after the warm-up {grown:+.1%} (at most {MOST:+.0%})")
    return 1 if missing or found.damaged or grown > MOST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
