"""Rows T, K, S and N of TRUST.md section 8 that are files: each judged within 5 s and 300 MB, like the rows of
tests/importers/test_bad_bounds.py, by one process with limits of the system upon it."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from importers.test_bad_bounds import SECONDS, _limit
from signing.ceremony import Ceremony

TOML, DATABASE = "pleno.toml", Path("data/pleno.db")


def tomls(good: bytes) -> dict[str, bytes]:
    """What pleno.toml may hold, at most 100 kB that is read."""
    return {
        "bad_T01 depth": good + b"a = " + b"[" * 90_000,
        "bad_T01 tables": good + b"".join(b"[a%d.b.c.d]\n" % n for n in range(6_000)),
        "bad_T01 dotted": good + b".".join([b"a"] * 45_000) + b" = 1\n",
        "bad_T01 unknown keys": good + b"".join(b"k%d = 1\n" % n for n in range(9_000)),
        "bad_T01 open text": good + b'x = """' + b"\\\n" * 40_000,
        "bad_T03 10 MB": good + b"#" * 10_000_000,
        "bad_T03 integer": good + b"x = " + b"9" * 90_000,
        "bad_T03 not UTF-8": good + b"\xff" * 90_000,
        "bad_N06 invisible": good.replace(b'kode = "', 'kode = "\u202e\u200b'.encode() * 1, 1),
        "bad_N08 marks": good.replace(b'kecamatan = "', b'kecamatan = "a' + "\u0301".encode() * 40_000, 1),
    }


