"""What the screens ask of the program: help, who types, the contest, leaving, the next difference on the Meja."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Final

from pleno.domain.errors import DiskFull, PlenoError
from pleno.domain.rules import Severity
from pleno.service.notices import Notice
from pleno.tui.ballast_gateway import give_up, held_back
from pleno.tui.labels import contest_words
from pleno.tui.laptop_gateway import LaptopGateway
from pleno.tui.screens.ask import Ask, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.help import HelpScreen
from pleno.tui.screens.lesson import LessonScreen
from pleno.tui.screens.lock import LockScreen
from pleno.tui.screens.notes import NotesScreen
from pleno.tui.screens.photos import PhotosScreen
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.screens.settings import SettingsScreen
from pleno.tui.tasks_gateway import TasksGateway
from pleno.tui.widgets.lines import Said

if TYPE_CHECKING:
    from pleno.tui.app import PlenoApp

_ROOM: Final = {
    True: "Kosongkan pemberatnya di sini, atau pindahkan berkas lain dari disk ini, lalu ulangi.",
    False: "Pindahkan atau hapus berkas lain di disk ini, lalu ulangi.",
}
"""What to do about a full disk, with a ballast and without one; the command waits until the desk is closed."""


def show_help(app: PlenoApp) -> None:
    """F1."""
    screen = app.screen
    if isinstance(screen, PlenoScreen) and not isinstance(screen, HelpScreen):
        app.push_screen(HelpScreen(screen))


def show_notes(app: PlenoApp) -> None:
    """F12."""
    if not isinstance(app.screen, NotesScreen):
        app.push_screen(NotesScreen())


def show_photos(app: PlenoApp) -> None:
    """F."""
    if not isinstance(app.screen, PhotosScreen):
        app.push_screen(PhotosScreen())


def show_settings(app: PlenoApp) -> None:
    """F9."""
    if not isinstance(app.screen, SettingsScreen):
        app.push_screen(SettingsScreen())


def check_whole(app: PlenoApp) -> None:
    """Judge the whole database behind the desk (TRUST.md section 10); nothing more is written into a damaged one."""
    laptop = LaptopGateway(app.pleno)

    def work() -> None:
        try:
            faults = judge() if judge is not None else []
        except PlenoError as error:
            app.call_later(app.remember, Said(error.title, error.message, error.advice, Severity.PERINGATAN))
        else:
            if faults:
                app.call_later(lambda: _tell(app, [laptop.hold(faults)]))

    try:
        judge = laptop.judging()
    except PlenoError as error:
        app.remember(Said(error.title, error.message, error.advice, Severity.PERINGATAN))
    else:
        app.run_worker(work, thread=True)


def tell_notices(app: PlenoApp) -> None:
    """Say at the opening what must be known."""
    _tell(app, LaptopGateway(app.pleno).notices())


def _tell(app: PlenoApp, told: Sequence[Notice]) -> None:
    """Each on line 23 and for F12, and in front what may mislead."""
    for notice in reversed(told):
        severity = Severity.KERAS if notice.title == "BACA-SAJA" else Severity.PERINGATAN
        if isinstance(app.screen, PlenoScreen) and not (notice.title == "DIPULIHKAN" and app.pleno.restored):
            app.screen.refresh_lines()
            app.screen.tell(notice.title, notice.text, notice.advice, severity)
    if front := [notice for notice in told if notice.misleads]:
        _show_in_front(app, front)


def _show_in_front(app: PlenoApp, told: Sequence[Notice]) -> None:
    options = [Option("j", "jam sudah diperiksa", "j")] if any(notice.title == "JAM" for notice in told) else []

    def answered(answer: str | None) -> None:
        if answer == "j":
            confirm_clock(app)
        elif answer == "k":
            app.exit()

    said = "\n\n".join(map(str, told))
    app.push_screen(
        Ask("SEBELUM MULAI", said, [*options, Option("k", "keluar", "k")], leave="baca lalu lanjut"), answered
    )


def confirm_clock(app: PlenoApp) -> None:
    """Whoever sits at the keys has looked at the clock; that is an entry."""
    screen = app.screen
    if isinstance(screen, PlenoScreen):
        try:
            LaptopGateway(app.pleno).confirm_clock()
        except PlenoError as error:
            screen.refuse(error)
        else:
            screen.redraw()
            screen.tell("Jam", f"diterima, {app.pleno.last_entry()}.")


def look_at_clock(app: PlenoApp) -> None:
    """Say once that the clock was set while the program runs; line 1 keeps on saying it."""
    gate = LaptopGateway(app.pleno)
    if gate.look_at_clock() and isinstance(app.screen, PlenoScreen):
        app.screen.refresh_lines()
        app.screen.tell("JAM", gate.doubt, "J sesudah jamnya diperiksa.", Severity.PERINGATAN)


def ask_who(app: PlenoApp) -> None:
    """Who types: asked once where pleno.toml names several operators, since every entry names its person."""
    officers = app.pleno.operators()
    if app.by is not None or len(officers) < 2:
        return
    options = [Option(str(n), one.name, one.id) for n, one in enumerate(officers[:9], 1)]

    def chosen(person: str | None) -> None:
        if person is None:
            ask_who(app)
        else:
            app.pleno.by = person
            app.redraw()

    app.push_screen(Ask("Siapa yang mengetik?", "Setiap entri menyebut namanya.", options), chosen)


def begin_lesson(app: PlenoApp) -> None:
    """The ten keys of the Meja, where there is a practice to learn on."""
    if not TasksGateway(app.pleno).why_none():
        app.push_screen(LessonScreen())


def ask_to_change_person(app: PlenoApp) -> None:
    """Who sits at the keys from now on; with the PIN of whoever has one."""

    def recognised(who: Recognised | None) -> None:
        screen = app.screen
        if who is None or not isinstance(screen, PlenoScreen):
            return
        try:
            app.pleno.pins.log_in(who.person, who.proof)
        except PlenoError as error:
            screen.refuse(error)
        else:
            app.redraw()
            screen.tell("Di papan ketik", app.pleno.people()[who.person])

    others = [one for one in app.pleno.config.officers if one.id != app.pleno.by]
    app.push_screen(PinDialog("Siapa di papan ketik?", "Setiap entri menyebut namanya.", others), recognised)


def lock(app: PlenoApp) -> None:
    """Take no more keys; that it was locked is an entry. PlenoError where nothing can be written."""
    app.pleno.pins.lock()
    app.push_screen(LockScreen())


def ask_to_leave(app: PlenoApp) -> None:
    """The question before leaving, once."""
    if any(isinstance(screen, Ask) for screen in app.screen_stack):
        return
    said = f"Semua tersimpan sampai {app.pleno.last_entry()}."
    if app.pleno.saved().startswith("draf"):
        said += " Draf yang terbuka menjadi entri."

    def answered(answer: str | None) -> None:
        if answer == "k":
            app.exit()

    app.push_screen(Ask("Keluar?", said, [Option("k", "keluar", "k")]), answered)


def tell_paste_refused(app: PlenoApp) -> None:
    """Nothing was taken of a paste; a dialog has no line for it, F12 has."""
    title, text, advice = "Tempelan ditolak", "memuat karakter yang tidak terlihat.", "Ketik tulisannya."
    if isinstance(app.screen, PlenoScreen):
        app.screen.tell(title, text, advice, Severity.PERINGATAN)
    else:
        app.remember(Said(title, text, advice, Severity.PERINGATAN))


def tell_not_saved(app: PlenoApp, error: PlenoError, again: Callable[[], object] | None) -> None:
    """Say in front of everything that the disk refused; what was typed stays in its cell.

    A full disk is given its ballast back here, and the same act is tried once more.
    """
    screen = app.screen
    if isinstance(screen, Ask):
        return
    held = held_back(app.pleno) if isinstance(error, DiskFull) else 0
    options = [Option("k", f"Kosongkan pemberat {held} MB{', lalu simpan lagi' if again else ''}", "k")] * bool(held)
    if again is not None and not app.pleno.session.store.read_only:
        options.append(Option("u", "ulangi", "u"))

    async def answered(answer: str | None) -> None:
        if answer is None or not isinstance(screen, PlenoScreen):
            return
        try:
            freed = give_up(app.pleno) if answer == "k" else None
        except PlenoError as refused:
            screen.refuse(refused, again)
            return
        if again is not None:
            done = again()
            if isawaitable(done):
                await done
        if freed is not None and screen.is_current:
            screen.tell("Pemberat dikosongkan", f"#{freed.seq}.", "Sediakan ruang, lalu `pleno dokter --pemberat`.")
        screen.redraw()

    advice = error.advice if not isinstance(error, DiskFull) else _ROOM[bool(held)]
    safe = f"Yang aman: sampai {app.pleno.last_entry()}."
    app.push_screen(Ask(error.title, f"{error.message} {advice} {safe}", options), answered)


def go_to_difference(app: PlenoApp, by: int) -> None:
    """Show the next (1) or previous (-1) open difference, seen from the paper on the table, on the Meja."""
    desk, order = _desk(app), app.pleno.order
    place = (desk.tps, desk.grid.key) if desk and desk.tps else (order[0 if by > 0 else -1], "")
    found = app.pleno.difference_from(*place, by)
    if found is not None:
        app.open_desk(*found)
    elif isinstance(app.screen, PlenoScreen):
        app.screen.tell("Tidak ada selisih terbuka", "ke arah ini.")


def ask_contest(app: PlenoApp) -> None:
    """Which contest of the workspace is shown from now on."""
    named = list(app.pleno.session.contests.values())[:9]
    options = [Option(str(n), contest_words(one), one.id) for n, one in enumerate(named, 1)]

    def chosen(contest: str | None) -> None:
        if contest is not None:
            choose_contest(app, contest)

    app.push_screen(Ask("Kontes mana?", "Yang sedang diketik tersimpan.", options), chosen)


def choose_contest(app: PlenoApp, contest: str) -> None:
    """Show another contest of the workspace on every screen; the paper on the table is put aside."""
    desk = _desk(app)
    if desk and desk.tps:
        if not desk.finish_paper(lambda: choose_contest(app, contest)):
            return
        desk.tps = ""
    app.pleno.choose(contest)
    app.redraw()


def _desk(app: PlenoApp) -> DeskScreen | None:
    """The Meja, if it was shown before."""
    stack = app._screen_stacks.get(DeskScreen.MODE, [])
    return next((screen for screen in stack if isinstance(screen, DeskScreen)), None)
