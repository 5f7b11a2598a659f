"""How a row of the grid becomes strips: gutter, cells side by side, their styled stretches on the right characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reviewtool.model.visible import UNSAFE
from reviewtool.tui import render
from reviewtool.tui.render import Cell, Span
from reviewtool.tui.wrapping import inside_clusters, wrap

SIGNS = {sign: state.value for state, sign in render.SIGNS.items()} | {render.SAVING: "saving"}
"""The signs of a row, and what the style of each is called: ``sign-draft`` …"""

STRETCHES = ("insert", "delete", "number", "term", "finding", "comment", "now", "muted")
"""The styles that spans name."""

_BADGES = 2
"""How many badges a row shows."""

_SEPARATOR = " │ "
_RIGHT = 1
"""Cells left free between the last column and the scrollbar."""


class GridRow(NamedTuple):
    """What a row shows; ``marked`` puts an ``x`` behind its number."""

    number: str
    sign: str
    cells: tuple[Cell, ...]
    badges: str = ""
    marked: bool = False


class Frame(NamedTuple):
    """How a line is divided, in cells: margin, gutter with a number so wide or none, columns."""

    margin: int
    gutter: int
    number: int | None
    columns: tuple[int, ...]

    @property
    def width(self) -> int:
        """From the left edge to the end of the last column."""
        return self.margin + self.gutter + sum(self.columns) + len(_SEPARATOR) * (len(self.columns) - 1)


def divided(width: int, weights: Sequence[int], *, number: int | None, widest: Sequence[int] = ()) -> Frame:
    """Divide a width among gutter and columns by their weights; with ``widest``, in the middle and none wider."""
    gutter = len("> ") if number is None else len(">") + number + len("x=") + _BADGES + len(" ")
    room = max(len(weights), width - gutter - _RIGHT - len(_SEPARATOR) * (len(weights) - 1))
    ends = [room * sum(weights[: place + 1]) // sum(weights) for place in range(len(weights))]
    columns = tuple(max(1, end - start) for start, end in pairwise((0, *ends)))
    if not widest:
        return Frame(0, gutter, number, columns)
    frame = Frame(0, gutter, number, tuple(min(pair) for pair in zip(columns, widest, strict=True)))
    return frame._replace(margin=max(0, (width - frame.width) // 2))


def lines_needed(texts: Sequence[str], frame: Frame) -> int:
    """How many lines the highest of these cells has."""
    return max(len(wrap(_safe(text), width)) for text, width in zip(texts, frame.columns, strict=True))


class Styles(Protocol):
    """Where the painter finds a style: the names of all that hold for a stretch, the last the strongest."""

    def __call__(self, *names: str) -> Style:
        """The style of all these names together."""
        ...


class RowPainter:
    """Paints rows in a frame, in lines of ``width`` cells. No text gets into a strip that is not safe to show."""

    def __init__(self, frame: Frame, width: int, style: Styles) -> None:
        self._frame, self._width, self._style = frame, width, style

    def blank(self) -> Strip:
        """A line with nothing on it."""
        return Strip.blank(self._width, self._style())

    def headings(self, headings: Sequence[str]) -> Strip:
        """The line above the rows."""
        style = self._style("heading")
        segments = [Segment(" " * (self._frame.margin + self._frame.gutter), style)]
        for place, (heading, width) in enumerate(zip(headings, self._frame.columns, strict=True)):
            if place:
                segments.append(Segment(_SEPARATOR, self._style("heading", "gap")))
            segments.append(Segment(set_cell_size(render.one_line(heading), width), style))
        return Strip(segments).adjust_cell_length(self._width, style)

    def row(self, row: GridRow, ground: tuple[str, ...], *, current: bool, first: bool) -> list[Strip]:
        """The lines of a row; ``ground`` names the styles of all of it, ``first`` is the first of a paragraph."""
        base = self._style(*ground)
        separator = Segment(_SEPARATOR, self._style(*ground, "gap"))
        columns = [
            (width, self._cell(_safe_cell(cell), width, ground))
            for cell, width in zip(row.cells, self._frame.columns, strict=True)
        ]
        strips = []
        for line in range(max(len(lines) for _, lines in columns)):
            segments = [Segment(" " * self._frame.margin, base)]
            segments += self._gutter(row, ground, current, first) if not line else self._no_gutter(base)
            for place, (width, lines) in enumerate(columns):
                if place:
                    segments.append(separator)
                segments += lines[line] if line < len(lines) else [Segment(" " * width, base)]
            strips.append(Strip(segments).adjust_cell_length(self._width, base).simplify())
        return strips

    def _no_gutter(self, base: Style) -> list[Segment]:
        return [Segment(" " * self._frame.gutter, base)]

    def _gutter(self, row: GridRow, ground: tuple[str, ...], current: bool, first: bool) -> Iterator[Segment]:
        yield Segment(">" if current else " ", self._style(*ground, "mark"))
        if self._frame.number is not None:
            yield from self._label(row, self._frame.number, ground, first)
        yield Segment(" ", self._style(*ground))

    def _label(self, row: GridRow, width: int, ground: tuple[str, ...], first: bool) -> Iterator[Segment]:
        """Number, state and badges of a row."""
        number = render.one_line(row.number)
        number = set_cell_size(" " * (width - cell_len(number)) + number, width)
        sign = set_cell_size(render.one_line(row.sign), 1)
        yield Segment(number, self._style(*ground, "first" if first else "label"))
        yield Segment("x" if row.marked else " ", self._style(*ground, "mark"))
        yield Segment(sign, self._style(*ground, f"sign-{SIGNS[sign]}" if sign in SIGNS else "label"))
        for badge in set_cell_size(render.one_line(row.badges), _BADGES):
            yield Segment(badge, self._style(*ground, "finding" if badge == "!" else "comment"))

    def _cell(self, cell: Cell, width: int, ground: tuple[str, ...]) -> list[list[Segment]]:
        """The lines of a cell, each as wide as its column."""
        spans = _whole([span for span in cell.spans if span.start < span.end], cell.text)
        lines = []
        for start, end in wrap(cell.text, width):
            segments = [
                Segment(cell.text[left:right], self._style(*ground, *names))
                for left, right, names in _pieces(spans, start, end)
            ]
            used = sum(cell_len(segment.text) for segment in segments)
            segments.append(Segment(" " * max(0, width - used), self._style(*ground)))
            lines.append(segments)
        return lines


def _whole(spans: Sequence[Span], text: str) -> Sequence[Span]:
    """The spans, made longer where they begin or end inside a grapheme cluster."""
    inside = inside_clusters(text) if spans else None
    if not inside:
        return spans
    return [Span(_outside(span.start, -1, inside), _outside(span.end, 1, inside), span.style) for span in spans]


def _outside(place: int, step: int, inside: frozenset[int]) -> int:
    while place in inside:
        place += step
    return place


def _pieces(spans: Sequence[Span], start: int, end: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """A line cut where a span begins or ends, each piece with the styles that it has."""
    here = [span for span in spans if span.start < end and span.end > start]
    cuts = {place for span in here for place in (span.start, span.end) if start < place < end}
    for left, right in pairwise(sorted({start, end} | cuts)):
        yield left, right, tuple(span.style for span in here if span.start < right and span.end > left)


def _safe(text: str) -> str:
    return text if UNSAFE.search(text) is None else render.safe(text)


def _safe_cell(cell: Cell) -> Cell:
    return cell if UNSAFE.search(cell.text) is None else render.cell(cell.text, cell.spans)