def keys(good: bytes) -> dict[str, bytes]:
    """Key files, and what else may lie under that name."""
    fields = json.loads(good)
    return {
        "bad_K01 cut": good[: len(good) // 2],
        "bad_K01 N is 2^30": json.dumps({**fields, "n": 2**30}).encode(),
        "bad_K01 r is 2^20": json.dumps({**fields, "r": 2**20}).encode(),
        "bad_K01 50 MB": good + b" " * 50_000_000,
        "bad_K01 depth": b"[" * 15_000,
        "bad_K01 digits": json.dumps(fields).replace("131072", "9" * 9_000).encode(),
        "bad_K01 wrong passphrase": good,
    }


def _spoilt(good: Path, *statements: str) -> Callable[[Path], object]:
    def spoil(path: Path) -> None:
        shutil.copyfile(good, path)
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA synchronous = OFF")
            for statement in statements:
                database.execute(statement)

    return spoil


def databases(good: Path) -> dict[str, Callable[[Path], object]]:
    """Databases as bytes and as what SQLite makes of them."""
    content, chance = good.read_bytes(), random.Random(8)
    fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
    return {
        "bad_S01 text": lambda path: path.write_bytes(b"kode_tps;suara.1\n" * 999_999),
        "bad_S01 zeros": lambda path: (path.write_bytes(b"SQLite format 3\0"), os.truncate(path, 99_000_000)),
        "bad_S02 chance": lambda path: path.write_bytes(content[:100] + chance.randbytes(9_000_000)),
        "bad_S02 tail": lambda path: path.write_bytes(content + chance.randbytes(9_000_000)),
        "bad_S03 newer": _spoilt(good, "PRAGMA user_version = 2147483647"),
        "bad_S04 large table": _spoilt(good, "CREATE TABLE asing (x)", f"INSERT INTO asing {fill} SELECT i FROM n"),
        "bad_S04 endless view": _spoilt(good, f"CREATE VIEW lihat AS {fill.replace('300000', '1e15')} SELECT i FROM n"),
        "bad_S04 many objects": _spoilt(good, *(f"CREATE TABLE t{n} (x)" for n in range(600))),
        "bad_S07 page size": _spoilt(good, "PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM"),
        "bad_S08 large entry": _spoilt(
            good, *_dropped(good), "PRAGMA ignore_check_constraints = ON",
            "INSERT INTO journal SELECT seq + 1, hash, '{\"kind\":\"' || hex(zeroblob(20000000)) || '\"}',"
            " randomblob(32) FROM journal ORDER BY seq DESC LIMIT 1",
        ),
        "bad_S08 deep entry": _spoilt(
            good, *_dropped(good), "PRAGMA ignore_check_constraints = ON",
            "INSERT INTO journal SELECT seq + 1, hash, replace(hex(zeroblob(500000)), '0', '['),"
            " randomblob(32) FROM journal ORDER BY seq DESC LIMIT 1",
        ),
    }  # fmt: skip


def _dropped(good: Path) -> list[str]:
    with closing(sqlite3.connect(good)) as database:
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    return [f'DROP TRIGGER "{name}"' for (name,) in names]


def _sparse(path: Path, size: int) -> None:
    path.touch()
    os.truncate(path, size)


def bundles() -> dict[str, Callable[[Path], object]]:
    """What may be done to a signed set that a stick brought."""
    return {
        "bad_K02 signature of 400 MB": lambda folder: _sparse(folder / "SHA256SUMS.1.p7s", 400_000_000),
        "bad_K02 signature of nested lengths": lambda folder: (folder / "SHA256SUMS.1.p7s").write_bytes(
            b"\x30\x84\x7f\xff\xff\xff" * 50_000
        ),
        "bad_K03 certificate of 400 MB": lambda folder: _sparse(folder / "sertifikat" / "1.crt", 400_000_000),
        "bad_K04 manifest of 400 MB": lambda folder: _sparse(folder / "manifest.json", 400_000_000),
        "bad_K04 deep manifest": lambda folder: (folder / "manifest.json").write_bytes(b"[" * 900_000),
        "bad_K04 a million sums": lambda folder: (folder / "SHA256SUMS").write_bytes(
            b"".join(b"%064x  berkas-%d\n" % (n, n) for n in range(300_000))
        ),
        "bad_K04 sums of 400 MB": lambda folder: _sparse(folder / "SHA256SUMS", 400_000_000),
        "bad_K04 figures of 400 MB": lambda folder: _sparse(folder / "data" / "angka.json", 400_000_000),
        "bad_K04 sheet of 400 MB": lambda folder: _sparse(next(iter(folder.glob("D.HASIL*.xlsx"))), 400_000_000),
        "bad_K04 many files": lambda folder: [(folder / f"{n}.txt").touch() for n in range(2_000)],
    }


def made(folder: Path, ceremony: Ceremony) -> Iterator[tuple[str, str, Path]]:
    """Every row as a file: name of the case, how it is judged, and where it lies."""
    for name, data in tomls((ceremony.folder / TOML).read_bytes()).items():
        place = folder / name / TOML
        place.parent.mkdir()
        place.write_bytes(data)
        yield name, "toml", place.parent
    for name, data in keys(next(iter(sorted(ceremony.stick.rglob("*.kunci")))).read_bytes()).items():
        place = folder / f"{name}.kunci"
        place.write_bytes(data)
        yield name, "kunci", place
    for name, spoil in databases(ceremony.folder / DATABASE).items():
        place = folder / f"{name}.db"
        spoil(place)
        yield name, "verifikasi", place
    for name, spoil in bundles().items():
        place = Path(shutil.copytree(ceremony.bundle, folder / name))
        spoil(place)
        yield name, "verifikasi", place


def _judge(lines: list[str]) -> None:
    """The process with limits: how each was answered, and the seconds of the processor it took."""
    from pleno.domain.errors import PlenoError
    from pleno.importers.workspace import load_config
    from pleno.service.signing import open_key
    from pleno.service.verify import verify

    acts: Final[dict[str, Callable[[Path], object]]] = {
        "toml": load_config,
        "kunci": lambda path: open_key(path, "lima kata dari amplop ini", "ppk1"),
        "verifikasi": lambda path: verify(path).outcome.value,
    }
    for line in lines:
        name, act, place = json.loads(line)
        began = time.process_time()
        _limit(began)
        try:
            said = str(acts[act](Path(place)))[:40]
        except PlenoError as error:
            said = error.title
        spent = round(time.process_time() - began, 2)
        print(json.dumps({"name": name, "seconds": spent, "said": said}), flush=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_every_file_of_the_other_rows_is_judged_within_the_limits(ceremony: Ceremony, tmp_path: Path) -> None:
    cases = list(made(tmp_path, ceremony))
    code = "import sys; from border import test_bad_limits as t; t._judge(sys.stdin.read().splitlines())"
    here = Path(__file__).parents
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="\n".join(json.dumps([name, act, str(place)]) for name, act, place in cases),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here[1]), str(here[2])])},
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    answers: dict[str, Any] = {answer["name"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    missing = next((name for name, _act, _place in cases if name not in answers), None)
    assert missing is None, f"{missing}: ended with {done.returncode}\n{done.stderr[-2_000:]}"
    slow = [answer for answer in answers.values() if answer["seconds"] >= SECONDS]
    assert slow == []
    whole = {name for name, told in answers.items() if told["said"].startswith(("utuh", "ekor", "Config("))}
    assert whole == {"bad_S02 tail", "bad_S07 page size"}, answers  # SQLite reads no byte behind its last page
