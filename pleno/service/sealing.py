"""Seals: a moment of the journal that witnesses carry away on paper (TRUST.md section 5)."""

from __future__ import annotations

from typing import NamedTuple

from pleno.domain.chain import genesis_hash, seal_words
from pleno.domain.checkpoint import checkpoint_text
from pleno.domain.entry import NEUTRAL, Entry, Kind, Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figures, thousands
from pleno.domain.inclusion import ANGKA_SAKSI, leaves, root
from pleno.domain.recap import Recap
from pleno.domain.state import Kehadiran, Seal
from pleno.service.session import Session
from pleno.service.views import recap


class SealLine(NamedTuple):
    """A seal as it is printed and written down."""

    number: int
    seq: int
    angka_saksi: str
    words: str
    line: str


def seal(session: Session, angka_saksi: str, by: str | None) -> SealLine:
    """Seal everything up to now with digits that a saksi calls out, unknown before.

    Raises PlenoError when they are not 4 to 6 digits.
    """
    actor = session.actor(by)
    if ANGKA_SAKSI.fullmatch(angka_saksi) is None:
        raise PlenoError(
            "Angka saksi ditolak",
            f'"{angka_saksi}" bukan 4 sampai 6 angka.',
            "Minta seorang saksi menyebut angka lain.",
        )
    sums = {name: recap(session, contest) for name, contest in session.contests.items()}
    head = session.store.head()
    number = 1 + max((other.number for other in session.state.all(Seal)), default=0)
    data = {
        "no": number,
        "upto": head.seq,
        "head": head.hash.hex(),
        "angka_saksi": angka_saksi,
        "totals": {name: dict(total.final) for name, total in sums.items()},
        "akar": {name: root(leaves(name, settled_of(total))).hex() for name, total in sums.items()},
        "hadir": [guest.id for guest in session.state.all(Kehadiran) if guest.present],
    }
    (entry,) = session.commit(session.entry(Kind.SEAL, actor, data=data))
    return seal_line(session, entry)


def settled_of(sums: Recap) -> dict[str, Figures]:
    """What each TPS that is sah gives to the sums: 13-digit code -> its determined figures."""
    return {file.tps.code: file.ditetapkan for file in sums.files if file.settlement is not None}


def seal_line(session: Session, entry: Entry) -> SealLine:
    """The printed line of a seal entry."""
    data = entry.data
    words = seal_words(bytes.fromhex(entry.hash), entry.seq, data["angka_saksi"])
    totals = "  ".join(
        f"sah {session.contests[name].profile.name} {thousands(total.get('suara_sah', 0))}"
        for name, total in data["totals"].items()
    )
    line = f"SEGEL {data['no']:02}  #{entry.seq}  saksi {data['angka_saksi']}  {words}  {totals}"
    return SealLine(data["no"], entry.seq, data["angka_saksi"], words, line)


def seal_lines(session: Session) -> list[SealLine]:
    """Every seal, oldest first."""
    return [seal_line(session, next(session.store.entries(one.seq, one.seq))) for one in session.state.all(Seal)]


def checkpoint(session: Session) -> str:
    """The file of the newest seal, canonical; empty while there is none."""
    entry = session.store.last_of(Kind.SEAL)
    return checkpoint_text(genesis_hash(session.store.genesis).hex(), entry) if entry is not None else ""


def read_back(session: Session, word: str, by: str | None) -> Entry:
    """A PPK member types the second word of the newest seal back from paper."""
    actor = session.actor(by, Role.PPK, Role.KETUA)
    seals = list(session.state.all(Seal))
    if not seals:
        raise PlenoError(
            "Belum ada segel", "Tidak ada kata yang dapat dibaca ulang.", "Buat dulu: `pleno segel --angka-saksi`."
        )
    newest = seals[-1]
    if newest.read_back is not None:
        raise PlenoError(
            "Segel sudah dibaca ulang", f"Segel {newest.number:02} sudah dicocokkan pada entri {newest.read_back}.", ""
        )
    entry = next(session.store.entries(newest.seq, newest.seq))
    if word.strip().lower() != seal_line(session, entry).words.split("-")[1]:
        raise PlenoError(
            "Kata tidak cocok",
            f'"{word}" bukan kata kedua segel {newest.number:02}.',
            "Baca lagi dari kertas; bila tetap tidak cocok, kertas dan layar berbeda: hentikan dan panggil Panwaslu.",
        )
    return session.commit(session.entry(Kind.SEAL_READ_BACK, actor, refers=newest.seq))[0]


def tail(session: Session) -> int:
    """How many entries after the newest seal are not neutral; with no seal, of the whole journal."""
    newest = max((one.seq for one in session.state.all(Seal)), default=0)
    return session.store.count_but(newest + 1, *NEUTRAL)
