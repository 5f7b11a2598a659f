"""Editions as a writer receives them: source and target aligned, with byline, credits and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reviewtool.model.byline import BylineLine
from reviewtool.model.language import LanguagePair
from reviewtool.model.segment import Kind, State


@dataclass(frozen=True, slots=True)
class EditionSegment:
    """One segment in both languages; ``omitted`` means it is left out of the target on purpose."""

    id: str
    kind: Kind
    paragraph: int
    source: str
    target: str
    state: State
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class EditionBlock:
    """A block of the body in both languages, as Markdown; ``name`` as in ``article.Block``.

    ``target`` is empty when all of the block's segments are omitted.
    """

    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the article names: the address as written, its media type, its bytes."""

    address: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edition:
    """One article in one language, ready to be written out.

    ``final`` False means it must be marked as a draft. ``notes`` are sentences of the record to print with it (what an
    editor settled). ``pictures`` maps addresses to pictures found beside the article;
    ``pictures_at`` goes before their addresses to reach them from where the file will lie.
    """

    slug: str
    languages: LanguagePair
    headline: tuple[str, str]
    date: str
    dateline: tuple[str, str]
    blocks: tuple[EditionBlock, ...]
    segments: tuple[EditionSegment, ...]
    byline: tuple[BylineLine, ...]
    final: bool
    notes: tuple[str, ...] = ()
    pictures_at: str = ""
    pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))
