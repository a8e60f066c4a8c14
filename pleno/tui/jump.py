"""From what a person types to a row of the form, or to a TPS (UX.md section 3, `.` and `/`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pleno.domain.contest import Contest, Row, suara, suara_calon, suara_partai
from pleno.domain.errors import PlenoError
from pleno.domain.words import ranges

if TYPE_CHECKING:
    from pleno.service.session import Session

_NUMBER: Final = re.compile("[0-9]{1,3}")
_CANDIDATE: Final = re.compile("([0-9]{1,2})[.]([0-9]{1,3})")


def row_of_code(contest: Contest, text: str) -> Row:
    """The row of `12` (choice or party 12), `3.7` (candidate 7 of party 3), or of a code without dots or its
    unambiguous end: `b4p`, `iii1l`, `va`.

    PlenoError when none or several fit.
    """
    wanted = _plain(text)
    for name in _names_of(text.strip()):
        if name in contest.by_name:
            return contest.by_name[name]
    exact = [row for row in contest.rows if _plain(row.code) == wanted]
    found = exact or [row for row in contest.rows if wanted in _ends(row.code)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(row.code for row in found[:6])
    said = f'"{text}" cocok dengan beberapa baris: {listed}.' if found else f'"{text}" bukan kode baris.'
    raise PlenoError("Baris tidak ditemukan", said, f"Misalnya {_plain(contest.rows[0].code)}, va, atau nomor calon.")


def _names_of(text: str) -> list[str]:
    """The canonical names that numbers stand for."""
    candidate = _CANDIDATE.fullmatch(text)
    if candidate is not None:
        return [suara_calon(int(candidate[1]), int(candidate[2]))]
    return [suara(int(text)), suara_partai(int(text))] if _NUMBER.fullmatch(text) else []


def _plain(code: str) -> str:
    """Lower case, no dots, no zeros in front of a number: "I.B.4.P" -> "ib4p"."""
    return "".join(_parts(code))


def _ends(code: str) -> set[str]:
    """How a code may be cut in front: "ib4p", "b4p", "4p" and "p"."""
    parts = _parts(code)
    return {"".join(parts[start:]) for start in range(len(parts))}


def _parts(code: str) -> list[str]:
    parts = re.split("[. ]+|(?<=[a-z])(?=[0-9])", code.strip().lower())
    return [part.lstrip("0") or "0" if part.isascii() and part.isdigit() else part for part in parts]


def find_tps(session: Session, text: str, here: str) -> str:
    """The TPS of `4` (in the desa of the TPS `here`), `hulu 4`, `aren hulu/4`, or 13 digits; its code.

    PlenoError when there is none or several.
    """
    asked = text.strip()
    if asked in session.roster:
        return asked
    words = asked.replace("/", " ").lower().split()
    number = words[-1] if words and _NUMBER.fullmatch(words[-1]) else ""
    name = " ".join(words[:-1] if number else words)
    home = session.roster[here].desa
    names = {code: desa.name.lower() for code, desa in session.desa.items()}
    desa = [code for code, one in names.items() if name in one] if name else [home]
    desa = [code for code in desa if names[code] == name] or desa
    found = [t for t in session.roster.values() if t.desa in desa and (not number or t.number == int(number))]
    if number and len(found) == 1:
        return found[0].code
    if not number and len(desa) == 1 and found:
        return found[0].code
    raise _not_found(session, asked, number, desa)


def _not_found(session: Session, asked: str, number: str, desa: list[str]) -> PlenoError:
    if not desa:
        listed = ", ".join(one.name for one in session.desa.values())
        return PlenoError("Desa tidak ditemukan", f'Tidak ada desa "{asked}".', f"Ada {listed}.")
    if len(desa) > 1:
        listed = ", ".join(session.desa[code].name for code in desa)
        return PlenoError("TPS belum jelas", f'"{asked}" cocok dengan {listed}.', "Tulis nama desanya lebih lengkap.")
    numbers = [tps.number for tps in session.roster.values() if tps.desa == desa[0]]
    return PlenoError(
        "TPS tidak ditemukan",
        f"TPS {int(number or 0):03} tidak ada di {session.desa[desa[0]].name} ({ranges(numbers)}).",
        "Ketik salah satu, atau nama desa lain dan nomornya.",
    )
