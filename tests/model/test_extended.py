"""A standing that goes on from the one before an act is the one made anew, under random people and forgers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from reviewtool.model.ledger import Confirm, Ledger, Sign, seal
from reviewtool.model.once import once
from reviewtool.model.policy import Policy
from reviewtool.model.segment import WHOLE, Segment, State
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding
from tests.model.desk import FOUNDING, Desk
from tests.model.test_rules import (
    MACHINES,
    PASSES,
    PEOPLE,
    PLACES,
    SOURCES,
    TARGETS,
    WAYS,
    ForgedDesk,
    HonestDesk,
    _bounded,
)

SAID_OF_A_SEGMENT = sorted(
    name
    for name, value in vars(SegmentStanding).items()
    if isinstance(value, once) and not name.startswith("_") and name != "lineage"
)
"""What a segment's standing works out once and keeps."""
SAID_OF_A_LEDGER = ("events", "heads", "missing", "resegmented", "segments", "signatures", "unsettled", "withdrawn")

PASS = object()
ACTS = {
    "write": (TARGETS[0], PASS),
    "confirm": (PASS,),
    "omit": (PASS,),
    "approve": (PASS,),
    "send_back": (PASS,),
    "undo": (),
    "remark": (),
    "unite": (PASS,),
    "divide": (1, 4, PASS),
}
"""What people do on a segment, with what they say beside which."""


def said_of_a_ledger(ledger: Ledger) -> dict[str, object]:
    return {name: getattr(ledger, name) for name in SAID_OF_A_LEDGER} | {
        "on": {segment: ledger.on(segment) for segment in ledger.segments},
        "lineage": {segment: ledger.lineage(segment) for segment in ledger.segments},
        "family": {segment: ledger.family(segment) for segment in ledger.segments},
        "descent": {segment: ledger.descent([segment]) for segment in ledger.segments},
        "before": {
            (one.id, other.id): ledger.before(one, other) for one in ledger.events[-4:] for other in ledger.events
        },
        "seen": {sign.id: seen(ledger, sign) for sign in ledger.signatures},
    }


def seen(ledger: Ledger, sign: Sign) -> set[str]:
    closure = ledger.seen_by(sign)
    return {one.id for one in ledger.events if ledger.within(one, closure)}


def said_of_a_segment(one: SegmentStanding, people: list[str]) -> dict[str, object]:
    return {name: getattr(one, name) for name in SAID_OF_A_SEGMENT} | {
        "segment": one.segment,
        "versions": one.versions(),
        "taken back": one.lineage.taken_back,
        "carrying": {event.id for event in one.versions() if one.lineage.counts(event)},
        "last acts": {person: one.last_act(person) for person in people},
        "restorable": {person: one.restorable(one.target, person) for person in people},
        "unrecorded": one.unrecorded(),
    }


def said_of(standing: Standing) -> dict[str, object]:
    """All that a standing can be asked."""
    people = [*(one.id for one in standing.policy.people), "ghost"]
    return {
        "segments": {
            one.id: said_of_a_segment(one, people) | {"state": standing.state(one.id)}
            for one in standing.segments.values()
        },
        "order": list(standing.segments),
        "texts": standing.texts,
        "drafts": standing.drafts,
        "passes": standing.passes,
        "objections": {
            (person, one.name): standing.objections(person, one) for person in people for one in standing.policy.passes
        },
        "asked": {
            (person, segment): standing.asks(person, segment) for person in people for segment in standing.segments
        },
        "ledger": said_of_a_ledger(standing.ledger),
    }


@dataclass
class Followed:
    """A standing that was asked everything, and what it was made of."""

    standing: Standing
    segments: list[Segment]
    policy: Policy

    @classmethod
    def anew(cls, desk: Desk) -> Followed:
        return cls(desk.standing, list(desk.segments), desk.policy)

    def up_to(self, desk: Desk) -> Followed | None:
        """The standing that goes on to where the desk is; None where that is no matter of acts and targets."""
        before = [(one.id, one.source, one.kind) for one in self.segments]
        lost = {one.id for one in self.standing.ledger.events} - {one.id for one in desk.events}
        if before != [(one.id, one.source, one.kind) for one in desk.segments] or lost or self.policy != desk.policy:
            return None
        events = [one for one in desk.events if one.id not in self.standing.ledger]
        texts = {
            new.id: new.target
            for old, new in zip(self.segments, desk.segments, strict=True)
            if old.target != new.target
        }
        return Followed(self.standing.extended(events, texts), list(desk.segments), desk.policy)


