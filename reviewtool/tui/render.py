"""From the model to what is shown: the one place where text is made safe for widgets, and given its styles.

Nothing here is markup: texts become cells with spans, or Textual's ``Content``, whose style names are those
of the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from textual.content import Content
from textual.content import Span as ContentSpan

from reviewtool.model.diff import Change, ChangeKind
from reviewtool.model.segment import State
from reviewtool.model.visible import UNSAFE, visible
from reviewtool.tui.language import _


class Span(NamedTuple):
    """A stretch of a text, ``start:end`` in characters, and the name of its style (``insert``, ``number`` …)."""

    start: int
    end: int
    style: str


class Cell(NamedTuple):
    """A text as it is shown in a grid, with its styled stretches in order."""

    text: str
    spans: tuple[Span, ...] = ()


def safe(text: str) -> str:
    """The text with everything that acts or hides made visible; line ends stay, tabs become a space."""
    return visible(text, lines=True).replace("\t", " ")


def one_line(text: str) -> str:
    """The same on one line, for titles and messages."""
    return " ".join(safe(text).split())


def cell(text: str, spans: Iterable[Span] = ()) -> Cell:
    """A text that came from anywhere as a safe cell; the spans are moved to where their stretches are then."""
    wanted = tuple(spans)
    if UNSAFE.search(text) is None:
        return Cell(text, wanted)
    return Cell(safe(text), tuple(Span(_moved(text, one.start), _moved(text, one.end), one.style) for one in wanted))


def _moved(text: str, place: int) -> int:
    return len(safe(text[:place]))


def content(text: str, style: str = "") -> Content:
    """A text that came from anywhere as safe content of one style."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


SIGNS: Mapping[State, str] = {
    State.UNTRANSLATED: " ",
    State.DRAFT: "~",
    State.TRANSLATED: "=",
    State.SENT_BACK: "<",
    State.REVIEWED: "+",
    State.FINAL: "#",
}
"""The sign of each state: ASCII, of width one in every terminal."""
SAVING = "*"
"""The sign of a segment whose text or act is not saved yet."""


def state_name(state: State) -> str:
    """A state in plain words."""
    return _STATE_NAMES[state]()


_STATE_NAMES: Mapping[State, Callable[[], str]] = {
    State.UNTRANSLATED: lambda: _("untranslated"),
    State.DRAFT: lambda: _("draft"),
    State.TRANSLATED: lambda: _("translated"),
    State.SENT_BACK: lambda: _("sent back"),
    State.REVIEWED: lambda: _("reviewed"),
    State.FINAL: lambda: _("final"),
}


def difference(changes: Iterable[Change]) -> Cell:
    """What changed in a text, in place: ``[old -> new]``, ``[+new]``, ``[-old]``; no colour is needed to read it."""
    text = ""
    spans: list[Span] = []

    def add(piece: str, style: str = "") -> None:
        nonlocal text
        if style and piece:
            spans.append(Span(len(text), len(text) + len(piece), style))
        text += piece

    for change in changes:
        old, new = safe(change.old), safe(change.new)
        match change.kind:
            case ChangeKind.EQUAL:
                add(new)
            case ChangeKind.INSERT:
                add("[+", "muted")
                add(new, "insert")
                add("]", "muted")
            case ChangeKind.DELETE:
                add("[-", "muted")
                add(old, "delete")
                add("]", "muted")
            case ChangeKind.REPLACE:
                add("[", "muted")
                add(old, "delete")
                add(" -> ", "muted")
                add(new, "insert")
                add("]", "muted")
    return Cell(text, tuple(spans))


def styled(one: Cell, styles: Mapping[str, str]) -> Content:
    """A cell as content; ``styles`` maps the names of spans to styles of the theme."""
    spans = [ContentSpan(span.start, span.end, styles[span.style]) for span in one.spans if span.style in styles]
    return Content(one.text, spans=spans)


CONTENT_STYLES: Mapping[str, str] = {
    "insert": "$text-success underline",
    "delete": "$text-error strike",
    "muted": "dim",
    "number": "$text-warning bold",
    "term": "$text-accent underline",
    "finding": "$text-error underline",
    "heading": "bold",
}
"""The styles of spans where a cell is shown as content, outside of a grid."""
