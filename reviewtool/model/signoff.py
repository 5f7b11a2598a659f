"""Signatures: what they are bound to, when they stand, when a pass is complete, and what blocks signing."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from operator import attrgetter

from reviewtool.model.history import History
from reviewtool.model.language import Language
from reviewtool.model.ledger import (
    AnyEvent,
    Approve,
    Confirm,
    Ledger,
    Omit,
    Resegment,
    SegmentEvent,
    SendBack,
    Sign,
    Withdraw,
    Write,
    Writing,
    canonical,
)
from reviewtool.model.policy import Pass, Policy
from reviewtool.model.segment import Segment, State
from reviewtool.model.standing import SegmentStanding, fold

NAMESPACE = "reviewtool"
_FEW = 50
"""The number of changes above which a list is made anew."""


def digest(slug: str, language: Language, pass_name: str, segments: Sequence[tuple[str, str, str]]) -> str:
    """What a signature binds: SHA-256 over RFC 8785 JSON of the ordered texts, the article, language and pass."""
    bound = {
        "language": language.tag,
        "namespace": NAMESPACE,
        "pass": pass_name,
        "segments": segments,
        "slug": slug,
    }
    return hashlib.sha256(canonical(bound)).hexdigest()


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why a pass is not complete, or why somebody cannot sign it; ``segments`` are where."""

    sentence: str
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureStanding:
    """A signature held against the present text.

    ``differences`` are the segments whose present text the signer has still to see; ``reordered`` says
    that segments were added, removed or moved, ``dropped`` which of those signed are gone and ``added``
    which were not there to be signed. ``barred``: the signer's signature on the translation stands, so
    this one is counted in no other pass.
    """

    signature: Sign
    differences: tuple[str, ...]
    reordered: bool
    genuine: bool
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    barred: bool = False

    @property
    def stands(self) -> bool:
        """Whether it counts for its pass and in the byline."""
        return self.genuine and not self.differences and not self.reordered and not self.barred

    @property
    def person(self) -> str:
        """Who signed."""
        return self.signature.person


@dataclass(frozen=True, slots=True)
class PassStanding:
    """How one pass stands: everybody's signature on it that was not withdrawn, and what it still lacks."""

    one: Pass
    signatures: tuple[SignatureStanding, ...]
    complete: bool
    blocks: tuple[Blocker, ...]

    @property
    def signers(self) -> tuple[SignatureStanding, ...]:
        """The signatures that stand, one a person, in the order they print in."""
        return tuple(one for one in self.signatures if one.stands)


