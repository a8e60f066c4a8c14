"""The whole recap set of a large kecamatan: workbook, PDFs, data and proof pages, written as a draft by a process of
its own, and what memory that process takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench import kecamatan
from bench.result import Result, report
from pleno.service import intake
from pleno.service.session import Session
from pleno.service.setup import create_workspace

SIZE: Final = 603
"""TPS, 40 a desa."""
_EACH: Final = 40
_SECONDS, _MEGABYTES = 10, 200
"""What is promised."""
_CHILD: Final = """
import json, resource, sys
from pathlib import Path
from pleno.service import export
from pleno.service.session import Session
with Session.open(Path(sys.argv[1])) as session:
    (contest,) = session.contests.values()
    export.export(session, contest, draft=True, by="op1")
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def measure(size: int = SIZE) -> Iterator[Result]:
    """Processor time and the most memory, from the first import to the last byte; nothing on Windows, which tells
    neither in this way.
    """
    if sys.platform == "win32":
        return
    with tempfile.TemporaryDirectory() as parent:
        folder = _workspace(Path(parent), size)
        run = subprocess.run([sys.executable, "-c", _CHILD, str(folder)], check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(run.stdout)
    told = f"recap set of {size} TPS"
    yield Result(f"{told} written", seconds, "what is promised", _SECONDS, 1)
    yield Result(f"{told}, most memory", megabytes, "what is promised", _MEGABYTES, 1, "MB")


def _workspace(parent: Path, size: int) -> Path:
    """A meeting in which the plano of every TPS was imported."""
    form = kecamatan.contest()
    files = kecamatan.files(form, size)
    places = [(f"{kecamatan.CODE}{1001 + n // _EACH}", n % _EACH + 1) for n in range(size)]
    names = {code: f"DESA {code[6:]}" for code, _ in places}
    tps = _csv(parent / "tps.csv", "kode_tps,desa,nomor", (f"{d}{n:03},{names[d]},{n}" for d, n in places))
    choices = _csv(
        parent / "pilihan.csv", "kontes,nomor,nama", (f"{form.id},{one.number},{one.name}" for one in form.choices)
    )
    papers = (
        (f"{desa}{number:03}", file.readings["plano"].figures)
        for (desa, number), file in zip(places, files, strict=True)
    )
    plano = _csv(
        parent / "plano.csv", "kode_tps,isian,angka",
        (f"{code},{row},{figure}" for code, figures in papers for row, figure in figures.items()),
    )  # fmt: skip
    folder = create_workspace(parent / "kec", [form.id], kecamatan.CODE, tps, choices)
    with Session.open(folder) as session:
        (taken,) = intake.take(session, [plano], "plano", "op1")
        if taken.refused or len(taken.taken) != size:
            raise AssertionError(taken.remarks[:5])
    return folder


def _csv(path: Path, head: str, lines: Iterator[str]) -> Path:
    path.write_text("\n".join((head, *lines)) + "\n", "utf-8")
    return path


if __name__ == "__main__":
    report(measure())
