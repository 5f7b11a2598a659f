"""What each act asks before it may be recorded: the desk's rules as reasons to refuse, one sentence each.

A function returns the reason, or None when the act may be done. The same rules hold in the fold
(``standing``), so an event written by hand gains nothing.
"""

from __future__ import annotations

from reviewtool.model.ledger import (
    Approve,
    Confirm,
    Join,
    Omit,
    Resegment,
    Revocable,
    SendBack,
    Settle,
    Sign,
    Split,
    Write,
)
from reviewtool.model.policy import Pass, Role
from reviewtool.model.segment import EMPTY, WHOLE
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding

_IN_PASS = (Write, Confirm, Omit, Join, Split, Approve, SendBack, Sign)


def acting_pass(standing: Standing, person: str, *, revision: bool = False) -> Pass | None:
    """The pass somebody acts in when they do not say.

    The translation pass while they have a signature on it, since then they write only there; else that
    of their last act on this edition, else the first incomplete one in which they may act, else the last
    of those. ``revision`` leaves the translation pass out and, since approving is open to all, takes
    every revision pass where the person may act in none. None: there is no such pass.
    """
    policy = standing.policy
    if not revision and standing.signed(person, translation=True):
        return policy.translation
    mine = [one for one in policy.passes if policy.may_act(person, one.name)]
    if revision:
        mine = [one for one in mine if not one.is_translation] or list(policy.revisions)
    names = {one.name for one in mine}
    for event in reversed(standing.ledger.events):
        if event.person == person and isinstance(event, _IN_PASS) and event.pass_ in names:
            return policy.pass_named(event.pass_)
    return next((one for one in mine if not standing.passes[one.name].complete), mine[-1] if mine else None)


def writing(standing: Standing, person: str, one: Pass, segment: SegmentStanding, *, text: bool = True) -> str | None:
    """Why this person may not write (or, ``text`` False, confirm) this segment in this pass."""
    name = standing.name(person)
    if not standing.policy.may_act(person, one.name):
        return f"{name} does not act in the pass {one.name} (passes in reviewtool.toml)"
    if not one.is_translation and standing.signed(person, translation=True):
        return f"{name} has signed the translation and writes only there"
    if one.is_translation and (signed := standing.signed(person, translation=False)):
        return f"{name} has signed the pass {signed[0]}: nobody works on both sides (withdraw that signature first)"
    if one.kinds is not None and segment.segment.kind not in one.kinds:
        return f"the pass {one.name} changes no {segment.segment.kind} (kinds in reviewtool.toml)"
    if text and not one.is_translation and not segment.translated:
        return f"{_unready(segment)}: it is corrected in {one.name} once a translator has written or confirmed it"
    return None


def confirming(standing: Standing, person: str, one: Pass, segment: SegmentStanding) -> str | None:
    """Why this person may not take the present text as their own translation."""
    if segment.target == EMPTY:
        return "it has no text to confirm: write it, or omit it"
    others = _others(standing, person, segment)
    if others:
        return f"{_names(standing, others)} wrote or confirmed it: approve it instead"
    if not one.is_translation and not segment.begun:
        return f"{_unready(segment)}: it is confirmed in {one.name} once a translator has written or confirmed it"
    return writing(standing, person, one, segment, text=False)


def omitting(standing: Standing, person: str, one: Pass, segment: SegmentStanding) -> str | None:
    """Why this person may not leave the segment out."""
    others = _others(standing, person, segment) if segment.omitted else frozenset()
    if others:
        return f"{_names(standing, others)} omitted it: approve it instead"
    if one.is_translation:
        return writing(standing, person, one, segment, text=False)
    return writing(standing, person, one, segment)


def _others(standing: Standing, person: str, segment: SegmentStanding) -> frozenset[str]:
    """Who took the present text before this person, who is therefore to approve it and not to take it too.

    Nobody, where the person's approval could never count or there is no pass to approve in.
    """
    if person in segment.barred or not standing.policy.revisions:
        return frozenset()
    return segment.wrote_for_present_source(but=person)


