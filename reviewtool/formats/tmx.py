"""Translation memories in TMX, versions 1.1 to 1.4b (LISA OSCAR, 2005), read as a stream and written.

Codes of the original format are taken off, because they are not of our Markdown: what ``<hi>`` surrounds
stays, and of ``<bpt> <ept> <it> <ph> <ut>`` what is neither a tag nor RTF, such as ``{name}`` or ``**``.
Nothing outside the file is ever read: a bare DOCTYPE is passed over, one with declarations is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from reviewtool.errors import InputError
from reviewtool.model.language import Language

MAX_BYTES = 100 * 1024 * 1024
"""The largest file that is read."""

_DEEPEST = 40
_CHUNK = 256 * 1024
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_FOREIGN_CODE = re.compile(r"\s*(<.*>|[{}]?\\.*|[{}])\s*", re.DOTALL)
_LINE_BREAK = re.compile(r"\s*<br\b.*", re.DOTALL | re.IGNORECASE)
_BEFORE = frozenset({"x-context-pre", "prev"})
_AFTER = frozenset({"x-context-post", "next"})
_WRAPPED = re.compile(r"</?seg>")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Variant:
    """The text of a translation unit in one language, with its neighbours in that language where known."""

    language: Language
    text: str
    before: str = ""
    after: str = ""


def read(data: bytes, name: str) -> Iterator[tuple[Variant, ...]]:
    """The translation units of a file, each with all its languages, in the file's order.

    The encoding is told by a byte order mark or the XML declaration. Variants without text, or in what is
    no language tag, are left out. Raises InputError with ``name`` and the line, also after units were given.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than the limit of {MAX_BYTES:,} bytes; split it.")
    document = _Document(name)
    for start in range(0, len(data), _CHUNK):
        yield from document.feed(data[start : start + _CHUNK])
    yield from document.feed(b"", is_last=True)


def write(units: Iterable[tuple[Variant, ...]], source: Language) -> bytes:
    """A TMX 1.4 file in UTF-8 of these units; InputError for a character that XML cannot hold."""
    tool = 'creationtool="reviewtool" creationtoolversion="1" o-tmf="reviewtool"'
    kind = f'adminlang="en" srclang={quoteattr(source.tag)} segtype="sentence" datatype="plaintext"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f"<header {tool} {kind}/>",
        "<body>",
        *(f"<tu>{''.join(_tuv(variant) for variant in unit)}</tu>" for unit in units),
        "</body>",
        "</tmx>",
        "",
    ]
    return "\n".join(lines).encode()


def _tuv(variant: Variant) -> str:
    props = "".join(
        f'<prop type="{kind}">{_escaped(text)}</prop>'
        for kind, text in (("x-context-pre", variant.before), ("x-context-post", variant.after))
        if text
    )
    return f"<tuv xml:lang={quoteattr(variant.language.tag)}>{props}<seg>{_escaped(variant.text)}</seg></tuv>"


def _escaped(text: str) -> str:
    bad = _NO_XML.search(text)
    if bad:
        raise InputError(f"TMX cannot hold the character U+{ord(bad[0]):04X} of {text[:40]!a}; take it out.")
    return escape(text, {"\r": "&#13;"})


class _Document:
    """What has been understood of a file so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._done: list[tuple[Variant, ...]] = []
        self._source = ""
        self._unit = _Unit("")
        self._prop = ""
        self._text: list[str] = []
        self._code: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.SkippedEntityHandler = self._entity

    def feed(self, data: bytes, *, is_last: bool = False) -> list[tuple[Variant, ...]]:
        """Take in the next bytes and give the units they complete."""
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as error:
            self._refuse(f"it is no well-formed XML ({expat.ErrorString(error.code)})", error.lineno)
        except (LookupError, ValueError):
            self._refuse("its encoding is not supported; save it as UTF-8")
        done, self._done = self._done, []
        return done

    def _refuse(self, reason: str, line: int | None = None) -> NoReturn:
        at = self._parser.CurrentLineNumber if line is None else line
        raise InputError(f"{self._name}, line {at}: {reason}.")

    def _doctype(self, _root: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        if has_declarations:
            self._refuse("it declares entities or elements of its own, which is not allowed; remove them")

    def _entity(self, entity: str, _is_parameter: bool) -> None:
        self._refuse(f"the entity {entity!a} is not known; write the character itself")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if not self._path and element != "tmx":
            self._refuse(f"it is no TMX file: it begins with {element[:40]!a}")
        self._path.append(element)
        match element:
            case "header":
                self._source = attributes.get("srclang", "")
            case "tu":
                self._unit = _Unit(attributes.get("srclang", self._source))
            case "tuv":
                self._unit.open(self._language(attributes))
            case "seg":
                self._text = []
            case "prop":
                self._prop, self._text = attributes.get("type", "").lower(), []
            case _ if element in _CODES:
                self._code = []
        if len(self._path) > _DEEPEST:
            self._refuse(f"its elements are nested deeper than {_DEEPEST}")

    def _language(self, attributes: dict[str, str]) -> str:
        tag = attributes.get("xml:lang") or attributes.get("lang")
        if tag is None:
            self._refuse("a <tuv> does not say its language; give it xml:lang")
        return tag

    def _end(self, element: str) -> None:
        match element:
            case "tu":
                self._done.append(self._unit.variants())
            case "seg":
                self._unit.say("".join(self._text))
            case "prop":
                self._unit.note(self._prop, "".join(self._text))
            case _ if element in _CODES:
                self._text.append(_native("".join(self._code)))
        self._path.pop()

    def _characters(self, text: str) -> None:
        if self._path[-1] in _CODES:
            self._code.append(text)
        elif self._path[-1] in {"seg", "prop", "hi"} and not _CODES.intersection(self._path):
            self._text.append(text)


class _Unit:
    """One ``<tu>`` while it is read: a note before its first ``<tuv>`` is about its source language."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._context = {"before": "", "after": ""}
        self._languages: list[str] = []
        self._texts: list[str] = []
        self._contexts: list[dict[str, str]] = []

    def open(self, language: str) -> None:
        self._languages.append(language)
        self._texts.append("")
        self._contexts.append({})

    def say(self, text: str) -> None:
        if self._texts:
            self._texts[-1] = text.strip()

    def note(self, kind: str, text: str) -> None:
        context = self._contexts[-1] if self._contexts else self._context
        if kind in _BEFORE:
            context["before"] = _WRAPPED.sub("", text).strip()
        if kind in _AFTER:
            context["after"] = _WRAPPED.sub("", text).strip()

    def variants(self) -> tuple[Variant, ...]:
        source = self._source_row()
        found = []
        for row, (tag, text) in enumerate(zip(self._languages, self._texts, strict=True)):
            language = _language(tag)
            if language and text:
                known = {**(self._context if row == source else {}), **self._contexts[row]}
                found.append(Variant(language, text, **known))
        return tuple(found)

    def _source_row(self) -> int:
        tags = [tag.lower() for tag in self._languages]
        return tags.index(self._source.lower()) if self._source.lower() in tags else 0


def _native(code: str) -> str:
    """What is kept of a code of the original format: nothing of a tag or of RTF, a space for a line break."""
    if _LINE_BREAK.fullmatch(code):
        return " "
    return "" if _FOREIGN_CODE.fullmatch(code) else code


@lru_cache
def _language(tag: str) -> Language | None:
    try:
        return Language.parse(tag)
    except InputError:
        return None
