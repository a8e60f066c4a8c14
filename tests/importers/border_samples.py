"""A small workspace and files for it: what the tests of the input border share."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from pleno.domain.contest import Choice, Contest
from pleno.domain.state import Tps
from pleno.importers.files import parse_files
from pleno.importers.parsed import ParsedFile, RefusedFile, Target
from pleno.importers.profile import load_profile

FIXTURES = Path(__file__).parents[1] / "fixtures"
SIREKAP_OBJECTS = FIXTURES / "sirekap"

PPWP = Contest(
    load_profile("pemilu2024-ppwp"),
    (Choice(1, "ANIES", "100025"), Choice(2, "PRABOWO", "100026"), Choice(3, "GANJAR", "100027")),
)
SITUNG = Contest(load_profile("pemilu2019-ppwp"), (Choice(1, "JOKOWI", "21"), Choice(2, "PRABOWO", "22")))
WALIKOTA = Contest(load_profile("pilkada2024-walikota"), (Choice(1, "A", "1001091"), Choice(2, "B", "1001092")))
GUBERNUR = Contest(load_profile("pilkada2024-gubernur"), (Choice(1, "C", "1000759"), Choice(2, "D", "1000760")))

DESA = {"3101011001": "PULAU KELAPA", "3101011002": "PULAU HARAPAN", "3101011003": "PULAU PANGGANG"}
CODES = tuple(f"{desa}{number:03}" for desa in DESA for number in range(1, 10))
TPS_1, TPS_2, TPS_3 = CODES[:3]


def target(*contests: Contest, source: str = "sirekap", **options: Any) -> Target:
    """The workspace of the tests: kecamatan 310101, three desa of nine TPS, PPWP unless told otherwise."""
    roster = {code: Tps(code, code[:10], int(code[10:])) for code in CODES}
    roster.update(options.pop("more", {}))
    return Target(contests or (PPWP,), roster, DESA, "310101", source, **options)


def sirekap_object(**changes: Any) -> dict[str, Any]:
    """A whole object of a TPS, as Sirekap published them in 2024."""
    return {
        "chart": {"null": None, "100025": 83, "100026": 107, "100027": 38},
        "images": [None, None, None],
        "administrasi": {"suara_sah": 228, "suara_tidak_sah": 5, "suara_total": 233},
        "psu": None,
        "ts": "2024-02-16 16:25:10",
        "status_suara": True,
        "status_adm": True,
    } | changes


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


GOOD_CSV = f"kode_tps,suara.1,suara.2\n{TPS_1},10,20\n".encode()
GOOD_JSON = as_json(sirekap_object())


def zip_of(members: dict[str, bytes] | list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip with these members, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, content)
    return buffer.getvalue()


def parse(folder: Path, name: str, data: bytes, where: Target | None = None) -> ParsedFile | RefusedFile:
    """What a file of this name and content gives."""
    path = folder / name
    path.write_bytes(data)
    (result,) = parse_files([path], where or target())
    return result


def refused(folder: Path, name: str, data: bytes, where: Target | None = None) -> str:
    """The refusal of a file, after asserting that a good file named beside it is still taken."""
    bad, good = folder / name, folder / "baik.csv"
    bad.write_bytes(data)
    good.write_bytes(GOOD_CSV)
    first, second = parse_files([bad, good], where or target())
    assert isinstance(second, ParsedFile)
    assert len(second.readings) == 1
    assert isinstance(first, RefusedFile), first
    assert_for_people(str(first.error))
    return str(first.error)


def assert_for_people(sentence: str) -> None:
    """A refusal is Indonesian text of printable characters, with an advice, and no word of Python."""
    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert not any(word in sentence for word in ("Traceback", "Error", "Exception", "None", "codec"))


def in_child(paths: list[Path], seconds: int = 5, megabytes: int = 300) -> list[str]:
    """How files are judged by a process with bounded memory and time: "n TPS" or the refusal, one a file."""
    code = "import sys; from importers import border_samples; border_samples._judge(sys.argv[1:])"
    search = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parents[2])])
    done = subprocess.run(
        [sys.executable, "-c", code, str(seconds), str(megabytes), *map(str, paths)],
        env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def _judge(arguments: list[str]) -> None:
    seconds, megabytes, *paths = arguments
    if sys.platform != "win32":  # Windows has no such limits; there the outcome alone is tested
        import resource

        # Address space beyond what the interpreter and the modules have taken already.
        taken = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
        limit = taken + int(megabytes) * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    results = parse_files([Path(path) for path in paths], target())
    json.dump([str(r.error) if isinstance(r, RefusedFile) else f"{len(r.readings)} TPS" for r in results], sys.stdout)
