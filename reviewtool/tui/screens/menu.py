"""The menu: a few choices, each with the key that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.visual import Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reviewtool.tui.language import _
from reviewtool.tui.render import safe
from reviewtool.tui.visuals import MUTED, Hanging


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: the key that takes it, what it says, and what the screen gets."""

    key: str
    text: str
    value: str
    note: str = ""


class MenuScreen(ModalScreen[str | None]):
    """Choices in a small window over the screen; answers with the value of the one taken, None for Esc."""

    CSS_PATH = "menu.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, choices: Sequence[Choice], empty: str = "") -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._empty = empty

    def compose(self) -> ComposeResult:
        """A title and the choices."""
        with Vertical(id="menu") as window:
            window.border_title = Content(safe(self._title))
            window.border_subtitle = Content(_("Esc: back"))
            if self._choices:
                yield OptionList(*(Option(_line(one)) for one in self._choices), markup=False)
            else:
                yield Static(Content(self._empty), id="empty")

    def on_key(self, event: events.Key) -> None:
        """Take the choice that has this key."""
        pressed = event.character or event.key
        for one in self._choices:
            if one.key == pressed:
                event.stop()
                self.dismiss(one.value)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice that was clicked, or that Enter was pressed on."""
        self.dismiss(self._choices[event.option_index].value)


def _line(choice: Choice) -> Visual:
    key = Content.styled(f" {choice.key or ' '}  ", "bold")
    note = Content.styled(f"  {safe(choice.note)}", MUTED) if choice.note else Content("")
    return Hanging(key, Content.assemble(safe(choice.text), note))
