"""The acts of the desk on segments: writing, confirming, approving, sending back, and what goes with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reviewtool.errors import InputError, Refused
from reviewtool.model import acts
from reviewtool.model.ledger import (
    Approve,
    Comment,
    Confirm,
    Dismiss,
    Draft,
    Omit,
    Resolve,
    Revocable,
    SendBack,
    Settle,
    TakeBack,
    Write,
)
from reviewtool.model.policy import Pass
from reviewtool.model.segment import EMPTY, Kind, State, text_hash
from reviewtool.model.signoff import Standing
from reviewtool.model.standing import SegmentStanding
from reviewtool.services.editions import Editions, OpenEdition
from reviewtool.services.recorder import Clock, Recorder

CATEGORIES = ("terminology", "accuracy", "linguistic", "style", "locale", "audience", "design")
"""The dimensions of MQM; a category may go on with a subtype after a slash: ``accuracy/omission``."""
SEVERITIES = ("neutral", "minor", "major", "critical")
"""The severities of MQM."""

_ONE_LINE = frozenset({Kind.HEADLINE, Kind.FRONT, Kind.HEADING, Kind.CAPTION, Kind.TABLE})
REPLACED = "replaced"
"""The origin of a draft in which something was replaced."""
MOST_TEXT = 50_000
"""The length of one segment's text, in bytes of UTF-8, above which it is refused."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A segment on which an act was refused, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act on several segments came to; what could be done is done and saved."""

    edition: OpenEdition
    done: tuple[str, ...]
    refused: tuple[Refusal, ...]


