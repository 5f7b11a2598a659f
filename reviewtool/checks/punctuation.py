"""The punctuation at the end, across scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewtool.checks.comparison import SENTENCES, is_translated
from reviewtool.checks.options import refuse
from reviewtool.model.finding import Finding, Severity
from reviewtool.model.language import Language
from reviewtool.model.markup import masked
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

_WIDE = {".": "。", "!": "！", "?": "？", ":": "：", ";": "；", ",": "，"}
_NARROW = {
    "。": ".", "．": ".", "｡": ".", "！": "!", "？": "?", "：": ":", "；": ";", "，": ",", "、": ",",
    "؟": "?", "।": ".", "۔": ".", "…": "…",
}  # fmt: skip
_SIGNS = "".join([*_WIDE, *_NARROW, *"—–-～~"])
_AFTER = " \t\n\r\u00a0\u3000”’“\"'»›«」』）)]】》〉*_"
_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", "Kore", "Hans", "Hant", "Jpan"})
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff”’」』）】》〉]")
_NAMES = {".": "a full stop", "?": "a question mark", "!": "an exclamation mark", ":": "a colon"}


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a text ends: its last signs in their ASCII form, where they stand, whether quotes or brackets follow."""

    signs: str
    start: int
    end: int
    enclosed: bool


class EndPunctuation:
    """A missing or other mark at the end, or one of the other script."""

    name = "end-punctuation"

    def __init__(self, options: Mapping[str, object]) -> None:
        refuse(self.name, options)

    def examine(self, segment: CheckedSegment, context: CheckContext) -> Iterator[Finding]:
        """At most one finding; headlines, captions, lists and tables may lack their mark."""
        target = context.languages.target
        if not is_translated(segment) or target.script not in _SCRIPTS:
            return
        ending = _ending(segment.target)
        finding = self._other_script(segment.target, ending, target)
        if finding is None and segment.kind in SENTENCES and not context.languages.monolingual:
            finding = self._compared(_ending(segment.source), ending, segment.target, target)
        if finding is not None:
            yield finding

    def _other_script(self, text: str, ending: _Ending, language: Language) -> Finding | None:
        sign, place = text[ending.start : ending.end], ending.start
        if len(sign) != 1:
            return None
        if language.spaced:
            right = _NARROW.get(sign, sign)
        else:
            right = _WIDE.get(sign, sign) if _IDEOGRAPH.match(text[place - 1 : place]) else sign
        if right == sign or sign in "．…":
            return None
        message = f"The mark at the end is {sign}; in this language it is {right}."
        fix = f"{text[:place]}{right}{text[place + 1 :]}"
        return Finding(self.name, Severity.WARNING, message, None, (place, place + 1), fix)

    def _compared(self, source: _Ending, target: _Ending, text: str, language: Language) -> Finding | None:
        wanted = _wanted(source.signs)
        if not wanted:
            return None
        if not target.signs:
            message = f"The source ends with {_NAMES[wanted]}, the translation without any mark."
            span = (target.end - 1, target.end) if target.end else None
            fix = None if source.enclosed else _closed(text, wanted, language)
            return Finding(self.name, Severity.WARNING, message, (source.start, source.end), span, fix)
        # A mark within a quotation may move into the sentence around it.
        if source.enclosed or target.enclosed or _wanted(target.signs) == wanted:
            return None
        return self._exchanged(source, target, wanted)

    def _exchanged(self, source: _Ending, target: _Ending, wanted: str) -> Finding | None:
        """A question made a statement or the reverse, or an exclamation of the translation's own."""
        given = "?" if "?" in target.signs else "!" if "!" in target.signs else ""
        spans = (source.start, source.end), (target.start, target.end)
        if wanted == "?":
            message = "The source asks a question, the translation does not end with a question mark."
            return Finding(self.name, Severity.WARNING, message, *spans)
        if not given:
            return None
        message = f"The translation ends with {_NAMES[given]}, the source with {_NAMES[wanted]}."
        return Finding(self.name, Severity.WARNING if given == "?" else Severity.INFO, message, *spans)


def _ending(text: str) -> _Ending:
    plain = masked(text, words="x")
    body = plain.rstrip(_AFTER)
    stem = body.rstrip(_SIGNS)
    signs = "".join(_NARROW.get(sign, sign) for sign in body[len(stem) :])
    enclosed = bool(plain[len(body) :].strip(" \t\n*_"))
    return _Ending(signs, len(stem), len(body), enclosed)


def _wanted(signs: str) -> str:
    """The mark a translation has to answer; empty where it is free (none, a comma, dots, a dash)."""
    if "?" in signs:
        return "?"
    if "!" in signs:
        return "!"
    return signs if signs in (".", ":") else ""


def _closed(text: str, mark: str, language: Language) -> str | None:
    """The text with its mark added; None where it is not certain to come last."""
    if not masked(text)[-1:].isalnum():
        return None
    return text + (mark if language.spaced else _WIDE[mark])
