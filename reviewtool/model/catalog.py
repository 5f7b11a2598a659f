"""Catalogs: the ordered segments of one article in one language, and how they follow a changed source."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reviewtool.model.article import Passage
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind, Segment, same_text

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The present translation of one article: live segments in the article's order, and obsolete ones.

    As read from a file the order is the file's, ``paragraph`` is not known, and ``kind`` only as far as
    the file notes it; :func:`reconcile` gives all three.
    """

    slug: str
    language: Language
    segments: tuple[Segment, ...] = ()
    obsolete: tuple[Segment, ...] = ()
    _by_id: dict[str, Segment] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, segment: str) -> Segment:
        """The live segment with this id; KeyError when there is none."""
        if not self._by_id:
            self._by_id.update((one.id, one) for one in self.segments)
        return self._by_id[segment]


@dataclass(frozen=True, slots=True)
class Resegmentation:
    """What a join or split does to a catalog: segments by id that go, and those that take their place."""

    old: tuple[str, ...]
    new: tuple[Segment, ...]

    def applied(self, catalog: Catalog) -> Catalog:
        """The catalog with the new segments where the first of the old ones was, and these obsolete."""
        place = next(index for index, one in enumerate(catalog.segments) if one.id in self.old)
        kept = [one for one in catalog.segments if one.id not in self.old]
        gone = tuple(_without_place(one) for one in catalog.segments if one.id in self.old)
        return replace(catalog, segments=(*kept[:place], *self.new, *kept[place:]), obsolete=(*catalog.obsolete, *gone))


def reconcile(
    catalog: Catalog, passages: Sequence[Passage], *, monolingual: bool = False, used: Collection[str] = ()
) -> Catalog:
    """The catalog brought in line with the article as it is now; ``used`` are ids that the record names.

    Which segment a passage continues is said by :func:`~reviewtool.model.alignment.align`; equal sources
    among themselves are told apart by the order of their birth, never by the order of the file.

    A changed segment keeps its target, and in ``previous_source`` the source that target was made for; a
    vanished one becomes obsolete with all it has; a passage whose text an obsolete segment has gets a new id
    and that one's target. In a ``monolingual`` catalog a target follows the source until somebody changes it.
    """
    taken = {one.id for one in (*catalog.segments, *catalog.obsolete)} | set(used)
    pairs = _aligned(catalog.segments, passages, taken)
    returning = {_key(one.source): one for one in catalog.obsolete if one.target}
    bearers = [
        catalog.segments[pairs[place]]
        if place in pairs
        else _newborn(passage.text, returning.get(_key(passage.text)), taken, monolingual)
        for place, passage in enumerate(passages)
    ]
    settled = _told_apart(bearers, passages, taken)
    live = tuple(_follow(one, passage, monolingual) for one, passage in zip(settled, passages, strict=True))
    kept = set(pairs.values())
    vanished = tuple(one for place, one in enumerate(catalog.segments) if place not in kept)
    return replace(catalog, segments=live, obsolete=catalog.obsolete + vanished)


def _without_place(segment: Segment) -> Segment:
    """The segment as an obsolete one, which a file holds without its kind and paragraph."""
    return replace(segment, kind=Kind.PARAGRAPH, paragraph=0)


def birth_id(source: str, counter: int = 0) -> str:
    """The id of the segment born with this source when ``counter`` ids of it were already given.

    It is the first 12 hex digits of the SHA-256 of the source's NFC form without outer white space, followed,
    where the counter is not 0, by NUL and the counter in decimal.
    """
    text = _key(source) + (f"\0{counter}" if counter else "")
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def unused_id(source: str, taken: set[str]) -> str:
    """An id for a segment born with this source that was never given before; it is taken from now on."""
    counter = 0
    while (given := birth_id(source, counter)) in taken:
        counter += 1
    taken.add(given)
    return given


def _newborn(source: str, returning: Segment | None, taken: set[str], monolingual: bool) -> Segment:
    given = unused_id(source, taken)
    if returning is not None:
        return Segment(given, source, returning.target, previous_source=returning.previous_source)
    return Segment(given, source, source if monolingual else "")


def _follow(segment: Segment, passage: Passage, monolingual: bool) -> Segment:
    """The segment with the passage's text and place."""
    target, previous = segment.target, segment.previous_source
    is_changed = not same_text(segment.source, passage.text)
    if is_changed and monolingual and same_text(target, segment.source):
        target, previous = passage.text, None
    elif is_changed and target and previous is None:
        previous = segment.source
    if previous is not None and same_text(previous, passage.text):
        previous = None
    followed = Segment(segment.id, passage.text, target, passage.kind, passage.paragraph, previous)
    return segment if followed == segment else followed


def _aligned(old: Sequence[Segment], new: Sequence[Passage], taken: Collection[str]) -> dict[int, int]:
    """The place of the segment that each passage continues."""
    # Where no segment is a headline, the file had no kinds noted, and nothing can be said of them.
    is_noted = any(one.kind is Kind.HEADLINE for one in old)
    before = [(_key(one.source), is_noted and one.kind is Kind.HEADLINE) for one in old]
    after = [(_key(one.text), is_noted and one.kind is Kind.HEADLINE) for one in new]
    if before == after:
        return dict(zip(range(len(after)), range(len(before)), strict=True))
    from reviewtool.model.alignment import align  # rapidfuzz takes long to load, and most articles have not changed

    groups = _grouped(text for text, _ in before)
    by_age = [place for text in sorted(groups) for place in _by_birth(groups[text], old, text, taken)]
    return align(before, after, by_age)


def _told_apart(bearers: Sequence[Segment], passages: Sequence[Passage], taken: Collection[str]) -> list[Segment]:
    """The segments with those of each text in the order of their birth, so that the same get the same places."""
    settled = list(bearers)
    for (text, _), places in _grouped((_key(one.text), one.kind is Kind.HEADLINE) for one in passages).items():
        for place, bearer in zip(places, _by_birth(places, bearers, text, taken), strict=True):
            settled[place] = bearers[bearer]
    return settled


def _by_birth(places: list[int], segments: Sequence[Segment], text: str, taken: Collection[str]) -> list[int]:
    """Places of segments in the order in which they were born with this text; others' come last."""
    if len(places) == 1:
        return places
    births: dict[str, int] = {}
    while (given := birth_id(text, len(births))) in taken:
        births[given] = len(births)
    return sorted(places, key=lambda place: (births.get(segments[place].id, len(births)), segments[place].id))


def _grouped(values: Iterable[_Value]) -> dict[_Value, list[int]]:
    groups: dict[_Value, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        groups[value].append(place)
    return groups
