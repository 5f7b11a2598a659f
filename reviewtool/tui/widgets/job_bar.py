"""The job bar: how far long work is, and how to stop it; out of the way while there is none."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reviewtool.tui.language import _
from reviewtool.tui.render import one_line

_CELLS = 24


class JobBar(Widget):
    """One line: what is being done, a bar, a count, and Esc to stop."""

    DEFAULT_CSS = """
    JobBar { dock: bottom; height: 1; display: none; background: $panel; color: $foreground; padding: 0 1; }
    JobBar.-working { display: block; }
    """

    what: reactive[str] = reactive("")
    done: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)

    def watch_what(self, what: str) -> None:
        """Be there only while something is done."""
        self.set_class(bool(what), "-working")

    def render(self) -> Content:
        """The bar; without a total, the count alone."""
        stop = _("Esc stops")
        if not self.total:
            return Content(f"{one_line(self.what)}  {self.done or ''}  {stop}")
        filled = _CELLS * min(self.done, self.total) // self.total
        bar = "#" * filled + "-" * (_CELLS - filled)
        return Content(f"{one_line(self.what)}  [{bar}]  {self.done}/{self.total}  {stop}")
