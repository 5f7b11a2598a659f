"""The first line of the desk: whose desk it is, where drafts come from, who is here, the languages."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reviewtool.tui.render import one_line


class DeskTitle(Widget):
    """One line; what has no room on it is left out, the remark first."""

    DEFAULT_CSS = """
    DeskTitle { dock: top; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    desk: reactive[str] = reactive("")
    remark: reactive[str] = reactive("")
    short_remark: reactive[str] = reactive("")
    person: reactive[str] = reactive("")
    languages: reactive[str] = reactive("")

    def render(self) -> Content:
        """Left the desk, right the person and the languages, between them the remark."""
        left = Content.assemble(("reviewtool", "bold"), "  ", one_line(self.desk))
        right = Content.assemble((one_line(self.person), "bold"), "   ", one_line(self.languages))
        room = self.content_size.width - left.cell_length - right.cell_length
        remarks = (one_line(self.remark), one_line(self.short_remark))
        remark = next((one for one in remarks if 0 < cell_len(one) + 6 <= room), "")
        gap = room - cell_len(remark)
        before = gap // 2
        return Content.assemble(left, " " * before, (remark, "dim"), " " * (gap - before), right)
