"""Documents of any size and content, made without a workspace."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest, ContestKind, Profile, check_choices
from pleno.domain.document import Document
from pleno.domain.entry import Actor, Entry, Kind, Role, Stamp
from pleno.domain.figures import PLANO, Figure
from pleno.domain.recap import DesaRecap, Recap
from pleno.domain.state import (
    Desa,
    Kehadiran,
    Meeting,
    Person,
    PlenoState,
    Reading,
    Settlement,
    SheetStatus,
    Tps,
)
from pleno.importers.profile import load_profile

KECAMATAN = "310101"
NOON = datetime(2024, 2, 17, 12, 0, tzinfo=timezone(timedelta(hours=7)))
_OPERATOR = Actor("op1", Role.OPERATOR)
_STAMP = Stamp("2024-02-17T09:00:00.000+07:00", 1, "boot", "sesi", "0.1.0")
PEOPLE = (
    Person("ppk1", "Ketua PPK", Role.KETUA),
    *(Person(f"ppk{number}", f"Anggota {number}", Role.PPK) for number in range(2, 6)),
)

Papers = Callable[[Contest, Tps], Mapping[str, Figure]]


def contest(profile: str = "pemilu2024-ppwp", names: Sequence[str] = ("PASLON 1", "PASLON 2", "PASLON 3")) -> Contest:
    return Contest(load_profile(profile), tuple(Choice(n, name) for n, name in enumerate(names, 1)))


def _legislative(id_: str, name: str, kind: ContestKind, model: str) -> Profile:
    """The rows of 2024 under the heads of another contest."""
    ppwp = load_profile("pemilu2024-ppwp")
    models = ppwp.models | {"kecamatan": f"D.HASIL KECAMATAN-{model}"}
    sections = [
        replace(one, title="DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON") if one.code == "IV" else one
        for one in ppwp.sections
    ]
    return replace(ppwp, id=id_, name=name, kind=kind, models=models, sections=tuple(sections))


PARTY_PROFILE = _legislative("pemilu2024-pdpr", "ANGGOTA DPR", ContestKind.PARTAI, "DPR")
DPD_PROFILE = _legislative("pemilu2024-pdpd", "ANGGOTA DPD", ContestKind.PERSEORANGAN, "DPD")


def party_contest(parties: int = 3, calon: int = 2, numbers: Sequence[int] | None = None) -> Contest:
    """So many parties with so many candidates on the list of each; all have a candidate of one name."""
    return with_parties(PARTY_PROFILE, parties, calon, numbers)


def with_parties(profile: Profile | str, parties: int, calon: int, numbers: Sequence[int] | None = None) -> Contest:
    """A contest of a profile, or the id of one."""
    form = load_profile(profile) if isinstance(profile, str) else profile
    every: list[Choice] = []
    for number in numbers or range(1, parties + 1):
        every.append(Choice(number, f"PARTAI NOMOR {number}"))
        every += [
            Choice(n, "BUDI, S.H." if n == 1 else f"CALON {n} PARTAI {number}", partai=number)
            for n in range(1, calon + 1)
        ]
    return Contest(form, check_choices(form, tuple(every)))


def dpd_contest(calon: int = 54) -> Contest:
    """Candidates for the DPD, each of his own."""
    return Contest(DPD_PROFILE, tuple(Choice(n, f"CALON {n}, S.E.") for n in range(1, calon + 1)))


def paper(form: Contest, tps: Tps) -> dict[str, Figure]:
    """A figure from 0 to 400 for every row, the same each time; the identities do not hold."""
    random_ = random.Random(tps.code)
    return {row.name: random_.randrange(400) for row in form.rows}


def recap(form: Contest, desa: Mapping[str, int], papers: Papers = paper, settled: bool = False) -> Recap:
    """Desa by name with so many TPS each, their plano read at the table."""
    parts = []
    for number, (name, count) in enumerate(desa.items(), 1):
        one = Desa(f"{KECAMATAN}{1000 + number}", name)
        parts.append(DesaRecap(one, [tps_file(form, one, n, papers, settled) for n in range(1, count + 1)]))
    return Recap(form, parts)


def tps_file(form: Contest, desa: Desa, number: int, papers: Papers = paper, settled: bool = False) -> TpsFile:
    tps = Tps(f"{desa.code}{number:03}", desa.code, number)
    readings = {PLANO: Reading(tps.code, form.id, PLANO, papers(form, tps))}
    return TpsFile(tps, form, readings, settlement=Settlement(tps.code, form.id, None, "op1", 9) if settled else None)


def document(sums: Recap, status: SheetStatus = SheetStatus.KONSEP, **changed: Any) -> Document:
    """A document of an official workspace, every other field as a test wants it."""
    names = {"provinsi": "DKI JAKARTA", "kabkota": "ADM. KEP. SERIBU", "kecamatan": "KEPULAUAN SERIBU UTARA"}
    entry = Entry(Kind.APP_OPEN, _OPERATOR, _STAMP, data={"pid": 1}).numbered(1, "ab" * 32)
    fields: dict[str, Any] = {
        "meeting": Meeting(KECAMATAN, PlenoState.DIBUKA, False, names),
        "number": 1,
        "replaces": None,
        "ppk": PEOPLE,
        "kehadiran": (Kehadiran("s1", "Saksi Satu", "1", "01/SM", True),),
        "register": (),
        "incidents": (),
        "seals": (),
        "opened": NOON,
        "closed": None,
        "created": NOON,
        "app": "0.1.0",
        "genesis": "cd" * 32,
        "head_seq": 1,
        "head_hash": "ab" * 32,
        "journal": (entry,),
    }
    return Document(recap=sums, status=status, **(fields | changed))
