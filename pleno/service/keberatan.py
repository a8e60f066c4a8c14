"""Keberatan and kejadian khusus of a contest: noted, answered by the room, withdrawn, or NIHIL (DOMAIN.md 4.2, 4.3).

They change no figure, so they may also be noted for a TPS that is SAH. What nobody has answered keeps its TPS from
being settled; an answer of any kind lets it go on, since what was not accepted goes up with the sheet.
"""

from __future__ import annotations

import re
from typing import Final

from pleno.domain.compare import Cell, TpsFile
from pleno.domain.contest import Contest, Row
from pleno.domain.entry import Actor, Change, Entry, Kind, Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import SALINAN_PANWASLU, Source, salinan
from pleno.domain.keberatan import (
    ANSWERS,
    NIHIL,
    OFFICES,
    PANWASLU,
    WHOLE,
    Keberatan,
    KeberatanKind,
    KeberatanState,
    Nihil,
)
from pleno.domain.state import Kehadiran, PlenoState, Tps
from pleno.service import notes
from pleno.service.pins import Verified, pin_shown, require_own_pin
from pleno.service.reading import require_read_here
from pleno.service.session import Session
from pleno.service.views import tps_file

_SAKSI: Final = re.compile("s?0*([1-9][0-9]{0,2})")


def listed(session: Session, contest: Contest) -> list[Keberatan]:
    """Every line of the sheet of a contest, the oldest first; withdrawn ones too."""
    return list(session.state.of_contest(Keberatan, contest.id))


def unanswered(session: Session, contest: Contest) -> list[Keberatan]:
    """Those the room has not answered."""
    return [item for item in listed(session, contest) if item.is_open]


def note(
    session: Session, contest: Contest, kind: KeberatanKind, pengaju: str, words: str, by: str | None,
    tps: Tps | None = None, row: Row | None = None,
) -> Entry:  # fmt: skip
    """Note what somebody raised about a TPS, one row of it, or (without `tps`) the whole contest.

    `pengaju`: the number of a choice whose saksi raised it, or panwaslu, pps, ppk. A keberatan about a row in which
    the pengaju's own copy differs from the plano takes that difference onto the sheet.
    """
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    pengaju = checked_pengaju(contest, pengaju)
    words = notes.reason(words, "Uraian")
    if tps is not None:
        require_read_here(session, tps, contest)
    elif row is not None:
        raise PlenoError("Keberatan ditolak", f"Baris {row.code} disebut tanpa TPS.", "Sebut juga TPS-nya.")
    source, change = "", None
    if tps is not None and row is not None and kind is KeberatanKind.KEBERATAN:
        source, change = _of_copy(tps_file(session, tps, contest), row, pengaju)
    data = {"jenis": kind.value, "pengaju": pengaju} | ({"baris": row.name} if row is not None else {})
    present = (one.id for one in session.state.all(Kehadiran) if one.present and one.stands_for == pengaju)
    return session.commit(
        session.entry(
            Kind.KEBERATAN_NOTED, actor, contest=contest.id, tps=tps.code if tps else None, source=source or None,
            changes=(change,) if change else (), note=words, witness=tuple(present), data=data,
        )
    )[0]  # fmt: skip


def checked_pengaju(contest: Contest, text: str) -> str:
    """A pengaju as it is kept. PlenoError when no such saksi or office exists here."""
    plain = text.strip().lower()
    saksi = _SAKSI.fullmatch(plain)
    pengaju = saksi[1] if saksi else {"pws": PANWASLU}.get(plain, plain)
    numbers = [str(choice.number) for choice in contest.contestants if not choice.is_kolom_kosong]
    if pengaju not in OFFICES and pengaju not in numbers:
        raise PlenoError(
            "Pengaju tidak dikenal",
            f'"{text}" bukan nomor urut yang mempunyai saksi pada {contest.profile.name}, dan bukan Panwaslu, '
            "PPS atau PPK.",
            f"Pakai nomor {_range(numbers)}, atau {', '.join(OFFICES)}.",
        )
    return pengaju


def _range(numbers: list[str]) -> str:
    return ", ".join(numbers) if len(numbers) <= 6 else f"{numbers[0]} sampai {numbers[-1]}"


