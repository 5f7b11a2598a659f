"""What the desk has approved, as units for its memory."""

from __future__ import annotations

from collections.abc import Iterator

from reviewtool.model.language import LanguagePair
from reviewtool.model.match import Unit
from reviewtool.model.segment import State
from reviewtool.services.editions import Editions, OpenEdition, Unreadable

_APPROVED = (State.REVIEWED, State.FINAL)


class Remembering:
    """Gives the reviewed texts of all editions in a pair of languages; an edition that cannot be read has none."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions

    def approved(self, languages: LanguagePair) -> Iterator[Unit]:
        """The approved units from a source to a target language; a monolingual edition has none."""
        if languages.monolingual:
            return
        for edition in self._editions.each():
            if not isinstance(edition, Unreadable) and _serves(edition.languages, languages):
                yield from _units(edition)


def _serves(pair: LanguagePair, wanted: LanguagePair) -> bool:
    return pair.source.matches(wanted.source) and pair.target.matches(wanted.target)


def _units(edition: OpenEdition) -> Iterator[Unit]:
    segments = edition.catalog.segments
    origin = f"{edition.slug}/{edition.language}"
    for number, one in enumerate(segments):
        if one.target and edition.standing.state(one.id) in _APPROVED:
            yield Unit(
                source=one.source,
                target=one.target,
                origin=origin,
                before=segments[number - 1].source if number else "",
                after=segments[number + 1].source if number + 1 < len(segments) else "",
            )
