"""Joining segments and splitting them: acts on how a text is cut, which the article itself does not show."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.model import acts
from reviewtool.model.catalog import Resegmentation, unused_id
from reviewtool.model.ledger import Join, Resegment, Split
from reviewtool.model.segment import Segment, same_text, text_hash
from reviewtool.model.splice import joint
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import Editions, OpenEdition
from reviewtool.services.recorder import Clock, Recorder
from reviewtool.services.review import acting_pass, check_text, refuse


@dataclass(frozen=True, slots=True)
class Resegmented:
    """What a join or split left: the edition, and its new segments by id, in order."""

    edition: OpenEdition
    segments: tuple[str, ...]


class Segmentation:
    """Joins and splits segments of an edition; each act is saved before it is acknowledged.

    The new segments have ids that none had before, and nobody's approvals; whose words their texts are is
    told by the record of what they were made of.
    """

    def __init__(self, editions: Editions, clock: Clock) -> None:
        self._editions = editions
        self._clock = clock

    def join(self, slug: str, to: str, segment: str, *, person: str, pass_name: str | None = None) -> Resegmented:
        """Make one segment of this and the next of its paragraph; raises Refused with the desk's reason."""
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            following = _following(edition, one)
            acting = acting_pass(edition.standing, person, pass_name)
            refuse(edition, one.id, acts.joining(edition.standing, person, acting, one, following))
            parts = (one, following) if following is not None else (one,)
            source, target = _joined(edition, parts)
            check_text(target)
            return self._record(edition, person, acting.name, Join, parts, [(source, target)])

    def split(
        self,
        slug: str,
        to: str,
        segment: str,
        at: int | str,
        *,
        person: str,
        target_at: int | str | None = None,
        pass_name: str | None = None,
    ) -> Resegmented:
        """Make two segments of one, cutting its source before the character ``at`` and its target before another.

        A cut may also be named by the words it comes right after (:func:`~reviewtool.model.cuts.after`).
        Without ``target_at`` the first one keeps all of the target, as a draft, and the second has none.
        Raises Refused with the desk's reason, and InputError for a cut that cannot be made.
        """
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            acting = acting_pass(edition.standing, person, pass_name)
            refuse(edition, one.id, acts.splitting(edition.standing, person, acting, one))
            texts = _split(one.segment, at, target_at)
            return self._record(edition, person, acting.name, Split, (one,), texts)

    def cut_for(self, edition: OpenEdition, segment: str, target_at: int) -> int | None:
        """Where to cut a segment's source when its target is cut before a character; None where it cannot be cut."""
        from reviewtool.model.cuts import matching

        one = edition.segment(segment).segment
        return matching(one.target, target_at, one.source, (edition.language, edition.article.language))

    def _record(
        self,
        edition: OpenEdition,
        person: str,
        pass_name: str,
        kind: type[Resegment],
        parts: tuple[SegmentStanding, ...],
        texts: list[tuple[str, str]],
    ) -> Resegmented:
        taken = {one.id for one in (*edition.catalog.segments, *edition.catalog.obsolete)} | edition.ledger.segments
        old = tuple(one.id for one in parts)
        new = tuple(
            Segment(unused_id(source, taken), source, target, parts[0].segment.kind) for source, target in texts
        )
        recorder = Recorder(edition, person, self._clock)
        for one in new:
            recorder.add(
                kind,
                segment=one.id,
                source=text_hash(one.source),
                target=text_hash(one.target),
                pass_=pass_name,
                parts=tuple((part.id, part.segment.source, part.segment.target) for part in parts),
                texts=(one.source, one.target),
            )
        saved = self._editions.resegment(edition, recorder.events, Resegmentation(old, new))
        return Resegmented(saved, tuple(one.id for one in new))


def _split(segment: Segment, at: int | str, target_at: int | str | None) -> list[tuple[str, str]]:
    """Source and target of both parts."""
    from reviewtool.model import cuts  # what it needs takes long to load

    source, target = segment.source, segment.target
    first, second = cuts.parted(source, at if isinstance(at, int) else cuts.after(source, at))
    place = cuts.after(target, target_at) if isinstance(target_at, str) else target_at
    if place is None or not target[place:].strip():
        return [(first, target), (second, "")]
    if not target[:place].strip():
        return [(first, ""), (second, target)]
    before, after = cuts.parted(target, place)
    return [(first, before), (second, after)]


def _following(edition: OpenEdition, one: SegmentStanding) -> SegmentStanding | None:
    """The segment that follows in the same line of the article."""
    segments = list(edition.standing.segments.values())
    place = segments.index(one) + 1
    if place == len(segments) or edition.article.passages[place].joint is None:
        return None
    return segments[place]


def _joined(edition: OpenEdition, parts: tuple[SegmentStanding, ...]) -> tuple[str, str]:
    """Source and target of two segments in one; a target that still is the source follows it."""
    first, second = (one.segment for one in parts)
    place = list(edition.standing.segments).index(second.id)
    source = f"{first.source}{edition.article.passages[place].joint or ''}{second.source}"
    if all(same_text(one.source, one.target) for one in (first, second)):
        return source, source
    if not first.target or not second.target:
        return source, first.target or second.target
    between = joint(first.target.rstrip(), second.target.lstrip(), edition.language)
    return source, f"{first.target.rstrip()}{between}{second.target.lstrip()}"
