"""Texts as Textual's visuals: prose that breaks as its script wants, a label beside it, several in a stack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from reviewtool.tui.wrapping import wrap

MUTED = "dim"
"""The style of what is said beside a text."""


class Prose(Visual):
    """A text that breaks where its script may: between Chinese characters, never before a full stop.

    Args:
        text: the text with its styles.
    """

    def __init__(self, text: Content) -> None:
        self._text = text

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines of the text."""
        lines = (self._text[start:end] for start, end in wrap(self._text.plain, width)[:height])
        return [strip for line in lines for strip in line.render_strips(width, 1, style, options) or [Strip([])]]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The longest line where nothing is broken."""
        return self._text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """How many lines there are."""
        return len(wrap(self._text.plain, width))


class Hanging(Visual):
    """One line of ``head`` and, to its right, ``body`` in as many lines as it needs.

    Args:
        head: a label, a number, a sign.
        body: the text beside it.
        indent: the cells that the head takes, by default as many as it has.
    """

    def __init__(self, head: Content, body: Content, *, indent: int | None = None) -> None:
        self._head = head
        self._body = Prose(body)
        self._indent = head.cell_length if indent is None else indent

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines of the body, the first one after the head."""
        indent = max(0, min(self._indent, width - 1))
        rest = Strip.blank(indent, style.rich_style)
        heads = self._head.render_strips(indent, 1, style, options) or [rest]
        return [
            Strip.join([(rest if number else heads[0]).adjust_cell_length(indent, style.rich_style), line])
            for number, line in enumerate(self._body.render_strips(width - indent, height, style, options))
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The head and the longest line of the body."""
        return self._indent + self._body.get_optimal_width(rules, container_width - self._indent)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The lines of the body."""
        return self._body.get_height(rules, max(1, width - self._indent))


class Stack(Visual):
    """Visuals one below the other.

    Args:
        rows: from top to bottom.
    """

    def __init__(self, rows: Iterable[Visual]) -> None:
        self._rows: Sequence[Visual] = tuple(rows)

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


def labelled(label: str, lines: Iterable[str], *, indent: int) -> Visual:
    """Lines beside a label; ``indent`` is how wide the label is at least."""
    head = Content.styled(label, MUTED)
    return Hanging(head, Content("\n".join(lines)), indent=max(indent, head.cell_length + 1))
