"""Markdown: articles read from it, and safe HTML made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from reviewtool.errors import InputError
from reviewtool.formats import front_matter
from reviewtool.formats.commonmark import Document, ended
from reviewtool.formats.front_matter import FrontMatter
from reviewtool.formats.passages import Cutter
from reviewtool.model.article import Article, Credit, Definition, Passage, Setting
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind

MAX_BYTES = 2 * 1024 * 1024
CREDITS = ("author", "photo", "video", "source")
"""The keys of the front matter that are credits of the source, in the order of the byline."""

_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = {"\u202a": 1, "\u202b": 1, "\u202d": 1, "\u202e": 1, "\u202c": -1}
_BIDI_ISOLATE = {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}

Picture = Callable[[str], str | None]
"""From the address of a picture, as the Markdown has it, to the one to print; None prints the caption alone."""


def parse(
    text: str,
    *,
    slug: str,
    language: Language,
    front: Sequence[str] = ("title",),
    sentences: bool = True,
    name: str | None = None,
) -> Article:
    """An article read from its file's text.

    ``language`` is the article's unless its front matter names another; ``front`` are the keys whose
    text is translated; ``sentences`` False makes one passage of each paragraph; ``name`` is what
    messages call the file. Passages are headline and other front matter text, headings, captions, and the
    sentences of paragraphs, list items, quotes and table cells; a line break that shows ends a passage.
    Code, raw HTML, rules and link definitions pass through. InputError names file and line of what
    cannot be used.
    """
    called = name or f"{slug}.md"
    _check_text(text, called)
    head = front_matter.read(text, called)
    tag = head.string("language")
    chosen = _language(head, "language", tag) if tag else language
    document = Document(text[head.body :], head.body)
    cutter = Cutter(
        document,
        chosen,
        by_sentence=sentences,
        name=called,
        first_line=head.body_line,
        headline=not head.string("title"),
        passages=_front_passages(head, front),
    )
    cutter.cut()
    return Article(
        slug=slug,
        language=chosen,
        text=text,
        title=head.string("title") or cutter.title,
        passages=tuple(cutter.passages),
        blocks=tuple(cutter.blocks),
        date=head.string("date"),
        dateline=head.string("dateline"),
        credits=tuple(Credit(role, names) for role in CREDITS if (names := head.names(role))),
        targets=_targets(head),
        pictures=tuple(cutter.pictures),
        warnings=tuple(_warnings(text, document, called)),
        parts=tuple(cutter.parts),
        definitions=tuple(_definitions(document)),
        language_span=head.spans["language"] if tag else None,
        keys=tuple(head.values),
    )


def to_html(markdown: str, picture: Picture) -> str:
    """Markdown as HTML that cannot act, whatever the article holds.

    Raw HTML is shown as text, but ``<br>`` is kept and comments are left out; links to scripts stay text.
    A picture alone in its paragraph becomes a ``figure`` with its caption.
    """
    html: str = _printer(picture).render(ended(markdown))
    return html.strip("\n")


def _check_text(text: str, name: str) -> None:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(f"{name}, line {line}: there is a NUL character; save the file as UTF-8 text.")
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise InputError(f"{name} is larger than the limit of {MAX_BYTES:,} bytes; split it.")


def _language(head: FrontMatter, key: str, tag: str) -> Language:
    try:
        return Language.parse(tag)
    except InputError as error:
        raise head.fault(key, f"is not usable: {str(error).rstrip('.')}") from None


def _targets(head: FrontMatter) -> tuple[Language, ...] | None:
    if "targets" not in head.values:
        return None
    return tuple(dict.fromkeys(_language(head, "targets", tag) for tag in head.names("targets")))


def _front_passages(head: FrontMatter, front: Sequence[str]) -> list[Passage]:
    keys = sorted((key for key in dict.fromkeys(front) if key in head.values), key=lambda key: head.lines[key])
    found = [(key, head.string(key)) for key in keys]
    return [
        Passage(Kind.HEADLINE if key == "title" else Kind.FRONT, text, number, *head.spans[key], Setting.YAML)
        for number, (key, text) in enumerate((key, text) for key, text in found if text)
    ]


def _definitions(document: Document) -> Iterator[Definition]:
    for label, target in document.references.items():
        address = target["href"].replace("<", "%3C").replace(">", "%3E")
        title = target["title"].replace("\\", "\\\\").replace('"', '\\"')
        yield Definition(label, f'[{label}]: <{address}> "{title}"' if title else f"[{label}]: <{address}>")


def _warnings(text: str, document: Document, name: str) -> Iterator[str]:
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        yield f"{name}, line {line}: there is a control character (U+{ord(control[0]):04X}); it is kept, but not seen."
    for number, line_text in enumerate(text.splitlines(), 1):
        if _unbalanced(line_text, _BIDI) or _unbalanced(line_text, _BIDI_ISOLATE):
            yield f"{name}, line {number}: a mark that turns the direction of text is not closed; it may mislead."
            break
    notes = [label for label in document.references if label.startswith("^")]
    if notes:
        yield f"{name}: the footnote [{notes[0]}] reads as the definition of a link and is not translated."


def _unbalanced(line: str, marks: dict[str, int]) -> bool:
    return any(mark in line for mark in marks) and sum(marks.get(char, 0) for char in line) != 0


class _Renderer(RendererHTML):
    """Prints raw HTML as text, pictures where the caller has them, and addresses percent-encoded."""

    picture: Picture

    def html_inline(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return _inert(tokens[idx].content)

    def html_block(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        text = _inert(tokens[idx].content.strip())
        return f"<p>{text}</p>\n" if text else ""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        token.attrSet("href", normalizeLink(str(token.attrGet("href") or "")))
        return self.renderToken(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        caption = escape(self.renderInlineAsText(token.children, options, env).strip())
        address = self.picture(str(token.attrGet("src") or ""))
        if address is None:
            return caption
        title = token.attrGet("title")
        shown = f' title="{escape(str(title))}"' if title else ""
        return f'<img src="{escape(address)}" alt="{caption}"{shown}>'


def _inert(html: str) -> str:
    if html.startswith("<!--") and html.endswith("-->") and html.count("-->") == 1:
        return ""
    return "<br>" if html.lower().replace(" ", "") in {"<br>", "<br/>"} else escape(html, quote=False)


def _figures(state: Any) -> None:
    """Turn each paragraph of one picture into a figure with the picture's caption below it."""
    tokens = state.tokens
    for before, inline, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        children = inline.children or []
        if before.type != "paragraph_open" or len(children) != 1 or children[0].type != "image":
            continue
        if state.md.renderer.picture(str(children[0].attrGet("src"))) is None:
            continue
        before.tag = after.tag = "figure"
        before.hidden = after.hidden = False
        if children[0].children:
            caption = [_caption("figcaption_open", 1), *children[0].children, _caption("figcaption_close", -1)]
            inline.children = [*children, *caption]


def _caption(name: str, nesting: Any) -> Token:
    return Token(name, "figcaption", nesting)


def _printer(picture: Picture) -> MarkdownIt:
    printer = MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])
    printer.core.ruler.push("figures", _figures)
    printer.normalizeLink = lambda url: url  # type: ignore[method-assign]
    printer.renderer.picture = picture  # type: ignore[attr-defined]
    return printer
