"""The boxes of the TPS as the screens know them: how far each desa is out, acts in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.box import BoxStep, Kotak, Route
from pleno.domain.state import Tps
from pleno.service.boxes import Seen, boxes, note_boxes

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class BoxLine(NamedTuple):
    """One TPS and its box."""

    tps: Tps
    box: Kotak | None
    """None until it came."""


class BoxView(NamedTuple):
    """The boxes of a contest, for Beranda."""

    opened: Counter[str]
    """Code of a desa -> boxes opened."""
    missing: Sequence[tuple[str, Sequence[int]]]
    """Desa name and the numbers of its TPS whose box has not come; empty while none has."""
    routes: Counter[Route]
    """By which way the Sirekap data came, where somebody said."""

    @property
    def route_words(self) -> str:
        """ "daring 12   luring lalu daring 3"; empty where nobody said."""
        return "   ".join(f"{route.words} {self.routes[route]}" for route in Route if self.routes[route])


class BoxesGateway:
    """The boxes of the contest that a `Pleno` shows."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    def view(self) -> BoxView:
        """Every desa."""
        known = boxes(self._pleno.session, self._pleno.contest)
        missing: dict[str, list[int]] = {}
        for file in self._pleno.files if known else ():
            if file.tps.code not in known:
                missing.setdefault(file.tps.desa, []).append(file.tps.number)
        desa = self._pleno.session.desa
        return BoxView(
            opened=Counter(code[:10] for code, box in known.items() if box.opened),
            missing=[(desa[code].name, numbers) for code, numbers in missing.items()],
            routes=Counter(Route(box.route) for box in known.values() if box.route),
        )

    def desa(self) -> list[str]:
        """Codes of the desa where the contest is read, in reading order."""
        return list(dict.fromkeys(file.tps.desa for file in self._pleno.files))

    def of_desa(self, desa: str) -> list[BoxLine]:
        """The TPS of a desa with their boxes, in reading order."""
        known = boxes(self._pleno.session, self._pleno.contest)
        return [BoxLine(file.tps, known.get(file.tps.code)) for file in self._pleno.files if file.tps.desa == desa]

    def note(self, tps: Sequence[Tps], step: BoxStep, seen: Seen | None = None) -> int:
        """Note boxes; how many entries that made. PlenoError as `note_boxes`."""
        return len(note_boxes(self._pleno.session, tps, self._pleno.contest, step, self._pleno.by, seen))
