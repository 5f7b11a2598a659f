"""CommonMark with tables and strikethrough, as markdown-it reads it, and where in the text each thing stands.

markdown-it tells the lines of blocks and nothing of inline markup. Here its own rules are wrapped, so that
each token carries its place: what is found is what markdown-it found, nothing is parsed twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

DEEPEST = 19
"""How many levels of blocks may be nested, a list in a list taking two: what is deeper the HTML would lose."""

_SEEN_DEPTH = 100
_INTERRUPTING = ["paragraph", "reference", "blockquote", "list"]
_BLOCK_RULES: tuple[tuple[str, Callable[[StateBlock, int, int, bool], bool], list[str]], ...] = (
    ("table", rules_block.table, _INTERRUPTING[:2]),
    ("code", rules_block.code, []),
    ("fence", rules_block.fence, _INTERRUPTING),
    ("blockquote", rules_block.blockquote, _INTERRUPTING),
    ("hr", rules_block.hr, _INTERRUPTING),
    ("list", rules_block.list_block, _INTERRUPTING[:3]),
    ("html_block", rules_block.html_block, _INTERRUPTING[:3]),
    ("heading", rules_block.heading, _INTERRUPTING[:3]),
    ("lheading", rules_block.lheading, []),
    ("paragraph", rules_block.paragraph, []),
)
_INLINE_RULES: tuple[tuple[str, Callable[[StateInline, bool], bool]], ...] = (
    ("newline", rules_inline.newline),
    ("escape", rules_inline.escape),
    ("backticks", rules_inline.backtick),
    ("strikethrough", rules_inline.strikethrough.tokenize),
    ("emphasis", rules_inline.emphasis.tokenize),
    ("link", rules_inline.link),
    ("image", rules_inline.image),
    ("autolink", rules_inline.autolink),
    ("html_inline", rules_inline.html_inline),
)
_LINE_END = re.compile(r"\r\n?|\n")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_OPENING_HASHES = re.compile(r"#{1,6}[ \t]*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one paragraph, heading or cell without its prefixes, and ``start, end`` of each character."""

    text: str
    places: Sequence[tuple[int, int]]

    def part(self, start: int, end: int) -> Stretch:
        """The characters from ``start`` to ``end`` alone."""
        return Stretch(self.text[start:end], self.places[start:end])


@dataclass(frozen=True, slots=True)
class Span:
    """Inline markup from ``start`` to ``end`` that must not be cut; ``visible`` is the text a reader sees of it."""

    start: int
    end: int
    visible: str


class Document:
    """A Markdown text read into blocks.

    ``root`` is the tree of blocks, inline content not yet parsed. Places are characters of the text given,
    which may be the tail of a longer one: ``offset`` is added to them. Lines count from 0;
    ``too_deep`` is the line of the first block nested deeper than :data:`DEEPEST`, if there is one;
    ``definitions`` are all link definitions, even those that an earlier one of the same label outdoes.
    """

    def __init__(self, text: str, offset: int = 0) -> None:
        self.source = _LINE_END.sub("\n", text)
        self.env: dict[str, Any] = {}
        self._raw = [offset, *(offset + found.end() for found in _LINE_END.finditer(text))]
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self.source))]
        tokens: list[Token] = []
        parser = _parser(_SEEN_DEPTH)
        parser.block.parse(ended(self.source), parser, self.env, tokens)
        self.too_deep = next(
            (token.map[0] for token in tokens if token.level > DEEPEST and token.type != "inline" and token.map), None
        )
        self.root = SyntaxTreeNode(tokens)
        self.line_count = len(self._line_starts)
        ending = _LINE_END.search(text)
        self.line_end = ending[0] if ending else "\n"
        self.definitions: list[dict[str, Any]] = [*self.references.values(), *self.env.get("duplicate_refs", [])]
        self.definition_lines = sorted(line for one in self.definitions for line in range(*one["map"]))

    @property
    def references(self) -> dict[str, dict[str, Any]]:
        """The link definitions by normal label: ``href``, ``title`` and ``map`` of lines."""
        found: dict[str, dict[str, Any]] = self.env.get("references", {})
        return found

    def place(self, position: int) -> int:
        """Where a character of :attr:`source` stands in the text given."""
        line = bisect_right(self._line_starts, position) - 1
        return self._raw[line] + position - self._line_starts[line]

    def line_start(self, line: int) -> int:
        """The place in :attr:`source` where a line starts; the end of the text after the last line."""
        return self._line_starts[line] if line < len(self._line_starts) else len(self.source)

    def line(self, line: int) -> str:
        """One line without its end."""
        return self.source[self.line_start(line) : self.line_start(line + 1)].rstrip("\n")

    def start(self, node: SyntaxTreeNode) -> int:
        """Where in :attr:`source` a block starts, after the prefixes of what it is in."""
        first: int = _starts(node)[0]
        return first

    def content(self, node: SyntaxTreeNode) -> Stretch:
        """The inline text of a paragraph or heading."""
        inline = node.children[0]
        if not inline.map or not inline.content:
            return Stretch("", ())
        lines = [
            (start, self.source[start : self.line_start(line + 1)].rstrip("\n"))
            for line, start in zip(range(*inline.map), _starts(node), strict=False)
        ]
        if node.type == "heading" and node.markup.startswith("#"):
            lines = [_without_hashes(*lines[0])]
        lines[-1] = (lines[-1][0], lines[-1][1].rstrip(" \t"))
        places = [self.place(start + index) for start, line in lines for index in range(len(line) + 1)]
        return Stretch("\n".join(line for _, line in lines), [(place, place + 1) for place in places[:-1]])

    def cells(self, row: SyntaxTreeNode) -> Iterator[Stretch]:
        """The inline text of the cells of a table's row; an escaped bar is one character there."""
        start = self.start(row)
        line = self.source[start : self.line_start((row.map or (0, 0))[0] + 1)].rstrip("\n").rstrip(" \t")
        cells = _split_row(line)
        for _, (first, last) in zip(row.children, cells, strict=False):
            taken = [found.span() for found in re.finditer(r"\\\||.", line[first:last], re.DOTALL)]
            text = "".join(line[first + begin : first + end][-1] for begin, end in taken)
            places = [(self.place(start + first + begin), self.place(start + first + end)) for begin, end in taken]
            stripped = len(text) - len(text.lstrip(" \t"))
            yield Stretch(text, places).part(stripped, len(text.rstrip(" \t")))


