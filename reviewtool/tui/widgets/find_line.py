"""The line in which words are typed that something shown has to hold."""

from __future__ import annotations

from textual.widgets import Input

from reviewtool.tui.render import safe


class FindLine(Input):
    """One line of words; what is typed or pasted into it is made safe at once."""

    def validate_value(self, value: str) -> str:
        """Nothing that acts stands in it."""
        return safe(value)
