"""Segments: the pieces of text that are translated and approved, and what is said of them."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where in an article a segment stands."""

    HEADLINE = "headline"
    FRONT = "front"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"


WHOLE = frozenset({Kind.HEADLINE, Kind.FRONT, Kind.HEADING, Kind.CAPTION})
"""The kinds that are one segment, however many sentences they hold."""


class State(StrEnum):
    """How far a segment is; computed from the record, never stored."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    TRANSLATED = "translated"
    SENT_BACK = "sent-back"
    REVIEWED = "reviewed"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of an edition: a source text, its present target text, and its id.

    ``id`` is 12 hex digits (``msgctxt`` in the catalog). ``target`` is empty while there is none, and
    when the segment is omitted. ``paragraph`` is the same number for segments of one paragraph, list
    item or table cell. ``previous_source`` is the source the target was made for, when it has changed.
    """

    id: str
    source: str
    target: str = ""
    kind: Kind = Kind.PARAGRAPH
    paragraph: int = 0
    previous_source: str | None = None


def text_hash(text: str) -> str:
    """The identity of a text: SHA-256 (64 hex digits) of its NFC form without outer white space."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode()).hexdigest()


EMPTY = text_hash("")
"""The hash of no text: what an omitted segment has for a target."""


def same_text(left: str, right: str) -> bool:
    """Whether two texts have the same identity: canonical equivalents, outer white space apart."""
    return left == right or text_hash(left) == text_hash(right)
