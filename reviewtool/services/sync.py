"""Bringing articles in, and catalogs in line with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reviewtool.errors import InputError, StorageError
from reviewtool.model.article import Article
from reviewtool.services.editions import Editions, OpenEdition
from reviewtool.storage import articles, files, pictures
from reviewtool.storage.project import Project, Settings

if TYPE_CHECKING:
    from reviewtool.services.proposals import Proposal, Proposals


@dataclass(frozen=True, slots=True)
class Added:
    """An article came in, or was there already (``new`` False); warnings are sentences."""

    slug: str
    new: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Synced:
    """An edition's catalog is in line with its article: how many segments are new, changed, gone.

    ``moved``: those that were there stand in another order.
    """

    slug: str
    source: str
    language: str
    segments: int
    added: int
    changed: int
    gone: int
    moved: bool
    written: bool


class Sync:
    """Articles in, catalogs in line; finished work is kept, and doing it twice changes nothing."""

    def __init__(self, project: Project, settings: Settings, editions: Editions) -> None:
        self._project = project
        self._settings = settings
        self._editions = editions

    def run(self, slugs: Sequence[str] = ()) -> Iterator[Synced]:
        """Bring the catalogs of these articles (default: all) in line; each is yielded once it is saved."""
        for slug in slugs or self._project.slugs():
            for language in self._editions.languages(self._editions.article(slug)):
                with self._editions.locked():
                    synced = self._sync(self._editions.open(slug, language))
                yield synced

    def _sync(self, edition: OpenEdition) -> Synced:
        edition.record.sound()
        before = {one.id: one for one in edition.stored.catalog.segments}
        still = [one.id for one in edition.catalog.segments if one.id in before]
        saved = self._editions.store(edition)
        return Synced(
            edition.slug,
            edition.article.language.tag,
            edition.language.tag,
            segments=len(edition.catalog.segments),
            added=sum(1 for one in edition.catalog.segments if one.id not in before),
            changed=sum(
                1 for one in edition.catalog.segments if one.id in before and one.source != before[one.id].source
            ),
            gone=len(before.keys() - {one.id for one in edition.catalog.segments}),
            moved=still != [segment for segment in before if segment in set(still)],
            written=saved.stored.hash != edition.stored.hash,
        )

    def add(
        self, name: str, data: bytes, *, slug: str | None = None, folder: Path | None = None
    ) -> Iterator[Added | Synced]:
        """Bring one article in and sync it.

        ``name`` is the file's name, ``folder`` where it lay: pictures it names are brought along from
        there. An article of the same content may be there already; one of another content is not touched.
        """
        chosen = articles.slug_of(name if slug is None else slug)
        article = articles.parse(
            data,
            name=name,
            slug=chosen,
            default_language=self._settings.source,
            front=self._settings.front,
            sentences=self._settings.by_sentence,
        )
        if not article.passages:
            raise InputError(f"{name!a} holds no text to translate; nothing was brought in.")
        with self._editions.locked():
            new = self._store(chosen, data)
        try:
            synced = list(self.run([chosen]))
        except StorageError:
            if new:
                self._take_back(chosen)
            raise
        warnings = self._bring_pictures(article, folder)
        yield Added(chosen, new, (*article.warnings, *warnings, *self._without_edition(article)))
        yield from synced

    @cached_property
    def _proposals(self) -> Proposals:
        # Imported here: no other way of bringing articles in needs it.
        from reviewtool.services.proposals import Proposals

        return Proposals(self._project, self._settings)

    def propose(self, text: str, *, slug: str | None = None, language: str | None = None) -> Proposal:
        """What a pasted text would come in as, see :meth:`Proposals.of`; nothing is written."""
        return self._proposals.of(text, slug=slug, language=language)

    def paste(self, text: str, *, slug: str | None = None, language: str | None = None) -> Iterator[Added | Synced]:
        """Bring a pasted text in as :meth:`propose` says, and sync it; one that is here already is only synced."""
        from reviewtool.services.proposals import PASTED

        proposal = self.propose(text, slug=slug, language=language)
        for event in self.add(PASTED, proposal.text.encode(), slug=proposal.slug):
            if isinstance(event, Added):
                event = replace(event, warnings=tuple(dict.fromkeys((*proposal.warnings, *event.warnings))))
            yield event

    def _store(self, slug: str, data: bytes) -> bool:
        path = self._project.article(slug)
        if not path.exists():
            clash = next((one for one in self._project.articles.glob("*") if one.name.casefold() == path.name), None)
            if clash is not None:
                raise InputError(f"{clash.name} is there already, which some systems take for the same file.")
            files.create(path, data, root=self._project.root)
            return True
        if files.read_bytes(path, limit=articles.MOST_BYTES, what="article") != data:
            raise InputError(
                f"{self._project.relative(path)} is there already with another text: edit it there and run "
                "`reviewtool sync`, or bring the new one in under another name with --slug."
            )
        return False

    def _take_back(self, slug: str) -> None:
        """Remove an article whose catalogs could not be made, with those that were."""
        for path in (self._project.article(slug), *self._project.root.glob(f"locales/*/LC_MESSAGES/{slug}.po")):
            files.remove(path, root=self._project.root)

    def _bring_pictures(self, article: Article, folder: Path | None) -> tuple[str, ...]:
        if folder is not None and folder.resolve() != self._project.articles.resolve():
            pictures.bring(self._project, article.pictures, folder)
        return pictures.missing(self._project, article.pictures)

    def _without_edition(self, article: Article) -> tuple[str, ...]:
        if self._editions.languages(article):
            return ()
        sentence = (
            f"{article.slug} is in {article.language} and has no edition: name its languages in target_languages "
            "(reviewtool.toml) or in its own targets"
        )
        return (sentence,)
