"""A kecamatan of any size, made up with a seed: TPS, choices, and two readings of every paper."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pleno.domain.chain import Json, canonical
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest, ContestKind
from pleno.domain.entry import Actor, Change, Entry, Kind, Role, Stamp
from pleno.domain.figures import PLANO, SIREKAP, Figure, Figures, addend
from pleno.domain.rules import cadangan
from pleno.domain.state import Reading, Tps
from pleno.importers.profile import load_profile

SEED: Final = 2024
CODE: Final = "310101"
PROFILE: Final = "pemilu2024-ppwp"
GENESIS: Final = canonical({"created": "2024-02-17T08:00:00.000+07:00", "kecamatan": CODE, "mode": "latihan"})
_OPERATOR: Final = Actor("op1", Role.OPERATOR)
_STAMP: Final = Stamp("2024-02-17T09:00:00.000+07:00", 1, "boot", "sesi", "0.1.0")


def contest(choices: int = 3) -> Contest:
    """The presidential form with as many choices as asked; it has 25 rows besides them."""
    return Contest(load_profile(PROFILE), tuple(Choice(n, f"Pilihan {n}") for n in range(1, choices + 1)))


PEMILU: Final = tuple(f"pemilu2024-{contest}" for contest in ("ppwp", "pdpr", "pdpd", "pdprdp", "pdprdk"))
"""The five papers of one TPS."""
_PARTAI: Final = 18
_ROWS: Final = 225
"""Rows of section IV; with the 25 other rows of the form: 250."""


def pemilu() -> list[Contest]:
    """Five contests of 250 rows each, three of them with 18 parties and their candidates."""
    return [_contest(name) for name in PEMILU]


def _contest(name: str) -> Contest:
    profile = load_profile(name)
    if profile.kind is not ContestKind.PARTAI:
        return Contest(profile, tuple(Choice(n, f"Pilihan {n}") for n in range(1, _ROWS + 1)))
    calon, more = divmod(_ROWS - 2 * _PARTAI, _PARTAI)
    every = [
        one
        for n in range(1, _PARTAI + 1)
        for one in (
            Choice(n, f"Partai {n}"),
            *(Choice(m, f"Calon {n}.{m}", partai=n) for m in range(1, calon + 1 + (n <= more))),
        )
    ]
    return Contest(profile, tuple(every))


def desa(count: int) -> dict[str, str]:
    """10-digit code to name."""
    return {f"{CODE}{1000 + n}": f"DESA {n:02}" for n in range(1, count + 1)}


def roster(desa_count: int, tps_each: int) -> dict[str, Tps]:
    """13-digit code to TPS."""
    return {
        f"{code}{number:03}": Tps(f"{code}{number:03}", code, number)
        for code in desa(desa_count)
        for number in range(1, tps_each + 1)
    }


def paper(form: Contest, random_: random.Random) -> dict[str, int]:
    """The figures of one TPS, in keeping with the sums and limits of the form."""
    votes = {row: random_.randrange(max(2, 240 // len(form.ballot_rows))) for row in form.ballot_rows}
    valid, invalid = sum(votes.values()), random_.randrange(9)
    votes |= {one.total: votes[one.votes] + sum(votes[row] for row in one.calon_rows) for one in form.partai}
    total = valid + invalid
    figures = {row.name: 0 for row in form.rows}
    women = random_.randrange(total + 1)
    for base, count, of_women in (
        ("pemilih_dpt", total + 20, women + 10), ("pengguna_dpt", total, women), ("pengguna_total", total, women),
    ):  # fmt: skip
        figures |= {f"{base}_l": count - of_women, f"{base}_p": of_women, f"{base}_j": count}
    received = total + 20 + cadangan(form, total + 20)
    figures |= {"surat_diterima": received, "surat_digunakan": total, "surat_tidak_digunakan": received - total}
    figures |= {"suara_sah": valid, "suara_tidak_sah": invalid, "suara_total": total}
    return {**figures, **votes}


def misread(form: Contest, figures: Figures, random_: random.Random) -> dict[str, Figure]:
    """The same paper as a machine reads it: every fourth TPS has a slip, each kind as often."""
    copy = dict(figures)
    if random_.randrange(4) == 0:
        random_.choice((_wrong_figure, _wrong_digit, _swapped, _shifted))(form, copy, random_)
    return copy


def _wrong_figure(form: Contest, figures: dict[str, Figure], random_: random.Random) -> None:
    figures[random_.choice(form.rows).name] = random_.randrange(1000)


def _wrong_digit(form: Contest, figures: dict[str, Figure], random_: random.Random) -> None:
    row = random_.choice(form.rows).name
    figures[row] = (addend(figures[row]) or 0) + random_.choice((1, 2, 5, 10, 100))


def _swapped(form: Contest, figures: dict[str, Figure], random_: random.Random) -> None:
    one, other = random_.sample(list(form.ballot_rows), 2)
    figures[one], figures[other] = figures[other], figures[one]


def _shifted(form: Contest, figures: dict[str, Figure], random_: random.Random) -> None:
    """Votes of a party that stand at one of its candidates, or of one choice at another; no total shows it."""
    partai = random_.choice(form.partai) if form.partai else None
    one, other = (partai.votes, partai.calon_rows[0]) if partai else random_.sample(list(form.ballot_rows), 2)
    moved = addend(figures[one]) or 0
    figures[one], figures[other] = 0, (addend(figures[other]) or 0) + moved


def files(form: Contest, tps_count: int) -> list[TpsFile]:
    """Every TPS with a plano that was read and a Sirekap reading beside it."""
    random_ = random.Random(SEED)
    made = []
    for tps in list(roster(-(-tps_count // 60), 60).values())[:tps_count]:
        figures = paper(form, random_)
        plano = Reading(tps.code, form.id, PLANO, figures)
        sirekap = replace(plano, source=SIREKAP, figures=misread(form, figures, random_))
        made.append(TpsFile(tps, form, {PLANO: plano, SIREKAP: sirekap}))
    return made


def created(form: Contest, tps: dict[str, Tps]) -> Entry:
    """The entry a workspace begins with."""
    data: dict[str, Json] = {
        "kode": CODE,
        "mode": "latihan",
        "nama": {"provinsi": "PROVINSI", "kabkota": "KABUPATEN", "kecamatan": "KECAMATAN"},
        "desa": [[code, f"DESA {code}"] for code in sorted({one.desa for one in tps.values()})],
        "tps": [[one.code, one.desa, one.number, one.kind, None, None, None, []] for one in tps.values()],
        "pilihan": [[form.id, choice.number, choice.name, None, False, choice.partai] for choice in form.choices],
    }
    return Entry(Kind.WORKSPACE_CREATED, _OPERATOR, _STAMP, data=data)


def readings(form: Contest, tps: dict[str, Tps]) -> Iterator[Entry]:
    """An endless row of papers read at the table, TPS after TPS and over again; each continues from the one before."""
    random_ = random.Random(SEED)
    standing: dict[str, Figures] = {code: {} for code in tps}
    while True:
        for code, before in standing.items():
            standing[code] = paper(form, random_)
            yield _read(form, code, before, standing[code])


def single_figures(form: Contest, tps: dict[str, Tps]) -> Iterator[Entry]:
    """An endless row of entries that each change three figures of one TPS, as most acts of a pleno do."""
    random_ = random.Random(SEED)
    standing: dict[str, dict[str, Figure]] = {code: {} for code in tps}
    while True:
        for code, before in standing.items():
            after = {row.name: random_.randrange(300) for row in random_.sample(form.rows, 3)}
            yield _read(form, code, before, after)
            before.update(after)


def _read(form: Contest, code: str, before: Figures, after: Figures) -> Entry:
    changes = tuple(Change(code, row, before.get(row), figure) for row, figure in after.items())
    return Entry(
        Kind.READING_SAVED, _OPERATOR, _STAMP, contest=form.id, tps=code, source=PLANO, changes=changes,
        note="dibaca dari kertas",
    )  # fmt: skip
