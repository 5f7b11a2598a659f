"""What editor and revision share: the grid, the docked editor, the side panel, acts, and the watch over the files."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from time import perf_counter
from typing import Any, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea
from textual.worker import Worker

from reviewtool.errors import ReviewtoolError
from reviewtool.model.finding import Finding
from reviewtool.model.policy import Pass
from reviewtool.model.segment import Kind, State, same_text
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import OpenEdition
from reviewtool.storage.preferences import Place
from reviewtool.tui.acting import Act, ActFailed, Acts, ActSaved, Doing
from reviewtool.tui.adviser import Adviser
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.journal import Journal
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import one_line, state_name
from reviewtool.tui.rows import EditionRows, Work, marked
from reviewtool.tui.session import Session
from reviewtool.tui.widgets.advice import SECTIONS, AdvicePanel
from reviewtool.tui.widgets.job_bar import JobBar
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.tui.widgets.target_editor import TargetEditor
from reviewtool.tui.widgets.title_line import TitleLine

_WATCHED = 0.5
"""Seconds between two looks whether another program changed the files."""
_SLICE = 0.004
"""Seconds that work beside the keys takes at a time."""
_ADVICE_AFTER = 0.06
_CHECK_AFTER = 0.2
_JOURNAL_AFTER = 0.3
_NARROW = 100
_CHECKED_AT_ONCE = 4
"""How many segments are checked again beside the keys once an act is saved."""
_ONE_LINE = frozenset({Kind.HEADLINE, Kind.FRONT, Kind.HEADING, Kind.CAPTION, Kind.TABLE})


class EditionScreen(Screen[None]):
    """One edition open, with everything but what Enter means: the editor's and the revision's common ground.

    Args:
        session: the workspace and who acts.
        edition: as it was opened.
        segment: the one to begin at; by default where the person was, else the first that waits.
    """

    CSS_PATH = "edition.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_NARROW, "-normal"), (160, "-wide")]  # noqa: RUF012 - declared so by Textual
    PLACES: ClassVar[tuple[str, ...]] = ("edition",)
    BINDINGS: ClassVar[list[BindingType]] = []

    grid = getters.query_one(SegmentGrid)
    editor = getters.query_one(TargetEditor)
    panel = getters.query_one(AdvicePanel)

    def __init__(self, session: Session, edition: OpenEdition, segment: str | None = None) -> None:
        super().__init__()
        self.session = session
        self.edition = edition
        self.acts = Acts(self, self._stamp)
        self.work = Work(concern=self.acts.concern)
        self.prepare()
        self.rows = self.make_rows()
        self._wanted = segment
        self._journal = self._my_journal()
        self._counts: Counter[State] = Counter()
        self._pauses: dict[str, Timer] = {}
        self._saved_at = ""
        self._adviser = Adviser(session, self.work)
        self._finishing = False

    # What the two screens say

    def prepare(self) -> None:
        """Find out what the rows need to know; called again when the person or the edition is another."""

    def make_rows(self) -> EditionRows:
        """The rows of the edition as it is now."""
        return EditionRows(self.edition, self.work, self.session.acting)

    @property
    def acting(self) -> Pass | None:
        """The pass that the person acts in here."""
        return self.edition.standing.policy.translation

    def waits(self, one: SegmentStanding) -> bool:
        """Whether a segment waits for the person here."""
        raise NotImplementedError

    def columns(self) -> tuple[Sequence[str], Sequence[int]]:
        """What stands above the columns, and their relative widths."""
        raise NotImplementedError

    def segment_shown(self) -> None:
        """The current segment is another, or its text is."""
        self.advise()

    async def action_sign(self) -> None:
        """Sign the pass, or see what blocks it."""
        raise NotImplementedError

    # Layout

    def compose(self) -> ComposeResult:
        """Title, grid and editor, side panel, footer."""
        yield TitleLine()
        with Container(id="body"):
            with Container(id="work"):
                yield SegmentGrid()
                yield TargetEditor(placeholder=_("no translation yet"))
            yield AdvicePanel()
        yield JobBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the segments, and begin where there is something to do."""
        self._show_rows(self._first())
        self._show_title()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """All that need not be there for the first look."""
        self._recover()
        self.segment_shown()
        self.beside("acts", self.acts.perform)
        self.beside("survey", self._survey)
        self.beside("findings", self._find_all)
        self.set_interval(_WATCHED, self._watch)

    def _show_rows(self, current: int, *, anchor: bool = False) -> None:
        headings, weights = self.columns()
        self.grid.show(self.rows, columns=headings, weights=weights, current=current, anchor=anchor)

    def _first(self) -> int:
        if self._wanted is not None and self._wanted in self.rows.places:
            return self.rows.places[self._wanted]
        last = self.session.workspace.preferences.read().places.get(self.session.acting)
        if last is not None and (last.slug, last.language) == self._here and last.segment in self.rows.places:
            place = self.rows.places[last.segment]
            return place if self.waits(self.rows.standing(place)) else (self._next_waiting(place) or place)
        return self._next_waiting(-1) or 0

    @property
    def _here(self) -> tuple[str, str]:
        return self.edition.slug, self.edition.language.tag

    def on_resize(self, event: events.Resize) -> None:
        """Tabs where the screen is narrow."""
        narrow = event.size.width < _NARROW
        if narrow != (self.panel.section is not None):
            self.panel.section = SECTIONS[0] if narrow else None
            self.panel.display = not narrow

    def _show_title(self) -> None:
        facts = (
            self.progress() if sum(self._counts.values()) == len(self.rows) else "",
            translated(self.acting.name) if self.acting else "",
            self.session.name,
            str(self.edition.languages),
            _("saved {time}").format(time=self._saved_at) if self._saved_at else "",
        )
        for line in self.query(TitleLine):
            line.show(self.edition.article.title or self.edition.slug, facts)

    def progress(self) -> str:
        """How far the edition is, in words."""
        total = len(self.rows)
        open_ = self._counts[State.UNTRANSLATED] + self._counts[State.DRAFT]
        said = [_("{done} of {total} confirmed").format(done=total - open_, total=total)]
        if sent := self._counts[State.SENT_BACK]:
            said.append(ngettext("{n} sent back", "{n} sent back", sent).format(n=sent))
        return _(", ").join(said)

    def count(self, state: State) -> int:
        """How many segments are in a state, as far as they were counted."""
        return self._counts[state]

    # The current segment

    @property
    def index(self) -> int:
        """The row of the current segment."""
        return self.grid.current

    @property
    def one(self) -> SegmentStanding | None:
        """The current segment; None in an edition without any."""
        return self.rows.standing(self.index) if len(self.rows) else None

    def on_segment_grid_moved(self, event: SegmentGrid.Moved) -> None:
        """The current segment is another."""
        event.stop()
        self.segment_shown()

    def load(self, one: SegmentStanding) -> None:
        """Put the segment into the editor: what was typed there and is not saved, else its text."""
        typed = self.work.typed.get(one.id)
        self.editor.load(one.id, one.segment.target if typed is None else typed, one_line=one.segment.kind in _ONE_LINE)
        self.saved(one)

    def saved(self, one: SegmentStanding) -> None:
        """Say what the text in the editor is, beside what is saved."""
        self.editor.saved(one.segment.target)
        self.editor.border_title = Content(self._of(one))

    def _of(self, one: SegmentStanding) -> str:
        """What is in the editor: number, state, and where the text comes from."""
        standing = self.edition.standing
        origin = _(", ").join(standing.name(person) for person in sorted(one.writers, key=standing.policy.rank))
        parts = (str(self.index + 1), state_name(standing.state(one.id)), one_line(origin or one.origin))
        return "  ".join(part for part in parts if part)

    def goto(self, segment: str | None) -> None:
        """Make a segment the current one."""
        if segment is not None and segment in self.rows.places:
            self.grid.current = self.rows.places[segment]

    def action_move(self, by: int) -> None:
        """Go to the next segment, or the one before."""
        self.grid.move(by)

    def action_page(self, by: int) -> None:
        """Go a page down or up."""
        self.grid.page(by)

    def action_edge(self, end: int) -> None:
        """Go to the first or the last segment."""
        self.grid.goto(end if end == 0 else len(self.rows) - 1)

    def action_to_do(self) -> None:
        """Go to the next segment that waits."""
        place = self._next_waiting(self.index)
        if place is None:
            self.notify(_("Nothing waits for you here."))
        else:
            self.grid.goto(place)

    def _next_waiting(self, after: int) -> int | None:
        for step in range(1, len(self.rows) + 1):
            place = (after + step) % len(self.rows)
            segment = self.rows.ids[place]
            typed = segment in self.work.typed
            if not self.acts.concern(segment) and (typed or self.waits(self.rows.standing(place))):
                return place
        return None

    def move_on(self) -> None:
        """Go to the next segment that waits; where there is none, sign when all is saved."""
        place = self._next_waiting(self.index)
        if place is not None:
            self.grid.goto(place)
        else:
            self._finishing = True
            if self.acts.idle:
                self._finish()

    # Acts

    def do(self, segments: Sequence[str], doing: Doing, said: str = "") -> None:
        """Have something done in its turn; the segments are marked until it is saved."""
        self.acts.ask(Act(tuple(segments), doing, said))
        self._refresh(segments)

    def on_act_saved(self, message: ActSaved) -> None:
        """Show what an act came to."""
        self._saved_at = self.session.now()[:5]
        self._forget_typed(message)
        self._take(message.edition, message.act.segments if message.alone else None)
        for refusal in message.refused[:1]:
            self.say_of(refusal.id, refusal.reason)
        if message.act.said:
            self.notify(message.act.said)
        if self._finishing and self.acts.idle:
            self._finish()

    def _forget_typed(self, message: ActSaved) -> None:
        """What was typed and is saved is typed no more."""
        for segment in message.act.segments:
            typed, one = self.work.typed.get(segment), message.edition.standing.segments.get(segment)
            if typed is not None and one is not None and same_text(typed, one.segment.target):
                del self.work.typed[segment]
                self.work.meanwhile.pop(segment, None)
        self.later("journal", _JOURNAL_AFTER, self._keep_typed)

    def on_act_failed(self, message: ActFailed) -> None:
        """Say why an act was not done."""
        self._finishing = False
        self._refresh(message.act.segments)
        self.notify(self._numbered(message), severity="error" if message.broken else "warning")

    def _numbered(self, message: ActFailed) -> str:
        """The sentence with the numbers of segments, which are on the screen, in place of their ids."""
        sentence = message.sentence
        for segment in message.act.segments:
            if segment in self.rows.places:
                sentence = sentence.replace(segment, str(self.rows.places[segment] + 1))
        return sentence

    def _finish(self) -> None:
        """Nothing waits any more, and all is saved: sign, unless that is done."""
        self._finishing = False
        standing, acting = self.edition.standing, self.acting
        if self._next_waiting(-1) is not None or acting is None:
            return
        if not acting.is_translation and standing.signed(self.session.acting, translation=True):
            self.notify(_("Nothing waits for you here any more."))
        elif any(each.person == self.session.acting for each in standing.passes[acting.name].signers):
            self.notify(_("Nothing waits for you here any more; you have signed."))
        else:
            self.beside("sign", self.action_sign)

    def _stamp(self) -> object:
        return self.session.workspace.watching.stamp(*self._here)

    def _take(self, edition: OpenEdition, segments: Sequence[str] | None) -> None:
        """Show an edition as it is now; ``segments`` are those that may differ, None means all."""
        before, self.edition = self.edition, edition
        same_rows = tuple(edition.standing.segments) == self.rows.ids
        if segments is None or not same_rows or edition.standing.final != before.standing.final:
            self._show_anew()
            return
        self.rows.edition = edition
        self._check_again(segments)
        if sum(self._counts.values()) == len(self.rows):
            self._counts.subtract(before.standing.segments[one].state for one in segments)
            self._counts.update(edition.standing.segments[one].state for one in segments)
        self._refresh(segments)
        self._show_title()
        if self.one is not None and self.one.id in segments:
            self.segment_shown()

    def _check_again(self, segments: Sequence[str]) -> None:
        """What the checks say of the texts that an act may have changed; of many, when they are looked at."""
        for segment in segments:
            self.work.findings.pop(segment, None)
        for segment in segments[:_CHECKED_AT_ONCE]:
            found = self.session.workspace.findings.on(self.edition, segment)
            self.work.findings[segment] = tuple(each.finding for each in found)

    def _show_anew(self) -> None:
        """Show all rows again, the current segment kept, or the place where it was."""
        current, place = (self.rows.ids[self.index], self.index) if len(self.rows) else ("", 0)
        self.prepare()
        self.rows = self.make_rows()
        for gone in self.work.typed.keys() - self.rows.places.keys():
            self.notify(_("The segment you typed in is gone; you typed: {text}").format(text=self.work.typed.pop(gone)))
        self._show_rows(self.rows.places.get(current, min(place, max(0, len(self.rows) - 1))), anchor=True)
        self._counts = Counter()
        self.beside("survey", self._survey)
        self._show_title()
        self.segment_shown()

    def _refresh(self, segments: Sequence[str]) -> None:
        """Show rows anew; what ends late may find the screen gone."""
        for grid in self.query(SegmentGrid):
            for segment in segments:
                if segment in self.rows.places:
                    grid.refresh_row(self.rows.places[segment])

    def say_of(self, segment: str, reason: str) -> None:
        """Say why something cannot be done to a segment."""
        number = self.rows.places.get(segment)
        where = segment if number is None else str(number + 1)
        self.notify(
            _("Segment {number}: {reason}.").format(number=where, reason=translated(reason)), severity="warning"
        )

    async def leave(self) -> bool:
        """Let everything be saved that was asked for, and what is typed be kept."""
        await self.acts.over()
        await self._keep_typed()
        return True

    async def action_back(self) -> None:
        """Go back to the desk."""
        await self.leave()
        if len(self.rows):
            place = Place(*self._here, self.rows.ids[self.index])
            self.session.workspace.preferences.remember_place(self.session.acting, place)
        self.dismiss(None)

    def person_changed(self) -> None:
        """Somebody else sits here: what waits, and what is whose, is another matter."""
        self._journal = self._my_journal()
        self._show_anew()

    # Beside the keys

    def beside(self, what: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Do something while keys are answered; the same that is under way is given up."""
        _worker: Worker[None] = self.run_worker(work, group=what, exclusive=True)

    def later(self, name: str, delay: float, what: Callable[[], Any]) -> None:
        """Do something once the person has paused; asking again begins the pause anew."""
        if name in self._pauses:
            self._pauses[name].stop()
        self._pauses[name] = self.set_timer(delay, what)

    async def _survey(self) -> None:
        """Count the states, in slices; what is folded here is at hand later."""
        counts: Counter[State] = Counter()
        started = perf_counter()
        for one in self.edition.standing.segments.values():
            counts[one.state] += 1
            if perf_counter() - started > _SLICE:
                await asyncio.sleep(_SLICE)
                started = perf_counter()
        self._counts = counts
        self._show_title()

    async def _find_all(self) -> None:
        """What the checks say of every segment."""
        found: dict[str, list[Finding]] = {}
        for each in await self.session.lookups.findings(*self._here):
            found.setdefault(each.segment, []).append(each.finding)
        self.work.findings.update({segment: tuple(ones) for segment, ones in found.items()})
        self._refresh(tuple(found))

    async def _watch(self, *, ours: bool = False) -> None:
        """See whether the edition changed, and show it; what another program did is said, what was ``ours`` is not."""
        stamp = self._stamp()
        if stamp == self.acts.seen or not self.acts.idle or not self.is_current:
            return
        self.acts.seen = stamp
        try:
            edition = await asyncio.to_thread(self.session.workspace.editions.open, *self._here)
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")
            return
        if self.acts.idle:
            self._changed_outside(edition, ours=ours)

    def _changed_outside(self, edition: OpenEdition, *, ours: bool) -> None:
        before = self.edition.standing.segments
        changed = [
            segment
            for segment, one in edition.standing.segments.items()
            if segment not in before or before[segment].target != one.target or before[segment].source != one.source
        ]
        for segment in changed:
            theirs = edition.standing.segments[segment].segment.target
            if segment in self.work.typed and same_text(self.work.typed[segment], theirs):
                del self.work.typed[segment]
            elif segment in self.work.typed:
                self.work.meanwhile[segment] = theirs
        self._take(edition, None)
        if changed and not ours:
            said = ngettext(
                "Another program changed {n} segment.", "Another program changed {n} segments.", len(changed)
            )
            self.notify(said.format(n=len(changed)))

    # The side panel

    def advise(self, after: float = _ADVICE_AFTER) -> None:
        """Fill the side panel for the current segment, once the person has paused there."""
        self.later("advice", after, partial(self.beside, "advice", self._advise))

    async def _advise(self) -> None:
        """Show what helps with the current segment, once, unless the memory takes long to answer."""
        one = self.one
        if one is None:
            return
        before = self.work.findings.get(one.id, ())
        async for advice in self._adviser.advice(self.edition, one, self.rows.neighbours(one.id)):
            if one.id in self.work.typed or before != self.work.findings.get(one.id, ()):
                self._refresh([one.id])
            for panel in self.query(AdvicePanel):
                if self.one is not None and self.one.id == one.id:
                    panel.advice = advice
                    self._mark_found(one.id)

    def _mark_found(self, segment: str) -> None:
        """Mark in the editor what the checks found there."""
        if self.editor.segment_id == segment:
            self.editor.marks = marked(self._adviser.found, source=False)

    def action_panel(self) -> None:
        """The next part of the side panel; where there is room for all of it, show it or hide it."""
        section = self.panel.section
        if section is None:
            self.panel.display = not self.panel.display
        elif not self.panel.display:
            self.panel.display = True
        elif section == SECTIONS[-1]:
            self.panel.display = False
            self.panel.section = SECTIONS[0]
        else:
            self.panel.section = SECTIONS[SECTIONS.index(section) + 1]

    # Typing

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Somebody types into the current segment: keep it, check it, show it."""
        event.stop()
        one = self.one
        if one is None or self.editor.segment_id != one.id:
            return
        if self.editor.dirty:
            self.work.typed[one.id] = self.editor.text
        else:
            self.work.typed.pop(one.id, None)
            self._refresh([one.id])
        self.advise(_CHECK_AFTER)
        self.later("journal", _JOURNAL_AFTER, self._keep_typed)

    async def _keep_typed(self) -> None:
        try:
            await self._journal.write(self.work.typed, self.edition.standing)
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")

    def _my_journal(self) -> Journal:
        return Journal(self.session.workspace.unfinished, *self._here, self.session.acting)

    def _recover(self) -> None:
        """Take up what was typed here and not saved, and say so."""
        found = self._journal.recover(self.edition.standing)
        for segment in found.texts.keys() & self.work.typed.keys():
            del found.texts[segment]
        self.work.typed.update(found.texts)
        for segment in found.changed:
            self.work.meanwhile[segment] = self.edition.standing.segments[segment].segment.target
        for text in found.gone:
            self.notify(_("The segment you typed in is gone; you typed: {text}").format(text=text))
        if found.texts:
            said = ngettext(
                "What you typed and did not save is here again, marked *.",
                "What you typed in {n} segments and did not save is here again, marked *.",
                len(found.texts),
            )
            self.notify(said.format(n=len(found.texts)))
            self._refresh(tuple(found.texts))
            self.goto(list(found.texts)[-1])
