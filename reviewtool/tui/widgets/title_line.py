"""The title line: what is open, and the facts about it; the title is cut before the facts are."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from reviewtool.tui.render import one_line

_LEAST = 16
"""Cells that are left to the title, however many facts there are."""


class TitleLine(Widget):
    """One line at the top of a screen."""

    DEFAULT_CSS = """
    TitleLine { dock: top; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False

    _title = ""
    _facts: tuple[str, ...] = ()

    def show(self, title: str, facts: Sequence[str]) -> None:
        """Show a title and the facts that are not empty, the most important first."""
        self._title, self._facts = one_line(title), tuple(one_line(fact) for fact in facts if fact)
        self.refresh()

    def render(self) -> Content:
        """As many facts as fit beside a piece of the title, and as much of the title as fits then."""
        width, facts = self.content_size.width, list(self._facts)
        while facts and _width(facts) + min(_LEAST, cell_len(self._title)) > width:
            facts.pop()
        title = _cut(self._title, width - _width(facts))
        return Content("  ").join([Content.styled(title, "bold"), *map(Content, facts)])


def _width(facts: Sequence[str]) -> int:
    return sum(cell_len(fact) + 2 for fact in facts)


def _cut(title: str, width: int) -> str:
    if cell_len(title) <= width:
        return title
    return f"{set_cell_size(title, max(0, width - 2)).rstrip()}.."
