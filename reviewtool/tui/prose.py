"""The Markdown of an edition as it is read: paragraphs of plain text with styled stretches, and no markup.

It is read by the parser that the exports use. Raw HTML and links that lead somewhere unsafe are text, as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from rich.cells import cell_len

from reviewtool.formats.commonmark import Document, inline_tokens
from reviewtool.formats.inert import inert
from reviewtool.model.language import Language
from reviewtool.model.splice import joint
from reviewtool.tui.language import _
from reviewtool.tui.render import Span, safe

_STYLES = {"em_close": "emphasis", "strong_close": "strong", "s_close": "strike", "link_close": "link"}
_MARKUP = re.compile(r"[\\`*_~\[\]<>&!\n]")
"""Without one of these, inline Markdown is its own text."""
_MAY_ACT = re.compile(r"[<\]]")
_INVISIBLE = frozenset({"softbreak", "hardbreak"})
_LINE_BREAKS = frozenset({"<br>", "<br/>"})
_QUOTE = "│ "
_BETWEEN_CELLS = " │ "
_WIDEST_TABLE = 60
"""How many cells wide a table may be and have its columns in line."""


class Words(NamedTuple):
    """A plain text and its styled stretches: ``strong``, ``emphasis``, ``strike``, ``code``, ``link``."""

    text: str
    spans: tuple[Span, ...] = ()


class Stretch(NamedTuple):
    """A segment, and where in a text it stands, ``start:end`` in characters; both are the same where nothing does."""

    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, list item, table, picture or another piece of a page, as it is read.

    ``kind`` is one of the names of ``article.Block``, or headline, standfirst, dateline, note, byline. ``first``
    stands before its first line and ``rest`` before the others, both of one width. ``stretches`` are in order.
    """

    kind: str
    text: str = ""
    spans: tuple[Span, ...] = ()
    first: str = ""
    rest: str = ""
    stretches: tuple[Stretch, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip() and self.kind != "figure"

    def at(self, character: int) -> int | None:
        """The segment that stands at a character or ends before it, else the first; None where there is none."""
        there = [one for one in self.stretches if one.start < one.end]
        before = [one for one in there if one.start <= character]
        return before[-1].segment if before else there[0].segment if there else None

    def stretch(self, segment: int) -> Stretch | None:
        """Where a segment stands in the text, if it does."""
        return next((one for one in self.stretches if one.segment == segment and one.start < one.end), None)


def words(markdown: str, language: Language) -> Words:
    """Inline Markdown as it is read."""
    if _MARKUP.search(markdown) is None:
        return Words(safe(markdown))
    return _inline(inline_tokens(_harmless(markdown), {}), language)


def paragraphs(markdown: str, language: Language) -> tuple[Paragraph, ...]:
    """The paragraphs of blocks of Markdown, in order."""
    if not markdown.strip():
        return ()
    page = _Page(Document(_harmless(markdown)), language)
    return tuple(page.each(page.document.root.children))


def placed(paragraph: Paragraph, texts: Iterable[tuple[int, str]]) -> Paragraph:
    """The paragraph with its segments, given in order with their plain texts, where they stand.

    Where a text is not found as it is, because its markup acts together with its neighbour's, its letters are.
    """
    stretches: list[Stretch] = []
    done = 0
    for segment, text in texts:
        start, done = _found(paragraph.text, text, done)
        stretches.append(Stretch(segment, start, done))
    return replace(paragraph, stretches=tuple(stretches))


def _found(whole: str, text: str, done: int) -> tuple[int, int]:
    """Where a text stands in a whole, from ``done`` on: there where it comes first, as it is or by its letters."""
    start = whole.find(text, done)
    exact = (start, start + len(text)) if start >= 0 else None
    if exact and not any(character.isalnum() for character in whole[done:start]):
        return exact
    return _by_letters(whole, text, done) or exact or (done, done)


def _by_letters(whole: str, text: str, done: int) -> tuple[int, int] | None:
    """Where the letters and digits of a text stand in a whole, from ``done`` on."""
    places = [place for place in range(done, len(whole)) if whole[place].isalnum()]
    wanted = letters(text)
    found = "".join(whole[place] for place in places).find(wanted) if wanted else -1
    if found < 0:
        return None
    start, end = places[found], places[found + len(wanted) - 1] + 1
    while end < len(whole) and not whole[end].isalnum() and not whole[end].isspace():
        end += 1
    return start, end


def letters(text: str) -> str:
    """The letters and digits of a text: what is the same whether markup in it acts or is shown."""
    return "".join(character for character in text if character.isalnum())


class Note(NamedTuple):
    """What is put around a segment: ``before`` it in the style ``sign``, ``after`` it, and the style of it all."""

    before: str
    after: str = ""
    style: str = ""
    sign: str = ""


def annotated(paragraph: Paragraph, notes: Mapping[int, Note]) -> Paragraph:
    """The paragraph with notes put around its segments, which hold them then."""
    inserted: list[tuple[int, str]] = []
    stretches: list[Stretch] = []
    shift = 0
    for one in paragraph.stretches:
        note = notes.get(one.segment, Note(""))
        inserted += [(one.start, note.before), (one.end, note.after)]
        longer = len(note.before) + len(note.after)
        stretches.append(Stretch(one.segment, one.start + shift, one.end + shift + longer))
        shift += longer
    text, done = "", 0
    for place, words in inserted:
        text += paragraph.text[done:place] + words
        done = place
    noted = [(one, notes[one.segment]) for one in stretches if one.segment in notes]
    styled = [Span(one.start, one.end, note.style) for one, note in noted if note.style]
    styled += [Span(one.start, one.start + len(note.before), note.sign) for one, note in noted if note.sign]
    kept = (Span(_after(inserted, one.start), _before(inserted, one.end), one.style) for one in paragraph.spans)
    return replace(
        paragraph,
        text=text + paragraph.text[done:],
        spans=(*styled, *kept),
        stretches=tuple(stretches),
    )


def _after(inserted: Iterable[tuple[int, str]], place: int) -> int:
    return place + sum(len(words) for at, words in inserted if at <= place)


def _before(inserted: Iterable[tuple[int, str]], place: int) -> int:
    return place + sum(len(words) for at, words in inserted if at < place)


def merged(parts: Sequence[Paragraph], kind: str) -> Paragraph:
    """Several paragraphs as one of this kind, line by line; one alone as it is."""
    if len(parts) == 1:
        return parts[0]
    whole = _joined([Words(one.text, one.spans) for one in parts], "\n")
    return replace(parts[0], kind=kind, text=whole.text, spans=whole.spans)


def _harmless(markdown: str) -> str:
    return inert(markdown) if _MAY_ACT.search(markdown) else markdown


def picture() -> str:
    """What stands for a picture."""
    return _("[picture]")


@dataclass(frozen=True, slots=True)
class _Page:
    """Blocks of Markdown that are being read."""

    document: Document
    language: Language

    def each(
        self, nodes: Sequence[SyntaxTreeNode], first: str = "", rest: str = "", kind: str = "paragraph"
    ) -> Iterator[Paragraph]:
        """The paragraphs of some blocks; ``first`` stands before the first line of them all."""
        for node in nodes:
            for paragraph in self._block(node, first, rest, kind):
                yield paragraph
                first = rest

    def _block(self, node: SyntaxTreeNode, first: str, rest: str, kind: str) -> Iterator[Paragraph]:
        match node.type:
            case "paragraph":
                yield from self._paragraph(self._tokens(node), first, rest, kind)
            case "heading":
                yield Paragraph("heading", *_inline(self._tokens(node), self.language), first, rest)
            case "blockquote":
                yield from self.each(node.children, first + _QUOTE, rest + _QUOTE, "quote")
            case "bullet_list" | "ordered_list":
                yield from self._items(node, first, rest)
            case "table":
                yield Paragraph("table", *self._table(node), first, rest)
            case "hr":
                yield Paragraph("rule", "* * *", (), first, rest)
            case _:
                yield Paragraph("code", safe(node.content.strip("\n")), (), first, rest)

    def _tokens(self, node: SyntaxTreeNode) -> list[Token]:
        return inline_tokens(self.document.content(node).text, self.document.env)

    def _paragraph(self, tokens: Sequence[Token], first: str, rest: str, kind: str) -> Iterator[Paragraph]:
        """A paragraph of text, or each of the pictures of one that holds nothing else."""
        shown = [one for one in tokens if one.type not in _INVISIBLE and (one.type != "text" or one.content.strip())]
        if not shown or any(one.type != "image" for one in shown):
            yield Paragraph(kind, *_inline(tokens, self.language), first, rest)
            return
        for token in shown:
            before = f"{picture()} "
            yield Paragraph(
                "figure",
                *_inline(token.children or (), self.language),
                first + before,
                rest + " " * cell_len(before),
            )
            first = rest

    def _items(self, node: SyntaxTreeNode, first: str, rest: str) -> Iterator[Paragraph]:
        start = int(node.attrs.get("start", 1))
        for number, item in enumerate(node.children, start):
            marker = "- " if node.type == "bullet_list" else f"{number}. "
            yield from self.each(item.children, first + marker, rest + " " * len(marker), "list")
            first = rest

    def _table(self, node: SyntaxTreeNode) -> Words:
        """The rows one below the other, their cells in columns unless these are too wide together."""
        rows = [
            [_inline(inline_tokens(cell.text, self.document.env), self.language) for cell in self.document.cells(row)]
            for row in node.walk()
            if row.type == "tr"
        ]
        rows[0] = [_all(cell, "strong") for cell in rows[0]]
        widths = [
            max(cell_len(row[column].text) for row in rows if column < len(row)) for column in range(len(rows[0]))
        ]
        if sum(widths) + len(_BETWEEN_CELLS) * len(widths) > _WIDEST_TABLE:
            widths = [0] * len(widths)
        return _joined([_row(cells, widths) for cells in rows], "\n")


def _row(cells: Sequence[Words], widths: Sequence[int]) -> Words:
    """The cells side by side, each but the last as wide as its column."""
    padded = [
        Words(cell.text + " " * (width - cell_len(cell.text)), cell.spans)
        for cell, width in zip(cells[:-1], widths, strict=False)
    ]
    return _joined([*padded, *cells[-1:]], _BETWEEN_CELLS)


def _joined(parts: Sequence[Words], between: str) -> Words:
    text = ""
    spans: list[Span] = []
    for number, part in enumerate(parts):
        text += between if number else ""
        spans += _moved(part.spans, len(text))
        text += part.text
    return Words(text, tuple(spans))


def _moved(spans: Iterable[Span], by: int) -> Iterator[Span]:
    return (Span(one.start + by, one.end + by, one.style) for one in spans)


def _all(inline: Words, style: str) -> Words:
    """The whole text in a style beside those it has."""
    return Words(inline.text, (Span(0, len(inline.text), style), *inline.spans))


# Inline text


def _inline(tokens: Sequence[Token], language: Language) -> Words:
    text = ""
    spans: list[Span] = []
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.nesting == 1:
            opened.append(len(text))
        elif token.nesting == -1:
            spans.append(Span(opened.pop(), len(text), _STYLES[token.type]))
        else:
            part = _part(token, text, "".join(one.content for one in tokens[place + 1 : place + 3]), language)
            spans += _moved(part.spans, len(text))
            text += part.text
    return Words(text, tuple(sorted(spans, key=lambda one: (one.start, -one.end))))


def _part(token: Token, before: str, after: str, language: Language) -> Words:
    """One token of inline text; ``before`` and ``after`` are the texts around it."""
    match token.type:
        case "softbreak":
            return Words(joint(before, after, language))
        case "hardbreak":
            return Words("\n")
        case "code_inline":
            return _all(Words(safe(token.content)), "code")
        case "image":
            caption = _inline(token.children or (), language)
            return _joined([Words(picture()), caption], " ") if caption.text else Words(picture())
        case "html_inline" if token.content.lower().replace(" ", "") in _LINE_BREAKS:
            return Words("\n")
    return Words(safe(token.content))
