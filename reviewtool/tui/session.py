"""The session: what all screens share while the UI runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewtool.tui.core_sentences import translated
from reviewtool.tui.lookups import Lookups
from reviewtool.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that the UI said, when (local time), and how grave it was."""

    at: str
    severity: str
    sentence: str


def local_time() -> str:
    """The time of day, as people at this desk know it."""
    return datetime.now().astimezone().strftime("%H:%M:%S")


class Session:
    """The open workspace, who acts, and what was said.

    Args:
        root: a folder in the workspace.
        person: the id of who acts, None while that is not known.
        now: the time of day.
    """

    def __init__(self, root: Path, *, person: str | None = None, now: Callable[[], str] = local_time) -> None:
        self.workspace = Workspace(root)
        self.person = person
        self.said: list[Said] = []
        self.now = now
        self.lookups = Lookups(self.workspace.project.root)
        self.layout = ""
        """How the preview was laid out last."""

    def reopen(self) -> None:
        """Read the settings again; InputError, and everything as it was, when they cannot be used."""
        root = self.workspace.project.root
        self.workspace = Workspace(root)
        self.lookups.close()
        self.lookups = Lookups(root)

    @property
    def acting(self) -> str:
        """Who acts; only where a screen has made sure that somebody does."""
        if self.person is None:
            raise LookupError("nobody has said who acts")
        return self.person

    @property
    def name(self) -> str:
        """The name of who acts, to be shown; empty while that is not known."""
        known = self.workspace.settings.policy.person(self.person) if self.person else None
        return known.name if known else ""

    def say(self, sentence: str, severity: str = "information") -> str:
        """Keep a sentence for the log, in the interface's language; returns it as it is to be said."""
        said = translated(sentence)
        self.said.append(Said(self.now(), severity, said))
        del self.said[:-1000]
        return said
