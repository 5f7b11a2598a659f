"""The desk: articles and their editions, what waits for whom, and where work begins."""

from __future__ import annotations

import asyncio
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reviewtool.errors import ReviewtoolError
from reviewtool.model.policy import DESK
from reviewtool.services.editions import Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.tui import commands, desk_lines
from reviewtool.tui.jobs import JobEnded, Jobs, JobStep
from reviewtool.tui.language import _
from reviewtool.tui.reading import ArticleNews, ArticlesRead, DeskReader
from reviewtool.tui.screens.menu import Choice, MenuScreen
from reviewtool.tui.screens.opening import Key, OpeningScreen
from reviewtool.tui.session import Session
from reviewtool.tui.way_in import Mode
from reviewtool.tui.widgets.byline import BylinePanel
from reviewtool.tui.widgets.desk_title import DeskTitle
from reviewtool.tui.widgets.edition_table import EditionLine, EditionTable
from reviewtool.tui.widgets.job_bar import JobBar
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.plain_line import PlainLine
from reviewtool.tui.widgets.what_waits import WhatWaits

if TYPE_CHECKING:
    from reviewtool.services.signing import Problem
    from reviewtool.tui.desk_jobs import LongWork
    from reviewtool.tui.screens.add import Added

_TALL = 32
"""Lines from which the screen has room to say more."""
_SHORT = 3.0
"""Seconds for which it is said what work came to where the next may have begun."""


