"""Glossaries on disk: tab-separated terms in UTF-8."""

from __future__ import annotations

from pathlib import Path

from reviewtool.model.glossary import Glossary, parse
from reviewtool.model.language import Language
from reviewtool.storage.files import decode, read_bytes, shown
from reviewtool.storage.project import Project

LIMIT = 10_000_000
"""The largest glossary read, in bytes."""


def read(path: Path, language: Language) -> Glossary:
    """The glossary of this target language; without terms when there is no such file.

    Raises InputError naming file and line when it cannot be understood, StorageError when it cannot be read.
    """
    if not path.exists():
        return Glossary(language)
    return parse(decode(read_bytes(path, limit=LIMIT, what="the glossary"), path), language, shown(path))


class Glossaries:
    """The glossaries of a workspace, each kept until its file changes."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._kept: dict[Language, tuple[object, Glossary]] = {}

    def of(self, language: Language) -> Glossary:
        """The glossary of this target language; errors as :func:`read`."""
        path = self._project.glossary(language)
        stamp = _stamp(path)
        known = self._kept.get(language)
        if known is None or known[0] != stamp:
            known = self._kept[language] = (stamp, read(path, language))
        return known[1]


def _stamp(path: Path) -> object:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
