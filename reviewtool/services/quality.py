"""Quality: runs the checks over segments and gives each finding an identity."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from reviewtool.errors import InputError
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.glossary import Glossary
from reviewtool.model.language import LanguagePair
from reviewtool.model.ledger import canonical
from reviewtool.model.segment import text_hash
from reviewtool.plugins.protocols import Check, CheckContext, CheckedSegment
from reviewtool.plugins.registry import Registry


class Found(NamedTuple):
    """The segment a finding is about, the id by which it can be dismissed, and the finding."""

    segment: str
    id: str
    finding: Finding


class Quality:
    """The checks of one workspace: every installed one but those that are off.

    ``options`` holds a table for each check that has options. Plugins are loaded when segments are first
    examined, and kept.
    """

    def __init__(
        self,
        registry: Registry[Check],
        off: Collection[str] = (),
        options: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        self._registry = registry
        self._off = off
        self._options = options or {}

    def examine(
        self, segments: Iterable[CheckedSegment], languages: LanguagePair, glossary: Glossary | None = None
    ) -> Iterator[tuple[Found, ...]]:
        """What the checks find in each segment, one tuple a segment; each finding once.

        A check that breaks gives one error that names it, and is not asked again. Raises InputError for
        the name of a check that is not installed, and for options that a check does not take.
        """
        checks = list(self._checks)
        context = CheckContext(languages, glossary)
        for segment in segments:
            found: dict[str, Found] = {}
            for check in list(checks):
                findings = _findings(check, segment, context)
                if findings is None:
                    checks.remove(check)
                    findings = [_broken(check)]
                found.update((_id(segment, one), Found(segment.id, _id(segment, one), one)) for one in findings)
            yield tuple(found.values())

    @cached_property
    def _checks(self) -> tuple[Check, ...]:
        names = self._registry.names()
        for name in sorted({*self._off, *self._options} - set(names)):
            raise InputError(
                f"reviewtool.toml names a check {name!r} that is not installed; there are {', '.join(names)}."
            )
        return tuple(self._registry.create(name, self._options.get(name)) for name in names if name not in self._off)


def _findings(check: Check, segment: CheckedSegment, context: CheckContext) -> list[Finding] | None:
    """What a check says of a segment; None when it broke."""
    try:
        return list(check.examine(segment, context))
    except Exception:
        # A stranger's check may raise anything; the rest of the checks go on.
        return None


def _broken(check: Check) -> Finding:
    message = f"The check {check.name!r} breaks on this segment, and examined no more after it; tell its publisher."
    return Finding(check.name, Severity.ERROR, message)


def _id(segment: CheckedSegment, finding: Finding) -> str:
    """12 hex digits that bind a finding to exactly these two texts and the places it names in them."""
    bound = [
        finding.check,
        segment.id,
        text_hash(segment.source),
        text_hash(segment.target),
        list(finding.source_span or ()),
        list(finding.target_span or ()),
        finding.message,
    ]
    return hashlib.sha256(canonical(bound)).hexdigest()[:12]
