"""Articles as parsed before: reading one that has not changed needs neither the parser nor the time it takes."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewtool.model.article import Article
from reviewtool.storage import cache, files
from reviewtool.storage.project import Project, Settings
from reviewtool.storage.stamps import Stamp, stamp

_FORM = 2
"""What is kept of an article; another number where that changes."""


class _Key(msgspec.Struct, frozen=True):
    """What an article was parsed from, and how it was cut."""

    form: int
    stamp: Stamp
    language: str
    front: tuple[str, ...]
    by_sentence: bool


class _Kept(msgspec.Struct, frozen=True):
    key: _Key
    article: Article


class ParsedArticles:
    """Reads a workspace's articles by way of ``.reviewtool/cache/articles``."""

    def __init__(self, project: Project, settings: Settings) -> None:
        self._project = project
        self._settings = settings

    def read(self, slug: str) -> Article:
        """The article; InputError when it cannot be used, StorageError when it cannot be read."""
        path = files.inside(self._project.article(slug), self._project.root)
        place = self._project.cache / "articles" / f"{slug}.msgpack"
        key = self._key(path)
        kept = cache.load(place, _Kept) if key else None
        if kept is not None and kept.key == key:
            return kept.article
        article = self._parse(path, slug)
        if key is not None:
            cache.keep(place, _Kept(key, article), root=self._project.root)
        return article

    def _parse(self, path: Path, slug: str) -> Article:
        from reviewtool.storage import articles

        return articles.read(
            path,
            slug=slug,
            default_language=self._settings.source,
            front=self._settings.front,
            sentences=self._settings.by_sentence,
        )

    def _key(self, path: Path) -> _Key | None:
        """What identifies the file's content; None for a file too fresh for its time to do so."""
        present = stamp(path)
        if present is None or not present.is_settled:
            return None
        settings = self._settings
        return _Key(_FORM, present, settings.source.tag, settings.front, settings.by_sentence)
