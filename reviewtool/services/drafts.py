"""Drafts of an edition: what an engine or a paste puts in, recorded as nobody's words yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from reviewtool.formats import front_matter
from reviewtool.model.byline import credit_line
from reviewtool.model.glossary import Glossary
from reviewtool.model.language import Language
from reviewtool.model.ledger import Draft as DraftEvent
from reviewtool.model.policy import DESK
from reviewtool.model.segment import State, text_hash
from reviewtool.model.standing import SegmentStanding
from reviewtool.plugins.protocols import Draft, Engine, Recall
from reviewtool.plugins.registry import Registry
from reviewtool.services import drafting
from reviewtool.services.drafting import DraftingEvent, Save
from reviewtool.services.editions import Editions
from reviewtool.services.recorder import Clock, Recorder
from reviewtool.storage import glossary
from reviewtool.storage.project import Project, Settings

_OPEN_TO_ENGINES = frozenset({State.UNTRANSLATED})
_PICTURE = re.compile(r"\s*!\[(.*)\]\([^()]*\)\s*")
"""A line that is a picture: what is to be laid over its caption is the caption."""
_HEAD = 6
"""The lines of a pasted text among which a dateline or credits may stand before its body."""
_OPEN_TO_PASTES = frozenset({State.UNTRANSLATED, State.DRAFT})


@dataclass(frozen=True, slots=True)
class Outlay:
    """What drafting would tell and cost: the host that texts go to, and how many characters it would bill."""

    host: str
    characters: int


class Drafts:
    """Fills segments that nobody has translated; what a person wrote or confirmed is never touched.

    Args:
        project: where things lie.
        settings: the workspace's, with the options of its engines.
        editions: opens and saves them.
        clock: the time for what is recorded.
        engines: those installed.
        recall: the desk's memory, for engines that draft from it.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        editions: Editions,
        clock: Clock,
        engines: Registry[Engine],
        recall: Recall,
    ) -> None:
        self._project = project
        self._settings = settings
        self._editions = editions
        self._clock = clock
        self._engines = engines
        self._recall = recall

    def outlay(self, slug: str, to: str, *, engine: str | None = None) -> Outlay | None:
        """What drafting this edition would tell and cost; None where all texts stay on this machine."""
        chosen = self._engine(engine or self._settings.engine)
        if chosen.info.remote is None:
            return None
        edition = self._editions.open(slug, to)
        wanted = drafting.requests(edition.catalog.segments, _in_state(edition.standing.segments, _OPEN_TO_ENGINES))
        characters = drafting.estimate(wanted, chosen, edition.languages, self._terms(edition.language))
        return Outlay(chosen.info.remote, characters)

    def run(self, slug: str, to: str, *, engine: str | None = None, person: str = DESK) -> Iterator[DraftingEvent]:
        """Draft what is untranslated with an engine, by default the workspace's; yields what it has saved."""
        chosen = self._engine(engine or self._settings.engine)
        edition = self._editions.open(slug, to)
        edition.record.sound()
        wanted = _in_state(edition.standing.segments, _OPEN_TO_ENGINES)
        return drafting.run(
            drafting.requests(edition.catalog.segments, wanted),
            chosen,
            edition.languages,
            self._saving(slug, edition.language, person, _OPEN_TO_ENGINES),
            self._terms(edition.language),
        )

    def paste(self, slug: str, to: str, text: str, *, person: str = DESK) -> Iterator[DraftingEvent]:
        """Lay a translation that came as one text over the segments; it replaces drafts, never a person's words.

        A text with front matter is taken as an article of its own: its title, then its body. The dateline
        at its head, and credits at its head or foot, are the article's and the record's to say.
        """
        edition = self._editions.open(slug, to)
        edition.record.sound()
        wanted = _in_state(edition.standing.segments, _OPEN_TO_PASTES)
        save = self._saving(slug, edition.language, person, _OPEN_TO_PASTES)
        prose = _prose(text, edition.article.dateline)
        return drafting.paste(edition.catalog.segments, wanted, prose, edition.languages, save)

    def _engine(self, name: str) -> Engine:
        options: dict[str, Any] = {**self._settings.engines.get(name, {}), "recall": self._recall}
        return self._engines.create(name, options)

    def _terms(self, language: Language) -> Glossary:
        return glossary.read(self._project.glossary(language), language)

    def _saving(self, slug: str, language: Language, person: str, open_states: Collection[State]) -> Save:
        """Records drafts for segments that are still open when it is called."""

        def save(drafts: Sequence[Draft]) -> None:
            with self._editions.writing(slug, language) as edition:
                recorder = Recorder(edition, person, self._clock)
                for draft in drafts:
                    one = edition.standing.segments.get(draft.id)
                    if one is None or one.state not in open_states:
                        continue
                    recorder.on(DraftEvent, one, target=text_hash(draft.text), text=draft.text, origin=draft.origin)
                    recorder.put(one.id, draft.text)
                self._editions.save(edition, recorder.events, recorder.texts)

        return save


def _in_state(segments: Mapping[str, SegmentStanding], states: Collection[State]) -> frozenset[str]:
    return frozenset(segment for segment, one in segments.items() if one.state in states)


def _prose(text: str, dateline: str) -> str:
    """The text without front matter, dateline and credits."""
    head = front_matter.read(text, "the translation")
    lines = [line for part in (head.string("title"), "", text[head.body :]) for line in part.splitlines() or [""]]
    filled = [place for place, line in enumerate(lines) if line.strip()]
    dropped = {
        place
        for place in filled[:_HEAD]
        if credit_line(lines[place]) or (dateline and lines[place].strip() == dateline)
    }
    dropped.update(takewhile(lambda place: credit_line(lines[place]), reversed(filled)))
    kept = (line for place, line in enumerate(lines) if place not in dropped)
    return "\n".join(_PICTURE.sub(r"\1", line) for line in kept)
