"""The rules of the desk under random people: the real ones held against the plain ones, and against their laws.

Two machines run: at the first all people act as the tool lets them; at the second somebody also writes
events by hand. Run it long with ``pytest tests/model/test_rules.py --hypothesis-profile long``.
"""

from __future__ import annotations

import random
import unicodedata

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reviewtool.model.byline import HouseStyle, byline
from reviewtool.model.ledger import (
    Approve,
    Confirm,
    Draft,
    Join,
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
from reviewtool.model.segment import EMPTY, Kind, Segment, text_hash
from reviewtool.model.signoff import digest
from tests.model.desk import CLOCK, ENGLISH, SLUG, Desk, merged
from tests.model.plain import Plain

SOURCES = ("佛山经贸代表团抵达东京。", "意向订单超过6亿元。", "3件の投資案件がまとまった。")
TARGETS = (
    "The Foshan trade delegation reached Tokyo.",
    "Orders worth over 600 million yuan were intended.",
    "Café talks in Seoul led to 3 projects.",
    "",
)
NAMES = ("tang", "eleanor", "jessica", "li", "kim", "sato")
MACHINES, PEOPLE, WAYS = st.integers(0, 1), st.integers(0, 5), st.integers(0, 2)
PLACES = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5])
PASSES = st.sampled_from([1, 1, 2, 3, 0])
REVISING = (Role.REVISER, Role.PROOFREADER, Role.EDITOR)


def spelled(text: str, way: int) -> str:
    """The same text as another program might write it: decomposed, or with white space around it."""
    if way % 3 == 0:
        return text
    return unicodedata.normalize("NFD", text) if way % 3 == 1 else f" {text}\n"


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A desk of 2 to 6 people, some of whom act in some passes only, and of 1 to 4 passes."""
    passes = [Pass("translation", Role.TRANSLATOR, signers=draw(st.integers(1, 2)))]
    passes += [
        Pass(
            name,
            draw(st.sampled_from(REVISING)),
            signers=draw(st.integers(1, 2)),
            approvals=draw(st.integers(1, 2)),
            only_changed=draw(st.booleans()),
            kinds=draw(st.sampled_from([None, None, frozenset({Kind.PARAGRAPH})])),
        )
        for name in ("revision", "second", "third")[: draw(st.integers(0, 3))]
    ]
    limits = st.one_of(st.none(), st.none(), st.frozensets(st.sampled_from([one.name for one in passes]), min_size=1))
    people = tuple(Person(name, name.title(), passes=draw(limits)) for name in NAMES[: draw(st.integers(2, 6))])
    return Policy(people, tuple(passes), override=draw(st.booleans()))


def told(desk: Desk) -> dict[str, object]:
    """All that the rules say of an edition."""
    standing = desk.standing
    lines = {line.role: line.names for line in byline(standing, (), HouseStyle())}
    return {
        "segments": {
            one.id: {
                "writers": one.writers,
                "translated": one.translated,
                "draft": one.draft,
                "omitted": one.omitted,
                "approvals": {(approval.pass_, approval.person) for approval in one.approvals},
                "sent back": {sent.id for sent in one.sent_back},
                "settled": set(one.settled),
                "state": str(standing.state(one.id)),
            }
            for one in standing.segments.values()
        },
        "signatures": {
            signature.id: (standing.standing_of(signature).differences, standing.standing_of(signature).reordered)
            for signature in standing.ledger.signatures
        },
        "passes": {
            name: ([signed.signature.id for signed in one.signers], one.complete)
            for name, one in standing.passes.items()
        },
        "bylines": {name: lines.get(name, ()) for name in standing.passes},
        "final": standing.final,
        "heads": {person: set(heads) for person, heads in standing.ledger.heads.items()},
    }


def plainly_told(desk: Desk) -> dict[str, object]:
    """The same, of the plain rules."""
    plain = Plain(SLUG, ENGLISH.tag, desk.segments, desk.events, desk.policy)
    signed = {event.id: event for event in desk.events if isinstance(event, Sign)}
    orders = {one.name: plain.byline(one.name) for one in desk.policy.passes}
    return {
        "segments": {
            segment: {
                "writers": plain.writers(segment),
                "translated": plain.translated(segment),
                "draft": plain.draft(segment),
                "omitted": plain.omitted(segment),
                "approvals": plain.approvals(segment),
                "sent back": plain.sent_back(segment),
                "settled": plain.settled(segment),
                "state": plain.state(segment),
            }
            for segment in plain.order
        },
        "signatures": {
            event: (tuple(plain.differences(sign)), plain.reordered(sign)) for event, sign in signed.items()
        },
        "passes": {
            one.name: ([sign.id for sign in orders[one.name]], plain.complete(one)) for one in desk.policy.passes
        },
        "bylines": {name: tuple(sign.name for sign in signs) for name, signs in orders.items()},
        "final": plain.final(),
        "heads": {person: plain.heads(person) for person in {event.person for event in desk.events}},
    }


def finish(desk: Desk, translators: list[str], revisers: list[str], other: str) -> None:
    """Bring an edition to its end with new people: each pass's signers, and one more to approve."""
    desk.join(*translators, *revisers, other)
    for segment in [one.id for one in desk.segments]:
        _make_right(desk, segment, translators[0], other)
    for number, translator in enumerate(translators):
        _take_part(desk, translator, number)
    for translator in translators:
        assert desk.sign(translator, "translation", read_all=True) == []
    for one in desk.policy.revisions:
        for person in (*revisers, other):
            for segment in desk.segments:
                desk.approve(person, segment.id, one.name)
        for reviser in revisers[: one.signers]:
            assert desk.sign(reviser, one.name) == []


