"""An officer's PIN: its shape, its secret, and how long to wait after wrong ones (TRUST.md section 7).

A PIN says who agreed; whoever has the database can find all of them, so it protects nothing else. The secret lies
in a table of its own, outside the journal and every exported set; the journal holds its digest, so that one put in
the place of another is found.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged, PlenoError
from pleno.domain.record import Record

if TYPE_CHECKING:
    from pleno.domain.state import State

DIGITS: Final = 6
FREE_TRIES: Final = 5
"""Wrong PINs in a row after which to wait."""
SALT_BYTES: Final = 16

_PIN: Final = re.compile(f"[0-9]{{{DIGITS}}}")
_FIRST_WAIT: Final = 15
_LONGEST_WAIT: Final = 24 * 3600


class PinNeeded(PlenoError):
    """Everything else stands well with an act: it waits for a PIN."""


@dataclass(frozen=True, slots=True)
class Pin(Record):
    """That somebody has a PIN, and how often it was typed wrong since it was last right."""

    KEY = ("person",)
    person: str
    digest: str
    """Of its PinSecret."""
    seq: int
    """Number of the entry that set it."""
    failures: int = 0
    failed: int | None = None
    """Number of the entry of the last wrong one."""


@dataclass(frozen=True, slots=True)
class PinSecret(Record):
    """What a typed PIN is compared with; no part of the state that a replay makes."""

    KEY = ("person",)
    person: str
    salt: str = field(repr=False)
    """Hex."""
    hash: str = field(repr=False)
    """scrypt of the PIN, hex."""

    def digest(self) -> str:
        """What the journal keeps of it; SHA-256, hex. Says nothing about the PIN to whoever has no salt."""
        return hashlib.sha256("\0".join((self.person, self.salt, self.hash)).encode()).hexdigest()

    def is_of(self, pin: Pin) -> bool:
        """Whether it is the secret that the journal speaks of."""
        return self.digest() == pin.digest


def is_pin(text: str) -> bool:
    """Whether a text has the shape of a PIN: 6 digits 0-9 and nothing else."""
    return _PIN.fullmatch(text) is not None


def weakness(pin: str) -> str:
    """Why a new PIN would be guessed, to be said after "PIN itu"; empty when it would not."""
    if len(set(pin)) < 3 or pin[:3] == pin[3:] or pin[::2] == pin[1::2]:
        return "angka yang berulang"
    if {(int(after) - int(before)) % 10 for before, after in pairwise(pin)} in ({1}, {9}):
        return "angka yang berurutan"
    first, middle, last = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    if any(1 <= day <= 31 and 1 <= month <= 12 for day, month in ((first, middle), (last, middle), (middle, first))):
        return "sebuah tanggal"
    return ""


def secret_of(person: str, pin: str, salt: bytes) -> PinSecret:
    """The secret of a PIN with a fresh random salt of SALT_BYTES."""
    return PinSecret(person, salt.hex(), _hash(pin, salt))


def matches(secret: PinSecret, pin: str) -> bool:
    """Whether this is the PIN, in a time that does not tell how much of it was right."""
    return hmac.compare_digest(_hash(pin, bytes.fromhex(secret.salt)), secret.hash)


def _hash(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=64 * 2**20, dklen=32).hex()


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong PINs in a row: none before FREE_TRIES, then 15, doubling, at most a day."""
    if failures < FREE_TRIES:
        return 0
    return min(_FIRST_WAIT << min(failures - FREE_TRIES, 20), _LONGEST_WAIT)


def pin_set(state: State, entry: Entry) -> None:
    """Apply a pin.set. data: id, sidik (digest of the secret), darurat (true: by the ketua instead of its owner)."""
    state.put(Pin(entry.data["id"], entry.data["sidik"], entry.seq))


def _counted(count: Callable[[Pin, Entry], Pin], owner_needed: bool) -> Callable[[State, Entry], None]:
    def change(state: State, entry: Entry) -> None:
        pin = state.get(Pin, entry.data["id"])
        if pin is not None:
            state.put(count(pin, entry))
        elif owner_needed:
            raise Damaged("Jejak rusak", f"Entri {entry.seq} menyebut PIN yang tidak pernah disetel.")

    return change


session_fail: Final = _counted(lambda pin, entry: replace(pin, failures=pin.failures + 1, failed=entry.seq), True)
"""Apply a session.fail. data: id (whose PIN was typed wrong), ke (how often in a row)."""

session_login: Final = _counted(lambda pin, _entry: replace(pin, failures=0, failed=None), False)
"""Apply a session.login. data: id (who was recognised), pin (whether by a PIN)."""
