"""The desk at a glance: how every edition stands and what waits for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewtool.errors import ReviewtoolError
from reviewtool.model.byline import BylineLine, HouseStyle
from reviewtool.model.language import LanguagePair
from reviewtool.model.segment import State
from reviewtool.model.signoff import PassStanding
from reviewtool.model.waiting import Waiting, waiting
from reviewtool.services.editions import Editions, OpenEdition, Unreadable


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """How one edition stands."""

    slug: str
    title: str
    languages: LanguagePair
    segments: int
    states: Mapping[State, int]
    passes: tuple[PassStanding, ...]
    byline: tuple[BylineLine, ...]
    waiting: Mapping[str, tuple[Waiting, ...]]
    final: bool


class Overview:
    """Reads how editions stand; it writes nothing."""

    def __init__(self, editions: Editions, style: HouseStyle) -> None:
        self._editions = editions
        self._style = style

    def editions(self, slugs: Sequence[str] = (), to: str | None = None) -> Iterator[EditionStatus | Unreadable]:
        """Every edition asked for; one that cannot be read does not hide the others."""
        for edition in self._editions.each(slugs, to):
            yield edition if isinstance(edition, Unreadable) else self._attempt(edition)

    def _attempt(self, edition: OpenEdition) -> EditionStatus | Unreadable:
        try:
            return self.status(edition)
        except ReviewtoolError as error:
            return Unreadable(edition.slug, edition.language.tag, str(error))

    def status(self, edition: OpenEdition) -> EditionStatus:
        """How one edition stands."""
        edition.record.sound()
        standing = edition.standing
        counts = Counter(standing.state(segment) for segment in standing.segments)
        return EditionStatus(
            slug=edition.slug,
            title=edition.article.title,
            languages=edition.languages,
            segments=len(standing.segments),
            states={state: counts[state] for state in State},
            passes=tuple(standing.passes.values()),
            byline=edition.byline(self._style),
            waiting=waiting(standing),
            final=standing.final,
        )
