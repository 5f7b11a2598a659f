"""Where a caret may stand in a text: between what people see as characters, and at the ends of words.

Clusters are those of UAX #29. Words of scripts that part them by spaces are runs of letters. Chinese and Japanese
have no such sign, and a dictionary would guess: a caret goes there by short runs of one kind of writing, counted
from where it stands, so that a step back always undoes a step forward inside a run.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from wcwidth import iter_graphemes

_WORDS = re.compile(r"h{1,2}|k+|i{1,4}|t{1,6}|[wd]+(?:a[wd]+|(?<=d)n(?=d)[wd]+)*|[pan]+")
"""A word in letters of kinds, alike in both directions.

Two Han characters, the length of most Chinese words; a run of katakana; up to four hiragana, which holds an ending
or a particle; up to six clusters of Thai, Lao, Khmer or Burmese, which have no spaces either; letters and digits
with an apostrophe inside or a separator between digits (``don't``, ``1,200``); a run of punctuation.
"""

_KINDS = (
    (re.compile(r"\s"), "s"),
    (re.compile(r"[\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), "h"),
    (re.compile(r"[\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f]"), "k"),
    (re.compile(r"[\u3041-\u309f]"), "i"),
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f]"), "t"),
    (re.compile(r"\d"), "d"),
    (re.compile(r"\w"), "w"),
    (re.compile(r"['\u2019]"), "a"),
    (re.compile(r"[.,]"), "n"),
)


def boundaries(text: str) -> list[int]:
    """Every place between two clusters of a text, its beginning and its end among them."""
    if text.isascii() and "\r" not in text:
        return list(range(len(text) + 1))
    return list(accumulate(map(len, iter_graphemes(text)), initial=0))


def before(places: Sequence[int], place: int) -> int:
    """The last of the places before this one; 0 when it is the first."""
    return places[max(0, bisect_left(places, place) - 1)]


def after(places: Sequence[int], place: int) -> int:
    """The first of the places after this one; the last when there is none."""
    return places[min(len(places) - 1, bisect_right(places, place))]


def at_or_after(places: Sequence[int], place: int) -> int:
    """The place itself where it is one of them, else the next one."""
    return places[min(len(places) - 1, bisect_left(places, place))]


def word_end(text: str, place: int) -> int:
    """Where the word ends that a caret at ``place`` stands in or before."""
    places = boundaries(text)
    index = bisect_left(places, place)
    return places[_past_word(_kinds(text, places), index)]


def word_start(text: str, place: int) -> int:
    """Where the word starts that a caret at ``place`` stands in or behind."""
    places = boundaries(text)
    index = bisect_right(places, place) - 1
    backwards = _kinds(text, places)[::-1]
    return places[len(backwards) - _past_word(backwards, len(backwards) - index)]


def _kinds(text: str, places: Sequence[int]) -> str:
    """A letter for each cluster, that of its first character's kind."""
    return "".join(_kind(text[place]) for place in places[:-1])


def _kind(character: str) -> str:
    return next((letter for pattern, letter in _KINDS if pattern.match(character)), "p")


def _past_word(kinds: str, index: int) -> int:
    while kinds[index : index + 1] == "s":
        index += 1
    found = _WORDS.match(kinds, index)
    return found.end() if found else index
