"""What all tests of the UI share: a copy of the sample workspace, a session at a fixed time, and the application.

Tests are coroutines, each run in a loop of its own:

    async def test_a_key_does_what_the_footer_says(app):
        async with app(person="tang") as pilot:
            await pilot.press("a")
            assert "Add" in screen_text(pilot)
"""

from __future__ import annotations

import asyncio
import inspect
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reviewtool.tui import language
from reviewtool.tui.session import Session
from reviewtool.workspace import Workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

SAMPLE = Path(__file__).parents[2]
"""The sample workspace: this repository."""
NOW = "2023-03-09T06:02:00.000Z"
TIME_OF_DAY = "14:02:00"

OpenApp = Callable[..., AbstractAsyncContextManager["Pilot[int]"]]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(pyfuncitem.obj(**arguments))
    return True


@pytest.fixture(autouse=True)
def _english() -> None:
    language.choose("en")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of a copy of the sample workspace."""
    root = tmp_path / "desk"
    root.mkdir()
    shutil.copy(SAMPLE / "reviewtool.toml", root)
    for folder in ("articles", "locales", "memory"):
        shutil.copytree(SAMPLE / folder, root / folder)
    return root


def session_on(root: Path, person: str | None = "tang") -> Session:
    """A session on a workspace; the day is the 9th of March 2023, and it is two minutes past two in the afternoon."""
    session = Session(root, person=person, now=lambda: TIME_OF_DAY)
    session.workspace = Workspace(root, clock=lambda: NOW)
    return session


@pytest.fixture
def session(desk: Path) -> Iterator[Session]:
    """Tang's session on the copy of the sample workspace."""
    session = session_on(desk)
    yield session
    session.lookups.close()


@pytest.fixture
def app(desk: Path) -> Iterator[OpenApp]:
    """Open the application: ``app(size, person, edition, root)``, a context that gives its pilot."""

    sessions: list[Session] = []

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40),
        person: str | None = "tang",
        edition: tuple[str, str] | None = None,
        root: Path = desk,
    ) -> AsyncIterator[Pilot[int]]:
        from reviewtool.storage.preferences import Configuration
        from reviewtool.tui.app import ReviewtoolApp

        session = session_on(root, person)
        sessions.append(session)
        application = ReviewtoolApp(session, Configuration(), edition)
        try:
            async with application.run_test(size=size, notifications=True) as pilot:
                yield pilot
        finally:
            session.lookups.close()

    yield opened
    # The loop is over: no thread can start the process that looks up any more.
    for session in sessions:
        session.lookups.close()


def screen_text(pilot: Pilot[Any]) -> str:
    """What is on the screen, line by line, without colours."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[Any], seen: Callable[[], object]) -> None:
    """Wait until something is so: work in threads is over, what it said has arrived. Fails when it never is."""
    for _ in range(500):
        if seen():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it did not come to that; on the screen was:\n{screen_text(pilot)}")
