"""No file of the bad-input table takes more than 5 s or 300 MB, whether it is refused or read (TRUST.md section 8).

The files are those of the tests beside this one, and larger ones made here. A process of its own judges them, with
limits of the system upon it: 300 MB beyond what the program takes anyway, 5 s of processor time a file.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from importers import border_samples, workbook_samples
from importers.border_samples import GOOD_JSON, TPS_1, as_json, sirekap_object, zip_of
from importers.workbook_samples import SHEET, Recap, repacked

from pleno.importers.files import parse_file

SECONDS: Final = 5
MEGABYTES: Final = 300
MODULES: Final = {
    "test_bad_format": "xlsx",
    "test_bad_csv": "csv",
    "test_bad_json": "json",
    "test_bad_zip": "zip",
    "test_ooxml": "xlsx",
    "test_workbook_cells": "xlsx",
}
"""Where the small files come from, and as what they are given to the importer."""


def small_files() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name and maker of each file that a test of the table makes."""
    for module, ending in MODULES.items():
        for test in vars(import_module(f"importers.{module}")).values():
            for mark in getattr(test, "pytestmark", ()):
                if mark.name != "parametrize":
                    continue
                for case in mark.args[1]:
                    if str(getattr(case, "id", "")).startswith("bad_") and (make := _maker(case.values[0])):
                        yield f"{case.id}.{ending}", make


def _maker(value: Any) -> Callable[[], bytes] | None:
    if isinstance(value, str):
        return lambda: value.encode("utf-8", "surrogatepass")
    return value if callable(value) else (lambda: value) if isinstance(value, bytes) else None


def _sheet(rows: Iterator[bytes]) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + main + b'"><sheetData>' + b"".join(rows) + b"</sheetData></worksheet>"


def _ones(count: int) -> bytes:
    rows = (b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, count + 1))
    return repacked(Recap().data(), {SHEET: _sheet(rows)})


def _noise(rows: int, columns: int, seed: int = 7) -> bytes:
    """Cells of chance, so that it packs as badly as a file within the limits can."""
    chance = random.Random(seed)
    names = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}".encode() for n in range(columns)]

    def row(number: int) -> bytes:
        cells = (b'<c r="%s%d"><v>%d</v></c>' % (name, number, chance.randrange(1_000)) for name in names)
        return b'<row r="%d">' % number + b"".join(cells) + b"</row>"

    return repacked(Recap().data(), {SHEET: _sheet(row(number) for number in range(1, rows + 1))})


def _styles(count: int) -> bytes:
    chance = random.Random(7)
    style = b"".join(
        b'<xf numFmtId="%d" fontId="%d" fillId="0" borderId="0"/>' % (chance.randrange(50), chance.randrange(60_000))
        for _ in range(count)
    )
    return repacked(Recap().data(), {"xl/styles.xml": lambda old: old.replace(b"</cellXfs>", style + b"</cellXfs>")})


def _strings(count: int) -> bytes:
    return workbook_samples.with_shared_strings(
        Recap().data(), [b"<t>%x</t>" % random.Random(n).getrandbits(200) for n in range(count)]
    )