class GoingOn:
    """Each desk's standing is carried along, and also made from one of long ago."""

    def __init__(self) -> None:
        super().__init__()
        self.last: dict[int, Followed] = {}
        self.first: dict[int, Followed] = {}

    @initialize()
    def nothing_is_followed_yet(self) -> None:
        self.last, self.first = {}, {}

    @rule(
        m=MACHINES,
        who=st.tuples(PEOPLE, PEOPLE),
        where=PLACES,
        part=WAYS,
        joins=st.booleans(),
        name=PASSES,
        act=st.sampled_from(sorted(ACTS)),
    )
    def parts_go_on_in_another_branch(self, m, who, where, part, joins, name, act) -> None:
        """Segments are joined or one is split, and then somebody's act on one of them from before comes in."""
        desk = self.at(m)
        while len(paragraphs := [one.id for one in desk.segments if one.kind not in WHOLE]) < 2:
            desk.add(SOURCES[len(paragraphs)], TARGETS[len(paragraphs)])
        branch, before = desk.copy(), list(desk.segments)
        person, other = (self.person(desk, number) for number in who)
        segment, pass_ = paragraphs[where % len(paragraphs)], self.pass_(desk, name)
        if joins:
            desk.unite(person, segment, pass_)
        elif len(before) < 6 and len(desk.segment(segment).source) > 1:
            desk.divide(person, segment, 1, 4, pass_)
        gone = [one for one in before if one not in desk.segments]
        if not gone:
            return
        followed = self.last[self.desks.index(desk)] = Followed.anew(desk)
        said_of(followed.standing)
        one = gone[part % len(gone)]
        if act != "divide" or len(one.source) > 1:
            arguments = [pass_ if given is PASS else given for given in ACTS[act]]
            getattr(branch, act)(other, one.id, *arguments)
        desk.events += [event for event in branch.events if event not in desk.events]

    @invariant()
    def what_goes_on_is_what_is_made_anew(self) -> None:
        for number, desk in enumerate(self.desks):
            said = said_of(desk.standing)
            for followed in (self.last, self.first):
                gone_on = followed[number].up_to(desk) if number in followed else None
                if gone_on is None:
                    followed[number] = Followed.anew(desk)
                    assert said_of(followed[number].standing) == said
                    continue
                assert said_of(gone_on.standing) == said
                if followed is self.last:
                    followed[number] = gone_on


class HonestDeskGoingOn(GoingOn, HonestDesk):
    the_rules_agree_with_the_plain_ones = None
    the_order_of_lines_means_nothing = None
    what_changed_is_what_is_asked = None


class ForgedDeskGoingOn(GoingOn, ForgedDesk):
    the_rules_agree_with_the_plain_ones = None
    the_order_of_lines_means_nothing = None


