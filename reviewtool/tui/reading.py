"""How the editions of a workspace stand, read one article after the other, and again when its files change."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from reviewtool.errors import InputError, ReviewtoolError
from reviewtool.services.editions import OpenEdition, Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.services.watching import Stamp
from reviewtool.tui.session import Session
from reviewtool.workspace import Workspace

_AGAIN = 1.0
"""Seconds after which it is asked again whether files have changed."""
_AT_ONCE, _LATER = 0.1, 0.5
"""Seconds of reading after which what was read is told: the first screenful, and the rest."""
_BREATH, _LONG_BREATH = 0.001, 0.02
"""Seconds left to the keys after each article that is read, and after a key or while another screen is open."""
_KEYS_FIRST = 0.15
"""Seconds after a key in which nothing is read."""


@dataclass(frozen=True, slots=True)
class ArticleNews:
    """How the editions of one article stand now: none of them are left when it is gone; ``date`` is the article's."""

    slug: str
    date: str = ""
    editions: tuple[EditionStatus | Unreadable, ...] = ()


@dataclass
class ArticlesRead(Message):
    """Articles were read; when ``over``, ``slugs`` are all there are."""

    news: tuple[ArticleNews, ...]
    over: bool = False
    slugs: frozenset[str] = frozenset()


@dataclass
class SettingsChanged(Message):
    """Somebody changed ``reviewtool.toml``."""


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


class DeskReader:
    """Reads in a thread, and tells a screen; the keys come first.

    Args:
        session: whose workspace is read, the one that is open at the time.
        screen: gets :class:`ArticlesRead` and :class:`SettingsChanged`.
    """

    def __init__(self, session: Session, screen: Screen[Any]) -> None:
        self._session = session
        self._screen = screen
        self._wake = threading.Event()
        self._quiet_until = 0.0

    def look_again(self) -> None:
        """Something may have changed, or there is no more to do: do not wait."""
        self._wake.set()

    def give_way(self) -> None:
        """A key was pressed: read nothing for a moment."""
        self._quiet_until = time.monotonic() + _KEYS_FIRST

    def run(self) -> None:
        """Read everything, then what has changed, again and again until the worker is cancelled."""
        worker = get_current_worker()
        reading = Reading(self._session.workspace)
        settings = reading.workspace.watching.settings()
        while not worker.is_cancelled:
            self._wake.clear()
            if reading.workspace is not self._session.workspace:
                reading = Reading(self._session.workspace)
            if self._screen.is_active:
                self._tell(reading, worker)
            now = reading.workspace.watching.settings()
            if now != settings:
                settings = now
                self._screen.post_message(SettingsChanged())
            if not worker.is_cancelled:
                self._wake.wait(_AGAIN)

    def _tell(self, reading: Reading, worker: Worker[Any]) -> None:
        batch: list[ArticleNews] = []
        told, wait = time.monotonic(), _AT_ONCE
        for news in reading.news():
            batch.append(news)
            if time.monotonic() - told > wait:
                self._screen.post_message(ArticlesRead(tuple(batch)))
                batch, told, wait = [], time.monotonic(), _LATER
            self._breathe(worker)
            if worker.is_cancelled:
                return
        self._screen.post_message(ArticlesRead(tuple(batch), over=True, slugs=reading.slugs))

    def _breathe(self, worker: Worker[Any]) -> None:
        """Leave the processor to the keys, and to another screen: a thread at work makes them lag."""
        time.sleep(_BREATH)
        while not worker.is_cancelled and (time.monotonic() < self._quiet_until or not self._screen.is_active):
            time.sleep(_LONG_BREATH)


def _tag(one: OpenEdition | Unreadable) -> str:
    return one.language if isinstance(one, Unreadable) else one.language.tag
