"""Markdown that cannot act, whatever renders it: raw HTML shows as text, and links to scripts are no links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from reviewtool.formats.commonmark import Document, Stretch, inline_tokens

_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->\s*", re.DOTALL)
_LINE_BREAK_TAG = re.compile(r"<br ?/?>", re.IGNORECASE)
_TAG_START = re.compile(r"(?<!\\)(?:\\\\)*<(?=[A-Za-z/!?])")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LIVE_BRACKET = re.compile(r"(?<!\\)(?:\\\\)*[\[\]]")
_LIVE = re.compile(rf"{_TAG_START.pattern}|{_LIVE_BRACKET.pattern}")
_ESCAPES = {"<": "&lt;", "[": "\\[", "]": "\\]", "`": "\\`", "~": "\\~", "\\": "\\\\"}
_READINGS = 4

_Edit = tuple[int, int, str]


def inert(text: str) -> str:
    """The same Markdown with everything escaped that could act; comments are left out, ``<br>`` stays.

    What is escaped becomes text, and what stands beside it may then be read in another way: code of the next line
    as a part of that paragraph. So the result is read again until nothing in it acts. A text that always has
    something left was made to; it loses every tag and link at once.
    """
    for _ in range(_READINGS):
        quieter = _quieter(text)
        if quieter == text:
            return text
        text = quieter
    return _LIVE.sub(lambda found: found[0][:-1] + _ESCAPES[found[0][-1]], text)


def plain(text: str) -> str:
    """A text that is no Markdown, a name for instance, as Markdown that shows exactly it."""
    return re.sub(r"[\\`*_\[\]~&!#]", r"\\\g<0>", " ".join(text.split())).replace("<", "&lt;")


def _quieter(text: str) -> str:
    """The Markdown with everything escaped that acts as it is read at present."""
    document = Document(text)
    edits = [edit for node in document.root.walk() for edit in _block_edits(document, node, text)]
    edits += [edit for definition in document.definitions for edit in _definition_edits(document, definition, text)]
    done, pieces = 0, []
    for start, end, new in sorted(set(edits)):
        if start >= done:
            pieces += [text[done:start], new]
            done = end
    return "".join([*pieces, text[done:]])


def _block_edits(document: Document, node: SyntaxTreeNode, text: str) -> Iterator[_Edit]:
    match node.type:
        case "html_block":
            last = (node.map or (0, 0))[1]
            start, end = document.place(document.start(node)), document.place(document.line_start(last))
            if _COMMENT.fullmatch(text[start:end]):
                yield start, start + len(text[start:end].rstrip()), ""
                return
            yield from _escaped(text, start, end)
        case "paragraph" | "heading":
            yield from _inline_edits(document, document.content(node))
        case "tr":
            for cell in document.cells(node):
                yield from _inline_edits(document, cell)


def _definition_edits(document: Document, definition: Mapping[str, Any], text: str) -> Iterator[_Edit]:
    """A definition that leads somewhere unsafe becomes text, and so does every link that refers to it."""
    if not _is_safe(definition["href"]):
        start, end = (document.place(document.line_start(line)) for line in definition["map"])
        yield from _escaped(text, start, end)


def _escaped(text: str, start: int, end: int) -> Iterator[_Edit]:
    yield from ((index, index + 1, _ESCAPES[text[index]]) for index in range(start, end) if text[index] in _ESCAPES)


def _inline_edits(document: Document, stretch: Stretch) -> Iterator[_Edit]:
    """Escapes in one paragraph; where one link leads somewhere unsafe no bracket acts, lest another link appear."""
    tokens = [token for token in inline_tokens(stretch.text, document.env) if "span" in token.meta]
    links = [token for token in tokens if token.type in ("link_open", "image") and token.markup != "autolink"]
    safe = all(_leads_somewhere_safe(token) for token in links)
    done: set[int] = set()
    for token in tokens:
        span = range(*token.meta["span"])
        if token.type == "html_inline" or (token.markup == "autolink" and not _leads_somewhere_safe(token)):
            yield from _tag_edits(stretch, span)
            done.update(span)
        elif token.type == "code_inline" or token.markup == "autolink":
            done.update(span)
    quiet = done.union(*(range(*token.meta["span"]) for token in links)) if safe else done
    for found in _TAG_START.finditer(stretch.text):
        if found.end() - 1 not in quiet:
            yield _escape(stretch, found.end() - 1)
    if not safe:
        brackets = (found.end() - 1 for found in _LIVE_BRACKET.finditer(stretch.text))
        yield from (_escape(stretch, index) for index in brackets if index not in done)


def _tag_edits(stretch: Stretch, span: range) -> Iterator[_Edit]:
    tag = stretch.text[span.start : span.stop]
    if _COMMENT.fullmatch(tag):
        yield stretch.places[span.start][0], stretch.places[span.stop - 1][1], " "
    elif not _LINE_BREAK_TAG.fullmatch(tag):
        yield from (_escape(stretch, index) for index in span if stretch.text[index] in _ESCAPES)


def _escape(stretch: Stretch, index: int) -> _Edit:
    return (*stretch.places[index], _ESCAPES[stretch.text[index]])


def _leads_somewhere_safe(token: Token) -> bool:
    return _is_safe(str(token.attrGet("href") or token.attrGet("src") or ""))


def _is_safe(address: str) -> bool:
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return scheme is None or scheme[1].lower() in _SCHEMES
