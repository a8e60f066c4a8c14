"""Photos of the plano as the screens know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.domain.photo import Photo
from pleno.service import photos
from pleno.service.photos import Album, PhotoLine
from pleno.tui.jump import find_tps

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class PhotosGateway:
    """data/foto of one workspace."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._session = pleno.session

    def album(self) -> Album:
        """What is tied, what lies there, what is missing; tied files are held against their size alone."""
        return photos.album(self._session)

    def of(self, tps: str) -> list[Photo]:
        """The photos of a TPS in the contest that is read, by page."""
        return photos.photos_of(self._session, self._session.roster[tps], self._pleno.contest)

    def open(self, name: str) -> None:
        """Show a tied photo with the viewer of the system. PlenoError where it changed or nothing can show it."""
        photo = self._session.state.get(Photo, name)
        if photo is not None:
            photos.open_photo(self._session, photo)

    def link_all(self) -> tuple[int, list[PhotoLine]]:
        """Tie every file whose name says its TPS; how many, and what was refused."""
        entries, refused = photos.link_all(self._session, self._pleno.by)
        return len(entries), refused

    def link(self, name: str, where: str) -> str:
        """Tie one file to the TPS a person names, in the contest that is read; what that TPS is called."""
        tps = self._session.roster[find_tps(self._session, where, self._pleno.order[0])]
        photos.link(self._session, name, tps, self._pleno.contest, self._pleno.by)
        return self._session.tps_name(tps)

    def unlink(self, name: str, note: str) -> None:
        """Take a link back, with its reason."""
        photos.unlink(self._session, name, note, self._pleno.by)
