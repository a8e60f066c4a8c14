"""Every screen of the program, in the order of its keys; loaded after the first paint."""

from __future__ import annotations

from typing import Final

from pleno.tui.commands import AnyCommand, keys_page
from pleno.tui.common import COMMON, mode_command
from pleno.tui.screens.attendance import AttendanceScreen
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.boxes import BoxesScreen
from pleno.tui.screens.charts import ChartScreen
from pleno.tui.screens.closing import ClosingScreen
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.differences import DifferencesScreen
from pleno.tui.screens.findings import FindingsScreen
from pleno.tui.screens.home import HomeScreen
from pleno.tui.screens.intake import IntakeScreen
from pleno.tui.screens.journal import JournalScreen
from pleno.tui.screens.keberatan import KeberatanScreen
from pleno.tui.screens.keys import KeysScreen
from pleno.tui.screens.past import PastRecapScreen
from pleno.tui.screens.photos import PhotosScreen
from pleno.tui.screens.recap import RecapScreen
from pleno.tui.screens.settings import SettingsScreen
from pleno.tui.screens.signing import SigningScreen
from pleno.tui.screens.tasks import TasksScreen
from pleno.tui.screens.template_pages import MapScreen, TrialScreen
from pleno.tui.screens.templates import TemplatesScreen
from pleno.tui.screens.verification import VerificationScreen

SCREENS: Final[tuple[type[PlenoScreen], ...]] = (
    HomeScreen, DeskScreen, DifferencesScreen, KeberatanScreen, RecapScreen, ClosingScreen, JournalScreen,
)  # fmt: skip
"""The screens of the modes."""

COMMON_ACTS: Final[tuple[AnyCommand, ...]] = (*map(mode_command, SCREENS), *COMMON)
"""What every screen has beside its own commands."""


def tombol_md() -> str:
    """docs/tombol.md."""
    screens: list[type[PlenoScreen]] = [
        *SCREENS,
        BoxesScreen,
        AttendanceScreen,
        FindingsScreen,
        IntakeScreen,
        SigningScreen,
        KeysScreen,
        VerificationScreen,
        TemplatesScreen,
        MapScreen,
        TrialScreen,
        PastRecapScreen,
        TasksScreen,
        PhotosScreen,
        SettingsScreen,
        ChartScreen,
    ]
    return keys_page([(screen.TITLE, (*screen.ACTS, *COMMON_ACTS)) for screen in screens])