class Standing:
    """How one edition stands: its segments, passes and signatures, folded from the record and the present text.

    Args:
        slug: the article's.
        language: the edition's.
        segments: in the article's order, with the present texts.
        ledger: the record.
        policy: the desk's people and passes.
    """

    def __init__(
        self, slug: str, language: Language, segments: Iterable[Segment], ledger: Ledger, policy: Policy
    ) -> None:
        self.slug = slug
        self.language = language
        self.ledger = ledger
        self.policy = policy
        self.segments: Mapping[str, SegmentStanding] = fold(segments, ledger, policy)
        self._found: dict[tuple[str, ...], _Found] = {}
        self._statements: dict[str, _Statement] = {}

    def extended(self, events: Collection[AnyEvent], texts: Mapping[str, str]) -> Standing:
        """How the edition stands after these new acts, with these targets in the place of others.

        It is equal to one made anew; what the acts do not touch is not asked again.
        """
        ledger = self.ledger.extended(events)
        named = {event.segment for event in events if not isinstance(event, Sign | Withdraw)}
        touched = (ledger.descent(named) | texts.keys()) & self.segments.keys()
        changed = fold(self._with(touched, texts), ledger, self.policy)
        standing = Standing(self.slug, self.language, (), ledger, self.policy)
        standing.segments = {**self.segments, **changed}
        if ledger.history is not self.ledger.history:
            segments = [one.segment for one in standing.segments.values()]
            return Standing(self.slug, self.language, segments, ledger, self.policy)
        standing.places = self.places
        standing._found = {what: one.asked_again(self.segments, changed, standing) for what, one in self._found.items()}
        standing._statements = dict(self._statements)
        return standing

    def _with(self, touched: Iterable[str], texts: Mapping[str, str]) -> Iterator[Segment]:
        for name in touched:
            segment = self.segments[name].segment
            yield replace(segment, target=texts[name]) if name in texts else segment

    def _where(self, test: Callable[[SegmentStanding], bool], *what: str) -> tuple[str, ...]:
        """The segments of which the test holds, in order; ``what`` names the test, to ask it only once."""
        if what not in self._found:
            self._found[what] = _Found(test, tuple(one.id for one in self.segments.values() if test(one)))
        return self._found[what].segments

    @property
    def drafts(self) -> tuple[str, ...]:
        """The segments with a target that no person wrote or confirmed for the present source."""
        return self._where(attrgetter("draft"), "draft")

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Each segment's place in the article, from 0."""
        return {segment: place for place, segment in enumerate(self.segments)}

    @cached_property
    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """What a signature made now would be bound to: (segment, source, target) in order."""
        return tuple((one.id, one.source, one.target) for one in self.segments.values())

    def state(self, segment: str) -> State:
        """The state of one segment, ``final`` included."""
        state = self.segments[segment].state
        return State.FINAL if state is State.REVIEWED and self.final else state

    # Signatures

    def standing_of(self, signature: Sign) -> SignatureStanding:
        """A signature held against the present text, the rule of both sides apart."""
        statement = self._statement(signature)
        return SignatureStanding(
            signature,
            self._where(partial(_differs, statement), "differs", signature.id),
            reordered=statement.reordered,
            genuine=statement.genuine,
            dropped=statement.dropped,
            added=statement.added,
        )

    def _statement(self, signature: Sign) -> _Statement:
        if signature.id not in self._statements:
            order = tuple(segment for segment, _, _ in signature.segments)
            signed = {text[0]: text for text in signature.segments}
            self._statements[signature.id] = _Statement(
                signature,
                signed,
                self.ledger.seen_by(signature),
                self.policy,
                self.ledger.history,
                genuine=self.genuine(signature),
                reordered=order != tuple(self.segments),
                dropped=tuple(segment for segment in order if segment not in self.segments),
                added=tuple(segment for segment in self.segments if segment not in signed),
            )
        return self._statements[signature.id]

    def genuine(self, signature: Sign) -> bool:
        """Whether the digest is the one of the list signed, for this article, language and pass."""
        return signature.digest == digest(self.slug, self.language, signature.pass_, signature.segments)

    @cached_property
    def _in_force(self) -> tuple[SignatureStanding, ...]:
        """Every signature not withdrawn, with the rule of both sides applied."""
        found = [
            self.standing_of(signature)
            for signature in self.ledger.signatures
            if signature.id not in self.ledger.withdrawn
        ]
        translation = self.policy.translation.name
        translators = {one.person for one in found if one.signature.pass_ == translation and one.stands}
        return tuple(
            replace(one, barred=one.signature.pass_ != translation and one.person in translators) for one in found
        )

    def signatures(self, pass_name: str) -> tuple[SignatureStanding, ...]:
        """Each person's signature on this pass: the first that stands, else the last one made.

        Those that stand come first, in the order of the byline: a signature before those whose signers
        had seen it, and of two that do not know each other in the order of the desk's people.
        """
        theirs: dict[str, list[SignatureStanding]] = {}
        for one in self._in_force:
            if one.signature.pass_ == pass_name:
                theirs.setdefault(one.person, []).append(one)
        chosen = [self._first_standing(ones) or ones[-1] for ones in theirs.values()]
        standing = self._in_byline_order([one for one in chosen if one.stands])
        fallen = sorted((one for one in chosen if not one.stands), key=lambda one: self.policy.rank(one.person))
        return (*standing, *fallen)

    def _first_standing(self, ones: Sequence[SignatureStanding]) -> SignatureStanding | None:
        standing = [one for one in ones if one.stands]
        first = [
            one for one in standing if not any(self.ledger.before(other.signature, one.signature) for other in standing)
        ]
        return min(first, key=lambda one: one.signature.id, default=None)

    def _in_byline_order(self, ones: list[SignatureStanding]) -> list[SignatureStanding]:
        ordered: list[SignatureStanding] = []
        left = sorted(ones, key=lambda one: self.policy.rank(one.person))
        while left:
            chosen = next(one for one in left if not any(self._knows(one, other) for other in left if other is not one))
            ordered.append(chosen)
            left.remove(chosen)
        return ordered

    def _knows(self, one: SignatureStanding, other: SignatureStanding) -> bool:
        """Whether the signer of ``one`` had seen ``other`` when signing."""
        return self.ledger.within(other.signature, self.ledger.seen_by(one.signature))

    # Passes

    @cached_property
    def passes(self) -> Mapping[str, PassStanding]:
        """How every pass stands, in order."""
        return {one.name: self._pass_standing(one) for one in self.policy.passes}

    def _pass_standing(self, one: Pass) -> PassStanding:
        signatures = self.signatures(one.name)
        gaps = self.gaps(one)
        standing = sum(1 for signature in signatures if signature.stands)
        blocks = [*gaps, *(_fallen(signature) for signature in signatures if not signature.stands)]
        if standing < one.signers:
            blocks.append(Blocker(_wanting(one.signers, standing)))
            if self.policy.people and (shortfall := self.policy.shortfall(one)):
                blocks.append(Blocker(shortfall))
        return PassStanding(one, signatures, not gaps and standing >= one.signers, tuple(blocks))

    def gaps(self, one: Pass) -> tuple[Blocker, ...]:
        """What the segments still lack for this pass."""
        if not self.segments:
            return (Blocker("the edition has no segments"),)
        if one.is_translation:
            untranslated = self._where(lambda segment: not segment.translated and not segment.draft, "untranslated")
            return _present(
                _counted(untranslated, "is untranslated", "are untranslated"),
                _counted(self.drafts, "is a draft", "are drafts"),
            )
        unconfirmed = self._where(lambda segment: not segment.translated, "unconfirmed")
        sent_back = self._where(lambda segment: segment.translated and bool(segment.sent_back), "sent_back")
        lacking = self._where(partial(_lacks, one), "lacking", one.name)
        people = {sent.person for segment in sent_back for sent in self.segments[segment].sent_back}
        by = f" by {', '.join(self.name(person) for person in sorted(people, key=self.policy.rank))}"
        return _present(
            _counted(unconfirmed, "is not confirmed by a translator", "are not confirmed by a translator"),
            _counted(sent_back, f"is sent back{by}", f"are sent back{by}"),
            _counted(lacking, f"lacks an approval in {one.name}", f"lack an approval in {one.name}"),
        )

    @cached_property
    def final(self) -> bool:
        """Whether every pass is complete."""
        return all(one.complete for one in self.passes.values())

    def name(self, person: str) -> str:
        """A person's name in this edition's language; of one who left, the name last signed with, or the id."""
        known = self.policy.person(person)
        if known is not None:
            return known.display(self.language)
        signed = [signature.name for signature in self.ledger.signatures if signature.person == person]
        return signed[-1] if signed else person

    # Signing

    def objections(self, person: str, one: Pass, *, read_all: bool = False) -> tuple[Blocker, ...]:
        """Everything that keeps this person from signing this pass now, each with where it is."""
        if not self.policy.may_act(person, one.name):
            return (Blocker(f"{self.name(person)} does not act in the pass {one.name} (passes in reviewtool.toml)"),)
        return (
            *self._out_of_order(one),
            *self.gaps(one),
            *self._both_sides(person, one),
            *self._no_part(person, one),
            *(() if read_all else self._unseen(person, one)),
        )

    def _out_of_order(self, one: Pass) -> tuple[Blocker, ...]:
        earlier = self.policy.passes[: self.policy.passes.index(one)]
        return tuple(
            Blocker(
                f"the pass {before.name} comes first and is not complete: {_joined(self.passes[before.name].blocks)}"
            )
            for before in earlier
            if not self.passes[before.name].complete
        )

    def signed(self, person: str, *, translation: bool) -> tuple[str, ...]:
        """The passes on one side that the person has a signature on, not withdrawn, standing or not."""
        return tuple(
            one.name
            for one in self.policy.passes
            if one.is_translation is translation
            and any(found.person == person and found.signature.pass_ == one.name for found in self._in_force)
        )

    def asks(self, person: str, segment: str) -> bool:
        """Whether a signature of this person's, not withdrawn, waits for them to see this segment."""
        return any(one.person == person and segment in one.differences for one in self._in_force)

    def translates(self, person: str) -> tuple[str, ...]:
        """The segments in which the person's work in the translation pass stands."""
        name = self.policy.translation.name
        return tuple(
            segment.id
            for segment in self.segments.values()
            if any(event.person == person and event.pass_ == name for event in segment.writings)
        )

    def _both_sides(self, person: str, one: Pass) -> tuple[Blocker, ...]:
        if one.is_translation:
            signed = self.signed(person, translation=False)
            return tuple(
                Blocker(f"{self.name(person)} has signed the pass {name}: nobody signs both sides (withdraw it first)")
                for name in signed
            )
        if self.signed(person, translation=True):
            return (Blocker(f"{self.name(person)} has signed the translation: nobody signs both sides"),)
        return _present(
            _counted(
                self.translates(person),
                f"has {self.name(person)}'s own work in the translation: nobody signs both sides",
                f"have {self.name(person)}'s own work in the translation: nobody signs both sides",
            )
        )

    def _no_part(self, person: str, one: Pass) -> tuple[Blocker, ...]:
        """A signer of the translation has a text in it that stands, or that only later passes changed."""
        if not one.is_translation or any(self._has_part(person, segment) for segment in self.segments.values()):
            return ()
        return (Blocker(f"{self.name(person)} has written or confirmed no segment of this translation that stands"),)

    def _has_part(self, person: str, segment: SegmentStanding) -> bool:
        """Whether a text of theirs in the translation stands, or only later passes, joins and splits led on from it."""
        name = self.policy.translation.name
        reached = self._led_from(segment)
        return any(
            isinstance(event, Write | Confirm | Omit)
            and event.person == person
            and event.pass_ == name
            and (event.segment, event.target) in reached
            and segment.lineage.counts(event)
            for event in segment.versions()
        )

    def _led_from(self, segment: SegmentStanding) -> set[tuple[str, str]]:
        """The segments with their texts from which later passes, joins and splits led to the present one."""
        name = self.policy.translation.name
        reached: set[tuple[str, str]] = set()
        found = {(segment.id, segment.target)}
        while not found <= reached:
            reached |= found
            for event in segment.versions():
                if not isinstance(event, Writing) or (event.segment, event.target) not in reached:
                    continue
                if isinstance(event, Resegment):
                    found |= {(part, target) for part, _, target in event.before if event.faithful}
                elif (
                    isinstance(event, Write | Omit)
                    and self.policy.later(event.pass_, name)
                    and segment.lineage.counts(event)
                ):
                    found.add((event.segment, event.from_))
        return reached

    def _unseen(self, person: str, one_pass: Pass) -> tuple[Blocker, ...]:
        """A signature is not empty: the segments of which the record does not show that the signer saw them."""
        signed = [one for one in self._in_force if one.person == person and one.signature.pass_ == one_pass.name]
        unseen = [
            segment.id
            for segment in self.segments.values()
            if not self._saw(person, one_pass, segment) and not any(_covers(found, segment) for found in signed)
        ]
        done = "confirmed or read" if one_pass.is_translation else "approved or read"
        hint = "(sign with --read-all if all of it was read)"
        return _present(
            _counted(
                unseen,
                f"was not {done} by {self.name(person)} {hint}",
                f"were not {done} by {self.name(person)} {hint}",
            )
        )

    def _saw(self, person: str, one: Pass, segment: SegmentStanding) -> bool:
        return any(
            event.person == person
            and (event.source, event.target) == (segment.source, segment.target)
            and (isinstance(event, Writing) or (isinstance(event, Approve) and event.pass_ == one.name))
            for event in segment.acts
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """The segments of which a test holds, in order."""

    test: Callable[[SegmentStanding], bool]
    segments: tuple[str, ...]

    def asked_again(
        self, before: Mapping[str, SegmentStanding], changed: Mapping[str, SegmentStanding], standing: Standing
    ) -> _Found:
        """The same for a standing in which some segments were changed."""
        others = {name for name, one in changed.items() if self.test(before[name]) != self.test(one)}
        if not others:
            return self
        if len(others) > _FEW:
            kept = others.symmetric_difference(self.segments)
            return _Found(self.test, tuple(name for name in standing.segments if name in kept))
        segments = list(self.segments)
        for name in others:
            place = bisect_left(segments, standing.places[name], key=standing.places.__getitem__)
            if self.test(changed[name]):
                segments.insert(place, name)
            else:
                del segments[place]
        return _Found(self.test, tuple(segments))


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a signature says, and what is so of it whatever people do after it."""

    signature: Sign
    signed: Mapping[str, tuple[str, str, str]]
    seen: int
    policy: Policy
    history: History[AnyEvent]
    genuine: bool
    reordered: bool
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def _differs(statement: _Statement, one: SegmentStanding) -> bool:
    """Whether none of the three ways holds for a signed segment to stand (docs/rules.md, "Signature")."""
    signature, signed = statement.signature, statement.signed.get(one.id)
    if signed is not None and signed[1:] == (one.source, one.target) and not _taken_back(statement, one):
        return False
    if one.last_taken_by(signature.person, but=statement.seen):
        return False
    return signed is None or signed[1] != one.source or not _taken_later(statement, one)


def _taken_back(statement: _Statement, one: SegmentStanding) -> bool:
    """Whether the signer has since spoken against the text that was signed, which is the present one."""
    return any(
        event.person == statement.signature.person
        and not statement.history.within(event, statement.seen)
        and (_speaks_against(event, (one.source, one.target)) or _takes_back(statement, one, event))
        for event in one.acts
    )


def _takes_back(statement: _Statement, one: SegmentStanding, event: SegmentEvent) -> bool:
    """Whether an act takes back one by which the signer, before signing, had taken the present text."""
    act = one.undone_by(event)
    return (
        act is not None
        and not isinstance(act, SendBack)
        and (act.source, act.target) == (one.source, one.target)
        and statement.history.within(act, statement.seen)
    )


def _taken_later(statement: _Statement, one: SegmentStanding) -> bool:
    """Whether a later pass has since written, confirmed or omitted the present text."""
    return any(
        isinstance(event, Write | Confirm | Omit)
        and (event.source, event.target) == (one.source, one.target)
        and statement.policy.later(event.pass_, statement.signature.pass_)
        and not statement.history.within(event, statement.seen)
        for event in one.acts
    )


def _lacks(one: Pass, segment: SegmentStanding) -> bool:
    return segment.translated and not segment.sent_back and segment.lacks(one) > 0


def _covers(found: SignatureStanding, segment: SegmentStanding) -> bool:
    """Whether an earlier signature holds for a segment as it is: the new one asks for the differences alone."""
    return found.genuine and segment.id not in found.differences


def _speaks_against(event: SegmentEvent, signed: tuple[str, str]) -> bool:
    """Whether an act sends the signed text back, or puts or takes another in its place."""
    if isinstance(event, SendBack):
        return (event.source, event.target) == signed
    return isinstance(event, Writing) and event.target != signed[1]


def _counted(segments: Sequence[str], singular: str, plural: str) -> Blocker | None:
    if not segments:
        return None
    noun = f"1 segment {singular}" if len(segments) == 1 else f"{len(segments)} segments {plural}"
    return Blocker(noun, tuple(segments))


def _present(*blockers: Blocker | None) -> tuple[Blocker, ...]:
    return tuple(one for one in blockers if one is not None)


def _fallen(one: SignatureStanding) -> Blocker:
    name = one.signature.name
    if not one.genuine:
        return Blocker(f"{name}'s signature is not one of this edition: its digest does not fit")
    if one.barred:
        return Blocker(f"{name}'s signature does not count: {name} has signed the translation")
    if one.differences:
        return Blocker(f"{name}'s signature stands but for {_number(one.differences)}", one.differences)
    if one.dropped:
        return Blocker(f"{name} signed when there was still {_number(one.dropped)} more")
    if one.added:
        return Blocker(f"{name} signed before {_number(one.added)} came in", one.added)
    return Blocker(f"{name} signed when the segments stood in another order")


def _number(segments: Sequence[str]) -> str:
    return "1 segment" if len(segments) == 1 else f"{len(segments)} segments"


def _wanting(wanted: int, standing: int) -> str:
    signatures = "1 signature" if wanted == 1 else f"{wanted} signatures"
    return f"{signatures} wanted, {standing or 'none'} standing"


def _joined(blockers: Iterable[Blocker]) -> str:
    return "; ".join(one.sentence for one in blockers)
