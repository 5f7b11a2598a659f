"""Spaces that should not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reviewtool.checks.comparison import is_translated
from reviewtool.checks.options import refuse
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.language import Language
from reviewtool.model.markup import masked
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

_DOUBLE = re.compile(r"(?<=\S)[ \u00a0\u3000]{2,}(?=\S)")
_IDEOGRAPHIC = re.compile(r"(?<=\S)\u3000(?=\S)")
_BEFORE_FULL_WIDTH = re.compile(r"(?<=\S)[ \u00a0\u3000]+(?=[，。、；：！？）》」』】〉])")
_EDGES = re.compile(r"\A\s+|\s+\Z")


class Spaces:
    """Double spaces, spaces at the edges, ideographic spaces in a spaced script, spaces before full-width signs."""

    name = "spaces"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """Warnings, each with the target without these spaces; what the source has too is meant."""
        if not is_translated(segment):
            return
        for pattern, replacement, message in _rules(context.languages.target):
            if pattern.search(_filled(segment.source)):
                continue
            for space in pattern.finditer(_filled(segment.target)):
                fix = segment.target[: space.start()] + replacement + segment.target[space.end() :]
                yield Finding(self.name, Severity.WARNING, message, None, space.span(), fix)


def _rules(language: Language) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """What to look for, what to put in its place, and what to say."""
    yield _EDGES, "", "There is white space at the edge of the text."
    yield _BEFORE_FULL_WIDTH, "", "There is a space before a full-width punctuation mark."
    yield _DOUBLE, " ", "There is more than one space here."
    if language.spaced:
        yield _IDEOGRAPHIC, " ", "This is an ideographic space; this language uses the ordinary one."


def _filled(text: str) -> str:
    """The text with its placeables made letters: spaces within them are none, and they make none."""
    return masked(text, words="x", marks="x")
