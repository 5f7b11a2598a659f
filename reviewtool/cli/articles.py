"""The verbs that bring articles in, keep their catalogs in line, and draft their editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reviewtool.cli import output
from reviewtool.cli.call import Call
from reviewtool.errors import InputError

if TYPE_CHECKING:
    from reviewtool.plugins.protocols import Draft
    from reviewtool.services.drafting import DraftingEvent, Skipped
    from reviewtool.services.sync import Added, Synced


def add(call: Call) -> int:
    """Bring articles in and sync them."""
    if call.given.slug and len(call.given.files) > 1:
        raise InputError("add: --slug names one article; bring in one file at a time with it.")
    from reviewtool.services.sync import Added

    added: list[dict[str, Any]] = []
    synced: list[dict[str, Any]] = []
    for name in call.given.files:
        for event in _add(call, name):
            if isinstance(event, Added):
                added.append({"slug": event.slug, "new": event.new, "warnings": list(event.warnings)})
                _tell_added(call, event)
            else:
                synced.append(_synced(event))
                _tell_synced(call, event)
    if call.given.json:
        output.data({"added": added, "synced": synced})
    return 0


def _add(call: Call, name: str) -> Iterator[Added | Synced]:
    if name != "-":
        path = call.path(name)
        return call.workspace.sync.add(path.name, call.read(name), slug=call.given.slug, folder=path.parent)
    if not call.given.slug:
        return call.workspace.sync.paste(call.text(name))
    return call.workspace.sync.add(call.given.slug, call.read(name), slug=call.given.slug)


def _tell_added(call: Call, event: Added) -> None:
    if not call.given.json:
        output.say(f"{event.slug}: {'brought in' if event.new else 'is here already'}")
    for warning in event.warnings:
        output.note(f"reviewtool: {event.slug}: {warning}")


def sync(call: Call) -> int:
    """Bring catalogs in line with their articles."""
    synced = []
    for event in call.workspace.sync.run(call.given.slugs):
        synced.append(_synced(event))
        _tell_synced(call, event)
    if call.given.json:
        output.data({"synced": synced})
    return 0


def _tell_synced(call: Call, event: Synced) -> None:
    if call.given.json:
        return
    changes = [(event.added, "new"), (event.changed, "changed"), (event.gone, "gone")]
    told = [f"{number} {what}" for number, what in changes if number]
    said = ", ".join([*told, *(["the order changed"] if event.moved else [])]) or (
        "brought in line" if event.written else "nothing changed"
    )
    segments = f"{event.segments} segment{'' if event.segments == 1 else 's'}"
    output.say(f"{event.slug} ({event.source} > {event.language}): {segments}, {said}")


def _synced(event: Synced) -> dict[str, Any]:
    return {
        "article": event.slug,
        "language": event.language,
        "segments": event.segments,
        "added": event.added,
        "changed": event.changed,
        "gone": event.gone,
        "written": event.written,
    }


def draft(call: Call) -> int:
    """Draft editions; exit status 2 when the engine gave up, and then what it had given is saved."""
    given = call.given
    if given.pasted is not None and (len(given.slugs) != 1 or given.engine):
        raise InputError("draft: --from lays one text over one article: name that article, and no engine.")
    pasted = None if given.pasted is None else call.text(given.pasted)
    wanted = list(_wanted(call))
    if pasted is None and not all(_agreed(call, edition.slug, edition.language.tag) for edition in wanted):
        output.note("Nothing was drafted.")
        return 0
    drafted = [_draft(call, edition.slug, edition.language.tag, pasted) for edition in wanted]
    if given.json:
        output.data({"editions": [one.shape() for one in drafted]})
    for one in drafted:
        if one.failure:
            output.note(f"reviewtool: {one.slug} ({one.language}): {one.failure}")
    return 2 if any(one.failure for one in drafted) else 0


def _wanted(call: Call) -> Iterator[Any]:
    editions = list(call.workspace.editions.all(call.given.slugs, call.given.to))
    if not editions:
        raise InputError(
            f"draft: there is no edition in {call.given.to} here; `reviewtool status` lists those there are."
        )
    yield from editions


def _agreed(call: Call, slug: str, language: str) -> bool:
    """Whether the texts may leave this machine, where the engine wants that, and cost what it says."""
    outlay = call.workspace.drafts.outlay(slug, language, engine=call.given.engine)
    if outlay is None:
        return True
    return call.agreed(
        f"draft: {outlay.characters} characters of {slug} ({language}) go to {outlay.host}, which may bill them."
    )


class _Drafted:
    """What drafting one edition came to."""

    def __init__(self, slug: str, language: str) -> None:
        self.slug = slug
        self.language = language
        self.drafts: list[Draft] = []
        self.skipped: list[Skipped] = []
        self.left: tuple[str, ...] = ()
        self.failure = ""

    def shape(self) -> dict[str, Any]:
        """For programs."""
        return {
            "article": self.slug,
            "language": self.language,
            "drafted": [_drafted(one) for one in self.drafts],
            "skipped": [{"id": one.id, "reason": one.reason} for one in self.skipped],
            "failed": [{"id": one, "reason": self.failure} for one in self.left],
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        where = f"{self.slug} ({self.language})"
        yield f"{where}: {len(self.drafts)} drafted" if self.drafts or not self.skipped else f"{where}: none drafted"
        for reason, number in Counter(one.reason for one in self.skipped).items():
            yield f"  {number} without a draft: {reason}"
        for one in self.drafts:
            for warning in one.warnings:
                yield f"  {one.id}: {warning}"


def _draft(call: Call, slug: str, language: str, pasted: str | None) -> _Drafted:
    drafts, person = call.workspace.drafts, call.person_or_desk
    if pasted is not None:
        events = drafts.paste(slug, language, pasted, person=person)
    else:
        events = drafts.run(slug, language, engine=call.given.engine, person=person)
    result = _Drafted(slug, language)
    total = 0
    for event in events:
        total = getattr(event, "total", total)
        _take(result, event)
        output.progress(f"{slug} ({language}): {len(result.drafts)} of {total} drafted")
    output.progress("")
    if not call.given.json:
        output.say(*result.lines())
    return result


def _take(result: _Drafted, event: DraftingEvent) -> None:
    from reviewtool.services.drafting import Drafted, Failed, Skipped

    match event:
        case Drafted(drafts):
            result.drafts.extend(drafts)
        case Skipped():
            result.skipped.append(event)
        case Failed(ids, sentence):
            result.left, result.failure = ids, sentence
        case _:
            pass


def _drafted(one: Draft) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "origin": one.origin,
        "kind": one.kind,
        "score": None if one.score is None else round(one.score, 2),
        "warnings": list(one.warnings),
    }
