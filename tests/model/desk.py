"""A desk for tests: people act on one edition as the tool lets them, other programs touch it as they like.

Acts ask ``reviewtool.model.acts`` first and return the reason when they are refused, else None.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from reviewtool.model import acts
from reviewtool.model.language import Language
from reviewtool.model.ledger import (
    AnyEvent,
    Approve,
    Comment,
    Confirm,
    Draft,
    Event,
    Join,
    Ledger,
    Omit,
    SendBack,
    Settle,
    Sign,
    Split,
    TakeBack,
    Withdraw,
    Write,
    seal,
)
from reviewtool.model.policy import Pass, Person, Policy, Role
from reviewtool.model.segment import EMPTY, WHOLE, Kind, Segment, State, text_hash
from reviewtool.model.signoff import Standing, digest
from reviewtool.model.standing import SegmentStanding

SLUG = "foshan-delegation"
ENGLISH = Language.parse("en")
CLOCK = ("2023-03-07T10:45:00Z", "2023-03-05T08:00:00Z", "2023-03-09T23:59:59Z")
"""What the clocks of the desk's machines say: nothing that a rule could depend on."""

FOUNDING = Policy(
    people=(Person("tang", "Tang"), Person("eleanor", "Eleanor"), Person("jessica", "Jessica")),
    passes=(Pass("translation", Role.TRANSLATOR), Pass("revision", Role.REVISER, signers=2)),
)
"""The desk of the founding byline: Tang translates, Eleanor and Jessica revise."""


