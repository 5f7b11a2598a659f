"""The adviser: finds what helps with a segment, from checks and terms at once and from the memory when it answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from reviewtool.model.finding import Finding
from reviewtool.model.match import Match
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import OpenEdition
from reviewtool.tui import advising
from reviewtool.tui.rows import Work
from reviewtool.tui.session import Session
from reviewtool.tui.widgets.advice import Advice

_PATIENCE = 0.15
"""Seconds after which advice is given without what the memory has."""


class Adviser:
    """Advises on the segments of one screen.

    Args:
        session: the workspace, and the look-ups in its memory.
        work: what is typed, and where what the checks say is kept.
    """

    def __init__(self, session: Session, work: Work) -> None:
        self._session = session
        self._work = work
        self.found: tuple[Finding, ...] = ()
        """What the checks said of the text that was advised on last."""
        self._asked = ("", "")
        self._answer: tuple[Match, ...] = ()

    async def advice(
        self, edition: OpenEdition, one: SegmentStanding, neighbours: tuple[str, str]
    ) -> AsyncIterator[Advice]:
        """What helps with a segment, once; twice where the memory takes long to answer."""
        terms = self._session.workspace.terms(edition.language)
        self.found = self._findings(edition, one)
        known = advising.at_once(edition, one, terms, self.found, self._work.meanwhile.get(one.id))
        asked = asyncio.ensure_future(self._matches(edition, one, neighbours))
        await asyncio.wait([asked], timeout=_PATIENCE)
        if not asked.done():
            yield known
        yield advising.with_matches(known, edition, one, await asked)

    def _findings(self, edition: OpenEdition, one: SegmentStanding) -> tuple[Finding, ...]:
        """What the checks say of what is typed, else of the text that is saved; nothing of no text."""
        text = self._work.typed.get(one.id)
        if not (text or one.segment.target):
            return ()
        found = self._session.workspace.findings.on(edition, one.id, text)
        findings = tuple(each.finding for each in found)
        if text is None:
            self._work.findings[one.id] = findings
        return findings

    async def _matches(
        self, edition: OpenEdition, one: SegmentStanding, neighbours: tuple[str, str]
    ) -> tuple[Match, ...]:
        """What the memory has for a segment's source; asked once while the cursor stays."""
        source, (before, after) = one.segment.source, neighbours
        if self._asked != (one.id, source):
            answer = await self._session.lookups.matches(source, edition.languages, before=before, after=after)
            self._asked, self._answer = (one.id, source), answer
        return self._answer
