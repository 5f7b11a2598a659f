"""The application: theme, keys, who acts, and the first screen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding
from textual.content import Content
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.worker import WorkerFailed

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.storage import preferences
from reviewtool.tui import commands, language
from reviewtool.tui.key_order import KeysInOrder
from reviewtool.tui.language import _
from reviewtool.tui.pasting import guard_pastes
from reviewtool.tui.render import one_line, safe
from reviewtool.tui.screens.help import HelpScreen
from reviewtool.tui.screens.log import LogScreen
from reviewtool.tui.screens.opening import Threshold
from reviewtool.tui.screens.palette import Palette
from reviewtool.tui.screens.who import WhoScreen
from reviewtool.tui.session import Session
from reviewtool.tui.themes import HIGH_CONTRAST

DEBUG = "REVIEWTOOL_DEBUG"
"""The environment variable that shows where an unexpected fault came from."""


class ReviewtoolApp(KeysInOrder[int]):
    """The desk in the terminal.

    Args:
        session: the open workspace and who acts.
        configuration: the user's own: theme, language, keys.
        edition: slug and language of the edition to open at once.
    """

    TITLE = "reviewtool"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar = commands.bindings("everywhere")
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        session: Session,
        configuration: preferences.Configuration | None = None,
        edition: tuple[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self._configuration = configuration or preferences.Configuration()
        self._edition = edition
        self.register_theme(HIGH_CONTRAST)
        self.set_keymap(commands.keymap(self._configuration.keys))

    def on_mount(self) -> None:
        """Put the theme on, and open the desk."""
        remembered = self.session.workspace.preferences.read()
        wanted = remembered.theme or self._configuration.theme
        if wanted in self.available_themes:
            self.theme = wanted
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self.push_screen(self._first_screen())
        if self.session.person is None:
            self.action_who()

    def _first_screen(self) -> Screen[Any]:
        if self._edition is None:
            from reviewtool.tui.screens.desk import DeskScreen

            return DeskScreen(self.session)
        return Threshold(self.session, self.session.workspace.editions.open(*self._edition))

    def _remember_theme(self, theme: Any) -> None:
        self.session.workspace.preferences.remember(theme=theme.name)

    # Commands that work everywhere

    def action_help(self) -> None:
        """Show the keys of the screen below."""
        places = getattr(self.screen, "PLACES", ())
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(places, self._configuration.keys))

    def action_command_palette(self) -> None:
        """Search all commands."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(placeholder=_("Search all commands.").rstrip(".。")))

    def search_themes(self) -> None:
        """Choose the colours."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder=_("Choose the colours")))

    def action_log(self) -> None:
        """Show what was said."""
        if not isinstance(self.screen, LogScreen):
            self.push_screen(LogScreen(self.session.said))

    def action_who(self) -> None:
        """Ask who acts."""
        policy = self.session.workspace.settings.policy
        if not isinstance(self.screen, WhoScreen):
            self.push_screen(WhoScreen(policy.people, [one.name for one in policy.passes]), self._is)

    def _is(self, person: str | None) -> None:
        if person is None:
            return
        self.session.person = person
        self.session.workspace.preferences.remember(person=person)
        for screen in self.screen_stack:
            changed = getattr(screen, "person_changed", None)
            if changed is not None:
                changed()

    def action_help_quit(self) -> None:
        """Say how to leave, to whoever tries with ^C."""
        command = commands.BY_ID["everywhere.quit"]
        keys = commands.shown_keys(self._configuration.keys.get(command.id, command.keys))
        self.notify(f"{keys}: {_(command.help)}")

    async def action_quit(self) -> None:
        """Leave, once everything that was acknowledged is saved."""
        for screen in reversed(self.screen_stack):
            leave = getattr(screen, "leave", None)
            if leave is not None and not await leave():
                return
        self.session.lookups.close()
        self.exit(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every command that works here, with its keys."""
        offered: set[str] = set()
        for command in commands.of(*getattr(screen, "PLACES", ()), "everywhere"):
            if command.run in offered or command.id == "everywhere.command_palette" or not _works(screen, command):
                continue
            offered.add(command.run)
            keys = commands.shown_keys(self._configuration.keys.get(command.id, command.keys))
            title = f"{_(command.help).rstrip('.。')}  {keys}".rstrip()
            yield SystemCommand(title, command.id, partial(self.run_action, command.run, screen))

    # What is said

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 - nothing is ever markup, whoever asks
    ) -> None:
        """Say a sentence in a toast, and keep it in the log; nothing in it is markup."""
        said = self.session.say(message, severity)
        lasting = 12.0 if severity == "error" and timeout is None else timeout
        super().notify(safe(said), title=one_line(title), severity=severity, timeout=lasting, markup=False)

    def get_key_display(self, binding: Binding) -> str:
        """Keys as the footer writes them, everywhere."""
        return commands.shown_key(binding.key)

    def _handle_exception(self, error: Exception) -> None:
        """What a rule refuses or a file cannot be is said; any other fault ends the UI with one sentence."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, ReviewtoolError):
            self.notify(str(cause), severity="error")
            return
        if os.environ.get(DEBUG) or self.is_headless:
            super()._handle_exception(error)
            return
        what = one_line(f"{type(error).__name__}: {error}")[:300]
        hint = _("This is a fault of reviewtool ({what}); with {debug}=1 it shows where: report it.")
        self.exit(2, return_code=2, message=Content(hint.format(what=what, debug=DEBUG)).plain)


def _works(screen: Screen[object], command: commands.Command) -> bool:
    """Whether the screen lets the command be done now."""
    action = (command.action or command.name).partition("(")[0]
    return "." in action or command.place == "everywhere" or screen.check_action(action, ()) is not False


def run(
    folder: Path, *, person: str | None = None, edition: tuple[str, str] | None = None, tag: str | None = None
) -> int:
    """Open the UI on the workspace of a folder; returns the exit status.

    ``person`` is an id if it is known who acts; ``edition`` is opened at once; ``tag`` is the interface's language,
    by default the configuration's, else the locale's. Raises InputError where there is no workspace, and for a
    configuration that cannot be used.
    """
    configuration = preferences.configuration()
    language.choose(tag or configuration.language or language.by_locale())
    session = Session(folder, person=person)
    if session.person is None:
        session.person = _remembered(session)
    if edition is not None:
        opened = session.workspace.editions.open(*edition)
        edition = (opened.slug, opened.language.tag)
    app = ReviewtoolApp(session, configuration, edition)
    guard_pastes()
    try:
        status = app.run()
    finally:
        session.lookups.close()
    return app.return_code if status is None and app.return_code is not None else status or 0


def _remembered(session: Session) -> str | None:
    """Who acted in this clone last, if they are still at the desk."""
    person = session.workspace.preferences.read().person
    try:
        return session.workspace.person(person) if person else None
    except InputError:
        return None
