"""What signing a pass would come to, worked out by the desk's own rules and recorded nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reviewtool.model import acts
from reviewtool.model.ledger import Ledger, Sign
from reviewtool.model.policy import Pass
from reviewtool.model.signoff import Blocker, SignatureStanding, Standing, digest
from reviewtool.services.editions import OpenEdition
from reviewtool.services.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Prospect:
    """What signing a pass comes to for one person.

    ``signature`` is theirs on it, not withdrawn, standing or not. ``blockers`` are in the way whatever they say;
    ``unseen`` are the segments for which they may say that they have read all of it.
    """

    one: Pass
    signature: SignatureStanding | None
    blockers: tuple[Blocker, ...]
    unseen: tuple[str, ...]

    @property
    def signed(self) -> bool:
        """Whether their signature stands already."""
        return self.signature is not None and self.signature.stands

    def is_open(self, *, read_all: bool) -> bool:
        """Whether they can sign, having read all of it or not."""
        return not self.signed and not self.blockers and (read_all or not self.unseen)


def prospect(standing: Standing, person: str, one: Pass) -> Prospect:
    """What signing this pass comes to for this person now."""
    signature = next((each for each in standing.passes[one.name].signatures if each.person == person), None)
    if signature is not None and signature.stands:
        return Prospect(one, signature, (), ())
    blockers = standing.objections(person, one, read_all=True)
    unseen = (each for each in standing.objections(person, one) if each not in blockers)
    return Prospect(one, signature, blockers, tuple(segment for each in unseen for segment in each.segments))


def pass_to_sign(standing: Standing, person: str) -> Pass | None:
    """The pass that is meant when a person wants to sign: one that waits for their signature, else theirs to act in."""
    mine = (one for one in standing.policy.passes if standing.policy.may_act(person, one.name))
    return next((one for one in mine if _waits_for(standing, person, one)), None) or acts.acting_pass(standing, person)


def _waits_for(standing: Standing, person: str, one: Pass) -> bool:
    signers = standing.passes[one.name].signers
    if len(signers) >= one.signers or any(each.person == person for each in signers):
        return False
    return not standing.objections(person, one, read_all=True)


def still_to_sign(standing: Standing, one: Pass) -> tuple[int, tuple[str, ...]]:
    """How many signatures the pass still wants, and the names of those who could give them now."""
    signers = [each.person for each in standing.passes[one.name].signers]
    wanted = max(0, one.signers - len(signers))
    able = (each.id for each in standing.policy.people if wanted and each.id not in signers)
    names = (standing.name(each) for each in able if not standing.objections(each, one, read_all=True))
    return wanted, tuple(names)


def after_signing(edition: OpenEdition, person: str, one: Pass, *, read_all: bool = False) -> OpenEdition:
    """The edition as it would be with this person's signature on this pass."""
    standing = edition.standing
    signature = Recorder(edition, person, lambda: "").add(
        Sign,
        pass_=one.name,
        role=one.role.value,
        name=standing.name(person),
        segments=standing.texts,
        heads=edition.ledger.heads,
        digest=digest(edition.slug, edition.language, one.name, standing.texts),
        read_all=read_all,
    )
    ledger = Ledger((*edition.ledger.events, signature))
    then = Standing(edition.slug, edition.language, edition.catalog.segments, ledger, standing.policy)
    return replace(edition, record=replace(edition.record, ledger=ledger), standing=then)
