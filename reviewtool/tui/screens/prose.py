"""What preview and read-through share: an edition as prose, its current sentence, and the watch over its files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import getters
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from reviewtool.errors import ReviewtoolError
from reviewtool.model.edition import Edition
from reviewtool.services.editions import OpenEdition
from reviewtool.tui.language import _
from reviewtool.tui.render import one_line
from reviewtool.tui.session import Session
from reviewtool.tui.story import PageRows, Story
from reviewtool.tui.widgets.prose_grid import ProseGrid

_WATCHED = 0.5
"""Seconds between two looks whether another program changed the files."""

_SHORTEST_TITLE = 20


class ProseScreen(Screen[str | None]):
    """An edition to be read; answers with the segment to go to.

    Args:
        session: the workspace and who acts.
        edition: as it was opened.
        segment: the one to begin at.
    """

    CSS_PATH = "prose.tcss"
    PLACES: ClassVar[tuple[str, ...]] = ()

    grid = getters.query_one(ProseGrid)

    def __init__(self, session: Session, edition: OpenEdition, segment: str | None) -> None:
        super().__init__()
        self.session = session
        self.edition = edition
        self.ids: Sequence[str] = tuple(edition.standing.segments)
        self.story: Story | None = None
        self.rows: PageRows | None = None
        self.seen: object = None
        """What the files looked like when the edition was read; None before that was looked at."""
        self._wanted = segment
        self._turn = asyncio.Lock()

    def make_rows(self, story: Story) -> PageRows:
        """The rows of the story as it is now."""
        raise NotImplementedError

    def columns(self) -> Sequence[str]:
        """What stands above the columns."""
        return ("",)

    def facts(self) -> Sequence[str]:
        """What the title line says beside title and languages."""
        return ()

    def sentence_shown(self) -> None:
        """The current sentence is another, or its text is."""

    def is_busy(self) -> bool:
        """Whether something is being saved, so that the files are about to change."""
        return False

    def on_mount(self) -> None:
        """Read the edition, and look after it."""
        self.grid.focus()
        self.run_worker(self._begin(), group="read")

    async def _begin(self) -> None:
        await self.take(self.edition)
        self.set_interval(_WATCHED, self.look_again)

    # The current sentence

    @property
    def place(self) -> int:
        """The place of the current sentence among the edition's segments."""
        return min(self.grid.now, max(0, len(self.ids) - 1))

    @property
    def here(self) -> str | None:
        """The current sentence's segment; None where there is none yet."""
        return self.ids[self.place] if self.ids and self.rows is not None else self._wanted

    def go(self, place: int) -> None:
        """Make a sentence the current one."""
        self.grid.point(place)
        self._say_where()

    def action_move(self, by: int) -> None:
        """Go to the next sentence, or the one before; over those that are not to be seen."""
        self._go_along(self.place + by, by)

    def action_page(self, by: int) -> None:
        """Go a page down or up."""
        self.go(self.grid.paged(by))

    def action_edge(self, end: int) -> None:
        """Go to the first or the last sentence."""
        self._go_along(0 if end == 0 else len(self.ids) - 1, 1 if end == 0 else -1)

    def _go_along(self, place: int, step: int) -> None:
        """Go to the first sentence that is to be seen from a place on."""
        while self.rows is not None and 0 <= place < len(self.ids):
            if self.rows.shows(place):
                self.go(place)
                return
            place += step

    def on_prose_grid_pointed(self, event: ProseGrid.Pointed) -> None:
        """A sentence was clicked."""
        event.stop()
        self.go(event.segment)

    def _say_where(self) -> None:
        self.show_title()
        self.sentence_shown()

    def show_title(self) -> None:
        """What is read, and where; a title that is too long for the line is cut."""
        facts = [str(self.edition.languages), *self.facts()]
        if self.ids:
            facts.append(_("{number} of {total}").format(number=self.place + 1, total=len(self.ids)))
        beside = "".join(f"  {one_line(fact)}" for fact in facts if fact)
        title = one_line(self.edition.article.title or self.edition.slug)
        room = max(_SHORTEST_TITLE, self.size.width - 2 - cell_len(beside))
        if cell_len(title) > room:
            title = f"{set_cell_size(title, room - 3).rstrip()}..."
        self.query_one("#title", Static).update(Content.assemble((title, "bold"), (beside, "dim")))

    def on_resize(self) -> None:
        """The title line has another length."""
        self.show_title()

    # The edition as it is now

    async def take(self, edition: OpenEdition) -> None:
        """Show an edition as it is now, the current sentence kept, or the place where it was."""
        async with self._turn:
            try:
                shown = await asyncio.to_thread(self._shown, edition)
            except ReviewtoolError as error:
                self.notify(str(error), severity="error")
                return
            same = self.story is not None and shown == self.story.edition
            if same and self.edition.ledger.events == edition.ledger.events:
                return
            before, self.edition = self.edition, edition
            if same:
                self.changed_beside()
            else:
                self._show(shown)
            self.taken(before)

    def _show(self, shown: Edition) -> None:
        wanted, place, first = self.here, self.place, self.story is None
        self.ids = tuple(self.edition.standing.segments)
        self.story = Story(shown, self.edition.article)
        now = self.ids.index(wanted) if wanted in self.ids else min(place, max(0, len(self.ids) - 1))
        self.lay_out(now, anchor=not first)

    def taken(self, before: OpenEdition) -> None:
        """The edition is another one than it was ``before``, and it is shown."""

    def lay_out(self, now: int, *, anchor: bool = False) -> None:
        """Show the rows, with this sentence the current one."""
        if self.story is None:
            return
        self.rows = self.make_rows(self.story)
        if self.ids and not self.rows.shows(now):
            now = next((one for one in range(now, len(self.ids)) if self.rows.shows(one)), now)
        self.grid.read(self.rows, now, columns=self.columns(), anchor=anchor)
        self._say_where()

    def changed_beside(self) -> None:
        """Nothing of what is printed has changed, but something was recorded."""

    def _shown(self, edition: OpenEdition) -> Edition:
        """The edition as its writers receive it, but with the byline as it stands."""
        workspace = self.session.workspace
        printed = workspace.publishing.edition(edition)
        standing = edition.byline(workspace.settings.style)
        if standing == printed.byline:
            return printed
        note = _("An export of a draft leaves the names of the passes out.")
        return replace(printed, byline=standing, notes=(*printed.notes, note))

    def stamp(self) -> object:
        """What the edition's files look like."""
        return self.session.workspace.watching.stamp(self.edition.slug, self.edition.language)

    async def look_again(self) -> None:
        """See whether another program changed the edition, and show it."""
        stamp = self.stamp()
        if stamp == self.seen or self.is_busy():
            return
        self.seen = stamp
        here = self.edition.slug, self.edition.language
        try:
            edition = await asyncio.to_thread(self.session.workspace.editions.open, *here)
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")
            return
        if self.seen == stamp:
            await self.take(edition)

    async def action_back(self) -> None:
        """Go back to where the person came from."""
        self.dismiss(None)
