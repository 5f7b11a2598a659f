"""The desk: articles and their editions, what waits for whom, and where work begins."""

from __future__ import annotations

import asyncio
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, get_current_worker

from reviewtool.errors import ReviewtoolError
from reviewtool.model.policy import DESK
from reviewtool.services.editions import OpenEdition, Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.tui import commands, desk_lines
from reviewtool.tui.jobs import JobEnded, Jobs, JobStep, Progress
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.reading import ArticleNews, Reading
from reviewtool.tui.screens.menu import Choice, MenuScreen
from reviewtool.tui.screens.who import WhoScreen
from reviewtool.tui.session import Session
from reviewtool.tui.way_in import Mode, WayIn, way_in
from reviewtool.tui.widgets.byline import BylinePanel
from reviewtool.tui.widgets.desk_title import DeskTitle
from reviewtool.tui.widgets.edition_table import EditionLine, EditionTable
from reviewtool.tui.widgets.job_bar import JobBar
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.plain_line import PlainLine
from reviewtool.tui.widgets.what_waits import WhatWaits

if TYPE_CHECKING:
    from reviewtool.services.signing import Verification
    from reviewtool.tui.screens.add import Added
    from reviewtool.tui.screens.findings import Place
    from reviewtool.workspace import Workspace

Key = tuple[str, str]
"""Slug and language tag of an edition."""

_TALL = 32
"""Lines from which the screen has room to say more."""
_AGAIN = 1.0
"""Seconds after which it is asked again whether files have changed."""
_AT_ONCE, _LATER = 0.1, 0.5
"""Seconds of reading after which what was read is shown: the first screenful, and the rest."""
_BREATH, _LONG_BREATH = 0.001, 0.02
"""Seconds left to the keys after each article that is read, and while somebody works on another screen."""
_SHORT = 3.0
"""Seconds for which it is said what work came to where the next may have begun."""
_KEYS_FIRST = 0.15
"""Seconds after a key in which nothing is read."""


