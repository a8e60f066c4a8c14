"""PINs: who has one, whether the one that was typed is right, and who sits at the keyboard (TRUST.md section 7)."""

from __future__ import annotations

import secrets
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from pleno.domain.chain import Json
from pleno.domain.entry import Actor, Entry, Kind, Role, Stamp
from pleno.domain.errors import Damaged, PlenoError
from pleno.domain.pin import (
    DIGITS,
    FREE_TRIES,
    SALT_BYTES,
    Pin,
    PinNeeded,
    PinSecret,
    is_pin,
    matches,
    secret_of,
    wait_after,
    weakness,
)
from pleno.domain.state import Person, PlenoState
from pleno.service import notes
from pleno.service.session import Session
from pleno.service.signers import current_keys


class Verified(NamedTuple):
    """Somebody who was recognised a moment ago; only `verify_pin` and `verify_passphrase` make one."""

    person: str
    by_key: bool = False
    """By the passphrase of the key file, not by a PIN."""


class PassphraseNeeded(PinNeeded):
    """The act waits for the passphrase of the ketua's key file; a PIN is not enough."""


class SecondNeeded(PinNeeded):
    """One member has shown a PIN; the act waits for another's."""


def has_pin(session: Session, person: str) -> bool:
    """Whether an officer has set a PIN."""
    return session.state.get(Pin, person) is not None


def needs_pin(session: Session, person: str) -> bool:
    """Whether an officer is recognised only by a PIN: who has none is not asked, and practice asks nobody."""
    return not session.practice and has_pin(session, person)


def members(session: Session) -> list[Person]:
    """The PPK members who have a PIN, as pleno.toml lists them."""
    able = (one for one in session.config.officers if one.role in (Role.PPK, Role.KETUA))
    return [one for one in able if has_pin(session, one.id)]


def draw_pin() -> str:
    """A new PIN that nobody guesses at once; the program makes it, its owner learns it (TRUST.md section 7)."""
    drawn = (f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _ in count())
    return next(pin for pin in drawn if not weakness(pin))


def set_pin(
    session: Session, person: str, pin: str, proof: Verified | None = None, by: str | None = None, note: str = "",
    second: Verified | None = None,
) -> Entry:  # fmt: skip
    """Give an officer a PIN that `draw_pin` made; the first one is free, another needs the old one (`proof`).

    `by` somebody else: only the ketua, by the passphrase of the own key file and with a reason; for the ketua's own
    lost PIN two members together, each by PIN (`proof` and `second`). The entry says DARURAT and stands on the sheet
    of kejadian khusus. PlenoError for a PIN that is guessed at once, and in practice.
    """
    actor, note = require_settable(session, person, proof, by, note, second)
    _require_good(pin)
    secret = secret_of(person, pin, secrets.token_bytes(SALT_BYTES))
    data: dict[str, Json] = {"id": person, "sidik": secret.digest(), "darurat": actor.id != person}
    if second is not None and session.actor(person).role is Role.KETUA and actor.id != person:
        data["bersama"] = second.person
    return session.commit(session.entry(Kind.PIN_SET, actor, note=note or None, data=data), secret=secret)[0]


def require_settable(
    session: Session, person: str, proof: Verified | None = None, by: str | None = None, note: str = "",
    second: Verified | None = None,
) -> tuple[Actor, str]:  # fmt: skip
    """Who acts and why, once it is sure that the PIN may be set; PlenoError as in `set_pin`."""
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA, PlenoState.DISKORS)
    if session.practice:
        raise PlenoError("PIN tidak disetel", "Latihan tidak meminta PIN.", "Setel PIN di ruang kerja resmi.")
    owner = session.actor(person)
    if by in (None, person):
        require_pin(session, person, proof)
        return owner, note
    of_ketua = owner.role is Role.KETUA
    actor = session.actor(by, Role.PPK if of_ketua else Role.KETUA)
    note = notes.reason(note, "Penyetelan PIN orang lain")
    if not of_ketua:
        _require_passphrase(session, actor, proof)
        return actor, note
    if not has_pin(session, actor.id):
        raise PlenoError(
            "Anggota belum punya PIN",
            f"Menyetel PIN ketua dibuktikan dengan PIN {_name(session, actor.id)}.",
            f"Ia menyetel PIN-nya dulu: `pleno pin {actor.id}`.",
        )
    require_pin(session, actor.id, proof)
    _require_second(session, actor, second)
    return actor, note


