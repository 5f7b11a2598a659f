"""Cuts the body of an article into passages, and says what goes when they are omitted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from reviewtool.errors import InputError
from reviewtool.formats.commonmark import Document, Span, Stretch, inline_tokens, protected
from reviewtool.formats.folding import folded, masked
from reviewtool.model import sentences
from reviewtool.model.article import Block, Part, Passage, Setting
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind

MAX_PARAGRAPH_BYTES = 50 * 1024
MAX_DELIMITERS = 300
"""How often one character of inline markup may stand in a paragraph: the parser's time grows with the square."""

MAX_DELIMITERS = 300
"""How often one character of inline markup may stand in a paragraph: the parser's time grows with the square."""

_PASSING = {"fence": "code", "code_block": "code", "html_block": "html", "hr": "rule"}
_MEANT_STRONG = re.compile(r"\*\*([^*]+)\*\*")
"""CommonMark sees no strong text in ``**句。**后``, but whoever wrote it meant it: it is not cut either."""
_DELIMITERS = "[*_~`<!&"
_INVISIBLE = ("softbreak", "hardbreak", "link_open", "link_close", "html_inline")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A block that was walked: its passages, and whether nothing but them is in it."""

    node: SyntaxTreeNode
    name: str
    removable: bool
    first: int
    last: int


@dataclass(slots=True)
class Cutter:
    """Walks the blocks of a document and gathers passages, parts, blocks and pictures.

    ``passages`` may hold those of the front matter at the start. ``first_line`` is the line of the file
    that the document starts in, and ``name`` the file's, for messages. With ``headline`` the first
    heading of level 1 is the article's headline.
    """

    document: Document
    language: Language
    by_sentence: bool
    name: str
    first_line: int
    headline: bool
    passages: list[Passage]
    parts: list[Part] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    title: str = ""
    _paragraph: int = 0

    def cut(self) -> None:
        """Walk the whole document; InputError where it is beyond the limits."""
        self._paragraph = len(self.passages)
        if self.document.too_deep is not None:
            line = self.first_line + self.document.too_deep
            raise InputError(f"{self.name}, line {line}: lists or quotes are nested too deep; write it flatter.")
        self._note_parts([self._root_block(node) for node in self.document.root.children], at_root=True)
        self.parts.sort(key=lambda part: (part.first, -part.last, part.start, -part.end))

    def _root_block(self, node: SyntaxTreeNode) -> _Seen:
        headline = self.headline and not self.title and node.tag == "h1"
        seen = self._visit(node, Kind.HEADLINE if headline else Kind.PARAGRAPH)
        if headline:
            self.title = " ".join(passage.text for passage in self.passages[seen.first : seen.last])
        if not headline or not self.title:
            lines = node.map or (0, 0)
            start = self.document.line_start(lines[0])
            text = self.document.source[start : self.document.line_start(lines[1])].rstrip()
            places = self.document.place(start), self.document.place(start + len(text))
            self.blocks.append(Block(seen.name, *places, seen.first, seen.last))
        return seen

    def _visit(self, node: SyntaxTreeNode, kind: Kind) -> _Seen:
        first = len(self.passages)
        name, removable = self._read(node, kind)
        return _Seen(node, name, removable, first, len(self.passages))

    def _read(self, node: SyntaxTreeNode, kind: Kind) -> tuple[str, bool]:
        """Gather the passages of a block; its name, and whether nothing else is in it."""
        match node.type:
            case "paragraph":
                return self._paragraph_block(node, kind)
            case "heading":
                return "heading", self._heading(node, kind if kind is Kind.HEADLINE else Kind.HEADING)
            case "table":
                self._table(node)
                return "table", False
            case "blockquote":
                return "quote", self._container(node, Kind.QUOTE)
            case "bullet_list" | "ordered_list":
                return "list", self._container(node, Kind.LIST)
            case "list_item":
                return "list", self._container(node, kind)
            case other:
                return _PASSING[other], False

    def _heading(self, node: SyntaxTreeNode, kind: Kind) -> bool:
        stretch = self._checked(self.document.content(node), node)
        tokens = self._inline(stretch)
        return bool(_shown(tokens)) and self._flow(stretch, tokens, kind, Setting.TEXT, whole=True)

    def _paragraph_block(self, node: SyntaxTreeNode, kind: Kind) -> tuple[str, bool]:
        stretch = self._checked(self.document.content(node), node)
        tokens = self._inline(stretch)
        shown = _shown(tokens)
        if not shown:
            return "html", False
        if all(token.type == "image" for token in shown):
            for image in shown:
                self._caption(stretch, image)
            return "figure", False
        return "paragraph", self._flow(stretch, tokens, kind, Setting.TEXT)

    def _table(self, node: SyntaxTreeNode) -> None:
        for row in node.walk():
            if row.type == "tr":
                self._row(row)

    def _row(self, row: SyntaxTreeNode) -> None:
        ranges = []
        for cell in self.document.cells(row):
            stretch = self._checked(cell, row)
            first = len(self.passages)
            self._flow(stretch, self._inline(stretch), Kind.TABLE, Setting.CELL)
            ranges.append((first, len(self.passages)))
        line = self.document.line((row.map or (0, 0))[0]).rstrip(" \t")
        open_ends = {ranges[0]} if ranges and self.document.source[self.document.start(row)] != "|" else set()
        if ranges and (not line.endswith("|") or line.endswith("\\|")):
            open_ends.add(ranges[-1])
        for first, last in open_ends:
            if first < last:
                places = self.passages[first].start, self.passages[last - 1].end
                self.parts.append(Part(*places, first, last, left="|"))

    def _container(self, node: SyntaxTreeNode, kind: Kind) -> bool:
        children = [self._visit(child, kind) for child in node.children]
        self._note_parts(children)
        return bool(children) and all(child.removable for child in children) and not self._defines_links(node)

    def _defines_links(self, node: SyntaxTreeNode) -> bool:
        first, last = node.map or (0, 0)
        lines = self.document.definition_lines
        index = bisect_left(lines, first)
        return index < len(lines) and lines[index] < last

    # What goes when it is omitted

    def _note_parts(self, siblings: Sequence[_Seen], *, at_root: bool = False) -> None:
        for number, seen in enumerate(siblings):
            if number == 0 and self._prefix(seen.node).strip(" \t>"):
                self._note_leading_parts(siblings)
            elif seen.removable:
                self.parts.append(self._lines_of(seen, first=number == 0, at_root=at_root))

    def _note_leading_parts(self, siblings: Sequence[_Seen]) -> None:
        """For the blocks after a list marker: what follows them moves up to the marker."""
        start = self.document.place(self.document.start(siblings[0].node))
        for seen, following in pairwise(siblings):
            if not seen.removable:
                return
            if following.node.type not in ("code_block", "hr"):
                end = self.document.place(self.document.start(following.node))
                self.parts.append(Part(start, end, siblings[0].first, seen.last))

    def _lines_of(self, seen: _Seen, *, first: bool, at_root: bool) -> Part:
        """The lines of a block; an empty line stays where blocks above and below would run together, and at the top.

        At the top of a file a rule of ``---`` would start a front matter.
        """
        begin, end = seen.node.map or (0, 0)
        while self._is_empty(end - 1):
            end -= 1
        while (
            at_root and begin and self._is_empty(begin - 1) and end < self.document.line_count and self._is_empty(end)
        ):
            end += 1
        above = begin > 0 and self._is_empty(begin - 1)
        apart = (seen.node.type == "list_item" and not first) or above or self._is_empty(end)
        left = "" if apart else self._prefix(seen.node).rstrip() + self.document.line_end
        places = [self.document.place(self.document.line_start(line)) for line in (begin, end)]
        return Part(places[0], places[1], seen.first, seen.last, left)

    def _prefix(self, node: SyntaxTreeNode) -> str:
        line = (node.map or (0, 0))[0]
        return self.document.source[self.document.line_start(line) : self.document.start(node)]

    def _is_empty(self, line: int) -> bool:
        return not 0 <= line < self.document.line_count or not self.document.line(line).strip(" \t>")

    # Inline text

    def _checked(self, stretch: Stretch, node: SyntaxTreeNode) -> Stretch:
        line = self.first_line + (node.map or (0, 0))[0]
        if len(stretch.text.encode(errors="replace")) > MAX_PARAGRAPH_BYTES:
            limit = MAX_PARAGRAPH_BYTES // 1024
            raise InputError(f"{self.name}, line {line}: this paragraph is larger than {limit} KB; divide it.")
        for char in _DELIMITERS:
            if stretch.text.count(char) > MAX_DELIMITERS:
                what = f"this paragraph has more than {MAX_DELIMITERS:,} times the character {char}"
                raise InputError(f"{self.name}, line {line}: {what}; divide it.")
        return stretch

    def _inline(self, stretch: Stretch) -> list[Token]:
        tokens = inline_tokens(stretch.text, self.document.env)
        self.pictures += [str(token.attrGet("src")) for token in tokens if token.type == "image"]
        return tokens

    def _caption(self, stretch: Stretch, image: Token) -> None:
        start = image.meta["span"][0] + len("![")
        alternative = stretch.part(start, start + len(image.content))
        self._flow(alternative, [], Kind.CAPTION, Setting.ALT, whole=True)

    def _flow(
        self, stretch: Stretch, tokens: Sequence[Token], kind: Kind, setting: Setting, *, whole: bool = False
    ) -> bool:
        """Make passages of inline text; a line break that shows ends one, unless markup runs across it."""
        count = len(self.passages)
        spans = protected(tokens)
        hard = [token.meta["span"] for token in tokens if token.type == "hardbreak"]
        inside = {index for span in spans for index in range(span.start, span.end)}
        outer = [(start, end) for start, end in hard if start not in inside]
        shown = {index for start, end in hard for index in range(start, end)}
        starts, ends = [0, *(end for _, end in outer)], [*(start for start, _ in outer), len(stretch.text)]
        for start, end in zip(starts, ends, strict=True):
            breaks = {index - start for index in shown if start <= index < end}
            run, index = folded(stretch.part(start, end), breaks, self.language)
            marks = [
                Span(index[span.start - start], index[span.end - start], span.visible)
                for span in spans
                if start <= span.start < end
            ]
            done = None
            for first, last in self._ranges(run.text, marks, whole=whole or not self.by_sentence):
                places = run.places[first:last]
                self.passages.append(
                    Passage(
                        kind,
                        run.text[first:last],
                        self._paragraph,
                        places[0][0],
                        places[-1][1],
                        setting,
                        joint=None if done is None else run.text[done:first],
                        folds=_folds([start for start, _ in places]),
                    )
                )
                done = last
        self._paragraph += 1
        return len(self.passages) > count

    def _ranges(self, text: str, marks: Sequence[Span], *, whole: bool) -> list[tuple[int, int]]:
        if whole:
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            return [(start, end)] if start < end else []
        hidden = masked(text, marks)
        meant = [Span(*found.span(), found[1]) for found in _MEANT_STRONG.finditer(hidden)]
        inside = {index for span in (*marks, *meant) for index in range(span.start + 1, span.end)}
        ranges: list[tuple[int, int]] = []
        for start, end in sentences.split(masked(hidden, meant), self.language):
            if start in inside and ranges:
                ranges[-1] = (ranges[-1][0], end)
            else:
                ranges.append((start, end))
        return ranges


def _folds(places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The characters, by index, that do not stand right after the one before them, with their places."""
    steps = enumerate(pairwise(places), start=1)
    return tuple((index, place) for index, (before, place) in steps if place != before + 1)


def _shown(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that a reader sees something of; raw tags by themselves show nothing."""
    return [
        token for token in tokens if token.type not in _INVISIBLE and (token.type != "text" or token.content.strip())
    ]
