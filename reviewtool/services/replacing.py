"""Search and replace in the targets of one edition; what is replaced is an act like any other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reviewtool.model.segment import text_hash
from reviewtool.services.editions import OpenEdition
from reviewtool.services.review import Review
from reviewtool.services.searching import Search, Span

_STEP = 20
"""How many texts are saved together."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment in whose text the pattern stands, and where."""

    segment: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What would become of a segment's target: ``spans`` in ``before`` give way to ``new_spans`` in ``after``.

    ``draft``: no person has confirmed the text, and it stays a draft.
    """

    segment: str
    before: str
    after: str
    spans: tuple[Span, ...]
    new_spans: tuple[Span, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A segment's target was replaced, and saved; ``number`` of ``total`` are dealt with."""

    segment: str
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class ReplaceRefused:
    """A segment's target was not replaced, for this reason; ``number`` of ``total`` are dealt with."""

    segment: str
    reason: str
    number: int
    total: int


class Replacing:
    r"""Finds patterns in an open edition, shows what replacing them would come to, and does it.

    A pattern is plain text, or, with ``regex``, a regular expression, in whose replacement ``\1`` and
    ``\g<name>`` are what a group found. Patterns that cannot be used, or take too long, raise InputError.
    """

    def __init__(self, review: Review) -> None:
        self._review = review

    def find(
        self, edition: OpenEdition, pattern: str, *, regex: bool = False, case: bool = True, sources: bool = False
    ) -> tuple[Hit, ...]:
        """The segments in whose targets (or ``sources``) the pattern stands, in the article's order."""
        search = Search(pattern, is_regular=regex, case=case)
        texts = (
            (one.id, one.segment.source if sources else one.segment.target)
            for one in edition.standing.segments.values()
        )
        return tuple(Hit(segment, spans) for segment, text in texts if (spans := search.spans(text)))

    def preview(
        self,
        edition: OpenEdition,
        pattern: str,
        replacement: str,
        *,
        regex: bool = False,
        case: bool = True,
        segments: Collection[str] | None = None,
    ) -> tuple[Replacement, ...]:
        """What replacing would change, in the article's order; ``segments`` None means everywhere."""
        search = Search(pattern, is_regular=regex, case=case)
        search.check(replacement)
        found: list[Replacement] = []
        for one in edition.standing.segments.values():
            if segments is not None and one.id not in segments:
                continue
            before = one.segment.target
            after, spans, new_spans = search.replaced(before, replacement)
            if text_hash(after) != one.target:
                found.append(Replacement(one.id, before, after, spans, new_spans, one.draft))
        return tuple(found)

    def run(
        self,
        slug: str,
        to: str,
        replacements: Sequence[Replacement],
        *,
        person: str,
        pass_name: str | None = None,
    ) -> Iterator[Replaced | ReplaceRefused]:
        """Replace the texts as they were shown; one that is another by now is not touched.

        Each is told once it is saved. The desk's rules hold as for writing: what is replaced in a draft stays a
        draft, and everywhere else the person becomes a writer of the text.
        """
        total = len(replacements)
        for done in range(0, total, _STEP):
            batch = replacements[done : done + _STEP]
            texts = {one.segment: (text_hash(one.before), one.after) for one in batch}
            outcome = self._review.rewrite(slug, to, texts, person=person, pass_name=pass_name)
            reasons = {one.id: one.reason for one in outcome.refused}
            for number, one in enumerate(batch, start=done + 1):
                if one.segment in reasons:
                    yield ReplaceRefused(one.segment, reasons[one.segment], number, total)
                else:
                    yield Replaced(one.segment, number, total)
