"""How the editions of a workspace stand, read one article after the other, and again when its files change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.services.editions import OpenEdition, Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.services.watching import Stamp
from reviewtool.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ArticleNews:
    """How the editions of one article stand now: none of them are left when it is gone; ``date`` is the article's."""

    slug: str
    date: str = ""
    editions: tuple[EditionStatus | Unreadable, ...] = ()


class Reading:
    """Reads what is new; it is asked again and again, from one thread.

    Args:
        workspace: whose editions are read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._desk: Stamp | None = None
        self._stamps: dict[str, Mapping[str, Stamp]] = {}
        self._tags = {one.tag for one in workspace.settings.targets}

    @property
    def slugs(self) -> frozenset[str]:
        """The articles that there are, as far as they were read."""
        return frozenset(self._stamps)

    def news(self) -> Iterator[ArticleNews]:
        """Every article that came, changed or went since this was last asked, each once it is read."""
        stamp = self.workspace.watching.desk()
        if stamp == self._desk:
            return
        slugs = self.workspace.project.slugs()
        for slug in self._stamps.keys() - set(slugs):
            yield self._gone(slug)
        for slug in slugs:
            before = self._stamps.get(slug)
            if before is None or self._stamped(slug, before) != before:
                yield self._read(slug)
        self._desk = stamp

    def _stamped(self, slug: str, tags: Iterable[str]) -> Mapping[str, Stamp]:
        return {tag: self.workspace.watching.stamp(slug, tag) for tag in tags}

    def _read(self, slug: str) -> ArticleNews:
        """How an article's editions stand. Their files are stamped before they are read, so that no change is missed.

        Which languages they are in is known only then: where one is met for the first time, it is done again.
        """
        while True:
            stamps = self._stamped(slug, tuple(self._tags))
            try:
                read = list(self.workspace.editions.each([slug]))
            except InputError:
                return self._gone(slug)
            tags = {_tag(one) for one in read}
            if tags <= stamps.keys():
                self._stamps[slug] = {tag: stamp for tag, stamp in stamps.items() if tag in tags or not tags}
                date = next((one.article.date for one in read if isinstance(one, OpenEdition)), "")
                return ArticleNews(slug, date, tuple(self._status(one) for one in read))
            self._tags |= tags

    def _gone(self, slug: str) -> ArticleNews:
        self._stamps.pop(slug, None)
        return ArticleNews(slug)

    def _status(self, edition: OpenEdition | Unreadable) -> EditionStatus | Unreadable:
        if isinstance(edition, Unreadable):
            return self._unreadable(edition.slug, edition.language, edition.reason)
        try:
            return self.workspace.overview.status(edition)
        except ReviewtoolError as error:
            return self._unreadable(edition.slug, edition.language.tag, str(error))

    def _unreadable(self, slug: str, tag: str, reason: str) -> Unreadable:
        """Why an edition cannot be read, with paths from the workspace's folder on."""
        return Unreadable(slug, tag, reason.replace(f"{self.workspace.project.root}/", ""))


def _tag(one: OpenEdition | Unreadable) -> str:
    return one.language if isinstance(one, Unreadable) else one.language.tag
