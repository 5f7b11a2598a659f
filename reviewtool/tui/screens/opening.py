"""The ways from the desk into its editions: who goes there is asked first, reading goes on beside the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from reviewtool.errors import ReviewtoolError
from reviewtool.services.editions import OpenEdition
from reviewtool.tui.language import _
from reviewtool.tui.screens.who import WhoScreen
from reviewtool.tui.session import Session
from reviewtool.tui.way_in import Mode, way_in

if TYPE_CHECKING:
    from reviewtool.tui.screens.edition import EditionScreen
    from reviewtool.tui.screens.findings import Place

Key = tuple[str, str]
"""Slug and language tag of an edition."""


class OpeningScreen(Screen[Any]):
    """A screen from which editions are opened, signed, exported, shown and checked.

    The screens of an edition are imported when one is first opened: this one is there sooner.

    Args:
        session: the open workspace and who acts.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def person_changed(self) -> None:
        """Somebody else sits here."""

    def stand_on(self, key: Key) -> None:
        """An edition is opened."""

    def as_somebody(self, doing: Callable[[], None]) -> None:
        """Do something as the person here; who that is is asked first where it is not known."""
        if self.session.person is not None:
            doing()
            return
        policy = self.session.workspace.settings.policy

        def known(person: str | None) -> None:
            if person is not None:
                self.session.person = person
                self.session.workspace.preferences.remember(person=person)
                self.person_changed()
                doing()

        self.app.push_screen(WhoScreen(policy.people, [one.name for one in policy.passes]), known)

    def with_edition(self, key: Key, doing: Callable[[OpenEdition], None]) -> None:
        """Open an edition beside the keys, then do something with it, unless somebody went elsewhere meanwhile."""

        async def opened() -> None:
            try:
                edition = await asyncio.to_thread(self.session.workspace.editions.open, *key)
            except ReviewtoolError as error:
                self.notify(str(error), severity="error")
                return
            if self.is_active:
                doing(edition)

        self.run_worker(opened(), group="opening", exclusive=True)

    def go(self, key: Key, mode: Mode | None = None, segment: str | None = None) -> None:
        """Open an edition where something waits, or in this mode and at this segment where they are given."""
        self.stand_on(key)
        self.as_somebody(lambda: self.with_edition(key, partial(self._enter, mode=mode, segment=segment)))

    def _enter(self, edition: OpenEdition, mode: Mode | None = None, segment: str | None = None) -> None:
        way = way_in(edition.standing, self.session.acting, mode)
        screen = self._screen_for(edition, way.mode, segment or way.segment)
        self.app.push_screen(screen)
        if way.sign is not None and segment is None and mode is None:
            self._push_sign(edition, way.sign, screen.goto)

    def _screen_for(self, edition: OpenEdition, mode: Mode, segment: str | None) -> EditionScreen:
        if mode is Mode.TRANSLATE:
            from reviewtool.tui.screens.editor import EditorScreen

            return EditorScreen(self.session, edition, segment)
        from reviewtool.tui.screens.revision import RevisionScreen

        return RevisionScreen(self.session, edition, segment)

    def sign(self, key: Key) -> None:
        """Open the window to sign a pass of an edition."""

        def push(edition: OpenEdition) -> None:
            self._push_sign(edition, None, lambda segment: self.go(key, segment=segment))

        self.as_somebody(lambda: self.with_edition(key, push))

    def _push_sign(self, edition: OpenEdition, pass_name: str | None, jump: Callable[[str], None]) -> None:
        from reviewtool.tui.screens.sign import Jump, Signed, SignScreen

        def ended(answer: Signed | Jump | None) -> None:
            if isinstance(answer, Jump) and answer.segment is not None:
                jump(answer.segment)

        self.app.push_screen(SignScreen(self.session, edition, pass_name), ended)

    def export(self, key: Key) -> None:
        """Open the window to export an edition."""

        def push(edition: OpenEdition) -> None:
            from reviewtool.tui.screens.export import ExportScreen

            self.app.push_screen(ExportScreen(self.session, edition), self._exported)

        self.with_edition(key, push)

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.session.say(_("Exported: {path}").format(path=self.session.workspace.project.relative(path)))

    def preview(self, key: Key) -> None:
        """Show an edition as it will be published."""

        def ended(segment: str | None) -> None:
            if segment is not None:
                self.go(key, segment=segment)

        def push(edition: OpenEdition) -> None:
            from reviewtool.tui.screens.preview import PreviewScreen

            self.app.push_screen(PreviewScreen(self.session, edition, None), ended)

        self.with_edition(key, push)

    def check(self, slug: str | None, tag: str | None) -> None:
        """Show what the checks say of an edition, or of all."""
        from reviewtool.tui.screens.findings import FindingsScreen

        def ended(place: Place | None) -> None:
            if place is not None:
                self.go((place.slug, place.language), segment=place.segment or None)

        self.app.push_screen(FindingsScreen(self.session, slug, tag), ended)


class Threshold(OpeningScreen):
    """Where one stands who starts with an edition: it is entered at once, and the desk is met on the way back.

    Args:
        session: the open workspace and who acts.
        edition: the one to enter.
    """

    def __init__(self, session: Session, edition: OpenEdition) -> None:
        super().__init__(session)
        self._edition = edition
        self._been = self._asked = False

    def on_screen_resume(self) -> None:
        """Go in; when one comes back, or will not say who one is, go on to the desk."""
        if not self.is_current:
            return
        if not self._been and self.session.person is not None:
            self._been = True
            self._enter(self._edition)
        elif self._been or self._asked:
            self._to_the_desk()
        else:
            self._asked = True

    def _to_the_desk(self) -> None:
        from reviewtool.tui.screens.desk import DeskScreen

        self.app.switch_screen(DeskScreen(self.session, (self._edition.slug, self._edition.language.tag)))
