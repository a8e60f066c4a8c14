"""PINs as the screens know them: who must show one, and who sits at the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pleno.domain.errors import PlenoError
from pleno.domain.state import Person
from pleno.service import pins
from pleno.service.pins import Verified

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


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

    def first(self, people: Sequence[Person]) -> int | None:
        """The place of the one whose PIN is asked first; None where nobody of these has one."""
        asked = [one.id for one in people if self.needs_pin(one.id)]
        wanted = self._last if self._last in asked else next(iter(asked), None)
        return next((place for place, one in enumerate(people) if one.id == wanted), None)

    def verify_pin(self, person: str, pin: str) -> Verified:
        """Recognise somebody; PlenoError for a wrong PIN, which is an entry, and while one must wait."""
        proof = pins.verify_pin(self._pleno.session, person, pin, self._pleno.by)
        self._last = person
        return proof

    def log_in(self, person: str, proof: Verified | None = None) -> None:
        """Somebody takes the keys; what the one before typed becomes an entry under that one's name."""
        self._pleno.finish_all()
        pins.log_in(self._pleno.session, person, proof)
        self._pleno.by = person
        self._pleno.reload_all()

    def lock(self) -> None:
        """The keys are locked until somebody logs in."""
        pins.lock(self._pleno.session, self._pleno.by)
