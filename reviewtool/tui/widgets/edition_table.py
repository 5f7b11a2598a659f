"""The table of editions: one line each, drawn only where it is seen, so that hundreds cost no more than a screenful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment as Piece
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from wcwidth import iter_graphemes

from reviewtool.model.segment import State
from reviewtool.tui.language import _
from reviewtool.tui.render import SIGNS, one_line

ORDER = (
    State.FINAL,
    State.REVIEWED,
    State.TRANSLATED,
    State.DRAFT,
    State.SENT_BACK,
    State.UNTRANSLATED,
)
"""The order in which a bar shows the states: what is furthest first, what was sent back last."""

_WIDE, _WIDEST = 98, 150
"""Cells from which there is room for the column of people, and for long bars."""
_PEOPLE = 18
"""Cells of the column of people where titles need the rest."""
_GAP = "  "
_MARK = 2
_HEADER = 1


@dataclass(frozen=True, slots=True)
class EditionLine:
    """What the table shows of one edition.

    ``waits`` is how many things wait for the person who looks. ``fault`` is why the edition cannot be read,
    and empty otherwise.
    """

    slug: str
    tag: str
    title: str
    states: Mapping[State, int]
    done: str = ""
    pass_name: str = ""
    people: str = ""
    waits: int = 0
    fault: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Slug and language tag: which edition it is."""
        return self.slug, self.tag


@dataclass(frozen=True, slots=True)
class _Columns:
    """How many cells each column has; a column of none is not shown."""

    title: int
    edition: int
    progress: int
    done: int
    pass_name: int
    people: int
    waits: int


