"""Prose to be read: paragraphs in one column or two, one sentence the current one, and that always in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reviewtool.tui.prose import Paragraph
from reviewtool.tui.render import Cell
from reviewtool.tui.widgets.segment_grid import GridRow, SegmentGrid
from reviewtool.tui.wrapping import inside_clusters, wrap

_SEPARATOR = " │ "
_KINDS = {
    "headline": "title",
    "standfirst": "emphasis",
    "dateline": "muted",
    "heading": "section",
    "quote": "emphasis",
    "code": "code",
    "rule": "muted",
    "note": "muted",
    "byline": "strong",
}
"""The style of all of a paragraph, by its kind."""
_FOOT = 5
"""How many rows below a sentence are looked at for its being the last."""
_STYLES = ("title", "section", "strong", "emphasis", "strike", "code", "link", "unread")


class Prose(Protocol):
    """Where paragraphs come from, each when it is needed."""

    def __len__(self) -> int: ...

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        """What stands in a row, from left to right; their texts are safe to show."""
        ...

    def space_below(self, row: int) -> int:
        """How many lines are blank below a row."""
        ...

    def rows_of(self, segment: int) -> tuple[int, ...]:
        """The rows that a segment stands in, at least one; the last is where it is read."""
        ...


class _Rows:
    """Prose as the grid wants its rows."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose

    def __len__(self) -> int:
        return len(self._prose)

    def texts(self, index: int) -> tuple[str, ...]:
        return tuple(one.text for one in self._prose.paragraphs(index))

    def row(self, index: int) -> GridRow:
        return GridRow("", "", tuple(Cell(one.text, one.spans) for one in self._prose.paragraphs(index)))

    def starts_paragraph(self, index: int) -> bool:
        return index > 0


class _Nothing:
    """What is read before there is something."""

    def __len__(self) -> int:
        return 0

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        raise IndexError(row)

    def space_below(self, row: int) -> int:
        raise IndexError(row)

    def rows_of(self, segment: int) -> tuple[int, ...]:
        raise IndexError(segment)


class _Line(NamedTuple):
    """A line of a paragraph: what stands before it, and its characters."""

    before: str
    start: int
    end: int


