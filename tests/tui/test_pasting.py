"""Pasted text presses no key, in any terminal."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from textual import events

from reviewtool.tui.pasting import PasteParser, is_pasted
from tests.tui.terminal import Terminal

START, END = "\x1b[200~", "\x1b[201~"


class Clock:
    """Stands still but for what a test adds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def parsed(*reads: str, pause: float = 0.0) -> list[str]:
    """What each read presses or pastes; after the last one the parser is left in peace."""
    clock = Clock()
    parser = PasteParser(clock=clock)
    seen: list[object] = []
    for read in reads:
        seen += parser.feed(read)
        clock.now += pause
    clock.now += 1.0
    seen += parser.tick()
    return [f"paste {one.text}" if isinstance(one, events.Paste) else _named(one) for one in seen]


def _named(event: object) -> str:
    return event.key if isinstance(event, events.Key) else type(event).__name__


# Keys stay keys


@pytest.mark.parametrize(
    ("read", "keys"),
    [
        ("\r", ["enter"]),
        ("\n", ["ctrl+j"]),
        ("a", ["a"]),
        ("展览会", ["展", "览", "会"]),
        ("한\r", ["한", "enter"]),  # an input method ends the last syllable with Enter
        (".\r", ["full_stop", "enter"]),
        ("ab\x7f\x7fcd", ["a", "b", "backspace", "backspace", "c", "d"]),
        ("ab\t", ["a", "b", "tab"]),
        ("\x1b[B\x1b[B\r", ["down", "down", "enter"]),
        ("jjjjjjjjjjjjjjjjjjjjjjjj", ["j"] * 24),  # held down while the line was slow
        ("\x07", ["ctrl+g"]),
        ("\x1b[13u", ["enter"]),
    ],
)
def test_what_is_typed_presses_its_keys(read, keys):
    assert parsed(read) == keys


def test_line_ends_alone_are_one_enter():
    assert parsed("\r\r\r") == ["enter"]
    assert parsed("\r\n") == ["enter"]


def test_the_mouse_and_the_focus_do_not_make_an_enter_pasted_text():
    assert parsed("\x1b[<35;10;5M\r\x1b[I") == ["MouseMove", "enter", "AppFocus"]


def test_letters_typed_one_by_one_and_enter_are_keys():
    assert parsed("a", "b", "\r") == ["a", "b", "enter"]


# Pasted text without marks


@pytest.mark.parametrize(
    "text",
    [
        "The fair\rruns\r",
        "ab\r",
        "\rabc",
        "展览会\n开幕",
        "name\tprice",
        "The trade delegation left in February.",
        "a long line with an escape \x1b[31m and ^G \x07 in it",
    ],
)
def test_text_that_arrives_together_with_line_ends_or_all_at_once_is_pasted(text):
    assert parsed(text) == [f"paste {text}"]


def test_a_long_paste_in_several_reads_is_one_also_when_a_line_end_comes_alone():
    assert parsed("The fair\rruns", "\r", "and closes") == ["paste The fair\rruns\rand closes"]


def test_enter_a_moment_after_a_paste_is_enter():
    assert parsed("The fair\rruns", "\r", pause=0.1) == ["paste The fair\rruns", "enter"]


def test_mouse_movements_go_through_between_pasted_text():
    assert parsed("The fair\x1b[<35;10;5M\rruns") == ["MouseMove", "paste The fair\rruns"]


@given(st.text(min_size=2).filter(lambda text: text.isprintable() and text[0] != text[-1]))
def test_no_line_end_within_text_of_more_than_a_character_is_a_key(text):
    assert is_pasted(f"{text}\r")
    assert is_pasted(f"\r{text}")


# Bracketed paste


def test_a_paste_with_escapes_and_commands_in_it_is_one_paste():
    text = "a \x1b[31m b\x07\x13\r\x1b[20~\x1bOP c"
    assert parsed(f"{START}{text}{END}") == [f"paste {text}"]


def test_a_paste_that_pretends_to_end_presses_nothing():
    assert parsed(f"{START}a{END}\x1b[20~\rb{END}") == ["paste a\x1b[20~\rb"]
    assert parsed(f"{START}a{END}", "\rb", END) == ["paste a", "paste \rb"]