def _corner() -> bytes:
    """X08: `<dimension>` says the whole sheet, and one cell is in its last corner."""
    rows = iter((b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',))
    return repacked(
        Recap().data(), {SHEET: _sheet(rows).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')}
    )


LARGE: Final[dict[str, Callable[[], bytes]]] = {
    "bad_X07 a million rows.xlsx": lambda: _ones(1_048_576),
    "bad_X07 rows within the limits.xlsx": lambda: _ones(400_000),
    "bad_X07 cells within the limits.xlsx": lambda: _noise(660, 600),
    "bad_X08 far corner.xlsx": _corner,
    "bad_X49 many strings.xlsx": lambda: _strings(60_000),
    "bad_X51 styles.xlsx": lambda: _styles(65_000),
    "bad_C09 rows.csv": lambda: b"kode_tps;suara.1\n" + b"1;2\n" * 5_000_000,
    "bad_C09 one line.csv": lambda: b"kode_tps;suara.1\n" + b"1" * 49_000_000,
    "bad_C05 open quote.csv": lambda: b'kode_tps;suara.1\n"' + b"\n" * 49_000_000,
    "bad_C07 short rows.csv": lambda: b"kode_tps;suara.1\n" + b"1\n" * 499_000,
    "bad_C11 decimals.csv": lambda: b"kode_tps;suara.1\n" + f"{TPS_1};12,0\n".encode() * 499_000,
    "bad_J02 names.json": lambda: b'{"chart":{' + b",".join(b'"%06d":1' % n for n in range(90_000)) + b"}}",
    "bad_J03 deep.json": lambda: b"[" * 999_999,
    "bad_J06 digits.json": lambda: b'{"chart": ' + b"9" * 999_000 + b"}",
    "bad_J07 list of objects.json": lambda: as_json([sirekap_object()] * 3_500),
    "bad_Z03 members.zip": lambda: zip_of({f"{n:013}.json": GOOD_JSON for n in range(20_000)}),
    "bad_Z05 long names.zip": lambda: zip_of({f"{n:013}/{'x' * 240}.json": b"1" for n in range(20_000)}),
    "bad_N10 long text.csv": lambda: b"kode_tps;" + b"a" * 1_000 + b"\n" + b"\xcc\x81" * 10_000_000,
}
"""What is large, or as large as the limits allow."""


def sparse(folder: Path) -> list[Path]:
    """Files that are large without holding anything."""
    paths = [folder / "bad_C09 2 GB.csv", folder / "bad_X07 5 GB.xlsx", folder / "bad_Z03 5 GB.zip"]
    for path in paths:
        with path.open("wb") as file:
            file.truncate(5_000_000_000 if "5" in path.name else 2_000_000_000)
    return paths


def measured(paths: list[Path]) -> dict[str, dict[str, Any]]:
    """How a process with limits fared with the files: refusal or TPS, seconds and peak memory, by name."""
    code = "import sys; from importers import test_bad_bounds; test_bad_bounds._judge(sys.stdin.read().splitlines())"
    here = Path(__file__).parents
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="\n".join(map(str, paths)),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here[1]), str(here[2])]), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    answers = {answer["name"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    missing = next((path.name for path in paths if path.name not in answers), None)
    assert missing is None, f"{missing}: ended with {done.returncode}\n{done.stderr[-2_000:]}"
    return answers


def _judge(names: list[str]) -> None:
    targets = {".xlsx": workbook_samples.target(), "": border_samples.target()}
    parse_file(Path(names[0]), targets[".xlsx"])  # what is imported only when it is used
    for name in names:
        path = Path(name)
        began = time.process_time()
        _limit(began)
        result = parse_file(path, targets.get(path.suffix, targets[""]))
        spent = time.process_time() - began
        print(json.dumps({"name": path.name, "seconds": round(spent, 2), "said": type(result).__name__}), flush=True)


def _limit(now: float) -> None:
    if sys.platform != "win32":  # Windows has no such limits; there the outcome alone is tested
        import resource

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
        limit = taken + MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(now) + SECONDS + 1, resource.RLIM_INFINITY))


def written(folder: Path, files: Iterator[tuple[str, Callable[[], bytes]]]) -> list[Path]:
    """The files in `folder`, under names that every system takes and no two alike."""
    paths = []
    for number, (name, make) in enumerate(files):
        stem, _, ending = name.rpartition(".")
        plain = "".join(char if char.isascii() and (char.isalnum() or char == "_") else "-" for char in stem)[:60]
        paths.append(folder / f"{plain}-{number}-{TPS_1}.{ending}")  # an object is named after its TPS
        paths[-1].write_bytes(make())
    return paths


def test_every_small_file_of_the_table_is_judged_within_the_limits(tmp_path: Path) -> None:
    paths = written(tmp_path, small_files())
    rows = {path.name[4:7] for path in paths}
    assert len(paths) > 180
    assert len(rows) > 60
    answers = measured(paths)
    assert max(answer["seconds"] for answer in answers.values()) < SECONDS


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_is_judged_within_the_limits(tmp_path: Path, name: str) -> None:
    (path,) = written(tmp_path, iter([(name, LARGE[name])]))
    answer = measured([path])[path.name]
    assert answer["seconds"] < SECONDS, answer


def test_a_file_of_gigabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    answers = measured(sparse(tmp_path))
    assert {answer["said"] for answer in answers.values()} == {"RefusedFile"}


def test_the_limits_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes 400 MB, and one that never ends, are seen by the process that judges."""
    if sys.platform == "win32":
        pytest.skip("no limits there")
    for body in ("bytearray(400_000_000)", "[0 for _ in iter(int, 1)]"):
        code = f"from importers import test_bad_bounds as t; t.SECONDS = 0; t._limit(0.0); {body}"
        here = Path(__file__).parents
        ended = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here[1]), str(here[2])])},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode != 0