def _make_right(desk: Desk, segment: str, translator: str, other: str) -> None:
    one = desk[segment]
    if one.draft:
        assert desk.confirm(translator, segment) is None
    for sent in desk[segment].sent_back:
        if desk.policy.person(sent.person) is None:
            desk.approve(other, segment, sent.pass_)
    one = desk[segment]
    if not one.translated or one.sent_back:
        assert desk.write(translator, segment, f"Rewritten by {translator}: {one.segment.source}") is None


def _take_part(desk: Desk, translator: str, number: int) -> None:
    """A signer of the translation has to have written of it: another segment, or a text taken out and put back."""
    segment = desk.segments[number % len(desk.segments)]
    assert desk.write(translator, segment.id, f"{segment.source} by {translator}") is None
    if number >= len(desk.segments):
        assert desk.write(translator, segment.id, segment.target) is None


class HonestDesk(RuleBasedStateMachine):
    """People act as the tool lets them, on one machine or two; other programs change texts under them."""

    def __init__(self) -> None:
        super().__init__()
        self.desks: list[Desk] = []
        self.words: list[set[tuple[str, str, str, str]]] = []
        self.changed: set[int] = set()
        self.fresh = 0

    # Choosing

    def at(self, machine: int) -> Desk:
        number = machine % len(self.desks)
        self.changed.add(number)
        return self.desks[number]

    def person(self, desk: Desk, number: int) -> str:
        people = [one.id for one in desk.policy.people]
        return people[number % len(people)] if people else "nobody"

    def some(self, desk: Desk, number: int) -> str:
        return desk.segments[number % len(desk.segments)].id

    def pass_(self, desk: Desk, number: int) -> str:
        return desk.policy.passes[number % len(desk.policy.passes)].name

    def unseen_text(self) -> str:
        self.fresh += 1
        return f"第{self.fresh}稿"

    def wrote(self, machine: int, segment: str, person: str, before: int) -> None:
        """Note whose words these are, and by which act.

        Unless nothing was recorded or the words of somebody else were put back.
        """
        number = machine % len(self.desks)
        desk = self.desks[number]
        if len(desk.events) > before and getattr(desk.events[-1], "restores", None) is None:
            self.words[number].add((segment, person, text_hash(desk.segment(segment).target), desk.events[-1].id))

    # Beginning

    @initialize(policy=policies(), texts=st.lists(st.tuples(st.sampled_from(SOURCES), st.booleans()), max_size=3))
    def begin(self, policy: Policy, texts: list[tuple[str, bool]]) -> None:
        desk = Desk(policy)
        for source, headline in [(SOURCES[0], True), *texts]:
            desk.add(source, kind=Kind.HEADLINE if headline else Kind.PARAGRAPH)
        self.desks, self.words = [desk], [set()]

    # People

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, text=st.sampled_from(TARGETS[:-1]), way=WAYS, name=PASSES)
    def write(self, m: int, who: int, where: int, text: str, way: int, name: int) -> None:
        desk = self.at(m)
        person, segment, before = self.person(desk, who), self.some(desk, where), len(desk.events)
        desk.write(person, segment, spelled(text, way), self.pass_(desk, name))
        self.wrote(m, segment, person, before)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES)
    def confirm(self, m: int, who: int, where: int, name: int) -> None:
        desk = self.at(m)
        person, segment, before = self.person(desk, who), self.some(desk, where), len(desk.events)
        desk.confirm(person, segment, self.pass_(desk, name))
        self.wrote(m, segment, person, before)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES)
    def omit(self, m: int, who: int, where: int, name: int) -> None:
        desk = self.at(m)
        person, segment, before = self.person(desk, who), self.some(desk, where), len(desk.events)
        desk.omit(person, segment, self.pass_(desk, name))
        self.wrote(m, segment, person, before)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES)
    def join(self, m: int, who: int, where: int, name: int) -> None:
        desk = self.at(m)
        person, segment, before = self.person(desk, who), self.some(desk, where), list(desk.segments)
        if desk.unite(person, segment, self.pass_(desk, name)) is None:
            self.carry_words(m, before)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES, at=st.integers(1, 9), cut=st.sampled_from([None, 0, 4, 9]))
    def split(self, m: int, who: int, where: int, name: int, at: int, cut: int | None) -> None:
        desk = self.at(m)
        person, segment, before = self.person(desk, who), self.some(desk, where), list(desk.segments)
        if len(desk.segments) < 6 and len(desk.segment(segment).source) > 1:
            at = min(at, len(desk.segment(segment).source) - 1)
            if desk.divide(person, segment, at, cut, self.pass_(desk, name)) is None:
                self.carry_words(m, before)

    def carry_words(self, machine: int, before: list[Segment]) -> None:
        """The words of what is gone are those of what was made of it."""
        number = machine % len(self.desks)
        after = self.desks[number].segments
        gone = {one.id: text_hash(one.target) for one in before if one not in after}
        made = [one for one in after if one not in before and one.target.strip()]
        wrote = {(person, act) for segment, person, text, act in self.words[number] if gone.get(segment) == text}
        self.words[number] |= {(one.id, person, text_hash(one.target), act) for one in made for person, act in wrote}

    def own_words(self, desk: Desk, number: int) -> set[tuple[str, str, str]]:
        """The segments with the people and their words there; who took a text and took that back wrote none."""
        undone = {event.answers for event in desk.events if isinstance(event, TakeBack)}
        undone -= {event.id for event in desk.events if isinstance(event, Write)}
        return {(segment, person, text) for segment, person, text, act in self.words[number] if act not in undone}

    @rule(m=MACHINES, who=PEOPLE, text=st.sampled_from(TARGETS[:-1]))
    def translate_what_is_left(self, m: int, who: int, text: str) -> None:
        desk = self.at(m)
        person = self.person(desk, who)
        for segment in [one.id for one in desk.segments]:
            before = len(desk.events)
            if desk[segment].target == EMPTY:
                desk.write(person, segment, text)
            else:
                desk.confirm(person, segment)
            self.wrote(m, segment, person, before)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES)
    def approve(self, m: int, who: int, where: int, name: int) -> None:
        desk = self.at(m)
        desk.approve(self.person(desk, who), self.some(desk, where), self.pass_(desk, name))

    @rule(m=MACHINES, who=PEOPLE, name=PASSES)
    def approve_all(self, m: int, who: int, name: int) -> None:
        desk = self.at(m)
        for one in desk.segments:
            desk.approve(self.person(desk, who), one.id, self.pass_(desk, name))

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES, leaves=st.booleans())
    def send_back(self, m: int, who: int, where: int, name: int, leaves: bool) -> None:
        desk = self.at(m)
        person = self.person(desk, who)
        desk.send_back(person, self.some(desk, where), self.pass_(desk, name))
        if leaves:
            self.leave(person)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES)
    def undo(self, m: int, who: int, where: int) -> None:
        desk = self.at(m)
        desk.undo(self.person(desk, who), self.some(desk, where))

    def leave(self, person: str) -> None:
        for number, desk in enumerate(self.desks):
            if len(desk.policy.people) > 2:
                desk.leave(person)
                self.changed.add(number)

    @rule(m=MACHINES, who=PEOPLE, where=PLACES)
    def settle(self, m: int, who: int, where: int) -> None:
        desk = self.at(m)
        desk.settle(self.person(desk, who), self.some(desk, where))

    @rule(m=MACHINES, who=PEOPLE, name=PASSES, read_all=st.booleans(), leaves=st.booleans())
    def sign(self, m: int, who: int, name: int, read_all: bool, leaves: bool) -> None:
        desk = self.at(m)
        person, one = self.person(desk, who), self.pass_(desk, name)
        plain = Plain(SLUG, ENGLISH.tag, desk.segments, desk.events, desk.policy)
        for reading in (True, False):
            assert plain.may_sign(person, one, read_all=reading) == (not desk.objections(person, one, read_all=reading))
        if not desk.sign(person, one, read_all=read_all):
            assert person in [signed.person for signed in desk.standing.passes[one].signers]
            if leaves:
                self.leave(person)

    @rule(m=MACHINES, who=PEOPLE, name=PASSES)
    def withdraw(self, m: int, who: int, name: int) -> None:
        desk = self.at(m)
        person, one = self.person(desk, who), self.pass_(desk, name)
        desk.withdraw(person, one)
        assert person not in [signed.person for signed in desk.standing.signatures(one)]

    @rule(m=MACHINES, first=PEOPLE)
    def all_do_their_best(self, m: int, first: int) -> None:
        """Everybody in turn approves what they may and signs what they can."""
        desk = self.at(m)
        people = [one.id for one in desk.policy.people]
        for person in people[first % len(people) :] + people[: first % len(people)]:
            for one in desk.policy.revisions:
                for segment in desk.segments:
                    desk.approve(person, segment.id, one.name)
            for one in desk.policy.passes:
                desk.sign(person, one.name, read_all=True)

    # Other programs

    @rule(m=MACHINES, where=PLACES, text=st.sampled_from(TARGETS), way=WAYS)
    def outside_edit(self, m: int, where: int, text: str, way: int) -> None:
        desk = self.at(m)
        desk.put(self.some(desk, where), spelled(text, way))

    @rule(m=MACHINES, where=PLACES, text=st.sampled_from(TARGETS[:-1]), source=st.sampled_from([None, *SOURCES]))
    def draft_or_change_source(self, m: int, where: int, text: str, source: str | None) -> None:
        desk = self.at(m)
        if source is None:
            desk.draft(self.some(desk, where), text)
        else:
            desk.change_source(self.some(desk, where), source)

    @rule(m=MACHINES, where=PLACES, to=PLACES, kind=st.sampled_from(["add", "remove", "move"]))
    def change_the_article(self, m: int, where: int, to: int, kind: str) -> None:
        desk = self.at(m)
        if kind == "add" and len(desk.segments) < 6:
            desk.add(SOURCES[where % len(SOURCES)], at=to % (len(desk.segments) + 1))
        if kind == "remove" and len(desk.segments) > 1:
            desk.remove(self.some(desk, where))
        if kind == "move":
            desk.move(self.some(desk, where), to % len(desk.segments))

    # Two machines

    @precondition(lambda self: len(self.desks) == 1)
    @rule()
    def fork(self) -> None:
        self.desks.append(self.desks[0].copy())
        self.words.append(set(self.words[0]))

    @precondition(lambda self: len(self.desks) == 2)
    @rule(back=st.booleans(), wins=st.lists(st.booleans(), min_size=6, max_size=6))
    def merge(self, back: bool, wins: list[bool]) -> None:
        ours, theirs = reversed(self.desks) if back else self.desks
        one = merged(ours, theirs, targets=wins[: len(ours.segments)])
        other = Desk(one.policy, one.segments, [*theirs.events, *ours.events])
        assert told(one) == told(other)
        self.desks, self.words = [one], [self.words[0] | self.words[1]]
        self.changed = {0}

    # Laws

    @invariant()
    def the_rules_agree_with_the_plain_ones(self) -> None:
        for number in sorted(self.changed):
            if number < len(self.desks):
                desk = self.desks[number]
                found = told(desk)
                assert found == plainly_told(desk)
                self.hold_to_the_laws(desk, number)
        self.changed = set()

    def hold_to_the_laws(self, desk: Desk, number: int) -> None:
        standing = desk.standing
        translators = {one.person for one in standing.passes["translation"].signers}
        for one in desk.policy.revisions:
            assert translators.isdisjoint(signed.person for signed in standing.passes[one.name].signers)
        words = self.own_words(desk, number)
        for one in standing.segments.values():
            allowed = {event.segment for event in desk.events if isinstance(event, Settle)}
            for approval in one.approvals:
                assert (approval.source, approval.target) == (one.source, one.target)
                own = (one.id, approval.person, one.target) in words
                assert not own or (desk.policy.override and one.id in allowed)

    @rule(m=MACHINES, seed=st.integers(0, 1000))
    def the_order_of_lines_means_nothing(self, m: int, seed: int) -> None:
        desk = self.desks[m % len(self.desks)]
        other = desk.shuffled(random.Random(seed))
        assert told(other) == told(desk)
        assert [event.id for event in other.ledger.events] == [event.id for event in desk.ledger.events]

    @rule(m=MACHINES, who=PEOPLE, where=PLACES, name=PASSES, act=st.integers(0, 4), text=st.sampled_from(TARGETS[:-1]))
    def what_is_undone_was_never_done(self, m: int, who: int, where: int, name: int, act: int, text: str) -> None:
        desk = self.desks[m % len(self.desks)].copy()
        person, segment, in_pass = self.person(desk, who), self.some(desk, where), self.pass_(desk, name)
        before, events = told(desk), len(desk.events)
        do = (desk.write, desk.confirm, desk.omit, desk.approve, desk.send_back)[act]
        do(person, segment, *[text] * (act == 0), in_pass)
        if len(desk.events) > events:
            assert desk.undo(person, segment) is None
            assert {**told(desk), "heads": None} == {**before, "heads": None}

    @rule(m=MACHINES, stay=st.booleans())
    def every_edition_can_become_final(self, m: int, stay: bool) -> None:
        stay = stay and len(self.desks) == 1 and len(self.desks[0].policy.people) < 9
        desk = self.at(m) if stay else self.desks[m % len(self.desks)].copy()
        self.fresh += 1
        translators = [f"translator-{self.fresh}-{n}" for n in range(desk.policy.translation.signers)]
        signers = max([one.signers for one in desk.policy.revisions], default=0)
        finish(desk, translators, [f"reviser-{self.fresh}-{n}" for n in range(signers)], f"other-{self.fresh}")
        assert desk.standing.final
        assert {desk.standing.state(one.id) for one in desk.segments} == {"final"}

    @rule(
        m=MACHINES,
        which=PEOPLE,
        known=WAYS,
        places=st.lists(st.sampled_from(["", "source", "target", "known"]), min_size=6, max_size=6),
        helper_first=st.booleans(),
    )
    def what_changed_is_what_is_asked(
        self, m: int, which: int, known: int, places: list[str], helper_first: bool
    ) -> None:
        desk = self.desks[m % len(self.desks)].copy()
        signed = [
            one
            for passed in desk.standing.passes.values()
            for one in passed.signers
            if desk.policy.may_act(one.person, passed.one.name)
        ]
        if not signed:
            return
        signature = signed[which % len(signed)].signature
        changed = self.change_places(desk, places, known)
        found = desk.standing.standing_of(signature)
        assert not found.reordered
        assert set(found.differences) <= changed.keys()
        assert [s for s in found.differences if changed[s] != "known"] == [s for s in changed if changed[s] != "known"]
        desk.join("helper")
        for segment in found.differences:
            self.give_the_key(desk, signature, segment, helper_first=helper_first)
        assert desk.standing.standing_of(signature).stands

    def change_places(self, desk: Desk, places: list[str], number: int) -> dict[str, str]:
        """Change some places under the signature: to texts nobody ever saw, or to such as were there before."""
        changed = {}
        for one, place in zip(list(desk.segments), places, strict=False):
            if place == "source":
                desk.change_source(one.id, self.unseen_text())
            elif place == "target":
                desk.put(one.id, self.unseen_text())
            elif place == "known":
                desk.put(one.id, TARGETS[number])
            if place:
                changed[one.id] = place
        return changed

    def give_the_key(self, desk: Desk, signature: Sign, segment: str, *, helper_first: bool) -> None:
        """The signer sees one place again, before or after somebody else took the text: one act is enough."""
        if helper_first:
            desk.omit("helper", segment) if desk[segment].target == EMPTY else desk.confirm("helper", segment)
        acts = [lambda: desk.confirm(signature.person, segment, signature.pass_)]
        if desk[segment].target == EMPTY:
            acts = [lambda: desk.omit(signature.person, segment, signature.pass_)]
        acts += [lambda one=one: desk.approve(signature.person, segment, one.name) for one in desk.policy.revisions]
        refused = [act() for act in acts if segment in desk.standing.standing_of(signature).differences]
        if not helper_first and segment in desk.standing.standing_of(signature).differences:
            self.give_the_key(desk, signature, segment, helper_first=True)
            return
        assert segment not in desk.standing.standing_of(signature).differences, refused