def test_keys_before_a_paste_and_a_moment_after_it_are_keys():
    assert parsed(f"x{START}a\rb{END}", "\r", "y", pause=0.1) == ["x", "paste a\rb", "enter", "y"]


def test_a_paste_has_no_null_characters():
    assert parsed(f"{START}a\x00b{END}") == ["paste ab"]


CONTENT = st.text(
    st.one_of(st.sampled_from("a展\x1b[]O\r\n\t\x07\x7f20~;M<"), st.characters(codec="utf-8")), min_size=1
)


@given(CONTENT.filter(lambda text: END not in text and text.strip("\x00")), st.lists(st.integers(0, 200), max_size=8))
@example("x", [1])
@example("x", [3, 9])
@example("\x1b[20", [9, 10, 11, 12])
def test_a_bracketed_paste_is_one_paste_however_it_is_cut_into_reads(text, cuts):
    stream = f"{START}{text}{END}"
    assume(stream.index(END) == len(START) + len(text))
    edges = [0, *sorted({min(cut, len(stream)) for cut in cuts}), len(stream)]
    reads = [stream[start:end] for start, end in pairwise(edges) if start < end]
    assert parsed(*reads) == ["paste " + text.replace("\x00", "")]


# In a terminal

EDITOR = """
import sys
from textual import events
from textual.app import App
from reviewtool.tui.pasting import guard_pastes
from reviewtool.tui.widgets.target_editor import TargetEditor

guard_pastes()
log = open(sys.argv[1], "a", buffering=1, encoding="utf-8")

class Desk(App):
    BINDINGS = [(key, f"note('{key}')") for key in ("ctrl+g", "f9", "a", "escape", "tab")]

    def compose(self):
        yield TargetEditor()

    def on_mount(self):
        self.query_one(TargetEditor).load("a", "")
        self.call_after_refresh(print, "ready", file=log)

    def on_target_editor_yes(self, message):
        print("yes", ascii(message.text), file=log)

    def on_text_area_changed(self, message):
        print("text", ascii(message.text_area.text), file=log)

    def action_note(self, what):
        print(what, file=log)

Desk().run()
"""


def pressed(terminal: Terminal) -> list[str]:
    """What was done in the terminal but typing."""
    return [line for line in terminal.log if not line.startswith(("text ", "ready"))]


def test_in_a_terminal_only_an_enter_of_its_own_says_yes(tmp_path: Path):
    with Terminal(EDITOR, tmp_path / "log") as terminal:
        terminal.send("The fair\rruns\r")
        terminal.until_logged(r"text 'The fair\nruns'")
        terminal.send(f"{START}.{END}")
        terminal.until_logged(r"text 'The fair\nruns.'")
        assert pressed(terminal) == []
        time.sleep(0.2)  # the moment that a person takes
        terminal.send("\r")
        terminal.until(lambda: pressed(terminal))
        assert pressed(terminal) == [r"yes 'The fair\nruns.'"]


def test_in_a_terminal_the_enter_that_ends_a_syllable_says_yes(tmp_path: Path):
    with Terminal(EDITOR, tmp_path / "log") as terminal:
        terminal.send("한\r")
        terminal.until_logged(r"yes '\ud55c'")


def test_in_a_terminal_a_hostile_paste_presses_no_key_and_sends_nothing(tmp_path: Path):
    hostile = "\x1b]52;c;aGk=\x07 \x1b[20~ \x07 a\x1b\x1b a\r\x1b[2J"
    with Terminal(EDITOR, tmp_path / "log") as terminal:
        shown = hostile.replace("\r", "\n").replace("\x1b", "").replace("\x07", "")
        terminal.send(f"{START}{hostile}{END}")
        terminal.until(lambda: len(terminal.log) > 1)
        assert terminal.log[1:] == [f"text {shown!a}"]
        terminal.until(lambda: b"]52;c;aGk=" in re.sub(rb"\x1b\[[\d;]*m", b"", terminal.written))
        assert b"\x1b]52" not in terminal.written
        assert b"\x1b[2J" not in terminal.written
