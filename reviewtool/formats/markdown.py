"""Markdown: articles read from it, and safe HTML made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

Picture = Callable[[str], str | None]
"""From the address of a picture, as the Markdown has it, to the one to print; None prints the caption alone."""


def to_html(markdown: str, picture: Picture) -> str:
    """Markdown as HTML that cannot act, whatever the article holds.

    Raw HTML is shown as text, but ``<br>`` is kept and comments are left out; links to scripts stay text.
    A picture alone in its paragraph becomes a ``figure`` with its caption.
    """
    html: str = _printer(picture).render(markdown)
    return html.strip("\n")


def to_html_inline(markdown: str, picture: Picture = lambda _: None) -> str:
    """One line of Markdown, a headline for instance, as safe HTML without a paragraph around it."""
    html: str = _printer(picture).renderInline(" ".join(markdown.split()))
    return html


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
