"""Heavy look-ups in a process of their own: a busy thread would make keys lag.

The other process reads questions from its standard input and writes answers to its standard output, both
pickled; it ends when its input does, so that it never outlives the UI.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reviewtool.errors import ReviewtoolError
from reviewtool.workspace import Workspace

if TYPE_CHECKING:
    from reviewtool.model.language import LanguagePair
    from reviewtool.model.match import Match
    from reviewtool.services.findings import EditionFinding

_PROGRAM = Path(__file__).parents[2]
"""Where the program lies. The other process starts there: Python runs modules from the folder it is started in."""


class Lookups:
    """Asks another process, which is started at the first question; what cannot be answered is an empty answer.

    Args:
        root: the workspace's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = asyncio.Lock()
        self._starting = threading.Lock()
        self._closed = False

    @property
    def process_id(self) -> int:
        """The number of the other process; 0 while there is none."""
        return self._process.pid if self._process else 0

    async def matches(
        self, text: str, languages: LanguagePair, *, before: str = "", after: str = ""
    ) -> tuple[Match, ...]:
        """What the desk's memory has for a text, best first."""
        found: tuple[Match, ...] = await self._asked("matches", text, languages, before, after)
        return found

    async def findings(self, slug: str, language: str) -> tuple[EditionFinding, ...]:
        """What the checks say of a whole edition."""
        found: tuple[EditionFinding, ...] = await self._asked("findings", slug, language)
        return found

    async def _asked(self, *question: object) -> tuple[Any, ...]:
        async with self._turn:
            try:
                return await asyncio.to_thread(self._answer, question)
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                self._end()
                return ()

    def _answer(self, question: Sequence[object]) -> tuple[Any, ...]:
        with self._starting:
            if self._process is None and not self._closed:
                self._process = self._start()
            process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return ()
        to, back = process.stdin, process.stdout
        pickle.dump(question, to)
        to.flush()
        # What is read was written by our own code in our own child.
        answer: tuple[Any, ...] = pickle.load(back)  # noqa: S301
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - this program, with a folder
            [sys.executable, "-m", __name__, str(self._root.absolute())],
            cwd=_PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """End the other process, and start none any more."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        with self._starting:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        process.wait()


def _answers(root: Path, questions: BinaryIO, to: BinaryIO) -> None:
    """Answer until there are no more questions."""
    workspace = Workspace(root)
    while True:
        try:
            question = pickle.load(questions)  # noqa: S301 - written by the process that started this one
        except EOFError:
            return
        pickle.dump(_answer(workspace, *question), to)
        to.flush()


def _answer(workspace: Workspace, what: str, *about: Any) -> tuple[Any, ...]:
    try:
        if what == "matches":
            text, languages, before, after = about
            return workspace.recall.search(text, languages, before=before, after=after)
        slug, language = about
        return tuple(workspace.findings.check([slug], language))
    except ReviewtoolError:
        return ()


if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Nothing that is printed may get between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _answers(Path(sys.argv[1]), sys.stdin.buffer, answers)
