"""How an article is cut in an edition whose segments were joined or split: as the catalog's own sources tile it.

Nothing else is kept of a join or split, so it lives as long as the texts fit: through git, msgmerge, and a lost
cache. Where a line of the article is no longer tiled, its sentences are its passages again.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import accumulate

from reviewtool.model.article import Article, Passage
from reviewtool.model.segment import WHOLE, Segment

_LAST = 1 << 60
"""The rank of a sentence that no entry of the catalog has."""


def recut(article: Article, segments: Sequence[Segment], resegmented: Collection[str]) -> Article:
    """The article with its lines cut as the live segments of a catalog tile them.

    ``resegmented`` are the ids of segments that were made by joining or splitting; all others can only be
    sentences as the article has them. Each segment tiles once. Where several would do, the one that stands
    first in the catalog is taken.
    """
    made = {_normal(one.source) for one in segments if one.id in resegmented}
    if not made:
        return article
    stock = _Stock(segments, made)
    return article.recut([_tiled([article.passages[index] for index in line], stock) for line in article.lines()])


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


class _Stock:
    """The sources of a catalog that have not tiled anything yet, each with its places in the catalog."""

    def __init__(self, segments: Sequence[Segment], made: Collection[str]) -> None:
        self.made = made
        self._places: dict[str, deque[int]] = defaultdict(deque)
        for place, one in enumerate(segments):
            self._places[_normal(one.source)].append(place)

    def first(self, text: str) -> int:
        """The first place where this source is still to be had."""
        places = self._places.get(text)
        return places[0] if places else _LAST

    def touches(self, line: Passage) -> bool:
        """Whether a source made by joining or splitting may tile some of the line."""
        text = _normal(line.text)
        return line.kind not in WHOLE and any(one in text and self.first(one) != _LAST for one in self.made)

    def take(self, text: str) -> int:
        """The same, and it is to be had there no longer."""
        return self._places[text].popleft() if self.first(text) != _LAST else _LAST

    def give_back(self, text: str, place: int) -> None:
        """Undo a take."""
        if place != _LAST:
            self._places[text].appendleft(place)


def _tiled(sentences: Sequence[Passage], stock: _Stock) -> Sequence[Passage]:
    """The passages of one line."""
    whole = reduce(Passage.followed_by, sentences)
    spans = _Line(whole.text, sentences).tiling(stock) if stock.touches(whole) else None
    if spans is None:
        for sentence in sentences:
            stock.take(_normal(sentence.text))
        return sentences
    return list(_passages(whole, sentences, spans))


def _passages(whole: Passage, sentences: Sequence[Passage], spans: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    """The passages at these spans of the line; a sentence stays the passage that it was."""
    ends = list(accumulate(len(one.joint or "") + len(one.text) for one in sentences))
    known = {(end - len(one.text), end): one for one, end in zip(sentences, ends, strict=True)}
    places = {end: one.end for one, end in zip(sentences, ends, strict=True)}
    done = None
    for start, end in spans:
        cut = whole.part(start, end, None if done is None else whole.text[done:start])
        yield known.get((start, end)) or replace(cut, end=places.get(end, cut.end))
        done = end


@dataclass(frozen=True, slots=True)
class _Tile:
    """A stretch of a line that a source may tile: which, and the places in the line's normal form."""

    text: str
    end: int


class _Line:
    """One line of an article in normal form, with the places where characters (grapheme clusters) begin in it."""

    def __init__(self, text: str, sentences: Sequence[Passage]) -> None:
        from wcwidth import iter_graphemes  # takes a while to load, and most articles are cut by sentences

        clusters = list(iter_graphemes(text))
        normal = [unicodedata.normalize("NFC", cluster) for cluster in clusters]
        self.text = "".join(normal)
        raw = accumulate(map(len, clusters), initial=0)
        self._raw = dict(zip(accumulate(map(len, normal), initial=0), raw, strict=True))
        place = {index: number for number, index in self._raw.items()}
        self._sentences: dict[int, _Tile] = {}
        start = 0
        for sentence in sentences:
            start += len(sentence.joint or "")
            end = start + len(sentence.text)
            if start in place and end in place:
                self._sentences[place[start]] = _Tile(_normal(sentence.text), place[end])
            start = end

    def tiling(self, stock: _Stock) -> list[tuple[int, int]] | None:
        """The spans of a tiling in the line's text, taken from the stock; None where there is none."""
        chosen: list[tuple[int, _Tile, int]] = []
        ways = [self._ways(0, stock)]
        dead: set[int] = set()
        while ways:
            tile = next(ways[-1], None)
            if tile is None:
                ways.pop()
                if chosen:
                    start, last, place = chosen.pop()
                    stock.give_back(last.text, place)
                    dead.add(self._next(last.end))
                continue
            following = self._next(tile.end)
            if following in dead:
                continue
            start = self._next(chosen[-1][1].end) if chosen else 0
            chosen.append((start, tile, stock.take(tile.text)))
            if following == len(self.text):
                return [(self._raw[start], self._raw[tile.end]) for start, tile, _ in chosen]
            ways.append(self._ways(following, stock))
        return None

    def _ways(self, start: int, stock: _Stock) -> Iterator[_Tile]:
        """The tiles that may begin at a place, those that stand first in the catalog first."""
        if start not in self._raw:
            return iter(())
        found = {start + len(text): text for text in stock.made if self.text.startswith(text, start)}
        tiles = {_Tile(text, end) for end, text in found.items() if end in self._raw and stock.first(text) != _LAST}
        if start in self._sentences:
            tiles.add(self._sentences[start])
        return iter(sorted(tiles, key=lambda tile: (stock.first(tile.text), tile.end)))

    def _next(self, end: int) -> int:
        """Where the text goes on after white space."""
        return len(self.text) - len(self.text[end:].lstrip())
