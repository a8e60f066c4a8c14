"""The choices of contests as an office lists them: paslon, calon DPD, parties with their candidates.

The columns are those of FORMATS.md, "TPS list and choices".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from pleno.domain.contest import Choice, ContestKind, Profile
from pleno.domain.errors import PlenoError
from pleno.importers.limits import BadCell, clean_text, nearest, refusal, shown_outside
from pleno.importers.master_table import Line, MasterTable, read_master

KOLOM_KOSONG: Final = "KOLOM KOSONG"

_REFUSED: Final = "Daftar pilihan ditolak"
_ADVICE: Final = "Perbaiki baris-baris itu, lalu ulangi; belum ada yang disimpan."
_NUMBER: Final = re.compile("0?[1-9]|[1-9][0-9]")
_SIREKAP_ID: Final = re.compile("[0-9]{1,12}")

_Kept: TypeAlias = dict[tuple[int, int, int], tuple[Choice, Line]]
"""By `Choice.order`, with the line it stands on."""


def read_choices(path: Path, profiles: Mapping[str, Profile]) -> Mapping[str, tuple[Choice, ...]]:
    """The choices of each contest in the order of the paper, without those its profile brings itself.

    The column kontes may be left out where there is one profile. PlenoError names every wrong line at once.
    """
    table = read_master(path, _REFUSED, ("nomor", "nama"), ("kontes", "id_sirekap", "partai", "kolom_kosong"))
    if "kontes" not in table.columns and len(profiles) > 1:
        raise PlenoError(_REFUSED, f"{table.name}: kolom kontes tidak ada.", f"Isi {' atau '.join(profiles)}.")
    findings: list[BadCell] = []
    found: dict[str, _Kept] = {contest: {} for contest in profiles}
    for line in table.lines:
        try:
            contest = _contest_of(table, line, profiles)
            choice = _choice(table, line, profiles[contest])
            _check_against(table, line, choice, found[contest], profiles[contest])
        except BadCell as bad:
            findings.append(bad)
            continue
        found[contest][choice.order] = (choice, line)
    if not findings:  # after a wrong line its contest would only seem short
        findings.extend(bad for contest, kept in found.items() for bad in _missing(table, kept, profiles[contest]))
    if findings:
        raise refusal(_REFUSED, findings, _ADVICE)
    return {contest: tuple(kept[order][0] for order in sorted(kept)) for contest, kept in found.items()}


def chart_key(choice: Choice, profile: Profile) -> str | None:
    """The key of a choice in Sirekap's objects; None where the list of choices does not say.

    Party contests call a party by its number; every other key is an id of KPU's own, which neither number nor
    order gives away.
    """
    is_party = profile.kind is ContestKind.PARTAI and not choice.partai
    return choice.sirekap_id or (str(choice.number) if is_party else None)


def _place(table: MasterTable, line: Line, column: str) -> str:
    return f"{table.name} baris {line.number}, kolom {column}"


def _contest_of(table: MasterTable, line: Line, profiles: Mapping[str, Profile]) -> str:
    name = line.cells["kontes"] or (next(iter(profiles)) if len(profiles) == 1 else "")
    if name not in profiles:
        message = f'"{shown_outside(name, 40)}" bukan kontes ruang kerja ini.{nearest(name[:60], profiles)}'
        raise BadCell(_place(table, line, "kontes"), message)
    return name


def _choice(table: MasterTable, line: Line, profile: Profile) -> Choice:
    number, partai = _numbers(table, line, profile)
    empty = line.cells["kolom_kosong"].lower()
    if empty not in ("", "ya", "tidak"):
        raise BadCell(_place(table, line, "kolom_kosong"), f'"{shown_outside(empty, 20)}" bukan ya atau tidak.')
    if empty == "ya" and profile.kind is not ContestKind.PASLON:
        raise BadCell(_place(table, line, "kolom_kosong"), "hanya ada pada kontes paslon.")
    name = clean_text(line.cells["nama"], _place(table, line, "nama")) or (KOLOM_KOSONG if empty == "ya" else "")
    if not name:
        raise BadCell(_place(table, line, "nama"), "kosong.")
    sirekap_id = line.cells["id_sirekap"]
    if sirekap_id and not _SIREKAP_ID.fullmatch(sirekap_id):
        raise BadCell(_place(table, line, "id_sirekap"), f'"{shown_outside(sirekap_id, 20)}" bukan deretan angka.')
    return Choice(number, name, sirekap_id or None, empty == "ya", partai)


def _numbers(table: MasterTable, line: Line, profile: Profile) -> tuple[int, int]:
    """Nomor urut and party of a line: a party is (its number, 0), its candidate (number on the list, party)."""
    number, partai = line.cells["nomor"], line.cells["partai"]
    if profile.kind is not ContestKind.PARTAI:
        if partai:
            raise BadCell(_place(table, line, "partai"), f"harus kosong; {profile.id} bukan kontes partai.")
        return _number(table, line, "nomor"), 0
    if not partai:
        raise BadCell(_place(table, line, "partai"), "kosong; isi nomor partainya, juga pada baris partai itu sendiri.")
    party = _number(table, line, "partai")
    return (_number(table, line, "nomor"), party) if number else (party, 0)


def _number(table: MasterTable, line: Line, column: str) -> int:
    text = line.cells[column]
    if not _NUMBER.fullmatch(text):
        raise BadCell(_place(table, line, column), f'"{shown_outside(text, 20)}" bukan nomor urut 1 sampai 99.')
    return int(text)


def _check_against(table: MasterTable, line: Line, choice: Choice, kept: _Kept, profile: Profile) -> None:
    """Refuse a number, Sirekap id or kolom kosong that the contest has already."""
    column = "partai" if profile.kind is ContestKind.PARTAI and not choice.partai else "nomor"
    if choice.order in kept:
        of = f" partai {choice.partai}" if choice.partai else ""
        message = f"{choice.number}{of} sudah ada di baris {kept[choice.order][1].number}."
        raise BadCell(_place(table, line, column), message)
    if not choice.partai and any(choice.number == fixed.number for fixed in profile.fixed_choices):
        raise BadCell(_place(table, line, column), f"{choice.number} sudah diisi oleh profil {profile.id}.")
    key = chart_key(choice, profile)
    for other, where in kept.values():
        alike = bool(other.partai) == bool(choice.partai)
        if key is not None and alike and key == chart_key(other, profile):
            raise BadCell(_place(table, line, "id_sirekap"), f"{key} sudah ada di baris {where.number}.")
        if choice.is_kolom_kosong and other.is_kolom_kosong:
            raise BadCell(_place(table, line, "kolom_kosong"), f"kolom kosong sudah ada di baris {where.number}.")


def _missing(table: MasterTable, kept: _Kept, profile: Profile) -> Iterator[BadCell]:
    """What the list as a whole lacks: parties of candidates, and choices."""
    contestants = {choice.number for choice, _ in kept.values() if not choice.partai}
    for choice, line in kept.values():
        if choice.partai and choice.partai not in contestants:
            message = f"partai {choice.partai} tidak ada; tulis barisnya dengan nomor kosong."
            yield BadCell(_place(table, line, "partai"), message)
    count = len(contestants) + len(profile.fixed_choices)
    if count < 2:
        advice = "; calon tunggal memerlukan baris kolom kosong" if profile.kind is ContestKind.PASLON else ""
        yield BadCell(table.name, f"{profile.id} baru mempunyai {count} pilihan{advice}.")
