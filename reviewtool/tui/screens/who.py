"""Who are you? Asked once when it is not known; changed by one key."""

from __future__ import annotations

from collections.abc import Sequence

from reviewtool.model.policy import Person
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _
from reviewtool.tui.screens.menu import Choice, MenuScreen


class WhoScreen(MenuScreen):
    """The people of the desk, each with a digit; answers with an id."""

    def __init__(self, people: Sequence[Person], passes: Sequence[str]) -> None:
        super().__init__(
            _("Who are you?"),
            [Choice(_key(row), one.name, one.id, _note(one, passes)) for row, one in enumerate(people)],
            empty=_("Nobody is at this desk yet: add [[people]] to reviewtool.toml."),
        )


def _key(row: int) -> str:
    return str(row + 1) if row < 9 else ""


def _note(one: Person, passes: Sequence[str]) -> str:
    mine = [name for name in passes if one.passes is None or name in one.passes]
    return _(", ").join(map(translated, mine))
