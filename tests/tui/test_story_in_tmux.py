"""From paste to signed export by keys alone, in a real terminal; every key arrives; a killed desk loses nothing."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from reviewtool.tui import commands
from tests.tui.tmux import Pane

USUAL, SMALL = (120, 40), (80, 24)
SLUG = "2023-03-07"
SEGMENTS = 17
TITLE = "佛山经贸代表团访问日韩，达成意向订单超12亿元"
BYLINE = ["Author | Tang", "Reviser | Eleanor, Jessica", "Photo丨Foshan Commerce"]

OpenPane = Callable[..., AbstractContextManager[Pane]]


@pytest.fixture
def pane(tool: Callable[[str], str], desk: Path) -> OpenPane:
    """Sit down at a terminal: ``pane(size, person)``."""
    return lambda size, person="tang": Pane(tool("tmux"), desk, size, person)


def news_page(root: Path) -> str:
    """The text of the founding article, as somebody copies it from a page: a new article for this desk."""
    body = (root / "articles" / "trade-delegation.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    return f"# {TITLE}\n\nFoshan China 2023-03-07 18:45\n{body}\nPhoto丨Foshan Commerce\n"


def reviewtool(root: Path, *arguments: str) -> str:
    """What a command of the command line prints; it succeeds."""
    command = [sys.executable, "-m", "reviewtool", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


def segment(root: Path, slug: str, number: int) -> dict[str, Any]:
    """A segment, as the command line tells of it."""
    told: dict[str, Any] = json.loads(reviewtool(root, "segments", slug, "--to", "en", "--json"))
    one: dict[str, Any] = told["segments"][number - 1]
    return one


def row(number: int) -> str:
    """The beginning of a row while the cursor is on it."""
    return f">{number:>2} "


def editing(number: int) -> str:
    """The beginning of the editor's frame."""
    return f"─{number}  "


def bring_in(pane: Pane, root: Path) -> None:
    """Add the story, and stand in its first segment, drafted from the memory."""
    pane.shows("For you: 10 to translate")
    pane.press("a", "Add an article")
    pane.paste(news_page(root), f"{SEGMENTS} segments")
    pane.press("enter", editing(1) + "draft", gone="Add an article")


def become(pane: Pane, digit: str, name: str) -> None:
    """Let somebody else sit down at the desk."""
    pane.press("w", "Who are you?")
    pane.press(digit, f"{name}   zh-CN", gone="Who are you?")


def sign(pane: Pane) -> None:
    """Sign in the window that has opened by itself, and be back at the desk."""
    pane.shows("You sign as", "[ Sign ]")
    pane.press("enter", "Articles", gone="You sign as")


def approve(pane: Pane, numbers: Iterable[int]) -> None:
    """Say yes to segments; each yes lands on the next of them."""
    for number in numbers:
        pane.press("enter", row(number))


def prove(root: Path) -> None:
    """The command line finds everything signed, and the names in the file that was exported."""
    assert json.loads(reviewtool(root, "verify", "--json"))["ok"]
    assert reviewtool(root, "byline", SLUG, "--to", "en").splitlines() == BYLINE
    exported = (root / "editions" / f"{SLUG}.en.side.html").read_text(encoding="utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", "", exported))
    for line in BYLINE:
        assert line in shown


def test_the_founding_article_from_paste_to_signed_export_on_a_small_screen(pane: OpenPane, desk: Path):
    with pane(SMALL) as tang:
        bring_in(tang, desk)
        for number in range(2, SEGMENTS + 1):
            tang.press("enter", editing(number) + "draft")
        tang.press("enter", "Sign translation")
        sign(tang)
        become(tang, "2", "Eleanor")
        tang.press("enter", row(1), "Now")
        approve(tang, range(2, SEGMENTS + 1))
        tang.press("enter", "Sign revision")
        sign(tang)
        become(tang, "3", "Jessica")
        tang.press("enter", "Sign revision", "I have read all of it")
        tang.press("r", "[ Sign ]")
        tang.press("enter", row(1) + "#", gone="You sign as")
        tang.press("f10", "Export: ", "Reviser | Eleanor, Jessica")
        tang.press("enter", "Written")
        adding, becoming, opening, yes_and_sign, read_and_sign, exporting = 3, 2, 1, SEGMENTS + 1, 2, 2
        revising = 2 * (becoming + opening) + yes_and_sign + read_and_sign
        assert tang.keys == adding + yes_and_sign + revising + exporting == 49
        tang.leave()
    prove(desk)
    assert segment(desk, SLUG, 1)["state"] == "final"


