"""Where a text can be cut in two, and which cut of a translation answers to one of its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import accumulate

from wcwidth import iter_graphemes

from reviewtool.errors import InputError
from reviewtool.model import sentences
from reviewtool.model.language import Language
from reviewtool.model.markup import Edge, placeables

_CLAUSE_END = re.compile(r"""(?:[，、；：。！？…]+|[,;:](?=\s)|\s[–—-](?=\s)|—+)[”’」』）】》〉"')\]]*\s*""")
_WORD_END = re.compile(r"\s+")
_FAR = 0.25
"""How far, as a share of the text, the end of a clause may be from where it is looked for."""


def fault(text: str, at: int) -> str | None:
    """Why a text cannot be cut before the character ``at``, as the end of a sentence; None where it can."""
    if not text[:at].strip() or not text[at:].strip():
        return "would leave nothing on one side"
    if at not in set(_clusters(text)):
        return "would go through a character"
    if any(start < at < end for start, end in _marked(text)):
        return "would go through markup, a link or an address"
    return None


def parted(text: str, at: int) -> tuple[str, str]:
    """The two parts of a text, without the white space at the cut; InputError where it cannot be cut."""
    reason = fault(text, at)
    if reason is not None:
        raise InputError(f"The cut after {text[max(0, at - 10) : at]!r} {reason}: choose another place.")
    return text[:at].rstrip(), text[at:].lstrip()


def after(text: str, words: str) -> int:
    """The cut right after these words: the text's own beginning, or a stretch that stands in it once."""
    if words and text.startswith(words):
        return len(words)
    count = text.count(words) if words else 0
    if count != 1:
        how = f"stands there {count} times" if count else "does not stand there"
        raise InputError(f"{words!r} {how}: give the text up to the cut, or so much of its end as stands there once.")
    return text.index(words) + len(words)


def matching(text: str, at: int, other: str, languages: tuple[Language, Language]) -> int | None:
    """Where to cut ``other`` so that it answers to a cut of ``text`` before ``at``; None where it cannot be cut.

    One of the two texts is the other's translation; ``languages`` are theirs. A cut between sentences goes
    between sentences, the same ones where there are as many; else the nearest end of a sentence or clause at
    the same share of the text is proposed, or, where none is near, the nearest end of a word.
    """
    allowed = _allowed(other)
    if not allowed:
        return None
    at = len(text) - len(text[at:].lstrip())
    wanted = len(other) * at / max(1, len(text))
    ends = _sentence_ends(text, languages[0])
    places = _sentence_ends(other, languages[1])
    if at in ends and len(ends) == len(places) and places[ends.index(at)] in allowed:
        return places[ends.index(at)]
    if at not in ends or allowed.isdisjoint(places):
        places += [found.end() for found in _CLAUSE_END.finditer(other)]
    near = [place for place in allowed.intersection(places) if abs(place - wanted) <= _FAR * len(other)]
    words = [found.end() for found in _WORD_END.finditer(other)] if languages[1].spaced else []
    return _nearest(wanted, near or allowed.intersection(words) or allowed)


def _allowed(text: str) -> set[int]:
    """All places where a text can be cut."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    inside = {place for first, last in _marked(text) for place in range(first + 1, last)}
    return {place for place in _clusters(text) if start < place < end} - inside


def _nearest(wanted: float, places: Collection[int]) -> int:
    return min(places, key=lambda place: (abs(place - wanted), place))


def _clusters(text: str) -> Iterable[int]:
    """Where characters as a reader sees them (grapheme clusters) begin, and the end."""
    return accumulate((len(cluster) for cluster in iter_graphemes(text)), initial=0)


def _sentence_ends(text: str, language: Language) -> list[int]:
    """Where sentences after the first begin."""
    return [start for start, _ in sentences.split(text, language)][1:]


def _marked(text: str) -> Iterable[tuple[int, int]]:
    """The stretches that markup takes up, from where a pair opens to where it closes."""
    opened: list[int] = []
    for one in placeables(text):
        if one.edge is Edge.OPEN:
            opened.append(one.start)
        else:
            yield opened.pop() if one.edge is Edge.CLOSE else one.start, one.end
