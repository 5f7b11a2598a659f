"""The panel that answers for one edition: its byline as it stands, who signed when, and what blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reviewtool.tui.language import _
from reviewtool.tui.render import one_line
from reviewtool.tui.widgets.edition_table import cut, fitted
from reviewtool.tui.wrapping import wrap

_NARROW = 70
"""Cells under which the byline stands above what is behind it, and not beside it."""
_GAP = 3


@dataclass(frozen=True, slots=True)
class Account:
    """What is said of an edition: the lines of the byline as they will print, the signers of each pass, what blocks.

    ``fault`` is why it cannot be read, empty otherwise.
    """

    title: str
    languages: str = ""
    byline: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    blocks: str = ""
    fault: str = ""


class BylinePanel(Widget):
    """The byline, and beside it or below what stands behind it and what is in the way."""

    DEFAULT_CSS = """
    BylinePanel { padding: 0 1; background: $surface; border: round $foreground 30%;
        border-title-color: $foreground; border-subtitle-color: $text-muted;
    }
    """

    account: reactive[Account | None] = reactive(None)

    def watch_account(self, account: Account | None) -> None:
        """Name the edition."""
        self.border_title = Content(one_line(account.title)) if account else None
        self.border_subtitle = Content(one_line(account.languages)) if account else None

    def render(self) -> Content:
        """As many lines as there is room for."""
        if self.account is None:
            return Content("")
        width, height = self.content_size
        lines = _below(self.account, width) if width < _NARROW else _beside(self.account, width)
        return Content("\n").join(lines[:height])


def _below(account: Account, width: int) -> list[Content]:
    """The byline, an empty line, and the rest."""
    byline = [Content.styled(text, style) for line, style in _byline(account) for text in _wrapped(line, width)]
    return [*byline, *[Content("")] * bool(byline), *_standing(account, width)]


def _beside(account: Account, width: int) -> list[Content]:
    """Two columns."""
    byline = _byline(account)
    room = min(max((cell_len(line) for line, _style in byline), default=-_GAP), width // 2)
    left = [Content.styled(fitted(text, room), style) for line, style in byline for text in _wrapped(line, room)]
    right = _standing(account, width - room - _GAP)
    blank = Content(" " * room)
    return [
        Content.assemble(one or blank, " " * (_GAP + min(room, 0)), other)
        for one, other in zip_longest(left, right, fillvalue=Content(""))
    ]


def _byline(account: Account) -> list[tuple[str, str]]:
    """The lines of the byline, each with its style."""
    if account.fault:
        return []
    nobody = [(_("Nobody has signed yet."), "dim")]
    return [(one_line(line), "bold") for line in account.byline] or nobody


def _standing(account: Account, width: int) -> list[Content]:
    """What stands behind the byline, and what is in the way."""
    return [line for text, label, style in _said(account) for line in _labelled(text, label, style, width)]


def _said(account: Account) -> Iterator[tuple[str, str, str]]:
    if account.fault:
        yield one_line(account.fault), "! ", "$text-error"
        return
    if account.signed:
        yield one_line("; ".join(account.signed)), _("signed  "), "dim"
    if account.blocks:
        yield one_line(account.blocks), _("blocks  "), "$text-warning"
    else:
        yield _("Every signature stands; nothing blocks."), "", "$text-success"


def _labelled(text: str, label: str, style: str, width: int) -> Iterator[Content]:
    """A text with a label in front, its other lines set in as far."""
    inset = cell_len(label)
    for number, line in enumerate(_wrapped(text, width - inset)):
        before = label if number == 0 else " " * inset
        yield Content.assemble((before, style), line) if label else Content.styled(line, style)


def _wrapped(text: str, width: int) -> list[str]:
    return [cut(text[start:end], max(1, width)) for start, end in wrap(text, width)]
