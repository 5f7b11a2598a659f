"""A question that is answered with a line of text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reviewtool.tui.language import _
from reviewtool.tui.render import safe
from reviewtool.tui.widgets.plain_line import PlainLine


class AskScreen(ModalScreen[str | None]):
    """Asks for one line; answers with it, None for Esc. An empty line is no answer."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, *, about: str = "", text: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._text = text
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """What it is about, and the line."""
        with Vertical(id="ask") as window:
            window.border_title = Content(safe(self._title))
            window.border_subtitle = Content(_("Enter: done   Esc: back"))
            if self._about:
                yield Static(Content(safe(self._about)), id="about")
            yield PlainLine(safe(self._text), placeholder=self._placeholder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer is given."""
        if event.value.strip():
            self.dismiss(event.value.strip())
