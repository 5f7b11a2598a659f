"""What a plugin is: four small protocols.

Each entry point (``reviewtool.engines``, ``.checks``, ``.readers``, ``.writers``) names a callable that
takes the plugin's options, a mapping from ``reviewtool.toml``, and returns an object as described here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from reviewtool.model.edition import Edition
from reviewtool.model.finding import Finding
from reviewtool.model.glossary import Glossary
from reviewtool.model.language import LanguagePair
from reviewtool.model.match import Match, MatchKind


@dataclass(frozen=True, slots=True)
class Request:
    """One segment to be drafted; ``before`` and ``after`` are the neighbouring source texts."""

    id: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Consecutive segments of one article to be drafted in one go."""

    requests: tuple[Request, ...]
    languages: LanguagePair
    glossary: Glossary | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An engine's answer for one segment.

    ``kind`` and ``score`` are set by memories only. ``warnings`` are sentences for the translator
    ("numbers repaired: 8 → 9").
    """

    id: str
    text: str
    origin: str
    kind: MatchKind | None = None
    score: float | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What the host has to know of an engine.

    ``remote`` names the host that texts go to, None when they stay on this machine. ``markup`` says
    whether placeables come as ``<x id="1"/>`` (xml) or stay in the text (none). ``batch`` and
    ``batch_bytes`` limit one job.
    """

    name: str
    remote: str | None = None
    markup: bool = False
    batch: int = 50
    batch_bytes: int = 95 * 1024


@runtime_checkable
class Engine(Protocol):
    """Drafts target texts. Retry, batching, protection of placeables and cancelling are the host's."""

    info: EngineInfo

    def supports(self, languages: LanguagePair) -> bool:
        """Whether this pair can be drafted."""
        ...

    def estimate(self, job: Job) -> int:
        """How many characters the job would be billed for; 0 when it costs nothing."""
        ...

    def translate(self, job: Job) -> Iterator[Draft]:
        """Draft the job's segments, as they come; leaving one out means there is no draft for it.

        Raises EngineError, whose message is one sentence. The host stops iterating to cancel.
        """
        ...


Recall = Callable[[Request, LanguagePair], Sequence[Match]]
"""A memory look-up, best match first, handed to the engines that ask for one."""


@dataclass(frozen=True, slots=True)
class CheckedSegment:
    """What a check sees: both texts of one segment and its neighbourhood in the record."""

    id: str
    kind: str
    source: str
    target: str
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check may need beside the texts."""

    languages: LanguagePair
    glossary: Glossary | None = None


@runtime_checkable
class Check(Protocol):
    """Looks at one segment and says what it finds."""

    name: str

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterable[Finding]:
        """What is wrong with this segment; nothing for an untranslated one unless that is the point."""
        ...


@runtime_checkable
class Writer(Protocol):
    """Writes a finished edition in one format."""

    extension: str
    layouts: tuple[str, ...]

    def write(self, edition: Edition, layout: str) -> bytes:
        """The edition as a file's bytes; the same edition gives the same bytes."""
        ...


@runtime_checkable
class Reader(Protocol):
    """Reads a foreign file as an article's Markdown."""

    extensions: tuple[str, ...]

    def read(self, data: bytes, name: str) -> str:
        """The Markdown, front matter included; InputError when it cannot be used."""
        ...
