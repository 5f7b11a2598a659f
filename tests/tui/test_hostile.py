"""Safe to look at: what is in the files, typed or pasted is shown, and never acts.

The program itself runs in a pseudo-terminal, on a workspace in which everything is hostile. Every byte that it
writes is looked at: it is either one of the sequences that Textual draws with, or a character that is only seen.
Each text carries a marker, which says on failure where it came from, and proves that it was shown at all.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import re
import sys
from collections.abc import Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.ledger import Comment, Ledger, seal
from reviewtool.model.segment import text_hash
from reviewtool.model.signoff import Standing
from reviewtool.model.visible import visible
from reviewtool.services.editions import OpenEdition
from reviewtool.services.founding import found
from reviewtool.tui.lookups import Lookups
from reviewtool.tui.render import cell
from reviewtool.tui.screens.editor import EditorScreen
from reviewtool.tui.widgets.advice import Advice, FindingAdvice, MatchAdvice, Remark, TermAdvice
from tests.tui.conftest import OpenApp, until
from tests.tui.hostile import (
    ACT,
    GHOST,
    MARKUP,
    PRINTABLE,
    SEQUENCES,
    SETTINGS,
    Display,
    HostileDesk,
    Seat,
    filled,
    hostile,
    quoted,
    short,
)
from tests.tui.terminal import Program

if TYPE_CHECKING:
    from textual.pilot import Pilot

USUAL, TALL, SMALL = (120, 40), (140, 60), (80, 24)
DESK = "Enter open"
"""What stands below the desk alone."""


@pytest.fixture
def hostile_desk(tmp_path: Path) -> HostileDesk:
    return HostileDesk(tmp_path / "desk")


def harmless(seat: Seat) -> None:
    """Leave, and make sure that nothing has acted."""
    assert seat.leave() == 0, seat.account()
    assert not seat.display.leaks, "\n".join(seat.display.leaks[:20])


def test_the_desk_and_what_opens_over_it(hostile_desk):
    with Seat(hostile_desk.root, size=USUAL) as seat:
        seat.shows("zqdesk", "zqtitle", "zqarticle", "zqreadytitle", "zqsigner", "zqauthor")
        seat.press("down", "down", "down", "down", shows="zqfield")
        seat.press("f1", shows="Keys")
        seat.press("escape", gone="Keys")
        seat.press("f12", shows=("Who are you?", "zqtang", "zqeleanor"))
        seat.press("escape", gone="Who are you?")
        seat.press("v", shows=("problems", "zqstem", "zqgone", "zqabandoned", "zqleft"))
        seat.press("escape", gone="zqleft")
        seat.press("/", shows="words of the title")
        seat.press("z", "q", "t", "i", shows="1 of 6 editions with zqti")
        seat.press("escape", gone="of 6 editions")
        seat.press("a", shows="Add an article")
        seat.press("tab")
        seat.paste(f"{hostile_desk.root}/articles/zqna")
        seat.shows("There is no file", "articles/zqna")
        seat.press("escape", gone="Add an article")
        seat.press("ctrl+c", shows="^Q: Leave")
        seat.press("ctrl+p", shows="Search all commands")
        seat.press("[", "/", "n", "o", shows="[/no")
        seat.press("escape", gone="No matches")
        seat.press("x", shows=("Findings: every edition", "zqtarget", "zqfield"))
        seat.press("escape", shows="Articles")
        for key in ("down", "enter", "down", "enter", "down", "enter", "down", "enter"):
            seat.press(key, shows="Articles")
        seat.press("l", shows=("What was said", "zqarticle", "zqtag", "zqfield"))
        harmless(seat)


def test_the_editor(hostile_desk):
    with Seat(hostile_desk.root, size=TALL) as seat:
        seat.shows("zqtitle", "zqready")
        seat.press("t", shows=("Target en", "zqtargetheadline", "zqbody"))
        seat.press("f11", shows=("What was said", "zqunfinished"))
        seat.press("escape", gone="What was said")
        seat.press("ctrl+down", shows=("zqmatch", "zqpreferred", "zqforbidden", "zqtermnote", "zqfile", "zqunit"))
        seat.press("ctrl+g", shows=("Insert", "zqmatch", "zqpreferred"))
        seat.press("escape", gone="Insert:")
        seat.press("ctrl+down", shows=("zqcategory", "zqseverity", "zqsent"))
        seat.press("ctrl+g", shows="Insert: zqbody")
        seat.press("escape", gone="Insert:")
        seat.press("ctrl+l", shows="Segment 3")
        seat.press("d", shows=("is it right?", "“http://zqbody"))
        seat.press("escape", gone="is it right?")
        seat.press("alt+m", shows=("Reply", "zqbody"))
        seat.press("escape", gone="Reply")
        seat.press("ctrl+down", shows="zqdraftorigin")
        seat.press("ctrl+down", shows=GHOST[:7])
        seat.press("ctrl+down", "ctrl+down", "ctrl+down", "ctrl+down", "ctrl+down", shows="zqquote")
        seat.press("f3", shows="Search and replace: zqtitle")
        seat.press("z", "q", "t", shows=("zqtargetlist", "zqtargetheading"))
        seat.press("tab", "[", "/", "n", "]", shows=("[/n]", "[zqt"))
        seat.press("escape", gone="Search and replace")
        harmless(seat)


def test_the_editor_on_a_small_screen(hostile_desk):
    with Seat(hostile_desk.root, size=SMALL) as seat:
        seat.shows("zqtitle")
        seat.press("t", shows="zqtargetheadline")
        seat.press("ctrl+down", "f6", shows="zqunit")
        seat.press("f6", shows="zqpreferred")
        seat.press("ctrl+down", "f6", shows="“http://zqbody")
        seat.press("f6", shows=("zqghost", "zqseverity"))
        seat.resize(USUAL)
        seat.shows("-- Memory", "zqtarget")
        harmless(seat)


def test_the_history_of_a_segment(hostile_desk):
    with Seat(hostile_desk.root, size=TALL) as seat:
        seat.shows("zqtitle")
        seat.press("t", shows="zqtargetheadline")
        seat.press("ctrl+down", "ctrl+down", "f2", shows=("History of segment 3", "zqbody", "zqorigin", "zqtime"))
        seat.press("up", "up", shows="zqsettled")
        for marker in ("dismissal", "ghostly", "remark", "reply", "sent", "target", "previous", "drafted"):
            seat.press("up", shows=f"zq{marker}")
        seat.press("v", "down", shows=("Changes since", "zqfirst"))
        seat.has_shown("zqghost", "zqcategory", "zqseverity")
        harmless(seat)


def test_the_revision(hostile_desk):
    with Seat(hostile_desk.root, person="eleanor", size=TALL) as seat:
        seat.shows("zqtitle")
        seat.press("r", shows=("Source zh-CN", "zqtargetlist"))
        seat.press("ctrl+home", "ctrl+down", "ctrl+down", shows=("zqbody", "zqtarget", "zqsent", "zqghost"))
        seat.press("v", "v", "v", "v", shows="zqdrafted")
        seat.press("k", shows=("Keep the text", "zqtarget"))
        seat.press("escape", gone="Keep the text")
        seat.press("e", shows="3  sent back")
        seat.press("escape", gone="3  sent back")
        seat.press("b", shows=("Send back", "Category"))
        seat.press("escape", gone="Category")
        seat.press("f9", shows="Sign revision: zqtitle")
        seat.press("escape", gone="Sign revision")
        harmless(seat)


def test_preview_and_read_through(hostile_desk):
    with Seat(hostile_desk.root, size=TALL) as seat:
        seat.shows("zqtitle")
        seat.press("f4", shows=("DRAFT", "zqtitle", "zqdateline", "zqbody", "zqtarget"))
        for key in "4321":
            seat.press(key, "ctrl+end", shows=("zqphoto", "zqvideo", "zqsource", "zqcode", "zqhtml", "zqtargetcaption"))
        seat.press("escape", shows="Articles")
        seat.press("t", shows="Target en")
        seat.press("f5", shows="zqtarget")
        seat.press(" ", shows="zqtitle")
        seat.press("down", "down", shows="zqbody")
        seat.press("m", shows=("Remark on this sentence", "zqtarget"))
        seat.press("escape", gone="Remark on this")
        seat.press("b", shows="Category")
        seat.press("escape", gone="Category")
        seat.press("enter", shows="save")
        harmless(seat)


def test_signing_and_exporting(hostile_desk):
    with Seat(hostile_desk.root, size=USUAL) as seat:
        seat.shows("zqtitle", "zqreadytitle")
        seat.press("down", "down", "down", "down", "down", shows=("zqreadysigner", "zqlabel"))
        seat.press("s", shows=("Sign translation: zqreadytitle", "zqreadysigner signed", "zqat"))
        seat.press("escape", gone="Sign translation")
        seat.press("w", shows="zqeleanor")
        seat.press("2", gone="Who are you?")
        seat.press("s", shows=("Sign revision: zqreadytitle", "You sign as"))
        seat.press("enter", gone="Sign revision")
        seat.shows("final")
        seat.press("e", shows=("Export: zqreadytitle", "html"))
        seat.press("o", shows="Where to?")
        seat.press("ctrl+a", "ctrl+k", *"a[x].html", shows="a[x].html")
        seat.press("enter", gone="Where to?")
        seat.press("enter", shows="Written")
        harmless(seat)
    assert list(hostile_desk.root.rglob("*.html"))


# What cannot be read


def test_an_engine_a_glossary_a_memory_and_settings_that_cannot_be_used(hostile_desk):
    """Each ends in a sentence that quotes what is wrong, and does not act."""
    settings = (hostile_desk.root / "reviewtool.toml").read_text()
    hostile_desk.write("reviewtool.toml", filled(SETTINGS, desk="Foshan desk", engine="zqengine\x1b[8m\u202e[/nope]"))
    hostile_desk.write("locales/en/glossary.tsv", f"代表团{PRINTABLE}\ta;zqterm{PRINTABLE}\tzqterm{PRINTABLE}\n")
    with Seat(hostile_desk.root, person="jessica", size=USUAL) as seat:
        seat.shows("drafts: zqengine", "zqtitle")
        seat.press("d", shows=("engine", "[/nope]", "memory"))
        seat.press("t", shows=("Target en", "zqterm"))
        seat.press("f11", shows=("What was said", "zqengine", "zqterm"))
        seat.press("escape", gone="What was said")
        seat.press("escape", shows=DESK)
        hostile_desk.write("reviewtool.toml", f'"zqkey{quoted(ACT)}" = 1\n{settings}')
        seat.shows("zqkey", "there is no key")
        hostile_desk.write("reviewtool.toml", settings.replace(quoted(short("zqengine")), "memory"))
        seat.shows("zqdesk")
        (hostile_desk.root / "locales/en/glossary.tsv").unlink()
        hostile_desk.write(Path("memory") / f"zqbroken{ACT}.tmx", "<tmx>&zqentity;")
        seat.press("d", shows=("zqbroken", "no well-formed XML"))
        harmless(seat)


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        (f'"zqsaid{quoted(ACT)}" = 1\n', []),
        ("", ["--as", f"zqsaid{ACT}"]),
        ("", ["review", f"zqsaid{ACT}"]),
        ("", ["review", "story", "--to", f"zqsaid{ACT}"]),
    ],
)
def test_what_is_wrong_at_the_start_is_said_in_a_sentence(tmp_path, settings, arguments):
    found(tmp_path)
    (tmp_path / "reviewtool.toml").write_text(settings)
    (tmp_path / "articles/story.md").write_text("# 佛山\n")
    display = Display(USUAL[0])
    command = [sys.executable, "-m", "reviewtool", "-C", str(tmp_path), *arguments]
    with Program(command, USUAL, {"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": os.devnull}) as program:
        program.until(lambda: program.status is not None)
        assert program.status == 2
    display.feed(program.written, is_last=True)
    assert "zqsaid" in display.text
    assert "fault" not in display.text
    assert not display.leaks, display.leaks


async def test_no_program_in_a_workspace_is_run(desk, monkeypatch):
    """Who works in the workspace's folder does not look things up with what lies there under our modules' names."""
    monkeypatch.chdir(desk)
    for name in ("pickle", "asyncio", "reviewtool"):
        (desk / f"{name}.py").write_text("from pathlib import Path\nPath('acted').touch()\n")
    lookups = Lookups(desk)
    try:
        (match,) = await lookups.matches("参观信息", LanguagePair(Language("zh-CN"), Language("en")))
    finally:
        lookups.close()
    assert match.unit.target == "Visitor information"
    assert not (desk / "acted").exists()


# What is pasted and typed

START, END = "\x1b[200~", "\x1b[201~"
BREAKING_OUT = f"{START}zqpasted \x1b]52;c;zqpasted\x07{END}\r\x13\x1b[20~\ry\rA\rs\x1b\r\x11zqout{END}"
"""A paste that ends the mark of a paste inside, to press Enter, ^S, F9, y, A, s, Escape, ^Q."""
UNMARKED = "zqunmarked\r\x13\x1b[20~\ry\rA\rs\rd\x1b\r\x9b31m\u202e\u200b\u2028[/nope]\x11"
"""The same from a terminal that marks no paste."""
HIDING = "\u3164\u034f\ufe0f\u202e\u2028\u200b"
"""What hides, typed."""


class Opened(NamedTuple):
    """A screen: the key that opens it, what stands there alone, and, where it takes text, what stands there then."""

    key: str
    screen: str
    typed_in: str = ""


OVER_THE_DESK = (
    Opened("/", "words of the title", "Articles: "),
    Opened("f1", "Keys"),
    Opened("f12", "Who are you?"),
    Opened("ctrl+p", "🔎", "🔎"),
    Opened("s", "Sign revision"),
    Opened("e", "Export:"),
    Opened("a", "Add an article", "Add an article"),
    Opened("k", "Findings: "),
    Opened("f4", "side by side"),
)
OVER_THE_EDITOR = (
    Opened("alt+m", "Remark on segment", "Remark on segment"),
    Opened("ctrl+g", "Insert: "),
    Opened("ctrl+l", "Segment 2"),
    Opened("f2", "History of segment 2"),
    Opened("f3", "Search and replace", "Search and replace"),
    Opened("f5", "Enter change"),
)
OVER_THE_REVISION = (
    Opened("b", "Send back", "Send back"),
    Opened("k", "Keep the text", "Keep the text"),
    Opened("e", "1  translated", "1  translated"),
)


class Attack:
    """Pastes into one screen after the other, and looks whether any file has become another."""

    def __init__(self, desk: HostileDesk, seat: Seat) -> None:
        self._desk, self._seat = desk, seat
        self._before = desk.files()

    def on(self, screen: str, typed_in: str = "") -> None:
        """Paste what means to press keys, and type what hides: it stays the screen that it is, and only shows it."""
        for pasted, marker in ((BREAKING_OUT, "zqpasted"), (UNMARKED, "zqunmarked")):
            self._seat.paste(pasted)
            self._seat.shows(*((typed_in, marker) if typed_in else (screen,)))
        if typed_in:
            self._seat.type(HIDING)
        self._seat.shows(typed_in or screen)
        assert self._desk.files() == self._before, screen

    def over(self, screens: Sequence[Opened]) -> None:
        """Open each of these screens, and do that there."""
        for one in screens:
            self._seat.press(one.key, shows=one.screen)
            self.on(one.screen, one.typed_in)
            self._seat.press("escape", gone=one.typed_in or one.screen)


def test_no_paste_presses_a_key(tmp_path):
    desk = HostileDesk(tmp_path / "desk", quiet=True)
    with Seat(desk.root, person="eleanor", size=USUAL) as seat:
        attack = Attack(desk, seat)
        seat.shows("zqready", "佛山展览会开幕", DESK)
        seat.paste(BREAKING_OUT)
        seat.shows("Add an article", "zqpasted")
        seat.press("escape", gone="Add an article")
        attack.over(OVER_THE_DESK)
        seat.press("down", "t", shows=("2  draft", "in Mai"))
        attack.over(OVER_THE_EDITOR)
        attack.on("2  draft", "2  draft")
        seat.press("ctrl+r", shows="0 of 2 approved")
        seat.press("ctrl+home", shows="> 1 =")
        attack.on("Enter approve")
        attack.over(OVER_THE_REVISION)
        before = desk.files()
        seat.press("enter")
        seat.until(lambda: desk.files() != before)
        harmless(seat)


# Any text at all

FRAGMENTS = (
    *SEQUENCES,
    *MARKUP,
    *"\x1b\x9b\x9d\x07\x08\r\n\t\u202e\u2066\u200b\u200d\ufe0f\u2028 aé展は한क्ष",
    "👩\u200d👧",
    "1. ",
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
CLICKS = re.compile(r"screen\.take_match\(\d\)|(?:app|screen)\.[a-z_]+(?:\([^()]*\))?")


class RunningApp:
    """The application in a loop that stands still between two steps of a test that is no coroutine."""

    def __init__(self, opened: AbstractAsyncContextManager[Pilot[int]]) -> None:
        self._loop = asyncio.new_event_loop()
        self._context = contextvars.copy_context()
        self._opened = opened

    def run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(self._loop.create_task(step, context=self._context))

    def __enter__(self) -> Self:
        self.pilot: Pilot[int] = self.run(self._opened.__aenter__())
        return self

    def __exit__(self, *raised: Any) -> None:
        self.run(self._opened.__aexit__(*raised))
        self._loop.close()


def filled_with(edition: OpenEdition, source: str, target: str, comment: str) -> OpenEdition:
    """An edition with these texts in place of its own, in all segments."""
    segments = tuple(replace(one, source=source or "展", target=target) for one in edition.catalog.segments[:3])
    one = segments[0]
    event = seal(
        Comment, prev=(), person=comment or "tang", at=comment, segment=one.id, source=text_hash(one.source),
        target=text_hash(target), comment=comment,
    )  # fmt: skip
    standing = Standing(edition.slug, edition.language, segments, Ledger([event]), edition.standing.policy)
    return replace(edition, catalog=replace(edition.catalog, segments=segments), standing=standing)


def drawn_safely(pilot: Pilot[int]) -> None:
    """Nothing that is drawn acts or hides, links anywhere, or does another thing when clicked than ours."""
    for strip in pilot.app.screen._compositor.render_strips():
        text = "".join(segment.text for segment in strip)
        assert visible(text) == text, ascii(text)
        for segment in strip:
            assert segment.style is None or segment.style.link is None
            click = segment.style.meta.get("@click") if segment.style else None
            assert click is None or CLICKS.fullmatch(click), click


def test_any_text_is_only_seen(app: OpenApp):
    with RunningApp(app(size=USUAL)) as running:
        pilot = running.pilot
        session = pilot.app.session
        edition = session.workspace.editions.open("furniture-fair", "en")
        screen = EditorScreen(session, edition)

        async def opened() -> None:
            pilot.app.push_screen(screen)
            await until(pilot, lambda: screen.is_mounted and screen.query("TargetEditor") and screen.editor.segment_id)

        async def shown(source: str, target: str, comment: str, term: str) -> None:
            screen.work.typed = {screen.rows.ids[1]: term}
            screen._take(filled_with(edition, source, target, comment), None)
            screen.load(screen.rows.standing(0))
            screen.panel.advice = Advice(
                matches=(MatchAdvice(90, cell(source), target, term, (comment,)),),
                terms=(TermAdvice(term, (target,), (source,), comment),),
                findings=(FindingAdvice(comment, "error", term),),
                thread=(Remark(comment, term),),
                meanwhile=term,
            )
            pilot.app.notify(comment, title=term)
            await pilot.pause()
            drawn_safely(pilot)
            pilot.app.clear_notifications()

        @settings(max_examples=20)
        @given(TEXTS, TEXTS, TEXTS, TEXTS)
        @example(hostile("s"), hostile("t"), hostile("c"), hostile("g"))
        def any_text(source: str, target: str, comment: str, term: str) -> None:
            running.run(shown(source, target, comment, term))

        running.run(opened())
        any_text()
