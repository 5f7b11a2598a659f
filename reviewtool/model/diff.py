"""The difference of two versions of a text, by character or by word, made to be read by people."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wcwidth import iter_graphemes

from reviewtool.model.language import Language

_COMPARABLE = 25_000_000
"""How many pairs of tokens are still compared one by one; beyond it (two texts of 5,000 tokens) the middle is one."""


_LARGE = 4
"""How many tokens, old and new together, both neighbours of a one-token island have when it is drowned."""


class ChangeKind(StrEnum):
    """What became of a stretch of text."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the old text and what the new one has in its place; both are the same where it is equal."""

    kind: ChangeKind
    old: str
    new: str


@dataclass(slots=True)
class _Run:
    """Consecutive tokens of both texts."""

    old: list[str]
    new: list[str]
    equal: bool

    @property
    def size(self) -> int:
        return len(self.old) + len(self.new)


def difference(old: str, new: str, language: Language) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new``.

    Chinese, Japanese, Korean and other texts without spaces are compared by character (grapheme
    clusters, UAX #29, are never cut; words in Latin letters and numbers stay whole), all others by
    word. Joining the ``old`` sides gives the old text, joining the ``new`` sides the new one.
    """
    by_character = language.east_asian or not language.spaced
    before, after = _tokens(old, by_character), _tokens(new, by_character)
    return tuple(_change(run) for run in _smoothed(_aligned(before, after)))


def _tokens(text: str, by_character: bool) -> list[str]:
    tokens: list[str] = []
    last = ""
    for cluster in list(text) if text.isascii() else iter_graphemes(text):
        kind = _class(cluster, by_character)
        if kind and kind == last:
            tokens[-1] += cluster
        elif last == "word" and cluster in "'’":
            tokens[-1] += cluster
            continue
        else:
            tokens.append(cluster)
        last = kind
    return tokens


def _class(cluster: str, by_character: bool) -> str:
    """The kind of token a cluster joins with its like into: word or space; empty when it stands alone."""
    first = cluster[0]
    if first.isspace():
        return "space"
    if not (first.isalnum() or first == "_" or unicodedata.category(first) == "Mn"):
        return ""
    return "word" if not by_character or _is_latin_or_digit(first) else ""


def _is_latin_or_digit(character: str) -> bool:
    return character.isdecimal() or unicodedata.name(character, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _aligned(before: list[str], after: list[str]) -> list[_Run]:
    """The runs of equal and of changed tokens, in order; none is empty on both sides."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    runs = [_Run(before[:head], before[:head], equal=True), *_compared(old, new)]
    runs.append(_Run(before[len(before) - tail :], before[len(before) - tail :], equal=True))
    return [run for run in runs if run.size]


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = zip(left, right, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _compared(old: list[str], new: list[str]) -> list[_Run]:
    if len(old) * len(new) > _COMPARABLE:
        return [_Run(old, new, equal=False)]
    from rapidfuzz.distance import Indel  # takes long to load, and most texts are shown without a difference

    # Numbered, because rapidfuzz compares hashes of strings.
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(token, len(numbers)) for token in tokens] for tokens in (old, new))
    return [
        _Run(old[step.src_start : step.src_end], new[step.dest_start : step.dest_end], step.tag == "equal")
        for step in Indel.opcodes(left, right)
    ]


def _smoothed(runs: Sequence[_Run]) -> list[_Run]:
    """The runs with neighbouring changes made one, and so the islands that nobody reads as unchanged."""
    joined = _joined(runs)
    for left, island, right in zip(joined, joined[1:], joined[2:], strict=False):
        island.equal = island.equal and not _is_tiny(island, left, right)
    return _joined(joined)


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    joined: list[_Run] = []
    for run in runs:
        if joined and joined[-1].equal == run.equal:
            joined[-1].old.extend(run.old)
            joined[-1].new.extend(run.new)
        else:
            joined.append(_Run(list(run.old), list(run.new), run.equal))
    return joined


def _is_tiny(island: _Run, left: _Run, right: _Run) -> bool:
    if len(island.old) != 1:
        return False
    return island.old[0].isspace() or min(left.size, right.size) >= _LARGE


def _change(run: _Run) -> Change:
    old, new = "".join(run.old), "".join(run.new)
    if run.equal:
        return Change(ChangeKind.EQUAL, old, new)
    kind = ChangeKind.REPLACE if old and new else ChangeKind.DELETE if old else ChangeKind.INSERT
    return Change(kind, old, new)
