"""What the work on an edition came to: what a signer is told before signing a pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reviewtool.model.ledger import SendBack
from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding


@dataclass(frozen=True, slots=True)
class Summary:
    """An edition seen from one pass, in numbers of segments.

    Each segment is in one place: in ``written`` under the person whose text of the translation stands, in
    ``corrected`` under the person whose text of a later pass does, in ``omitted`` under who left it out, or
    in ``unconfirmed``. ``approved`` have all that this pass needs of them; ``approvals`` counts for each
    person the segments whose present text they approved in it. ``sent_back`` counts what was ever sent back
    in it by MQM's dimension ("" where none was given). People stand in the order of the desk.
    """

    segments: int
    approved: int
    unconfirmed: int
    written: Mapping[str, int]
    corrected: Mapping[str, int]
    omitted: Mapping[str, int]
    approvals: Mapping[str, int]
    sent_back: Mapping[str, int]


def summary(standing: Standing, one: Pass) -> Summary:
    """What the work came to so far, for a pass of this edition."""
    segments = standing.segments.values()
    authors: dict[str, Counter[str]] = {"written": Counter(), "corrected": Counter(), "omitted": Counter()}
    for segment in segments:
        if segment.translated:
            how, person = _author(standing, segment)
            authors[how][person] += 1
    approvals = Counter(person for segment in segments for person in segment.approvers(one.name))
    return Summary(
        segments=len(segments),
        approved=sum(1 for segment in segments if segment.satisfies(one)),
        unconfirmed=sum(1 for segment in segments if not segment.translated),
        written=_ranked(standing, authors["written"]),
        corrected=_ranked(standing, authors["corrected"]),
        omitted=_ranked(standing, authors["omitted"]),
        approvals=_ranked(standing, approvals),
        sent_back=dict(_sent_back(standing, one).most_common()),
    )


def _author(standing: Standing, segment: SegmentStanding) -> tuple[str, str]:
    """How a confirmed segment came to its present text, and whose it is: the first who took it for this source."""
    acts = [event for event in segment.writings if event.source == segment.source]
    if segment.omitted:
        return "omitted", acts[0].person
    translated = [event for event in acts if event.pass_ == standing.policy.translation.name]
    return ("written", translated[0].person) if translated else ("corrected", acts[0].person)


def _sent_back(standing: Standing, one: Pass) -> Counter[str]:
    return Counter(
        (event.category or "").partition("/")[0]
        for segment in standing.segments.values()
        for event in segment.acts
        if isinstance(event, SendBack) and event.pass_ == one.name
    )


def _ranked(standing: Standing, people: Mapping[str, int]) -> Mapping[str, int]:
    return {person: people[person] for person in sorted(people, key=standing.policy.rank)}