def test_a_story_with_a_correction_and_a_send_back(pane: OpenPane, desk: Path):
    with pane(USUAL) as tang:
        bring_in(tang, desk)
        for number in range(2, SEGMENTS):
            tang.press("enter", editing(number) + "draft")
        tang.press("enter", editing(SEGMENTS))
        tang.press("ctrl+k", "no translation yet")
        tang.type("Talks will show whether the orders turn into contracts.")
        tang.press("enter", "Sign translation")
        sign(tang)

        become(tang, "2", "Eleanor")
        tang.press("enter", row(1), "Since")
        approve(tang, (2, 3))
        tang.press("e", editing(3))
        tang.press("ctrl+k", "no translation yet")
        tang.type("It left on February 26.")
        tang.press("enter", row(4))
        tang.press("b", "what is wrong?")
        tang.type("Present what?")
        tang.press("enter", row(5))
        approve(tang, range(6, SEGMENTS + 1))
        tang.press("enter", "Sign revision", "1 segment is sent back by Eleanor")
        tang.press("escape", gone="Sign revision")
        tang.press("escape", "Articles")

        become(tang, "1", "Tang")
        tang.press("enter", editing(4) + "sent back", "Present what?")
        tang.press("ctrl+k", "no translation yet")
        tang.type("On February 28 it presented pan-furniture in Tokyo.")
        tang.press("enter", "you have signed")
        tang.press("ctrl+up", editing(3))
        tang.press("ctrl+r", row(3), "Since")
        tang.press("enter", row(3) + "+", "Nothing waits for you here any more")
        tang.press("escape", "Articles")

        become(tang, "2", "Eleanor")
        tang.press("enter", row(4), "Since")
        tang.press("enter", "Sign revision")
        sign(tang)
        become(tang, "3", "Jessica")
        tang.press("enter", "Sign revision", "17 segments that you have neither approved nor corrected")
        tang.press("enter", row(1), gone="Sign revision")
        approve(tang, range(2, SEGMENTS + 1))
        tang.press("enter", "Sign revision")
        sign(tang)
        tang.press("e", "Export: ")
        tang.press("enter", "Written")
        tang.leave()
    prove(desk)
    corrected, answered = segment(desk, SLUG, 3), segment(desk, SLUG, 4)
    assert (corrected["target"], corrected["writers"]) == ("It left on February 26.", ["eleanor"])
    assert {one["person"] for one in corrected["approvals"]} == {"tang", "jessica"}
    assert answered["writers"] == ["tang"]
    assert answered["state"] == "final"


def keys_of(*places: str) -> set[str]:
    """All keys that the commands of these places have."""
    return {key for command in commands.of(*places) for key in command.keys.split(",") if key}


def test_every_key_of_the_editor_arrives_and_does_what_it_says(pane: OpenPane, desk: Path):
    with pane(USUAL) as tang:
        tang.shows("For you: 10 to translate")
        tang.press("enter", editing(2) + "draft")
        tang.press("ctrl+down", editing(3))
        tang.press("ctrl+up", editing(2))
        tang.press("alt+down", editing(3))
        tang.press("alt+up", editing(2))
        tang.press("ctrl+end", editing(18))
        tang.press("pageup", gone=editing(18))
        tang.press("pagedown", editing(18))
        tang.press("ctrl+home", editing(1))
        tang.press("ctrl+n", editing(2))
        tang.press("f8", editing(3) + "sent back")
        for key, opened in WINDOWS_OF_THE_EDITOR.items():
            tang.press(key, opened)
            tang.press("escape", editing(3), gone=opened)
        tang.press("f6", gone="-- Memory")
        tang.press("f6", "-- Memory")
        tang.press("ctrl+r", row(3), "Since")
        tang.press("ctrl+r", editing(3))

        tang.press("?", " ?On March 5")
        tang.press("/", " ?/On March 5")
        tang.press("ctrl+o", "\n On March 5")
        tang.press("ctrl+z", " ?/On March 5")
        tang.press("ctrl+y", "\n On March 5")
        tang.press("ctrl+s", "saved", editing(3) + "translated")
        assert segment(desk, "furniture-fair", 3)["target"].startswith("?/\nOn March 5")
        tang.press("enter", editing(6) + "draft")
        tang.press("escape", "Articles")
        assert keys_of("editor", "edition", "everywhere") <= tang.pressed | {"ctrl+q"}
        tang.leave()