class EditionTable(ScrollView, can_focus=True):
    """Editions, one of them selected; arrows and mouse select, Enter is the screen's."""

    DEFAULT_CSS = """
    EditionTable { height: 1fr; background: $surface; color: $foreground;
        overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        & .edition-table--header { color: $text-muted; text-style: bold; }
        & .edition-table--cursor { background: $primary 35%; text-style: bold; }
        & .edition-table--muted { color: $text-muted; }
        & .edition-table--waits { color: $text-accent; text-style: bold; }
        & .edition-table--fault { color: $text-error; }
        & .edition-table--final { color: $text-success; text-style: bold; }
        & .edition-table--reviewed { color: $text-success; }
        & .edition-table--translated { color: $text-primary; }
        & .edition-table--draft { color: $text-warning; }
        & .edition-table--sent-back { color: $text-error; text-style: bold; }
        & .edition-table--untranslated { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar = {
        f"edition-table--{part}"
        for part in ("header", "cursor", "muted", "waits", "fault", *(state.value for state in State))
    }
    BINDINGS: ClassVar = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
    ]
    ALLOW_SELECT = False

    row: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Selected(Message):
        """Another edition is selected, or none (there are none)."""

        line: EditionLine | None

    @dataclass
    class Opened(Message):
        """An edition was clicked twice."""

        line: EditionLine

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines: tuple[EditionLine, ...] = ()
        self._touched = False
        self._columns = _Columns(0, 0, 0, 0, 0, 0, 0)
        self._styles: dict[str, Style] = {}

    # What it shows

    @property
    def lines(self) -> tuple[EditionLine, ...]:
        """The editions, as they stand in the table."""
        return self._lines

    @property
    def selected(self) -> EditionLine | None:
        """The edition that the cursor is on."""
        return self._lines[self.row] if self.row < len(self._lines) else None

    def show(self, lines: Sequence[EditionLine]) -> None:
        """Show these; who has moved stays on the same edition, at the same place of the screen where that can be."""
        before, above = self.selected, self.row - int(self.scroll_offset.y)
        self._lines = tuple(lines)
        self._layout()
        row = self._row_of(before.key) if before is not None and self._touched else None
        if row is not None:
            self.scroll_to(y=max(0, row - above), animate=False, force=True)
        self.row = min(self.row, max(0, len(lines) - 1)) if row is None else row
        self._keep_in_view()
        self.refresh()
        if self.selected != before:
            self.post_message(self.Selected(self.selected))

    def select(self, key: tuple[str, str]) -> bool:
        """Put the cursor on an edition; False when it is not in the table."""
        row = self._row_of(key)
        if row is not None:
            self._go(row)
        return row is not None

    def _row_of(self, key: tuple[str, str]) -> int | None:
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    # Moving

    def action_move(self, by: int) -> None:
        """Select another line."""
        self._go(self.row + by)

    def action_page(self, by: int) -> None:
        """Select a line a page away."""
        self._go(self.row + by * max(1, self._room - 1))

    def action_edge(self, row: int) -> None:
        """Select the first or the last line."""
        self._go(row if row >= 0 else len(self._lines) - 1)

    def _go(self, row: int) -> None:
        self._touched = True
        self.row = max(0, min(row, len(self._lines) - 1))

    def watch_row(self, old: int, new: int) -> None:
        """Keep the cursor in view, and tell."""
        for row in (old, new):
            self.refresh(Region(0, row - int(self.scroll_offset.y) + _HEADER, self.size.width, 1))
        self._keep_in_view()
        self.post_message(self.Selected(self.selected))

    @property
    def _room(self) -> int:
        """How many lines fit under the header."""
        return max(1, self.scrollable_content_region.height - _HEADER)

    def _keep_in_view(self) -> None:
        top = int(self.scroll_offset.y)
        wanted = min(max(top, self.row - self._room + 1), self.row)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """Select the line that was clicked; open it when it was clicked twice."""
        place = event.get_content_offset(self)
        row = self._row_at(place.y) if place is not None else None
        if row is None:
            return
        self._go(row)
        if event.chain == 2:
            self.post_message(self.Opened(self._lines[row]))

    def _row_at(self, y: int) -> int | None:
        row = y - _HEADER + int(self.scroll_offset.y)
        return row if y >= _HEADER and row < len(self._lines) else None

    # Drawing

    def on_resize(self) -> None:
        """Find room for the columns again."""
        self._layout()
        self._keep_in_view()

    def notify_style_update(self) -> None:
        """Take the theme's colours again."""
        super().notify_style_update()
        self._styles = {}

    def _layout(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._lines) + _HEADER)
        self._columns = _columns(width - 1, self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the header, an edition, or nothing."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self._strip(self._header(), self._style("header"), width)
        row = self._row_at(y)
        if row is None:
            return Strip.blank(width, self.rich_style)
        ground = self._style("cursor") if row == self.row else self.rich_style
        return self._strip(self._edition(row, first=y == _HEADER), ground, width)

    def _strip(self, pieces: Sequence[tuple[str, str]], ground: Style, width: int) -> Strip:
        """Texts with the names of their styles, on one ground."""
        drawn = [Piece(text, ground + self._style(name) if name else ground) for text, name in pieces]
        return Strip(drawn).adjust_cell_length(width, ground)

    def _style(self, name: str) -> Style:
        """A part's colours as they are on this widget; the ground of a line is the header's or the cursor's alone."""
        if name not in self._styles:
            style = self.get_component_rich_style(f"edition-table--{name}")
            ground = style.bgcolor if name in ("header", "cursor") else None
            self._styles[name] = Style(color=style.color, bgcolor=ground, bold=style.bold)
        return self._styles[name]

    def _header(self) -> list[tuple[str, str]]:
        columns = self._columns
        named = (
            (_("Article"), columns.title),
            (_("Edition"), columns.edition),
            (_("Progress"), columns.progress),
            (_("Done"), columns.done),
            (_("Pass"), columns.pass_name),
            (_("People"), columns.people),
            (_("For you"), columns.waits),
        )
        numbers = (_("Done"), _("For you"))
        cells = [fitted(name, cells, right=name in numbers) for name, cells in named if cells]
        return [(" " * _MARK + _GAP.join(cells), "")]

    def _edition(self, row: int, *, first: bool) -> list[tuple[str, str]]:
        line, columns = self._lines[row], self._columns
        named = first or row in (0, self.row)
        again = not named and self._lines[row - 1].slug == line.slug
        pieces = [
            ("> " if row == self.row else "  ", ""),
            (fitted("" if again else line.title, columns.title), ""),
            (_GAP, ""),
            (fitted(line.tag, columns.edition), ""),
            (_GAP, ""),
        ]
        if line.fault:
            room = self.scrollable_content_region.width - sum(cell_len(text) for text, _ in pieces)
            return [*pieces, (fitted(f"! {line.fault}", room), "fault")]
        pieces += _bar(line.states, columns.progress)
        pieces += [(_GAP, ""), (fitted(line.done, columns.done, right=True), "")]
        pieces += [(_GAP, ""), (fitted(line.pass_name, columns.pass_name), "")]
        if columns.people:
            pieces += [(_GAP, ""), (fitted(line.people, columns.people), "muted")]
        waits = str(line.waits) if line.waits else ""
        return [*pieces, (_GAP, ""), (fitted(waits, columns.waits, right=True), "waits")]


def _columns(width: int, lines: Sequence[EditionLine]) -> _Columns:
    """The columns that so many cells have room for; what is left is the titles'."""
    edition = _widest([_("Edition"), *(line.tag for line in lines)], 12)
    done = _widest([_("Done"), *(line.done for line in lines)], 11)
    pass_name = _widest([_("Pass"), *(line.pass_name for line in lines)], 14)
    waits = _widest([_("For you"), *(str(line.waits) for line in lines if line.waits)], 9)
    progress = 14 if width < _WIDE else 20 if width < _WIDEST else 34
    left = width - _MARK - edition - progress - done - pass_name - waits - 5 * len(_GAP)
    title = _widest([_("Article"), *(line.title for line in lines)], max(0, left))
    people = 0
    if width >= _WIDE:
        people = _widest([_("People"), *(line.people for line in lines)], max(_PEOPLE, left - title - len(_GAP)))
        title = min(title, left - people - len(_GAP))
    return _Columns(title, edition, progress, done, pass_name, people, waits)


def _widest(texts: Sequence[str], most: int) -> int:
    return min(most, max(cell_len(text) for text in texts))


def _bar(states: Mapping[State, int], width: int) -> list[tuple[str, str]]:
    """The states in their signs, each with its share of the bar; brackets say where it begins and ends."""
    inside = width - 2
    parts = [(SIGNS[state] * cells, state.value) for state, cells in shares(states, inside).items()]
    return [("[", "muted"), *(parts or [(" " * inside, "")]), ("]", "muted")]


def shares(states: Mapping[State, int], width: int) -> dict[State, int]:
    """How many cells of a bar each state gets: in proportion, and one at least where there is anything."""
    present = {state: states[state] for state in ORDER if states.get(state)}
    total = sum(present.values())
    given = {state: max(1, number * width // total) for state, number in present.items()}
    while given and sum(given.values()) != width:
        step = 1 if sum(given.values()) < width else -1
        open_ = [state for state in given if given[state] + step]
        worst = max(open_, key=lambda state: step * (present[state] * width / total - given[state]))
        given[worst] += step
    return given


@lru_cache(maxsize=4096)
def fitted(text: str, width: int, *, right: bool = False) -> str:
    """A text made safe, in exactly so many cells: filled up, or cut."""
    shown = cut(one_line(text), width)
    space = " " * (width - cell_len(shown))
    return space + shown if right else shown + space


def cut(text: str, width: int) -> str:
    """A text in at most so many cells; cut between characters as they are seen, with ``..`` for the rest."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for cluster in iter_graphemes(text):
        if cell_len(kept + cluster) > width - 2:
            break
        kept += cluster
    return kept + ".."[: max(0, width)]
