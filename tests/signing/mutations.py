"""What somebody may do to a signed set on its way, each at random and each to be refused (TRUST.md B16)."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from pleno.exporters.bundle import MANIFEST, SUMS

VERIFIERS: Final = ("periksa_pleno.py", "periksa.html")
TEXTS: Final = (
    SUMS,
    MANIFEST,
    "data/angka.csv",
    "data/angka.json",
    "data/rekap.json",
    "data/jejak.jsonl",
    "BACA-SAYA.txt",
)


class Others(NamedTuple):
    """What lies around: another signed set of the same workspace, and the same workbook saved by LibreOffice."""

    newer: Path
    saved_again: Path | None


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def workbook(folder: Path) -> Path:
    return next(folder.glob("*.xlsx"))


def flip(folder: Path, rng: random.Random, _: Others) -> str:
    """One bit of one file."""
    name = rng.choice(names(folder))
    data = bytearray((folder / name).read_bytes())
    at = rng.randrange(len(data))
    data[at] ^= 1 << rng.randrange(8)
    (folder / name).write_bytes(data)
    return f"{name} byte {at}"


def splice(folder: Path, rng: random.Random, _: Others) -> str:
    """Bytes cut out of a file or put into it."""
    name = rng.choice(names(folder))
    data = bytearray((folder / name).read_bytes())
    at, size = rng.randrange(len(data)), rng.randint(1, 9)
    if rng.random() < 0.5:
        del data[at : at + size]
    else:
        data[at:at] = rng.randbytes(size)
    (folder / name).write_bytes(data)
    return f"{name} byte {at}"


def drop(folder: Path, rng: random.Random, _: Others) -> str:
    """One file gone."""
    name = rng.choice(names(folder))
    (folder / name).unlink()
    return name


def add(folder: Path, rng: random.Random, _: Others) -> str:
    """One file more, also one that looks as if it belonged here."""
    name = rng.choice(
        ("catatan.txt", ".tersembunyi", "data/angka2.csv", "SHA256SUMS.9.p7s", "sertifikat/9.crt", "data/lagi/x.csv")
    )
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(rng.randbytes(rng.randrange(2_000)))
    return name


def rename(folder: Path, rng: random.Random, _: Others) -> str:
    """One file under another name."""
    name = rng.choice(names(folder))
    other = rng.choice((f"{name}x", name.upper() if name != name.upper() else f"{name}-1"))
    (folder / other).parent.mkdir(exist_ok=True)
    (folder / name).rename(folder / other)
    return f"{name} -> {other}"


def swap(folder: Path, rng: random.Random, _: Others) -> str:
    """Two files in each other's place, the smaller one filled up: sizes tell nothing."""
    one, other = rng.sample([name for name in names(folder) if name not in VERIFIERS], 2)
    a, b = (folder / one).read_bytes(), (folder / other).read_bytes()
    size = max(len(a), len(b))
    (folder / one).write_bytes(b.ljust(size, b" "))
    (folder / other).write_bytes(a.ljust(size, b" "))
    return f"{one} <-> {other}"


def swap_signatures(folder: Path, rng: random.Random, _: Others) -> str:
    """The signatures of two people in each other's place."""
    one, other = rng.sample([name for name in names(folder) if name.endswith(".p7s")], 2)
    a = (folder / one).read_bytes()
    (folder / one).write_bytes((folder / other).read_bytes())
    (folder / other).write_bytes(a)
    return f"{one} <-> {other}"


def sort_again(folder: Path, rng: random.Random, _: Others) -> str:
    """The lines of a list in another order."""
    name = rng.choice((SUMS, "data/angka.csv", "data/jejak.jsonl"))
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    again = lines[::-1] if rng.random() < 0.5 else rng.sample(lines, len(lines))
    (folder / name).write_bytes(b"".join(again if again != lines else lines[::-1]))
    return name


def carriage_returns(folder: Path, rng: random.Random, _: Others) -> str:
    """A text saved with the other line ends."""
    name = rng.choice(TEXTS)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(b"\r\n", b"\n") if b"\r\n" in data else data.replace(b"\n", b"\r\n"))
    return name


def save_again(folder: Path, rng: random.Random, others: Others) -> str:
    """The workbook opened and saved by LibreOffice; where there is none, its zip written anew."""
    path = workbook(folder)
    if others.saved_again is not None:
        shutil.copyfile(others.saved_again, path)
    else:
        path.write_bytes(path.read_bytes() + b"\0")
    return path.name


def old_manifest(folder: Path, rng: random.Random, others: Others) -> str:
    """This set's lists and signatures over the files of the next export, or the next one's lists over these files."""
    lists = [MANIFEST] if rng.random() < 0.5 else [MANIFEST, SUMS]
    for name in lists:
        shutil.copyfile(others.newer / name, folder / name)
    return ", ".join(lists)


def newer_file(folder: Path, rng: random.Random, others: Others) -> str:
    """A file of the next export in this one."""
    name = rng.choice(("data/angka.json", "data/jejak.jsonl", "BACA-SAYA.txt"))
    shutil.copyfile(others.newer / name, folder / name)
    return name


def other_signature(folder: Path, rng: random.Random, others: Others) -> str:
    """The same person's signature of another set."""
    name = f"{SUMS}.{rng.randint(1, 3)}.p7s"
    shutil.copyfile(others.newer / name, folder / name)
    return name


def other_certificate(folder: Path, rng: random.Random, _: Others) -> str:
    """Somebody else's certificate in the place of a signer's."""
    one, other = rng.sample([1, 2, 3], 2)
    shutil.copyfile(folder / f"sertifikat/{other}.crt", folder / f"sertifikat/{one}.crt")
    return f"sertifikat/{one}.crt"


Mutation = Callable[[Path, random.Random, Others], str]
"""Changes a copy of the set; tells what it did."""

MUTATIONS: Final[tuple[Mutation, ...]] = (
    flip, splice, drop, add, rename, swap, swap_signatures, sort_again, carriage_returns,
    save_again, old_manifest, newer_file, other_signature, other_certificate,
)  # fmt: skip


def mutate(pristine: Path, to: Path, seed: int, others: Others) -> str:
    """A spoiled copy of a set at `to`; what was done to it. The same seed does the same."""
    rng = random.Random(seed)
    if to.exists():
        shutil.rmtree(to)
    shutil.copytree(pristine, to)
    mutation = MUTATIONS[seed % len(MUTATIONS)]
    told = f"{seed} {mutation.__name__}: {mutation(to, rng, others)}"
    assert contents(to) != contents(pristine), told
    return told


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}
