"""This clone's own state: the write that is under way, and what people typed and have not saved.

A write is noted here first, then recorded in the ledger, then put into the catalog. After a crash the
note tells this clone's unfinished write from every other difference, which is an outside change.

What somebody types is kept in one small file a segment, so that keeping one edit can never lose another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.model.language import Language
from reviewtool.storage import files
from reviewtool.storage.project import Project, is_slug

_MOST_BYTES = 200_000_000
_MOST_TYPED = 20_000_000


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


class Unfinished(msgspec.Struct, frozen=True):
    """What a person typed into a segment and has not saved.

    ``source`` and ``target`` are the hashes of the texts it was typed over, ``cursor`` is a place in
    ``text`` in characters, ``at`` the time of the last keystroke that was kept.
    """

    slug: str
    language: str
    person: str
    segment: str
    source: str
    target: str
    text: str
    cursor: int
    at: str


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
        else:
            self._put(path, msgspec.json.encode(pending))

    # Unfinished edits

    def keep_edit(self, edit: Unfinished) -> None:
        """Keep what was typed in place of what was kept for that segment; on the disk when this returns."""
        self._put(self._edit(edit.person, edit.slug, edit.language, edit.segment), msgspec.json.encode(edit))

    def drop_edit(self, edit: Unfinished) -> None:
        """Forget what was typed, if it is still kept."""
        files.remove(self._edit(edit.person, edit.slug, edit.language, edit.segment), root=self.project.root)

    def edits(self, person: str) -> Iterator[Unfinished]:
        """Everything kept for a person; a file that cannot be read as what its name says is passed over."""
        folder = self._edits(person)
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            try:
                edit = msgspec.json.decode(files.read_bytes(path, limit=_MOST_TYPED, what="edit"), type=Unfinished)
                is_its = path == self._edit(person, edit.slug, edit.language, edit.segment) and edit.person == person
            except (msgspec.DecodeError, ReviewtoolError):
                continue
            if is_its:
                yield edit

    def _edits(self, person: str) -> Path:
        return self.project.state / "unfinished" / _part(person)

    def _edit(self, person: str, slug: str, language: str, segment: str) -> Path:
        tag = Language.parse(language).tag
        return self._edits(person) / f"{_part(slug)}.{tag}.{_part(segment)}.json"

    def _put(self, path: Path, data: bytes) -> None:
        """Put a note in place of whatever stands there; the same is not written again."""
        before = files.read_bytes(path, limit=_MOST_BYTES, what="note") if path.exists() else None
        if before != data:
            expected = None if before is None else files.content_hash(before)
            files.replace(path, data, expected=expected, root=self.project.root)


def _part(name: str) -> str:
    """A name that may be part of a path; InputError for any other."""
    if not is_slug(name):
        raise InputError(f"{name!a} cannot be part of a file's name: use small letters, digits, - and _.")
    return name
