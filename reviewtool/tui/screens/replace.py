"""Search and replace in an edition: what is found while it is typed, what would change, and only what is ticked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from reviewtool.errors import ReviewtoolError
from reviewtool.services.editions import OpenEdition
from reviewtool.services.replacing import Replaced, Replacement, ReplaceRefused
from reviewtool.tui import commands
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.jobs import JobEnded, Jobs, JobStep, Progress
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import content, one_line
from reviewtool.tui.replace_rows import Found, ReplaceRows
from reviewtool.tui.session import Session
from reviewtool.tui.somebody import as_somebody
from reviewtool.tui.visuals import MUTED
from reviewtool.tui.widgets.job_bar import JobBar
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.plain_line import PlainLine
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.tui.widgets.tick_box import TickBox
from reviewtool.tui.widgets.title_line import TitleLine

_PAUSE = 0.08
"""Seconds without a key after which what is typed is looked for."""


class ReplaceScreen(Screen[Any]):
    """Searches an edition, and replaces what is ticked; answers with the segment to go to, None for Esc.

    Args:
        session: the workspace and who acts.
        edition: as it is on the disk.
        pass_name: the pass that texts are written in; None: the one the person acts in.
    """

    CSS_PATH = "replace.tcss"
    PLACES = ("replace",)
    BINDINGS: ClassVar = commands.bindings(*PLACES)
    AUTO_FOCUS = "#pattern"

    title_line = getters.query_one(TitleLine)
    grid = getters.query_one(SegmentGrid)
    pattern = getters.query_one("#pattern", PlainLine)
    replacement = getters.query_one("#replacement", PlainLine)

    def __init__(self, session: Session, edition: OpenEdition, pass_name: str | None) -> None:
        super().__init__()
        self._session = session
        self._edition = edition
        self._pass_name = pass_name
        self._jobs: Jobs[Replaced | ReplaceRefused] = Jobs(self)
        self._rows = ReplaceRows(edition, ())
        self._answers: tuple[str | bool, ...] = ()
        self._wrong = ""
        self._left_out: set[str] = set()
        self._refused: dict[str, str] = {}
        self._done = 0
        self._replacing = False

    def compose(self) -> ComposeResult:
        """The two fields, how they are meant, and what was found."""
        yield TitleLine()
        with Horizontal(classes="field"):
            yield Static(Content(_("Find")), classes="label")
            yield PlainLine(id="pattern", placeholder=_("words, or an expression"))
        yield Static(id="wrong")
        with Horizontal(classes="field"):
            yield Static(Content(_("Replace")), classes="label")
            yield PlainLine(id="replacement", placeholder=_("by what; nothing: search alone"))
        with Horizontal(id="ways"):
            yield TickBox(_("regex Alt+R"), id="regex")
            yield TickBox(_("any case Alt+C"), id="any_case")
            yield TickBox(_("in source Alt+S"), id="sources")
            yield TickBox(_("by nothing Alt+N"), id="nothing_instead")
        yield SegmentGrid()
        yield Static(id="nothing")
        yield JobBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Nothing is looked for yet."""
        self._show()

    # Searching

    def _ticked(self, way: str) -> bool:
        return self.query_one(f"#{way}", TickBox).ticked

    @property
    def _replaces(self) -> bool:
        """Whether something is to be put in the place of what is found."""
        return bool(self.replacement.value) or self._ticked("nothing_instead")

    def _asked(self) -> tuple[str | bool, ...]:
        """Everything that what is found depends on."""
        ways = (self._ticked(way) for way in ("regex", "any_case", "sources", "nothing_instead"))
        return (self.pattern.value, self.replacement.value, *ways)

    @property
    def _is_current(self) -> bool:
        """Whether the list shows what is asked for now."""
        return self._answers == self._asked()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed now."""
        if event.input is self.pattern:
            self._left_out.clear()
        if event.input is self.replacement and self.replacement.value:
            self.query_one("#nothing_instead", TickBox).ticked = False
        self._search()

    def on_tick_box_changed(self) -> None:
        """Look in another way."""
        self._search()

    @work(exclusive=True, group="search")
    async def _search(self) -> None:
        """Look beside the keys, once no key is pressed for a moment."""
        await asyncio.sleep(_PAUSE)
        if self._replacing:
            return
        asked = self._asked()
        try:
            found = await asyncio.to_thread(self._found)
        except ReviewtoolError as error:
            found, self._wrong = (), str(error)
        else:
            self._wrong = ""
        self._answers = asked
        self._rows = ReplaceRows(
            self._edition,
            found,
            sources=self._ticked("sources") and not self._replaces,
            left_out=self._left_out,
            refused=self._refused,
        )
        self._show()

    def _found(self) -> Sequence[Found]:
        pattern, replacing = self.pattern.value, self._session.workspace.replacing
        if not pattern:
            return ()
        regex, case = self._ticked("regex"), not self._ticked("any_case")
        if self._replaces:
            return replacing.preview(self._edition, pattern, self.replacement.value, regex=regex, case=case)
        return replacing.find(self._edition, pattern, regex=regex, case=case, sources=self._ticked("sources"))

    # What is shown

    def _show(self) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(Content(one_line(translated(self._wrong))))
        wrong.display = bool(self._wrong)
        self.query_one("#sources").display = not self._replaces
        self.query_one("#nothing_instead").display = not self.replacement.value
        self._show_rows()
        self._show_title()
        self.refresh_bindings()

    def _show_rows(self) -> None:
        nothing = self.query_one("#nothing", Static)
        is_empty = not len(self._rows)
        nothing.display, self.grid.display = is_empty, not is_empty
        if is_empty:
            nothing.update(content(self._why_empty(), MUTED))
            if self.focused is self.grid:
                self.pattern.focus()
            return
        current = min(self.grid.current, len(self._rows) - 1)
        columns = (_("Source"), _("What changes") if self._replaces else _("Target"))
        shown = columns[-len(self._rows.texts(0)) :]
        self.grid.show(self._rows, columns=shown, weights=(2, 3)[-len(shown) :], current=current, anchor=True)

    def _why_empty(self) -> str:
        if self._wrong:
            return ""
        if not self._answers or not self._answers[0]:
            return _("Type what to look for.")
        return _("Nothing is left to replace.") if self._done else _("Nothing was found.")

    def _show_title(self) -> None:
        places = sum(len(one.spans) for one in self._rows.found)
        ticked = len(self._to_replace)
        title = one_line(self._edition.article.title)
        self.title_line.show(
            _("Search and replace: {title}, {language}").format(title=title, language=self._edition.language),
            [
                ngettext("{n} place", "{n} places", places).format(n=places) if places else "",
                _("{n} of {all} texts ticked").format(n=ticked, all=len(self._rows)) if self._replaces else "",
                ngettext("{n} replaced", "{n} replaced", self._done).format(n=self._done) if self._done else "",
                _("{n} refused").format(n=len(self._refused)) if self._refused else "",
            ],
        )

    @property
    def _to_replace(self) -> list[Replacement]:
        return [one for one in self._rows.found if isinstance(one, Replacement) and one.segment not in self._left_out]

    # What a person does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done where the focus is."""
        if not self.is_mounted:
            return True
        in_list = self.focused is self.grid and len(self._rows) > 0
        is_preview = in_list and isinstance(self._rows.found[0], Replacement)
        match action:
            case "replace":
                return is_preview and self._is_current and bool(self._to_replace) and not self._replacing
            case "jump":
                return in_list and not is_preview
            case "go_there":
                return is_preview and not self._replacing
            case "list":
                return isinstance(self.focused, Input) and len(self._rows) > 0
            case "tick" | "tick_all":
                return is_preview and not self._replacing
            case "fields":
                return in_list
        return True

    def on_descendant_focus(self) -> None:
        """The keys that are offered depend on where the focus is."""
        self.refresh_bindings()

    def action_list(self) -> None:
        """Go down into the list."""
        self.grid.focus()

    def action_fields(self) -> None:
        """Go up to what is looked for."""
        self.pattern.focus()

    def action_way(self, way: str) -> None:
        """Search in another way, or no longer."""
        box = self.query_one(f"#{way}", TickBox)
        if box.display:
            box.action_tick()

    def action_tick(self) -> None:
        """Take the text under the cursor out, or in again."""
        segment = self._rows.found[self.grid.current].segment
        self._left_out ^= {segment}
        self.grid.refresh_row(self.grid.current)
        self.grid.move(1)
        self._show_title()
        self.refresh_bindings()

    def action_tick_all(self) -> None:
        """Take all out, or all in."""
        every = {one.segment for one in self._rows.found}
        if self._left_out >= every:
            self._left_out.clear()
        else:
            self._left_out.update(every)
        self._show()

    def action_jump(self) -> None:
        """Go to the segment under the cursor."""
        if len(self._rows):
            self.dismiss(self._rows.found[self.grid.current].segment)

    action_go_there = action_jump

    def on_segment_grid_chosen(self, event: SegmentGrid.Chosen) -> None:
        """The same by a double click."""
        if event.by_mouse and not self._replacing:
            self.action_jump()

    async def action_back(self) -> None:
        """Stop replacing; when nothing is under way, go back."""
        if self._replacing:
            self._jobs.stop()
        else:
            self.dismiss(None)

    # Replacing

    def action_replace(self) -> None:
        """Replace everything that is ticked, as the person here."""
        as_somebody(self.app, self._session, self._replace)

    def _replace(self) -> None:
        chosen = self._to_replace
        if not chosen or self._replacing or not self._is_current:
            return
        self._replacing, self._done = True, 0
        self._refused.clear()
        run = self._session.workspace.replacing.run
        slug, language, person = self._edition.slug, self._edition.language.tag, self._session.acting
        self._jobs.start(
            "replace",
            _("Replacing"),
            lambda: run(slug, language, chosen, person=person, pass_name=self._pass_name),
            lambda event: Progress(event.number, event.total),
        )
        self.refresh_bindings()

    def on_job_step(self, message: JobStep) -> None:
        """One text was replaced, or refused."""
        match message.event:
            case ReplaceRefused(segment, reason):
                self._refused[segment] = reason
                self._left_out.add(segment)
            case Replaced():
                self._done += 1

    def on_job_ended(self, message: JobEnded) -> None:
        """All is replaced, or somebody stopped it: look at what is there now."""
        self._jobs.ended()
        if message.failure:
            self.app.notify(message.failure, severity="error")
        self._look_again()

    @work
    async def _look_again(self) -> None:
        edition = self._edition
        try:
            self._edition = await asyncio.to_thread(
                self._session.workspace.editions.open, edition.slug, edition.language.tag
            )
        except ReviewtoolError as error:
            self.app.notify(str(error), severity="error")
        self._replacing = False
        self._search()

    async def leave(self) -> bool:
        """Stay until what is being replaced is saved."""
        self._jobs.stop()
        while self._replacing:
            await asyncio.sleep(0.01)
        return True
