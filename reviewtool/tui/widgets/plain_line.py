"""A line of text to type in, that nothing in it can act from."""

from __future__ import annotations

from textual.widgets import Input

from reviewtool.tui.render import safe


class PlainLine(Input):
    """One line; what is typed or pasted into it is made safe to show at once."""

    DEFAULT_CSS = """
    PlainLine { height: 1; border: none; padding: 0; background: $boost;
        &:focus { border: none; }
    }
    """

    def validate_value(self, value: str) -> str:
        """Nothing that acts stands in it."""
        return safe(value)
