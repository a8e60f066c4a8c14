"""A kecamatan of any size, made up with a seed: TPS, choices, and two readings of every paper."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pleno.domain.chain import Json, canonical
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.entry import Actor, Change, Entry, Kind, Role, Stamp
from pleno.domain.figures import PLANO, SIREKAP, Figure, Figures
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
    """The figures of one TPS, in keeping with the sums and balances of the form."""
    votes = {name: random_.randrange(max(2, 240 // len(form.votes))) for name in form.votes}
    invalid = random_.randrange(9)
    total = sum(votes.values()) + invalid
    figures = {row.name: 0 for row in form.rows}
    for base, count in (("pemilih_dpt", total + 20), ("pengguna_dpt", total), ("pengguna_total", total)):
        women = random_.randrange(count + 1)
        figures |= {f"{base}_l": count - women, f"{base}_p": women, f"{base}_j": count}
    figures |= {"surat_diterima": total + 25, "surat_digunakan": total, "surat_tidak_digunakan": 25}
    figures |= {"suara_sah": sum(votes.values()), "suara_tidak_sah": invalid, "suara_total": total}
    figures |= {f"pengguna_total_{sex}": figures[f"pengguna_dpt_{sex}"] for sex in "lp"}
    return {**figures, **votes}


def misread(figures: Figures, random_: random.Random) -> dict[str, Figure]:
    """The same paper as a machine reads it: every fourth TPS has one wrong figure."""
    copy = dict(figures)
    if random_.randrange(4) == 0:
        copy[random_.choice(list(copy))] = random_.randrange(1000)
    return copy


def files(form: Contest, tps_count: int) -> list[TpsFile]:
    """Every TPS with a plano that was read and a Sirekap reading beside it."""
    random_ = random.Random(SEED)
    made = []
    for tps in list(roster(-(-tps_count // 60), 60).values())[:tps_count]:
        figures = paper(form, random_)
        plano = Reading(tps.code, form.id, PLANO, figures)
        made.append(TpsFile(tps, form, {PLANO: plano, SIREKAP: _sirekap(plano, random_)}))
    return made


def _sirekap(plano: Reading, random_: random.Random) -> Reading:
    return replace(plano, source=SIREKAP, figures=misread(plano.figures, random_))


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
