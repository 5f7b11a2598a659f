"""Findings of whole editions: what the checks say, but for what somebody set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewtool.errors import InputError
from reviewtool.model.finding import Finding, Severity
from reviewtool.plugins.protocols import CheckedSegment
from reviewtool.services.editions import Editions, OpenEdition
from reviewtool.services.quality import Quality
from reviewtool.services.review import Review
from reviewtool.storage import glossary
from reviewtool.storage.project import Project, Settings, pass_labels


@dataclass(frozen=True, slots=True)
class EditionFinding:
    """A finding and where it is; ``segment`` is empty for one about the article as a whole."""

    article: str
    language: str
    segment: str
    id: str
    finding: Finding


class Findings:
    """Runs the checks over editions; it writes only to set a finding aside."""

    def __init__(
        self, project: Project, settings: Settings, editions: Editions, quality: Quality, review: Review
    ) -> None:
        self._project = project
        self._settings = settings
        self._editions = editions
        self._quality = quality
        self._review = review

    def check(self, slugs: Sequence[str] = (), to: str | None = None) -> Iterator[EditionFinding]:
        """What the checks find in these editions (all by default), what was dismissed left out."""
        for edition in self._editions.all(slugs, to):
            edition.record.sound()
            yield from self._claims(edition)
            yield from self._of(edition)

    def _of(self, edition: OpenEdition) -> Iterator[EditionFinding]:
        terms = glossary.read(self._project.glossary(edition.language), edition.language)
        standings = edition.standing.segments
        segments = [
            CheckedSegment(one.id, one.segment.kind, one.segment.source, one.segment.target, one.omitted)
            for one in standings.values()
        ]
        for found in self._quality.examine(segments, edition.languages, terms):
            if found.id not in standings[found.segment].dismissed:
                yield EditionFinding(edition.slug, edition.language.tag, found.segment, found.id, found.finding)

    def _claims(self, edition: OpenEdition) -> Iterator[EditionFinding]:
        """Front matter that claims a line of the byline which only signatures fill."""
        reserved = pass_labels(self._settings, edition.language) | pass_labels(self._settings, edition.article.language)
        names = {one.name for one in self._settings.policy.passes} | {one.role for one in self._settings.policy.passes}
        for key in edition.article.keys:
            if key.casefold() in (reserved | names) - {"author"}:
                message = f"The front matter claims {key!r}, a line of the byline that only signatures fill: remove it."
                finding = Finding("byline", Severity.ERROR, message)
                yield EditionFinding(edition.slug, edition.language.tag, "", f"byline:{edition.slug}", finding)

    def dismiss(self, finding: str, reason: str, *, person: str) -> EditionFinding:
        """Set a finding aside, on exactly the texts it is about; InputError when there is none of this id."""
        for one in self.check():
            if one.id == finding and one.segment:
                self._review.dismiss(one.article, one.language, one.segment, finding, reason, person=person)
                return one
        raise InputError(f"There is no finding {finding!r} on a segment now: `reviewtool check` lists them.")