def _of_copy(file: TpsFile, row: Row, pengaju: str) -> tuple[Source, Change | None]:
    """The pengaju's own copy and its figure against the plano's; nothing where they do not differ."""
    if not pengaju.isdigit() and pengaju != PANWASLU:
        return "", None
    source = SALINAN_PANWASLU if pengaju == PANWASLU else salinan(int(pengaju))
    cell: Cell = next(cell for cell in file.cells if cell.row == row)
    if source not in cell.open or cell.reference is None:
        return "", None
    return source, Change(file.tps.code, row.name, cell.figures[source], cell.reference)


def nihil(session: Session, contest: Contest, by: str | None, tps: Tps | None = None) -> Entry:
    """Note that nothing happened at a TPS, or (without one) in the whole contest. PlenoError while something stands."""
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    if tps is not None:
        require_read_here(session, tps, contest)
    code = tps.code if tps else WHOLE
    standing = [item for item in listed(session, contest) if item.stands and (tps is None or item.tps == code)]
    where = session.tps_name(tps) if tps else "Kontes ini"
    if standing:
        numbers = ", ".join(str(item.seq) for item in standing[:6]) + ", .." * (len(standing) > 6)
        raise PlenoError(
            "Bukan NIHIL",
            f"{where} mempunyai {len(standing)} keberatan atau kejadian khusus: nomor {numbers}.",
            "Yang salah catat dicabut dengan `pleno cabut`.",
        )
    if (known := session.state.get(Nihil, code, contest.id)) is not None:
        raise PlenoError("Sudah NIHIL", f"{where} sudah dicatat NIHIL pada entri {known.seq}.", "")
    entry = session.entry(
        Kind.KEBERATAN_NOTED, actor, contest=contest.id, tps=tps.code if tps else None, data={"jenis": NIHIL}
    )
    return session.commit(entry)[0]


def answer(
    session: Session, number: int, new: KeberatanState, words: str, by: str | None, proof: Verified | None = None
) -> Entry:
    """What the room made of it, a PPK member answering for the words; a later answer replaces an earlier one.

    Whoever has a PIN shows it (`proof`), here as for a withdrawal.
    """
    session.require(PlenoState.DIBUKA)
    item = _standing(session, number)
    actor = session.actor(by, Role.PPK, Role.KETUA)
    if new not in ANSWERS:
        told = ", ".join(one.words for one in ANSWERS)
        raise PlenoError("Penyelesaian tidak dikenal", f'"{new.words}" bukan jawaban rapat.', f"Pakai {told}.")
    words = notes.reason(words, "Penyelesaian")
    require_own_pin(session, actor.id, proof)
    return session.commit(_about(session, item, actor, new, words, proof))[0]


def withdraw(session: Session, number: int, words: str, by: str | None, proof: Verified | None = None) -> Entry:
    """Take back what its pengaju withdraws or what was noted in error, a PPK member answering for it.

    It stays on the sheet as dibatalkan. A NIHIL noted in error is taken back likewise, by the number of its entry.
    """
    session.require(PlenoState.DIBUKA)
    mistaken = [one for one in session.state.all(Nihil) if one.seq == number]
    item = mistaken[0] if mistaken else _standing(session, number)
    actor = session.actor(by, Role.PPK, Role.KETUA)
    words = notes.reason(words, "Pencabutan")
    require_own_pin(session, actor.id, proof)
    return session.commit(_about(session, item, actor, KeberatanState.DIBATALKAN, words, proof))[0]


def _about(
    session: Session, item: Keberatan | Nihil, actor: Actor, new: KeberatanState, words: str, proof: Verified | None
) -> Entry:
    return session.entry(
        Kind.KEBERATAN_NOTED, actor, contest=item.contest, tps=item.tps or None, note=words,
        refers=item.seq, data={"penyelesaian": new.value, **pin_shown(proof)},
    )  # fmt: skip


def _standing(session: Session, number: int) -> Keberatan:
    """The line people call by this number. PlenoError when there is none, or it was withdrawn."""
    item = session.state.get(Keberatan, number)
    if item is None:
        raise PlenoError(
            "Keberatan tidak ditemukan",
            f"Tidak ada keberatan atau kejadian khusus nomor {number}.",
            "Lihat nomornya dengan `pleno keberatan`.",
        )
    if not item.stands:
        raise PlenoError("Sudah dibatalkan", f"Nomor {number} sudah dibatalkan: {item.answer}.", "Catat yang baru.")
    return item
