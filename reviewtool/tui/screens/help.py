"""Help: every command of the screen with its keys and its sentence, from the same declarations as the footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.visual import Visual
from textual.widgets import Static

from reviewtool.tui.commands import Command, of, shown_keys
from reviewtool.tui.language import N_, _
from reviewtool.tui.visuals import MUTED, Hanging, Prose, Stack

_SIGNS = (
    ("~", N_("draft: nobody has confirmed it")),
    ("=", N_("translated: a person wrote or confirmed it")),
    ("<", N_("sent back")),
    ("+", N_("reviewed")),
    ("#", N_("final")),
    ("!", N_("the checks found something")),
    ("?", N_("an open remark")),
    ("*", N_("being saved")),
)
_KEYS = 16
_BLANK = Content(" ")


class HelpScreen(ModalScreen[None]):
    """The keys of a screen, those that work everywhere, and what the signs mean."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar = [Binding("escape,f1,q,question_mark", "dismiss(None)", show=False)]

    def __init__(self, places: Sequence[str], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._places = tuple(places)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """A line a command."""
        with Vertical(id="help") as window:
            window.border_title = Content(_("Keys"))
            window.border_subtitle = Content(_("Esc: back"))
            with VerticalScroll():
                yield Static(Stack(self._lines()), markup=False)

    def _lines(self) -> list[Visual]:
        lines: list[Visual] = [self._line(one) for one in of(*self._places) if one.keys]
        lines += [_BLANK, Content.styled(_("Everywhere"), "bold")]
        lines += [self._line(one) for one in of("everywhere") if one.keys]
        lines += [_BLANK, Content.styled(_("Signs"), "bold")]
        lines += [_pair(sign, Content(_(meaning))) for sign, meaning in _SIGNS]
        note = _("Other keys: [keys] in reviewtool's config.toml, by the names on the right.")
        return [*lines, _BLANK, Prose(Content.styled(note, MUTED))]

    def _line(self, command: Command) -> Visual:
        keys = shown_keys(self._keymap.get(command.id, command.keys))
        return _pair(keys, Content.assemble(_(command.help), Content.styled(f"  {command.id}", MUTED)))


def _pair(key: str, meaning: Content) -> Visual:
    head = Content.styled(key, "bold $text-accent")
    return Hanging(head, meaning, indent=max(_KEYS, head.cell_length + 1))
