"""What verifying found: a line a problem, each the way to its edition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviewtool.services.signing import Problem
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import ngettext
from reviewtool.tui.screens.menu import Choice, MenuScreen

_WIDTH = 130


class ProblemsScreen(MenuScreen):
    """Problems of editions; answers with ``slug/language`` of the one chosen.

    Args:
        said: what was verified.
        problems: what was found.
        root: the workspace's folder, from which paths are named.
    """

    def __init__(self, said: str, problems: Sequence[Problem], root: Path) -> None:
        title = ngettext("{said}: {n} problem", "{said}: {n} problems", len(problems))
        super().__init__(title.format(said=said, n=len(problems)), [_choice(one, root) for one in problems])

    def on_mount(self) -> None:
        """Whole sentences stand here."""
        self.query_one("#menu").styles.width = _WIDTH


def _choice(one: Problem, root: Path) -> Choice:
    message = translated(one.message.replace(f"{root}/", ""))
    return Choice("", f"{one.article} ({one.language}): {message}", f"{one.article}/{one.language}")
