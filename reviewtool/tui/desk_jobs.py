"""The long work of the desk: drafting, bringing catalogs in line, verifying; and what is said when it is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reviewtool.services.drafting import Drafted, Failed, Skipped, Started
from reviewtool.services.signing import Problem, Verification
from reviewtool.services.sync import Synced
from reviewtool.tui.core_sentences import translated
from reviewtool.tui.jobs import Progress
from reviewtool.tui.language import _, ngettext
from reviewtool.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LongWork:
    """Work as :class:`~reviewtool.tui.jobs.Jobs` runs it: its name, what the bar says, its events, how far they are."""

    name: str
    what: str
    events: Callable[[], Iterator[object]]
    progress: Callable[[object], Progress | None]


def drafting(workspace: Workspace, keys: Sequence[tuple[str, str]], person: str, engine: str | None) -> LongWork:
    """Draft editions, given by slug and language tag, one after the other; by default with the workspace's engine."""
    drafts = workspace.drafts
    runs = (drafts.run(*key, engine=engine, person=person) for key in keys)
    return LongWork("draft", _("Drafting"), lambda: chain.from_iterable(runs), _Segments().after)


class _Segments:
    """Counts the segments that drafting is over with."""

    def __init__(self) -> None:
        self._done = self._total = 0

    def after(self, event: object) -> Progress:
        match event:
            case Started():
                self._total += event.total
            case Drafted():
                self._done += len(event.drafts)
            case Skipped():
                self._done += 1
        return Progress(self._done, self._total)


def syncing(workspace: Workspace, editions: int) -> LongWork:
    """Bring the catalogs of so many editions in line with their articles; 0 where their number is not known."""
    return LongWork("sync", _("Bringing catalogs in line"), workspace.sync.run, _each_of(editions))


def verifying(workspace: Workspace) -> LongWork:
    """Prove records, signatures and bylines, article by article."""
    slugs = workspace.project.slugs()

    def events() -> Iterator[Verification]:
        yield from (workspace.signing.verify([slug]) for slug in slugs)
        yield _abandoned(workspace)

    return LongWork("verify", _("Verifying"), events, _each_of(len(slugs) + 1))


def _each_of(total: int) -> Callable[[object], Progress]:
    """Progress of work each of whose events is one of so many."""
    done = 0

    def after(_event: object) -> Progress:
        nonlocal done
        done += 1
        return Progress(done, total)

    return after


def _abandoned(workspace: Workspace) -> Verification:
    """Signed editions whose article is gone."""
    message = _("{names} signed it, and its article is gone.")
    problems = (
        Problem(slug, tag, "", message.format(names=_(", ").join(signers)))
        for slug, tag, signers in workspace.editions.abandoned()
    )
    return Verification(tuple(problems), (), 0)


# What it came to


def drafted(steps: Sequence[object], *, stopped: bool) -> str:
    """What drafting came to; "" when it did not begin."""
    if not steps:
        return ""
    number = sum(len(one.drafts) for one in steps if isinstance(one, Drafted))
    said = [ngettext("{n} segment drafted", "{n} segments drafted", number).format(n=number)]
    reasons = Counter(one.reason for one in steps if isinstance(one, Skipped))
    said += [_("{n} without a draft: {reason}").format(n=n, reason=translated(reason)) for reason, n in reasons.items()]
    if stopped:
        said.append(_("stopped"))
    return _("{sentence}.").format(sentence=_("; ").join(said))


def gave_up(steps: Sequence[object]) -> str:
    """Why an engine gave up; "" when none did."""
    return next((one.sentence for one in steps if isinstance(one, Failed)), "")


def remarks(steps: Sequence[object]) -> Iterator[str]:
    """What is odd about drafts, a sentence each, with the segment it is about."""
    for one in steps:
        for draft in one.drafts if isinstance(one, Drafted) else ():
            yield from (f"{draft.id}: {translated(warning)}" for warning in draft.warnings)


def synced(steps: Sequence[object]) -> str:
    """What bringing catalogs in line came to."""
    written = [one for one in steps if isinstance(one, Synced) and one.written]
    if not written:
        return _("Every catalog is in line with its article.")
    number = len(written)
    said = [ngettext("{n} edition brought in line", "{n} editions brought in line", number).format(n=number)]
    if number := sum(one.added for one in written):
        said.append(ngettext("{n} new segment", "{n} new segments", number).format(n=number))
    if number := sum(one.changed for one in written):
        said.append(ngettext("{n} changed", "{n} changed", number).format(n=number))
    if number := sum(one.gone for one in written):
        said.append(ngettext("{n} gone", "{n} gone", number).format(n=number))
    return _("{sentence}.").format(sentence=_(", ").join(said))


def verified(steps: Sequence[object], *, stopped: bool) -> tuple[str, list[Problem]]:
    """How much was verified, and the problems found."""
    proved = [one for one in steps if isinstance(one, Verification)]
    number = sum(one.editions for one in proved)
    said = ngettext("{n} edition verified", "{n} editions verified", number).format(n=number)
    if stopped:
        said = _("{said}, then stopped").format(said=said)
    return said, [problem for one in proved for problem in one.problems]
