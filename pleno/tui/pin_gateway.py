"""PINs as the screens know them: who must show one, and who sits at the keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.entry import Entry, Role
from pleno.domain.errors import PlenoError
from pleno.domain.state import Person
from pleno.service import pins
from pleno.service.pins import Verified
from pleno.service.signers import current_keys

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class PinSetting(NamedTuple):
    """Whose PIN is set anew, and what allows it."""

    person: str
    proof: Verified | None = None
    """Who was recognised: the owner, or whoever sets a lost one. None for a first PIN."""
    reason: str = ""
    """Why a lost one is set."""
    second: Verified | None = None
    """The other member, for the lost PIN of the ketua."""

    @property
    def by(self) -> str | None:
        """Who sets it; None: its owner."""
        return self.proof.person if self.proof is not None else None

    @property
    def is_emergency(self) -> bool:
        """Whether somebody else sets it."""
        return self.by not in (None, self.person)


class PinGateway:
    """The PINs of one workspace."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._last = ""
        """Whose PIN was right last; offered first the next time."""

    def needs_pin(self, person: str) -> bool:
        """Whether somebody is recognised only by a PIN."""
        return pins.needs_pin(self._pleno.session, person)

    def members(self) -> list[Person]:
        """PPK members who have a PIN. PlenoError where nobody has one."""
        found = pins.members(self._pleno.session)
        if not found:
            raise PlenoError(
                "Belum ada PIN", "Belum ada anggota PPK yang menyetel PIN.", "Setel dengan `pleno pin ID`."
            )
        return found

    def agreeing(self) -> list[Person]:
        """PPK members one of whom must agree by PIN; nobody in practice and where nobody has one."""
        return [] if self._pleno.session.practice else pins.members(self._pleno.session)

    def require_pin_made(self, person: str) -> None:
        """PlenoError as `pins.require_pin_made`."""
        pins.require_pin_made(self._pleno.session, person)

    def first(self, people: Sequence[Person]) -> int | None:
        """The place of the one whose PIN is asked first; None where nobody of these has one."""
        asked = [one.id for one in people if self.needs_pin(one.id)]
        wanted = self._last if self._last in asked else next(iter(asked), None)
        return next((place for place, one in enumerate(people) if one.id == wanted), None)

    def practice_asks_none(self) -> str | None:
        """Why no PIN is set here; None where one can be."""
        return "Latihan tidak meminta PIN." if self._pleno.session.practice else None

    def provers(self, owner: Person) -> list[Person]:
        """Who proves a new PIN: its owner by the old one, the ketua by the own key; for the ketua's two members."""
        if owner.role is Role.KETUA:
            others = [one for one in pins.members(self._pleno.session) if one.role is Role.PPK]
            return [owner, *(others if len(others) > 1 else [])]
        keys = current_keys(self._pleno.session)
        return [owner, *(one for one in self._pleno.config.officers if one.role is Role.KETUA and one.id in keys)]

    def require_settable(self, setting: PinSetting) -> None:
        """PinNeeded where only a PIN is missing; PlenoError as the service."""
        one = setting
        pins.require_settable(self._pleno.session, one.person, one.proof, one.by, one.reason, one.second)

    def draw_pin(self) -> str:
        """A new PIN, as the program makes it."""
        return pins.draw_pin()

    def set_pin(self, setting: PinSetting, pin: str) -> Entry:
        """Give somebody a PIN. PlenoError as the service."""
        one = setting
        return pins.set_pin(self._pleno.session, one.person, pin, one.proof, one.by, one.reason, one.second)

    def verify_pin(self, person: str, pin: str) -> Verified:
        """Recognise somebody; PlenoError for a wrong PIN, which is an entry, and while one must wait."""
        proof = pins.verify_pin(self._pleno.session, person, pin, self._pleno.by)
        self._last = person
        return proof

    def verify_passphrase(self, person: str, key_file: Path, words: str) -> Verified:
        """Recognise somebody by the own key file; PlenoError as the service."""
        return pins.verify_passphrase(self._pleno.session, person, key_file, words)

    def log_in(self, person: str, proof: Verified | None = None) -> None:
        """Somebody takes the keys; what the one before typed becomes an entry under that one's name."""
        self._pleno.finish_all()
        pins.log_in(self._pleno.session, person, proof)
        self._pleno.by = person
        self._pleno.reload_all()

    def lock(self) -> None:
        """The keys are locked until somebody logs in."""
        pins.lock(self._pleno.session, self._pleno.by)
