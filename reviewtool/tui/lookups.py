"""Heavy look-ups in a process of their own: a busy thread would make keys lag."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TypeVar, TypeVarTuple

from reviewtool.errors import ReviewtoolError
from reviewtool.model.language import LanguagePair
from reviewtool.model.match import Match
from reviewtool.services.findings import EditionFinding
from reviewtool.workspace import Workspace

_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")

_workspace: Workspace | None = None
"""The workspace of the process that looks up."""


def _open(root: str) -> None:
    global _workspace
    Thread(target=_end_with_the_desk, daemon=True).start()
    with contextlib.suppress(ReviewtoolError):
        _workspace = Workspace(Path(root))


def _end_with_the_desk() -> None:
    """Die when the UI does, however it died."""
    desk = parent_process()
    if desk is not None:
        desk.join()
        os._exit(0)


def _matches(text: str, languages: LanguagePair, before: str, after: str) -> tuple[Match, ...]:
    if _workspace is None:
        return ()
    return _workspace.recall.search(text, languages, before=before, after=after)


def _findings(slug: str, language: str) -> tuple[EditionFinding, ...]:
    return () if _workspace is None else tuple(_workspace.findings.check([slug], language))


class Lookups:
    """Asks another process, which is started at the first question.

    Args:
        root: the workspace's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pool: ProcessPoolExecutor | None = None

    async def matches(self, text: str, languages: LanguagePair, *, before: str, after: str) -> tuple[Match, ...]:
        """What the desk's memory has for a text, best first; nothing while the memory cannot be read."""
        try:
            return await self._asked(_matches, text, languages, before, after)
        except (ReviewtoolError, BrokenProcessPool):
            return ()

    async def findings(self, slug: str, language: str) -> tuple[EditionFinding, ...]:
        """What the checks say of a whole edition."""
        try:
            return await self._asked(_findings, slug, language)
        except (ReviewtoolError, BrokenProcessPool):
            return ()

    async def _asked(self, question: Callable[[*_Ts], _T], *values: *_Ts) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._started(), question, *values)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_open, initargs=(str(self._root),)
            )
        return self._pool

    def close(self) -> None:
        """Let the other process end."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
