"""What waits for the person here, in a few lines: where it is said in full as far as there is room."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from reviewtool.tui.language import _, ngettext
from reviewtool.tui.render import one_line
from reviewtool.tui.wrapping import wrap


class WhatWaits(Widget):
    """A sentence of many places; those that ``most`` lines have no room for are counted, and so are ``more``."""

    DEFAULT_CSS = """
    WhatWaits { height: auto; padding: 0 2; color: $foreground; }
    """

    places: reactive[tuple[str, ...]] = reactive((), layout=True)
    more: reactive[int] = reactive(0, layout=True)
    otherwise: reactive[str] = reactive("", layout=True)
    most: reactive[int] = reactive(2, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        """As many places as fit, the first one in any case."""
        fitting = _wrapped(one_line(self.otherwise), width)
        for named in range(1, len(self.places) + 1):
            lines = _wrapped(self._sentence(named), width)
            if named > 1 and len(lines) > self.most:
                break
            fitting = lines
        return fitting[: self.most]

    def _sentence(self, named: int) -> str:
        rest = self.more + len(self.places) - named
        said = [one_line(place) for place in self.places[:named]]
        if rest:
            said.append(ngettext("more in {n} edition", "more in {n} editions", rest).format(n=rest))
        return _("For you: {places}.").format(places=_("; ").join(said))


def _wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]
