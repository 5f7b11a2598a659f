"""The rules of the desk once more, as plainly as the document says them, to hold the real ones against.

Slow on purpose: sets, loops, and for every event the explicit set of those before it. Written from the
rules' text and sharing nothing with the code it judges but the events, the policy and the text hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import permutations

import rfc8785

from reviewtool.model.ledger import (
    AnyEvent,
    Approve,
    Confirm,
    Join,
    Omit,
    SendBack,
    Settle,
    Sign,
    Split,
    TakeBack,
    Withdraw,
    Write,
)
from reviewtool.model.policy import Pass, Policy, Role
from reviewtool.model.segment import Segment, text_hash

NOTHING = text_hash("")
CHANGING = (Write, Confirm, Omit)
WORKING = (*CHANGING, Join, Split)


class Plain:
    """One edition, its events in whatever order, and the desk's policy."""

    def __init__(
        self, slug: str, language: str, segments: Iterable[Segment], events: Iterable[AnyEvent], policy: Policy
    ) -> None:
        self.slug = slug
        self.language = language
        self.policy = policy
        self.order = []
        self.now = {}
        for segment in segments:
            self.order.append(segment.id)
            self.now[segment.id] = (text_hash(segment.source), text_hash(segment.target))
        self.events = {event.id: event for event in events}
        self.before = {event: self._before(event) for event in self.events}
        self._memory = {}
        self.undone = {e.answers for e in self.events.values() if isinstance(e, TakeBack) and self._undoes(e)}

    def _undoes(self, event):
        """Whether this takes an earlier act of the same person's on the same segment back."""
        act = self.events.get(event.answers)
        return (
            isinstance(act, (Write, Confirm, Omit, Approve, SendBack))
            and (act.person, act.segment) == (event.person, event.segment)
            and act.id in self.before[event.id]
        )

    def _before(self, event):
        """The ids of all events that come before this one in the tree."""
        found = set()
        waiting = list(self.events[event].prev)
        while waiting:
            one = waiting.pop()
            if one in self.events and one not in found:
                found.add(one)
                waiting.extend(self.events[one].prev)
        return found

    def _once(self, key, compute):
        if key not in self._memory:
            self._memory[key] = compute()
        return self._memory[key]

    def ever_on(self, segment, *kinds):
        """The events of these kinds about a segment, taken back or not."""
        return self._once(
            ("on", segment, kinds),
            lambda: [e for e in self.events.values() if isinstance(e, kinds) and e.segment == segment],
        )

    def on(self, segment, *kinds):
        """Those that were not taken back, and of joins and splits those that carry translated text on."""
        found = [e for e in self.ever_on(segment, *kinds) if e.id not in self.undone]
        return [e for e in found if not isinstance(e, (Join, Split)) or self.carries(e)]

    # Joins and splits

    def faithful(self, event):
        """Whether a join or split has exactly the words of its parts."""
        if [text_hash(text) for text in event.texts] != [event.source, event.target]:
            return False
        for side in (0, 1):
            parts = [part[side + 1] for part in event.parts]
            if isinstance(event, Join) and re.sub(r"\s", "", "".join(parts)) != re.sub(r"\s", "", event.texts[side]):
                return False
            if isinstance(event, Split) and (len(parts) != 1 or event.texts[side] not in parts[0]):
                return False
        return True

    def carries(self, event):
        """Whether all that it was made of had been taken by somebody."""
        return event.id in self._once("carrying", self._carrying)

    def _carrying(self):
        """The joins and splits that carry on: those made of what somebody took, then those made of them, and so on."""
        made = [e for e in self.events.values() if isinstance(e, (Join, Split)) and self._may_carry(e)]
        found = set()
        while True:
            more = {e.id for e in made if e.id not in found and all(self._was_taken(p, found) for p in e.parts)}
            if not more:
                return found
            found |= more

    def _may_carry(self, event):
        if not self.faithful(event):
            return False
        if isinstance(event, Split):
            whole, piece = event.parts[0][2].strip(), event.texts[1].strip()
            if whole and (not piece or text_hash(whole) == text_hash(piece)):
                return False
        return True

    def _was_taken(self, part, carrying):
        segment, source, target = part
        for event in self.ever_on(segment, *WORKING):
            if event.id in self.undone or (event.source, event.target) != (text_hash(source), text_hash(target)):
                continue
            if isinstance(event, (Join, Split)):
                if event.id in carrying:
                    return True
            elif isinstance(event, Omit) == (event.target == NOTHING):
                return True
        return False

    def came_from(self, segment, target):
        """The segments and texts that the words of this text here came from, itself included."""
        found = set()
        waiting = [(segment, target)]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                for event in self.ever_on(place[0], Join, Split):
                    if event.target == place[1] and self.faithful(event):
                        waiting += [(part, text_hash(text)) for part, _, text in event.parts]
        return found

    def present(self, event):
        """Whether the event names exactly the texts that are there now."""
        return (event.source, event.target) == self.now[event.segment]

    def heads(self, person):
        """A person's last events: those of theirs that none of theirs follows."""
        mine = [e for e in self.events.values() if e.person == person]
        return {e.id for e in mine if not any(e.id in other.prev for other in mine)}

    # Writers

    def puts_back(self, event):
        """Whether a write puts back a text that a person wrote or confirmed there before."""
        if not isinstance(event, Write) or event.restores not in self.events:
            return False
        old = self.events[event.restores]
        if isinstance(old, Confirm) and old.id in self.undone:
            return False
        if isinstance(old, (Join, Split)) and not self.carries(old):
            return False
        return isinstance(old, (Write, Confirm, Join, Split)) and (old.segment, old.target) == (
            event.segment,
            event.target,
        )

    def writing_acts(self, segment):
        """What made people writers of the present text: a text's writer stays it, whatever they take back."""
        return [
            e
            for place, text in self.came_from(segment, self.now[segment][1])
            for e in self.ever_on(place, Write) + self.on(place, Confirm, Omit)
            if e.target == text and not self.puts_back(e)
        ]

    def writers(self, segment):
        return {e.person for e in self.writing_acts(segment)}

    def omitted(self, segment):
        return self.now[segment][1] == NOTHING and any(self.present(e) for e in self.on(segment, Omit, Join, Split))

    def translated(self, segment):
        if self.now[segment][1] == NOTHING:
            return self.omitted(segment)
        return any(self.present(e) for e in self.on(segment, Write, Confirm, Join, Split))

    def draft(self, segment):
        return self.now[segment][1] != NOTHING and not self.translated(segment)

    # Settling

    def editor(self, person, segment):
        """Whether this person may settle: an editor; where there are none, who neither wrote nor sent back."""
        editing = [p for p in self.policy.passes if p.role is Role.EDITOR]
        if editing:
            people = {p.id: p for p in self.policy.people}
            if person not in people:
                return True
            return any(people[person].passes is None or p.name in people[person].passes for p in editing)
        senders = {e.person for e in self.on(segment, SendBack) if self.present(e)}
        return person not in self.writers(segment) and person not in senders

    def settled(self, segment):
        """The ids of the events that are settled for the present texts."""
        if not self.policy.override:
            return set()
        found = set()
        for event in self.on(segment, Settle):
            if self.present(event) and self.editor(event.person, segment):
                found.update(event.answers)
        return found

    # Approvals and send-backs

    def counting(self, segment):
        """The approvals that count."""
        return self._once(("counting", segment), lambda: [a for a in self.on(segment, Approve) if self._counts(a)])

    def _counts(self, approval):
        segment = approval.segment
        if not self.present(approval) or approval.pass_ not in [p.name for p in self.revisions()]:
            return False
        settled = self.settled(segment)
        if any(e.person == approval.person and e.id not in settled for e in self.writing_acts(segment)):
            return False
        mine = [e for e in self.on(segment, *WORKING) if e.person == approval.person]
        mine += [e for e in self.on(segment, SendBack) if e.person == approval.person and e.pass_ == approval.pass_]
        for taking in self.on(segment, TakeBack):
            if not self._undoes(taking) or taking.person != approval.person:
                continue
            taken = self.events[taking.answers]
            of_this_pass = isinstance(taken, Approve) and taken.pass_ == approval.pass_
            if of_this_pass and approval.id not in self.before[taken.id]:
                mine.append(taking)
        return all(e.id in self.before[approval.id] for e in mine)

    def approvals(self, segment):
        return {(a.pass_, a.person) for a in self.counting(segment)}

    def sent_back(self, segment):
        """The ids of the send-backs that stand."""
        return {e.id for e in self.on(segment, SendBack) if self._stands(e)}

    def _stands(self, sent):
        if not self.present(sent) or sent.pass_ not in [p.name for p in self.policy.passes]:
            return False
        if sent.id in self.settled(sent.segment):
            return False
        here = [p.id for p in self.policy.people]
        for approval in self.counting(sent.segment):
            if approval.pass_ != sent.pass_:
                continue
            if approval.person == sent.person and sent.id in self.before[approval.id]:
                return False
            if sent.person not in here and sent.id in approval.answers:
                return False
        return True

    # Passes

    def revisions(self):
        return [p for p in self.policy.passes if p.role is not Role.TRANSLATOR]

    def later_passes(self, name):
        names = [p.name for p in self.policy.passes]
        return names[names.index(name) + 1 :] if name in names else []

    def changed_in(self, segment, names, kinds=WORKING):
        return any(self.present(e) and e.pass_ in names for e in self.on(segment, *kinds))

    def has_what_it_needs(self, segment, one: Pass):
        if not self.translated(segment):
            return False
        if one.role is Role.TRANSLATOR:
            return True
        if self.sent_back(segment):
            return False
        if self.changed_in(segment, self.later_passes(one.name), CHANGING):
            return True
        wanted = one.approvals
        if one.only_changed:
            wanted = 1 if self.changed_in(segment, [one.name]) else 0
        return len({person for name, person in self.approvals(segment) if name == one.name}) >= wanted

    def complete(self, one: Pass):
        return (
            bool(self.order)
            and all(self.has_what_it_needs(segment, one) for segment in self.order)
            and len(self.standing_signatures(one.name)) >= one.signers
        )

    def final(self):
        return self._once("final", lambda: all(self.complete(one) for one in self.policy.passes))

    def state(self, segment):
        if not self.translated(segment):
            return "draft" if self.draft(segment) else "untranslated"
        if self.sent_back(segment):
            return "sent-back"
        if not all(self.has_what_it_needs(segment, one) for one in self.revisions()):
            return "translated"
        return "final" if self.final() else "reviewed"

    # Signatures

    def signatures(self):
        """All signatures that their signers have not taken back."""
        taken_back = {(e.signature, e.person) for e in self.events.values() if isinstance(e, Withdraw)}
        return [e for e in self.events.values() if isinstance(e, Sign) and (e.id, e.person) not in taken_back]

    def known_to(self, sign):
        """The ids of what the signer had seen."""
        seen = {sign.id} | self.before[sign.id]
        for heads in sign.heads.values():
            for head in heads:
                if head in self.events:
                    seen |= {head} | self.before[head]
        return seen

    def genuine(self, sign):
        bound = {
            "namespace": "reviewtool",
            "slug": self.slug,
            "language": self.language,
            "pass": sign.pass_,
            "segments": [list(one) for one in sign.segments],
        }
        return sign.digest == hashlib.sha256(rfc8785.dumps(bound)).hexdigest()

    def reordered(self, sign):
        return [segment for segment, _, _ in sign.segments] != self.order

    def differences(self, sign):
        """The segments of which the signer has still to see the present texts, in order."""
        return self._once(
            ("differences", sign.id), lambda: [one for one in self.order if not self._signed_still(sign, one)]
        )

    def _signed_still(self, sign, segment):
        signed = {one: (source, target) for one, source, target in sign.segments}.get(segment)
        now = self.now[segment]
        known = self.known_to(sign)
        acts = [e for e in self.on(segment, *WORKING, Approve, SendBack) if e.id not in known]
        own = [e for e in acts if e.person == sign.person]
        if signed == now:
            other_text = any(isinstance(e, WORKING) and e.target != signed[1] for e in own)
            gave_back = any(isinstance(e, SendBack) and (e.source, e.target) == signed for e in own)
            if not other_text and not gave_back and not self._took_back(sign, segment, signed):
                return True
        last = [e for e in own if not any(e.id in self.before[other.id] for other in own)]
        if last and all(self.present(e) and not isinstance(e, SendBack) for e in last):
            return True
        later = self.later_passes(sign.pass_)
        changes = [e for e in acts if isinstance(e, CHANGING) and e.pass_ in later and self.present(e)]
        return signed is not None and signed[0] == now[0] and bool(changes)

    def _took_back(self, sign, segment, signed):
        """Whether the signer has since taken back an act by which they had taken the signed text before."""
        known = self.known_to(sign)
        for taking in self.on(segment, TakeBack):
            if taking.person == sign.person and taking.id not in known and self._undoes(taking):
                act = self.events[taking.answers]
                if act.id in known and not isinstance(act, SendBack) and (act.source, act.target) == signed:
                    return True
        return False

    def stands_alone(self, sign):
        """Whether it stands, but for the rule of both sides."""
        return self.genuine(sign) and not self.reordered(sign) and not self.differences(sign)

    def standing_signatures(self, name):
        """Person to signatures that stand on this pass."""
        return self._once(("standing", name), lambda: self._standing_signatures(name))

    def _standing_signatures(self, name):
        first = self.policy.passes[0].name
        translators = {s.person for s in self.signatures() if s.pass_ == first and self.stands_alone(s)}
        found = {}
        for sign in self.signatures():
            if sign.pass_ != name or not self.stands_alone(sign):
                continue
            if name != first and sign.person in translators:
                continue
            found.setdefault(sign.person, []).append(sign)
        return found

    # Signing

    def may_sign(self, person, name, *, read_all):
        """Whether nothing keeps this person from signing this pass now."""
        here = next((p for p in self.policy.people if p.id == person), None)
        if here is None or (here.passes is not None and name not in here.passes):
            return False
        names = [p.name for p in self.policy.passes]
        earlier = self.policy.passes[: names.index(name)]
        one = self.policy.passes[names.index(name)]
        if not self.order or not all(self.complete(p) for p in earlier):
            return False
        if not all(self.has_what_it_needs(segment, one) for segment in self.order):
            return False
        if self._on_the_other_side(person, one):
            return False
        if one.role is Role.TRANSLATOR and not any(self._has_part(person, segment) for segment in self.order):
            return False
        return read_all or all(self._has_seen(person, one, segment) for segment in self.order)

    def _on_the_other_side(self, person, one):
        first = self.policy.passes[0].name
        signed = {s.pass_ for s in self.signatures() if s.person == person}
        if one.role is Role.TRANSLATOR:
            return any(p.name in signed for p in self.revisions())
        places = {place for segment in self.order for place in self.came_from(segment, self.now[segment][1])}
        return first in signed or any(
            e.person == person and e.pass_ == first and e.target == text
            for segment, text in places
            for e in self.ever_on(segment, Write) + self.on(segment, Confirm, Omit, Join, Split)
        )

    def _has_part(self, person, segment):
        """Whether a text of theirs in the translation stands, or only later passes, joins and splits led on from it."""
        first = self.policy.passes[0].name
        places = set()
        more = {(segment, self.now[segment][1])}
        while more != places:
            places = set(more)
            for one, text in places:
                more |= self.came_from(one, text)
                for e in self.on(one, Write, Omit):
                    if e.target == text and e.pass_ in self.later_passes(first):
                        more.add((one, e.from_))
        return any(
            e.person == person and e.pass_ == first and e.target == text
            for one, text in places
            for e in self.on(one, *CHANGING)
        )

    def _has_seen(self, person, one, segment):
        for sign in self.signatures():
            mine = sign.person == person and sign.pass_ == one.name and self.genuine(sign)
            if mine and segment not in self.differences(sign):
                return True
        return any(
            e.person == person and self.present(e) and (not isinstance(e, Approve) or e.pass_ == one.name)
            for e in self.on(segment, *WORKING, Approve)
        )

    # Byline

    def byline(self, name):
        """The signatures of this pass's line: of all orders in which nobody stands before somebody whose
        signature they had seen, the one nearest to the order of the desk's people."""
        first = {
            person: min(
                (s for s in signs if not any(other.id in self.before[s.id] for other in signs)), key=lambda s: s.id
            )
            for person, signs in self.standing_signatures(name).items()
        }
        knows = {
            (one, other)
            for one in first
            for other in first
            if one != other and first[other].id in self.known_to(first[one])
        }
        order = _nearest(frozenset(first), frozenset(knows), tuple(p.id for p in self.policy.people))
        return [first[person] for person in order]


@lru_cache(maxsize=4096)
def _nearest(people, knows, desk):
    rank = {person: (desk.index(person) if person in desk else len(desk), person) for person in people}
    allowed = [
        order
        for order in permutations(sorted(people))
        if not any(order.index(one) < order.index(other) for one, other in knows)
    ]
    return min(allowed, key=lambda order: [rank[person] for person in order])
