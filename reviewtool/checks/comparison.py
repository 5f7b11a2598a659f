"""What the checks that compare both texts agree on."""

from __future__ import annotations

from reviewtool.model.finding import Severity
from reviewtool.model.language import LanguagePair
from reviewtool.plugins.protocols import CheckedSegment

SENTENCES = frozenset({"paragraph", "quote"})
"""The kinds of segment that hold sentences; headlines, captions, lists and tables are freer."""


def is_translated(segment: CheckedSegment) -> bool:
    """Whether there is a target text to look at."""
    return not segment.omitted and bool(segment.target.strip())


def weight(severity: Severity, languages: LanguagePair) -> Severity:
    """How much a difference matters: in a story revised in its own language it is only worth knowing."""
    return Severity.INFO if languages.monolingual else severity


def quoted(text: str) -> str:
    """A piece of text as it may stand in a message: in quotation marks, what cannot be printed escaped."""
    shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    return f"“{shown}”"
