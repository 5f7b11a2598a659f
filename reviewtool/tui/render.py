"""From the model to what is shown: the one place where text is made safe for widgets, and given its styles.

Nothing here is markup: texts become cells with spans, or Textual's ``Content``, whose style names are those
of the theme.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from reviewtool.model.visible import UNSAFE, visible


class Span(NamedTuple):
    """A stretch of a text, ``start:end`` in characters, and the name of its style (``insert``, ``number`` …)."""

    start: int
    end: int
    style: str


class Cell(NamedTuple):
    """A text as it is shown in a grid, with its styled stretches in order."""

    text: str
    spans: tuple[Span, ...] = ()


def safe(text: str) -> str:
    """The text with everything that acts or hides made visible; line ends stay, tabs become a space."""
    return visible(text, lines=True).replace("\t", " ")


def one_line(text: str) -> str:
    """The same on one line, for titles and messages."""
    return " ".join(safe(text).split())


def cell(text: str, spans: Iterable[Span] = ()) -> Cell:
    """A text that came from anywhere as a safe cell; the spans are moved to where their stretches are then."""
    wanted = tuple(spans)
    if UNSAFE.search(text) is None:
        return Cell(text, wanted)
    return Cell(safe(text), tuple(Span(_moved(text, one.start), _moved(text, one.end), one.style) for one in wanted))


def _moved(text: str, place: int) -> int:
    return len(safe(text[:place]))


def content(text: str, style: str = "") -> Content:
    """A text that came from anywhere as safe content of one style."""
    return Content.styled(safe(text), style) if style else Content(safe(text))
