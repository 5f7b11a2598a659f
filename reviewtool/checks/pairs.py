"""Brackets and quotation marks that have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from reviewtool.checks.comparison import is_translated
from reviewtool.checks.options import refuse
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.language import Language
from reviewtool.model.markup import masked
from reviewtool.plugins.protocols import CheckContext, CheckedSegment


class _Family(Enum):
    """Signs that may take each other's place in translation."""

    BRACKET = "bracket"
    QUOTE = "quotation mark"


_CLOSERS = {
    "(": ")", "（": "）", "[": "]", "［": "］", "{": "}", "｛": "｝", "【": "】", "〔": "〕",
    "《": "》", "〈": "〉", "「": "」", "『": "』", "“": "”", "‘": "’",
}  # fmt: skip
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_QUOTES = frozenset('「」『』“”‘’"')
_WIDE = {"(": "（", ")": "）", "[": "［", "]": "］", "{": "｛", "}": "｝"}
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}
_BRACKETS = frozenset(_WIDE) | frozenset(_NARROW)
_CURLY = frozenset({"en", "zh", "ja", "ko"})
_ENUMERATION = re.compile(r"(?:^|\s|[，。；、,;])\w{1,3}$")
_EMOTICON = re.compile(r"[:;=]-?$")


@dataclass(frozen=True, slots=True)
class _Sign:
    """One bracket or quotation mark without a partner, and whether it opens; straight quotes do both."""

    character: str
    place: int
    opens: bool

    @property
    def family(self) -> _Family:
        return _Family.QUOTE if self.character in _QUOTES else _Family.BRACKET


@dataclass(slots=True)
class _Reading:
    """What was met on the way through a text."""

    text: str
    open: dict[str, list[_Sign]] = field(default_factory=dict)
    alone: list[_Sign] = field(default_factory=list)
    mixed: list[tuple[_Sign, _Sign]] = field(default_factory=list)

    def stack(self, opener: str) -> list[_Sign]:
        """The signs of this kind that are open; both widths of a bracket are one kind."""
        return self.open.setdefault(_NARROW.get(opener, opener), [])


class Pairs:
    """Brackets and quotation marks without a partner, and brackets of two widths in one pair."""

    name = "pairs"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """Warnings; a family of signs that is unpaired in the source too, as in a long quotation, is left alone."""
        if not is_translated(segment):
            return
        source, target = _read(segment.source), _read(segment.target)
        excused = {sign.family for sign in source.alone}
        if not {context.languages.source.primary, context.languages.target.primary} <= _CURLY:
            excused.add(_Family.QUOTE)
        for sign in target.alone:
            if sign.family not in excused:
                yield self._unpaired(sign)
        for opener, closer in target.mixed:
            yield self._mixed(opener, closer, segment.target, context.languages.target)

    def _unpaired(self, sign: _Sign) -> Finding:
        what = f"{sign.family.value} {sign.character}"
        message = f"This {what} is never closed." if sign.opens else f"This {what} was never opened."
        return Finding(self.name, Severity.WARNING, message, None, (sign.place, sign.place + 1))

    def _mixed(self, opener: _Sign, closer: _Sign, target: str, language: Language) -> Finding:
        forms = _NARROW if language.spaced else _WIDE
        characters = list(target)
        for sign in (opener, closer):
            characters[sign.place] = forms.get(sign.character, sign.character)
        message = f"The bracket {opener.character} is closed by {closer.character}."
        span = (opener.place, closer.place + 1)
        return Finding(self.name, Severity.WARNING, message, None, span, "".join(characters))


def _read(text: str) -> _Reading:
    reading = _Reading(masked(text))
    for place, character in enumerate(reading.text):
        if character == '"':
            _straight(reading, place)
        elif character in _CLOSERS and not _is_no_opener(reading.text, place):
            reading.stack(character).append(_Sign(character, place, opens=True))
        elif character in _OPENERS:
            _close(reading, _Sign(character, place, opens=False))
    for signs in reading.open.values():
        reading.alone.extend(signs)
    if re.search(r'\d"', reading.text):  # inches or seconds
        reading.alone = [sign for sign in reading.alone if sign.character != '"']
    reading.alone.sort(key=lambda sign: sign.place)
    return reading


def _close(reading: _Reading, closer: _Sign) -> None:
    if _is_within_word(reading.text, closer.place):
        return
    signs = reading.stack(_OPENERS[closer.character])
    if not signs and closer.character == "”":
        signs = reading.stack('"')
    if not signs:
        if not _is_no_closer(reading.text, closer.place):
            reading.alone.append(closer)
        return
    opener = signs.pop()
    if opener.character in _BRACKETS and _CLOSERS[opener.character] != closer.character:
        reading.mixed.append((opener, closer))


def _straight(reading: _Reading, place: int) -> None:
    """A straight quotation mark closes whatever is open, a curly one too, or else opens."""
    signs = reading.stack('"') or reading.stack("“")
    if signs:
        signs.pop()
        return
    reading.stack('"').append(_Sign('"', place, opens=True))


def _is_no_opener(text: str, place: int) -> bool:
    """Whether an opener is the mouth of an emoticon, or an apostrophe turned the wrong way (‘90s)."""
    if text[place] == "‘":
        return text[place + 1 : place + 2].isdigit()
    return text[place] == "(" and _EMOTICON.search(text[max(0, place - 2) : place]) is not None


def _is_within_word(text: str, place: int) -> bool:
    """Whether a closing single quotation mark is the apostrophe of "city’s"."""
    return text[place] == "’" and _is_latin(text[place - 1 : place]) and _is_latin(text[place + 1 : place + 2])


def _is_no_closer(text: str, place: int) -> bool:
    """Whether a closer without an opener is an apostrophe, the end of an enumerator ("a)"), or an emoticon's mouth."""
    before, after = text[max(0, place - 4) : place], text[place + 1 : place + 2]
    if text[place] == "’":
        return _is_latin(before[-1:]) or _is_latin(after)
    return text[place] in ")）" and bool(_ENUMERATION.search(before) or _EMOTICON.search(before))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