@dataclass
class Desk:
    """One machine's copy of an edition: its segments, its record, and the desk's policy."""

    policy: Policy = FOUNDING
    segments: list[Segment] = field(default_factory=list)
    events: list[AnyEvent] = field(default_factory=list)
    _ticks: Iterator[int] = field(default_factory=count)

    # Looking

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.events)

    @property
    def standing(self) -> Standing:
        return Standing(SLUG, ENGLISH, self.segments, self.ledger, self.policy)

    def __getitem__(self, segment: str) -> SegmentStanding:
        return self.standing.segments[segment]

    def _pass(self, name: str) -> Pass:
        one = self.policy.pass_named(name)
        assert one is not None
        return one

    def segment(self, segment: str) -> Segment:
        return next(one for one in self.segments if one.id == segment)

    # People

    def write(self, person: str, segment: str, text: str, pass_: str = "translation") -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        if text_hash(text) == one.target:
            return self.confirm(person, segment, pass_)
        reason = acts.writing(standing, person, self._pass(pass_), one)
        if reason is None:
            target = text_hash(text)
            restores = one.restorable(target, person)
            values = {"from_": one.target, "text": text, "pass_": pass_, "was": one.unrecorded()}
            self._on(Write, one, person, target=target, restores=restores, **values)
            self.put(segment, text)
        return reason

    def confirm(self, person: str, segment: str, pass_: str = "translation") -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        if acts.already(standing, person, self._pass(pass_), one, Confirm):
            return None
        reason = acts.confirming(standing, person, self._pass(pass_), one)
        if reason is None:
            text = None if one.recorded(one.target) is not None else one.segment.target
            self._on(Confirm, one, person, pass_=pass_, text=text)
        return reason

    def omit(self, person: str, segment: str, pass_: str = "translation") -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        if acts.already(standing, person, self._pass(pass_), one, Omit):
            return None
        reason = acts.omitting(standing, person, self._pass(pass_), one)
        if reason is None:
            self._on(Omit, one, person, target=EMPTY, from_=one.target, pass_=pass_, was=one.unrecorded())
            self.put(segment, "")
        return reason

    def approve(self, person: str, segment: str, pass_: str = "revision") -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        if acts.already(standing, person, self._pass(pass_), one, Approve):
            return None
        reason = acts.approving(standing, person, self._pass(pass_), one)
        if reason is None:
            gone = tuple(s.id for s in one.sent_back if s.pass_ == pass_ and self.policy.person(s.person) is None)
            self._on(Approve, one, person, pass_=pass_, answers=gone)
        return reason

    def send_back(self, person: str, segment: str, pass_: str = "revision", comment: str = "数字不对") -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        reason = acts.sending_back(standing, person, self._pass(pass_), one)
        if reason is None:
            self._on(SendBack, one, person, pass_=pass_, comment=comment)
        return reason

    def remark(self, person: str, segment: str, comment: str = "是哪一天？") -> None:
        self._on(Comment, self[segment], person, comment=comment)

    def undo(self, person: str, segment: str) -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        act = one.last_act(person)
        reason = acts.taking_back(standing, person, one, act)
        if reason is None:
            before = one.text_before(act) if isinstance(act, (Write, Omit)) else one.segment.target
            self._on(TakeBack, one, person, target=text_hash(before), answers=act.id)
            self.put(segment, before)
        return reason

    def settle(self, person: str, segment: str, reason: str = "The figure is the chamber's.") -> str | None:
        standing = self.standing
        one = standing.segments[segment]
        refused = acts.settling(standing, person, one)
        if refused is None and one.state is not State.REVIEWED:
            answers = tuple(event.id for event in one.sent_back or one.writings)
            self._on(Settle, one, person, reason=reason, answers=answers)
        return refused

    def unite(self, person: str, segment: str, pass_: str = "translation") -> str | None:
        """Join a segment with the next one; all paragraphs of this desk stand in one line."""
        standing = self.standing
        order = list(standing.segments.values())
        one = standing.segments[segment]
        following = next(iter(order[order.index(one) + 1 :]), None)
        if following is not None and WHOLE & {one.segment.kind, following.segment.kind}:
            following = None
        reason = acts.joining(standing, person, self._pass(pass_), one, following)
        if reason is None:
            assert following is not None
            texts = one.segment.source + following.segment.source, one.segment.target + " " + following.segment.target
            self._made(Join, person, pass_, [one, following], [(texts[0], texts[1].strip())])
        return reason

    def divide(
        self, person: str, segment: str, at: int, target_at: int | None = None, pass_: str = "translation"
    ) -> str | None:
        """Split a segment; without ``target_at`` the first part keeps all of the target."""
        standing = self.standing
        one = standing.segments[segment]
        reason = acts.splitting(standing, person, self._pass(pass_), one)
        if reason is None:
            source, target = one.segment.source, one.segment.target
            cut = len(target) if target_at is None else target_at
            texts = [(source[:at], target[:cut].strip()), (source[at:], target[cut:].strip())]
            self._made(Split, person, pass_, [one], texts)
        return reason

    def _made(
        self,
        kind: type[Event],
        person: str,
        pass_: str,
        parts: list[SegmentStanding],
        texts: list[tuple[str, str]],
    ) -> None:
        place = self.segments.index(parts[0].segment)
        for part in parts:
            self.remove(part.id)
        for source, target in reversed(texts):
            self.add(source, target, at=place, kind=parts[0].segment.kind)
        for number, text in enumerate(texts):
            made = self.standing.segments[self.segments[place + number].id]
            before = tuple((part.id, part.segment.source, part.segment.target) for part in parts)
            self._on(kind, made, person, pass_=pass_, parts=before, texts=text)

    def objections(self, person: str, pass_: str, *, read_all: bool = False) -> list[str]:
        found = self.standing.objections(person, self._pass(pass_), read_all=read_all)
        return [one.sentence for one in found]

    def sign(self, person: str, pass_: str, *, read_all: bool = False) -> list[str]:
        """Sign, unless this person's signature stands; the objections when it is refused."""
        standing = self.standing
        if any(one.person == person for one in standing.passes[pass_].signers):
            return []
        objections = self.objections(person, pass_, read_all=read_all)
        if not objections:
            self._record(
                Sign,
                person,
                pass_=pass_,
                role=self._pass(pass_).role.value,
                name=standing.name(person),
                segments=standing.texts,
                heads=standing.ledger.heads,
                digest=digest(SLUG, ENGLISH, pass_, standing.texts),
                read_all=read_all,
            )
        return objections

    def withdraw(self, person: str, pass_: str) -> int:
        """Take all signatures on a pass back; how many there were."""
        ledger = self.ledger
        mine = [
            one
            for one in ledger.signatures
            if one.person == person and one.pass_ == pass_ and one.id not in ledger.withdrawn
        ]
        for one in mine:
            self._record(Withdraw, person, signature=one.id)
        return len(mine)

    def leave(self, person: str) -> None:
        """The person is taken out of ``people``."""
        self.policy = replace(self.policy, people=tuple(one for one in self.policy.people if one.id != person))

    def join(self, *people: str) -> None:
        """New people come, who may do everything."""
        self.policy = replace(self.policy, people=(*self.policy.people, *(Person(one, one.title()) for one in people)))

    # Other programs

    def put(self, segment: str, text: str) -> None:
        """A target changes, without a word in the record."""
        self.segments = [replace(one, target=text) if one.id == segment else one for one in self.segments]

    def change_source(self, segment: str, source: str) -> None:
        self.segments = [replace(one, source=source) if one.id == segment else one for one in self.segments]

    def draft(self, segment: str, text: str, origin: str = "memory", person: str = "desk") -> None:
        """An engine puts a draft in."""
        one = self[segment]
        self._on(Draft, one, person, target=text_hash(text), text=text, origin=origin)
        self.put(segment, text)

    def add(self, source: str, target: str = "", *, at: int | None = None, kind: Kind = Kind.PARAGRAPH) -> str:
        """A new segment; returns its id, which no segment had before."""
        segment = f"{next(self._ticks):012x}"
        self.segments.insert(len(self.segments) if at is None else at, Segment(segment, source, target, kind))
        return segment

    def remove(self, segment: str) -> None:
        self.segments = [one for one in self.segments if one.id != segment]

    def move(self, segment: str, to: int) -> None:
        one = self.segment(segment)
        self.remove(segment)
        self.segments.insert(to, one)

    # Two machines

    def copy(self) -> Desk:
        """The same edition on another machine."""
        return Desk(self.policy, list(self.segments), list(self.events), self._ticks)

    def shuffled(self, chance: random.Random) -> Desk:
        """The same record, its lines in another order and some of them twice."""
        twice = [*self.events, *chance.sample(self.events, k=len(self.events) // 2)]
        chance.shuffle(twice)
        return Desk(self.policy, self.segments, twice)

    # Recording

    def _on(self, kind: type[Event], one: SegmentStanding, person: str, **values: object) -> None:
        texts = {"segment": one.id, "source": one.source, "target": one.target}
        self._record(kind, person, **{**texts, **values})

    def _record(self, kind: type[Event], person: str, **values: object) -> None:
        at = CLOCK[len(self.events) % len(CLOCK)]
        self.events.append(seal(kind, prev=self.ledger.heads.get(person, ()), person=person, at=at, **values))


def merged(ours: Desk, theirs: Desk, *, targets: Iterable[bool]) -> Desk:
    """Two machines' work after ``git merge``: both records, our order and sources.

    ``targets`` says for each segment of ours, where both have it, whether their target wins.
    """
    other = {one.id: one.target for one in theirs.segments}
    segments = [
        replace(one, target=other[one.id]) if wins and one.id in other else one
        for one, wins in zip(ours.segments, targets, strict=True)
    ]
    return Desk(ours.policy, segments, [*ours.events, *theirs.events], ours._ticks)
