"""Whether code, placeholders, tags, notes, emphasis and links came through the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from reviewtool.checks.comparison import is_translated, quoted, weight
from reviewtool.checks.options import refuse
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.markup import Edge, Placeable, PlaceableKind, masked, placeables
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

_EXACT = (PlaceableKind.CODE, PlaceableKind.PLACEHOLDER, PlaceableKind.HTML, PlaceableKind.FOOTNOTE)
_EMPHASIS = {PlaceableKind.STRONG: "bold", PlaceableKind.STRIKE: "struck-out", PlaceableKind.EMPHASIS: "emphasised"}
_TAG_NAME = re.compile(r"</?[a-z][a-z0-9-]*")
_LANGUAGE_PART = re.compile(r"(zh|cn|en|ja|jp|ko|kr|chs|cht)([-_](hans|hant|[a-z]{2}))?")


class Placeables:
    """Code, placeholders, HTML tags and footnote marks that are lost or doubled, and emphasis that is lost."""

    name = "placeables"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """Errors for what must be there exactly, warnings for emphasis."""
        if not is_translated(segment):
            return
        source, target = placeables(segment.source), placeables(segment.target)
        for finding in (*_lost_or_doubled(source, target), *_emphasis(source, target, segment, context)):
            severity = weight(finding.severity, context.languages)
            yield Finding(self.name, severity, finding.message, finding.source_span, finding.target_span)


def _lost_or_doubled(source: Sequence[Placeable], target: Sequence[Placeable]) -> Iterator[Finding]:
    here = [one for one in source if one.kind in _EXACT]
    there = [one for one in target if one.kind in _EXACT]
    wanted, given = Counter(map(_identity, here)), Counter(map(_identity, there))
    for one in _first_of_each(here):
        if given[_identity(one)] < wanted[_identity(one)]:
            yield Finding(
                "", Severity.ERROR, f"{quoted(one.text)} is missing in the translation.", (one.start, one.end)
            )
    for one in _first_of_each(there[::-1]):
        surplus = given[_identity(one)] - wanted[_identity(one)]
        # Code may be named again where the other language needs a noun, and be marked as code where it was not.
        if surplus > 0 and one.kind is not PlaceableKind.CODE:
            how = "more often than in the source" if wanted[_identity(one)] else "but not in the source"
            message = f"{quoted(one.text)} is in the translation, {how}."
            yield Finding("", Severity.ERROR, message, None, (one.start, one.end))


def _identity(one: Placeable) -> tuple[PlaceableKind, str]:
    """What must be the same: the name of a tag, whose attributes may be translated; else the whole text."""
    tag = _TAG_NAME.match(one.text.lower()) if one.kind is PlaceableKind.HTML else None
    return one.kind, tag[0] if tag else one.text


def _first_of_each(several: Sequence[Placeable]) -> list[Placeable]:
    return list({_identity(one): one for one in reversed(several)}.values())[::-1]


def _emphasis(
    source: Sequence[Placeable], target: Sequence[Placeable], segment: CheckedSegment, context: CheckContext
) -> Iterator[Finding]:
    for kind, word in _EMPHASIS.items():
        # Chinese, Japanese and Korean set no italics: 《》 or quotation marks take their place.
        if kind is PlaceableKind.EMPHASIS and context.languages.target.east_asian:
            continue
        here = [one for one in source if one.kind is kind and one.edge is Edge.OPEN]
        missing = len(here) - sum(one.kind is kind and one.edge is Edge.OPEN for one in target)
        if missing <= 0:
            continue
        span = (here[-1].start, here[-1].end)
        stray = masked(segment.target).find(here[-1].text)
        if stray < 0:
            yield Finding("", Severity.WARNING, f"A {word} passage of the source is not {word} here.", span)
            continue
        message = (
            f"This {here[-1].text} will be printed as it is, not as {word} text: there must be a pair, "
            "without spaces or punctuation on the inside next to it."
        )
        yield Finding("", Severity.WARNING, message, span, (stray, stray + len(here[-1].text)))


class Link:
    """Addresses of links, pictures and mail that are lost or lead elsewhere."""

    name = "link"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """One error for each address of the source that the target has not."""
        if not is_translated(segment):
            return
        here, there = _addresses(segment.source), _addresses(segment.target)
        lost = [one for address, one in here.items() if address not in there]
        new = [one for address, one in there.items() if address not in here]
        severity = weight(Severity.ERROR, context.languages)
        if len(lost) == len(new) == 1:
            yield self._elsewhere(lost[0], new[0], segment.target, severity)
            return
        for one in lost:
            message = f"The address {quoted(one.destination or '')} is missing in the translation."
            yield Finding(self.name, severity, message, (one.start, one.end))

    def _elsewhere(self, old: Placeable, new: Placeable, target: str, severity: Severity) -> Finding:
        here, there = quoted(old.destination or ""), quoted(new.destination or "")
        message = f"The address {here} is {there} in the translation."
        fix = None
        if old.destination and new.destination:
            exchanged = new.text.replace(new.destination, old.destination, 1)
            fix = f"{target[: new.start]}{exchanged}{target[new.end :]}"
        return Finding(self.name, severity, message, (old.start, old.end), (new.start, new.end), fix)


def _addresses(text: str) -> dict[str, Placeable]:
    """The addresses of a text, those of the same page in another language being one."""
    found = ((one.destination, one) for one in placeables(text))
    return {_page(address): one for address, one in found if address is not None}


def _page(address: str) -> str:
    """The address without what only says in which language the page is."""
    parts = re.split(r"[/.?&=#]+", unquote(address.strip()).removeprefix("mailto:").lower())
    return "/".join(part for part in parts if part and not _LANGUAGE_PART.fullmatch(part))
