"""The embedded engine: drafts from the desk's own memory, with no network and no key.

Exact and context matches are taken as they are, a similar text from 75 % on with its numbers and
placeables repaired; anything less helps only beside the text, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reviewtool.errors import InputError
from reviewtool.model.language import LanguagePair
from reviewtool.model.match import Match, MatchKind
from reviewtool.model.repair import repair
from reviewtool.plugins.protocols import Draft, EngineInfo, Job, Recall, Request

THRESHOLD = 75
"""The least score, rounded down, of a match that becomes a draft, unless the option ``threshold`` says another."""


class MemoryEngine:
    """Drafts from matches that ``recall`` finds."""

    def __init__(self, recall: Recall, threshold: int = THRESHOLD) -> None:
        self.info = EngineInfo("memory")
        self._recall = recall
        self._threshold = threshold

    def supports(self, languages: LanguagePair) -> bool:
        """Any pair; a text is never drafted in its own language."""
        return not languages.monolingual

    def estimate(self, job: Job) -> int:  # noqa: ARG002 - the protocol names it
        """Nothing: a memory is free."""
        return 0

    def translate(self, job: Job) -> Iterator[Draft]:
        """A draft for each request that the memory knows well enough."""
        for request in job.requests:
            matches = [match for match in self._recall(request, job.languages) if match.percent >= self._threshold]
            if matches:
                yield _draft(request, matches, job.languages)


def create(options: Mapping[str, Any]) -> MemoryEngine:
    """The engine; ``options["recall"]`` is the look-up that the host hands in (``plugins.protocols.Recall``)."""
    unknown = sorted(options.keys() - {"recall", "threshold"})
    if unknown:
        raise InputError(f"The engine 'memory' has no option {unknown[0]!r}; it has threshold.")
    threshold = options.get("threshold", THRESHOLD)
    if not isinstance(threshold, int) or not 50 <= threshold <= 100:
        raise InputError(f"The engine 'memory' takes a threshold from 50 to 100, not {threshold!r}.")
    recall = options.get("recall")
    if not callable(recall):
        raise InputError("The engine 'memory' needs a memory to look into: its host must give the option 'recall'.")
    return MemoryEngine(recall, threshold)


def _draft(request: Request, matches: Sequence[Match], languages: LanguagePair) -> Draft:
    best = matches[0]
    if best.kind is MatchKind.FUZZY:
        repaired = repair(request.text, best.unit.source, best.unit.target, languages.target)
        origin = f"memory:fuzzy {best.percent}"
        return Draft(request.id, repaired.text, origin, best.kind, best.score, repaired.notes)
    return Draft(request.id, best.unit.target, f"memory:{best.kind}", best.kind, best.score, _doubts(matches))


def _doubts(matches: Sequence[Match]) -> tuple[str, ...]:
    """A note where the memory has another translation that fits as well."""
    others = [match for match in matches[1:] if match.kind is matches[0].kind]
    return (f"The memory has {len(others) + 1} translations of this text.",) if others else ()