def ended(text: str) -> str:
    """The text with an end to its last line: where that is a bare prefix, markdown-it would read past it."""
    return text.removesuffix("\n") + "\n"


@cache
def _parser(nesting: int) -> MarkdownIt:
    """A parser that takes every address as it is written, so that what is no safe link is found as well."""
    parser = MarkdownIt("commonmark", {"maxNesting": nesting}).enable(["table", "strikethrough"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda _: True  # type: ignore[assignment, method-assign]
    for name, rule, alternatives in _BLOCK_RULES:
        parser.block.ruler.at(name, _located_block(rule), {"alt": alternatives})
    for inline_name, inline_rule in _INLINE_RULES:
        parser.inline.ruler.at(inline_name, _located_inline(inline_rule))
    return parser


def inline_tokens(text: str, env: dict[str, Any]) -> list[Token]:
    """The inline tokens of a paragraph's text; ``meta["span"]`` of a token says where its markup stands."""
    tokens: list[Token] = []
    parser = _parser(DEEPEST + 1)
    parser.inline.parse(text, parser, env, tokens)
    return tokens


def protected(tokens: Sequence[Token]) -> list[Span]:
    """The outermost links, images, code, emphasis and raw tags, with what is between paired raw tags, in order."""
    spans = sorted([*_markup(tokens), *_paired_tags(tokens)], key=lambda span: (span.start, -span.end))
    outer: list[Span] = []
    for span in spans:
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
        elif span.end > outer[-1].end:
            outer[-1] = Span(outer[-1].start, span.end, "")
    return outer


def _markup(tokens: Sequence[Token]) -> Iterator[Span]:
    depth, start, words = 0, 0, [""]
    for token in tokens:
        if token.nesting == 1:
            if depth == 0:
                start, words = _begin(token), []
            depth += 1
        elif token.nesting == -1:
            depth -= 1
            if depth == 0:
                yield Span(start, _end(token), "".join(words))
        elif depth:
            words.append(token.content if token.type in ("text", "text_special", "code_inline") else "")
        elif token.type in ("code_inline", "image", "html_inline"):
            yield Span(_begin(token), _end(token), "")


def _begin(token: Token) -> int:
    start: int = token.meta["span"][0]
    return start - 1 if token.type == "strong_open" else start


def _end(token: Token) -> int:
    end: int = token.meta["span"][1]
    return end + 1 if token.type == "strong_close" else end


def _paired_tags(tokens: Sequence[Token]) -> Iterator[Span]:
    opened: list[tuple[str, int]] = []
    for token in tokens:
        tag = re.match(r"<(/?)([A-Za-z][A-Za-z0-9-]*)", token.content) if token.type == "html_inline" else None
        if tag is None:
            continue
        name = tag[2].lower()
        start, end = token.meta["span"]
        if not tag[1]:
            opened.append((name, start))
        elif any(name == other for other, _ in opened):
            while opened[-1][0] != name:
                opened.pop()
            yield Span(opened.pop()[1], end, "")


def _starts(node: SyntaxTreeNode) -> Sequence[int]:
    starts: Sequence[int] = node.meta["starts"]
    return starts


def _without_hashes(start: int, line: str) -> tuple[int, str]:
    opening = _OPENING_HASHES.match(line)
    skipped = opening.end() if opening else 0
    return start + skipped, _CLOSING_HASHES.sub("", line[skipped:])


def _split_row(line: str) -> list[tuple[int, int]]:
    """The cells of a row as ``start, end``; a bar at either end closes no cell of its own."""
    bars = [found.start() for found in re.finditer(r"(?<!\\)\|", line)]
    edges = [-1, *bars, len(line)]
    cells = [(start + 1, end) for start, end in pairwise(edges)]
    if cells[0][0] == cells[0][1]:
        cells = cells[1:]
    return cells[:-1] if cells and cells[-1][0] == cells[-1][1] else cells


def _located_block(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """The rule, noting in each block it adds where its lines start once the prefixes around it are taken off."""

    def locate(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        count = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        for token in state.tokens[count:]:
            if token.map and "starts" not in token.meta:
                token.meta["starts"] = [state.bMarks[line] + state.tShift[line] for line in range(*token.map)]
        return True

    return locate


def _located_inline(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, noting in the token it adds, or in each delimiter of emphasis, where that stands."""

    def locate(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        added = state.tokens[count:]
        markup = next((token for token in added if not token.type.startswith("text")), None)
        if markup is not None:
            _note(markup, start, state.pos)
            closing = added[-1]
            if closing.nesting == -1:
                _note(closing, start, state.pos)
        elif added:
            _note_delimiters(added, state.pos, start)
        return True

    return locate


def _note(token: Token, start: int, end: int) -> None:
    token.meta["span"] = (start, end)


def _note_delimiters(added: Sequence[Token], end: int, start: int) -> None:
    for token in reversed(added):
        if end <= start:
            return
        _note(token, end - len(token.content), end)
        end -= len(token.content)
