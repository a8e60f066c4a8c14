"""The signing keys as the screens know them: who may have one, and making or replacing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.entry import Role
from pleno.domain.signers import spoken_fingerprint
from pleno.domain.state import Person, Seal
from pleno.service import seal_signing, signers, signing
from pleno.service.pins import Verified, needs_pin

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno
    from pleno.tui.screens.pin import Recognised


class KeyLine(NamedTuple):
    """Somebody who may sign."""

    id: str
    name: str
    role: str
    """ketua, anggota, saksi, panwaslu."""
    fingerprint: str
    """16 groups of 4 digits; empty while there is no key."""


class MadeKey(NamedTuple):
    """A key that was just made; the passphrase is shown once and kept nowhere."""

    path: Path
    passphrase: str
    fingerprint: str


class KeysGateway:
    """The keys of the workspace of a `Pleno`."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno, self._session = pleno, pleno.session

    def lines(self) -> list[KeyLine]:
        """Everybody who may sign, the ketua first."""
        keys = signers.current_keys(self._session)
        return [
            KeyLine(person, name, role.value, spoken_fingerprint(keys[person].fingerprint) if person in keys else "")
            for person, (name, role) in signers.may_sign(self._session).items()
        ]

    @property
    def seal(self) -> int:
        """Number of the newest seal; 0 while there is none."""
        return max((one.number for one in self._session.state.all(Seal)), default=0)

    def sign_seal(self, person: str, key: Path, words: str) -> str:
        """Sign the file of the newest seal; what was written. PlenoError as `seal_signing.sign_seal`."""
        return ", ".join(seal_signing.sign_seal(self._session, key, words, person).files[1:])

    def owner(self, person: str) -> list[Person]:
        """The officer whose key only he makes and replaces, since he has a PIN; nobody for anybody else."""
        officers = self._pleno.config.officers
        return [one for one in officers if one.id == person and needs_pin(self._session, person)]

    def members(self, person: str) -> list[Person]:
        """Who may answer for replacing a key; at most nine."""
        able = [one for one in self._pleno.config.officers if one.role in (Role.PPK, Role.KETUA)]
        return self.owner(person) or able[:9]

    def make(self, person: str, folder: Path, who: Recognised | None = None) -> MadeKey:
        """The first key of somebody, its file in `folder`. PlenoError as `signing.create_key`."""
        by, proof = (self._pleno.by, None) if who is None else who
        return _made(signing.create_key(self._session, person, folder, by, proof))

    def replace(self, person: str, folder: Path, reason: str, by: str, proof: Verified | None = None) -> MadeKey:
        """A new key for somebody who lost one. PlenoError as `signing.rotate_key`."""
        return _made(signing.rotate_key(self._session, person, folder, reason, by, proof))


def _made(new: signing.NewKey) -> MadeKey:
    return MadeKey(new.path, new.passphrase, spoken_fingerprint(new.fingerprint))
