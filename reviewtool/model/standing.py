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
    Join,
    Ledger,
    Omit,
    Resegment,
    Resolve,
    Revocable,
    SegmentEvent,
    SendBack,
    Settle,
    Split,
    TakeBack,
    Write,
    Writing,
)
from reviewtool.model.lineage import Lineage
from reviewtool.model.once import once
from reviewtool.model.policy import Pass, Policy, Role
from reviewtool.model.segment import EMPTY, Segment, State, text_hash

JUDGING = (Write, Confirm, Omit, Join, Split, Approve, SendBack)
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
        # Of nearly every segment all events count, and nothing has to be asked of its lineage.
        self._is_plain = segment.id not in ledger.unsettled
        self._own = ledger.on(segment.id)
        self._events = self._own if self._is_plain else ledger.lineage(segment.id)
        self.source = _of(text_hash(segment.source), (event.source for event in self._own))
        self.target = _of(text_hash(segment.target), (event.target for event in self._own))
        # The history and not the ledger, which a standing that outlives an act would keep from being forgotten.
        self._history = ledger.history
        self._policy = policy

    @property
    def id(self) -> str:
        """The segment's id."""
        return self.segment.id

    @once
    def lineage(self) -> Lineage:
        """What the record says of this segment whatever its texts are now."""
        return Lineage(self.id, self._own, self._events, self._history, is_plain=self._is_plain)

    @once
    def acts(self) -> tuple[SegmentEvent, ...]:
        """The events about this segment that count: not what was taken back."""
        return self._own if self._is_plain else self.lineage.acts

    def undone_by(self, event: SegmentEvent) -> Revocable | None:
        """The act that this event takes back, if it does."""
        return self.lineage.undone_by(event) if isinstance(event, TakeBack) else None

    def _naming(self) -> Iterator[SegmentEvent]:
        """The acts that name exactly the present source and target."""
        for event in self.acts:
            if event.source == self.source and event.target == self.target:
                yield event

    # Text

    @once
    def omitted(self) -> bool:
        """Whether a person left this segment out on purpose, for its present source."""
        return self.target == EMPTY and any(isinstance(event, Omit | Resegment) for event in self._naming())

    @once
    def translated(self) -> bool:
        """Whether a person wrote or confirmed the present target for the present source, or omitted it."""
        if self.target == EMPTY:
            return self.omitted
        return any(isinstance(event, Write | Confirm | Resegment) for event in self._naming())

    @once
    def draft(self) -> bool:
        """Whether there is a target that no person wrote or confirmed for the present source."""
        return self.target != EMPTY and not self.translated

    @once
    def begun(self) -> bool:
        """Whether a person wrote, confirmed or omitted anything here for the present source."""
        return any(isinstance(event, Writing) and event.source == self.source for event in self.acts)

    @once
    def writings(self) -> tuple[Writing, ...]:
        """All acts of writing whose text is the present one or a part of it, whatever the source was."""
        if self._is_plain:
            return tuple([event for event in self._own if event.target == self.target and isinstance(event, Writing)])
        return self.lineage.writings(self.target)

    def restoring(self, event: SegmentEvent) -> bool:
        """Whether an act of writing brings nobody's words but such as were taken here before."""
        if isinstance(event, Write) and event.restores is None:
            return False
        return self.lineage.restoring(event)

    @once
    def writers(self) -> frozenset[str]:
        """All people who ever wrote, confirmed or omitted the present text here."""
        return _kept(frozenset(event.person for event in self.writings if not self.restoring(event)))

    def wrote_for_present_source(self, *, but: str) -> frozenset[str]:
        """Who, other than ``but``, wrote, confirmed or omitted it for the present source; not what is settled."""
        acts = [event for event in self._naming() if isinstance(event, Writing) and event.id not in self.settled]
        people = {event.person for event in acts if not isinstance(event, Resegment)}
        if any(isinstance(event, Resegment) for event in acts):
            people |= self.barred
        return frozenset(people - {but})

    @once
    def origin(self) -> str:
        """Where the present text comes from: a draft's origin, the writers' names joined, outside, or nothing."""
        if self.target == EMPTY and not self.omitted:
            return ""
        if self.writers:
            return ", ".join(sorted(self.writers, key=self._policy.rank))
        drafts = self.lineage.drafts(self.target)
        if drafts:
            return drafts[-1].origin
        return SOURCE if self.source == self.target else OUTSIDE

    def changed_in(self, name: str) -> bool:
        """Whether the present text was written, confirmed or omitted for the present source in this pass."""
        return any(isinstance(event, Writing) and event.pass_ == name for event in self._naming())

    def changed_after(self, name: str) -> bool:
        """The same for any pass later than this one; joining and splitting change no text."""
        later = [one.name for one in self._policy.passes if self._policy.later(one.name, name)]
        return bool(later) and any(
            isinstance(event, Write | Confirm | Omit) and event.pass_ in later for event in self._naming()
        )

    def last_taken_by(self, person: str, *, but: int | None = None) -> bool:
        """Whether the last of a person's acts here, in every branch, take the present texts.

        Taking is approving, writing, confirming or omitting them. ``but`` is a set of
        :meth:`Ledger.seen` that is left out; without any act left it is False.
        """
        own = [
            event
            for event in self.acts
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

        Not by a writer, and not by somebody who has since (in that pass) sent back, or (in any) written the
        segment. Of one person's acts in two branches the stricter wins: all of them must come before the
        approval in the tree, and an approval taken back in one branch is missing in the other.
        """
        one = self._policy.pass_named(approval.pass_)
        if one is None or one.is_translation or approval.person in self.barred:
            return False
        return all(
            self._leaves(approval, event) or self._history.before(event, approval)
            for event in self.acts
            if event.person == approval.person
        )

    def _leaves(self, approval: Approve, event: SegmentEvent) -> bool:
        """Whether an act of the same person's leaves the approval be, though it comes later or in another branch."""
        undone = self.undone_by(event)
        if isinstance(undone, Approve) and undone.pass_ == approval.pass_:
            return self._history.before(approval, undone)
        return not (isinstance(event, Writing) or (isinstance(event, SendBack) and event.pass_ == approval.pass_))

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
        """The remarks on this segment and those it was made of, whatever its text was, each with its replies."""
        comments = [event for event in self.versions() if isinstance(event, Comment)]
        resolved = {event.answers for event in self.versions() if isinstance(event, Resolve)}
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
        """Every event about this segment and those it was made of, in the order to tell them."""
        return self._events

    def last_act(self, person: str) -> Revocable | Join | Split | Settle | None:
        """What a person did last about the text here and has not taken back; remarks are not about it."""
        own = [
            event
            for event in self._own
            if event.person == person
            and isinstance(event, (Settle, *JUDGING))
            and event.id not in self.lineage.taken_back
        ]
        last = [event for event in own if not any(self._history.before(event, other) for other in own)]
        return last[-1] if last else None

    def text_before(self, act: Write | Omit) -> str | None:
        """The text that stood here before an act that changed it; None where the record does not have it."""
        if act.from_ == EMPTY:
            return ""
        return self.segment.source if act.from_ == self.source else self.recorded(act.from_)

    def recorded(self, target: str) -> str | None:
        """The text with this hash, where the record has it."""
        return self.lineage.recorded(target)

    def unrecorded(self) -> str | None:
        """The present text where the record has it nowhere, so that an act which changes it keeps it there."""
        is_known = self.target in (EMPTY, self.source) or self.recorded(self.target) is not None
        return None if is_known else self.segment.target

    def restorable(self, target: str, person: str) -> str | None:
        """The act whose text a write of this target by ``person`` would put back; None where it makes a writer."""
        return self.lineage.restorable(target, person)


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