class ProseGrid(SegmentGrid, inherit_bindings=False):
    """Paragraphs with one current sentence, which is marked and in view. Its keys are the screen's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"segment-grid--{name}" for name in _STYLES}
    DEFAULT_CSS = """
    ProseGrid {
        & > .segment-grid--title { color: $text-primary; text-style: bold underline; }
        & > .segment-grid--section { color: $text-primary; text-style: bold; }
        & > .segment-grid--strong { text-style: bold; }
        & > .segment-grid--emphasis { text-style: italic; }
        & > .segment-grid--strike { text-style: strike; }
        & > .segment-grid--code { color: $text-secondary; }
        & > .segment-grid--link { text-style: underline; }
        & > .segment-grid--unread { color: $foreground 60%; }
        & > .segment-grid--now { background: $primary 35%; }
    }
    """

    @dataclass
    class Pointed(Message):
        """A sentence was clicked; ``twice`` if that was a double click."""

        segment: int
        twice: bool = False

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(gutter=False, reading=True, name=name, id=id, classes=classes)
        self._prose: Prose = _Nothing()
        self._now = 0

    # What it shows

    def read(self, prose: Prose, segment: int, *, columns: Sequence[str] = ("",), anchor: bool = False) -> None:
        """Show this prose with a sentence the current one; ``anchor`` keeps that where the current one is now."""
        self._prose, self._now = prose, segment
        row = prose.rows_of(segment)[-1] if len(prose) else 0
        self.show(_Rows(prose), columns=columns, current=row, anchor=anchor)

    @property
    def now(self) -> int:
        """The current sentence's segment."""
        return self._now

    def point(self, segment: int) -> None:
        """Make a sentence the current one, and show it."""
        if not len(self._prose):
            return
        rows = {*self._prose.rows_of(self._now), *self._prose.rows_of(segment)}
        self._now = segment
        for row in rows:
            self._forget(row)
        target, seen = self._prose.rows_of(segment)[-1], self.scroll_offset.y
        if target != self.current:
            self.current = target
        elif len(self._heights):
            self._bring_into_view(target)
        if len(self._heights) and self.scroll_offset.y == seen:
            self._refresh_rows(*rows)

    def refresh_segments(self, segments: Sequence[int]) -> None:
        """Show sentences anew whose texts or signs have changed."""
        for row in sorted({row for segment in segments for row in self._prose.rows_of(segment)}):
            self.refresh_row(row)

    def paged(self, pages: int) -> int:
        """The segment that stands as many pages below the current one as asked, or above."""
        if not len(self._heights):
            return self._now
        first, _ = self._lines_of_now(self.current)
        line = self._heights.top(self.current) + first + pages * max(1, self._view_height - 2)
        step = 1 if pages > 0 else -1
        row = self._heights.at(line)
        while 0 <= row < len(self._prose):
            found = self._segment_at(row, line - self._heights.top(row))
            if found is not None and found != self._now:
                return found
            row += step
            line = self._heights.top(row) if 0 <= row < len(self._prose) else line
        return self._now

    # Where sentences are

    def _lines(self, paragraph: Paragraph, width: int) -> list[_Line]:
        room = max(1, width - cell_len(paragraph.first))
        return [
            _Line(paragraph.rest if number else paragraph.first, start, end)
            for number, (start, end) in enumerate(wrap(paragraph.text, room))
        ]

    def _columns(self, row: int) -> list[tuple[Paragraph, int]]:
        return list(zip(self._prose.paragraphs(row), self._frame.columns, strict=True))

    def _measured(self, index: int) -> int:
        lines = max(len(self._lines(paragraph, width)) for paragraph, width in self._columns(index))
        return lines + self._prose.space_below(index)

    def _lines_of_now(self, row: int) -> tuple[int, int]:
        """The lines of a row on which the current sentence stands, ``first, last + 1``."""
        found: list[int] = []
        for paragraph, width in self._columns(row):
            stretch = paragraph.stretch(self._now)
            if stretch is not None:
                lines = self._lines(paragraph, width)
                found += [n for n, line in enumerate(lines) if line.start < stretch.end and line.end > stretch.start]
        return (min(found), max(found) + 1) if found else (0, self._heights.height(row))

    def _bring_into_view(self, index: int) -> None:
        """Scroll as little as shows the paragraph with what stands below the last one, or at least the sentence."""
        if index != self.current or not len(self._prose):
            return
        top, room, seen = self._heights.top(index), self._view_height, self.scroll_offset.y
        end = top + self._heights.height(index)
        first, last = self._lines_of_now(index)
        wanted = [(top, end + self._without_sentences(index)), (top, end), (top + first, top + last)]
        start, stop = next((one for one in wanted if one[1] - one[0] <= room), wanted[-1])
        if start < seen or stop - start > room:
            self._scroll(start)
        elif stop > seen + room:
            self._scroll(stop - room)

    def _without_sentences(self, index: int) -> int:
        """The height of the rows below one that hold no sentence, such as the byline."""
        height = 0
        for row in range(index + 1, min(index + 1 + _FOOT, len(self._prose))):
            if any(paragraph.stretches for paragraph in self._prose.paragraphs(row)):
                break
            height += self._heights.height(row)
        return height

    def _segment_at(self, row: int, line: int, x: int = 0, column: int | None = None) -> int | None:
        """The sentence at a line of a row; in the last column, or where ``column`` says."""
        paragraph, width = self._columns(row)[-1 if column is None else column]
        lines = self._lines(paragraph, width)
        if not 0 <= line < len(lines):
            return paragraph.at(len(paragraph.text)) if line > 0 else paragraph.at(0)
        before, start, end = lines[line]
        room = x - cell_len(before)
        place = start
        while place < end - 1 and room >= cell_len(paragraph.text[start : place + 1]):
            place += 1
        return paragraph.at(place)

    def on_click(self, event: events.Click) -> None:
        """Tell which sentence was clicked."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        if offset is None or (row := self._row_at(offset.y)) is None:
            return
        event.stop()
        x = offset.x - self._frame.margin - self._frame.gutter
        column = 0
        while column < len(self._frame.columns) - 1 and x >= self._frame.columns[column] + len(_SEPARATOR):
            x -= self._frame.columns[column] + len(_SEPARATOR)
            column += 1
        line = offset.y - self._heading_height + self.scroll_offset.y - self._heights.top(row)
        segment = self._segment_at(row, line, x, column)
        if segment is not None:
            self.post_message(self.Pointed(segment, twice=event.chain == 2))

    # Painting

    def _paint(self, index: int) -> list[Strip]:
        columns = [(width, self._painted_lines(paragraph, width)) for paragraph, width in self._columns(index)]
        marked = self._lines_of_now(index)[0] if self._holds_now(index) else -1
        base = self._style()
        separator = Segment(_SEPARATOR, self._style("gap"))
        strips = []
        for line in range(self._heights.height(index)):
            mark = ">" if line == marked else ""
            edge = f"{' ' * self._frame.margin}{mark}".ljust(self._frame.margin + self._frame.gutter)
            segments = [Segment(edge, self._style("mark"))]
            for place, (width, lines) in enumerate(columns):
                segments += [separator] if place else []
                segments += lines[line] if line < len(lines) else [Segment(" " * width, base)]
            strips.append(Strip(segments).adjust_cell_length(self.scrollable_content_region.width, base).simplify())
        return strips

    def _holds_now(self, row: int) -> bool:
        return any(paragraph.stretch(self._now) for paragraph in self._prose.paragraphs(row))

    def _painted_lines(self, paragraph: Paragraph, width: int) -> list[list[Segment]]:
        """The lines of a paragraph, each as wide as its column."""
        ground = (_KINDS[paragraph.kind],) if paragraph.kind in _KINDS else ()
        now = paragraph.stretch(self._now)
        inside: frozenset[int] = inside_clusters(paragraph.text)
        lines = []
        for before, start, end in self._lines(paragraph, width):
            edges = {start, end, *(now[1:] if now else ())}
            edges.update(place for span in paragraph.spans for place in (span.start, span.end))
            cuts = sorted({start, end} | {place for place in edges if start < place < end} - inside)
            segments = [Segment(before, self._style("muted"))] if before else []
            for left, right in pairwise(cuts):
                names = [one.style for one in paragraph.spans if one.start <= left < one.end]
                if now is not None and now.start <= left < now.end:
                    names.append("now")
                segments.append(Segment(paragraph.text[left:right], self._style(*ground, *names)))
            used = sum(cell_len(segment.text) for segment in segments)
            segments.append(Segment(" " * max(0, width - used), self._style()))
            lines.append(segments)
        return lines
