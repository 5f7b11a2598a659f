"""The format ``md``: a finished edition as one Markdown file that cannot act.

Pictures are named by where they lie in the workspace, and their captions stand below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reviewtool.errors import InputError
from reviewtool.formats import markdown
from reviewtool.formats.commonmark import Document
from reviewtool.formats.inert import inert, plain
from reviewtool.model.article import Article
from reviewtool.model.edition import Edition, EditionBlock
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind
from reviewtool.model.splice import cell_text, heading_text, paragraph_text

DRAFT_MARK = "**DRAFT – not signed**"

_NEVER_RAW = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What can act on a terminal that a file is shown on."""
_PASSED_THROUGH = frozenset({"code", "html", "rule"})
_NOT_IN_CELLS = frozenset({"table", "fence", "code_block", "html_block", "hr"})
_BETWEEN_LISTS = "<!-- -->"
"""Keeps two lists apart, which would be one otherwise (CommonMark 5.3)."""
_SOURCE, _TARGET = 0, 1


class MarkdownWriter:
    """Writes an edition as Markdown; ``side`` is a table of two columns, blocks that fit no cell between its rows."""

    extension: str = "md"
    layouts: tuple[str, ...] = ("side", "alternate", "sequence", "target")

    def write(self, edition: Edition, layout: str) -> bytes:
        """The file, in UTF-8 with LF; InputError for a layout that is none of :attr:`layouts`.

        A monolingual edition is printed once whatever the layout.
        """
        if layout not in self.layouts:
            raise InputError(f"Markdown has no layout {layout!r}: choose {', '.join(self.layouts)}.")
        shown = "target" if edition.languages.monolingual else layout
        placed = replace(edition, blocks=tuple(_placed(block, edition) for block in edition.blocks))
        parts = [*_mark(edition), *_story(placed, shown), *_foot(edition)]
        text = "\n\n".join(part for part in parts if part.strip()) + "\n"
        return _NEVER_RAW.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).encode(errors="replace")


def create_writer(options: Mapping[str, object]) -> MarkdownWriter:
    """The entry point ``md``; it takes no options."""
    if options:
        raise InputError(f"The writer md takes no options; {', '.join(map(repr, sorted(options)))} given.")
    return MarkdownWriter()


def _placed(block: EditionBlock, edition: Edition) -> EditionBlock:
    """The block with its pictures' addresses as they are reached from where the file will lie."""
    source, target = block.source, block.target
    for address in edition.pictures:
        for before in ("](", "](<", "]: ", "]: <"):
            source = source.replace(f"{before}{address}", f"{before}{edition.pictures_at}{address}")
            target = target.replace(f"{before}{address}", f"{before}{edition.pictures_at}{address}")
    return replace(block, source=source, target=target)


def _mark(edition: Edition) -> Iterator[str]:
    if not edition.final:
        yield DRAFT_MARK


def _story(edition: Edition, layout: str) -> Iterator[str]:
    match layout:
        case "target":
            yield from _one_side(edition, _TARGET)
        case "sequence":
            yield from _one_side(edition, _SOURCE)
            yield "***"
            yield from _one_side(edition, _TARGET)
        case "alternate":
            yield from _alternating(edition)
        case _:
            yield from _side_by_side(edition)


def _foot(edition: Edition) -> Iterator[str]:
    yield from (paragraph_text(plain(note), starts_line=True) for note in edition.notes)
    yield "\\\n".join(paragraph_text(plain(str(line)), starts_line=True) for line in edition.byline)


def _one_side(edition: Edition, side: int) -> Iterator[str]:
    yield _headline(edition, side)
    yield from _datelines(edition, side)
    yield from (_block(block, side) for block in edition.blocks)


def _alternating(edition: Edition) -> Iterator[str]:
    yield _headline(edition, _SOURCE)
    yield _headline(edition, _TARGET)
    yield from _datelines(edition, _SOURCE, _TARGET)
    for block in edition.blocks:
        yield from _both(block)


def _both(block: EditionBlock) -> Iterator[str]:
    """A block in both languages; what is the same in both stands once, and so does a picture."""
    yield _block(block, _SOURCE)
    if block.name == "list":
        yield _BETWEEN_LISTS
    if block.name == "figure":
        yield "\n\n".join(_captions(_read(block.target)))
    elif block.name not in _PASSED_THROUGH:
        yield _block(block, _TARGET)


def _side_by_side(edition: Edition) -> Iterator[str]:
    source, target = edition.languages.source.tag, edition.languages.target.tag
    rows = [f"| {source} | {target} |", "| --- | --- |"]
    rows.append(_row(*(f"**{cell_text(plain(title))}**" if title else "" for title in edition.headline)))
    pair = zip(_datelines(edition, _SOURCE), _datelines(edition, _TARGET), strict=True)
    rows.extend(_row(cell_text(one), cell_text(other)) for one, other in pair if one or other)
    for block in edition.blocks:
        if _fits_a_cell(block):
            rows = rows or ["|  |  |", "| --- | --- |"]
            rows.append(_row(_cell(block, _SOURCE), _cell(block, _TARGET)))
            continue
        yield "\n".join(rows)
        rows = []
        yield from _both(block)
    yield "\n".join(rows)
    yield "\n".join(dict.fromkeys(one.text for block in edition.blocks for one in _read(block.target).definitions))


def _headline(edition: Edition, side: int) -> str:
    title = plain(edition.headline[side])
    return f"# {heading_text(title)}" if title else ""


def _datelines(edition: Edition, *sides: int) -> Iterator[str]:
    """The datelines of these sides, equal ones once, and the date where none of them names it."""
    lines = dict.fromkeys(plain(edition.dateline[side]) for side in sides)
    dated = any(edition.date in edition.dateline[side] for side in sides)
    yield from (paragraph_text(line, starts_line=True) for line in lines)
    yield "" if dated else plain(edition.date)


def _line(text: str) -> str:
    return inert(" ".join(text.split()))


def _block(block: EditionBlock, side: int) -> str:
    text = (block.source, block.target)[side]
    return "\n\n".join([inert(text), *(_captions(_read(text)) if block.name == "figure" else ())])


def _read(text: str) -> Article:
    return markdown.parse(f"\n{text}", slug="edition", language=Language("en"), front=(), sentences=False)


def _captions(article: Article) -> Iterator[str]:
    """The captions of a figure, emphasised where they hold no emphasis themselves."""
    for passage in article.passages:
        text = _line(passage.text)
        yield paragraph_text(text if "*" in text or "_" in text else f"*{text}*", starts_line=True)


def _fits_a_cell(block: EditionBlock) -> bool:
    return not any(node.type in _NOT_IN_CELLS for node in Document(block.source).root.walk())


def _row(source: str, target: str) -> str:
    return f"| {source} | {target} |"


def _cell(block: EditionBlock, side: int) -> str:
    """A block as the content of one cell, its lines kept apart."""
    article = _read((block.source, block.target)[side])
    shown = "".join(article.text[one.start : one.end] for one in article.blocks)
    if block.name == "figure":
        return "<br>".join([cell_text(inert(shown)), *map(cell_text, _captions(article))])
    return "<br>".join(_cell_lines(article)) or cell_text(inert(shown))


def _cell_lines(article: Article) -> Iterator[str]:
    for passage in article.passages:
        text = cell_text(_line(passage.text))
        match passage.kind:
            case Kind.HEADLINE | Kind.HEADING:
                yield f"**{text}**"
            case Kind.LIST:
                yield f"• {text}"
            case _:
                yield text
