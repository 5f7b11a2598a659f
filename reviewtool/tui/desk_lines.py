"""What the desk says of its editions: the lines of its table, what waits for somebody, and the account of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from reviewtool.model.segment import State
from reviewtool.model.signoff import PassStanding, SignatureStanding
from reviewtool.model.waiting import Task, Waiting, count
from reviewtool.services.editions import Unreadable
from reviewtool.services.overview import EditionStatus
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.language import _, ngettext
from reviewtool.tui.reading import ArticleNews
from reviewtool.tui.render import one_line
from reviewtool.tui.widgets.byline import Account
from reviewtool.tui.widgets.edition_table import EditionLine, cut

Key = tuple[str, str]
"""Slug and language tag of an edition."""
_TITLE = 36
"""Cells of a title where several are named in a sentence."""
_NAMED = 12
"""How many editions are named in one at most."""


def line(one: EditionStatus | Unreadable, person: str | None) -> EditionLine:
    """The line of an edition, as this person sees it."""
    if isinstance(one, Unreadable):
        return EditionLine(one.slug, one.language, one.slug, {}, fault=translated(one.reason))
    return EditionLine(
        one.slug,
        one.languages.target.tag,
        one.title or one.slug,
        one.states,
        done=_done(one),
        pass_name=_present_name(one),
        people=_people(one),
        waits=count(one.waiting.get(person or "", ())),
    )


def arranged(
    news: Iterable[ArticleNews], person: str | None, typed: Collection[Key] = ()
) -> list[EditionStatus | Unreadable]:
    """All editions in the order of the table.

    Articles of which something waits for the person, or into which they typed what is not saved, come first,
    finished ones last; among these the newest first.
    """
    newest = sorted(sorted(news, key=lambda one: one.slug), key=lambda one: one.date, reverse=True)
    ranked = sorted(newest, key=lambda one: min((_rank(each, person, typed) for each in one.editions), default=2))
    return [edition for one in ranked for edition in one.editions]


def _rank(one: EditionStatus | Unreadable, person: str | None, typed: Collection[Key]) -> int:
    if isinstance(one, Unreadable):
        return 1
    if one.waiting.get(person or "") or (one.slug, _tag(one)) in typed:
        return 0
    return 2 if one.final else 1


def present_pass(one: EditionStatus) -> PassStanding | None:
    """The first pass that is not complete; None of a final edition."""
    return next((each for each in one.passes if not each.complete), None)


def _present_name(one: EditionStatus) -> str:
    present = present_pass(one)
    return translated(present.one.name) if present else _("final")


def _done(one: EditionStatus) -> str:
    """How many segments have what the present pass needs of them."""
    present = present_pass(one)
    if present is not None and present.one.is_translation:
        done = one.segments - one.states[State.UNTRANSLATED] - one.states[State.DRAFT]
    else:
        done = one.states[State.REVIEWED] + one.states[State.FINAL]
    return f"{done}/{one.segments}"


def _people(one: EditionStatus) -> str:
    """Who signed, pass by pass; a plus says that the signature stands."""
    passes = (_(", ").join(_signer(signed) for signed in each.signatures) for each in one.passes)
    return _("; ").join(names for names in passes if names)


def _signer(signed: SignatureStanding) -> str:
    return f"{signed.signature.name}{'+' if signed.stands else ''}"


# What waits


def places(
    editions: Sequence[EditionStatus | Unreadable], person: str, typed: Mapping[Key, int]
) -> tuple[tuple[str, ...], int]:
    """What waits for a person, in plain words, edition by edition; and in how many more than those named.

    ``typed`` says of how many texts in an edition that they were typed and not saved.
    """
    waiting = [
        one
        for one in editions
        if isinstance(one, EditionStatus) and (one.waiting.get(person) or typed.get((one.slug, _tag(one))))
    ]
    named = tuple(_place(one, person, typed.get((one.slug, _tag(one)), 0)) for one in waiting[:_NAMED])
    return named, len(waiting) - len(named)


def _place(one: EditionStatus, person: str, typed: int) -> str:
    tasks = [_task(task) for task in one.waiting.get(person, ())]
    if typed:
        tasks.insert(0, ngettext("{n} typed and not saved", "{n} typed and not saved", typed).format(n=typed))
    return _("{tasks} in {title} ({language})").format(
        tasks=_(", ").join(tasks), title=cut(one_line(one.title or one.slug), _TITLE), language=_tag(one)
    )


def _tag(one: EditionStatus) -> str:
    return one.languages.target.tag


def _task(one: Waiting) -> str:
    number = len(one.segments)
    match one.task:
        case Task.TRANSLATE:
            return ngettext("{n} to translate", "{n} to translate", number).format(n=number)
        case Task.ANSWER:
            return ngettext("{n} sent back", "{n} sent back", number).format(n=number)
        case Task.REVISE:
            return ngettext("{n} to revise", "{n} to revise", number).format(n=number)
        case Task.SEE_AGAIN if one.segments:
            return ngettext("{n} changed since you signed", "{n} changed since you signed", number).format(n=number)
        case Task.SEE_AGAIN:
            return _("{name} to sign again").format(name=translated(one.pass_name))
        case Task.SIGN:
            return _("{name} to sign").format(name=translated(one.pass_name))


# The account of one edition


def account(one: EditionStatus | Unreadable) -> Account:
    """What the panel says of an edition: its byline, who signed when, what blocks."""
    if isinstance(one, Unreadable):
        return Account(one.slug, one.language, fault=translated(one.reason))
    return Account(
        one.title or one.slug,
        str(one.languages),
        byline=tuple(str(each) for each in one.byline),
        signed=tuple(_signatures(one)),
        blocks=_blocks(one),
    )


def _signatures(one: EditionStatus) -> Iterator[str]:
    for each in one.passes:
        names = _(", ").join(f"{_signer(signed)} {day(signed.signature.at)}".rstrip() for signed in each.signatures)
        if names:
            yield _("{name} {people}").format(name=translated(each.one.name), people=names)


def _blocks(one: EditionStatus) -> str:
    present = present_pass(one)
    if present is None:
        return ""
    sentences = _("; ").join(translated(block.sentence) for block in present.blocks)
    return _("{name}: {sentences}").format(name=translated(present.one.name), sentences=sentences)


def day(at: str) -> str:
    """Month and day of an event's time where this desk is; nothing for what is no time."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%m-%d")
    except ValueError:
        return ""
