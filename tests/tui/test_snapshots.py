"""Every screen looks as it did when somebody last looked at it: pictures in both languages, three themes, two sizes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from reviewtool.storage.preferences import Configuration
from reviewtool.tui import language
from reviewtool.tui.app import ReviewtoolApp
from reviewtool.workspace import Workspace
from tests.tui import snapshots
from tests.tui.conftest import NOW, screen_text, session_on, until

FAIR, NOTE, DELEGATION = ("furniture-fair", "en"), ("newsroom-note", "en"), ("trade-delegation", "en")
USUAL, SMALL = (120, 40), (80, 24)
CHINESE = "zh-Hans"
LIGHT, CONTRAST = "textual-light", "high-contrast"
PAGE = """佛山家具展5月在潭洲展馆举行
Foshan China 2023-04-02 09:30

展会为期四天。主办方预计参展企业超过100家。

- 展馆每天9:30开门。
- 入场免费，但须登记。

审校丨Eleanor
摄影丨Foshan Commerce
"""
PASTE = "paste"
_LOOKS = 150
"""How often it is looked whether a screen has come to look like its picture."""


@dataclass(frozen=True)
class Step:
    """A key, or a paste, and what is on the screen when it is done."""

    key: str
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Shot:
    """A screen: who opens which edition, what is on the screen then, and which keys lead on."""

    name: str
    person: str
    shows: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    edition: tuple[str, str] | None = None
    size: tuple[int, int] = USUAL
    theme: str = "textual-dark"
    language: str = "en"
    before: Callable[[Path], None] = lambda root: None


def to(key: str, *shows: str) -> Step:
    return Step(key, shows)


def approve_the_correction(root: Path) -> None:
    """Jessica approves the one segment of the note that Eleanor corrected and cannot approve herself."""
    workspace = Workspace(root, clock=lambda: NOW)
    fourth = list(workspace.editions.open(*NOTE).standing.segments)[3]
    workspace.review.approve(*NOTE, [fourth], person="jessica")


READ = ("17/17", "─ Articles ─")
SECOND = ("2  draft", "nothing similar", "<!")
THIRD = to("f8", "3  sent back", "nothing similar", "<!")
SIXTH = to("f8", "6  draft", "100%", "use “pan-")
SHOTS = (
    Shot("desk", "eleanor", (*READ, "For you: 3 to revise")),
    Shot("desk-small", "tang", ("17/17", "─ 稿件 ─", "等你处理"), (), None, SMALL, LIGHT, CHINESE),
    Shot("add", "tang", READ, (to("a", "Add an article"), to(PASTE, "names on a pass come from signatures alone"))),
    Shot("editor", "tang", SECOND, (THIRD, SIXTH), FAIR),
    Shot("editor-tabs", "tang", SECOND[::2], (to("f8", "3  sent"), to("f6", "nothing similar")), FAIR, SMALL, CONTRAST),
    Shot("insert", "tang", SECOND, (THIRD, SIXTH, to("ctrl+g", "the source")), FAIR, theme=LIGHT),
    Shot("revision", "jessica", ("> 4 =", "half as long", "nothing similar", "6 of 7"), (), NOTE),
    Shot("revision-small", "eleanor", ("> 5 =", "~!", "4/18"), (), FAIR, SMALL, LIGHT, CHINESE),
    Shot("send-back", "eleanor", ("> 5 =", "~!", "4/18", "73%"), (to("b", "类别"),), FAIR, language=CHINESE),
    Shot("sign", "eleanor", ("[ Sign ]", "7 of 7"), (), NOTE, SMALL, before=approve_the_correction),
    Shot("sign-blocked", "tang", ("2  初稿", "<!", "没有相似的"), (to("f9", "签署翻译"),), FAIR, language=CHINESE),
    Shot("history", "tang", SECOND, (THIRD, to("f2", "History of segment 3")), FAIR, theme=LIGHT),
    Shot("preview", "tang", ("> 1 #", "17 of 17"), (to("f4", "side by side"),), DELEGATION, theme=LIGHT),
    Shot("read", "tang", SECOND, (THIRD, to("f5", "< On March 5")), FAIR, theme=CONTRAST),
    Shot("findings", "tang", SECOND[::2], (to("f7", "1 error  7 warnings"),), FAIR, SMALL),
    Shot("export", "tang", ("> 1 #", "17 of 17"), (to("f10", "trade-delegation.en.side.html"),), DELEGATION, SMALL),
    Shot("help", "tang", ("2  初稿", "<!", "8/18"), (to("f1", "按键"),), FAIR, SMALL, LIGHT, CHINESE),
)


@pytest.fixture(autouse=True)
def _in_foshan() -> Iterator[None]:
    """Whoever runs the tests sees colours, and the time of day as in Foshan."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("NO_COLOR", raising=False)
        environment.setenv("TZ", "CST-8")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