def _require_passphrase(session: Session, ketua: Actor, proof: Verified | None) -> None:
    """Somebody's lost PIN is set anew by the ketua alone, by what nobody can look over a shoulder for."""
    if proof is not None and proof.by_key and proof.person == ketua.id:
        return
    if ketua.id not in current_keys(session):
        raise PlenoError(
            "Ketua belum punya kunci",
            f"Menyetel PIN orang lain dibuktikan dengan sandi kunci {_name(session, ketua.id)}.",
            f"Ketua membuat kuncinya dulu: `pleno kunci buat {ketua.id} FOLDER`.",
        )
    raise PassphraseNeeded(
        "Sandi kunci diperlukan",
        f"Menyetel PIN orang lain perlu sandi kunci {_name(session, ketua.id)}.",
        "Colok stik ketua dan sebut berkas kuncinya: `--kunci FILE`.",
    )


def _require_second(session: Session, first: Actor, second: Verified | None) -> None:
    """The ketua's lost PIN is set anew by two members together; refuse one alone."""
    if second is None:
        raise SecondNeeded(
            "PIN anggota kedua diperlukan",
            "PIN ketua yang hilang disetel dua anggota PPK bersama-sama.",
            "Sebut anggota kedua, yang mengetik PIN-nya: `--bersama ID`.",
        )
    if second.person == first.id or session.actor(second.person).role is not Role.PPK:
        raise PlenoError(
            "Perlu anggota lain",
            f"{_name(session, second.person)} bukan anggota PPK kedua.",
            "Dua anggota PPK yang berbeda, bukan ketua, mengetik PIN masing-masing.",
        )


def is_emergency(entry: Entry) -> bool:
    """Whether the ketua set the PIN of somebody else, which is told on every sheet of kejadian khusus."""
    return entry.kind is Kind.PIN_SET and bool(entry.data["darurat"])


def _require_good(pin: str) -> None:
    """Refuse a new PIN that has not the shape of one, or that is guessed at once."""
    _require_shape(pin)
    if why := weakness(pin):
        raise PlenoError("PIN mudah ditebak", f"PIN itu {why}.", "Biarkan pleno membuat PIN lain.")


def _require_shape(pin: str) -> None:
    if not is_pin(pin):
        raise PlenoError("PIN tidak dibaca", f"PIN adalah tepat {DIGITS} angka 0-9.", "Ketik ulang.")


def verify_pin(session: Session, person: str, pin: str, by: str | None = None) -> Verified:
    """Recognise an officer by the PIN typed at the keyboard of `by` (left out: the officer's own).

    A wrong one is an entry; after FREE_TRIES in a row PlenoError tells how long to wait before the next is looked at.
    """
    owner = session.actor(person)
    record = session.state.get(Pin, person)
    if record is None:
        raise PlenoError(
            "Belum punya PIN", f"{_name(session, person)} belum menyetel PIN.", f"Setel dulu: `pleno pin {person}`."
        )
    _refuse_while_waiting(session, record)
    _require_shape(pin)
    secret = session.state.get(PinSecret, person)
    if secret is None or not secret.is_of(record):
        raise Damaged(
            "PIN tidak dapat dipercaya",
            f"Catatan PIN {_name(session, person)} bukan yang disetel pada entri {record.seq}.",
            "Jalankan `pleno verifikasi`, lalu pakai salinan terbaru yang utuh.",
        )
    if not matches(secret, pin):
        raise _wrong(session, record, by or person)
    if record.failures:
        session.commit(session.entry(Kind.SESSION_LOGIN, owner, data={"id": person, "pin": True}))
    return Verified(person)


def verify_passphrase(session: Session, person: str, key_file: Path, words: str) -> Verified:
    """Recognise an officer by the own key file, or the folder that holds it, and its passphrase.

    PlenoError for another key, and for wrong words, which need no counting: nobody tries five words.
    """
    from pleno.service.signing import open_own_key  # `cryptography` is loaded only where a key is opened

    open_own_key(session, person, key_file, words)
    return Verified(person, by_key=True)


def _wrong(session: Session, record: Pin, by: str) -> PlenoError:
    """Note a wrong PIN; the refusal to raise."""
    times = record.failures + 1
    session.commit(session.entry(Kind.SESSION_FAIL, session.actor(by), data={"id": record.person, "ke": times}))
    wait, name = wait_after(times), _name(session, record.person)
    if wait:
        return PlenoError("PIN salah", f"PIN {name} salah {times} kali.", f"Tunggu {_lasting(wait)}.")
    return PlenoError("PIN salah", f"Bukan PIN {name}.", f"Ketik ulang; {FREE_TRIES - times} kali lagi tanpa menunggu.")


