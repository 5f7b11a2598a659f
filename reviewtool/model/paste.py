"""Laying a translation that came as one text over the segments it translates.

Paragraphs go to paragraphs and, inside them, sentences to sentences: one to one where there are as many,
else by length (W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora", 1993)
and by the numbers that both have. No text of the translation is lost: what fits nowhere stays with its
neighbour.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.sentences import split

Source = tuple[str, int, str]
"""A segment to be covered: its id, the number of its paragraph, its source text."""

_EMPTY = re.compile(r"[\s>]*|\s*([-=*_])(?:\s*\1){2,}\s*|[\s|:-]*-[\s|:-]*\|[\s|:-]*")
"""A line without text: white space, an empty line of a quote, a rule or underline, the line below a table's head."""

_ROW = re.compile(r"\s*\|(.+)\|\s*")
_MARKER = re.compile(r"(?:#{1,6}|[-*+•])\s+|>\s*")
_NUMBERED = re.compile(r"(\d+)[.)]\s+")
_NUMBER = re.compile(r"\d+")

_Prices = Mapping[tuple[int, int], float]
"""How many source and target pieces may belong together, and the price of it (−log of how likely it is)."""

_SENTENCES: _Prices = {(1, 1): 0.0, (2, 1): 2.3, (1, 2): 2.3, (3, 1): 4.0, (1, 3): 4.0, (1, 0): 6.0, (0, 1): 6.0}
_PARAGRAPHS: _Prices = {(1, 1): 0.0, (2, 1): 4.5, (1, 2): 4.5, (3, 1): 6.0, (1, 3): 6.0, (1, 0): 3.0, (0, 1): 3.0}
"""Paragraphs are seldom joined; that a headline or caption is missing is common."""

_VARIANCE = 6.8
_SHARED_NUMBER = 1.5
_WIDTHS = (("CJK UNIFIED", 3.0), ("HIRAGANA", 1.6), ("KATAKANA", 1.6), ("HANGUL", 2.0))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What alignment sees of a text: how much it says, in Latin letters, and the numbers in it."""

    weight: float
    numbers: frozenset[str]


_Bead = tuple[range, range]
"""Neighbouring source pieces, and the target pieces that belong to them."""


def lay_over(segments: Sequence[Source], text: str, languages: LanguagePair) -> dict[str, str]:
    """The part of ``text`` that translates each segment, by id; a segment that got none is left out.

    Paragraphs are parted by empty lines, or stand on a line each, whichever fits better; a text with a line
    for every segment is laid line by line. Marks of headings, lists, quotes and tables that begin a
    paragraph are taken off where the segment's source has none.
    """
    groups = [list(group) for _, group in groupby(segments, key=lambda segment: segment[1])]
    lines = [line.strip() for line in text.splitlines() if not _EMPTY.fullmatch(line)]
    blocks = _blocks(text)
    if not groups or not lines:
        return {}
    if len(lines) == len(segments) and len(groups) not in {len(blocks), len(lines)}:
        groups = [[segment] for segment in segments]
    paragraphs = min(blocks, lines, key=lambda cut: abs(len(cut) - len(groups)))
    if _is_numbered(paragraphs):
        paragraphs = [_NUMBERED.sub("", paragraph, count=1) for paragraph in paragraphs]
    sources = [_piece("".join(source for _, _, source in group)) for group in groups]
    laid: dict[str, str] = {}
    for rows, columns in _beads(sources, [_piece(paragraph) for paragraph in paragraphs], _PARAGRAPHS):
        covered = [segment for row in rows for segment in groups[row]]
        laid.update(_sentence_by_sentence(covered, [paragraphs[column] for column in columns], languages.target))
    return laid


def _blocks(text: str) -> list[str]:
    """The paragraphs of a text as Markdown has them: also a list item, a heading, a table cell is one."""
    blocks: list[str] = []
    is_open = False
    for line in text.splitlines():
        row, stripped = _ROW.fullmatch(line), line.strip()
        if _EMPTY.fullmatch(line):
            is_open = False
        elif row:
            blocks += [cell.strip() for cell in row[1].split("|") if cell.strip()]
            is_open = False
        elif is_open and blocks[-1][0] == stripped[0] == ">":
            blocks[-1] = _joined(blocks[-1], stripped[1:].strip())
        elif is_open and not _MARKER.match(stripped) and not _NUMBERED.match(stripped):
            blocks[-1] = _joined(blocks[-1], stripped)
        else:
            blocks.append(stripped)
            is_open = not stripped.startswith("#")
    return blocks


def _is_numbered(paragraphs: Sequence[str]) -> bool:
    """Whether the numbers that begin paragraphs are a list's: 1, 2 and so on."""
    found = [int(number[1]) for number in map(_NUMBERED.match, paragraphs) if number]
    return len(found) > 1 and found == list(range(1, len(found) + 1))


