"""The grid of segments: a list of any length, painted line by line, its rows as high as their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import ClassVar, Protocol

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.timer import Timer

from reviewtool.tui.legibility import ASIDE, TEXT, legible
from reviewtool.tui.row_heights import RowHeights
from reviewtool.tui.widgets.row_painting import SIGNS, STRETCHES, Frame, GridRow, RowPainter, divided, lines_needed

__all__ = ["GridRow", "Rows", "SegmentGrid"]

_SLICE = 0.004
"""Seconds that measuring rows in the background takes at a time."""

_PAUSE = 0.01
_KEPT_ROWS = 256
"""How many painted rows are kept."""

_ASIDE = frozenset({"label", "muted", "sign-untranslated"})
"""The styles that are dimmed on purpose."""

_LATIN, _WIDE = 60, 76
"""The widest column in cells for reading: 60 Latin, 38 Chinese characters."""


class Rows(Protocol):
    """Where the grid takes its rows from, each when it is needed."""

    def __len__(self) -> int: ...

    def texts(self, index: int) -> tuple[str, ...]:
        """The texts of the row's cells, for the layout alone."""
        ...

    def row(self, index: int) -> GridRow:
        """The row as it is painted; its cells have the texts of :meth:`texts`."""
        ...

    def starts_paragraph(self, index: int) -> bool:
        """Whether the row is the first of its paragraph."""
        ...


class _NoRows:
    """What a grid shows before it is told."""

    def __len__(self) -> int:
        return 0

    def texts(self, index: int) -> tuple[str, ...]:
        raise IndexError(index)

    def row(self, index: int) -> GridRow:
        raise IndexError(index)

    def starts_paragraph(self, index: int) -> bool:
        raise IndexError(index)


_UNDIVIDED = Frame(0, 0, None, ())