FOLLOWING = st.sampled_from([0, 0, 0, 0, 1, 2, 3, 4, 5])
FORGERIES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([Draft, Write, Confirm, Omit, Approve, Approve, SendBack, TakeBack, Settle]),
        "who": PEOPLE,
        "where": PLACES,
        "texts": st.tuples(st.sampled_from([*[None] * 9, *SOURCES]), st.sampled_from([*[None] * 8, *TARGETS])),
        "name": st.sampled_from([0, 1, 1, 2, 3, None]),
        "last": st.integers(0, 3),
        "put": st.booleans(),
        "way": FOLLOWING,
    }
)


class ForgedDesk(HonestDesk):
    """The same, and somebody appends to the record by hand, whatever the tool would say."""

    every_edition_can_become_final = None
    what_changed_is_what_is_asked = None
    what_is_undone_was_never_done = None

    def prev(self, desk: Desk, person: str, way: int) -> tuple[str, ...]:
        """What the forged event follows: the last events, an older one, one of somebody else, a missing one, none."""
        mine = [event.id for event in desk.events if event.person == person]
        others = [event.id for event in desk.events if event.person != person]
        return (
            desk.ledger.heads.get(person, ()),
            tuple(mine[:1]),
            tuple(mine[-2:-1]),
            (),
            ("f" * 64,),
            tuple(others[-1:]),
        )[way]

    def forger(self, desk: Desk, who: int, way: int) -> str:
        return "ghost" if (who, way) == (5, 3) else self.person(desk, who)

    def hold_to_the_laws(self, desk: Desk, number: int) -> None:
        standing = desk.standing
        translators = {one.person for one in standing.passes["translation"].signers}
        for one in desk.policy.revisions:
            assert translators.isdisjoint(signed.person for signed in standing.passes[one.name].signers)

    @rule(m=MACHINES, forgeries=st.lists(FORGERIES, min_size=1, max_size=4))
    def forge(self, m: int, forgeries: list[dict]) -> None:
        for values in forgeries:
            self.forge_one(self.at(m), **values)

    def forge_one(self, desk: Desk, kind, who, where, texts, name, last, put, way) -> None:
        """An event on a segment that nobody asked the rules for; it answers or restores some of the last ones there."""
        one = desk[self.some(desk, where)]
        name = "gone" if name is None else self.pass_(desk, name)
        source, target = texts
        text = one.segment.target if target is None else target
        told = desk.events if last == 3 else one.versions()
        named = tuple(event.id for event in told)[-1 - last :]
        special = {
            Draft: {"text": text, "origin": "memory"},
            Write: {"pass_": name, "text": text, "from_": one.target, "restores": named[0] if named and last else None},
            Confirm: {"pass_": name},
            Omit: {"pass_": name, "from_": one.target},
            Approve: {"pass_": name, "answers": named},
            SendBack: {"pass_": name, "comment": "不对"},
            TakeBack: {"answers": named[0] if named else "f" * 64},
            Settle: {"reason": "因为", "answers": named},
        }
        person = self.forger(desk, who, way)
        if kind is TakeBack and named and last:
            person = next(event.person for event in told if event.id == named[0])
        self.append(
            desk,
            kind,
            person,
            way,
            segment=one.id,
            source=one.source if source is None else text_hash(source),
            target=EMPTY if kind is Omit else text_hash(text),
            **special[kind],
        )
        if kind in (Write, Omit) and put:
            desk.put(one.id, "" if kind is Omit else text)

    @rule(
        m=MACHINES,
        who=PEOPLE,
        where=PLACES,
        part=PLACES,
        kind=st.sampled_from([Join, Split]),
        name=PASSES,
        texts=st.tuples(st.integers(0, 5), st.integers(0, 5)),
        other=st.booleans(),
        way=FOLLOWING,
    )
    def forge_resegmentation(self, m, who, where, part, kind, name, texts, other, way) -> None:
        """A join or split that makes one segment of another, of itself, or of one that is gone; truly or not."""
        desk = self.at(m)
        one = desk.segment(self.some(desk, where))
        ids = sorted({*desk.ledger.segments, *(each.id for each in desk.segments)})
        segment = ids[part % len(ids)] if other else self.some(desk, part)
        now = one.source, one.target
        before = tuple(f"{text}{'' if more else '更多'}" for text, more in zip(now, texts, strict=True))
        self.append(
            desk,
            kind,
            self.forger(desk, who, way),
            way,
            segment=one.id,
            source=text_hash(now[0]),
            target=text_hash(now[1]),
            pass_=self.pass_(desk, name),
            parts=((segment, *before),),
            texts=now,
        )

    @rule(m=MACHINES, who=PEOPLE, name=PASSES, wrong=st.integers(0, 7), known=st.integers(0, 11), way=FOLLOWING)
    def forge_signature(self, m, who, name, wrong, known, way) -> None:
        """A signature with gaps, on both sides, of people who do not act there, or with a part of it wrong."""
        desk = self.at(m)
        pass_name, person = self.pass_(desk, name), self.forger(desk, who, way)
        texts = list(desk.standing.texts)
        if wrong == 0:
            texts.pop()
        if wrong == 1:
            texts[0] = (texts[0][0], texts[0][1], text_hash(TARGETS[known % 4]))
        if wrong == 2:
            texts.reverse()
        heads = sorted(desk.ledger.heads.items())
        self.append(
            desk,
            Sign,
            person,
            way,
            pass_=pass_name,
            role="translator",
            name=person.title(),
            segments=tuple(texts),
            heads={one: ids for number, (one, ids) in enumerate(heads) if known > 7 or (known >> number % 3) & 1},
            digest="0" * 64 if wrong == 3 else digest(SLUG, ENGLISH, pass_name, texts),
        )

    @rule(m=MACHINES, who=PEOPLE, what=PEOPLE, way=FOLLOWING)
    def forge_withdrawal(self, m, who, what, way) -> None:
        desk = self.at(m)
        if desk.events:
            taken = desk.ledger.signatures or desk.events
            self.append(desk, Withdraw, self.person(desk, who), way, signature=taken[what % len(taken)].id)

    def append(self, desk: Desk, kind, person: str, way: int, **values: object) -> None:
        prev = self.prev(desk, person, way)
        desk.events.append(seal(kind, prev=prev, person=person, at=CLOCK[way % 3], **values))


def _bounded() -> settings:
    """What fits a minute, unless a profile asks for more."""
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    if settings.default.max_examples > 100:
        return settings(suppress_health_check=health)
    return settings(max_examples=120, stateful_step_count=50, suppress_health_check=health)


TestHonestDesk = HonestDesk.TestCase
TestHonestDesk.settings = _bounded()
TestForgedDesk = ForgedDesk.TestCase
TestForgedDesk.settings = _bounded()