class Review:
    """Acts of people on the segments of an edition; each is saved before it is acknowledged."""

    def __init__(self, editions: Editions, clock: Clock) -> None:
        self._editions = editions
        self._clock = clock

    def edit(
        self, slug: str, to: str, segment: str, text: str, *, person: str, pass_name: str | None = None
    ) -> OpenEdition:
        """Write a target text; writing what is there already confirms it. Raises Refused with the desk's reason."""
        check_text(text)
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            if text_hash(text) == EMPTY:
                raise InputError(f"Segment {segment}: the text is empty; `reviewtool omit` leaves a segment out.")
            _check_lines(one, text)
            acting = acting_pass(edition.standing, person, pass_name)
            recorder = Recorder(edition, person, self._clock)
            if text_hash(text) == one.target:
                reason = _confirm(edition.standing, recorder, person, acting, one)
            else:
                reason = _write(edition.standing, recorder, person, acting, one, text)
            refuse(edition, one.id, reason)
            return self._editions.save(edition, recorder.events, recorder.texts)

    def confirm(
        self, slug: str, to: str, segments: Sequence[str] | None, *, person: str, pass_name: str | None = None
    ) -> Outcome:
        """Take texts as one's own translation; ``segments`` None means every draft."""
        with self._editions.writing(slug, to) as edition:
            acting = acting_pass(edition.standing, person, pass_name)
            chosen = _chosen(edition, segments, lambda one: one.draft)
            return self._each(edition, person, acting, chosen, _confirm)

    def approve(
        self, slug: str, to: str, segments: Sequence[str] | None, *, person: str, pass_name: str | None = None
    ) -> Outcome:
        """Approve texts in a revision pass; ``segments`` None means all that wait for this person."""
        with self._editions.writing(slug, to) as edition:
            acting = _revision(edition.standing, person, pass_name)
            chosen = _chosen(edition, segments, lambda one: _waits_for(edition.standing, person, acting, one))
            return self._each(edition, person, acting, chosen, _approve)

    def omit(
        self, slug: str, to: str, segments: Sequence[str], *, person: str, pass_name: str | None = None
    ) -> Outcome:
        """Leave segments out of the edition on purpose."""
        with self._editions.writing(slug, to) as edition:
            acting = acting_pass(edition.standing, person, pass_name)
            chosen = _chosen(edition, segments, lambda _: False)
            return self._each(edition, person, acting, chosen, _omit)

    def send_back(
        self,
        slug: str,
        to: str,
        segment: str,
        comment: str,
        *,
        person: str,
        pass_name: str | None = None,
        category: str | None = None,
        severity: str | None = None,
    ) -> OpenEdition:
        """Send a text back to the translator, with a reason; category and severity are MQM's."""
        _check_remark(comment, category, severity)
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            acting = _revision(edition.standing, person, pass_name)
            refuse(edition, one.id, acts.sending_back(edition.standing, person, acting, one))
            recorder = Recorder(edition, person, self._clock)
            recorder.on(SendBack, one, pass_=acting.name, comment=comment, category=category, severity=severity)
            return self._editions.save(edition, recorder.events, {})

    def undo(self, slug: str, to: str, segment: str, *, person: str) -> OpenEdition:
        """Take back what this person did last about a segment's text; remarks stay. Raises Refused.

        It then counts for nothing, and after a writing or an omission the text that stood before is back.
        """
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            act = one.last_act(person)
            refuse(edition, one.id, acts.taking_back(edition.standing, person, one, act))
            recorder = Recorder(edition, person, self._clock)
            if isinstance(act, Revocable):
                _take_back(recorder, one, act)
            return self._editions.save(edition, recorder.events, recorder.texts)

    def settle(
        self, slug: str, to: str, segment: str, reason: str, *, person: str, answers: Sequence[str] = ()
    ) -> OpenEdition:
        """Decide what is in the way of a segment, with a reason.

        ``answers`` are event ids; by default the send-backs that stand, or, where there are none, the
        writings of the present text, so that their writers may approve it. Where
        nothing is in the way, nothing is written.
        """
        _check_remark(reason)
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            refuse(edition, one.id, acts.settling(edition.standing, person, one))
            if one.state is State.REVIEWED and not answers:
                return edition
            answered = tuple(answers) or tuple(event.id for event in one.sent_back or one.writings)
            strange = [event for event in answered if event not in {each.id for each in one.versions()}]
            if strange:
                raise InputError(f"{strange[0]!r} is no event on segment {segment}: see `reviewtool history`.")
            recorder = Recorder(edition, person, self._clock)
            recorder.on(Settle, one, reason=reason, answers=answered)
            return self._editions.save(edition, recorder.events, {})

    def comment(
        self, slug: str, to: str, segment: str, comment: str, *, person: str, answers: str | None = None
    ) -> OpenEdition:
        """Remark on a segment; ``answers`` is the id of the remark or send-back it replies to."""
        _check_remark(comment)
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            recorder = Recorder(edition, person, self._clock)
            recorder.on(Comment, one, comment=comment, answers=_root(one, answers))
            return self._editions.save(edition, recorder.events, {})

    def resolve(self, slug: str, to: str, segment: str, *, person: str, thread: str | None = None) -> OpenEdition:
        """Close the open threads on a segment, or one of them by its remark's id; nothing open is done."""
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            known = {each.remark.id for each in one.threads}
            if thread is not None and thread not in known:
                raise InputError(f"{thread!r} is no thread on segment {segment}: see `reviewtool segments`.")
            recorder = Recorder(edition, person, self._clock)
            for each in one.threads:
                if not each.resolved and thread in (None, each.remark.id):
                    recorder.on(Resolve, one, answers=each.remark.id)
            return self._editions.save(edition, recorder.events, {})

    def dismiss(self, slug: str, to: str, segment: str, finding: str, reason: str, *, person: str) -> OpenEdition:
        """Set a finding on exactly the present texts aside, for a reason."""
        _check_remark(reason)
        with self._editions.writing(slug, to) as edition:
            one = edition.segment(segment)
            recorder = Recorder(edition, person, self._clock)
            if finding not in one.dismissed:
                recorder.on(Dismiss, one, finding=finding, reason=reason)
            return self._editions.save(edition, recorder.events, {})

    def rewrite(
        self,
        slug: str,
        to: str,
        texts: Mapping[str, tuple[str, str]],
        *,
        person: str,
        pass_name: str | None = None,
    ) -> Outcome:
        """Write several target texts, each in place of the one with the hash given before it.

        What another text stands in place of meanwhile is refused. A draft gets another text and stays a draft.
        """
        with self._editions.writing(slug, to) as edition:
            acting = acting_pass(edition.standing, person, pass_name)
            chosen = _chosen(edition, list(texts), lambda _: False)
            return self._each(edition, person, acting, chosen, partial(_rewrite, texts))

    def _each(
        self, edition: OpenEdition, person: str, acting: Pass, chosen: Iterable[SegmentStanding], act: Act
    ) -> Outcome:
        recorder = Recorder(edition, person, self._clock)
        done: list[str] = []
        refused: list[Refusal] = []
        for one in chosen:
            reason = act(edition.standing, recorder, person, acting, one)
            if reason is None:
                done.append(one.id)
            else:
                refused.append(Refusal(one.id, reason))
        saved = self._editions.save(edition, recorder.events, recorder.texts)
        return Outcome(saved, tuple(done), tuple(refused))


