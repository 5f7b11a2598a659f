"""Whether a file still holds what was read from it, told by its size, time and number, and by its content in doubt."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

_SETTLED = 2.0
"""Seconds after which a file's time tells a later change: some file systems count in whole seconds."""


class Stamp(msgspec.Struct, frozen=True):
    """What the file system says of a file's content: size in bytes, time of change in ns, number of the file."""

    size: int
    time: int
    number: int

    @property
    def is_settled(self) -> bool:
        """Whether any change from now on would get another time."""
        return time.time() - self.time / 1e9 >= _SETTLED


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file now; None where there is none."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(facts.st_size, facts.st_mtime_ns, facts.st_ino)


class Content:
    """What a file holds, known by its hash alone; it can go on without being read again."""

    def __init__(self, data: bytes = b"") -> None:
        self._hash = hashlib.sha256(data)

    def followed_by(self, data: bytes) -> Content:
        """The content with more at its end."""
        longer = Content()
        longer._hash = self._hash.copy()
        longer._hash.update(data)
        return longer

    def is_in(self, path: Path) -> bool:
        """Whether a file holds this."""
        with path.open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").digest() == self._hash.digest()


def _unknown(_: Path) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was when it was read or written: its stamp, and what knows its content again.

    ``sure``: the stamp was settled before the content was read, so that it alone tells any change.
    """

    path: Path
    stamp: Stamp | None
    sure: bool
    is_same: Callable[[Path], bool] = _unknown

    @classmethod
    def now(cls, path: Path) -> Seen:
        """A file that is about to be read."""
        present = stamp(path)
        return cls(path, present, present is None or present.is_settled)

    def again(self) -> Seen | None:
        """The file looked at again: None when it holds something else."""
        present = Seen.now(self.path)
        if present.stamp != self.stamp:
            return None
        if self.sure:
            return self
        return replace(self, sure=present.sure) if self._holds_the_same() else None

    def _holds_the_same(self) -> bool:
        try:
            return self.is_same(self.path)
        except OSError:
            return False
