"""Editions as HTML: one page that needs nothing else, asks no network for anything, and cannot act."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.resources import files
from typing import Any, TypeVar

from reviewtool.errors import InputError
from reviewtool.formats.markdown import to_html
from reviewtool.model.edition import Edition, EditionBlock
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind

_Entry = TypeVar("_Entry")
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MARKED_PAGES = '@page { @top-center { content: "DRAFT"; font: 700 10pt sans-serif; } }\n'
_PASSED_THROUGH = frozenset({"code", "html", "rule"})
_IMAGE = re.compile(r"image/[a-z0-9][a-z0-9.+-]{0,63}")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_FIGURE = re.compile(r"<figure>(<img [^>]*>)(?:<figcaption>(.*)</figcaption>)?</figure>", re.DOTALL)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_HTML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""What no HTML document may hold: controls, surrogates and noncharacters (HTML Standard, 13.2.3.5)."""

_NAMES: Mapping[str, str] = {
    "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "ja": "日本語", "ko": "한국어", "en": "English", "fr": "Français",
    "de": "Deutsch", "es": "Español", "pt": "Português", "it": "Italiano", "ru": "Русский", "ar": "العربية",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """The few words a page says of its own, in one language."""

    language: Language
    draft: str
    notes: str


_ENGLISH = _Words(Language("en"), "Not final. Please do not publish or quote.", "From the record")
_WORDS: Mapping[str, _Words] = {
    "zh-Hans": _Words(Language("zh-Hans"), "未定稿，请勿发布或引用。", "编辑记录"),
    "zh-Hant": _Words(Language("zh-Hant"), "未定稿，請勿發布或引用。", "編輯記錄"),
    "ja": _Words(Language("ja"), "未確定の原稿です。公開・引用しないでください。", "編集記録"),
    "ko": _Words(Language("ko"), "확정되지 않은 원고입니다. 게시하거나 인용하지 마십시오.", "편집 기록"),
}


class HtmlWriter:
    """Writes an edition as one HTML page with its style and its pictures inside."""

    extension: str = "html"
    layouts: tuple[str, ...] = ("side", "alternate", "sequence", "target")

    def __init__(self) -> None:
        self._style = files(__package__).joinpath("html.css").read_text("utf-8")

    def write(self, edition: Edition, layout: str) -> bytes:
        """The page, in UTF-8 with LF; InputError for a layout that is none of :attr:`layouts`.

        A monolingual edition is printed once whatever the layout. What HTML cannot hold (control
        characters, lone surrogates) is shown as U+FFFD.
        """
        if layout not in self.layouts:
            raise InputError(f"HTML has no layout {layout!r}: choose {', '.join(self.layouts)}.")
        shown = "target" if edition.languages.monolingual else layout
        page = _page(edition, shown, self._style).html().replace("\r\n", "\n").replace("\r", "\n")
        return _NOT_IN_HTML.sub("\ufffd", page).encode()


def create_writer(options: Mapping[str, Any]) -> HtmlWriter:
    """The entry point ``html``; it takes no options."""
    if options:
        raise InputError(f"The writer html takes no options; {', '.join(map(repr, sorted(options)))} given.")
    return HtmlWriter()


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two languages of a page; ``name`` is its class in the page, ``label`` what it is called aloud."""

    index: int
    name: str
    language: Language
    label: str

    def of(self, both: tuple[str, str]) -> str:
        """This side's text of both."""
        return both[self.index]

    def text(self, block: EditionBlock) -> str:
        """This side's Markdown of a block."""
        return self.of((block.source, block.target))

    def part(self, html: str) -> str:
        """This side's half of a pair; nothing for nothing."""
        if not html:
            return ""
        label = escape(self.label)
        return f'<div class="{self.name}" role="group" aria-label="{label}" {_spoken(self.language)}>\n{html}\n</div>'


@dataclass(frozen=True, slots=True)
class _Page:
    """One edition in one layout, as HTML."""

    edition: Edition
    layout: str
    style: str
    source: _Side
    target: _Side

    def html(self) -> str:
        """The whole document."""
        root = f"<html {_spoken(self.target.language)}>"
        return "\n".join(("<!DOCTYPE html>", root, self._head(), self._body(), "</html>\n"))

    def _head(self) -> str:
        source, target = self.edition.headline
        title = target or source or self.edition.slug
        mark = "" if self.edition.final else "DRAFT: "
        return f"""<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="reviewtool">
<link rel="icon" href="data:,">
<title>{_text(mark + title)}</title>
<style>
{self.style}{"" if self.edition.final else _MARKED_PAGES}</style>
</head>"""

    def _body(self) -> str:
        mark = "" if self.edition.final else ' data-mark="DRAFT"'
        parts = (self._banner(), *self._stories(), self._foot())
        return _lines(f'<body class="{self.layout}"{mark}>', "<main>", *parts, "</main>", "</body>")

    def _banner(self) -> str:
        if self.edition.final:
            return ""
        words = _words(self.target.language)
        return (
            f'<p class="draft" role="note" {_spoken(words.language)}><strong lang="en">DRAFT</strong> {words.draft}</p>'
        )

    def _stories(self) -> tuple[str, ...]:
        if self.layout == "target":
            return (self._story(self.target),)
        if self.layout == "sequence":
            return (self._story(self.source), self._story(self.target, 2 if self.edition.headline[0] else 1))
        return (self._story_in_pairs(),)

    # One language after the other

    def _story(self, side: _Side, level: int = 1) -> str:
        label = f' aria-label="{escape(side.label)}"' if self.layout == "sequence" else ""
        headline = side.of(self.edition.headline)
        return _lines(
            f'<section class="{side.name}" {_spoken(side.language)}{label}>',
            "<header>",
            _headline(headline, f"h{level}"),
            *(_standfirst(side.of(both)) for both in self._front()),
            self._datelines(side),
            "</header>",
            _outlined(_lines(*(self._block(block, side) for block in self.edition.blocks)), below=level),
            "</section>",
        )

    def _block(self, block: EditionBlock, side: _Side) -> str:
        figure = self._figure(block, side)
        return to_html(side.text(block), self._picture) if figure is None else figure.html()

    # Pair by pair

    def _story_in_pairs(self) -> str:
        source, target = self.edition.headline
        return _lines(
            "<article>",
            "<header>",
            self._pair(_headline(source, "p" if target else "h1"), _headline(target, "h1")),
            *(self._pair(*map(_standfirst, both)) for both in self._front()),
            self._datelines(self.source, self.target),
            "</header>",
            _outlined(_lines(*map(self._block_pair, self.edition.blocks)), below=1),
            "</article>",
        )

    def _pair(self, source: str, target: str, tag: str = "div") -> str:
        parts = _lines(self.source.part(source), self.target.part(target))
        return f'<{tag} class="pair">\n{parts}\n</{tag}>' if parts else ""

    def _block_pair(self, block: EditionBlock) -> str:
        if block.name in _PASSED_THROUGH:
            once = to_html(block.source, self._picture)
            return f'<div class="both" {_spoken(self.source.language)}>\n{once}\n</div>' if once else ""
        source, target = self._figure(block, self.source), self._figure(block, self.target)
        if source is None or target is None:
            return self._pair(self._block(block, self.source), self._block(block, self.target))
        caption = self._pair(source.caption, target.caption, "figcaption")
        return _Figure(target.image, caption).html()

    # Parts of both

    def _front(self) -> list[tuple[str, str]]:
        """The translated texts of the front matter that are neither headline nor dateline."""
        known = {self.edition.headline[0], self.edition.dateline[0]}
        return [
            (one.source, one.target)
            for one in self.edition.segments
            if one.kind is Kind.FRONT and one.source not in known
        ]

    def _datelines(self, *sides: _Side) -> str:
        """The datelines, equal ones once, and the date where none of them holds it."""
        texts = {side.of(self.edition.dateline): side for side in sides}
        lines = [
            f'<p class="dateline {side.name}" {_spoken(side.language)}>{_text(text)}</p>'
            for text, side in texts.items()
            if text
        ]
        if self.edition.date and not any(self.edition.date in text for text in texts):
            lines.append(f'<p class="dateline">{_time(self.edition.date)}</p>')
        kind = "datelines pair" if len(lines) > 1 else "datelines"
        return _lines(f'<div class="{kind}">', *lines, "</div>") if lines else ""

    def _figure(self, block: EditionBlock, side: _Side) -> _Figure | None:
        """The picture and the caption of a block that is one picture; None for any other block."""
        if block.name != "figure":
            return None
        found = _FIGURE.fullmatch(to_html(side.text(block), lambda address: self._picture(address) or ""))
        if found is None:
            return None
        image = "" if found[1].startswith('<img src="" ') else found[1]
        return _Figure(image, found[2] or "")

    def _picture(self, address: str) -> str | None:
        """The picture itself as an address, so that the page asks for nothing."""
        picture = self.edition.pictures.get(address)
        if picture is None or not _IMAGE.fullmatch(picture.media_type):
            return None
        return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"

    def _foot(self) -> str:
        parts = (self._notes(), self._byline())
        return _lines("<footer>", *parts, "</footer>") if any(parts) else ""

    def _notes(self) -> str:
        if not self.edition.notes:
            return ""
        words = _words(self.target.language)
        notes = (f'<li dir="auto">{_text(note)}</li>' for note in self.edition.notes)
        heading = f"<h2 {_spoken(words.language)}>{words.notes}</h2>"
        return _lines('<section class="notes">', heading, "<ul>", *notes, "</ul>", "</section>")

    def _byline(self) -> str:
        if not self.edition.byline:
            return ""
        lines = (f"<p>{_text(str(line))}</p>" for line in self.edition.byline)
        return _lines(f'<div class="byline" translate="no" {_spoken(self.target.language)}>', *lines, "</div>")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A picture (an ``img``, or nothing when it is not there) and its caption, both as HTML."""

    image: str
    caption: str

    def html(self) -> str:
        """The figure; nothing when it has neither."""
        caption = self.caption
        if caption and not caption.startswith("<figcaption"):
            caption = f"<figcaption>{caption}</figcaption>"
        return _lines("<figure>", self.image, caption, "</figure>") if self.image or caption else ""


def _page(edition: Edition, layout: str, style: str) -> _Page:
    source, target = edition.languages.source, edition.languages.target
    names = (_name(source), _name(target))
    if names[0] == names[1]:
        names = (f"{names[0]} ({source})", f"{names[1]} ({target})")
    return _Page(edition, layout, style, _Side(0, "source", source, names[0]), _Side(1, "target", target, names[1]))


def _name(language: Language) -> str:
    return _for_language(_NAMES, language) or language.tag


def _words(language: Language) -> _Words:
    return _for_language(_WORDS, language) or _ENGLISH


def _for_language(table: Mapping[str, _Entry], language: Language) -> _Entry | None:
    return table.get(f"{language.primary}-{language.script}") or table.get(language.primary)


def _spoken(language: Language) -> str:
    return f'lang="{escape(language.tag)}" dir="{language.direction}"'


def _text(text: str) -> str:
    return escape(text, quote=False)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _headline(text: str, tag: str) -> str:
    return f'<{tag} class="headline">{_text(text)}</{tag}>' if text else ""


def _standfirst(text: str) -> str:
    return f'<p class="standfirst">{_text(text)}</p>' if text else ""


def _time(text: str) -> str:
    return f'<time datetime="{text}">{text}</time>' if _is_date(text) else _text(text)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    with suppress(ValueError):
        date.fromisoformat(text)
        return True
    return False


def _outlined(html: str, *, below: int) -> str:
    """The headings of a text moved under a heading of level ``below``, none skipping a level."""
    open_levels: list[int] = []

    def moved(tag: re.Match[str]) -> str:
        level = int(tag[2])
        if not tag[1]:
            open_levels[:] = [*(one for one in open_levels if one < level), level]
        return f"<{tag[1]}h{min(below + len(open_levels), 6)}>"

    return _HEADING.sub(moved, html)
