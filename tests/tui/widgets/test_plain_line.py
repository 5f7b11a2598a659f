"""A line to type in, from which nothing acts."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult

from reviewtool.tui.widgets.plain_line import PlainLine
from tests.tui.conftest import screen_text


class Shown(App[None]):
    def compose(self) -> ComposeResult:
        yield PlainLine()


async def test_what_is_typed_stands_there_and_what_would_act_is_seen():
    async with Shown().run_test(size=(60, 3)) as pilot:
        line = pilot.app.query_one(PlainLine)
        await pilot.press(*"佛山")
        assert line.value == "佛山"
        line.post_message(events.Paste(" \x1b]52;c;aGk=\x07[b]\u202e"))
        await pilot.pause()
        shown = screen_text(pilot)
        assert "佛山 ␛]52;c;aGk=␇[b]⟨U+202E⟩" in shown
        assert "\x1b" not in line.value
