"""Catalogs: the ordered segments of one article in one language, and how they follow a changed source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviewtool.model.article import Passage
from reviewtool.model.language import Language
from reviewtool.model.segment import Segment


@dataclass(frozen=True, slots=True)
class Catalog:
    """The present translation of one article: live segments in the article's order, and obsolete ones.

    As read from a file the order is the file's, and ``kind`` and ``paragraph`` are not yet known;
    :func:`reconcile` gives both.
    """

    slug: str
    language: Language
    segments: tuple[Segment, ...] = ()
    obsolete: tuple[Segment, ...] = ()

    def __getitem__(self, segment: str) -> Segment:
        """The live segment with this id; KeyError when there is none."""
        return next(one for one in self.segments if one.id == segment)


def reconcile(
    catalog: Catalog, passages: Sequence[Passage], *, monolingual: bool = False, used: Collection[str] = ()
) -> Catalog:
    """The catalog brought in line with the article as it is now."""
    raise NotImplementedError
