"""One call of the command line: its options, the workspace it is about, and who makes it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from reviewtool.cli import output
from reviewtool.errors import InputError, StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from reviewtool.workspace import Workspace

PERSON = "REVIEWTOOL_PERSON"
"""The environment variable that says who acts."""
_MOST_INPUT = 10_000_000

TerminalUI = Callable[..., int]
"""Opens the UI on a folder, with ``person``, ``edition`` and ``tag`` as keywords; returns the exit status."""


class Call:
    """What a verb receives.

    ``given`` holds the options and arguments as parsed, ``terminal_ui`` opens the UI where there is one.
    """

    def __init__(self, given: Namespace, terminal_ui: TerminalUI | None = None) -> None:
        self.given = given
        self.terminal_ui = terminal_ui

    @cached_property
    def folder(self) -> Path:
        """The folder the call is about: ``-C``, else the present one."""
        from pathlib import Path

        try:
            folder = Path(self.given.folder or Path.cwd())
            is_there = folder.is_dir()
        except (OSError, ValueError):
            is_there = False
        if not is_there:
            raise InputError(f"{self.given.folder or '.'!r} is no folder: give one that is there with -C.")
        return folder

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace, opened; InputError where there is none."""
        from reviewtool.workspace import Workspace

        return Workspace(self.folder)

    def choose_language(self) -> None:
        """Where an edition is meant and no language is given: the only one that the article has."""
        if "slug" in self.given and "to" in self.given and self.given.to is None:
            editions = self.workspace.editions
            languages = editions.languages(editions.article(self.given.slug))
            if len(languages) != 1:
                there = ", ".join(language.tag for language in languages) or "none"
                raise InputError(f"Say which edition of {self.given.slug} is meant, with --to; it has: {there}.")
            self.given.to = languages[0].tag

    # Who

    @property
    def claimed(self) -> str | None:
        """Who the caller says to be, with ``--as`` or in the environment."""
        name: str | None = self.given.person or os.environ.get(PERSON)
        return name

    @cached_property
    def person(self) -> str:
        """The id of the person who acts; InputError when they are not known here."""
        name = self.claimed or git_user(self.folder)
        if not name:
            raise InputError(f"Who are you? Say it with --as PERSON, in {PERSON}, or in git's user.name.")
        return self.workspace.person(name)

    @cached_property
    def person_or_desk(self) -> str:
        """The same for acts that nobody in particular need ask for."""
        from reviewtool.model.policy import DESK

        if self.claimed:
            return self.workspace.person(self.claimed)
        try:
            return self.workspace.person(git_user(self.folder) or DESK)
        except InputError:
            return DESK

    # Input

    def path(self, name: str) -> Path:
        """A path as given, seen from the folder the call is about."""
        return self.folder / name

    def read(self, name: str) -> bytes:
        """The bytes of a file, or of standard input for ``-``; InputError when they are not there or too many."""
        if name == "-":
            return _standard_input()
        from reviewtool.storage.files import read_bytes

        return read_bytes(self.path(name), limit=_MOST_INPUT, what="The file")

    def text(self, name: str) -> str:
        """The same as strict UTF-8 text without NUL."""
        from pathlib import Path

        from reviewtool.storage.files import decode

        return decode(self.read(name), Path("standard input" if name == "-" else name)).removeprefix("\ufeff")

    # Answers

    def answer(self, value: object, lines: Iterable[str]) -> None:
        """The result: as JSON where that is asked for, else as text."""
        if self.given.json:
            output.data(value)
        else:
            output.say(*lines)

    def agreed(self, question: str) -> bool:
        """Whether the caller agrees to what costs or tells something; InputError when nobody can be asked."""
        if self.given.yes:
            return True
        if not _is_terminal():
            raise InputError(f"{question} Agree to it with --yes, since nobody can be asked here.")
        output.note(f"{question} [y/N]")
        return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def git_user(folder: Path) -> str:
    """The ``user.name`` that git has for this folder; empty without git or name."""
    import subprocess

    try:
        asked = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - whichever git the caller uses
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.decode(errors="replace").strip()


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _standard_input() -> bytes:
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise InputError("The standard input is closed, so there is nothing to read; name a file.")
    try:
        content: bytes = buffer.read(_MOST_INPUT + 1)
    except OSError as error:
        raise StorageError(f"The standard input cannot be read: {error.strerror}; name a file.") from error
    if len(content) > _MOST_INPUT:
        raise InputError(f"The standard input is longer than the limit of {_MOST_INPUT:,} bytes; split it.")
    return content
