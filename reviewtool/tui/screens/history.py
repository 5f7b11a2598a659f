"""History of a segment: every version and act in order, what each changed, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reviewtool.model.diff import difference as compared
from reviewtool.services.editions import OpenEdition
from reviewtool.tui import commands
from reviewtool.tui.history import Entry, before, entries
from reviewtool.tui.language import _
from reviewtool.tui.render import CONTENT_STYLES, content, difference, one_line, styled
from reviewtool.tui.session import Session
from reviewtool.tui.visuals import MUTED, Hanging, Prose, Stack
from reviewtool.tui.widgets.key_bar import KeyBar

_WIDE = 110
"""Columns from which list and text are side by side."""


class HistoryScreen(ModalScreen[str | None]):
    """The history of one segment; answers with the text to be put back.

    Args:
        session: not asked for anything; every screen has it.
        edition: as it is.
        segment: the id of the one to tell of.
    """

    CSS_PATH = "history.tcss"
    PLACES = ("history",)
    BINDINGS: ClassVar = commands.bindings(*PLACES)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    AUTO_FOCUS = "OptionList"

    def __init__(self, session: Session, edition: OpenEdition, segment: str) -> None:
        super().__init__()
        self._session = session
        self._edition = edition
        self._one = edition.segment(segment)
        self._number = list(edition.standing.segments).index(self._one.id) + 1
        self._told = entries(edition, self._one.id)
        self._marked: int | None = None

    def compose(self) -> ComposeResult:
        """What was done, and below or beside it the text."""
        with Vertical(id="history") as window:
            window.border_title = Content(_("History of segment {n}").format(n=self._number))
            window.border_subtitle = Content(one_line(f"{self._edition.slug}, {self._edition.language}"))
            yield Static(
                Hanging(Content.styled(_("Source") + "  ", MUTED), content(self._one.segment.source)), id="source"
            )
            with Container(id="both"):
                yield OptionList(id="acts", markup=False, compact=True)
                with VerticalScroll(id="text", can_focus=False):
                    yield Static(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with what was done last."""
        acts = self.query_one(OptionList)
        acts.set_options(Option(self._line(row)) for row in range(len(self._told)))
        acts.display = bool(self._told)
        acts.highlighted = len(self._told) - 1 if self._told else None
        self._show()

    @property
    def _row(self) -> int | None:
        return self.query_one(OptionList).highlighted

    # What is shown

    def _line(self, row: int) -> Content:
        """A line of the list; ``v`` marks what others are compared with, ``*`` the text that stands."""
        one = self._told[row]
        mark = "v" if row == self._marked else "*" if one.brings and one.target == self._one.target else " "
        said = one_line(f"{one.who} {one.did}")
        notes = "".join(f"  {one_line(note)}" for note in one.notes)
        return Content.assemble(
            (f"{mark} ", "bold $text-accent"), (f"{one_line(one.at):<16}  ", MUTED), said, (notes, MUTED)
        )

    def _show(self) -> None:
        row = self._row
        lines = [_prose(_("Nothing was done to this segment yet."), MUTED)] if row is None else self._text(row)
        self.query_one("#told", Static).update(Stack(lines))
        self.query_one("#text").scroll_home(animate=False)
        self.refresh_bindings()

    def _text(self, row: int) -> Iterator[Visual]:
        """An entry in full, and its text: what it changed, or what changed since the one it is compared with."""
        one = self._told[row]
        notes = Content.styled("  " + one_line(_(", ").join(one.notes)), MUTED) if one.notes else ""
        yield Prose(Content.assemble((one_line(f"{one.who} {one.did}"), "bold"), notes))
        if one.remark:
            yield Hanging(Content("? "), content(one.remark))
        if one.earlier_source:
            yield from self._about_the_source()
        if self._marked is not None and self._marked != row:
            then = self._told[self._marked]
            yield _prose(_("Changes since {who}, {at}:").format(who=one_line(then.who), at=one_line(then.at)), MUTED)
            yield self._changes(then.text, one)
            return
        old = before(self._told, row)
        yield self._changes(old, one)
        if old is not None and one.text:
            yield _prose(_("The text then:"), MUTED)
            yield _prose(one.text)

    def _about_the_source(self) -> Iterator[Visual]:
        yield _prose(_("It was for another source than the present one."), MUTED)
        previous = self._one.segment.previous_source
        if previous is not None:
            changes = compared(previous, self._one.segment.source, self._edition.article.language)
            yield Hanging(Content.styled(_("since then") + "  ", MUTED), styled(difference(changes), _STYLES))

    def _changes(self, old: str | None, one: Entry) -> Visual:
        if one.text is None:
            return _prose(_("The record does not have this text."), MUTED)
        if not one.text:
            return _prose(_("(no text)"), MUTED)
        if old is None:
            return _prose(one.text)
        return Prose(styled(difference(compared(old, one.text, self._edition.language)), _STYLES))

    def on_option_list_option_highlighted(self) -> None:
        """Tell of another entry."""
        self._show()

    # What a person does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done."""
        row = self._row if self.is_mounted else None
        match action:
            case "restore":
                return row is not None and self._can_restore(self._told[row])
            case "compare":
                return row is not None and len(self._told) > 1
        return True

    def _can_restore(self, one: Entry) -> bool:
        return bool(one.text) and one.target != self._one.target

    def action_restore(self) -> None:
        """Answer with the text under the cursor."""
        if self._row is not None and self._can_restore(self._told[self._row]):
            self.dismiss(self._told[self._row].text)

    def action_compare(self) -> None:
        """Compare the others with this one, or no longer."""
        row, old = self._row, self._marked
        if row is None:
            return
        self._marked = None if row == old else row
        acts = self.query_one(OptionList)
        for changed in {one for one in (row, old) if one is not None}:
            acts.replace_option_prompt_at_index(changed, self._line(changed))
        self._show()

    def action_back(self) -> None:
        """Put nothing back."""
        self.dismiss(None)


_STYLES = {**CONTENT_STYLES, "muted": MUTED}


def _prose(text: str, style: str = "") -> Visual:
    return Prose(content(text, style))