Act = Callable[[Standing, Recorder, str, Pass, SegmentStanding], str | None]


def _waits_for(standing: Standing, person: str, acting: Pass, one: SegmentStanding) -> bool:
    """Whether a segment needs this person's approval in a pass, or needs one that this person may not give.

    Their own words need somebody else's; they are asked for, and refused with that reason, only while
    that is missing. The same holds for drafts.
    """
    if acts.already(standing, person, acting, one, Approve):
        return False
    return person not in one.barred or one.lacks(acting) > 0


def _confirm(standing: Standing, recorder: Recorder, person: str, acting: Pass, one: SegmentStanding) -> str | None:
    if acts.already(standing, person, acting, one, Confirm):
        return None
    reason = acts.confirming(standing, person, acting, one)
    if reason is None:
        recorded = one.recorded(one.target) is not None
        recorder.on(Confirm, one, pass_=acting.name, text=None if recorded else one.segment.target)
    return reason


def _write(
    standing: Standing, recorder: Recorder, person: str, acting: Pass, one: SegmentStanding, text: str
) -> str | None:
    reason = acts.writing(standing, person, acting, one)
    if reason is None:
        target = text_hash(text)
        recorder.on(
            Write,
            one,
            target=target,
            from_=one.target,
            text=text,
            pass_=acting.name,
            restores=one.restorable(target, person),
            was=one.unrecorded(),
        )
        recorder.put(one.id, text)
    return reason


def _rewrite(
    texts: Mapping[str, tuple[str, str]],
    standing: Standing,
    recorder: Recorder,
    person: str,
    acting: Pass,
    one: SegmentStanding,
) -> str | None:
    before, text = texts[one.id]
    if one.target != before:
        return "its text has changed meanwhile"
    try:
        check_text(text)
        _check_lines(one, text)
    except InputError as error:
        return str(error).rstrip(".")
    if text_hash(text) == EMPTY:
        return "no text would be left of it (`reviewtool omit` leaves a segment out)"
    if not one.draft:
        return _write(standing, recorder, person, acting, one, text)
    reason = acts.writing(standing, person, acting, one)
    if reason is None:
        recorder.on(Draft, one, target=text_hash(text), text=text, origin=REPLACED)
        recorder.put(one.id, text)
    return reason


def _omit(standing: Standing, recorder: Recorder, person: str, acting: Pass, one: SegmentStanding) -> str | None:
    if acts.already(standing, person, acting, one, Omit):
        return None
    reason = acts.omitting(standing, person, acting, one)
    if reason is None:
        recorder.on(Omit, one, target=EMPTY, from_=one.target, pass_=acting.name, was=one.unrecorded())
        recorder.put(one.id, "")
    return reason


def _take_back(recorder: Recorder, one: SegmentStanding, act: Revocable) -> None:
    before = one.text_before(act) if isinstance(act, Write | Omit) else None
    if before is None:
        recorder.on(TakeBack, one, answers=act.id)
        return
    recorder.on(TakeBack, one, target=text_hash(before), answers=act.id)
    recorder.put(one.id, before)