class DeskScreen(OpeningScreen):
    """Every edition with its progress, what waits for the person here, and the account of the one selected.

    Args:
        session: the open workspace and who acts.
        stand_on: slug and language tag of the edition to stand on.
    """

    PLACES = ("desk",)
    BINDINGS: ClassVar = commands.bindings(*PLACES)
    CSS_PATH = "desk.tcss"
    AUTO_FOCUS = "EditionTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (160, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_TALL, "-tall")]  # noqa: RUF012 - as Textual declares it

    table = getters.query_one(EditionTable)
    title_line = getters.query_one(DeskTitle)
    find_line = getters.query_one(PlainLine)
    panel = getters.query_one(BylinePanel)

    def __init__(self, session: Session, stand_on: Key | None = None) -> None:
        super().__init__(session)
        self._news: dict[str, ArticleNews] = {}
        self._editions: list[EditionStatus | Unreadable] = []
        self._read_all = False
        self._words: tuple[str, ...] = ()
        self._jobs: Jobs[object] = Jobs(self)
        self._steps: list[object] = []
        self._finish: Callable[[Sequence[object], JobEnded], None] | None = None
        self.reader = DeskReader(session, self)
        self._left = ""
        self._follow = stand_on

    def compose(self) -> ComposeResult:
        """Title, editions, what waits, the account of the one selected."""
        yield DeskTitle()
        with Container(id="desk"):
            with Vertical():
                yield EditionTable()
                yield Static(_nothing_yet(), id="nothing")
                yield PlainLine(placeholder=_("words of the title"))
                yield WhatWaits()
            yield BylinePanel()
        yield JobBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the frame, and read the editions beside it."""
        self.table.border_title = Content(_("Articles"))
        self.table.border_subtitle = Content(_legend())
        self._show_title()
        self._arrange()
        self.run_worker(self.reader.run, thread=True, group="reading")

    def on_resize(self) -> None:
        """More is said where there is more room."""
        self._arrange()

    def _arrange(self) -> None:
        self.query_one(WhatWaits).most = 3 if self.size.height >= _TALL else 2

    def on_unmount(self) -> None:
        """Let the thread that reads end."""
        self.reader.look_again()

    def on_screen_resume(self) -> None:
        """Something may have been done on another screen."""
        self.reader.look_again()

    def person_changed(self) -> None:
        """Somebody else sits here: other things wait."""
        self._show_title()
        self._show()

    async def leave(self) -> bool:
        """Stop what is under way after the step that is being saved."""
        self._jobs.stop()
        while self._finish is not None:
            await asyncio.sleep(0.01)
        return True

    # Reading

    def on_articles_read(self, event: ArticlesRead) -> None:
        """Show what was read."""
        for news in event.news:
            self._news[news.slug] = news
        changed = bool(event.news)
        if event.over:
            kept = {slug: news for slug, news in self._news.items() if slug in event.slugs}
            changed = changed or len(kept) < len(self._news) or not self._read_all
            self._news, self._read_all = kept, True
        if changed:
            self._show()

    def on_settings_changed(self) -> None:
        """Open the workspace again; while it cannot be used it stays as it was."""
        if not self.session.workspace.project.settings.is_file():
            self.notify(_("reviewtool.toml is gone; the desk goes on with what it said."), severity="warning")
            return
        try:
            self.session.reopen()
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")
            return
        policy = self.session.workspace.settings.policy
        if self.session.person is not None and policy.person(self.session.person) is None:
            self.session.person = None
        self._show_title()
        self.reader.look_again()

    # Showing

    def _show_title(self) -> None:
        settings = self.session.workspace.settings
        title = self.title_line
        title.desk = settings.name
        title.person = self.session.name or _("who are you? w")
        title.languages = f"{settings.source} > {', '.join(one.tag for one in settings.targets)}"
        if settings.engine == "memory":
            title.remark = _("drafts: memory; no machine translation set up, see doctor")
            title.short_remark = _("drafts: memory")
        else:
            title.remark = title.short_remark = _("drafts: {engine}").format(engine=settings.engine)

    def _show(self) -> None:
        """The table, what waits, and the account, of all that was read."""
        person = self.session.person
        typed = self._typed()
        self._editions = desk_lines.arranged(self._news.values(), person, typed)
        lines = [desk_lines.line(one, person) for one in self._editions]
        shown = [line for line in lines if self._is_found(line)]
        self.table.show(shown)
        if self._follow is not None and self.table.select(self._follow):
            self._follow = None
        self.table.border_title = Content(self._counted(len(shown), len(lines)))
        self.set_class(self._read_all and not lines, "-nothing")
        self._show_what_waits(typed)
        self._show_account()

    def _counted(self, shown: int, known: int) -> str:
        if self._words:
            return _("Articles: {shown} of {all} editions with {words}").format(
                shown=shown, all=known, words=" ".join(self._words)
            )
        if not self._read_all:
            return _("Articles (reading, {n} until now)").format(n=known)
        return _("Articles")

    def _is_found(self, line: EditionLine) -> bool:
        text = _plain(f"{line.title} {line.slug}")
        return all(word in text for word in self._words)

    def _show_what_waits(self, typed: Mapping[Key, int]) -> None:
        said = self.query_one(WhatWaits)
        if self.session.person is None:
            said.places, said.more = (), 0
            said.otherwise = _("Say who you are (w): then it stands here what waits for you.")
        else:
            said.places, said.more = desk_lines.places(self._editions, self.session.person, typed)
            said.otherwise = _("Nothing waits for you.") if self._read_all else ""

    def _typed(self) -> Mapping[Key, int]:
        """How many texts the person here typed and has not saved, by edition."""
        person = self.session.person
        kept = self.session.workspace.unfinished.all(person) if person is not None else ()
        return Counter((one.slug, one.language) for one in kept)

    def _show_account(self) -> None:
        status = self._status()
        self.panel.account = None if status is None else desk_lines.account(status)

    def _status(self) -> EditionStatus | Unreadable | None:
        selected = self.table.selected
        return next((one for one in self._editions if selected and _key(one) == selected.key), None)

    def on_edition_table_selected(self) -> None:
        """Another edition: another account."""
        self.reader.give_way()
        self._show_account()

    def on_edition_table_opened(self) -> None:
        """Clicked twice."""
        self.action_open()

    # Opening editions

    def action_open(self) -> None:
        """Open the selected edition where something waits."""
        self._with_selected(self.go)

    def action_translate(self) -> None:
        """Open it to translate."""
        self._with_selected(partial(self.go, mode=Mode.TRANSLATE))

    def action_revise(self) -> None:
        """Open it to revise."""
        self._with_selected(partial(self.go, mode=Mode.REVISE))

    def _with_selected(self, doing: Callable[[Key], None]) -> None:
        line = self.table.selected
        if line is None:
            self.notify(_("There is no edition here yet: a adds an article."), severity="warning")
        elif line.fault:
            self.notify(line.fault, severity="error")
        else:
            doing(line.key)

    def stand_on(self, key: Key) -> None:
        """Put the cursor on an edition, as soon as it is there."""
        self._follow = None if self.table.select(key) else key

    # What else there is to do with an edition

    def action_sign(self) -> None:
        """Sign a pass, or see what blocks it."""
        self._with_selected(self.sign)

    def action_export(self) -> None:
        """Export the edition."""
        self._with_selected(self.export)

    def action_preview(self) -> None:
        """Show it as it will be published."""
        self._with_selected(self.preview)

    def action_findings(self) -> None:
        """What the checks say of the edition."""
        self._with_selected(lambda key: self.check(*key))

    def action_everything(self) -> None:
        """What the checks say of the whole desk."""
        self.check(None, None)

    # Long work

    def _start(self, work: LongWork, finish: Callable[[Sequence[object], JobEnded], None]) -> bool:
        """Begin long work; False, and it is said, while other work is under way."""
        begun = self._finish is None and self._jobs.start(work.name, work.what, work.events, work.progress)
        if not begun:
            self.notify(_("Something is under way already: Esc stops it."), severity="warning")
            return False
        self._steps, self._finish = [], finish
        return True

    def on_job_step(self, event: JobStep) -> None:
        """A step is saved."""
        self._steps.append(event.event)

    def on_job_ended(self, event: JobEnded) -> None:
        """It is over."""
        self._jobs.ended()
        finish, self._finish = self._finish, None
        self.reader.look_again()
        if event.failure:
            self.notify(event.failure, severity="error")
        if finish is not None:
            finish(self._steps, event)

    def action_stop(self) -> None:
        """Stop long work; where there is none, show all articles again."""
        if self._jobs.stop():
            return
        self.find_line.remove_class("-open")
        self.find_line.value = ""
        self.table.focus()

    def action_draft(self) -> None:
        """Draft what is untranslated, once it is clear what that tells and costs."""
        self._with_selected(self._begin_to_draft)

    def _begin_to_draft(self, key: Key) -> None:
        self.run_worker(self._ask_to_draft(key), group="opening", exclusive=True)

    async def _ask_to_draft(self, key: Key) -> None:
        try:
            outlay = await asyncio.to_thread(self.session.workspace.drafts.outlay, *key)
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")
            return
        if outlay is None:
            self._draft([key])
            return
        said = _("{n} characters go to {host}, which may bill them. Draft?")
        choices = [Choice("y", _("Yes"), "yes"), Choice("n", _("No"), "no")]
        menu = MenuScreen(said.format(n=outlay.characters, host=outlay.host), choices)
        self.app.push_screen(menu, lambda answer: self._draft([key]) if answer == "yes" else None)

    def _draft(self, keys: Sequence[Key], engine: str | None = None, then: Callable[[], None] | None = None) -> None:
        """Draft editions one after the other; then go on, also where that cannot be begun."""
        from reviewtool.tui import desk_jobs

        def finish(steps: Sequence[object], ended: JobEnded) -> None:
            for remark in desk_jobs.remarks(steps):
                self.session.say(remark, "warning")
            if fault := desk_jobs.gave_up(steps):
                self.notify(fault, severity="error")
            if said := desk_jobs.drafted(steps, stopped=ended.stopped):
                self.notify(said, timeout=_SHORT)
            if then is not None:
                then()

        work = desk_jobs.drafting(self.session.workspace, keys, self.session.person or DESK, engine)
        if not self._start(work, finish) and then is not None:
            then()

    def action_sync(self) -> None:
        """Bring all catalogs in line with their articles."""
        from reviewtool.tui import desk_jobs

        def finish(steps: Sequence[object], ended: JobEnded) -> None:
            if not ended.failure:
                self.notify(desk_jobs.synced(steps))

        known = len(self._editions) if self._read_all else 0
        self._start(desk_jobs.syncing(self.session.workspace, known), finish)

    def action_verify(self) -> None:
        """Prove records, signatures and bylines."""
        from reviewtool.tui import desk_jobs

        def finish(steps: Sequence[object], ended: JobEnded) -> None:
            self._show_verified(*desk_jobs.verified(steps, stopped=ended.stopped))

        self._start(desk_jobs.verifying(self.session.workspace), finish)

    def _show_verified(self, said: str, problems: Sequence[Problem]) -> None:
        from reviewtool.tui.screens.problems import ProblemsScreen

        def chosen(place: str | None) -> None:
            if place is not None:
                slug, tag = place.split("/")
                self.stand_on((slug, tag))

        if not problems:
            self.notify(_("{said}: no problem.").format(said=said))
            return
        root = self.session.workspace.project.root
        self.app.push_screen(ProblemsScreen(said, problems, root), chosen)

    # Adding

    def action_add(self) -> None:
        """Add an article: a paste or a file."""
        self._add(self._left)

    def on_paste(self, event: events.Paste) -> None:
        """A text of several lines that is pasted onto the desk is an article to be added."""
        event.stop()
        text = "\n".join(event.text.splitlines())  # terminals send carriage returns
        if "\n" in text.strip():
            self._add(text)

    def _add(self, text: str) -> None:
        from reviewtool.tui.screens.add import AddScreen

        screen = AddScreen(self.session, text)

        def ended(added: Added | None) -> None:
            self._left = screen.text if added is None else ""
            if added is not None:
                self._added(added)

        self.app.push_screen(screen, ended)

    def _added(self, added: Added) -> None:
        """Go on with what came in."""
        if not added.new:
            self.notify(_("{slug} is here already.").format(slug=added.slug))
            self.stand_on((added.slug, next(iter(added.languages), "")))
        elif added.languages:
            self._draft_added(added)

    def _draft_added(self, added: Added) -> None:
        """Draft what came in from the memory, and stand in its first segment."""
        keys = [(added.slug, tag) for tag in added.languages]
        self.stand_on(keys[0])
        self._draft(keys, engine="memory", then=lambda: self.go(keys[0]) if self.is_active else None)

    # Finding

    def action_find(self) -> None:
        """Type words of a title."""
        self.find_line.add_class("-open")
        self.find_line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the words."""
        self.reader.give_way()
        self._words = tuple(_plain(event.value).split())
        self._show()

    def on_input_submitted(self) -> None:
        """The words are typed."""
        self.table.focus()
        if not self._words:
            self.find_line.remove_class("-open")


def _key(one: EditionStatus | Unreadable) -> Key:
    return (one.slug, one.language if isinstance(one, Unreadable) else one.languages.target.tag)


def _plain(text: str) -> str:
    """A text as it is searched: full width and half width, large and small letters are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _legend() -> str:
    return _("~ draft  = translated  < sent back  + reviewed  # final  Tang+ has signed")


def _nothing_yet() -> Content:
    return Content(
        _(
            "There is no article here yet.\n\n"
            "Press a and paste one, or give the path of a file: it is cut into segments, drafted from the memory, "
            "and opened for you to translate."
        )
    )