def approving(standing: Standing, person: str, one: Pass, segment: SegmentStanding) -> str | None:
    """Why this person may not approve the present text."""
    if one.is_translation:
        return "the translation pass confirms, it does not approve"
    if not segment.translated:
        return f"{_unready(segment)}: a translator has to confirm it first"
    if person in segment.barred:
        return f"{standing.name(person)} wrote it: nobody approves their own words"
    return None


def joining(
    standing: Standing, person: str, one: Pass, segment: SegmentStanding, following: SegmentStanding | None
) -> str | None:
    """Why this person may not join the segment with the one that follows it in its line, if one does."""
    if following is None:
        return "nothing follows it in its line: segments are joined within a paragraph, up to a break that shows"
    return writing(standing, person, one, segment) or writing(standing, person, one, following)


def splitting(standing: Standing, person: str, one: Pass, segment: SegmentStanding) -> str | None:
    """Why this person may not split the segment."""
    if segment.segment.kind in WHOLE:
        return f"a {segment.segment.kind} stays one segment"
    return writing(standing, person, one, segment)


def sending_back(standing: Standing, person: str, one: Pass, segment: SegmentStanding) -> str | None:
    """Why this person may not send the present text back."""
    if one.is_translation:
        return "the translation pass sends nothing back: write it anew"
    if not standing.policy.may_act(person, one.name):
        return f"{standing.name(person)} does not act in the pass {one.name} (passes in reviewtool.toml)"
    if not segment.translated:
        return f"{_unready(segment)}: there is nothing yet to send back"
    return None


def settling(standing: Standing, person: str, segment: SegmentStanding) -> str | None:
    """Why this person may not settle what is in the way of this segment."""
    if not standing.policy.override:
        return "this workspace does not allow settling (override = true in reviewtool.toml allows it)"
    if not segment.translated:
        return f"{_unready(segment)}: there is nothing to settle"
    if not segment.may_settle(person):
        editors = [one.name for one in standing.policy.passes if one.role is Role.EDITOR]
        reason = f"only who acts in {' or '.join(editors)} settles" if editors else "they wrote or sent back the text"
        return f"{standing.name(person)} may not settle it: {reason}"
    return None


def taking_back(
    standing: Standing, person: str, segment: SegmentStanding, act: Revocable | Resegment | Settle | None
) -> str | None:
    """Why this person may not take back ``act``, which they did last here."""
    name = standing.name(person)
    if act is None:
        return f"{name} has done nothing here that could be taken back"
    if isinstance(act, Settle):
        return f"{name} settled it, and a decision is not taken back: another act answers it"
    if isinstance(act, Resegment):
        return "joining is undone by splitting, and splitting by joining"
    if (act.source, act.target) != (segment.source, segment.target):
        return f"the text has changed since {name} last acted here, so there is nothing to take back"
    if isinstance(act, Approve | SendBack):
        return None
    one = standing.policy.pass_named(act.pass_)
    if one is None:
        return f"the pass {act.pass_} is no more: write the text anew"
    if isinstance(act, Write | Omit) and segment.text_before(act) is None:
        return "nothing has the text that stood before any more: write it anew"
    return writing(standing, person, one, segment, text=False)


def _unready(segment: SegmentStanding) -> str:
    return "it is still a draft" if segment.draft else "it has no text"


def _names(standing: Standing, people: frozenset[str]) -> str:
    return ", ".join(standing.name(person) for person in sorted(people, key=standing.policy.rank))


def already(
    standing: Standing, person: str, one: Pass, segment: SegmentStanding, kind: type[Confirm | Approve | Omit]
) -> bool:
    """Whether this person has already done this to the present texts, so that doing it again changes nothing.

    It has to be what they last did here, and no signature of theirs may ask for the segment: who has since
    taken another text takes this one anew.
    """
    if kind is Approve:
        done = any(event.person == person and event.pass_ == one.name for event in segment.approvals)
    elif kind is Omit:
        done = segment.omitted and person in segment.writers
    else:
        done = segment.translated and person in _present_writers(segment)
    return done and segment.last_taken_by(person) and not standing.asks(person, segment.id)


def _present_writers(segment: SegmentStanding) -> frozenset[str]:
    return frozenset(
        event.person
        for event in segment.writings
        if event.source == segment.source and isinstance(event, Write | Confirm)
    )