async def test_the_screen_looks_as_it_was_accepted(shot: Shot, desk: Path, tmp_path: Path):
    shot.before(desk)
    language.choose(shot.language)
    session = session_on(desk, shot.person)
    app = ReviewtoolApp(session, Configuration(theme=shot.theme), shot.edition)
    try:
        async with app.run_test(size=shot.size) as pilot:
            await arrive(pilot, shot)
            await compare(pilot, shot.name, tmp_path)
    finally:
        session.lookups.close()


async def arrive(pilot: Pilot[int], shot: Shot) -> None:
    """Press the keys that lead to the screen; each once the one before is done."""
    await shown(pilot, shot.shows)
    for step in shot.steps:
        if step.key == PASTE:
            pilot.app.post_message(events.Paste(PAGE))
        else:
            await pilot.press(step.key)
        await shown(pilot, step.shows)
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False


async def shown(pilot: Pilot[int], texts: tuple[str, ...]) -> None:
    await until(pilot, lambda: all(text in screen_text(pilot) for text in texts))


async def compare(pilot: Pilot[int], name: str, tmp_path: Path) -> None:
    """Wait until the screen looks like its picture; where it never does, say what differs and keep how it looks."""
    place = snapshots.ACCEPTED / f"{name}.svg"
    if snapshots.WRITE:
        place.write_text(await settled(pilot, name), encoding="utf-8")
    before = accepted(name) if place.exists() else ""
    for _ in range(_LOOKS):
        taken = snapshots.picture(pilot.app, name)
        if snapshots.same(before, taken):
            return
        await pilot.pause(0.05)
    looks = tmp_path / place.name
    looks.write_text(taken, encoding="utf-8")
    pytest.fail(snapshots.told(name, before, taken, looks), pytrace=False)


async def settled(pilot: Pilot[int], name: str) -> str:
    """The picture once it has not changed for a while."""
    seen, looks = "", 0
    while looks < _LOOKS // 5:
        taken = snapshots.picture(pilot.app, name)
        seen, looks = taken, looks + 1 if taken == seen else 0
        await pilot.pause(0.05)
    return seen


def accepted(name: str) -> str:
    return (snapshots.ACCEPTED / f"{name}.svg").read_text(encoding="utf-8")


def test_a_screen_that_looks_otherwise_is_told_by_its_lines_and_how_to_accept_it(tmp_path: Path):
    before = accepted("sign")
    after = before.replace("Reviser&#160;|&#160;Eleanor", "Reviser&#160;|&#160;Jessica")
    sentence, *lines = snapshots.told("sign", before, after, tmp_path / "sign.svg").splitlines()
    assert sentence.startswith(f"sign differs in lines 10, 13: look at {tmp_path / 'sign.svg'} and, if it is right,")
    assert "REVIEWTOOL_SNAPSHOTS=write sh scripts/test tests/tui/test_snapshots.py" in sentence
    assert [line.strip("│> ").split("  ")[-1].strip(" │") for line in lines[:2]] == [
        "Reviser | Eleanor",
        "Reviser | Jessica",
    ]
    recoloured = before.replace("#0178d4", "#0178d5")
    assert "same words in other colours" in snapshots.told("sign", before, recoloured, tmp_path)


def test_with_another_version_of_textual_the_words_alone_count():
    before = accepted("sign")
    later = re.sub("<!-- Textual [0-9.]+", "<!-- Textual 99.0", before).replace("#0178d4", "#0178d5")
    assert snapshots.same(before, later)
    assert not snapshots.same(before, before.replace("#0178d4", "#0178d5"))
    assert not snapshots.same(before, later.replace("Eleanor", "Jessica"))


def test_the_words_of_a_picture_stand_in_their_columns():
    lines = snapshots.words(accepted("desk"))
    assert len(lines) == 40
    assert {cell_len(line[: line.index("en ")]) for line in (lines[3], lines[6])} == {
        cell_len(lines[2].partition("Edition")[0])
    }


def test_every_picture_is_of_a_screen():
    assert {path.stem for path in snapshots.ACCEPTED.iterdir()} == {shot.name for shot in SHOTS}


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_fetches_nothing(shot: Shot):
    marks = re.sub(r">[^<]*<", "><", accepted(shot.name)).replace("http://www.w3.org/2000/svg", "")
    assert "//" not in marks
    assert not re.search(r"url\((?!#)|@import|<script|<image|href", marks)
