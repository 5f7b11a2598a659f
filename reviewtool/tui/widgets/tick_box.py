"""A box to tick: ``[x]`` or ``[ ]`` and what it says, told apart without colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class TickBox(Widget, can_focus=True):
    """One line that is ticked or not, by space, Enter or a click.

    Args:
        label: what it says.
    """

    DEFAULT_CSS = """
    TickBox { height: 1; width: 1fr; }
    TickBox:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    TickBox:hover { background: $block-hover-background; }
    TickBox:focus:hover { background: $block-cursor-background; }
    """
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "tick", show=False)]

    ticked: reactive[bool] = reactive(False)
    """Whether it is ticked."""

    @dataclass
    class Changed(Message):
        """Somebody ticked it, or took the tick away."""

        ticked: bool

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._label = label

    def render(self) -> Content:
        """The box and its label."""
        return Content(f"[{'x' if self.ticked else ' '}] {self._label}")

    def action_tick(self) -> None:
        """Tick it, or take the tick away."""
        self.ticked = not self.ticked
        self.post_message(self.Changed(self.ticked))

    def on_click(self) -> None:
        """The same by the mouse."""
        self.action_tick()
