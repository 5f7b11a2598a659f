"""The docked editor of one segment's target text."""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.document._document import Location, Selection
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.document._history import EditHistory
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from reviewtool.model.segment import same_text
from reviewtool.tui.graphemes import after, at_or_after, before, word_end, word_start
from reviewtool.tui.render import Span, safe
from reviewtool.tui.widgets.segment_document import Row, SegmentDocument, SegmentLines, rows_needed
from reviewtool.tui.wrapping import wrap

LOWEST, HIGHEST = 2, 6
"""How many lines of text the editor is high, at least and at most."""

_REMEMBERED = 200
"""Of how many segments the histories are kept, and how many steps of each."""

_LINE_ENDS = re.compile(r"[^\S\n]*\n\s*")
_COMMAND_MODIFIERS = frozenset({"ctrl", "alt", "super", "hyper", "meta"})
_YES = frozenset({"enter", "ctrl+j", "ctrl+enter"})
_STYLES = ("finding", "number", "term", "insert")


class _Held(NamedTuple):
    """How a segment was left: its text, its steps, its caret."""

    text: str
    history: EditHistory
    selection: Selection


class TargetEditor(TextArea, inherit_bindings=False):
    """Where a target text is typed: one segment at a time, each with its own undo.

    Enter posts ``Yes``; it inserts nothing. Pasted line ends arrive as ``events.Paste`` (see ``tui/pasting.py``)
    and are text. All keys that are not here are the screen's. Attributes: ``segment_id``, ``text``, ``dirty``,
    ``marks``, ``placeholder``, ``read_only``.
    """

    DEFAULT_CSS = """
    TargetEditor {
        height: auto; border: none; padding: 0 1; overflow-x: hidden;
        scrollbar-gutter: stable; scrollbar-size: 0 1;
        color: $foreground; background: $surface;
        &:focus { border: none; }
        & .text-area--placeholder { color: $foreground 50%; }
        & .target-editor--finding { color: $text-error; background: $error-muted; text-style: bold; }
        & .target-editor--number { color: $text-accent; }
        & .target-editor--term { color: $text-secondary; text-style: underline; }
        & .target-editor--insert { color: $text-success; text-style: underline; }
        & .target-editor--control { color: $text-warning; background: $warning-muted; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar = {"target-editor--control", *(f"target-editor--{style}" for style in _STYLES)}
    BINDINGS: ClassVar = [
        Binding("up", "cursor_up", "Up", show=False),
        Binding("down", "cursor_down", "Down", show=False),
        Binding("left", "cursor_left", "Left", show=False),
        Binding("right", "cursor_right", "Right", show=False),
        Binding("ctrl+left,alt+left", "cursor_word_left", "Word left", show=False),
        Binding("ctrl+right,alt+right", "cursor_word_right", "Word right", show=False),
        Binding("home,ctrl+a", "cursor_line_start", "Start of line", show=False),
        Binding("end,ctrl+e", "cursor_line_end", "End of line", show=False),
        Binding("shift+up", "cursor_up(True)", "Select up", show=False),
        Binding("shift+down", "cursor_down(True)", "Select down", show=False),
        Binding("shift+left", "cursor_left(True)", "Select left", show=False),
        Binding("shift+right", "cursor_right(True)", "Select right", show=False),
        Binding("ctrl+shift+left", "cursor_word_left(True)", "Select word left", show=False),
        Binding("ctrl+shift+right", "cursor_word_right(True)", "Select word right", show=False),
        Binding("shift+home", "cursor_line_start(True)", "Select to start of line", show=False),
        Binding("shift+end", "cursor_line_end(True)", "Select to end of line", show=False),
        Binding("backspace", "delete_left", "Delete left", show=False),
        Binding("delete,ctrl+d", "delete_right", "Delete right", show=False),
        Binding("ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "Delete word left", show=False),
        Binding("alt+delete,ctrl+delete", "delete_word_right", "Delete word right", show=False),
        Binding("ctrl+u,super+backspace", "delete_to_start_of_line", "Delete to start of line", show=False),
        Binding("ctrl+k", "delete_to_end_of_line", "Delete to end of line", show=False),
        Binding("ctrl+x,super+x", "cut", "Cut", show=False),
        Binding("ctrl+c,super+c", "copy", "Copy", show=False),
        Binding("ctrl+v,super+v", "paste", "Paste", show=False),
        Binding("ctrl+z,super+z", "undo", "Undo", show=False),
        Binding("ctrl+y,super+y", "redo", "Redo", show=False),
        Binding("ctrl+o,shift+enter", "line_break", "Break the line", show=False),
    ]

    @dataclass
    class Yes(Message):
        """Enter was pressed: the text is taken."""

        editor: TargetEditor
        text: str

        @property
        def control(self) -> TargetEditor:
            """The editor that sent the message."""
            return self.editor

    def __init__(
        self,
        *,
        placeholder: str = "",
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(
            placeholder=placeholder,
            highlight_cursor_line=False,
            name=name,
            id=id,
            classes=classes,
            tab_behavior="focus",
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.segment_id: str | None = None
        self.one_line = False
        self._loaded = ""
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._marks: tuple[Span, ...] = ()
        self._marked = ""

    # Segments

    def load(self, segment_id: str, text: str, *, one_line: bool = False) -> None:
        """Go to a segment; its steps and its caret are as they were left. ``Changed`` is not posted.

        Where the text is another than the one that was left, the change is a step of its own, so that what was
        typed can be had back. A segment of ``one_line`` takes no line ends.
        """
        self._hold()
        held = self._held.pop(segment_id, None)
        self.segment_id, self.one_line, self._loaded, self._marks = segment_id, one_line, text, ()
        self.history = held.history if held else _history()
        self._set_document(held.text if held else text, None)
        self.scroll_to(0, 0, animate=False)
        if held and held.text != text:
            with self.prevent(TextArea.Changed):
                self._put(text, (0, 0), self.document.end)
        elif held:
            self.selection = held.selection
        self.history.checkpoint()

    def _hold(self) -> None:
        if self.segment_id is not None:
            self._held[self.segment_id] = _Held(self.text, self.history, self.selection)
        while len(self._held) > _REMEMBERED:
            self._held.popitem(last=False)

    @property
    def caret(self) -> int:
        """How many characters of the text are before the caret."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    @property
    def dirty(self) -> bool:
        """Whether the text is another than the one that was loaded, or saved since."""
        return not same_text(self.text, self._loaded)

    def saved(self, text: str, segment_id: str | None = None) -> None:
        """A text was saved, of the segment that is here or of another one: it counts as the loaded one."""
        if segment_id in (None, self.segment_id):
            self._loaded = text

    # Writing

    def insert_text(self, text: str) -> None:
        """Put a text where the caret is, in place of what is selected, as one step."""
        if not self.read_only:
            self._put(self._fitting(text), *self.selection)

    def replace_all(self, text: str) -> None:
        """Put a text in place of all there is, as one step; the caret goes behind it."""
        if not self.read_only:
            self._put(self._fitting(text), (0, 0), self.document.end)

    def _put(self, text: str, start: Location, end: Location) -> None:
        self.history.checkpoint()
        self.edit(Edit(text, start, end, False))
        self.history.checkpoint()

    def _fitting(self, text: str) -> str:
        """The text with line feeds for line ends, or on one line where the segment has one."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        return joined(lines) if self.one_line else lines

    def action_line_break(self) -> None:
        """Break the line inside the segment."""
        if not self.one_line:
            self._replace_via_keyboard("\n", *self.selection)

    async def _on_key(self, event: events.Key) -> None:
        """Type what is text, say yes on Enter; leave every other key to the bindings."""
        event.prevent_default()
        if event.key in _YES:
            event.stop()
            self.post_message(self.Yes(self, self.text))
        elif self.check_consume_key(event.key, event.character) and event.character:
            event.stop()
            self._replace_via_keyboard(event.character, *self.selection)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether the key types a character: also an ideographic space or a joiner, never one with Alt or Ctrl."""
        if self.read_only or character is None or len(character) != 1:
            return False
        if not _COMMAND_MODIFIERS.isdisjoint(key.split("+")[:-1]):
            return False
        return unicodedata.category(character) not in ("Cc", "Cs")

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert pasted text without the line ends around it."""
        event.prevent_default()
        event.stop()
        text = _without_controls(self._fitting(event.text)).strip("\n")
        if text:
            self.insert_text(text)

    def action_paste(self) -> None:
        """Insert what was cut or copied in this application last."""
        if self.app.clipboard:
            self.insert_text(self.app.clipboard)

    def action_cut(self) -> None:
        """Cut what is selected."""
        if not self.selection.is_empty:
            super().action_cut()

    # The caret, from cluster to cluster

    def clamp_visitable(self, location: Location) -> Location:
        """The next place at or after this one that is not inside a cluster."""
        row, column = super().clamp_visitable(location)
        return row, at_or_after(self._stops(row), column)

    def _stops(self, row: int) -> list[int]:
        return self._lines.stops(row)

    def get_cursor_left_location(self) -> Location:
        """One cluster to the left, or at the end of the line above."""
        row, column = self.cursor_location
        return (row, before(self._stops(row), column)) if column else super().get_cursor_left_location()

    def get_cursor_right_location(self) -> Location:
        """One cluster to the right, or at the start of the line below."""
        row, column = self.cursor_location
        if column == len(self.document[row]):
            return super().get_cursor_right_location()
        return row, after(self._stops(row), column)

    def get_cursor_word_left_location(self) -> Location:
        """At the start of the word, or at the end of the line above."""
        row, column = self.cursor_location
        return (row, word_start(self._lines.shown(row), column)) if column else super().get_cursor_left_location()

    def get_cursor_word_right_location(self) -> Location:
        """At the end of the word, or at the start of the line below."""
        row, column = self.cursor_location
        if column == len(self.document[row]):
            return super().get_cursor_right_location()
        return row, word_end(self._lines.shown(row), column)

    def get_cursor_line_end_location(self) -> Location:
        """At the end of the line on the screen: before its last cluster where the text goes on below."""
        row, column = super().get_cursor_line_end_location()
        ends = self._lines.get_offsets(row)
        return row, before(self._stops(row), column + 1) if column + 1 in ends else column

    def action_delete_word_left(self) -> None:
        """Delete to the start of the word, or what is selected."""
        start, end = self.selection
        self._delete_via_keyboard(start, self.get_cursor_word_left_location() if start == end else end)

    def action_delete_word_right(self) -> None:
        """Delete to the end of the word, or what is selected."""
        start, end = self.selection
        self._delete_via_keyboard(start, self.get_cursor_word_right_location() if start == end else end)

    def action_delete_to_start_of_line(self) -> None:
        """Delete to the last line break, or what is selected."""
        start, end = self.selection
        row, column = end
        self._delete_via_keyboard(end, start if start != end else (row, 0) if column else self._above(row))

    def action_delete_to_end_of_line(self) -> None:
        """Delete to the next line break, or what is selected."""
        start, end = self.selection
        row, column = end
        last = row, len(self.document[row])
        self._delete_via_keyboard(end, start if start != end else last if end != last else self._below(row, column))

    def _above(self, row: int) -> Location:
        return (row - 1, len(self.document[row - 1])) if row else (0, 0)

    def _below(self, row: int, column: int) -> Location:
        return (row + 1, 0) if row + 1 < self.document.line_count else (row, column)

    # What is shown

    @property
    def marks(self) -> Sequence[Span]:
        """Stretches of the text that are marked: ``finding``, ``number``, ``term``, ``insert``.

        They stay with their words while the text around them changes; what is typed into one takes it off.
        """
        return self._moved_marks()

    @marks.setter
    def marks(self, marks: Sequence[Span]) -> None:
        self._marks, self._marked = tuple(marks), self.text
        self.refresh()

    def _moved_marks(self) -> tuple[Span, ...]:
        text = self.text
        if text != self._marked:
            self._marks, self._marked = moved(self._marks, self._marked, text), text
        return self._marks

    def _set_document(self, text: str, language: str | None) -> None:  # noqa: ARG002
        self.document = SegmentDocument(text)
        self.wrapped_document = self._lines = SegmentLines(self.document)
        self.navigator = DocumentNavigator(self._lines)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def wanted_height(self, width: int) -> int:
        """How high the editor is at a width, both with its frame: two to six lines of text."""
        room = max(1, width - self.gutter.width - 1)
        rows = self._lines.rows() if room == self.wrap_width else rows_needed(self.text, room)
        return min(max(LOWEST, rows), HIGHEST) + self.styles.gutter.height

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The lines of the text, two to six."""
        return self.wanted_height(width + self.styles.gutter.width) - self.styles.gutter.height

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the caret is: where an input method shows what is being composed."""
        x, y = self._lines.location_to_offset(self.cursor_location)
        left, top, width, _ = self.scrollable_content_region
        return Offset(left + min(x, max(0, width - 1)), top + y - self.scroll_offset.y)

    def on_resize(self) -> None:
        """Break the lines anew, and keep the caret in sight."""
        self._rewrap_and_refresh_virtual_size()
        self.scroll_cursor_visible()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the editor; the terminal's own cursor goes where they are drawn."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line of the editor."""
        style = self.rich_style
        width = self.scrollable_content_region.width
        strip = Strip(self._placeholder(y) if not self.text and self.placeholder else self._row(y))
        return strip.adjust_cell_length(width, style).apply_style(style)

    def _row(self, y: int) -> list[Segment]:
        row = self._lines.row(y + self.scroll_offset.y)
        if row is None:
            return []
        line = Text(self._lines.shown(row.line) + " ", end="")
        self._mark(line, row)
        return list(line[row.start : row.end + row.last].render(self.app.console))

    def _mark(self, line: Text, row: Row) -> None:
        """Put the styles on a line, the caret last."""
        start = sum(len(one) + 1 for one in self.document.lines[: row.line])
        for mark in self._moved_marks():
            self._stylize(line, row.line, mark.start - start, mark.end - start, f"target-editor--{mark.style}")
        for place, (held, shown) in enumerate(zip(self.document[row.line], line.plain, strict=False)):
            if held != shown:
                self._stylize(line, row.line, place, place + 1, "target-editor--control")
        self._select(line, row.line)
        if self._draw_cursor and self.cursor_location[0] == row.line:
            column = self.cursor_location[1]
            line.stylize(self.get_component_rich_style("text-area--cursor"), column, self._next(row.line, column))

    def _select(self, line: Text, number: int) -> None:
        first, last = sorted(self.selection)
        if first == last or not first[0] <= number <= last[0]:
            return
        start = first[1] if number == first[0] else 0
        end = last[1] if number == last[0] else len(line)
        line.stylize(self.get_component_rich_style("text-area--selection"), start, end)

    def _stylize(self, line: Text, number: int, start: int, end: int, component: str) -> None:
        """Style whole clusters: cut in two they would not be drawn as one."""
        if end <= 0 or start >= len(line) or start >= end:
            return
        stops = self._stops(number)
        first = before(stops, start + 1) if start > 0 else 0
        style = self.get_component_rich_style(component, partial=True, default=Style.null())
        line.stylize(style, first, at_or_after(stops, min(end, len(line) - 1)))

    def _next(self, number: int, column: int) -> int:
        stops = self._stops(number)
        return after(stops, column) if column < stops[-1] else column + 1

    def _placeholder(self, y: int) -> list[Segment]:
        text = safe(str(self.placeholder))
        lines = wrap(text, max(1, self.wrap_width))
        if y >= len(lines):
            return []
        start, end = lines[y]
        line = Text(text[start:end], end="")
        line.stylize(self.get_component_rich_style("text-area--placeholder"))
        if y == 0 and self._draw_cursor:
            line.stylize(self.get_component_rich_style("text-area--cursor"), 0, 1)
        return list(line.render(self.app.console))