def _sentence_by_sentence(
    segments: Sequence[Source], paragraphs: Sequence[str], language: Language
) -> Iterator[tuple[str, str]]:
    texts = [_unmarked(paragraph, segments[0][2]) for paragraph in paragraphs]
    if len(segments) == 1:
        yield from ((segments[0][0], _all_joined(texts)) for _ in texts[:1])
        return
    sentences = [text[start:end] for text in texts for start, end in split(text, language)]
    sources = [_piece(source) for _, _, source in segments]
    for rows, columns in _beads(sources, [_piece(sentence) for sentence in sentences], _SENTENCES):
        if columns:
            yield segments[rows.start][0], _all_joined([sentences[column] for column in columns])


def _unmarked(paragraph: str, source: str) -> str:
    """The paragraph without the marks of Markdown that begin it, when the source begins with none."""
    while not _MARKER.match(source) and (mark := _MARKER.match(paragraph)):
        paragraph = paragraph[mark.end() :]
    return paragraph


def _all_joined(texts: Sequence[str]) -> str:
    joined = ""
    for text in texts:
        joined = _joined(joined, text)
    return joined


def _joined(left: str, right: str) -> str:
    """Two texts as one: no space beside Chinese and Japanese."""
    if not left or not right or _is_unspaced(left[-1]) or _is_unspaced(right[0]):
        return left + right
    return f"{left} {right}"


def _is_unspaced(char: str) -> bool:
    is_wide = unicodedata.east_asian_width(char) in {"W", "F"}
    return is_wide and not unicodedata.name(char, "").startswith("HANGUL")


def _piece(text: str) -> _Piece:
    weight = sum(map(_width, text))
    return _Piece(max(weight, 1.0), frozenset(_NUMBER.findall(text)))


def _width(char: str) -> float:
    """How many Latin letters say as much as this character."""
    if char.isspace():
        return 0.0
    if char < "\u1100":
        return 1.0
    name = unicodedata.name(char, "")
    return next((width for script, width in _WIDTHS if name.startswith(script)), 1.0)


def _beads(sources: Sequence[_Piece], targets: Sequence[_Piece], prices: _Prices) -> list[_Bead]:
    """The cheapest way to let sources and targets belong together in order; each bead has a source."""
    if len(sources) == len(targets):
        return [(range(row, row + 1), range(row, row + 1)) for row in range(len(sources))]
    beads: list[_Bead] = []
    for rows, columns in _cheapest(sources, targets, prices):
        if not rows and beads:
            beads[-1] = (beads[-1][0], range(beads[-1][1].start, columns.stop))
        elif beads and not beads[-1][0]:
            beads[-1] = (rows, range(beads[-1][1].start, columns.stop))
        else:
            beads.append((rows, columns))
    return beads


def _cheapest(sources: Sequence[_Piece], targets: Sequence[_Piece], prices: _Prices) -> list[_Bead]:
    """Gale and Church's search, in a band along the diagonal, where good alignments lie."""
    sources = _scaled(sources, targets)
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for row, column in _band(len(sources), len(targets)):
        for (height, width), price in prices.items():
            before = costs.get((row - height, column - width))
            if before is None:
                continue
            cost = before + price + _mismatch(sources[row - height : row], targets[column - width : column])
            if cost < costs.get((row, column), math.inf):
                costs[row, column], steps[row, column] = cost, (height, width)
    return _path(steps, len(sources), len(targets))


def _scaled(sources: Sequence[_Piece], targets: Sequence[_Piece]) -> list[_Piece]:
    """The sources as long as their translation is on the whole; a part of a translation says little about it."""
    ratio = sum(piece.weight for piece in targets) / sum(piece.weight for piece in sources)
    factor = min(max(ratio, 0.7), 1.4)
    return [_Piece(piece.weight * factor, piece.numbers) for piece in sources]


def _band(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    half = max(40, 2 * math.ceil(columns / rows)) + min(abs(rows - columns), 60)
    for row in range(rows + 1):
        centre = row * columns // rows
        for column in range(max(0, centre - half), min(columns, centre + half) + 1):
            yield row, column


def _mismatch(sources: Sequence[_Piece], targets: Sequence[_Piece]) -> float:
    """How unlikely it is that these say the same, by their length and numbers."""
    if not sources or not targets:
        return 0.0
    said, heard = (sum(piece.weight for piece in pieces) for pieces in (sources, targets))
    distance = abs(said - heard) / math.sqrt((said + heard) / 2 * _VARIANCE)
    numbers, kept = (frozenset().union(*(piece.numbers for piece in pieces)) for pieces in (sources, targets))
    return -math.log(math.erfc(distance / math.sqrt(2)) + 1e-300) - _SHARED_NUMBER * len(numbers & kept)


def _path(steps: dict[tuple[int, int], tuple[int, int]], row: int, column: int) -> list[_Bead]:
    beads: list[_Bead] = []
    while row or column:
        height, width = steps[row, column]
        beads.append((range(row - height, row), range(column - width, column)))
        row, column = row - height, column - width
    return beads[::-1]
