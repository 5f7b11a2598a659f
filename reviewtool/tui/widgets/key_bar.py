"""The key bar: the commands of the screen with their keys, as many as fit one line; each can be clicked."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from reviewtool.tui import commands
from reviewtool.tui.commands import Command, shown_key
from reviewtool.tui.language import _

_GAP = "  "
_HELP = "app.help"


class KeyBar(Widget):
    """One line of keys and what they do, from the bindings that are active on the screen."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; background: $footer-background; color: $footer-foreground; padding: 0 1;
        link-style: none; link-color: $footer-foreground; link-background: $footer-background;
    }
    KeyBar > .key-bar--key { color: $footer-key-foreground; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar = {"key-bar--key"}
    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        """The keys, in the order of their declaration, as many as fit; help has its place in any case."""
        key_style = Style.from_styles(self.get_component_styles("key-bar--key"))
        parts: list[Content] = []
        for key, label, action in self._fitting(self.content_size.width):
            click = Style.from_meta({"@click": action})
            parts.append(Content.assemble((key, key_style + click), (f" {label}", click)))
        return Content(_GAP).join(parts)

    def _fitting(self, width: int) -> list[tuple[str, str, str]]:
        shown = self._shown()
        left = width - sum(_width(one) for one in shown if one[2] == _HELP) + len(_GAP)
        fitting = []
        for one in shown:
            if one[2] == _HELP:
                fitting.append(one)
            elif _width(one) <= left:
                left -= _width(one)
                fitting.append(one)
        return fitting

    def _shown(self) -> list[tuple[str, str, str]]:
        """Key, label and action of each command that has its place here, those of everywhere last."""
        active: dict[str | None, str] = {}
        for one in self.screen.active_bindings.values():
            active.setdefault(one.binding.id, one.binding.key)
        shown: list[tuple[str, str, str]] = []
        for command in commands.of(*getattr(self.screen, "PLACES", ()), "everywhere"):
            if command.label and self._is_offered(command):
                key = active.get(command.id, command.keys.partition(",")[0])
                shown.append((shown_key(key), _(command.label), command.run))
        return shown

    def _is_offered(self, command: Command) -> bool:
        """Whether the screen lets it be done now."""
        action = (command.action or command.name).partition("(")[0]
        return "." in action or self.screen.check_action(action, ()) is not False


def _width(one: tuple[str, str, str]) -> int:
    """The cells of a key and its label, with the gap beside them."""
    return cell_len(one[0]) + 1 + cell_len(one[1]) + len(_GAP)
