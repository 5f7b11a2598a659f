"""The preview: an edition in its layouts, as it will be published, the current segment marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from reviewtool.tui import commands
from reviewtool.tui.language import _
from reviewtool.tui.screens.prose import ProseScreen
from reviewtool.tui.story import LAYOUTS, PageRows, Story
from reviewtool.tui.widgets.key_bar import KeyBar
from reviewtool.tui.widgets.prose_grid import ProseGrid


class PreviewScreen(ProseScreen):
    """The edition as its exports print it."""

    PLACES: ClassVar[tuple[str, ...]] = ("preview",)
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(*PLACES)]

    def compose(self) -> ComposeResult:
        """Title, the mark of a draft, the page, footer."""
        yield Static(id="title", classes="title-line", markup=False)
        with Container(id="body"):
            yield Static(id="draft", markup=False)
            yield ProseGrid()
        yield KeyBar()

    @property
    def layout_name(self) -> str:
        """The layout that is shown."""
        return self.session.layout or LAYOUTS[0]

    def make_rows(self, story: Story) -> PageRows:
        """The rows in the layout; a draft says so."""
        mark = self.query_one("#draft", Static)
        mark.display = not story.edition.final
        mark.update(Content.assemble((_("DRAFT"), "bold"), "  ", _("not final: not to be published or quoted")))
        return PageRows(story, self.layout_name)

    def columns(self) -> Sequence[str]:
        """The languages, where they stand side by side."""
        if self.rows is None or self.rows.layout != "side":
            return ("",)
        languages = self.edition.languages
        return (languages.source.tag, languages.target.tag)

    def facts(self) -> Sequence[str]:
        """The layout."""
        if self.edition.languages.monolingual:
            return ()
        return (_layout_in_words(self.layout_name),)

    def action_layout(self, name: str) -> None:
        """Show another layout: the one of this name, or the next."""
        following = LAYOUTS[(LAYOUTS.index(self.layout_name) + 1) % len(LAYOUTS)]
        self.session.layout = name or following
        if self.edition.languages.monolingual:
            self.notify(_("An edition in the article's own language is printed once, whatever the layout."))
        self.lay_out(self.place)

    def action_go(self) -> None:
        """Go back to the current segment."""
        self.dismiss(self.here)

    def on_prose_grid_pointed(self, event: ProseGrid.Pointed) -> None:
        """A click goes to a segment, a double click back with it."""
        super().on_prose_grid_pointed(event)
        if event.twice:
            self.action_go()

    def action_export(self) -> None:
        """Export the edition."""
        from reviewtool.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.session, self.edition))


def _layout_in_words(name: str) -> str:
    return {
        "side": _("side by side"),
        "alternate": _("in turn"),
        "sequence": _("one after the other"),
        "target": _("target alone"),
    }[name]