def _refuse_while_waiting(session: Session, record: Pin) -> None:
    wait = wait_after(record.failures)
    if not wait or record.failed is None:
        return
    last = next(session.store.entries(record.failed, record.failed)).stamp
    left = wait - _seconds_between(last, session.stamp())
    if left > 0:
        raise PlenoError(
            "PIN terkunci",
            f"PIN {_name(session, record.person)} salah {record.failures} kali; tunggu {_lasting(left)}.",
            f"Bila PIN lupa, ketua menyetelnya ulang: `pleno pin {record.person} --oleh ID-KETUA --kunci FILE`.",
        )


def _seconds_between(before: Stamp, now: Stamp) -> int:
    """By the clock that nobody can set while the machine runs; by the other one after it was started anew.

    A clock that went back still tells that time passed, so that nobody is locked out by it for years.
    """
    if before.boot == now.boot:
        return abs(now.mono - before.mono) // 1_000_000
    return int(abs((datetime.fromisoformat(now.at) - datetime.fromisoformat(before.at)).total_seconds()))


def _lasting(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return " ".join(filter(None, (f"{minutes} menit" * bool(minutes), f"{rest} detik" * bool(rest))))


def require_pin(session: Session, person: str, proof: Verified | None) -> None:
    """Refuse an act of an officer who has a PIN and did not show it."""
    if needs_pin(session, person) and (proof is None or proof.person != person or proof.by_key):
        raise PinNeeded(
            "PIN diperlukan", f"Tindakan ini perlu PIN {_name(session, person)}.", "Ketik PIN-nya, lalu ulangi."
        )


def require_pin_made(session: Session, person: str) -> None:
    """Refuse a PPK member without a PIN once another has one: anybody could act in that name."""
    if not session.practice and not has_pin(session, person) and members(session):
        raise PlenoError(
            "Belum punya PIN",
            f"{_name(session, person)} belum punya PIN, anggota PPK lain sudah.",
            f"Ia membuatnya dulu: F9 lalu p, atau `pleno pin {person}`; lalu ulangi.",
        )


def require_own_pin(session: Session, person: str, proof: Verified | None) -> None:
    """Refuse what a PPK member answers for, unless by the own PIN."""
    require_pin_made(session, person)
    require_pin(session, person, proof)


def pin_shown(proof: Verified | None) -> dict[str, Json]:
    """What an entry keeps of a proof: that its actor was recognised by PIN."""
    return {"pin": True} if proof is not None else {}


def require_member_pin(session: Session, proof: Verified | None) -> None:
    """Refuse an act that a PPK member must agree to by PIN; practice, and where no member has one, asks nobody."""
    if session.practice or not members(session):
        return
    if proof is None or session.actor(proof.person).role not in (Role.PPK, Role.KETUA):
        said = "Tindakan ini perlu persetujuan seorang anggota PPK dengan PIN."
        raise PinNeeded("PIN diperlukan", said, "Minta seorang anggota PPK memasukkan PIN-nya.")


def require_settling_pin(session: Session, tps: int, proof: Verified | None) -> None:
    """Refuse to settle where each TPS needs the PIN of a PPK member, typed after it was read aloud.

    That is what `[meja] pin_sahkan` asks for; practice never does.
    """
    if session.practice or not session.config.pin_sahkan:
        return
    if tps > 1:
        raise PlenoError(
            "Satu PIN untuk satu TPS",
            f"Menurut pleno.toml (pin_sahkan) setiap TPS disahkan dengan PIN; di sini disebut {tps} TPS.",
            "Sahkan satu per satu, masing-masing sesudah dibacakan.",
        )
    if proof is None or session.actor(proof.person).role not in (Role.PPK, Role.KETUA):
        raise PinNeeded(
            "PIN diperlukan",
            "Menurut pleno.toml (pin_sahkan) TPS disahkan dengan PIN seorang anggota PPK.",
            "Minta anggota PPK yang mendengarkan pembacaan memasukkan PIN-nya.",
        )


def log_in(session: Session, person: str, proof: Verified | None = None) -> Entry:
    """Somebody takes the keyboard, or opens a locked screen; with the PIN of whoever has one."""
    actor = session.actor(person)
    require_pin(session, person, proof)
    data = {"id": person, "pin": proof is not None}
    return session.commit(session.entry(Kind.SESSION_LOGIN, actor, data=data))[0]


def lock(session: Session, by: str) -> Entry:
    """The keyboard is locked until somebody logs in."""
    return session.commit(session.entry(Kind.SESSION_LOCK, session.actor(by)))[0]


def _name(session: Session, person: str) -> str:
    return session.names().called(person)
