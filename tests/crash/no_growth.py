"""Save until a file may not grow any more. Usage: no_growth.py WORKSPACE   Prints what was saved and the refusal."""

from __future__ import annotations

import json
import resource
import sys
from itertools import count
from pathlib import Path

from crash.work import TPS, WHY

from pleno.domain.errors import PlenoError
from pleno.domain.figures import SIREKAP
from pleno.service import reading
from pleno.service.session import Session

folder = Path(sys.argv[1])
limit = (folder / "data" / "pleno.db").stat().st_size + 30_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
with Session.open(folder) as session:
    tps, contest, head = session.roster[TPS[0]], session.contest(None), session.store.head()
    try:
        for number in count():
            reading.record_reading(session, tps, contest, SIREKAP, {"suara.1": number % 300}, "op1", WHY)
            head = session.store.head()
    except PlenoError as error:
        print(json.dumps({"seq": head.seq, "hash": head.hash.hex(), "refused": str(error)}))
