"""`make soak`: a whole day at the desk (pleno_day.py), then its figures; ends 1 when a promise was broken.

Usage: long.py [TPS]   603 without a number.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from soak.pleno_day import CONTESTS, HOURS, TPS, Day, growth, resident

from pleno.service import backup, sealing
from pleno.service.verify import verify_workspace
from pleno.store import Occupant, Store, inspect
from pleno.tui.gateway import Pleno

MOST: Final = 0.10
"""Share by which memory may have grown after the warm-up."""


def lost(day: Day) -> list[int]:
    """Entries that the desk was shown as saved and that are not there, or are others."""
    with Store.open(day.folder / "kec" / "data" / "pleno.db", Occupant("soak", 0, "")) as store:
        there = {entry.seq: entry.hash for entry in store.entries()}
    return [seq for seq, hash_ in day.promised.items() if there.get(seq) != hash_]


def fresh(folder: Path) -> int:
    """Bytes that a program takes that has just opened the workspace, looked at every contest and sealed once."""
    code = "import sys; from pathlib import Path; from soak.long import opened; print(opened(Path(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True, encoding="utf-8")
    return int(done.stdout)


def opened(folder: Path) -> int:
    """The same, in this process."""
    pleno = Pleno.open(folder)
    try:
        for contest in CONTESTS:
            pleno.choose(contest)
            pleno.status()
        sealing.seal(pleno.session, "0417", "op1")
        backup.copy_seal(pleno.session, "op1")
        return resident()
    finally:
        pleno.close()


def main(words: list[str]) -> int:
    """Run a day and print what it came to."""
    with tempfile.TemporaryDirectory(prefix="pleno-soak-") as place:
        day, began = Day(Path(place), int(words[0]) if words else TPS), time.monotonic()
        day.work()
        spent = time.monotonic() - began
        database = Path(place) / "kec" / "data" / "pleno.db"
        missing, found = lost(day), inspect(database)
        outcome, grown = verify_workspace(Path(place) / "kec").outcome, growth(day.rss)
        size = database.stat().st_size
        beyond = day.rss[-1] / fresh(Path(place) / "kec") - 1
        print(f"{day.tps} TPS, {HOURS} hours in {spent:.0f} s: " + ", ".join(f"{n} {w}" for w, n in day.counts.items()))
        print(f"entries {found.entries}, promised {len(day.promised)}, lost {len(missing)}, verification {outcome}")
        print(f"pleno.db {size:,} bytes")
        print("memory MB after each desa: " + " ".join(f"{rss / 1e6:.0f}" for rss in day.rss))
        print(f"memory after the warm-up {grown:+.1%} (at most {MOST:+.0%})")
        print(f"memory beyond a program that has just opened the same {beyond:+.1%} (at most {MOST:+.0%})")
    return 1 if missing or found.damaged or max(grown, beyond) > MOST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
