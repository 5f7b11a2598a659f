"""How the segments of an edition stand: the record folded over the texts that are there now.

Every rule here is one of the desk's (docs/rules.md). A text is known by the hash of its NFC form, so an
act counts exactly while the texts it names are the present ones, whoever changed them and with what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reviewtool.model.ledger import (
    Approve,
    Comment,
    Confirm,
    Dismiss,
    Draft,
    Ledger,
    Omit,
    Resolve,
    SegmentEvent,
    SendBack,
    Settle,
    Write,
    Writing,
)
from reviewtool.model.once import once
from reviewtool.model.policy import Pass, Policy, Role
from reviewtool.model.segment import EMPTY, Segment, State, text_hash

JUDGING = (Write, Confirm, Omit, Approve, SendBack)
"""The acts by which a person takes a text or speaks against it."""
OUTSIDE = "outside"
"""The origin of a text that no event names: another program or a merge put it there."""
SOURCE = "source"
"""The origin of a monolingual edition's text that still is the source."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and its replies; open until somebody resolves it."""

    remark: Comment
    replies: tuple[Comment, ...]
    resolved: bool


class SegmentStanding:
    """How one segment stands, for its present source and target.

    Everything is computed when asked for, from the segment, the events about it, and the desk's policy.
    """

    def __init__(self, segment: Segment, ledger: Ledger, policy: Policy) -> None:
        self.segment = segment
        events = ledger.on(segment.id)
        self.source = _of(text_hash(segment.source), (event.source for event in events))
        self.target = _of(text_hash(segment.target), (event.target for event in events))
        # The history and not the ledger, which a standing that outlives an act would keep from being forgotten.
        self._history = ledger.history
        self._policy = policy
        self._events = events

    @property
    def id(self) -> str:
        """The segment's id."""
        return self.segment.id

    def _naming(self) -> Iterator[SegmentEvent]:
        """The events that name exactly the present source and target."""
        for event in self._events:
            if event.source == self.source and event.target == self.target:
                yield event

    # Text

    @once
    def omitted(self) -> bool:
        """Whether a person left this segment out on purpose, for its present source."""
        return self.target == EMPTY and any(isinstance(event, Omit) for event in self._naming())

    @once
    def translated(self) -> bool:
        """Whether a person wrote or confirmed the present target for the present source, or omitted it."""
        if self.target == EMPTY:
            return self.omitted
        return any(isinstance(event, Write | Confirm) for event in self._naming())

    @once
    def draft(self) -> bool:
        """Whether there is a target that no person wrote or confirmed for the present source."""
        return self.target != EMPTY and not self.translated

    @once
    def begun(self) -> bool:
        """Whether a person wrote, confirmed or omitted anything here for the present source."""
        return any(isinstance(event, Writing) and event.source == self.source for event in self._events)

    @once
    def writings(self) -> tuple[Writing, ...]:
        """All acts of writing whose text is the present one, whatever the source was."""
        return tuple(event for event in self._events if isinstance(event, Writing) and event.target == self.target)

    def restoring(self, event: SegmentEvent) -> bool:
        """Whether the act puts back a text that a person wrote or confirmed here before."""
        if not isinstance(event, Write) or event.restores is None:
            return False
        restored = self._history.get(event.restores)
        return (
            isinstance(restored, Write | Confirm)
            and restored.segment == event.segment
            and restored.target == event.target
        )

    @once
    def writers(self) -> frozenset[str]:
        """All people who ever wrote, confirmed or omitted the present text here."""
        return _kept(frozenset(event.person for event in self.writings if not self.restoring(event)))

    def wrote_for_present_source(self, *, but: str) -> frozenset[str]:
        """Who, other than ``but``, wrote, confirmed or omitted it for the present source; not what is settled."""
        return frozenset(
            event.person
            for event in self._naming()
            if isinstance(event, Writing) and event.person != but and event.id not in self.settled
        )

    @once
    def origin(self) -> str:
        """Where the present text comes from: a draft's origin, the writers' names joined, outside, or nothing."""
        if self.target == EMPTY and not self.omitted:
            return ""
        if self.writers:
            return ", ".join(sorted(self.writers, key=self._policy.rank))
        drafts = [event for event in self._events if isinstance(event, Draft) and event.target == self.target]
        if drafts:
            return drafts[-1].origin
        return SOURCE if self.source == self.target else OUTSIDE

    def changed_in(self, name: str) -> bool:
        """Whether the present text was written, confirmed or omitted for the present source in this pass."""
        return any(isinstance(event, Writing) and event.pass_ == name for event in self._naming())

    def changed_after(self, name: str) -> bool:
        """The same for any pass later than this one."""
        return any(
            self._policy.later(later.name, name) and self.changed_in(later.name) for later in self._policy.passes
        )

    def last_taken_by(self, person: str, *, but: int | None = None) -> bool:
        """Whether the last of a person's acts here, in every branch, take the present texts.

        Taking is approving, writing, confirming or omitting them. ``but`` is a set of
        :meth:`Ledger.seen` that is left out; without any act left it is False.
        """
        own = [
            event
            for event in self._events
            if event.person == person
            and isinstance(event, JUDGING)
            and (but is None or not self._history.within(event, but))
        ]
        last = [event for event in own if not any(self._history.before(event, other) for other in own)]
        return bool(last) and all(
            not isinstance(event, SendBack) and (event.source, event.target) == (self.source, self.target)
            for event in last
        )

    # Disputes

    @once
    def settlements(self) -> tuple[Settle, ...]:
        """The editors' decisions on the present texts, where the workspace allows them."""
        if not self._policy.override:
            return ()
        return tuple(event for event in self._naming() if isinstance(event, Settle) and self.may_settle(event.person))

    @once
    def settled(self) -> frozenset[str]:
        """The ids of the acts that an editor's decision answers."""
        return _kept(frozenset(answer for event in self.settlements for answer in event.answers))

    def may_settle(self, person: str) -> bool:
        """Whether this person is an editor here; who has left the desk is taken to have been one."""
        editors = [one.name for one in self._policy.passes if one.role is Role.EDITOR]
        if not editors:
            return person not in self.writers and person not in self._senders
        return self._policy.person(person) is None or any(self._policy.may_act(person, name) for name in editors)

    @once
    def _senders(self) -> frozenset[str]:
        return frozenset(event.person for event in self._naming() if isinstance(event, SendBack))

    @once
    def barred(self) -> frozenset[str]:
        """The writers, who may not approve, but for those whose every writing an editor has settled."""
        return _kept(
            frozenset(
                event.person for event in self.writings if not self.restoring(event) and event.id not in self.settled
            )
        )

    # Approvals

    @once
    def approvals(self) -> tuple[Approve, ...]:
        """The approvals that count."""
        return tuple(event for event in self._naming() if isinstance(event, Approve) and self._counts(event))

    def _counts(self, approval: Approve) -> bool:
        """The four-eyes rule.

        Not by a writer, and not by somebody who has since (in that pass) sent back or (in any) written
        the segment. Of one person's acts in two branches the stricter wins: all of them must come
        before the approval in the tree.
        """
        one = self._policy.pass_named(approval.pass_)
        if one is None or one.is_translation or approval.person in self.barred:
            return False
        return all(
            self._history.before(event, approval)
            for event in self._events
            if event.person == approval.person
            and (isinstance(event, Writing) or (isinstance(event, SendBack) and event.pass_ == approval.pass_))
        )

    def approvers(self, name: str) -> tuple[str, ...]:
        """The people whose approvals count in this pass, each once, in the order of the desk."""
        people = {event.person for event in self.approvals if event.pass_ == name}
        return tuple(sorted(people, key=self._policy.rank))

    @once
    def sent_back(self) -> tuple[SendBack, ...]:
        """The send-backs that stand."""
        return tuple(event for event in self._naming() if isinstance(event, SendBack) and self._stands(event))

    def _stands(self, sent: SendBack) -> bool:
        """Until its sender approves, an editor settles it, or, its sender gone, somebody else answers it.

        An approval of the sender counts only after all they sent back (:meth:`_counts`).
        """
        if self._policy.pass_named(sent.pass_) is None or sent.id in self.settled:
            return False
        gone = self._policy.person(sent.person) is None
        return not any(
            approval.pass_ == sent.pass_ and (approval.person == sent.person or (gone and sent.id in approval.answers))
            for approval in self.approvals
        )

    def needs(self, one: Pass) -> int:
        """How many approvals the segment needs in this revision pass."""
        if self.changed_after(one.name):
            return 0
        if one.only_changed:
            return 1 if self.changed_in(one.name) else 0
        return one.approvals

    def lacks(self, one: Pass) -> int:
        """How many approvals are still missing in this revision pass."""
        return max(0, self.needs(one) - len(self.approvers(one.name)))

    def satisfies(self, one: Pass) -> bool:
        """Whether the segment has all that this pass needs of it; a send-back that stands outweighs approvals."""
        if one.is_translation:
            return self.translated
        return self.translated and not self.sent_back and self.lacks(one) == 0

    @once
    def state(self) -> State:
        """The segment's state as far as it goes without the edition's signatures (never ``final``)."""
        if not self.translated:
            return State.DRAFT if self.draft else State.UNTRANSLATED
        if self.sent_back:
            return State.SENT_BACK
        return State.REVIEWED if all(self.satisfies(one) for one in self._policy.revisions) else State.TRANSLATED

    # Remarks

    @once
    def threads(self) -> tuple[Thread, ...]:
        """The remarks on this segment, whatever its text was, each with its replies."""
        comments = [event for event in self._events if isinstance(event, Comment)]
        resolved = {event.answers for event in self._events if isinstance(event, Resolve)}
        return tuple(
            Thread(one, tuple(reply for reply in comments if reply.answers == one.id), one.id in resolved)
            for one in comments
            if one.answers is None or not isinstance(self._history.get(one.answers), Comment)
        )

    @once
    def dismissed(self) -> frozenset[str]:
        """The ids of findings on exactly these texts that somebody set aside."""
        return frozenset(event.finding for event in self._naming() if isinstance(event, Dismiss))

    # Versions

    def versions(self) -> tuple[SegmentEvent, ...]:
        """Every event about this segment, in the order to tell them."""
        return tuple(self._events)

    def recorded(self, target: str) -> str | None:
        """The text with this hash, where the record has it."""
        return next(
            (
                event.text
                for event in self._events
                if isinstance(event, Draft | Write | Confirm) and event.target == target and event.text is not None
            ),
            None,
        )

    def restorable(self, target: str, person: str) -> str | None:
        """The act whose text a write of this target by ``person`` would put back.

        One that a person wrote or confirmed here; None where there is none, or where it is a text of
        the person's own, which makes them no less its writer.
        """
        acts = [event for event in self._events if isinstance(event, Write | Confirm) and event.target == target]
        if any(event.person == person and not self.restoring(event) for event in acts):
            return None
        return next((event.id for event in acts if not self.restoring(event)), None)


def _of(found: str, others: Iterable[str]) -> str:
    """The hash as one of the others if it is there, so that memory holds it once."""
    return next((other for other in others if other == found), found)


@lru_cache(maxsize=1000)
def _kept(names: frozenset[str]) -> frozenset[str]:
    """The set as it was made before: of the people at a desk there are few sets, and every segment has some."""
    return names


def fold(segments: Iterable[Segment], ledger: Ledger, policy: Policy) -> Mapping[str, SegmentStanding]:
    """The standing of every segment, in the edition's order."""
    return {segment.id: SegmentStanding(segment, ledger, policy) for segment in segments}
