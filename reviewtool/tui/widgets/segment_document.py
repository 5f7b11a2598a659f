"""The text of one segment under edit: held exactly as it is, and the lines in which it is shown.

What is shown has a character for each character of the text, so that every place in the one is the same place in
the other: what would act on a terminal, or hide in it, is one cell with its picture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset

from reviewtool.model.visible import UNSAFE, visible
from reviewtool.tui.graphemes import at_or_after, before, boundaries
from reviewtool.tui.wrapping import wrap

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\x85\u2028\u2029")


def pictured(line: str) -> str:
    """The line with a picture for each character that acts or hides where it stands; of the same length.

    Controls have their own pictures (``␛``), line ends of other systems that of a new line, what turns the
    direction of writing is ``⇄``, and all else ``␦``.
    """
    if UNSAFE.search(line) is None:
        return line
    seen = visible(line)
    characters: list[str] = []
    place = 0
    for character in line:
        stays = seen.startswith(character, place)
        place += 1 if stays else len(visible(character))
        characters.append(character if stays else _picture(character))
    return "".join(characters)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character in _LINE_ENDS:
        return "\u2424"
    return "\u21c4" if character in _TURNING else "\u2426"


class SegmentDocument(Document):
    """A text whose lines end with a line feed; every other character is a character of its line."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put a text in place of a stretch; returns what was there, and where the new text ends."""
        (top, left), (bottom, right) = sorted((start, end))
        replaced = self.get_text_range(start, end)
        head = self._lines[top][:left] if top < len(self._lines) else ""
        tail = self._lines[bottom][right:] if bottom < len(self._lines) else ""
        added = (head + text).split("\n")
        end_location = top + len(added) - 1, len(added[-1])
        added[-1] += tail
        self._lines[top : bottom + 1] = added
        return EditResult(end_location, replaced)

    def location(self, place: int) -> Location:
        """A place in the text, in characters, as its line and column; beyond the end it is the end."""
        for row, line in enumerate(self._lines):
            if place <= len(line):
                return row, max(0, place)
            place -= len(line) + 1
        return self.end


class Row(NamedTuple):
    """One line on the screen: the line of the text it is from, and its stretch of that line."""

    line: int
    start: int
    end: int
    last: bool


class _Line(NamedTuple):
    """A line as it is shown: its characters, where the caret may stand, where it goes on below."""

    shown: str
    stops: list[int]
    breaks: list[int]


class SegmentLines(WrappedDocument):
    """The lines of a segment as they are on the screen, broken as the grid breaks them."""

    _texts: Sequence[str] = ()
    _laid: Sequence[_Line] = ()

    def wrap(self, width: int, tab_width: int | None = None) -> None:  # noqa: ARG002
        """Break every line anew that has changed, or all at a new width."""
        known = dict(zip(self._texts, self._laid, strict=True)) if width == self._width else {}
        self._width = width
        self._texts = list(self.document.lines)
        self._laid = [known.get(text) or _laid_out(text, width) for text in self._texts]
        self._wrap_offsets = [line.breaks for line in self._laid]
        self._tab_width_cache = [[] for _ in self._laid]
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        for index, line in enumerate(self._laid):
            first = len(self._offset_to_line_info)
            self._line_index_to_offsets.append(list(range(first, first + len(line.breaks) + 1)))
            self._offset_to_line_info.extend((index, section) for section in range(len(line.breaks) + 1))

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:  # noqa: ARG002
        """Break the lines anew that have changed."""
        self.wrap(self._width)

    def stops(self, line: int) -> list[int]:
        """Where in a line the caret may stand."""
        return self._laid[line].stops

    def shown(self, line: int) -> str:
        """A line with its pictures."""
        return self._laid[line].shown

    def rows(self) -> int:
        """How many lines there are on the screen."""
        return len(self._offset_to_line_info)

    def row(self, y: int) -> Row | None:
        """A line on the screen, None below the last one."""
        return self._row(y) if 0 <= y < self.rows() else None

    def _row(self, y: int) -> Row:
        line, section = self._offset_to_line_info[y]
        edges = [0, *self._wrap_offsets[line], len(self.shown(line))]
        return Row(line, edges[section], edges[section + 1], section + 2 == len(edges))

    def get_sections(self, line_index: int) -> list[str]:
        """A line of the text as it is shown, in its lines on the screen."""
        edges = [0, *self._wrap_offsets[line_index], len(self.shown(line_index))]
        shown = self.shown(line_index)
        return [shown[start:end] for start, end in pairwise(edges)]

    def location_to_offset(self, location: Location) -> Offset:
        """Where on the screen a place in the text is."""
        line, column = location
        line = min(max(0, line), len(self._laid) - 1)
        y = self._line_index_to_offsets[line][bisect_right(self._wrap_offsets[line], column)]
        return Offset(cell_len(self.shown(line)[self._row(y).start : column]), y)

    def offset_to_location(self, offset: Offset) -> Location:
        """The place in the text that is nearest to a place on the screen."""
        line, section = self._offset_to_line_info[min(max(0, offset.y), self.rows() - 1)]
        return line, self.get_target_document_column(line, offset.x, section)

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The cluster of a line on the screen that covers a cell; behind the last one, the end of the line."""
        row = self._row(self._line_index_to_offsets[line_index][y_offset])
        shown, stops = self.shown(line_index), self.stops(line_index)
        column = row.start
        while column < row.end:
            following = at_or_after(stops, column + 1)
            if cell_len(shown[row.start : following]) > x_offset:
                return column
            column = following
        return column if row.last else before(stops, row.end)


def rows_needed(text: str, width: int) -> int:
    """How many lines a text has on a screen of so many cells."""
    return sum(len(_breaks(pictured(line), width)) + 1 for line in text.split("\n"))


def _laid_out(text: str, width: int) -> _Line:
    shown = pictured(text)
    return _Line(shown, boundaries(shown), _breaks(shown, width))


def _breaks(line: str, width: int) -> list[int]:
    """Where the lines on the screen start but the first; spaces at a break stay at the end of their line."""
    if not width:
        return []
    edges = [start for start, _ in wrap(line, width)] + [len(line)]
    breaks: list[int] = []
    for start, end in pairwise(edges):
        breaks += [start, *_overflow(line, start, end, width)]
    return breaks[1:]


def _overflow(line: str, start: int, end: int, width: int) -> list[int]:
    """Where spaces that hang over the edge by more than the caret's cell go on to lines of their own."""
    breaks: list[int] = []
    while cell_len(line[start:end]) > width + 1:
        place = max(start + 1, len(line[:end].rstrip()))
        while place < end and cell_len(line[start : place + 1]) <= width:
            place += 1
        if place == end:
            break
        breaks.append(place)
        start = place
    return breaks
