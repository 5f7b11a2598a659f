"""The editor: source and target side by side, typing goes straight into the current target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from reviewtool.model import acts
from reviewtool.model.ledger import Confirm
from reviewtool.model.policy import Pass
from reviewtool.model.segment import same_text
from reviewtool.model.standing import SegmentStanding
from reviewtool.tui import advising, commands
from reviewtool.tui.language import _
from reviewtool.tui.render import safe
from reviewtool.tui.screens.edition import EditionScreen
from reviewtool.tui.screens.menu import Choice, MenuScreen
from reviewtool.tui.screens.segment_menu import SegmentMenu
from reviewtool.tui.widgets.segment_grid import SegmentGrid
from reviewtool.tui.widgets.target_editor import TargetEditor


class EditorScreen(SegmentMenu):
    """Translating: Enter takes the text as one's own and goes to the next segment that waits."""

    PLACES: ClassVar[tuple[str, ...]] = ("editor", "edition")
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(*PLACES)]

    @property
    def acting(self) -> Pass | None:
        """The translation pass."""
        return self.edition.standing.policy.translation

    def waits(self, one: SegmentStanding) -> bool:
        """Whether the segment is no translation yet, was sent back, or is asked for by the person's signature."""
        return not one.translated or bool(one.sent_back) or self.edition.standing.asks(self.session.acting, one.id)

    def columns(self) -> tuple[Sequence[str], Sequence[int]]:
        """Source and target; the text alone in a monolingual edition."""
        languages = self.edition.languages
        if languages.monolingual:
            return (_("Text"),), (1,)
        return (
            _("Source {language}").format(language=languages.source),
            _("Target {language}").format(language=languages.target),
        ), (1, 1)

    def on_mount(self) -> None:
        """Typing goes into the target at once."""
        super().on_mount()
        self.editor.focus()

    def segment_shown(self) -> None:
        """Put the segment into the editor."""
        one = self.one
        if one is not None and (self.editor.segment_id != one.id or not self.editor.dirty):
            self.load(one)
        elif one is not None:
            self.saved(one)
        super().segment_shown()

    def on_segment_grid_chosen(self, event: SegmentGrid.Chosen) -> None:
        """A double click brings the caret into the editor."""
        event.stop()
        self.editor.focus()

    # Yes

    def on_target_editor_yes(self, event: TargetEditor.Yes) -> None:
        """Enter was pressed in the editor."""
        event.stop()
        self.action_yes()

    def action_yes(self) -> None:
        """Take the text, and go to the next that waits."""
        self._yes(then=self.move_on)

    def action_save(self) -> None:
        """Take the text, and stay."""
        self._yes(then=self.segment_shown)

    def _yes(self, then: Callable[[], None]) -> None:
        one = self.one
        if one is None:
            return
        text = self.editor.text
        if one.id in self.work.meanwhile:
            self._choose_text(one, text, then)
            return
        reason = self._objection(one, text)
        if reason is not None:
            self.say_of(one.id, reason)
            return
        if not self._is_done(one, text):
            self._write(one.id, text)
        then()

    def _is_done(self, one: SegmentStanding, text: str) -> bool:
        standing, person, acting = self.edition.standing, self.session.acting, self.acting
        return (
            acting is not None
            and same_text(text, one.segment.target)
            and not self.acts.concern(one.id)
            and acts.already(standing, person, acting, one, Confirm)
        )

    def _objection(self, one: SegmentStanding, text: str) -> str | None:
        """Why this text cannot be taken, before anything is asked of the disk."""
        standing, person, acting = self.edition.standing, self.session.acting, self.acting
        if acting is None:
            return None
        if not text.strip():
            return _("it has no text yet; ^L o leaves it out on purpose")
        if not same_text(text, one.segment.target):
            return acts.writing(standing, person, acting, one)
        if one.sent_back and one.translated and person in one.writers:
            return _("it was sent back: change it, or reply with Alt+M and leave it to the reviser")
        return None if self._is_done(one, text) else acts.confirming(standing, person, acting, one)

    def _write(self, segment: str, text: str) -> None:
        if not same_text(text, self.edition.standing.segments[segment].segment.target):
            self.work.typed[segment] = text
        name = self.acting.name if self.acting else None
        edit = self.session.workspace.review.edit
        self.do([segment], partial(edit, *self._here, segment, text, person=self.session.acting, pass_name=name))

    def _choose_text(self, one: SegmentStanding, mine: str, then: Callable[[], None]) -> None:
        """Another program changed the text that is being typed: both are shown, one is chosen."""
        theirs = self.work.meanwhile[one.id]

        def chosen(which: str | None) -> None:
            if which is None:
                return
            del self.work.meanwhile[one.id]
            if which == "theirs":
                self.work.typed.pop(one.id, None)
                self.editor.replace_all(theirs)
                self.segment_shown()
                return
            self._yes(then)

        choices = [Choice("m", mine, "mine", _("yours")), Choice("t", theirs, "theirs", _("the other program's"))]
        self.app.push_screen(MenuScreen(_("The text changed while you typed: which one stands?"), choices), chosen)

    # Inserting

    def action_insert(self) -> None:
        """Choose what to put in by a key."""
        if self.one is not None:
            title = _("Insert: {source}").format(source=safe(self.one.segment.source))
            self.app.push_screen(MenuScreen(title, advising.insertable(self.one, self.panel.advice)), self._insert)

    def _insert(self, value: str | None) -> None:
        if value is None:
            return
        how, _colon, text = value.partition(":")
        if how == "all":
            self.editor.replace_all(text)
        else:
            self.editor.insert_text(text)
        self.editor.focus()

    def action_take_match(self, number: int) -> None:
        """Put a match in that was clicked."""
        matches = self.panel.advice.matches or ()
        if 0 < number <= len(matches):
            self._insert(f"all:{matches[number - 1].target}")

    def action_line_break(self) -> None:
        """Break the line."""
        self.editor.action_line_break()

    def action_undo(self) -> None:
        """Undo typing."""
        self.editor.undo()

    def action_redo(self) -> None:
        """Redo typing."""
        self.editor.redo()

    def other_mode(self, segment: str | None) -> EditionScreen:
        """The revision of the same edition."""
        from reviewtool.tui.screens.revision import RevisionScreen

        return RevisionScreen(self.session, self.edition, segment)
