"""The command palette, in whose line nothing acts."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.command import CommandInput, CommandPalette

from reviewtool.tui.render import safe


class PaletteLine(CommandInput):
    """The palette's line; what is typed or pasted into it is made safe to show at once."""

    def validate_value(self, value: str) -> str:
        """Nothing that acts stands in it."""
        return safe(value)


class Palette(CommandPalette):
    """Textual's palette with a line of our own."""

    def compose(self) -> ComposeResult:
        """The line, and what fits it."""
        for widget in super().compose():
            if isinstance(widget, CommandInput):
                yield PaletteLine(placeholder=widget.placeholder, select_on_focus=False)
            else:
                yield widget