class DeskScreen(Screen[Any]):
    """Every edition with its progress, what waits for the person here, and the account of the one selected.

    Args:
        session: the open workspace and who acts.
        edition: slug and language tag of an edition to open at once.
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

    @dataclass
    class Read(Message):
        """Articles were read; when ``over``, ``slugs`` are all there are."""

        news: tuple[ArticleNews, ...]
        over: bool = False
        slugs: frozenset[str] = frozenset()

    @dataclass
    class SettingsChanged(Message):
        """Somebody changed ``reviewtool.toml``."""

    def __init__(self, session: Session, edition: Key | None = None) -> None:
        super().__init__()
        self.session = session
        self._wanted = edition
        self._news: dict[str, ArticleNews] = {}
        self._editions: list[EditionStatus | Unreadable] = []
        self._read_all = False
        self._words: tuple[str, ...] = ()
        self._jobs: Jobs[object] = Jobs(self)
        self._steps: list[object] = []
        self._finish: Callable[[Sequence[object], JobEnded], None] | None = None
        self._look_again = threading.Event()
        self._quiet_until = 0.0
        self._left = ""
        self._follow: Key | None = None

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
        self.run_worker(self._read_on, thread=True, group="reading")
        if self._wanted is not None and self.session.person is not None:
            self._go(self._wanted)

    def on_resize(self) -> None:
        """More is said where there is more room."""
        self._arrange()

    def _arrange(self) -> None:
        self.query_one(WhatWaits).most = 3 if self.size.height >= _TALL else 2

    def on_unmount(self) -> None:
        """Let the thread that reads end."""
        self._look_again.set()

    def on_screen_resume(self) -> None:
        """Something may have been done on another screen."""
        self._look_again.set()

    def person_changed(self) -> None:
        """Somebody else sits here: other things wait."""
        self._show_title()
        self._show()
        if self._wanted is not None:
            self._go(self._wanted)

    async def leave(self) -> bool:
        """Stop what is under way after the step that is being saved."""
        self._jobs.stop()
        while self._finish is not None:
            await asyncio.sleep(0.01)
        return True

    # Reading

    def _read_on(self) -> None:
        """Read how all editions stand, and again what has changed; in a thread, until the screen goes."""
        worker = get_current_worker()
        reading = Reading(self.session.workspace)
        settings = reading.workspace.watching.settings()
        while not worker.is_cancelled:
            self._look_again.clear()
            if reading.workspace is not self.session.workspace:
                reading = Reading(self.session.workspace)
            self._tell(reading, worker)
            now = reading.workspace.watching.settings()
            if now != settings:
                settings = now
                self.post_message(self.SettingsChanged())
            if not worker.is_cancelled:
                self._look_again.wait(_AGAIN)

    def _tell(self, reading: Reading, worker: Worker[None]) -> None:
        batch: list[ArticleNews] = []
        told, wait = time.monotonic(), _AT_ONCE
        for news in reading.news():
            batch.append(news)
            if time.monotonic() - told > wait:
                self.post_message(self.Read(tuple(batch)))
                batch, told, wait = [], time.monotonic(), _LATER
            self._give_way(worker)
            if worker.is_cancelled:
                return
        self.post_message(self.Read(tuple(batch), over=True, slugs=reading.slugs))

    def _give_way(self, worker: Worker[None]) -> None:
        """Leave the processor to the keys: a thread at work makes them lag."""
        time.sleep(_BREATH if self.is_active else _LONG_BREATH)
        while time.monotonic() < self._quiet_until and not worker.is_cancelled:
            time.sleep(_LONG_BREATH)

    def _a_key_was_pressed(self) -> None:
        self._quiet_until = time.monotonic() + _KEYS_FIRST

    def on_desk_screen_read(self, event: Read) -> None:
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

    def on_desk_screen_settings_changed(self) -> None:
        """Open the workspace again; while it cannot be used it stays as it was."""
        try:
            self.session.reopen()
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")
            return
        policy = self.session.workspace.settings.policy
        if self.session.person is not None and policy.person(self.session.person) is None:
            self.session.person = None
        self._show_title()
        self._look_again.set()

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
        self._editions = desk_lines.arranged(self._news.values(), person)
        lines = [desk_lines.line(one, person) for one in self._editions]
        shown = [line for line in lines if self._is_found(line)]
        self.table.show(shown)
        if self._follow is not None and self.table.select(self._follow):
            self._follow = None
        self.table.border_title = Content(self._counted(len(shown), len(lines)))
        self.set_class(self._read_all and not lines, "-nothing")
        self._show_what_waits()
        self._show_account()

    def _counted(self, shown: int, known: int) -> str:
        if self._words:
            return _("Articles: {shown} of {all} editions with {words}").format(
                shown=shown, all=known, words=" ".join(self._words)
            )
        if not self._read_all:
            return _("Articles (reading: {n} editions)").format(n=known)
        return _("Articles")

    def _is_found(self, line: EditionLine) -> bool:
        text = _plain(f"{line.title} {line.slug}")
        return all(word in text for word in self._words)

    def _show_what_waits(self) -> None:
        said = self.query_one(WhatWaits)
        if self.session.person is None:
            said.places, said.more = (), 0
            said.otherwise = _("Say who you are (w): then it stands here what waits for you.")
        else:
            said.places, said.more = desk_lines.places(self._editions, self.session.person, self._typed())
            said.otherwise = _("Nothing waits for you.") if self._read_all else ""

    def _typed(self) -> Mapping[Key, int]:
        """How many texts this person typed and has not saved, by edition."""
        kept = self.session.workspace.unfinished.all(self.session.acting)
        return Counter((one.slug, one.language) for one in kept)

    def _show_account(self) -> None:
        status = self._status()
        self.panel.account = None if status is None else desk_lines.account(status)

    def _status(self) -> EditionStatus | Unreadable | None:
        selected = self.table.selected
        return next((one for one in self._editions if selected and _key(one) == selected.key), None)

    def on_edition_table_selected(self) -> None:
        """Another edition: another account."""
        self._a_key_was_pressed()
        self._show_account()

    def on_edition_table_opened(self) -> None:
        """Clicked twice."""
        self.action_open()

    # Opening editions

    def action_open(self) -> None:
        """Open the selected edition where something waits."""
        self._with_selected(self._go)

    def action_translate(self) -> None:
        """Open it to translate."""
        self._with_selected(partial(self._go, mode=Mode.TRANSLATE))

    def action_revise(self) -> None:
        """Open it to revise."""
        self._with_selected(partial(self._go, mode=Mode.REVISE))

    def _with_selected(self, doing: Callable[[Key], None]) -> None:
        line = self.table.selected
        if line is None:
            self.notify(_("There is no edition here yet: a adds an article."), severity="warning")
        elif line.fault:
            self.notify(line.fault, severity="error")
        else:
            doing(line.key)

    def _as_somebody(self, doing: Callable[[], None]) -> None:
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

    def _go(self, key: Key, mode: Mode | None = None, segment: str | None = None) -> None:
        """Open an edition, in this mode and at this segment where they are given."""
        self._wanted = None
        self._stand_on(key)
        self._as_somebody(lambda: self._with_edition(key, partial(self._enter, mode=mode, segment=segment)))

    def _stand_on(self, key: Key) -> None:
        """Put the cursor on an edition, as soon as it is there."""
        self._follow = None if self.table.select(key) else key

    def _with_edition(self, key: Key, doing: Callable[[OpenEdition], None]) -> None:
        """Open an edition beside the keys, then do something with it."""

        async def opened() -> None:
            try:
                edition = await asyncio.to_thread(self.session.workspace.editions.open, *key)
            except ReviewtoolError as error:
                self.notify(str(error), severity="error")
                return
            doing(edition)

        self.run_worker(opened(), group="opening", exclusive=True)

    def _enter(self, edition: OpenEdition, mode: Mode | None = None, segment: str | None = None) -> None:
        way = way_in(edition.standing, self.session.acting, mode)
        screen = self._screen_for(edition, way, segment)
        self.app.push_screen(screen)
        if way.sign is not None and segment is None and mode is None:
            self._push_sign(edition, way.sign)

    def _screen_for(self, edition: OpenEdition, way: WayIn, segment: str | None) -> Screen[None]:
        # The screens of an edition are imported when one is first opened: the desk is there sooner.
        if way.mode is Mode.TRANSLATE:
            from reviewtool.tui.screens.editor import EditorScreen

            return EditorScreen(self.session, edition, segment or way.segment)
        from reviewtool.tui.screens.revision import RevisionScreen

        return RevisionScreen(self.session, edition, segment or way.segment)

    # What else there is to do with an edition

    def action_sign(self) -> None:
        """Sign a pass, or see what blocks it."""
        self._with_selected(
            lambda key: self._as_somebody(lambda: self._with_edition(key, lambda edition: self._push_sign(edition)))
        )

    def _push_sign(self, edition: OpenEdition, pass_name: str | None = None) -> None:
        from reviewtool.tui.screens.sign import Jump, Signed, SignScreen

        def ended(answer: Signed | Jump | None) -> None:
            if isinstance(answer, Jump):
                self._jump(edition, answer.segment)

        self.app.push_screen(SignScreen(self.session, edition, pass_name), ended)

    def _jump(self, edition: OpenEdition, segment: str | None) -> None:
        """Go to a segment, on the edition's screen where it is open already."""
        if segment is None:
            return
        goto = getattr(self.app.screen, "goto", None)
        if goto is not None:
            goto(segment)
        else:
            self._go((edition.slug, edition.language.tag), segment=segment)

    def action_export(self) -> None:
        """Export the edition."""

        def push(edition: OpenEdition) -> None:
            from reviewtool.tui.screens.export import ExportScreen

            self.app.push_screen(ExportScreen(self.session, edition), self._exported)

        self._with_selected(lambda key: self._with_edition(key, push))

    def _exported(self, path: Path | None) -> None:
        if path is not None:
            self.notify(_("Exported: {path}").format(path=self.session.workspace.project.relative(path)))

    def action_preview(self) -> None:
        """Show it as it will be published."""

        def push(edition: OpenEdition) -> None:
            from reviewtool.tui.screens.preview import PreviewScreen

            self.app.push_screen(PreviewScreen(self.session, edition, None), partial(self._jump, edition))

        self._with_selected(lambda key: self._with_edition(key, push))

    def action_findings(self) -> None:
        """What the checks say of the edition."""
        self._with_selected(lambda key: self._push_findings(*key))

    def action_everything(self) -> None:
        """What the checks say of the whole desk."""
        self._push_findings(None, None)

    def _push_findings(self, slug: str | None, tag: str | None) -> None:
        from reviewtool.tui.screens.findings import FindingsScreen

        self.app.push_screen(FindingsScreen(self.session, slug, tag), self._found)

    def _found(self, place: Place | None) -> None:
        if place is not None:
            self._go((place.slug, place.language), segment=place.segment or None)

    # Long work

    def _start(
        self,
        name: str,
        what: str,
        events: Callable[[], Iterator[object]],
        progress: Callable[[object], Progress | None],
        finish: Callable[[Sequence[object], JobEnded], None],
    ) -> bool:
        """Begin long work; False, and it is said, while other work is under way."""
        if self._finish is not None or not self._jobs.start(name, what, events, progress):
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
        self._look_again.set()
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
        self._with_selected(self._ask_to_draft)

    def _ask_to_draft(self, key: Key) -> None:
        async def asked() -> None:
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

        self.run_worker(asked(), group="opening", exclusive=True)

    def _draft(self, keys: Sequence[Key], engine: str | None = None, then: Callable[[], None] | None = None) -> None:
        """Draft editions one after the other."""
        from reviewtool.services.drafting import Drafted, Skipped, Started

        drafts, person = self.session.workspace.drafts, self.session.person or DESK
        total = done = 0

        def events() -> Iterator[object]:
            return chain.from_iterable(drafts.run(*key, engine=engine, person=person) for key in keys)

        def progress(event: object) -> Progress | None:
            nonlocal total, done
            match event:
                case Started():
                    total += event.total
                case Drafted():
                    done += len(event.drafts)
                case Skipped():
                    done += 1
            return Progress(done, total)

        def finish(steps: Sequence[object], ended: JobEnded) -> None:
            self._say_drafted(steps, ended)
            if then is not None:
                then()

        if not self._start("draft", _("Drafting"), events, progress, finish) and then is not None:
            then()

    def _say_drafted(self, steps: Sequence[object], ended: JobEnded) -> None:
        from reviewtool.services.drafting import Drafted, Failed, Finished, Skipped

        drafted = sum(len(one.drafts) for one in steps if isinstance(one, Drafted))
        said = [ngettext("{n} segment drafted", "{n} segments drafted", drafted).format(n=drafted)]
        reasons = Counter(one.reason for one in steps if isinstance(one, Skipped))
        said += [_("{n} without a draft: {reason}").format(n=n, reason=reason) for reason, n in reasons.items()]
        if ended.stopped:
            said.append(_("stopped"))
        for draft in (draft for one in steps if isinstance(one, Drafted) for draft in one.drafts):
            for warning in draft.warnings:
                self.session.say(f"{draft.id}: {warning}", "warning")
        failed = next((one.sentence for one in steps if isinstance(one, Failed)), "")
        if failed:
            self.notify(failed, severity="error")
        if any(isinstance(one, Finished | Drafted) for one in steps) or ended.stopped:
            self.notify(f"{'; '.join(said)}.", timeout=_SHORT)

    def action_sync(self) -> None:
        """Bring all catalogs in line with their articles."""
        workspace = self.session.workspace
        total = len(self._editions)
        done = 0

        def progress(_event: object) -> Progress:
            nonlocal done
            done += 1
            return Progress(done, total)

        self._start("sync", _("Bringing catalogs in line"), workspace.sync.run, progress, self._say_synced)

    def _say_synced(self, steps: Sequence[object], ended: JobEnded) -> None:
        if ended.failure:
            return
        from reviewtool.services.sync import Synced

        written = [one for one in steps if isinstance(one, Synced) and one.written]
        if not written:
            self.notify(_("Every catalog is in line with its article."))
            return
        said = ngettext("{n} edition brought in line", "{n} editions brought in line", len(written))
        changes = (
            (sum(one.added for one in written), _("{n} segments new")),
            (sum(one.changed for one in written), _("{n} changed")),
            (sum(one.gone for one in written), _("{n} gone")),
        )
        told = [said.format(n=len(written)), *(text.format(n=number) for number, text in changes if number)]
        self.notify(f"{', '.join(told)}.")

    def action_verify(self) -> None:
        """Prove records, signatures and bylines."""
        workspace = self.session.workspace
        slugs = workspace.project.slugs()
        done = 0

        def progress(_event: object) -> Progress:
            nonlocal done
            done += 1
            return Progress(done, len(slugs) + 1)

        def events() -> Iterator[Verification]:
            yield from (workspace.signing.verify([slug]) for slug in slugs)
            yield _abandoned(workspace)

        self._start("verify", _("Verifying"), events, progress, self._say_verified)

    def _say_verified(self, steps: Sequence[object], ended: JobEnded) -> None:
        from reviewtool.services.signing import Verification

        proved = [one for one in steps if isinstance(one, Verification)]
        problems = [problem for one in proved for problem in one.problems]
        editions = sum(one.editions for one in proved)
        said = ngettext("{n} edition verified", "{n} editions verified", editions).format(n=editions)
        if ended.stopped:
            said = _("{said}, then stopped").format(said=said)
        if not problems:
            self.notify(_("{said}: no problem.").format(said=said))
            return
        from reviewtool.tui.screens.problems import ProblemsScreen

        root = self.session.workspace.project.root
        self.app.push_screen(ProblemsScreen(said, problems, root), self._select_problem)

    def _select_problem(self, chosen: str | None) -> None:
        if chosen is not None:
            slug, tag = chosen.split("/")
            self._stand_on((slug, tag))

    # Adding

    def action_add(self) -> None:
        """Add an article: a paste or a file."""
        from reviewtool.tui.screens.add import AddScreen

        screen = AddScreen(self.session, self._left)

        def ended(added: Added | None) -> None:
            self._left = screen.text if added is None else ""
            if added is not None:
                self._added(added)

        self.app.push_screen(screen, ended)

    def _added(self, added: Added) -> None:
        """Go on with what came in."""
        if not added.new:
            self.notify(_("{slug} is here already.").format(slug=added.slug))
            self._stand_on((added.slug, next(iter(added.languages), "")))
        elif added.languages:
            self._draft_added(added)

    def _draft_added(self, added: Added) -> None:
        """Draft what came in from the memory, and stand in its first segment."""
        keys = [(added.slug, tag) for tag in added.languages]
        self._draft(keys, engine="memory", then=lambda: self._go(keys[0]))

    # Finding

    def action_find(self) -> None:
        """Type words of a title."""
        self.find_line.add_class("-open")
        self.find_line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the words."""
        self._a_key_was_pressed()
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


def _abandoned(workspace: Workspace) -> Verification:
    """Signed editions whose article is gone."""
    from reviewtool.services.signing import Problem, Verification

    message = _("{names} signed it, and its article is gone.")
    problems = (
        Problem(slug, tag, "", message.format(names=", ".join(signers)))
        for slug, tag, signers in workspace.editions.abandoned()
    )
    return Verification(tuple(problems), (), 0)


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
