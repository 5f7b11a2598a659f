"""Earlier versions of an edition's texts, to compare the present ones with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.model.ledger import Draft, Sign, Write
from reviewtool.model.segment import EMPTY
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import JUDGING, SegmentStanding


class Since(StrEnum):
    """From when on changes are shown."""

    SEEN = "seen"
    SIGNED = "signed"
    DRAFT = "draft"
    BEFORE = "before"


@dataclass(frozen=True)
class Baseline:
    """An earlier version of every segment.

    ``name`` is the signer's where it is the version that was signed; ``person`` is who acted where it is the one they
    took last, or wrote the present one over.
    """

    since: Since
    name: str = ""
    person: str = ""
    signed: Mapping[str, str] | None = None

    def text(self, one: SegmentStanding) -> str | None:
        """The segment's text then; None where the record does not have it, or there was none."""
        target = self._target(one)
        if target is None or target == EMPTY:
            return None
        return one.segment.target if target == one.target else one.recorded(target)

    def _target(self, one: SegmentStanding) -> str | None:
        match self.since:
            case Since.SIGNED:
                return (self.signed or {}).get(one.id)
            case Since.SEEN:
                return _seen(one, self.person)
            case Since.DRAFT:
                drafts = [event for event in one.versions() if isinstance(event, Draft)]
                return drafts[-1].target if drafts else None
            case Since.BEFORE:
                others = [event.target for event in one.versions() if event.target != one.target]
                return others[-1] if others else None


def baselines(standing: Standing, person: str) -> tuple[Baseline, ...]:
    """The versions there are to compare with.

    What the person last took or sent back, what the last signer of each pass signed (the last pass first),
    the last draft, and whatever stood before.
    """
    found = [Baseline(Since.SEEN, person=person)] if _acted(standing, person) else []
    for one in reversed(standing.policy.passes):
        signatures = [sign for sign in standing.ledger.signatures if _counts(standing, sign, one.name, person)]
        if signatures:
            last = signatures[-1]
            signed = {segment: target for segment, _, target in last.segments}
            found.append(Baseline(Since.SIGNED, last.name, signed=signed))
    return (*found, Baseline(Since.DRAFT), Baseline(Since.BEFORE))


def _seen(one: SegmentStanding, person: str) -> str | None:
    """What a person took or sent back last; where they wrote the present text, what they wrote it over."""
    acts = [event for event in one.acts if event.person == person and isinstance(event, JUDGING)]
    if not acts:
        return None
    last = acts[-1]
    return last.from_ if isinstance(last, Write) and last.target == one.target else last.target


def _acted(standing: Standing, person: str) -> bool:
    return any(event.person == person and isinstance(event, JUDGING) for event in standing.ledger.events)


def _counts(standing: Standing, sign: Sign, pass_name: str, person: str) -> bool:
    return sign.pass_ == pass_name and sign.person != person and sign.id not in standing.ledger.withdrawn
