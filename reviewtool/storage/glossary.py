"""Glossaries on disk: tab-separated terms in UTF-8."""

from __future__ import annotations

from pathlib import Path

from reviewtool.model.glossary import Glossary, parse
from reviewtool.model.language import Language
from reviewtool.storage.files import decode, read_bytes, shown

LIMIT = 10_000_000
"""The largest glossary read, in bytes."""


def read(path: Path, language: Language) -> Glossary:
    """The glossary of this target language; without terms when there is no such file.

    Raises InputError naming file and line when it cannot be understood, StorageError when it cannot be read.
    """
    if not path.exists():
        return Glossary(language)
    return parse(decode(read_bytes(path, limit=LIMIT, what="the glossary"), path), language, shown(path))
