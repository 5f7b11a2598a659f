"""An edition as a page: its pieces in both languages, and the rows that a layout makes of them; read when shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from reviewtool.model.article import Article
from reviewtool.model.edition import Edition, EditionSegment
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind, State
from reviewtool.tui.prose import Note, Paragraph, Stretch, annotated, letters, merged, paragraphs, placed, words
from reviewtool.tui.render import Span, safe

SOURCE, TARGET = 0, 1
"""The two sides of an edition."""

LAYOUTS = ("side", "alternate", "sequence", "target")
"""The layouts of a page, as the formats name them."""

_PRINTED = -1
"""What stands for the block of a piece that is above or below the body."""
_SEVERAL = frozenset({"list", "quote", "figure"})
"""The blocks that have a piece for each of their paragraphs."""
_PASSED_THROUGH = frozenset({"code", "html", "rule"})
_ONCE = _PASSED_THROUGH | {"dateline"}
_FOOT = frozenset({"note", "byline"})
_NEVER_LEFT_OUT = frozenset({"table", "figure"})
"""What is there also when all its text is omitted."""
_KEPT_BLOCKS = 256


class Piece(NamedTuple):
    """What stands in both languages for one paragraph, item, table, picture; it holds the segments ``first:last``.

    ``block`` is its block in the edition, ``place`` its place among the pieces of that block.
    """

    kind: str
    block: int
    place: int
    first: int
    last: int


class Story:
    """One edition in pieces, in the order in which they are printed.

    Args:
        edition: as its writers receive it.
        article: what it is an edition of; it says which segments stand in which block.
    """

    def __init__(self, edition: Edition, article: Article) -> None:
        self.edition = edition
        self._printed: list[tuple[Paragraph, Paragraph]] = []
        self._of_block: dict[int, list[Piece]] = {}
        self.pieces = tuple(self._divided(article))
        holding = sorted((one.first, index) for index, one in enumerate(self.pieces) if one.first < one.last)
        self._firsts = [first for first, _index in holding]
        self._holding = [index for _first, index in holding]
        self._read = lru_cache(_KEPT_BLOCKS)(self._block)

    @property
    def language(self) -> Language:
        """The language of the target."""
        return self.edition.languages.target

    def piece_of(self, segment: int) -> int:
        """The piece that holds a segment."""
        return self._holding[max(0, bisect_right(self._firsts, segment) - 1)] if self._holding else 0

    def paragraph(self, piece: int, side: int) -> Paragraph:
        """A piece in one of its languages; an empty one where it is left out of the target."""
        one = self.pieces[piece]
        if one.block == _PRINTED:
            return self._printed[one.place][side]
        return self._read(one.block, side)[one.place]

    def is_left_out(self, piece: int) -> bool:
        """Whether all of a piece is omitted from the target."""
        one = self.pieces[piece]
        inside = self.edition.segments[one.first : one.last]
        return bool(inside) and all(each.omitted for each in inside)

    def words(self, segment: int, side: int) -> str:
        """The plain text of one segment, as it stands in the edition."""
        one, languages = self.edition.segments[segment], self.edition.languages
        if side == SOURCE:
            return words(one.source, languages.source).text
        return "" if one.omitted else words(one.target or one.source, languages.target).text

    # How it is divided

    def _divided(self, article: Article) -> Iterator[Piece]:
        inner = {
            passage.paragraph: number
            for number, block in enumerate(article.blocks)
            for passage in article.passages[block.first : block.last]
        }
        groups: dict[int, list[range]] = defaultdict(list)
        indices = range(len(self.edition.segments))
        for paragraph, members in groupby(indices, key=lambda index: self.edition.segments[index].paragraph):
            held = list(members)
            groups[inner.get(paragraph, _PRINTED)].append(range(held[0], held[-1] + 1))
        yield from self._above(groups[_PRINTED])
        for number, block in enumerate(self.edition.blocks):
            if block.name != "html" or paragraphs(block.source, self.edition.languages.source):
                pieces = list(self._pieces(block.name, number, groups[number]))
                self._of_block[number] = pieces
                yield from pieces
        yield from self._below()

    def _pieces(self, name: str, number: int, groups: Sequence[range]) -> Iterator[Piece]:
        """The pieces of a block: one, or in a list or quote without tables one for each paragraph."""
        has_table = any(self.edition.segments[held.start].kind is Kind.TABLE for held in groups)
        if name in _SEVERAL and groups and not has_table:
            yield from (Piece(name, number, place, held.start, held.stop) for place, held in enumerate(groups))
            return
        first, last = (groups[0].start, groups[-1].stop) if groups else (0, 0)
        yield Piece(name, number, 0, first, last)

    def _above(self, groups: Sequence[range]) -> Iterator[Piece]:
        """Headline, standfirsts and dateline, from the segments of the front matter."""
        edition = self.edition
        by_kind: dict[str, list[range]] = defaultdict(list)
        for held in groups:
            by_kind[_front_kind(edition.segments[held.start], edition)].append(held)
        heads = by_kind["headline"] or [range(0)]
        yield self._print("headline", *edition.headline, heads[0])
        for held in by_kind["standfirst"]:
            source, target = _both(edition.segments[held.start])
            yield self._print("standfirst", source, target, held)
        datelines = by_kind["dateline"] or [range(0)]
        if any(edition.dateline):
            yield self._print("dateline", *edition.dateline, datelines[0])
        if edition.date and not any(edition.date in one for one in edition.dateline):
            yield self._print("dateline", edition.date, edition.date, range(0))

    def _below(self) -> Iterator[Piece]:
        for note in self.edition.notes:
            yield self._print("note", "", note, range(0))
        if self.edition.byline:
            yield self._print("byline", "", "\n".join(str(line) for line in self.edition.byline), range(0))

    def _print(self, kind: str, source: str, target: str, held: range) -> Piece:
        both = tuple(
            Paragraph(kind, text, stretches=tuple(Stretch(segment, 0, len(text)) for segment in held[:1]))
            for text in (safe(source), safe(target))
        )
        self._printed.append((both[SOURCE], both[TARGET]))
        return Piece(kind, _PRINTED, len(self._printed) - 1, held.start, held.stop)

    # How a block is read

    def _block(self, number: int, side: int) -> tuple[Paragraph, ...]:
        """The pieces of a block in one of its languages."""
        block, languages = self.edition.blocks[number], self.edition.languages
        pieces = self._of_block[number]
        if side == SOURCE or block.name in _PASSED_THROUGH:
            found = paragraphs(block.source, languages.source)
        else:
            found = paragraphs(block.target, languages.target)
        texts = [[(segment, self.words(segment, side)) for segment in range(one.first, one.last)] for one in pieces]
        return tuple(
            placed(merged(parts, one.kind), [text for text in held if text[1]]) if parts else Paragraph(one.kind)
            for one, parts, held in zip(pieces, _dealt(found, texts), texts, strict=True)
        )


def _front_kind(one: EditionSegment, edition: Edition) -> str:
    if one.kind is Kind.HEADLINE:
        return "headline"
    return "dateline" if one.source == edition.dateline[SOURCE] else "standfirst"


def _both(one: EditionSegment) -> tuple[str, str]:
    return one.source, "" if one.omitted else one.target or one.source


def _dealt(found: Sequence[Paragraph], texts: Sequence[Sequence[tuple[int, str]]]) -> list[list[Paragraph]]:
    """What was found in a block, for each of its pieces; a paragraph without segments goes with the one before it."""
    dealt: list[list[Paragraph]] = [[] for _ in texts]
    waiting = [place for place, held in enumerate(texts) if any(text for _segment, text in held)]
    place = 0
    for left, paragraph in zip(range(len(found), 0, -1), found, strict=True):
        if waiting and (left <= len(waiting) or _first_letters(texts[waiting[0]]) in letters(paragraph.text)):
            place = waiting.pop(0)
        dealt[place].append(paragraph)
    return dealt


def _first_letters(held: Sequence[tuple[int, str]]) -> str:
    return letters(next(text for _segment, text in held if text))


class Entry(NamedTuple):
    """One row of a page: a piece, on one side or on both; without a side it is the rule between two stories."""

    piece: int
    sides: tuple[int, ...] = ()


_RULE = Paragraph("rule", "* * *")
_UNREAD = Note("", style="unread")


class PageRows:
    """The rows of a story in a layout.

    Args:
        story: what is shown.
        layout: one of ``LAYOUTS``; a monolingual edition is printed once whatever it is.
    """

    def __init__(self, story: Story, layout: str) -> None:
        self.story = story
        self.layout = "target" if story.edition.languages.monolingual else layout
        self.entries = tuple(self._laid_out())
        self._rows: dict[int, tuple[int, ...]] = {}
        for row, entry in enumerate(self.entries):
            if entry.sides:
                self._rows[entry.piece] = (*self._rows.get(entry.piece, ()), row)

    def __len__(self) -> int:
        return len(self.entries)

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        """What stands in a row, from left to right."""
        entry = self.entries[row]
        if not entry.sides:
            return (_RULE,)
        shown = tuple(self._shown(entry.piece, side) for side in entry.sides)
        return (_beside_the_other(shown[0], entry.sides[0]),) if self.layout == "alternate" else shown

    def _shown(self, piece: int, side: int) -> Paragraph:
        """A piece on one side; what is untranslated stands in the target as its source, and is dim."""
        paragraph, segments = self.story.paragraph(piece, side), self.story.edition.segments
        if side == SOURCE or self.story.edition.final:
            return paragraph
        missing = (one for one in paragraph.stretches if segments[one.segment].state is State.UNTRANSLATED)
        notes = {one.segment: _UNREAD for one in missing}
        return annotated(paragraph, notes) if notes else paragraph

    def space_below(self, row: int) -> int:
        """How many lines are blank below a row: none between the items of a list."""
        here, following = self.entries[row], self.entries[row + 1 : row + 2]
        if not following or here.sides != following[0].sides:
            return 1
        one, other = self.story.pieces[here.piece], self.story.pieces[following[0].piece]
        return 0 if one.kind == "list" and one.block == other.block else 1

    def rows_of(self, segment: int) -> tuple[int, ...]:
        """The rows that a segment stands in, the target's last; the one before it where it is in none."""
        piece = self.story.piece_of(segment)
        while piece > 0 and piece not in self._rows:
            piece -= 1
        return self._rows.get(piece, (0,))

    def shows(self, segment: int) -> bool:
        """Whether a segment is to be seen: what is omitted is so beside its source only."""
        return self.layout != "target" or not self.story.edition.segments[segment].omitted

    def _laid_out(self) -> Iterator[Entry]:
        pieces = range(len(self.story.pieces))
        match self.layout:
            case "target":
                yield from self._one_side(pieces, TARGET)
            case "sequence":
                yield from self._one_side(pieces, SOURCE)
                yield Entry(0)
                yield from self._one_side(pieces, TARGET)
            case "alternate":
                for _block, members in groupby(pieces, key=self._block_of):
                    inside = list(members)
                    yield from self._one_side(inside, SOURCE)
                    yield from self._one_side(inside, TARGET, again=True)
            case _:
                yield from (Entry(piece, (SOURCE, TARGET)) for piece in pieces)

    def _block_of(self, piece: int) -> tuple[int, int]:
        one = self.story.pieces[piece]
        return one.block, one.place if one.block == _PRINTED else 0

    def _one_side(self, pieces: Sequence[int], side: int, *, again: bool = False) -> Iterator[Entry]:
        """The pieces on one side; where it is the second one, ``again``, without what is the same on both."""
        for piece in pieces:
            kind = self.story.pieces[piece].kind
            if side == SOURCE and kind in _FOOT:
                continue
            if side == TARGET and kind not in _NEVER_LEFT_OUT and self.story.is_left_out(piece):
                continue
            if again and kind in _ONCE:
                continue
            yield Entry(piece, (side,))


class ReadingRows(PageRows):
    """The target alone, with notes around its segments.

    Args:
        story: what is read.
        note: what is to be put around a segment, None for nothing; asked each time it is shown.
    """

    def __init__(self, story: Story, note: Callable[[int], Note | None]) -> None:
        super().__init__(story, "target")
        self._note = note

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        """What stands in a row, with its notes."""
        (paragraph,) = super().paragraphs(row)
        notes = {one.segment: note for one in paragraph.stretches if (note := self._note(one.segment))}
        return (annotated(paragraph, notes) if notes else paragraph,)


def _beside_the_other(paragraph: Paragraph, side: int) -> Paragraph:
    """A paragraph of two in turn: the source is dim, and the picture stands once."""
    if side == SOURCE:
        return replace(paragraph, spans=(Span(0, len(paragraph.text), "muted"), *paragraph.spans))
    return replace(paragraph, first=paragraph.rest) if paragraph.kind == "figure" else paragraph
