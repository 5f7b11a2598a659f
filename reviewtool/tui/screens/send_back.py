"""Sending a segment back: a reason, and if one likes a category and a severity of MQM, one digit each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from reviewtool.services.review import CATEGORIES, SEVERITIES
from reviewtool.tui.language import N_, _
from reviewtool.tui.render import safe
from reviewtool.tui.widgets.plain_line import PlainLine

_NAMES = (
    N_("terminology"), N_("accuracy"), N_("linguistic"), N_("style"), N_("locale"), N_("audience"), N_("design"),
    N_("neutral"), N_("minor"), N_("major"), N_("critical"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a segment is sent back."""

    comment: str
    category: str | None = None
    severity: str | None = None


class DigitChoice(Widget, can_focus=True):
    """A line of choices, each with a digit; 0 takes none."""

    DEFAULT_CSS = """
    DigitChoice { height: auto; padding: 0 1; color: $text-muted; }
    DigitChoice:focus { color: $foreground; background: $boost; }
    """

    chosen: reactive[str | None] = reactive(None)

    def __init__(self, label: str, values: Sequence[str], id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._label = label
        self._values = tuple(values)

    def render(self) -> Content:
        """The choices, the one taken marked."""
        parts = [_("{label}:").format(label=self._label)]
        for number, value in enumerate(self._values, start=1):
            shown = f"{number} {_(value)}"
            parts.append(f"[{shown}]" if value == self.chosen else f" {shown} ")
        return Content(" ".join(parts))

    def on_key(self, event: events.Key) -> None:
        """Take the choice of a digit."""
        if event.character and event.character.isdecimal() and event.character.isascii():
            number = int(event.character)
            if number <= len(self._values):
                event.stop()
                self.chosen = self._values[number - 1] if number else None


class SendBackScreen(ModalScreen[Reason | None]):
    """Asks why a segment is sent back; Enter sends, wherever the caret is."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", show=False), Binding("enter", "send", show=False)]

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """The text, the reason, category and severity."""
        with Vertical(id="ask") as window:
            window.border_title = Content(_("Send back"))
            window.border_subtitle = Content(_("Enter: send   Tab: category, severity   Esc: back"))
            yield Static(Content(safe(self._about)), id="about")
            yield PlainLine(placeholder=_("what is wrong?"))
            yield DigitChoice(_("Category"), CATEGORIES, id="category")
            yield DigitChoice(_("Severity"), SEVERITIES, id="severity")

    def on_input_submitted(self) -> None:
        """Enter in the reason sends."""
        self.action_send()

    def action_send(self) -> None:
        """Send it back, once there is a reason."""
        comment = self.query_one(Input).value.strip()
        if not comment:
            self.query_one(Input).focus()
            return
        category, severity = (self.query_one(f"#{name}", DigitChoice).chosen for name in ("category", "severity"))
        self.dismiss(Reason(comment, category, severity))
