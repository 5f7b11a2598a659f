"""Keys take effect in the order in which they were pressed, also when several arrive at once."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from reviewtool.tui.key_order import KeysInOrder
from reviewtool.tui.screens.editor import EditorScreen
from reviewtool.tui.widgets.target_editor import TargetEditor
from tests.tui.conftest import OpenApp, until
from tests.tui.terminal import Terminal


class Question(ModalScreen[None]):
    """Asks for a word."""

    def compose(self) -> ComposeResult:
        yield Input()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        self.app.answers.append(message.value)
        self.dismiss(None)


class Desk(KeysInOrder[None]):
    """Two segments, an editor, and a key that asks."""

    BINDINGS: ClassVar = [
        Binding("ctrl+n", "next", priority=True),
        Binding("ctrl+t", "ask"),
        Binding("ctrl+r", "remove"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.editor = TargetEditor()
        self.texts = {"first": "", "second": ""}
        self.answers: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.editor
        yield Button("another")

    def on_mount(self) -> None:
        self.editor.focus()
        self.editor.load("first", "")

    def on_target_editor_yes(self, message: TargetEditor.Yes) -> None:
        self.action_next()

    def on_text_area_changed(self, message: TargetEditor.Changed) -> None:
        self.texts[self.editor.segment_id] = self.editor.text

    def action_next(self) -> None:
        self.texts[self.editor.segment_id] = self.editor.text
        self.editor.load("second", "")

    def action_ask(self) -> None:
        self.push_screen(Question())

    async def action_remove(self) -> None:
        await self.editor.remove()


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys so that the last one is there before the first is handled."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(20):
        await pilot.pause()


async def test_letters_do_not_overtake_the_keys_between_them():
    desk = Desk()
    async with desk.run_test() as pilot:
        await at_once(pilot, "a", "b", "backspace", "c", "d", "left", "left", "X", "backspace", "backspace", "Y")
        assert desk.editor.text == "Ycd"


async def test_letters_typed_before_a_key_with_priority_stay_in_their_segment():
    desk = Desk()
    async with desk.run_test() as pilot:
        await at_once(pilot, "a", "b", "ctrl+n", "c", "d")
        assert desk.texts == {"first": "ab", "second": "cd"}


async def test_letters_typed_behind_enter_are_the_next_segments():
    desk = Desk()
    async with desk.run_test() as pilot:
        await at_once(pilot, "a", "enter", "b")
        assert desk.texts == {"first": "a", "second": "b"}


async def test_letters_typed_behind_a_key_that_opens_a_window_are_for_the_window():
    desk = Desk()
    async with desk.run_test() as pilot:
        await at_once(pilot, "a", "ctrl+t", "b", "c", "enter", "d")
        assert (desk.editor.text, desk.answers) == ("ad", ["bc"])


@pytest.mark.parametrize("key", ["enter", "ctrl+down"])
async def test_what_is_typed_ahead_goes_where_it_was_meant_to_in_the_editor(app: OpenApp, key: str):
    async with app() as pilot:
        session = pilot.app.session
        screen = EditorScreen(session, session.workspace.editions.open("furniture-fair", "en"))
        pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.query(TargetEditor) and screen.editor.segment_id)
        drafts = [screen.rows.row(place).cells[1].text for place in (1, 2)]
        for pressed in ("1", key, "2", key):
            pilot.app.post_message(events.Key(pressed, pressed if len(pressed) == 1 else None))
        await until(pilot, lambda: screen.index > 2)
        assert [screen.rows.row(place).cells[1].text for place in (1, 2)] == [f"1{drafts[0]}", f"2{drafts[1]}"]


class Leaving(Button):
    """Is gone at the first key."""

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.remove()


class Silent(Button):
    """Lets nothing through, as if it were gone with what was on its way."""

    def on_keys_in_order_settled(self, message: KeysInOrder.Settled) -> None:
        message.stop()


@pytest.mark.parametrize("kind", [Leaving, Silent])
async def test_keys_go_on_when_the_widget_that_had_the_focus_is_gone(kind):
    desk = Desk()
    async with desk.run_test() as pilot:
        gone = kind("another")
        await desk.mount(gone)
        gone.focus()
        await at_once(pilot, "x", "ctrl+t", "b", "enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if desk.answers:
                break
        assert desk.answers == ["b"]


TYPED = """
import sys
from reviewtool.tui.key_order import KeysInOrder
from reviewtool.tui.widgets.target_editor import TargetEditor

log = open(sys.argv[1], "a", buffering=1, encoding="utf-8")

class Desk(KeysInOrder):
    def compose(self):
        yield TargetEditor()

    def on_mount(self):
        self.query_one(TargetEditor).load("a", "")
        self.call_after_refresh(print, "ready", file=log)

    def on_target_editor_yes(self, message):
        print("yes", message.text, file=log)

Desk().run()
"""


def test_in_a_terminal_what_arrives_in_one_read_takes_effect_in_order(tmp_path: Path):
    with Terminal(TYPED, tmp_path / "log") as terminal:
        terminal.send("ab\x7fcd\x1b[D\x1b[DX\x7f\x7fY\r")
        terminal.until_logged("yes Ycd")