def _history() -> EditHistory:
    return EditHistory(max_checkpoints=_REMEMBERED, checkpoint_timer=2.0, checkpoint_max_characters=100)


def joined(text: str) -> str:
    """Lines as one: with a space where they meet, and none between characters of scripts without spaces."""
    whole = ""
    for line in filter(None, _LINE_ENDS.split(text)):
        parted = whole and not (_is_unspaced(whole[-1]) and _is_unspaced(line[0]))
        whole += f" {line}" if parted else line
    return whole


def _without_controls(text: str) -> str:
    """The text without control characters but line ends and tabs: no translation holds one."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")


def _is_unspaced(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) in ("W", "F")
    return wide and not unicodedata.name(character, "").startswith("HANGUL")


def moved(marks: Sequence[Span], old: str, new: str) -> tuple[Span, ...]:
    """The marks of a text in the text it has become: those before and behind what changed, where they are then."""
    shorter = min(len(old), len(new))
    same = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    tail = next((place for place in range(shorter - same) if old[-1 - place] != new[-1 - place]), shorter - same)
    shift = len(new) - len(old)
    kept = (
        one if one.end <= same else Span(one.start + shift, one.end + shift, one.style)
        for one in marks
        if one.end <= same or one.start >= len(old) - tail
    )
    return tuple(kept)
