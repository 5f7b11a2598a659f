"""The workspace: opens a project and wires its services; the one API of both faces."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reviewtool.errors import InputError
from reviewtool.model.glossary import Glossary
from reviewtool.model.language import Language
from reviewtool.model.policy import DESK
from reviewtool.services.editions import Editions
from reviewtool.services.overview import Overview
from reviewtool.services.recorder import Clock
from reviewtool.services.review import Review
from reviewtool.services.signing import Signing
from reviewtool.services.unfinished import UnfinishedEdits
from reviewtool.services.watching import Watching
from reviewtool.storage import project
from reviewtool.storage.glossary import Glossaries
from reviewtool.storage.preferences import Preferences
from reviewtool.storage.project import Project, Settings
from reviewtool.storage.state import State

if TYPE_CHECKING:
    from reviewtool.services.drafts import Drafts
    from reviewtool.services.findings import Findings
    from reviewtool.services.founding import Doctor
    from reviewtool.services.publishing import Publishing
    from reviewtool.services.recall import Recall
    from reviewtool.services.replacing import Replacing
    from reviewtool.services.segmentation import Segmentation
    from reviewtool.services.sync import Sync
    from reviewtool.storage.memory import MemoryFolder


def utc_now() -> str:
    """The present time as an event's ``at``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Workspace:
    """One workspace, opened: its settings, and a service for each thing the desk does.

    Args:
        root: a folder in the workspace; the nearest one above it with a ``reviewtool.toml`` is opened.
        clock: gives the time for what is recorded.
    """

    def __init__(self, root: Path, *, clock: Clock = utc_now) -> None:
        self.project: Project = Project.find(root)
        self.settings: Settings = project.load(self.project)
        self.editions = Editions(self.project, self.settings)
        self.review = Review(self.editions, clock)
        self.signing = Signing(self.editions, clock)
        self.overview = Overview(self.editions, self.settings.style)
        self.unfinished = UnfinishedEdits(State(self.project), clock)
        self.watching = Watching(self.project)
        self.preferences = Preferences(self.project)
        self._glossaries = Glossaries(self.project)
        self._clock = clock

    @classmethod
    def found(cls, folder: Path, *, person: str | None = None) -> tuple[Path, ...]:
        """Make a folder a workspace, with its first person if one is named; returns the files written."""
        from reviewtool.services.founding import found

        return found(folder, person=None if person is None else (_made_id(person), person))

    # Services whose imports a reading command does not need are made when they are first asked for.

    @cached_property
    def sync(self) -> Sync:
        """Articles in, catalogs in line."""
        from reviewtool.services.sync import Sync

        return Sync(self.project, self.settings, self.editions)

    @cached_property
    def replacing(self) -> Replacing:
        """Search and replace in an edition."""
        from reviewtool.services.replacing import Replacing

        return Replacing(self.review)

    @cached_property
    def segmentation(self) -> Segmentation:
        """Joining and splitting segments."""
        from reviewtool.services.segmentation import Segmentation

        return Segmentation(self.editions, self._clock)

    @cached_property
    def publishing(self) -> Publishing:
        """Exports."""
        from reviewtool.plugins.registry import writers
        from reviewtool.services.publishing import Publishing

        return Publishing(self.project, self.settings, self.editions, writers())

    @cached_property
    def recall(self) -> Recall:
        """Look-ups in the desk's memory: its TMX files and what was approved."""
        from reviewtool.services.recall import Recall
        from reviewtool.services.remembering import Remembering

        return Recall(self.memory, Remembering(self.editions).approved)

    @cached_property
    def memory(self) -> MemoryFolder:
        """The memory files, to bring others in."""
        from reviewtool.storage.memory import MemoryFolder

        return MemoryFolder(self.project.root)

    @cached_property
    def drafts(self) -> Drafts:
        """Filling what is untranslated, by an engine or from a paste."""
        from reviewtool.plugins.registry import engines
        from reviewtool.services.drafts import Drafts

        lookup = self.recall.lookup
        return Drafts(self.project, self.settings, self.editions, self._clock, engines(), lookup)

    @cached_property
    def findings(self) -> Findings:
        """Quality checks."""
        from reviewtool.plugins.registry import checks
        from reviewtool.services.findings import Findings
        from reviewtool.services.quality import Quality

        quality = Quality(checks(), self.settings.checks_off, self.settings.check_options)
        return Findings(self.project, self.settings, self.editions, quality, self.review, self.terms)

    def terms(self, language: Language) -> Glossary:
        """The desk's terms in a target language, read again when their file has changed."""
        return self._glossaries.of(language)

    @cached_property
    def doctor(self) -> Doctor:
        """The state of the workspace as a whole."""
        from reviewtool.plugins.registry import checks, engines
        from reviewtool.services.founding import Doctor

        return Doctor(self.project, self.settings, self.editions, engines(), checks())

    def person(self, given: str) -> str:
        """The id of the person meant: an id, or exactly one person's name; InputError with the lines to add."""
        people = self.settings.policy.people
        if self.settings.policy.person(given) is not None:
            return given
        if given == DESK:
            raise InputError(f"{DESK!r} is whom drafts are recorded for, not a person: say who you are with --as.")
        wanted = given.casefold()
        named = [one.id for one in people if wanted in {name.casefold() for name in (one.name, *one.names.values())}]
        if len(named) == 1:
            return named[0]
        if named:
            raise InputError(f"{given!r} is the name of {len(named)} people here: give an id ({', '.join(named)}).")
        raise InputError(_unknown_person(given, [one.id for one in people]))


def _made_id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "someone"


def _unknown_person(given: str, known: list[str]) -> str:
    there = f" (there are {', '.join(known)})" if known else ""
    return (
        f"{given!r} is nobody at this desk{there}: add these lines to reviewtool.toml, or say who you are with --as.\n"
        f'[[people]]\nid = "{_made_id(given)}"\nname = {json.dumps(given, ensure_ascii=False)}'
    )
