"""Alignment: which texts of an old sequence the texts of a new one continue."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Indel

LEAST = 0.5
"""The least similarity (normalised Indel) at which a text can continue another."""

STRONG = 0.75
"""The similarity at which it does so wherever it has moved."""

_MOST_PAIRS = 4_000_000
_MOST_CANDIDATES = 50
_WINDOW = 400

Text = tuple[str, bool]
"""A normalised text, and whether it is of a class apart (a headline), which no other class continues."""


def align(old: Sequence[Text], new: Sequence[Text], by_age: Sequence[int]) -> dict[int, int]:
    """The old place that each continued new place has; no old place is given twice.

    Equal texts come first, wherever they stand; of several, the first in ``by_age`` (all old places, in an
    order that does not depend on how ``old`` is sorted). Then texts at least :data:`STRONG` in similarity,
    the most similar first. Then, between those aligned so far, texts at least :data:`LEAST` in similarity,
    in order. Where ``old`` is plainly not in the order of ``new`` (a file sorted by another tool), order
    says nothing, and the second step goes down to :data:`LEAST`.
    """
    pairs: dict[int, int] = {}
    _pair_equals(pairs, old, new, by_age)
    _pair_equals(pairs, [text for text, _ in old], [text for text, _ in new], by_age)
    if len(pairs) == min(len(old), len(new)):
        return pairs
    is_ordered = _is_ordered(pairs)
    _pair_similar(pairs, old, new, range(len(old)) if is_ordered else by_age, STRONG if is_ordered else LEAST)
    _pair_in_order(pairs, old, new)
    return pairs


def _pair_equals(
    pairs: dict[int, int], old: Sequence[Hashable], new: Sequence[Hashable], by_age: Iterable[int]
) -> None:
    given = set(pairs.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for place in by_age:
        if place not in given:
            waiting[old[place]].append(place)
    for places in waiting.values():
        places.reverse()
    for place, text in enumerate(new):
        if place not in pairs and waiting.get(text):
            pairs[place] = waiting[text].pop()


def _is_ordered(pairs: dict[int, int]) -> bool:
    """Whether the old order is the new one but for some moves: at most one step in four goes back."""
    places = [pairs[place] for place in sorted(pairs)]
    return 4 * sum(after < before for before, after in pairwise(places)) <= len(places)


def _pair_similar(
    pairs: dict[int, int], old: Sequence[Text], new: Sequence[Text], order: Sequence[int], least: float
) -> None:
    """Pair the most similar ones first; of equally similar ones the earlier, by ``order`` on the old side."""
    given = set(pairs.values())
    free_old = [place for place in order if place not in given]
    free_new = [place for place in range(len(new)) if place not in pairs]
    if len(free_old) * len(free_new) > _MOST_PAIRS:
        return
    texts = [old[place][0] for place in free_old]
    candidates = [
        (-score, place, rank)
        for place in free_new
        for _, score, rank in process.extract(
            new[place][0], texts, scorer=Indel.normalized_similarity, score_cutoff=least, limit=_MOST_CANDIDATES
        )
        if old[free_old[rank]][1] == new[place][1]
    ]
    for _, place, rank in sorted(candidates):
        if place not in pairs and free_old[rank] not in given:
            pairs[place] = free_old[rank]
            given.add(free_old[rank])


def _pair_in_order(pairs: dict[int, int], old: Sequence[Text], new: Sequence[Text]) -> None:
    """Pair what is left in the gaps between the pairs that keep the order, in windows of bounded size."""
    given = set(pairs.values())
    ends = [*_in_order(pairs), (len(new), len(old))]
    start_new = start_old = 0
    for end_new, end_old in ends:
        free_new = [place for place in range(start_new, end_new) if place not in pairs]
        free_old = [place for place in range(start_old, end_old) if place not in given]
        _pair_gap(pairs, old, new, free_old, free_new)
        start_new, start_old = end_new + 1, end_old + 1


def _in_order(pairs: dict[int, int]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides (patience sorting)."""
    tops: list[int] = []
    piles: list[tuple[int, int]] = []
    below: dict[int, int | None] = {}
    for new, old in sorted(pairs.items()):
        pile = bisect_left(tops, old)
        below[new] = piles[pile - 1][0] if pile else None
        tops[pile : pile + 1] = [old]
        piles[pile : pile + 1] = [(new, old)]
    row: list[tuple[int, int]] = []
    place = piles[-1][0] if piles else None
    while place is not None:
        row.append((place, pairs[place]))
        place = below[place]
    return row[::-1]


def _pair_gap(
    pairs: dict[int, int],
    old: Sequence[Text],
    new: Sequence[Text],
    free_old: Sequence[int],
    free_new: Sequence[int],
) -> None:
    windows = max(len(free_old), len(free_new)) // _WINDOW + 1
    for window in range(windows):
        left = free_old[len(free_old) * window // windows : len(free_old) * (window + 1) // windows]
        right = free_new[len(free_new) * window // windows : len(free_new) * (window + 1) // windows]
        for place_old, place_new in _best_row([old[place] for place in left], [new[place] for place in right]):
            pairs[right[place_new]] = left[place_old]


def _best_row(old: Sequence[Text], new: Sequence[Text]) -> list[tuple[int, int]]:
    """The pairs in order with the greatest sum of squared similarities: one good pair outweighs two poor ones."""
    gains = [[_gain(before, after) for after in new] for before in old]
    best = [[0.0] * (len(new) + 1)]
    for row in gains:
        above = best[-1]
        line = [0.0]
        for place, gain in enumerate(row):
            line.append(max(above[place + 1], line[place], above[place] + gain))
        best.append(line)
    chosen: list[tuple[int, int]] = []
    i, j = len(old), len(new)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            chosen.append((i, j))
    return chosen


def _gain(before: Text, after: Text) -> float:
    if before[1] != after[1]:
        return 0.0
    return Indel.normalized_similarity(before[0], after[0], score_cutoff=LEAST) ** 2
