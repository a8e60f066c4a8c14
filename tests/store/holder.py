"""A program that holds a workspace until its standard input ends: `python holder.py PATH read|write`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from store.samples import TPS, saved

from pleno.domain.state import Meeting
from pleno.store import Occupant, Store

path, how = Path(sys.argv[1]), sys.argv[2]
with Store.open(path, Occupant("op1", os.getpid(), "2024-02-17T14:30:12.000+07:00")) as store:
    if how == "write":
        store.append(saved(store.state, TPS[0], {"suara.1": 1}))
    else:
        assert list(store.state.all(Meeting))
    print("siap", flush=True)
    sys.stdin.read()
