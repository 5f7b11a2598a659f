"""The log: everything that was said since the start, the last first; errors stay readable here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reviewtool.tui.language import _
from reviewtool.tui.render import safe
from reviewtool.tui.session import Said

_STYLES = {"error": "$text-error", "warning": "$text-warning"}
_SIGNS = {"error": "!", "warning": "~"}


class LogScreen(ModalScreen[None]):
    """The sentences of a session."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar = [Binding("escape,f11,q", "dismiss(None)", show=False)]

    def __init__(self, said: Sequence[Said]) -> None:
        super().__init__()
        self._said = tuple(said)

    def compose(self) -> ComposeResult:
        """A line a sentence."""
        with Vertical(id="help") as window:
            window.border_title = Content(_("What was said"))
            window.border_subtitle = Content(_("Esc: back"))
            with VerticalScroll():
                lines = [_line(one) for one in reversed(self._said)]
                yield Static(Content("\n").join(lines or [Content(_("Nothing was said yet."))]))


def _line(one: Said) -> Content:
    sign = _SIGNS.get(one.severity, " ")
    return Content.styled(f"{one.at} {sign} {safe(one.sentence)}", _STYLES.get(one.severity, ""))
