"""The tasks of a practice kecamatan as the screens know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.domain.tasks import Verdict
from pleno.service import tasks

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class TasksGateway:
    """What a trainee did of them."""

    def __init__(self, pleno: Pleno) -> None:
        self._session = pleno.session

    def why_none(self) -> str:
        """Why there are none here; empty where there are."""
        return tasks.why_none(self._session)

    def verdicts(self) -> list[Verdict]:
        """Every task as the workspace stands."""
        return tasks.verdicts(self._session)
