"""A bare Textual application with the widgets of the editor, over rows in memory: what the UI is measured beside.

It reads nothing, saves nothing, knows no rules: ``python -m benchmarks.bare_ui SEGMENTS``.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, Static, TextArea

from benchmarks.texts import sentences
from reviewtool.tui.render import Cell
from reviewtool.tui.widgets.segment_grid import GridRow, SegmentGrid

READY = "move on"


class Texts:
    """Rows of the same texts that the measured edition has."""

    def __init__(self, number: int) -> None:
        self.pairs = sentences(number)

    def __len__(self) -> int:
        return len(self.pairs)

    def texts(self, index: int) -> tuple[str, ...]:
        """Source and target."""
        return self.pairs[index]

    def row(self, index: int) -> GridRow:
        """The same with a number and a sign."""
        source, target = self.pairs[index]
        return GridRow(str(index + 1), "~", (Cell(source), Cell(target)))

    def starts_paragraph(self, index: int) -> bool:
        """Every fourth sentence."""
        return index % 4 == 0 and index > 0


class BareApp(App[None]):
    """Grid, text area, panel, footer; the text area follows the grid."""

    CSS = "SegmentGrid { height: 1fr; } TextArea { height: 5; } #panel { width: 38; }"
    BINDINGS: ClassVar = [
        Binding("ctrl+down", "move(1)", READY, priority=True),
        Binding("pagedown", "page(1)", "page", priority=True),
        Binding("enter", "move(1)", "yes", priority=True),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self.rows = Texts(number)

    def compose(self) -> ComposeResult:
        """The widgets."""
        yield Static("title", markup=False)
        with Horizontal():
            with Vertical():
                yield SegmentGrid()
                yield TextArea()
            yield Static("panel", id="panel", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(SegmentGrid).show(self.rows, columns=("Source", "Target"))
        self.query_one(TextArea).cursor_blink = False
        self.query_one(TextArea).focus()
        self.follow(0)

    def follow(self, index: int) -> None:
        """Put a row's text into the text area."""
        self.query_one(TextArea).load_text(self.rows.pairs[index][1])

    def on_segment_grid_moved(self, event: SegmentGrid.Moved) -> None:
        """The text area follows."""
        self.follow(event.index)

    def action_move(self, by: int) -> None:
        """The next row."""
        self.query_one(SegmentGrid).move(by)

    def action_page(self, by: int) -> None:
        """The next page."""
        self.query_one(SegmentGrid).page(by)


if __name__ == "__main__":
    BareApp(int(sys.argv[1])).run()
