"""This clone's own state: the write that is under way, so that a crash in its middle can be completed.

A write is noted here first, then recorded in the ledger, then put into the catalog. After a crash the
note tells this clone's unfinished write from every other difference, which is an outside change.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from reviewtool.errors import InputError
from reviewtool.model.language import Language
from reviewtool.storage import files
from reviewtool.storage.project import Project

_MOST_BYTES = 200_000_000


class PendingText(msgspec.Struct, frozen=True):
    """A text on its way into the catalog: put there only where the hash before it is still this one."""

    segment: str
    before: str
    text: str
    event: str


class PendingSegments(msgspec.Struct, frozen=True):
    """A join or split on its way into the catalog: segments by id with their sources and targets, before and after."""

    old: tuple[tuple[str, str, str], ...]
    new: tuple[tuple[str, str, str], ...]
    event: str


class Pending(msgspec.Struct, frozen=True):
    """The write that is under way in one edition, recorded for this person."""

    slug: str
    language: str
    person: str
    texts: tuple[PendingText, ...]
    segments: PendingSegments | None = None

    def concerns(self, slug: str, language: Language) -> bool:
        """Whether it is a write into this edition."""
        return (self.slug, self.language) == (slug, language.tag)


@dataclass(frozen=True)
class State:
    """The state of one clone of a workspace, below ``.reviewtool/state``."""

    project: Project

    def pending(self) -> Pending | None:
        """The write that a crash left unfinished; a note that was itself cut off is none."""
        path = self.project.state / "pending.json"
        if not path.exists():
            return None
        try:
            return msgspec.json.decode(files.read_bytes(path, limit=_MOST_BYTES, what="note"), type=Pending)
        except (msgspec.DecodeError, InputError):
            return None

    def note(self, pending: Pending | None) -> None:
        """Note the write about to be made, or, with None, that it is done."""
        path = self.project.state / "pending.json"
        if pending is None:
            files.remove(path, root=self.project.root)
            return
        before = None
        if path.exists():
            before = files.content_hash(files.read_bytes(path, limit=_MOST_BYTES, what="note"))
        files.replace(path, msgspec.json.encode(pending), expected=before, root=self.project.root)
