"""What helps with a segment, gathered for the side panel and for what can be inserted by a key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewtool.model.diff import difference as compared
from reviewtool.model.finding import Finding
from reviewtool.model.glossary import Glossary
from reviewtool.model.markup import Edge, masked, placeables
from reviewtool.model.match import Match
from reviewtool.model.repair import repair
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import OpenEdition
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _
from reviewtool.tui.render import difference
from reviewtool.tui.screens.menu import Choice
from reviewtool.tui.widgets.advice import Advice, FindingAdvice, MatchAdvice, Remark, TermAdvice

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LETTERS = "abcdeghijklmnopqrtuvwxyz"
"""Keys of what can be inserted beside matches, the source (s) and a fix (f)."""


def at_once(
    edition: OpenEdition, one: SegmentStanding, terms: Glossary, findings: Sequence[Finding], meanwhile: str | None
) -> Advice:
    """Everything that is known without asking the memory."""
    return Advice(
        terms=tuple(_terms(one, terms)),
        findings=tuple(FindingAdvice(translated(each.message), each.severity.value, each.fix) for each in findings),
        thread=tuple(_thread(edition, one)),
        meanwhile=meanwhile,
    )


def with_matches(advice: Advice, edition: OpenEdition, one: SegmentStanding, matches: Sequence[Match]) -> Advice:
    """The same with what the memory has; a match of the edition with itself says nothing."""
    return replace(advice, matches=tuple(_match(edition, one, each) for each in matches))


def insertable(one: SegmentStanding, advice: Advice) -> tuple[Choice, ...]:
    """What can be put into the target by a key; the values say ``match:1``, ``text:…``, ``source``, ``fix:…``."""
    matches = [
        Choice(str(row + 1), each.target, f"all:{each.target}", f"{each.percent}%")
        for row, each in enumerate((advice.matches or ())[:9])
    ]
    fixes = [Choice("f", each.fix, f"all:{each.fix}", each.message) for each in advice.findings if each.fix][:1]
    pieces = dict.fromkeys(_pieces(one, advice))
    letters = (
        Choice(letter, text, f"text:{text}", note) for letter, (text, note) in zip(_LETTERS, pieces, strict=False)
    )
    source = Choice("s", one.segment.source, f"all:{one.segment.source}", _("the source"))
    return (*matches, source, *fixes, *letters)


def _pieces(one: SegmentStanding, advice: Advice) -> Iterator[tuple[str, str]]:
    """Terms, placeables and numbers of the source, each with what it is."""
    for term in advice.terms:
        for preferred in term.preferred:
            yield preferred, term.source
    source = one.segment.source
    for placeable in placeables(source):
        if placeable.edge is Edge.ALONE or placeable.destination:
            yield placeable.text, _("from the source")
    for number in _NUMBER.findall(masked(source)):
        yield number, _("from the source")


def _terms(one: SegmentStanding, terms: Glossary) -> Iterator[TermAdvice]:
    for term in dict.fromkeys(match.term for match in terms.in_text(one.segment.source)):
        yield TermAdvice(term.source, term.preferred, term.forbidden, term.note)


def _match(edition: OpenEdition, one: SegmentStanding, match: Match) -> MatchAdvice:
    unit, source = match.unit, one.segment.source
    fitted = repair(source, unit.source, unit.target, edition.language)
    changes = compared(unit.source, source, edition.article.language)
    return MatchAdvice(
        match.percent, difference(changes), fitted.text, unit.origin, tuple(map(translated, fitted.notes))
    )


def _thread(edition: OpenEdition, one: SegmentStanding) -> Iterator[Remark]:
    """Send-backs that stand, then remarks, each with its replies."""
    for sent in one.sent_back:
        kind = _(", ").join(_(each) for each in (sent.category, sent.severity) if each)
        yield Remark(
            edition.standing.name(sent.person),
            _("{kind}: {comment}").format(kind=kind, comment=sent.comment) if kind else sent.comment,
        )
    for thread in one.threads:
        yield Remark(edition.standing.name(thread.remark.person), thread.remark.comment, resolved=thread.resolved)
        for reply in thread.replies:
            yield Remark(edition.standing.name(reply.person), reply.comment, reply=True, resolved=thread.resolved)
