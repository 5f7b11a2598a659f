"""What waits, in as many words as there is room for."""

from __future__ import annotations

from textual.app import App, ComposeResult

from reviewtool.tui.widgets.what_waits import WhatWaits
from tests.tui.conftest import screen_text

PLACES = tuple(f"{n} to revise in 潭洲展馆家具展览会开幕 (en)" for n in range(1, 8))


class Shown(App[None]):
    def __init__(self, **values: object) -> None:
        super().__init__()
        self._values = values

    def compose(self) -> ComposeResult:
        widget = WhatWaits()
        for name, value in self._values.items():
            setattr(widget, name, value)
        yield widget


async def shown(size: tuple[int, int] = (80, 10), **values: object) -> list[str]:
    async with Shown(**values).run_test(size=size) as pilot:
        await pilot.pause()
        return [line.strip() for line in screen_text(pilot).splitlines() if line.strip()]


async def test_all_is_named_where_there_is_room():
    lines = await shown((200, 10), places=PLACES[:2])
    assert lines == [f"For you: {PLACES[0]}; {PLACES[1]}."]


async def test_what_has_no_room_is_counted():
    lines = await shown(places=PLACES, more=30)
    assert len(lines) == 2
    assert lines[0].startswith("For you: 1 to revise in 潭洲展馆家具展览会开幕 (en); 2 to revise")
    assert lines[-1].endswith("more in 35 editions.")


async def test_the_first_is_named_in_any_case():
    lines = await shown((24, 10), places=PLACES)
    assert " ".join(lines).startswith("For you: 1 to revise in")
    assert len(lines) == 2


async def test_where_nothing_waits_something_else_is_said():
    assert await shown(otherwise="Nothing waits for you.") == ["Nothing waits for you."]


async def test_titles_that_would_act_are_only_shown():
    lines = await shown(places=("1 to revise in [b]\x1b[2J",))
    assert lines == ["For you: 1 to revise in [b]␛[2J."]
