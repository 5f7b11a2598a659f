"""Signing, taking signatures back, and proving bylines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewtool.errors import Refused
from reviewtool.model.ledger import Sign, Withdraw
from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Blocker, PassStanding, SignatureStanding, digest
from reviewtool.services.editions import Editions, OpenEdition, Unreadable
from reviewtool.services.recorder import Clock, Recorder
from reviewtool.services.review import named_pass


class SigningRefused(Refused):
    """A pass cannot be signed, or an edition not go out, yet; ``blockers`` are the reasons, each with its places."""

    def __init__(self, sentence: str, blockers: Sequence[Blocker]) -> None:
        super().__init__(f"{sentence}: {'; '.join(one.sentence for one in blockers)}.")
        self.blockers = tuple(blockers)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as the record says; ``person`` is empty where it is nobody's."""

    article: str
    language: str
    person: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying came to: problems, and notes that are none (what an editor settled)."""

    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    editions: int

    @property
    def ok(self) -> bool:
        """Whether everything is as the record says."""
        return not self.problems


class Signing:
    """Signatures on the passes of an edition."""

    def __init__(self, editions: Editions, clock: Clock) -> None:
        self._editions = editions
        self._clock = clock

    def sign(
        self, slug: str, to: str, pass_name: str, *, person: str, read_all: bool = False
    ) -> tuple[OpenEdition, SignatureStanding, bool]:
        """Sign a pass; raises SigningRefused.

        While a signature of this person's stands nothing is written, and the last value is False.
        """
        with self._editions.writing(slug, to) as edition:
            one = named_pass(edition.standing, pass_name)
            standing = _standing_signature(edition, person, one)
            if standing is not None:
                return edition, standing, False
            objections = edition.standing.objections(person, one, read_all=read_all)
            if objections:
                name = edition.standing.name(person)
                raise SigningRefused(f"{name} cannot sign {one.name} of {slug} ({edition.language}) yet", objections)
            recorder = Recorder(edition, person, self._clock)
            texts = edition.standing.texts
            signature = recorder.add(
                Sign,
                pass_=one.name,
                role=one.role.value,
                name=edition.standing.name(person),
                segments=texts,
                heads=edition.ledger.heads,
                digest=digest(slug, edition.language, one.name, texts),
                read_all=read_all,
            )
            saved = self._editions.save(edition, recorder.events, {})
            return saved, saved.standing.standing_of(signature), True

    def withdraw(self, slug: str, to: str, pass_name: str, *, person: str) -> tuple[OpenEdition, int]:
        """Take a person's signatures on a pass back; returns how many there were."""
        with self._editions.writing(slug, to) as edition:
            one = named_pass(edition.standing, pass_name)
            recorder = Recorder(edition, person, self._clock)
            for signature in edition.ledger.signatures:
                mine = signature.person == person and signature.pass_ == one.name
                if mine and signature.id not in edition.ledger.withdrawn:
                    recorder.add(Withdraw, signature=signature.id)
            return self._editions.save(edition, recorder.events, {}), len(recorder.events)

    def verify(self, slugs: Sequence[str] = (), to: str | None = None) -> Verification:
        """Recompute records, digests, signatures and bylines; what cannot be read is a problem, not an error."""
        problems: list[Problem] = []
        notes: list[Problem] = []
        editions = 0
        for edition in self._editions.each(slugs, to):
            editions += 1
            if isinstance(edition, Unreadable):
                problems.append(Problem(edition.slug, edition.language, "", edition.reason))
            else:
                problems.extend(_problems(edition))
                notes.extend(_notes(edition))
        if not slugs:
            problems.extend(self._abandoned(to))
        return Verification(tuple(problems), tuple(notes), editions)

    def _abandoned(self, to: str | None) -> Iterator[Problem]:
        """Signed editions whose article is gone."""
        for slug, tag, signers in self._editions.abandoned():
            if to in (None, tag):
                message = f"{', '.join(signers)} signed it, and its article is gone: bring articles/{slug}.md back."
                yield Problem(slug, tag, "", message)


def _standing_signature(edition: OpenEdition, person: str, one: Pass) -> SignatureStanding | None:
    signed = (found for found in edition.standing.passes[one.name].signers if found.person == person)
    return next(signed, None)


def _problems(edition: OpenEdition) -> Iterator[Problem]:
    where = edition.slug, edition.language.tag
    for fault in (*edition.record.faults, *edition.record.gaps):
        yield Problem(*where, fault.person, str(fault))
    for one in edition.standing.passes.values():
        for signature in one.signatures:
            sentence = _fault_of(edition, one, signature)
            if sentence:
                yield Problem(*where, signature.person, sentence)


def _fault_of(edition: OpenEdition, one: PassStanding, signature: SignatureStanding) -> str:
    name = signature.signature.name
    if not signature.genuine:
        return f"{name}'s signature on {one.one.name} is not one of this edition: its digest does not fit."
    if signature.stands or one.complete:
        return ""
    if signature.barred:
        return f"{name}'s signature on {one.one.name} does not count: {name} has signed the translation."
    return f"{name}'s signature on {one.one.name} no longer stands: {_changes(edition, signature)}."


def _changes(edition: OpenEdition, signature: SignatureStanding) -> str:
    signed = {segment: (source, target) for segment, source, target in signature.signature.segments}
    present = {segment: (source, target) for segment, source, target in edition.standing.texts}
    differing = [segment for segment in signature.differences if segment in signed]
    said = [
        _listed([segment for segment in differing if signed[segment] != present[segment]], "changed since"),
        _listed([segment for segment in differing if signed[segment] == present[segment]], "spoken against since"),
        _listed([segment for segment in present if segment not in signed], "added since"),
        _listed(signature.dropped, "dropped since"),
    ]
    return "; ".join(one for one in said if one) or "the order of the segments changed"


def _listed(segments: Sequence[str], what: str) -> str:
    if not segments:
        return ""
    return f"segment{'s' if len(segments) > 1 else ''} {', '.join(segments)} {what}"


def _notes(edition: OpenEdition) -> Iterator[Problem]:
    for sentence in settlements(edition):
        yield Problem(edition.slug, edition.language.tag, "", sentence)


def settlements(edition: OpenEdition) -> tuple[str, ...]:
    """What editors settled on the present texts, a sentence each."""
    return tuple(
        f"Segment {one.id} was settled by {edition.standing.name(settle.person)}: {settle.reason}"
        for one in edition.standing.segments.values()
        for settle in one.settlements
    )
