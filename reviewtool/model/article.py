"""Articles: one source text, cut into passages that can be replaced without touching anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.model.language import Language
from reviewtool.model.segment import Kind


class Setting(StrEnum):
    """What surrounds a passage in the file, which says how a translation is written back into it."""

    TEXT = "text"
    CELL = "cell"
    ALT = "alt"
    YAML = "yaml"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that becomes one segment.

    ``text`` is what the translator sees: inline Markdown kept, line breaks folded, quote and list
    prefixes taken off. It stands at ``start:end`` (characters) of :attr:`Article.text`. Passages of one
    paragraph, list item or table cell share ``paragraph``.
    """

    kind: Kind
    text: str
    paragraph: int
    start: int
    end: int
    setting: Setting = Setting.TEXT


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of the body: ``start:end`` of the text, holding ``passages[first:last]``.

    ``name`` is heading, paragraph, list, quote, table, figure (a paragraph of one picture), code,
    html or rule; the last three hold no passages and pass through.
    """

    name: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit of the source from its front matter: ``role`` is author, photo, video or source."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One source text.

    ``text`` is the whole file, front matter included, line ends as in the file. ``targets`` None means
    the workspace's target languages. ``pictures`` are the addresses of images in the body, in order.
    ``warnings`` are sentences about what is odd but no reason to refuse it.
    """

    slug: str
    language: Language
    text: str
    title: str
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]
    date: str = ""
    dateline: str = ""
    credits: tuple[Credit, ...] = ()
    targets: tuple[Language, ...] | None = None
    pictures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def rebuild(self, targets: Sequence[str | None]) -> str:
        """The whole file with passages replaced: one target each, None keeps the source, "" omits it."""
        raise NotImplementedError

    def block_text(self, block: Block, targets: Sequence[str | None]) -> str:
        """One block's Markdown with its passages replaced; ``targets`` as for :meth:`rebuild`."""
        raise NotImplementedError
