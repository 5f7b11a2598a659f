"""Findings of whole editions: what the checks say, but for what somebody set aside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reviewtool.errors import InputError
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.glossary import Glossary
from reviewtool.model.language import Language
from reviewtool.model.ledger import Dismiss
from reviewtool.model.segment import text_hash
from reviewtool.model.standing import SegmentStanding
from reviewtool.plugins.protocols import CheckedSegment
from reviewtool.services.editions import Editions, OpenEdition, Unreadable
from reviewtool.services.quality import Found, Quality
from reviewtool.services.review import Review
from reviewtool.storage.project import Project, Settings, pass_labels

_STEP = 50
"""After how many segments progress is told."""


@dataclass(frozen=True, slots=True)
class EditionFinding:
    """A finding and where it is; ``segment`` is empty for one about the article as a whole."""

    article: str
    language: str
    segment: str
    id: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Checking:
    """How far checking has come: ``segment`` of ``segments`` in an edition of the ``number``-th of ``articles``.

    ``findings`` are those since the last one; an edition is done with when ``segment`` is ``segments``.
    """

    slug: str
    language: str
    number: int
    articles: int
    segment: int
    segments: int
    findings: tuple[EditionFinding, ...]


class Findings:
    """Runs the checks over editions; it writes only to set a finding aside.

    Args:
        project: where things lie.
        settings: the workspace's.
        editions: opens them.
        quality: the checks.
        review: sets findings aside.
        terms: gives the glossary of a language.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        editions: Editions,
        quality: Quality,
        review: Review,
        terms: Callable[[Language], Glossary],
    ) -> None:
        self._project = project
        self._settings = settings
        self._editions = editions
        self._quality = quality
        self._review = review
        self._terms = terms

    def check(self, slugs: Sequence[str] = (), to: str | None = None) -> Iterator[EditionFinding]:
        """What the checks find in these editions (all by default), what was dismissed left out."""
        for edition in self._editions.all(slugs, to):
            edition.record.sound()
            yield from self.of(edition)

    def of(self, edition: OpenEdition) -> Iterator[EditionFinding]:
        """What the checks find in an edition as it is open, what was dismissed left out."""
        yield from self._claims(edition)
        for found in self._each(edition):
            yield from found

    def on(self, edition: OpenEdition, segment: str, target: str | None = None) -> tuple[EditionFinding, ...]:
        """What the checks find in one segment; ``target`` is a text that is being typed in place of what stands."""
        one = edition.segment(segment)
        terms = self._terms(edition.language)
        (found,) = self._quality.examine([_checked(one, target)], edition.languages, terms)
        return _kept(edition, found, one.dismissed if target is None else _dismissed(edition, one, target))

    def run(self, slugs: Sequence[str] = (), to: str | None = None) -> Iterator[Checking | Unreadable]:
        """The same as :meth:`check`, with how far it has come; what cannot be read does not stop it."""
        asked = list(dict.fromkeys(slugs or self._project.slugs()))
        for edition in self._editions.each(slugs, to):
            if not isinstance(edition, Unreadable) and edition.record.faults:
                edition = Unreadable(edition.slug, edition.language.tag, str(edition.record.faults[0]))
            if isinstance(edition, Unreadable):
                yield edition
            else:
                yield from self._checking(edition, asked.index(edition.slug) + 1, len(asked))

    def _checking(self, edition: OpenEdition, number: int, articles: int) -> Iterator[Checking]:
        segments = len(edition.standing.segments)
        new = list(self._claims(edition))
        for count, found in enumerate(self._each(edition), start=1):
            new += found
            if count % _STEP == 0 and count < segments:
                yield Checking(edition.slug, edition.language.tag, number, articles, count, segments, tuple(new))
                new.clear()
        yield Checking(edition.slug, edition.language.tag, number, articles, segments, segments, tuple(new))

    def _each(self, edition: OpenEdition) -> Iterator[tuple[EditionFinding, ...]]:
        standings = edition.standing.segments.values()
        examined = self._quality.examine(map(_checked, standings), edition.languages, self._terms(edition.language))
        for one, found in zip(standings, examined, strict=True):
            yield _kept(edition, found, one.dismissed if found else ())

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


def _checked(one: SegmentStanding, target: str | None = None) -> CheckedSegment:
    """What checks see of a segment, with another target where one is given."""
    if target is None:
        return CheckedSegment(one.id, one.segment.kind, one.segment.source, one.segment.target, one.omitted)
    return CheckedSegment(one.id, one.segment.kind, one.segment.source, target)


def _kept(edition: OpenEdition, found: Iterable[Found], dismissed: Collection[str]) -> tuple[EditionFinding, ...]:
    return tuple(
        EditionFinding(edition.slug, edition.language.tag, one.segment, one.id, one.finding)
        for one in found
        if one.id not in dismissed
    )


def _dismissed(edition: OpenEdition, one: SegmentStanding, target: str) -> frozenset[str]:
    """The findings set aside on the present source and another target, which may stand there again."""
    texts = (one.source, text_hash(target))
    return frozenset(
        event.finding
        for event in edition.ledger.on(one.id)
        if isinstance(event, Dismiss) and (event.source, event.target) == texts
    )
