"""A label or number with a text beside it that wraps under itself, not under the label."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Hanging(Visual):
    """One line of ``head`` and, to its right, ``body`` in as many lines as it needs.

    Args:
        head: a label, a number, a sign.
        body: the text beside it.
        indent: the cells that the head takes, by default as many as it has.
    """

    def __init__(self, head: Content, body: Content, *, indent: int | None = None) -> None:
        self._head = head
        self._body = body
        self._indent = head.cell_length if indent is None else indent

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines of the body, the first one after the head."""
        indent = min(self._indent, width - 1)
        lines = self._body.render_strips(width - indent, height, style, options) or [Strip([])]
        heads = self._head.render_strips(indent, 1, style, options) if indent > 0 else [Strip([])]
        rest = Strip.blank(indent, style.rich_style)
        return [
            Strip.join([(rest if number else heads[0]).adjust_cell_length(indent, style.rich_style), line])
            for number, line in enumerate(lines)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The head and the longest line of the body."""
        return self._indent + self._body.get_optimal_width(rules, container_width - self._indent)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The lines of the body."""
        return max(1, self._body.get_height(rules, max(1, width - self._indent)))


class Stack(Visual):
    """Visuals one below the other.

    Args:
        rows: from top to bottom.
    """

    def __init__(self, rows: list[Visual]) -> None:
        self._rows = rows

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines of all of them."""
        lines = [line for row in self._rows for line in row.render_strips(width, None, style, options)]
        return lines if height is None else lines[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The widest one's."""
        return max((row.get_optimal_width(rules, container_width) for row in self._rows), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The lines of all of them."""
        return sum(row.get_height(rules, width) for row in self._rows)
