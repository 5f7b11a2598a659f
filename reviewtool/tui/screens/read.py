"""The read-through: the target alone as prose, sentence by sentence; what is changed here is changed in the edition."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from reviewtool.errors import ReviewtoolError
from reviewtool.model.segment import Kind, State, same_text
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import OpenEdition
from reviewtool.tui import commands
from reviewtool.tui.acting import Act, ActFailed, Acts, ActSaved, Doing
from reviewtool.tui.journal import Journal
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.prose import Note
from reviewtool.tui.render import SAVING, SIGNS, one_line, state_name
from reviewtool.tui.screens.ask import AskScreen
from reviewtool.tui.screens.prose import ProseScreen
from reviewtool.tui.screens.send_back import Reason, SendBackScreen
from reviewtool.tui.session import Session
from reviewtool.tui.story import SOURCE, ReadingRows, Story
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.prose_grid import ProseGrid
from reviewtool.tui.widgets.target_editor import TargetEditor

_JOURNAL_AFTER = 0.3
"""Seconds after the last key that what is typed is put on the disk."""
_ONE_LINE = frozenset({Kind.HEADLINE, Kind.FRONT, Kind.HEADING, Kind.CAPTION, Kind.TABLE})
_SIGNED = frozenset({State.DRAFT, State.SENT_BACK})
"""The states that are marked while reading, beside what is untranslated."""


class ReadScreen(ProseScreen):
    """The text as its readers will have it, for proofreaders and native ears."""

    PLACES: ClassVar[tuple[str, ...]] = ("correct", "read")
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(*PLACES)]

    editor = getters.query_one(TargetEditor)

    def __init__(self, session: Session, edition: OpenEdition, segment: str | None) -> None:
        super().__init__(session, edition, segment)
        self.acts = Acts(self, self.stamp)
        self._typed: dict[str, str] = {}
        self._typed_here: set[str] = set()
        self._journal = self._my_journal()
        self._pause: Timer | None = None
        self._shows_source = False

    def compose(self) -> ComposeResult:
        """Title, the prose, the source of a sentence, the editor, footer."""
        yield Static(id="title", classes="title-line", markup=False)
        with Container(id="body"):
            yield ProseGrid()
            yield Static(id="source", markup=False)
            yield TargetEditor()
        yield KeyBar()

    async def _begin(self) -> None:
        if self._journal is not None:
            self._typed.update(self._journal.recover(self.edition.standing).texts)
        self.run_worker(self.acts.perform(), group="acts")
        await super()._begin()

    # What is shown

    def make_rows(self, story: Story) -> ReadingRows:
        """The target, with signs where it is not done."""
        return ReadingRows(story, self._note)

    def _note(self, place: int) -> Note | None:
        """What is to be seen of a sentence beside its text."""
        one = self._standing(place)
        if one is None:
            return None
        state = self.edition.standing.state(one.id)
        sign = ""
        if self.acts.concern(one.id) or one.id in self._typed:
            sign += SAVING
        if state in _SIGNED:
            sign += SIGNS[state]
        if any(not thread.resolved for thread in one.threads):
            sign += "?"
        before = f"{sign} " if sign else ""
        if state is State.UNTRANSLATED:
            return Note(f"{before}[", "]", "unread")
        return Note(before, sign=f"sign-{state}" if state in _SIGNED else "comment") if before else None

    def _standing(self, place: int) -> SegmentStanding | None:
        return self.edition.standing.segments.get(self.ids[place]) if place < len(self.ids) else None

    @property
    def one(self) -> SegmentStanding | None:
        """The current sentence."""
        return self._standing(self.place) if self.rows is not None else None

    def facts(self) -> tuple[str, ...]:
        """Who reads, and how the sentence stands."""
        one = self.one
        return (self.session.name, state_name(self.edition.standing.state(one.id)) if one else "")

    def sentence_shown(self) -> None:
        """Show the source of the sentence, if that is wanted."""
        source = self.query_one("#source", Static)
        source.display = self._shows_source and self.story is not None
        if source.display and self.story is not None and self.ids:
            source.update(Content(self.story.words(self.place, SOURCE)))

    def action_source(self) -> None:
        """Show the source below, or hide it."""
        self._shows_source = not self._shows_source
        self.sentence_shown()

    def changed_beside(self) -> None:
        """Nothing of the text has changed, but signs may have."""
        self.lay_out(self.place, anchor=True)

    # Changing a sentence

    @property
    def is_correcting(self) -> bool:
        """Whether a sentence is open in the editor."""
        return bool(self.editor.display)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a sentence is being changed nothing else is; and nothing is saved while none is."""
        if action in ("save", "line_break"):
            return self.is_correcting
        if action in ("edit", "source", "remark", "send_back", "move", "page", "edge"):
            return not self.is_correcting
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Open the current sentence in the editor."""
        one = self.one
        if one is None or not self._somebody_acts():
            return
        text = self._typed.get(one.id, one.segment.target)
        self.editor.load(one.id, text, one_line=one.segment.kind in _ONE_LINE)
        self.editor.saved(one.segment.target)
        self.editor.placeholder = _("no translation yet")
        self.editor.display = True
        self.editor.focus()
        self.refresh_bindings()

    def on_prose_grid_pointed(self, event: ProseGrid.Pointed) -> None:
        """A click goes to a sentence, a double click opens it."""
        if self.is_correcting:
            event.stop()
            return
        super().on_prose_grid_pointed(event)
        if event.twice:
            self.action_edit()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what is typed."""
        event.stop()
        segment = self.editor.segment_id
        if segment is None:
            return
        if self.editor.dirty:
            self._typed[segment] = self.editor.text
            self._typed_here.add(segment)
        else:
            self._typed.pop(segment, None)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_JOURNAL_AFTER, self._keep_typed)

    async def _keep_typed(self) -> None:
        if self._journal is None:
            return
        try:
            await self._journal.write(self._typed, self.edition.standing)
        except ReviewtoolError as error:
            self.notify(str(error), severity="error")

    def on_target_editor_yes(self, event: TargetEditor.Yes) -> None:
        """Enter in the editor takes the text."""
        event.stop()
        self.action_save()

    def action_line_break(self) -> None:
        """Break the line in the editor."""
        self.editor.action_line_break()

    def action_save(self) -> None:
        """Take the text, and read on."""
        segment, text = self.editor.segment_id, self.editor.text
        one = self.edition.standing.segments.get(segment or "")
        self._close_editor()
        if one is None or (not self.editor.dirty and one.translated):
            return
        edit = self.session.workspace.review.edit
        self._do(one.id, partial(edit, *self._edition, one.id, text, person=self.session.acting))

    def _close_editor(self) -> None:
        self.editor.display = False
        self.grid.focus()
        self.refresh_bindings()
        self._show_sign(self.editor.segment_id)

    def _show_sign(self, segment: str | None) -> None:
        if segment in self.ids and self.rows is not None:
            self.grid.refresh_segments([self.ids.index(segment)])

    # Acts

    @property
    def _edition(self) -> tuple[str, str]:
        return self.edition.slug, self.edition.language.tag

    def _somebody_acts(self) -> bool:
        """Whether it is known who acts; else it is asked."""
        if self.session.person is None:
            self.run_worker(self.run_action("app.who"))
        return self.session.person is not None

    def _do(self, segment: str, doing: Doing, said: str = "") -> None:
        self.acts.ask(Act((segment,), doing, said))
        self._show_sign(segment)

    def on_act_saved(self, message: ActSaved) -> None:
        """Show what an act came to."""
        self.seen = self.acts.seen
        for segment in message.act.segments:
            typed, one = self._typed.get(segment), message.edition.standing.segments.get(segment)
            if typed is not None and one is not None and same_text(typed, one.segment.target):
                del self._typed[segment]
        if message.act.said:
            self.notify(message.act.said)
        self.run_worker(self._show_saved(message), group="saved")

    async def _show_saved(self, message: ActSaved) -> None:
        await self.take(message.edition)
        for segment in message.act.segments:
            self._show_sign(segment)
        await self._keep_typed()

    def on_act_failed(self, message: ActFailed) -> None:
        """Say why an act was not done; what was typed stays."""
        for segment in message.act.segments:
            self._show_sign(segment)
        self.notify(message.sentence, severity="error" if message.broken else "warning")

    def is_busy(self) -> bool:
        """Whether an act is under way."""
        return not self.acts.idle

    def action_remark(self) -> None:
        """Remark on the sentence."""
        one = self.one
        if one is None or not self._somebody_acts():
            return

        def said(text: str | None) -> None:
            if text is not None:
                comment = self.session.workspace.review.comment
                doing = partial(comment, *self._edition, one.id, text, person=self.session.acting)
                self._do(one.id, doing, _("Your comment is saved."))

        self.app.push_screen(AskScreen(_("Remark on this sentence"), about=one.segment.target), said)

    def action_send_back(self) -> None:
        """Send the sentence back, with a reason."""
        one = self.one
        if one is None or not self._somebody_acts():
            return

        def sent(reason: Reason | None) -> None:
            if reason is not None:
                doing = partial(
                    self.session.workspace.review.send_back,
                    *self._edition,
                    one.id,
                    reason.comment,
                    person=self.session.acting,
                    category=reason.category,
                    severity=reason.severity,
                )
                self._do(one.id, doing, _("The sentence is sent back."))

        self.app.push_screen(SendBackScreen(one.segment.target), sent)

    # The edition as it is now

    def taken(self, before: OpenEdition) -> None:
        """A sentence that is being changed stays open as it is typed; what else was written there is said."""
        segment = self.editor.segment_id
        if not self.is_correcting or segment is None:
            return
        one = self.edition.standing.segments.get(segment)
        if one is None:
            self._close_editor()
            self.notify(_("The sentence you typed in is gone; you typed: {text}").format(text=self.editor.text))
            self._typed.pop(segment, None)
        elif not same_text(one.segment.target, before.standing.segments[segment].segment.target):
            self.editor.saved(one.segment.target)
            said = _("Somebody else changed this sentence meanwhile; it reads: {text}")
            self.notify(said.format(text=one_line(one.segment.target)), severity="warning")

    def _my_journal(self) -> Journal | None:
        if self.session.person is None:
            return None
        return Journal(self.session.workspace.unfinished, *self._edition, self.session.person)

    def person_changed(self) -> None:
        """Somebody else sits here."""
        self._journal = self._my_journal()
        self._typed.clear()
        self.changed_beside()

    async def leave(self) -> bool:
        """Let everything be saved that was asked for, and what is typed be kept."""
        await self.acts.over()
        await self._keep_typed()
        return True

    async def action_back(self) -> None:
        """Close the editor; without one, go back to where the person came from."""
        if self.is_correcting:
            self._close_editor()
            return
        await self.leave()
        if waiting := len(self._typed_here & self._typed.keys()):
            said = ngettext(
                "What you typed and did not save is kept; it is here again when you come back.",
                "What you typed in {n} sentences and did not save is kept; it is here again when you come back.",
                waiting,
            )
            self.notify(said.format(n=waiting))
        self.dismiss(self.here)
