"""Drafting: the host around any engine.

It batches, protects placeables, sends each text once, checks what comes back, and saves before it tells.
To cancel is to stop iterating: everything told of is saved.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reviewtool.errors import EngineError, InputError, ReviewtoolError
from reviewtool.model.glossary import Glossary
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.markup import Protected, protect, restore
from reviewtool.model.match import MatchKind
from reviewtool.model.paste import lay_over
from reviewtool.model.segment import Segment
from reviewtool.plugins.protocols import Draft, Engine, EngineInfo, Job, Request

PASTED = "pasted"
"""The origin of a draft that came as a text of its own."""

_LINE_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Started:
    """Drafting begins: so many segments, by this engine."""

    total: int
    engine: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """These drafts are saved."""

    drafts: tuple[Draft, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The segments they are for."""
        return tuple(draft.id for draft in self.drafts)


@dataclass(frozen=True, slots=True)
class Skipped:
    """There is no draft for this segment; ``reason`` goes on "No draft: …"."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine gave up before these segments; ``sentence`` says why. Nothing more is sent."""

    ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Drafting is over: how many segments got a draft, none, or were not reached."""

    drafted: int
    skipped: int
    failed: int


DraftingEvent = Started | Drafted | Skipped | Failed | Finished

Save = Callable[[Sequence[Draft]], None]
"""Records drafts and puts them into the catalog; returns when both last."""


def requests(segments: Sequence[Segment], wanted: Collection[str]) -> tuple[Request, ...]:
    """The wanted segments of an edition, given in the article's order, each with its neighbours' source texts."""
    sources = ["", *(segment.source for segment in segments), ""]
    return tuple(
        Request(segment.id, segment.source, before=sources[row], after=sources[row + 2])
        for row, segment in enumerate(segments)
        if segment.id in wanted
    )


def estimate(
    wanted: Sequence[Request], engine: Engine, languages: LanguagePair, glossary: Glossary | None = None
) -> int:
    """About how many characters drafting these would be billed for, equal texts once; 0 when it is free.

    Raises EngineError when the engine cannot say.
    """
    distinct = {request.text: request for request in wanted}
    batches = _batches(distinct.values(), engine.info)
    try:
        return sum(engine.estimate(_Sending(batch, engine, languages, glossary).job) for batch in batches)
    except ReviewtoolError:
        raise
    except Exception as error:
        raise EngineError(_broken(engine, error)) from error


def run(
    wanted: Sequence[Request],
    engine: Engine,
    languages: LanguagePair,
    save: Save,
    glossary: Glossary | None = None,
) -> Iterator[DraftingEvent]:
    """Draft the segments of one edition, given in the article's order.

    What ``save`` raises comes through; what the engine raises is told as :class:`Failed`.
    """
    yield Started(len(wanted), engine.info.name)
    drafted = skipped = failed = 0
    for event in _events(_Queue(wanted), engine, languages, save, glossary):
        match event:
            case Drafted(drafts):
                drafted += len(drafts)
            case Skipped():
                skipped += 1
            case Failed(ids):
                failed += len(ids)
        yield event
    yield Finished(drafted, skipped, failed)


def paste(
    segments: Sequence[Segment], wanted: Collection[str], text: str, languages: LanguagePair, save: Save
) -> Iterator[DraftingEvent]:
    """Lay a translation that came as one text over all segments, and draft the wanted ones with their part of it.

    Raises InputError when there is no text.
    """
    if not text.strip():
        raise InputError("There is no text to lay over the segments: the file or paste is empty.")
    yield Started(len(wanted), PASTED)
    laid = lay_over([(segment.id, segment.paragraph, segment.source) for segment in segments], text, languages)
    drafts, skips = [], []
    for segment in (segment for segment in segments if segment.id in wanted):
        fault = _fault(laid.get(segment.id, ""))
        if fault:
            skips.append(Skipped(segment.id, fault))
        else:
            drafts.append(Draft(segment.id, laid[segment.id], PASTED))
    if drafts:
        save(drafts)
        yield Drafted(tuple(drafts))
    yield from skips
    yield Finished(len(drafts), len(skips), 0)


def _events(
    queue: _Queue, engine: Engine, languages: LanguagePair, save: Save, glossary: Glossary | None
) -> Iterator[Drafted | Skipped | Failed]:
    """Empty the queue, batch by batch, until all is settled or the engine gives up."""
    for request in queue.distinct():
        if _size(request, engine.info) > engine.info.batch_bytes:
            yield from queue.skipped(request, f"it is longer than the engine {engine.info.name!r} takes at once")
    while queue.left:
        for batch in _batches(queue.distinct(), engine.info):
            sending = _Sending(batch, engine, languages, glossary)
            failure = sending.send()
            drafts = tuple(draft for answer in sending.answers.values() for draft in queue.shared(answer))
            if drafts:
                save(drafts)
                yield Drafted(drafts)
            if failure is not None:
                yield Failed(tuple(queue.left), failure)
                return
            for request in batch:
                yield from queue.skipped(request, sending.reason(request))


class _Sending:
    """One batch on its way through an engine: what is sent, what came back, what was wrong with it."""

    def __init__(
        self, batch: Sequence[Request], engine: Engine, languages: LanguagePair, glossary: Glossary | None
    ) -> None:
        self._engine = engine
        self._asked = {request.id: request for request in batch}
        self._protected = {request.id: protect(request.text) for request in batch} if engine.info.markup else {}
        sent = tuple(_outgoing(request, self._protected.get(request.id)) for request in batch)
        self.job = Job(sent, languages, _relevant(glossary, batch))
        self.answers: dict[str, Draft] = {}
        self._faults: dict[str, str] = {}

    def send(self) -> str | None:
        """Take in all the engine gives; the sentence why it gave up, None when it did not."""
        try:
            if not self._engine.supports(self.job.languages):
                return f"The engine {self._engine.info.name!r} does not translate {self.job.languages}; choose another."
            for draft in self._engine.translate(self.job):
                self._take(draft)
        except ReviewtoolError as error:
            return str(error)
        except Exception as error:  # whatever a stranger's plugin does, the desk goes on
            return _broken(self._engine, error)
        return None

    def reason(self, request: Request) -> str:
        """Why there is no draft for a request."""
        return self._faults.get(request.id, f"the engine {self._engine.info.name!r} has nothing for it")

    def _take(self, draft: Draft) -> None:
        """Keep the first usable answer to each request; nobody asked for any other."""
        request = self._asked.get(draft.id)
        if request is None or draft.id in self.answers:
            return
        text, warnings = draft.text, tuple(draft.warnings)
        protected = self._protected.get(draft.id)
        if protected:
            text, lost = restore(text, protected.table)
            warnings += lost
        text = text.strip()
        if "\n" not in request.text:
            text = _one_line(text, self.job.languages.target)
        fault = _fault(text)
        if fault:
            self._faults[draft.id] = fault
        else:
            origin = draft.origin or self._engine.info.name
            self.answers[draft.id] = replace(draft, text=text, origin=origin, warnings=warnings)


def _broken(engine: Engine, error: Exception) -> str:
    return f"The engine {engine.info.name!r} is broken ({type(error).__name__}: {str(error)[:200]!a}); tell its makers."


def _outgoing(request: Request, protected: Protected | None) -> Request:
    return replace(request, text=protected.xml) if protected else request


def _relevant(glossary: Glossary | None, batch: Sequence[Request]) -> Glossary | None:
    """The terms that occur in the texts, since engines limit how many they take."""
    if glossary is None:
        return None
    texts = "\n".join(request.text for request in batch).casefold()
    return replace(glossary, terms=tuple(term for term in glossary.terms if term.source.casefold() in texts))


class _Queue:
    """The segments still to be drafted, in order; those of equal text are asked for once."""

    def __init__(self, wanted: Sequence[Request]) -> None:
        self.left = {request.id: request for request in wanted}
        self._alike: dict[str, list[str]] = {}
        for request in wanted:
            self._alike.setdefault(request.text, []).append(request.id)

    def take(self, segment: str) -> None:
        """This segment is settled."""
        del self.left[segment]

    def distinct(self) -> list[Request]:
        """The first request left of each text."""
        firsts: dict[str, Request] = {}
        for request in self.left.values():
            firsts.setdefault(request.text, request)
        return list(firsts.values())

    def shared(self, answer: Draft) -> list[Draft]:
        """The answer for every segment left of the same text; a context match holds only where it was found."""
        is_local = answer.kind is MatchKind.CONTEXT
        ids = [answer.id] if is_local else self._left_like(self.left[answer.id])
        for one in ids:
            self.take(one)
        return [replace(answer, id=one) for one in ids]

    def skipped(self, request: Request, reason: str) -> list[Skipped]:
        """Settle a request without an answer, and those of the same text; nothing when it had one."""
        ids = self._left_like(request) if request.id in self.left else []
        for one in ids:
            self.take(one)
        return [Skipped(one, reason) for one in ids]

    def _left_like(self, request: Request) -> list[str]:
        return [one for one in self._alike[request.text] if one in self.left]


def _batches(wanted: Iterable[Request], info: EngineInfo) -> Iterator[list[Request]]:
    """The requests in their order, cut so that each batch holds what the engine takes in one go."""
    batch: list[Request] = []
    size = 0
    for request in wanted:
        more = _size(request, info)
        if batch and (len(batch) == info.batch or size + more > info.batch_bytes):
            yield batch
            batch, size = [], 0
        batch.append(request)
        size += more
    if batch:
        yield batch


def _size(request: Request, info: EngineInfo) -> int:
    """Bytes of the text as sent, in JSON with escapes as most engines send it: six for a Chinese character."""
    return len(json.dumps(protect(request.text).xml if info.markup else request.text)) + 2


def _one_line(text: str, language: Language) -> str:
    return _LINE_BREAKS.sub(" " if language.spaced else "", text)


def _fault(text: str) -> str | None:
    """Why a text can be no draft, None when it can."""
    if not text.strip():
        return "the text for it is empty"
    bad = next((char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t"), None)
    return f"the text for it holds the control character U+{ord(bad):04X}" if bad else None