def _approve(standing: Standing, recorder: Recorder, person: str, acting: Pass, one: SegmentStanding) -> str | None:
    if acts.already(standing, person, acting, one, Approve):
        return None
    reason = acts.approving(standing, person, acting, one)
    if reason is None:
        gone = (sent for sent in one.sent_back if sent.pass_ == acting.name and not standing.policy.person(sent.person))
        recorder.on(Approve, one, pass_=acting.name, answers=tuple(sent.id for sent in gone))
    return reason


def _chosen(
    edition: OpenEdition, segments: Sequence[str] | None, wanted: Callable[[SegmentStanding], bool]
) -> list[SegmentStanding]:
    if segments is None:
        return [one for one in edition.standing.segments.values() if wanted(one)]
    return list(dict.fromkeys(edition.segment(segment) for segment in segments))


def acting_pass(standing: Standing, person: str, name: str | None) -> Pass:
    """The pass to act in: the one named, else the usual one of the person; Refused where there is none."""
    if name is not None:
        return named_pass(standing, name)
    one = acts.acting_pass(standing, person)
    if one is None:
        raise Refused(f"{standing.name(person)} acts in no pass of this desk (passes in reviewtool.toml).")
    return one


def _revision(standing: Standing, person: str, name: str | None) -> Pass:
    if name is not None:
        one = named_pass(standing, name)
        if one.is_translation:
            raise Refused(f"Nothing is approved or sent back in the pass {name}: that is for the revision passes.")
        return one
    acting = acts.acting_pass(standing, person, revision=True)
    if acting is None:
        raise Refused("This desk has no revision pass, so there is nothing to approve or send back in.")
    return acting


def named_pass(standing: Standing, name: str) -> Pass:
    """The pass of this name; InputError with the names there are."""
    one = standing.policy.pass_named(name)
    if one is None:
        names = ", ".join(each.name for each in standing.policy.passes)
        raise InputError(f"There is no pass {name!r}; the passes are {names}.")
    return one


def _root(one: SegmentStanding, answers: str | None) -> str | None:
    """The remark or send-back that a reply belongs to, however deep the reply it was given for."""
    if answers is None:
        return None
    remarks = {event.id: event for event in one.versions() if isinstance(event, Comment | SendBack)}
    if answers not in remarks:
        raise InputError(f"{answers!r} is no remark on segment {one.id}: see `reviewtool segments`.")
    event = remarks[answers]
    if isinstance(event, Comment) and event.answers is not None:
        return event.answers if isinstance(remarks.get(event.answers), Comment) else event.id
    return event.id


def refuse(edition: OpenEdition, segment: str, reason: str | None) -> None:
    """Refused with the desk's reason, where there is one."""
    if reason is not None:
        raise Refused(f"Segment {segment} of {edition.slug} ({edition.language}): {reason}.")


def check_text(text: str) -> None:
    """InputError for a text that no segment may have."""
    bad = next((one for one in text if unicodedata.category(one) in {"Cc", "Cs"} and one not in "\n\t"), None)
    if bad is not None:
        raise InputError(f"The text holds the control character U+{ord(bad):04X}; give plain UTF-8 text.")
    if len(text.encode()) > MOST_TEXT:
        raise InputError(f"The text is longer than {MOST_TEXT // 1000} KB, too long for one segment.")


def _check_lines(one: SegmentStanding, text: str) -> None:
    """InputError for line breaks where the article could not hold them."""
    if "\n" in text.strip() and one.segment.kind in _ONE_LINE:
        raise InputError(f"Segment {one.id} is a {one.segment.kind}, which is one line: write the text as one.")
    if any(not line.strip() for line in text.strip().splitlines()):
        raise InputError(f"Segment {one.id}: the text has an empty line, which would end its paragraph.")


def _check_remark(text: str, category: str | None = None, severity: str | None = None) -> None:
    check_text(text)
    if not text.strip():
        raise InputError("Say why: the comment or reason is empty.")
    if category is not None and category.partition("/")[0] not in CATEGORIES:
        raise InputError(f"{category!r} is no MQM category; they are {', '.join(CATEGORIES)}.")
    if severity is not None and severity not in SEVERITIES:
        raise InputError(f"{severity!r} is no MQM severity; they are {', '.join(SEVERITIES)}.")
