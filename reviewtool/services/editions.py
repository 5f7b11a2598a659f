"""Opening and saving editions: article, catalog and ledger brought together, and kept together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from reviewtool.errors import InputError, ReviewtoolError, StorageError
from reviewtool.model.article import Article
from reviewtool.model.byline import BylineLine, HouseStyle, byline
from reviewtool.model.catalog import Catalog, Resegmentation, reconcile
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.ledger import AnyEvent, Ledger, Sign, Withdraw
from reviewtool.model.segment import Segment, same_text, text_hash
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding
from reviewtool.model.tiling import recut
from reviewtool.services.kept import Kept
from reviewtool.storage import catalogs, files, ledgers
from reviewtool.storage.catalogs import StoredCatalog
from reviewtool.storage.ledgers import StoredLedger
from reviewtool.storage.parsed import ParsedArticles
from reviewtool.storage.project import Project, Settings, is_slug
from reviewtool.storage.stamps import Seen
from reviewtool.storage.state import Pending, PendingSegments, PendingText, State

_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_SHORTEST = 4
"""The least digits of an id that stand for it."""


@dataclass(frozen=True)
class OpenEdition:
    """One edition as it is on disk now: the article, the texts in its order, the record, and how it stands.

    ``article`` is cut as the edition has it, where segments were joined or split, so that its passages and
    the segments are one to one; ``catalog`` is in line with it even where the file is not yet.
    """

    article: Article
    language: Language
    catalog: Catalog
    stored: StoredCatalog
    record: StoredLedger
    standing: Standing

    @property
    def slug(self) -> str:
        """The article's slug."""
        return self.article.slug

    @property
    def languages(self) -> LanguagePair:
        """From the article's language to the edition's."""
        return LanguagePair(self.article.language, self.language)

    @property
    def ledger(self) -> Ledger:
        """The record."""
        return self.record.ledger

    @cached_property
    def drafts(self) -> frozenset[str]:
        """The segments that no person has confirmed: what ``fuzzy`` marks in the catalog."""
        return frozenset(self.standing.drafts)

    def segment(self, given: str) -> SegmentStanding:
        """The segment meant; InputError where there is none, or where there are several.

        It is named by its id, by a beginning of it that no other has (4 digits at least), or by its number
        in the article (1 to 999).
        """
        segments = self.standing.segments
        if given in segments:
            return segments[given]
        if _NUMBER.fullmatch(given):
            found = list(segments.values())[int(given) - 1 : int(given)]
        else:
            found = [one for one in segments.values() if len(given) >= _SHORTEST and one.id.startswith(given)]
        if len(found) == 1:
            return found[0]
        what = f"several segments that begin with {given!r}" if found else f"no segment {given!r}"
        raise InputError(
            f"{self.slug} ({self.language}) has {what}: "
            f"`reviewtool segments {self.slug} --to {self.language}` lists them."
        )

    def byline(self, style: HouseStyle, *, draft: bool = False) -> tuple[BylineLine, ...]:
        """The byline as it stands; ``draft`` leaves the lines of the passes out."""
        return byline(self.standing, self.article.credits, style, draft=draft)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An edition that cannot be read, and why."""

    slug: str
    language: str
    reason: str


class Editions:
    """The editions of a workspace: which there are, reading one, and writing one under the workspace's lock.

    Args:
        project: where things lie.
        settings: the workspace's settings.
    """

    def __init__(self, project: Project, settings: Settings) -> None:
        self._project = project
        self._settings = settings
        self._state = State(project)
        self._articles = ParsedArticles(project, settings)
        self._kept = Kept(project)
        self._swept = False

    # What there is

    def article(self, slug: str) -> Article:
        """One article; InputError when there is none of this name."""
        if not self._is_there(slug):
            raise InputError(self._unknown(slug))
        return self._articles.read(slug)

    def _is_there(self, slug: str) -> bool:
        return is_slug(slug) and self._project.article(slug).exists()

    def _unknown(self, slug: str) -> str:
        slugs = self._project.slugs()
        if not slugs:
            return f"There is no article {slug!r}: the workspace is empty, `reviewtool add FILE` brings one in."
        return f"There is no article {slug!r} here; there are {', '.join(slugs[:8])}{' …' if len(slugs) > 8 else ''}."

    def languages(self, article: Article) -> tuple[Language, ...]:
        """The languages of an article's editions.

        Those of its ``targets``, which may hold its own language, else the workspace's but its own.
        """
        if article.targets is not None:
            return article.targets
        return tuple(one for one in self._settings.targets if one != article.language)

    def language(self, article: Article, tag: str) -> Language:
        """The edition language that this tag names: exactly, or as the only one it can mean; else InputError."""
        wanted = Language.parse(tag)
        languages = self.languages(article)
        if wanted in languages:
            return wanted
        close = [one for one in languages if one.matches(wanted)]
        if len(close) == 1:
            return close[0]
        there = ", ".join(one.tag for one in languages) or "none"
        raise InputError(
            f"{article.slug} has no edition in {wanted}; it has: {there} "
            "(target_languages in reviewtool.toml, or targets in the article)."
        )

    def each(self, slugs: Sequence[str] = (), to: str | None = None) -> Iterator[OpenEdition | Unreadable]:
        """The editions asked for (by default all); one that cannot be read does not hide the others.

        InputError for an article that was named and is not there, and for a language no edition has.
        """
        self._check_language(slugs, to)
        for slug in slugs or self._project.slugs():
            if slugs and not self._is_there(slug):
                raise InputError(self._unknown(slug))
            try:
                article = self.article(slug)
            except ReviewtoolError as error:
                tags = self._project.tags(slug) or (self._settings.targets[0].tag,)
                yield from (Unreadable(slug, tag, str(error)) for tag in tags)
                continue
            for language in self._wanted(article, to, bool(slugs)):
                yield self._attempt(article, language)

    def _check_language(self, slugs: Sequence[str], to: str | None) -> None:
        """InputError for a language that no article of the workspace is translated into."""
        if to is None or slugs:
            return
        wanted = Language.parse(to)
        if any(one.matches(wanted) for one in self._settings.targets):
            return
        for slug in self._project.slugs():
            try:
                languages = self.languages(self.article(slug))
            except ReviewtoolError:
                continue
            if any(one.matches(wanted) for one in languages):
                return
        raise InputError(f"No article here has an edition in {wanted} (target_languages in reviewtool.toml).")

    def _attempt(self, article: Article, language: Language) -> OpenEdition | Unreadable:
        try:
            return self._known(article.slug, language) or self._open(article, language)
        except ReviewtoolError as error:
            return Unreadable(article.slug, language.tag, str(error))

    def all(self, slugs: Sequence[str] = (), to: str | None = None) -> Iterator[OpenEdition]:
        """The editions asked for (by default all); the first that cannot be read is an error."""
        self._check_language(slugs, to)
        for slug in slugs or self._project.slugs():
            article = self.article(slug)
            for language in self._wanted(article, to, bool(slugs)):
                yield self._known(slug, language) or self._open(article, language)

    def _wanted(self, article: Article, to: str | None, named: bool) -> list[Language]:
        """The languages asked for; a named article must have an edition in them."""
        if to is None:
            return list(self.languages(article))
        wanted = Language.parse(to)
        languages = [one for one in self.languages(article) if one.matches(wanted)]
        if named and not languages:
            return [self.language(article, to)]
        return languages

    def open(self, slug: str, to: str | Language) -> OpenEdition:
        """One edition, as it is now; nothing is written."""
        before = Seen.now(self._project.article(slug))
        article = self._parsed(slug)
        language = self.language(article, str(to))
        return self._known(slug, language) or self._opened(article, language, before)

    def _parsed(self, slug: str) -> Article:
        """The article as it is now, cut by its sentences."""
        return self._kept.article(slug) or self.article(slug)

    def _known(self, slug: str, language: Language) -> OpenEdition | None:
        """The edition as it was opened before, if nothing has changed since."""
        return None if self._state.pending() else self._kept.edition(slug, language)

    def _opened(self, article: Article, language: Language, before: Seen) -> OpenEdition:
        """The edition opened and kept; ``before`` is the article's file before it was read."""
        others = self._kept.seen(article.slug, language)
        is_whole = self._state.pending() is None
        edition = self._open(article, language)
        if is_whole:
            self._kept.remember(edition, article, before, others)
        return edition

    def _open(self, article: Article, language: Language) -> OpenEdition:
        pending = self._state.pending()
        mine = pending if pending is not None and pending.concerns(article.slug, language) else None
        folder = self._project.ledger(article.slug, language)
        record = ledgers.read(folder, writing=mine.person if mine else None)
        stored = catalogs.read(self._project.catalog(article.slug, language), slug=article.slug, language=language)
        return self._edition(article, language, stored, record, mine)

    def _edition(
        self,
        article: Article,
        language: Language,
        stored: StoredCatalog,
        record: StoredLedger,
        pending: Pending | None,
    ) -> OpenEdition:
        read = stored.catalog if pending is None else _resegmented(stored.catalog, record.ledger, pending)
        article, catalog = self._in_line(article, language, read, record.ledger)
        if pending is not None:
            catalog = _carried_forward(catalog, record.ledger, pending)
        standing = Standing(article.slug, language, catalog.segments, record.ledger, self._settings.policy)
        return OpenEdition(article, language, catalog, stored, record, standing)

    def _in_line(self, article: Article, language: Language, read: Catalog, ledger: Ledger) -> tuple[Article, Catalog]:
        """Article and catalog one to one: the article cut as the catalog says, the catalog in its order."""
        cut = recut(article, read.segments, ledger.resegmented)
        catalog = reconcile(read, cut.passages, monolingual=article.language == language, used=ledger.segments)
        return cut, catalog

    def abandoned(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Slug, language tag and signers of every signed edition whose article is gone."""
        for slug, tag in self._project.orphans():
            ledger = ledgers.read(self._project.root / "locales" / tag / "ledger" / slug).ledger
            signed = [one.name for one in ledger.signatures if one.id not in ledger.withdrawn]
            if signed:
                yield slug, tag, tuple(dict.fromkeys(signed))

    # Writing

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace's lock; a write that a crash left unfinished is completed first."""
        with files.lock(self._project.state / "lock"):
            if not self._swept:
                self._project.sweep()
                self._swept = True
            self._recover()
            yield

    @contextmanager
    def writing(self, slug: str, to: str | Language) -> Iterator[OpenEdition]:
        """One edition, opened under the lock so that it can be saved; InputError when its record is broken."""
        with self.locked():
            edition = self.open(slug, to)
            edition.record.sound()
            yield edition

    def _recover(self) -> None:
        pending = self._state.pending()
        if pending is None:
            return
        if self._is_there(pending.slug):
            edition = self.open(pending.slug, pending.language)
            folder = self._project.ledger(edition.slug, edition.language)
            ledgers.set_aside(folder, pending.person, root=self._project.root, aside=self._torn)
            self.store(edition)
        self._state.note(None)

    @property
    def _torn(self) -> Path:
        return self._project.state / "torn"

    def save(self, edition: OpenEdition, events: Sequence[AnyEvent], texts: Mapping[str, str]) -> OpenEdition:
        """Record one person's events and put their texts into the catalog: the event first, then the text.

        Call it inside :meth:`writing`. Returns the edition as it is afterwards; when this returns, all of
        it is on the disk. Raises StorageError, and then nothing of it is.
        """
        if not events:
            return edition
        before = edition.standing.segments
        changed = {
            segment: text for segment, text in texts.items() if not same_text(before[segment].segment.target, text)
        }
        after = _after(edition, events, changed)
        return self._written(edition, after, events, _pending(edition, events, changed))

    def resegment(
        self, edition: OpenEdition, events: Sequence[AnyEvent], resegmentation: Resegmentation
    ) -> OpenEdition:
        """Record a join or split and put its segments into the catalog; the same holds as for :meth:`save`."""
        ledger = edition.ledger.extended(events)
        applied = resegmentation.applied(edition.catalog)
        article, catalog = self._in_line(self._parsed(edition.slug), edition.language, applied, ledger)
        standing = Standing(edition.slug, edition.language, catalog.segments, ledger, self._settings.policy)
        if any(one.id not in standing.segments for one in resegmentation.new):
            raise InputError(f"{edition.slug} ({edition.language}): the article cannot be cut here; nothing was done.")
        record = edition.record.extended(ledger, events)
        after = OpenEdition(article, edition.language, catalog, edition.stored, record, standing)
        return self._written(edition, after, events, _pending_segments(edition, events, resegmentation))

    def _written(
        self, before: OpenEdition, after: OpenEdition, events: Sequence[AnyEvent], pending: Pending
    ) -> OpenEdition:
        """Both halves of a write on the disk, or neither: the events, then the catalog of the edition to be."""
        known = self._kept.forget(before.slug, before.language)
        self._state.note(pending)
        folder = self._project.ledger(before.slug, before.language)
        appended = ledgers.append(folder, events, root=self._project.root, aside=self._torn)
        try:
            saved = self._store(after, _touched(before, after, events))
        except StorageError:
            ledgers.take_back(appended, root=self._project.root)
            self._state.note(None)
            raise
        self._state.note(None)
        if known is not None and known.edition is before:
            self._kept.renew(known, saved, [path for path, _ in appended])
        return saved

    def store(self, edition: OpenEdition) -> OpenEdition:
        """Bring the catalog's file in line with the edition; the same content is not written again."""
        return self._store(edition, None)

    def _store(self, edition: OpenEdition, touched: Collection[int] | None) -> OpenEdition:
        stored = catalogs.write(
            self._project.catalog(edition.slug, edition.language),
            edition.stored,
            edition.catalog,
            drafts=edition.drafts,
            article_path=self._project.relative(self._project.article(edition.slug)),
            root=self._project.root,
            touched=touched,
        )
        return replace(edition, stored=stored)


def _resegmented(catalog: Catalog, ledger: Ledger, pending: Pending) -> Catalog:
    """The catalog with this clone's own unfinished join or split, where its segments are as it found them."""
    if pending.segments is None or pending.segments.event not in ledger:
        return catalog
    found = {(one.id, text_hash(one.source), text_hash(one.target)) for one in catalog.segments}
    old = {(name, text_hash(source), text_hash(target)) for name, source, target in pending.segments.old}
    if not old <= found:
        return catalog
    new = tuple(Segment(*texts) for texts in pending.segments.new)
    return Resegmentation(tuple(name for name, _, _ in pending.segments.old), new).applied(catalog)


def _after(edition: OpenEdition, events: Sequence[AnyEvent], texts: Mapping[str, str]) -> OpenEdition:
    """The edition after these acts, its catalog not yet written; a catalog holds no line breaks around a text."""
    standing = edition.standing.extended(events, {segment: text.strip("\n") for segment, text in texts.items()})
    segments = list(edition.catalog.segments)
    for segment in texts:
        segments[standing.places[segment]] = standing.segments[segment].segment
    catalog = replace(edition.catalog, segments=tuple(segments)) if texts else edition.catalog
    record = edition.record.extended(standing.ledger, events)
    return OpenEdition(edition.article, edition.language, catalog, edition.stored, record, standing)


def _touched(before: OpenEdition, after: OpenEdition, events: Sequence[AnyEvent]) -> Collection[int] | None:
    """The places of the segments of which the catalog last written may have to say something else, if known."""
    places = after.standing.places
    # They are handed on only where the segments and their order stay.
    if before.stored.catalog is not before.catalog or places is not before.standing.places:
        return None
    named = {event.segment for event in events if not isinstance(event, Sign | Withdraw)}
    return [places[segment] for segment in after.ledger.descent(named) if segment in places]


def _carried_forward(catalog: Catalog, ledger: Ledger, pending: Pending) -> Catalog:
    """This clone's own unfinished write, completed: recorded in the ledger, not yet in the catalog."""
    texts = {one.segment: one for one in pending.texts if one.event in ledger}
    segments = tuple(
        replace(one, target=texts[one.id].text)
        if one.id in texts and text_hash(one.target) == texts[one.id].before
        else one
        for one in catalog.segments
    )
    return replace(catalog, segments=segments)


def _pending(edition: OpenEdition, events: Sequence[AnyEvent], texts: Mapping[str, str]) -> Pending:
    by_segment = {event.segment: event.id for event in events if not isinstance(event, Sign | Withdraw)}
    return Pending(
        edition.slug,
        edition.language.tag,
        events[0].person,
        tuple(
            PendingText(segment, edition.standing.segments[segment].target, text, by_segment[segment])
            for segment, text in texts.items()
        ),
    )


def _pending_segments(edition: OpenEdition, events: Sequence[AnyEvent], resegmentation: Resegmentation) -> Pending:
    old = tuple(_told(edition.catalog[one]) for one in resegmentation.old)
    segments = PendingSegments(old, tuple(map(_told, resegmentation.new)), events[-1].id)
    return Pending(edition.slug, edition.language.tag, events[0].person, (), segments)


def _told(segment: Segment) -> tuple[str, str, str]:
    return segment.id, segment.source, segment.target