def _fewer(bounds: settings) -> settings:
    return settings(bounds, max_examples=bounds.max_examples // 2)


TestHonestDeskGoingOn = HonestDeskGoingOn.TestCase
TestHonestDeskGoingOn.settings = _fewer(_bounded())
TestForgedDeskGoingOn = ForgedDeskGoingOn.TestCase
TestForgedDeskGoingOn.settings = _fewer(_bounded())


def test_a_ledger_knows_nothing_of_what_came_after_it():
    desk = Desk(FOUNDING)
    segment = desk.add("佛山经贸代表团抵达东京。")
    desk.write("tang", segment, "The Foshan trade delegation reached Tokyo.")
    before = desk.ledger
    desk.approve("eleanor", segment)
    approval = desk.events[-1]
    after = before.extended([approval])
    other = before.extended([])
    assert approval.id in after
    assert approval.id not in before
    assert approval.id not in other
    assert before.get(approval.id) is None
    assert before.seen([approval.id]) == 0
    assert [len(one) for one in (before, after, other)] == [1, 2, 1]


def test_two_ledgers_can_go_on_from_one_and_know_nothing_of_each_other():
    desk = Desk(FOUNDING)
    segment = desk.add("佛山经贸代表团抵达东京。")
    desk.write("tang", segment, "The Foshan trade delegation reached Tokyo.")
    before, other = desk.ledger, desk.copy()
    desk.approve("eleanor", segment)
    other.approve("jessica", segment)
    one = before.extended(desk.events[1:])
    two = before.extended(other.events[1:])
    assert said_of_a_ledger(one) == said_of_a_ledger(desk.ledger)
    assert said_of_a_ledger(two) == said_of_a_ledger(other.ledger)


def test_a_standing_that_went_on_leaves_the_one_before_as_it_was():
    desk = Desk(FOUNDING)
    segment = desk.add("佛山经贸代表团抵达东京。")
    desk.write("tang", segment, "The Foshan trade delegation reached Tokyo.")
    standing = desk.standing
    said = said_of(standing)
    desk.approve("eleanor", segment)
    desk.write("tang", segment, "A Foshan trade delegation reached Tokyo.")
    standing.extended(desk.events[1:], {segment: desk.segments[0].target})
    assert said_of(standing) == said


def test_what_comes_in_about_a_part_touches_what_was_made_of_it_and_nothing_else():
    desk = Desk(FOUNDING)
    segments = [desk.add(source) for source in SOURCES]
    for segment in segments:
        desk.write("tang", segment, f"The delegation, {segment}.")
    branch = desk.copy()
    assert desk.unite("tang", segments[0]) is None
    joined, other = (one.id for one in desk.segments)
    before = desk.standing
    said_of(before)
    assert before.segments[joined].state == State.TRANSLATED
    branch.undo("tang", segments[1])
    branch.remark("jessica", segments[1])
    after = before.extended(branch.events[-2:], {})
    assert after.segments[other] is before.segments[other]
    assert after.segments[joined].state == State.DRAFT
    assert len(after.segments[joined].threads) == 1
    assert before.segments[joined].state == State.TRANSLATED


def test_taking_back_touches_the_segment_and_the_signature_that_rested_on_it():
    desk = Desk(FOUNDING)
    first, second = (desk.add(source) for source in SOURCES[:2])
    for segment in (first, second):
        desk.write("tang", segment, f"The delegation, {segment}.")
        desk.approve("eleanor", segment)
    assert desk.sign("tang", "translation") == []
    assert desk.sign("eleanor", "revision") == []
    before, count = desk.standing, len(desk.events)
    said_of(before)
    assert desk.undo("eleanor", first) is None
    after = before.extended(desk.events[count:], {})
    assert after.segments[second] is before.segments[second]
    assert {one.person: one.differences for one in after.signatures("revision")} == {"eleanor": (first,)}
    assert [one.person for one in after.passes["translation"].signers] == ["tang"]


def test_a_joined_segment_goes_on_through_joins_of_joins():
    desk = Desk(FOUNDING)
    segments = [desk.add(source) for source in SOURCES]
    for segment in segments:
        desk.write("tang", segment, f"The delegation, {segment}.")
    desk.unite("tang", segments[0])
    joined = desk.segments[0].id
    desk.unite("tang", joined)
    whole = desk.segments[0].id
    ledger = desk.ledger
    assert ledger.family(whole) == {whole, joined, *segments}
    assert ledger.descent([segments[1]]) == {segments[1], joined, whole}
    assert ledger.descent([segments[2]]) == {segments[2], whole}
    assert [event.segment for event in ledger.lineage(joined)] == [segments[0], segments[1], joined]


@pytest.mark.parametrize("count", [1, 40, 200])
def test_many_acts_at_once_are_followed_too(count):
    desk = Desk(FOUNDING)
    for number in range(250):
        desk.add(f"第{number}句。", f"Sentence {number}.")
    before = desk.standing
    assert len(before.drafts) == 250
    assert before.passes
    chosen = list(before.segments.values())[7 : 7 + count]
    events = [
        seal(
            Confirm,
            prev=(),
            person="tang",
            at=one.id,
            segment=one.id,
            source=one.source,
            target=one.target,
            pass_="translation",
        )
        for one in chosen
    ]
    after = before.extended(events, {})
    anew = Standing(before.slug, before.language, desk.segments, Ledger(events), desk.policy)
    assert (after.drafts, after.passes) == (anew.drafts, anew.passes)
    back = after.extended([], {one.id: "Another." for one in chosen})
    assert back.drafts == before.drafts