def test_every_key_of_the_desk_arrives_and_does_what_it_says(pane: OpenPane):
    with pane(USUAL) as tang:
        tang.shows("For you: 10 to translate")
        for key, opened in WINDOWS_OF_THE_DESK.items():
            tang.press(key, opened)
            tang.press("escape", "For you: ", gone=opened)
        for key, checked in (("k", "Findings: furniture-fair"), ("x", "Findings: every edition")):
            tang.press(key, checked, "check again")
            tang.press("escape", "For you: ", gone=checked)
        tang.press("slash", "words of the title")
        tang.type("town", "1 of 4 editions with town")
        tang.press("escape", gone="with town")
        tang.press("v", "no problem")
        tang.press("y", "Every catalog is in line")
        tang.press("d", "drafted")
        assert keys_of("desk") <= tang.pressed
        tang.leave()


def test_every_key_of_the_revision_arrives_and_does_what_it_says(pane: OpenPane):
    with pane(USUAL, "eleanor") as eleanor:
        eleanor.shows("For you: 3 to revise")
        eleanor.press("enter", row(5), "Since you last saw it")
        for key, opened in WINDOWS_OF_THE_REVISION.items():
            eleanor.press(key, opened)
            eleanor.press("escape", row(5), gone=opened)
        eleanor.press("v", "Since the", gone="Since you last saw it")
        eleanor.press("n", row(15) + "=")
        eleanor.press("enter", row(16), " 15 +")
        eleanor.press("ctrl+up", row(15))
        eleanor.press("u", row(15) + "=")
        eleanor.press("A", row(16), " 15 +")
        assert keys_of("revision") <= eleanor.pressed
        eleanor.leave()


WINDOWS_OF_THE_EDITOR = {
    "f1": "Keys",
    "f2": "History of segment 3",
    "f3": "Search and replace",
    "f4": "DRAFT",
    "f5": "< On March 5",
    "f7": "Findings: ",
    "f9": "Sign translation",
    "f10": "Export:",
    "f11": "What was said",
    "f12": "Who are you?",
    "ctrl+g": "Insert:",
    "ctrl+l": "Segment 3",
    "ctrl+p": "Search all commands",
    "alt+m": "Reply",
}
WINDOWS_OF_THE_DESK = {
    "enter": editing(2),
    "t": editing(2),
    "r": "Now",
    "f4": "DRAFT",
    "a": "Add an article",
    "s": "Sign translation",
    "e": "Export: ",
    "w": "Who are you?",
    "l": "What was said",
    "question_mark": "Keys",
}
WINDOWS_OF_THE_REVISION = {
    "e": editing(5),
    "b": "what is wrong?",
    "k": "Keep the text, and reply",
    "m": "Remark on segment 5",
    "slash": "Search and replace",
    "question_mark": "Keys",
}


def test_a_killed_desk_loses_nothing_that_was_typed(pane: OpenPane, desk: Path):
    typed = "A furniture fair of four days opens on March 18."
    with pane(SMALL) as tang:
        tang.shows("For you: 10 to translate")
        tang.press("enter", editing(2) + "draft")
        tang.press("ctrl+k", "no translation yet")
        tang.type(typed)
        in_the_journal(tang, desk, typed)
        tang.kill()
        assert segment(desk, "furniture-fair", 2)["target"] != typed
        tang.start()
        tang.shows("1 typed and not saved")
        tang.press("enter", row(2) + "*", "A furniture fair of four days", "here again")
        tang.press("enter", editing(3))
        tang.leave()
    assert segment(desk, "furniture-fair", 2)["target"] == typed


def in_the_journal(pane: Pane, root: Path, typed: str) -> None:
    """Wait until what was typed is on the disk, which takes no longer than a pause."""
    pane.until(
        lambda: any(typed in path.read_text(encoding="utf-8") for path in (root / ".reviewtool").rglob("*.json"))
    )
