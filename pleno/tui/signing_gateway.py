"""The signatures of a set as the screens know them: who signed, who has not, who refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.entry import Entry, Kind
from pleno.domain.signers import spoken_fingerprint
from pleno.domain.state import Kehadiran, PlenoState, Sheet
from pleno.service import export, signers, signing
from pleno.tui.labels import clock_time

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class SignerLine(NamedTuple):
    """Somebody who may sign."""

    id: str
    name: str
    role: str
    """ketua, anggota, saksi, panwaslu."""
    here: str
    """ "tidak hadir" for a guest who is not in the room; else empty."""
    key: str
    """Beginning of the fingerprint of the key that the set names; empty where it names none."""
    no_key: str
    """Why the set names none: "belum ada", "sesudah set ini"."""
    signed: str
    """ "14:02:10"; empty while there is no signature."""
    refused: str
    """The reason; empty where nobody refused."""


@dataclass(frozen=True, slots=True)
class SigningView:
    """Where the signatures of a set stand."""

    number: int
    status: str
    folder: str
    lines: tuple[SignerLine, ...]
    """The ketua first, then members, then guests."""
    missing: str
    """What the rule still asks for; empty once it is met."""
    closed: str
    """Why nobody can sign now; empty where one can."""


class SigningGateway:
    """The signatures of one set of a `Pleno`."""

    def __init__(self, pleno: Pleno, sheet: Sheet) -> None:
        self._session, self._number = pleno.session, sheet.number
        self._folder = pleno.session.folder / export.OUTGOING / sheet.folder

    def view(self) -> SigningView:
        """PlenoError where the set no longer lies in its folder as the journal knows it."""
        session = self._session
        state = signing.signing_state(session, self._folder)
        named = {one.id: one.cert_sha256 for one in (*state.signed, *state.left)}
        done = {one.id for one in state.signed}
        keys = signers.current_keys(session)
        guests = {one.id: one for one in session.state.all(Kehadiran)}
        lines = tuple(
            SignerLine(
                id=person,
                name=name,
                role=role.value,
                here="tidak hadir" * (person in guests and not guests[person].present),
                key=spoken_fingerprint(named[person])[:9] if person in named else "",
                no_key="" if person in named else "sesudah set ini" if person in keys else "belum ada",
                signed=_last(state.entries, Kind.EXPORT_SIGNED, person, "at") if person in done else "",
                refused="" if person in done else _last(state.entries, Kind.SIGNING_REFUSED, person, "note"),
            )
            for person, (name, role) in signers.may_sign(session).items()
        )
        able = (PlenoState.DIBUKA, PlenoState.DITUTUP)
        closed = "" if session.meeting.state in able else f"Rapat {session.meeting.state}; p di Beranda mengubahnya."
        return SigningView(
            state.sheet.number, state.sheet.status.value, state.sheet.folder, lines, state.missing, closed
        )

    def sign(self, person: str, key: Path, words: str) -> str:
        """Sign with a key file and its passphrase; what the rule still asks for. PlenoError as `signing.sign`."""
        return signing.sign(self._session, self._folder, key, words, person).missing

    def refuse(self, person: str, reason: str) -> None:
        """Somebody will not sign, and says why."""
        signing.refuse_to_sign(self._session, self._folder, person, reason)


def _last(entries: tuple[Entry, ...], kind: Kind, person: str, what: str) -> str:
    """The time or the words of the newest entry of a kind about a person; empty where there is none."""
    own = [entry for entry in entries if entry.kind is kind and entry.data["id"] == person]
    if not own:
        return ""
    return clock_time(own[-1].stamp.at) if what == "at" else own[-1].note or ""