class SegmentGrid(ScrollView, can_focus=True):
    """Rows of cells side by side, with a gutter for number, state and badges, and one current row.

    ``gutter=False`` leaves the gutter out, ``spacing`` puts blank lines below each row, ``reading`` keeps the
    columns as narrow as prose is read well and in the middle.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "next", show=False, id="grid.next"),
        Binding("up", "previous", show=False, id="grid.previous"),
        Binding("pagedown", "page(1)", show=False, id="grid.page-down"),
        Binding("pageup", "page(-1)", show=False, id="grid.page-up"),
        Binding("home", "home", show=False, id="grid.home"),
        Binding("end", "end", show=False, id="grid.end"),
        Binding("enter", "choose", show=False, id="grid.choose"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"segment-grid--{name}"
        for name in (
            *("heading", "gap", "band", "current", "label", "first", "mark"),
            *STRETCHES,
            *(f"sign-{state}" for state in SIGNS.values()),
        )
    }
    DEFAULT_CSS = """
    SegmentGrid {
        height: 1fr;
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;

        & > .segment-grid--heading { background: $panel; color: $foreground; text-style: bold; }
        & > .segment-grid--gap { color: $foreground 25%; }
        & > .segment-grid--band { background: $foreground 6%; }
        & > .segment-grid--current { background: $primary 20%; }
        & > .segment-grid--label { color: $foreground 50%; }
        & > .segment-grid--first { color: $foreground; text-style: bold; }
        & > .segment-grid--mark { color: $text-accent; text-style: bold; }
        & > .segment-grid--muted { color: $foreground 60%; }
        & > .segment-grid--insert { color: $text-success; text-style: underline; }
        & > .segment-grid--delete { color: $text-error; text-style: strike; }
        & > .segment-grid--number { color: $text-accent; }
        & > .segment-grid--term { color: $text-secondary; text-style: underline; }
        & > .segment-grid--finding { color: $text-error; text-style: bold; }
        & > .segment-grid--comment { color: $text-warning; text-style: bold; }
        & > .segment-grid--now { background: $primary 30%; }
        & > .segment-grid--sign-untranslated { color: $foreground 50%; }
        & > .segment-grid--sign-saving { color: $text-accent; }
        & > .segment-grid--sign-draft { color: $text-warning; }
        & > .segment-grid--sign-translated { color: $text-primary; }
        & > .segment-grid--sign-sent-back { color: $text-error; text-style: bold; }
        & > .segment-grid--sign-reviewed { color: $text-success; }
        & > .segment-grid--sign-final { color: $text-success; text-style: bold; }

        &:ansi > .segment-grid--current { background: ansi_default; text-style: bold; }
        &:ansi > .segment-grid--now { background: ansi_default; text-style: bold; }
        &:ansi > .segment-grid--gap { text-style: dim; }
        &:ansi > .segment-grid--label { text-style: dim; }
        &:ansi > .segment-grid--muted { text-style: dim; }
    }
    """

    current: reactive[int] = reactive(0, repaint=False, init=False)
    """The current row."""

    @dataclass
    class Moved(Message):
        """Another row is the current one."""

        index: int

    @dataclass
    class Chosen(Message):
        """A row was chosen: by Enter, or by a double click (``by_mouse``)."""

        index: int
        by_mouse: bool = False

    def __init__(
        self,
        *,
        gutter: bool = True,
        spacing: int = 0,
        reading: bool = False,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._gutter, self._spacing, self._reading = gutter, spacing, reading
        self._rows: Rows = _NoRows()
        self._headings: tuple[str, ...] = ()
        self._weights: tuple[int, ...] = ()
        self._frame = _UNDIVIDED
        self._painter = RowPainter(self._frame, 0, self._style)
        self._heights = RowHeights(0, self._measured)
        self._bands = bytearray()
        self._painted: dict[tuple[int, bool], list[Strip]] = {}
        self._styles_by_names: dict[tuple[str, ...], Style] = {}
        self._background: Timer | None = None

    # What it shows

    def show(
        self,
        rows: Rows,
        *,
        columns: Sequence[str],
        weights: Sequence[int] = (),
        current: int = 0,
        anchor: bool = False,
    ) -> None:
        """Show these rows under these headings, without a message.

        ``weights`` are the relative widths of the columns, equal when not given; ``anchor`` puts the current row
        where the current row is on the screen.
        """
        offset = self._offset() if anchor else None
        self._rows, self._headings = rows, tuple(columns)
        self._weights = tuple(weights) or (1,) * len(columns)
        self._bands = _bands(rows)
        self.set_reactive(SegmentGrid.current, self.validate_current(current))
        self._lay_out(offset)

    def refresh_row(self, index: int) -> None:
        """Show a row anew whose texts or signs have changed; the current row stays where it is."""
        if not 0 <= index < len(self._heights):
            return
        self._forget(index)
        self._heights.forget(index)
        if not self._is_seen(index):
            self._measure_in_background()
            return
        anchor = self._anchor()
        if self._heights.settle(index):
            self._hold(anchor)
            if index == self.current and self._heights.height(index) <= self._view_height:
                self._bring_into_view(index)
            self.refresh()
        else:
            self._refresh_rows(index)

    def goto(self, index: int) -> None:
        """Make a row the current one and show it, also when it was that already and has been scrolled away."""
        if self.validate_current(index) != self.current:
            self.current = index
        elif len(self._heights):
            self._settle_near(self.current)
            self._bring_into_view(self.current)

    def move(self, rows: int) -> None:
        """Go so many rows down, or up when negative."""
        self.goto(self.current + rows)

    def page(self, pages: int) -> None:
        """Go as many rows as the screen shows down, or up when negative."""
        if not len(self._heights):
            self.move(pages)
            return
        self._settle_near(self.current)
        line = self._heights.top(self.current) + pages * max(1, self._view_height - 1)
        target = self._heights.at(line)
        self.goto(target if target != self.current else self.current + pages)

    # Keys and mouse

    def action_next(self) -> None:
        """Show the rest of the current row if it is cut off below, else go to the next one."""
        if hidden := self._hidden_below():
            self._scroll(self.scroll_offset.y + min(hidden, max(1, self._view_height - 1)))
        else:
            self.move(1)

    def action_previous(self) -> None:
        """Show the rest of the current row if it is cut off above, else go to the one before."""
        if hidden := self._hidden_above():
            self._scroll(self.scroll_offset.y - min(hidden, max(1, self._view_height - 1)))
        else:
            self.move(-1)

    def action_page(self, pages: int) -> None:
        """Go a page down or up."""
        self.page(pages)

    def action_home(self) -> None:
        """Go to the first row."""
        self.goto(0)

    def action_end(self) -> None:
        """Go to the last row."""
        self.goto(len(self._rows) - 1)

    def action_choose(self) -> None:
        """Choose the current row."""
        if len(self._rows):
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; choose it by a double click."""
        offset = event.get_content_offset(self)
        if offset is None or (index := self._row_at(offset.y)) is None:
            return
        event.stop()
        self.goto(index)
        if event.chain == 2:
            self.post_message(self.Chosen(index, by_mouse=True))

    # Where rows are

    @property
    def _heading_height(self) -> int:
        return 1 if any(self._headings) else 0

    @property
    def _view_height(self) -> int:
        return max(0, self.scrollable_content_region.height - self._heading_height)

    def _row_at(self, y: int) -> int | None:
        """The row at a line of the screen."""
        line = y - self._heading_height + self.scroll_offset.y
        if y < self._heading_height or line >= self._heights.total:
            return None
        return self._heights.at(line)

    def _offset(self) -> int | None:
        """How many lines below the headings the current row starts, when any of it is seen."""
        if not len(self._heights):
            return None
        return self._heights.top(self.current) - self.scroll_offset.y if self._is_seen(self.current) else None

    def _is_seen(self, index: int) -> bool:
        offset = self._heights.top(index) - self.scroll_offset.y
        return -self._heights.height(index) < offset < self._view_height

    def _anchor(self) -> tuple[int, int]:
        """The row that stays in its place when heights change, and that place."""
        offset = self._offset()
        if offset is not None:
            return self.current, offset
        first = self._heights.at(self.scroll_offset.y)
        return first, self._heights.top(first) - self.scroll_offset.y

    def _hidden_below(self) -> int:
        if self._offset() is None:
            return 0
        end = self._heights.top(self.current) + self._heights.height(self.current)
        return max(0, end - self.scroll_offset.y - self._view_height)

    def _hidden_above(self) -> int:
        return max(0, -(self._offset() or 0))

    # Layout

    def on_resize(self, _: events.Resize) -> None:
        """Lay the rows out anew when the width is another one; the current row stays in view."""
        if self._frame != self._divided():
            self._lay_out(self._offset())
        elif len(self._heights):
            self._settle_near(self.current)
            self._bring_into_view(self.current)

    def _divided(self) -> Frame:
        return divided(
            self.scrollable_content_region.width,
            self._weights,
            number=self._number_width() if self._gutter else None,
            widest=self._widest() if self._reading else (),
        )

    def _number_width(self) -> int:
        count = len(self._rows)
        ends = {0, count - 1} if count else ()
        return max(2, len(str(count)), *(cell_len(self._rows.row(index).number) for index in ends))

    def _widest(self) -> tuple[int, ...]:
        """The widest that each column may be to be read well, by what is in the first rows."""
        sample = [self._rows.texts(index) for index in range(min(20, len(self._rows)))]
        columns = ("".join(texts) for texts in zip(*sample, strict=True))
        return tuple(_WIDE if cell_len(text) > 1.5 * len(text) else _LATIN for text in columns)

    def _lay_out(self, offset: int | None) -> None:
        """Divide the width anew, measure what is seen, and put the current row where it was."""
        self._painted.clear()
        if not self.scrollable_content_region.width:
            self._frame, self._heights = _UNDIVIDED, RowHeights(0, self._measured)
            return
        self._frame = self._divided()
        self._painter = RowPainter(self._frame, self.scrollable_content_region.width, self._style)
        self._heights = RowHeights(len(self._rows), self._measured)
        if len(self._rows):
            self._settle_rows(self.current)
            self._heights.estimate()
        self._update_size()
        self._put(self.current, offset)
        self.refresh()
        self._measure_in_background()

    def _measured(self, index: int) -> int:
        return self._spacing + lines_needed(self._rows.texts(index), self._frame)

    def _settle_rows(self, index: int) -> bool:
        """Make the heights exact of a row and of a screenful above and below it; whether any changed."""
        changed = self._heights.settle(index)
        for step in (1, -1):
            lines, place = 0, index + step
            while lines < 2 * self._view_height and 0 <= place < len(self._heights):
                changed |= self._heights.settle(place)
                lines += self._heights.height(place)
                place += step
        return changed

    def _settle_near(self, index: int) -> None:
        """The same with nothing moving on the screen."""
        anchor = self._anchor()
        if self._settle_rows(index):
            self._hold(anchor)

    def _measure_in_background(self) -> None:
        if self._background is None:
            self._background = self.set_interval(_PAUSE, self._measure_some)
        self._background.resume()

    def _measure_some(self) -> None:
        end = perf_counter() + _SLICE
        if not self._heights.measure(lambda: perf_counter() > end):
            return
        if self._background is not None:
            self._background.pause()
        anchor = self._anchor() if len(self._heights) else (0, 0)
        if self._heights.adopt():
            self._hold(anchor)

    def _hold(self, anchor: tuple[int, int]) -> None:
        """After heights have changed: the size anew, and the anchored row where it was."""
        index, offset = anchor
        self._update_size()
        self._scroll(self._heights.top(index) - offset)

    def _update_size(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, self._heights.total + self._heading_height)

    # Scrolling

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, force=True)

    def _put(self, index: int, offset: int | None) -> None:
        """Scroll so that the row starts ``offset`` lines below the headings; a third of the way down if None."""
        if not len(self._heights):
            return
        wanted = self._view_height // 3 if offset is None else offset
        self._scroll(self._heights.top(index) - wanted)
        self._bring_into_view(index)

    def _bring_into_view(self, index: int) -> None:
        top, height = self._heights.top(index), self._heights.height(index)
        seen = self.scroll_offset.y
        lowest = top if height >= self._view_height else top + height - self._view_height
        if top < seen:
            self._scroll(top)
        elif lowest > seen:
            self._scroll(lowest)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Measure what comes into view before it is painted."""
        super().watch_scroll_y(old_value, new_value)
        if len(self._heights):
            self._settle_near(self._heights.at(self.scroll_offset.y))

    def validate_current(self, index: int) -> int:
        """A row that is there."""
        return max(0, min(index, len(self._rows) - 1))

    def watch_current(self, old: int, new: int) -> None:
        """Show the new current row, and tell."""
        self.post_message(self.Moved(new))
        if not len(self._heights):
            return
        self._settle_near(new)
        seen = self.scroll_offset.y
        self._bring_into_view(new)
        if self.scroll_offset.y == seen:
            self._refresh_rows(old, new)

    def _refresh_rows(self, *indices: int) -> None:
        width = self.size.width
        for index in indices:
            y = self._heights.top(index) - self.scroll_offset.y
            seen = Region(0, y, width, self._heights.height(index)).intersection(Region(0, 0, width, self._view_height))
            if seen:
                self.refresh(seen.translate((0, self._heading_height)))

    # Painting

    def notify_style_update(self) -> None:
        """Paint everything anew: the theme or the styles have changed."""
        super().notify_style_update()
        self._styles_by_names.clear()
        self._painted.clear()
        self.refresh()

    def _forget(self, index: int) -> None:
        for current in (False, True):
            self._painted.pop((index, current), None)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self._frame is _UNDIVIDED:
            return Strip.blank(self.size.width, self.rich_style)
        if y < self._heading_height:
            return self._painter.headings(self._headings)
        index = self._row_at(y)
        if index is None:
            return self._painter.blank()
        strips = self._strips(index)
        line = y - self._heading_height + self.scroll_offset.y - self._heights.top(index)
        return strips[line] if line < len(strips) else self._painter.blank()

    def _strips(self, index: int) -> list[Strip]:
        key = (index, index == self.current)
        strips = self._painted.get(key)
        if strips is None:
            if len(self._painted) >= _KEPT_ROWS:
                del self._painted[next(iter(self._painted))]
            strips = self._painted[key] = self._paint(index)
        return strips

    def _paint(self, index: int) -> list[Strip]:
        current = index == self.current
        ground = ["band"] if self._bands[index] and not self._spacing else []
        if current and not self._reading:
            ground.append("current")
        first = index == 0 or self._rows.starts_paragraph(index)
        return self._painter.row(self._rows.row(index), tuple(ground), current=current, first=first)

    def _legible(self, names: tuple[str, ...], style: VisualStyle) -> VisualStyle:
        if "gap" in names:
            return style
        return legible(style, ASIDE if _ASIDE.intersection(names) else TEXT)

    def _style(self, *names: str) -> Style:
        found = self._styles_by_names.get(names)
        if found is None:
            classes = (f"segment-grid--{name}" for name in names)
            known = (name for name in classes if name in self._get_component_classes())
            found = self._styles_by_names[names] = self._legible(names, self.get_visual_style(*known)).rich_style
        return found


def _bands(rows: Rows) -> bytearray:
    """For each row whether its paragraph is painted on the second background."""
    bands, band = bytearray(), 1
    for index in range(len(rows)):
        band ^= rows.starts_paragraph(index) or not index
        bands.append(band)
    return bands
