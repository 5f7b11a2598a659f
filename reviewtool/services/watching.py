"""Watching: whether another program changed what is shown, told by what the file system says of the files.

Asking often is cheap, so nothing is subscribed to. Take a stamp before opening what it is of: then a
change that comes in between is seen the next time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reviewtool.model.language import Language
from reviewtool.storage.ledgers import SUFFIX
from reviewtool.storage.project import Project

Stamp = tuple[object, ...]
"""What files looked like: equal while nobody wrote one of them, added one, or took one away."""


class Watching:
    """Stamps of the files of a workspace; none of them is opened."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def stamp(self, slug: str, language: str | Language) -> Stamp:
        """Of all that one edition is made of: article, catalog, record, terms, and the settings."""
        edition = language if isinstance(language, Language) else Language.parse(language)
        project = self._project
        alone = (project.article(slug), project.catalog(slug, edition), project.glossary(edition), project.settings)
        return (*map(_facts, alone), *_within(project.ledger(slug, edition), SUFFIX))

    def desk(self) -> Stamp:
        """Of all that a list of the workspace's editions shows."""
        locales = self._project.root / "locales"
        return (
            _facts(self._project.settings),
            *_within(self._project.articles, ".md"),
            *(facts for folder in sorted(locales.glob("*/LC_MESSAGES")) for facts in _within(folder, ".po")),
            *(facts for folder in sorted(locales.glob("*/ledger/*")) for facts in _within(folder, SUFFIX)),
        )

    def settings(self) -> Stamp:
        """Of ``reviewtool.toml``: when it has changed, the workspace has to be opened again."""
        return (_facts(self._project.settings),)


def _facts(path: Path) -> object:
    """What tells a file from what it was; None when it is not there."""
    with suppress(OSError):
        return _told(path.stat())
    return None


def _within(folder: Path, suffix: str) -> Iterator[object]:
    """The same, with their names, for the files in a folder whose names end so."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted((one for one in entries if one.name.endswith(suffix)), key=lambda one: one.name):
            yield entry.name, _told(entry.stat())


def _told(facts: os.stat_result) -> tuple[int, int, int]:
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
