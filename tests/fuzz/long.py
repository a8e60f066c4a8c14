"""`make fuzz`: every target of targets.py under atheris, which steers by the code it reaches.

    python tests/fuzz/long.py [--seconds N] [TARGET ...]      one process a target, one after the other
    python tests/fuzz/long.py --one TARGET FOLDER N           a single target, by the process above

What it finds is put into tests/fixtures/fuzz/TARGET, small, and is from then on tried by every test run.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

SECONDS: Final = 600
"""For each target."""
LARGEST: Final = 300_000
"""Bytes of one try: the small database that one target starts from, and some more."""
MEGABYTES: Final = 1_500
"""Of the process; atheris itself and its tables take some hundred."""
SLOWEST: Final = 5
"""Seconds for one try (TRUST.md section 8)."""


def one(name: str, folder: Path, seconds: int) -> None:
    """Fuzz one target from its seeds in `folder`; the process ends at the first finding."""
    import atheris

    # What is imported in here is what the fuzzer steers by.
    with atheris.instrument_imports(include=["pleno"]):
        from fuzz.targets import TARGETS

    target = TARGETS[name]
    corpus = folder / "benih"
    corpus.mkdir(exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={seconds}",
            f"-max_len={LARGEST}",
            f"-timeout={SLOWEST}",
            f"-rss_limit_mb={MEGABYTES}",
            f"-artifact_prefix={folder}/temuan-",
            "-print_final_stats=1",
            "-verbosity=0",
            "-close_fd_mask=1",
        ],
        lambda data: target.feed(data) and None,
    )
    atheris.Fuzz()


def run(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own and print its line; whether nothing was found."""
    from fuzz.targets import FINDINGS

    with tempfile.TemporaryDirectory(prefix="pleno-fuzz-") as place:
        folder = Path(place)
        words = [sys.executable, __file__, "--one", name, str(folder), str(seconds)]
        done = subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", check=False)
        tries = re.search(r"stat::number_of_executed_units:\s*([0-9]+)", done.stderr)
        found = sorted(folder.glob("temuan-*"))
        for path in found:
            kept = FINDINGS / name / path.name.removeprefix("temuan-")[:24]
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(path.read_bytes())
        count = int(tries[1]) if tries else 0
        print(f"{name:15} {seconds:>5} s {count:>10,} tries  {len(found)} found", flush=True)
        if found or done.returncode or not count:
            print(done.stderr[-3_000:], flush=True)
            return False
    return True


def main(words: list[str]) -> int:
    """The command; 1 where something was found."""
    if words[:1] == ["--one"]:
        one(words[1], Path(words[2]), int(words[3]))
        return 0
    from fuzz.targets import TARGETS

    seconds = SECONDS
    if words[:1] == ["--seconds"]:
        seconds, words = int(words[1]), words[2:]
    if unknown := set(words) - set(TARGETS):
        print(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(TARGETS)}.")
        return 2
    results = [run(name, seconds) for name in words or TARGETS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
