"""The desk's terms: preferred ones that are missing, forbidden ones that are used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reviewtool.checks.comparison import is_translated, quoted
from reviewtool.checks.options import refuse
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.glossary import Term, TermMatch, appears, occurrences
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_ARTICLE = re.compile(r"\ban?\s+$", re.IGNORECASE)


class Terms:
    """What the glossary says of the terms in the source."""

    name = "terms"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """One finding a term: an error for a forbidden one, a warning for a preferred one that is missing."""
        if context.glossary is None or not is_translated(segment):
            return
        seen: set[Term] = set()
        for match in context.glossary.in_text(segment.source):
            if match.term in seen:
                continue
            seen.add(match.term)
            forbidden = list(self._forbidden(match, segment.target))
            yield from forbidden
            preferred = match.term.preferred
            if forbidden or not preferred:
                continue
            if not any(appears(one, segment.target, context.languages.target) for one in preferred):
                yield self._missing(match)

    def _missing(self, match: TermMatch) -> Finding:
        terms = " or ".join(quoted(one) for one in match.term.preferred)
        message = f"{quoted(match.term.source)} is {terms} in the glossary; the translation does not say so."
        return Finding(self.name, Severity.WARNING, message, (match.start, match.end))

    def _forbidden(self, match: TermMatch, target: str) -> Iterator[Finding]:
        allowed = [span for one in match.term.preferred for span in occurrences(one, target)]
        for one in match.term.forbidden:
            for start, end in occurrences(one, target):
                if any(first <= start and end <= last for first, last in allowed):
                    continue
                used, source = quoted(target[start:end]), quoted(match.term.source)
                message = f"{used} is not to be used for {source}{_better(match.term)}."
                fix = _fix(match.term, one, target, start, end)
                span = (match.start, match.end)
                yield Finding(self.name, Severity.ERROR, message, span, (start, end), fix)


def _better(term: Term) -> str:
    if not term.preferred:
        return ""
    return f"; use {' or '.join(quoted(one) for one in term.preferred)}"


def _fix(term: Term, forbidden: str, target: str, start: int, end: int) -> str | None:
    """The target with the preferred term; None when there are several, or grammar around it might change."""
    used = target[start:end]
    if len(term.preferred) != 1 or used.lower() != forbidden.lower():
        return None
    preferred = term.preferred[0]
    if _ARTICLE.search(target[:start]) and bool(_VOWEL.match(used)) != bool(_VOWEL.match(preferred)):
        return None
    if used[0].isupper() and forbidden[0].islower():
        preferred = preferred[0].upper() + preferred[1:]
    return target[:start] + preferred + target[end:]
