"""Where a text falls into sentences.

The cuts are those of sentencex, repaired where the house knows better: Latin abbreviations in Chinese and
Japanese text, a quotation that goes on with who said it, a sentence that begins with a figure after a full-width
stop, and the Chinese ellipsis that ends a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate, pairwise

import sentencex

from reviewtool.model.language import Language

_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[\w#$%&*+,./:;=?@~!-]*[\w/]", re.ASCII)
_CLOSERS = "”’」』）】》〉\"')]"
_OPENERS = "“‘「『（【《〈"
_QUOTE_END = re.compile(r"[”’」』\"']\s*$")
_ELLIPSIS = re.compile(rf"……[{re.escape(_CLOSERS)}]*")
_BEFORE_FIGURE = re.compile(r"[。！？](?=[0-9０-９])")
_HESITATION = 6
_NEAR = 200
_SAID = re.compile(r"[^，。！？；：、“”「」\s]{0,12}(?:说|道|表示|指出|强调|介绍|称|問|问|答|說|稱|強調|介紹)[。！？]")
_QUOTE_GOES_ON = re.compile(r"と(?!ころ|はいえ|にかく|もあれ|りわけ)|って|など|[をが]|は(?!い|じ)|に(?!も)|の(?!ち)")


def split(text: str, language: Language) -> list[tuple[int, int]]:
    """The sentences of a text as ``start, end`` in characters, in order.

    Together they hold every character but the white space around them. Closing quotes and brackets stay
    with their sentence; nothing is cut inside an address of the web.
    """
    plain = _ADDRESS.sub(lambda found: "x" * len(found[0]), text)
    cuts = sorted({cut for cut in _cuts(plain, language) if 0 < cut < len(text)})
    spans = (_trimmed(text, start, end) for start, end in pairwise([0, *cuts, len(text)]))
    return [(start, end) for start, end in spans if start < end]


def _cuts(text: str, language: Language) -> Iterator[int]:
    latin = set() if language.spaced else set(_ends("en", _latin(text)))
    for cut in _ends(language.primary, text):
        before, after = text[max(0, cut - _NEAR) : cut], text[cut : cut + _NEAR]
        if before.rstrip().endswith(".") and not language.spaced:
            goes_on = cut not in latin
        else:
            goes_on = _goes_on(before, after, language)
        if not goes_on:
            yield cut
    if not language.spaced:
        yield from _before_figures(text)
    if language.primary in {"zh", "yue"}:
        yield from _ellipses(text)


def _ends(language: str, text: str) -> Iterator[int]:
    return accumulate(len(piece) for piece in sentencex.segment(language, text))


def _latin(text: str) -> str:
    """The text with blanks for everything in wide characters, so that English abbreviations are seen as such."""
    return "".join(" " if _wide(char) else char for char in text)


def _goes_on(before: str, after: str, language: Language) -> bool:
    """Whether the sentence goes on across a cut that sentencex makes."""
    if language.spaced:
        return not (before[-1:].isspace() or after[:1].isspace() or _wide(before[-1:]))
    if not _QUOTE_END.search(before):
        return False
    goes_on = _QUOTE_GOES_ON if language.primary == "ja" else _SAID
    return goes_on.match(after) is not None


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def _before_figures(text: str) -> Iterator[int]:
    """After each full-width stop before a figure, outside of open quotes: sentencex takes it for a decimal point."""
    for found in _BEFORE_FIGURE.finditer(text):
        if not _open(text[max(0, found.start() - _NEAR) : found.start()]):
            yield found.end()


def _ellipses(text: str) -> Iterator[int]:
    """After each ``……`` that ends a sentence: no hesitation, no list, and outside of open quotes."""
    for found in _ELLIPSIS.finditer(text):
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + 1]
        clause = re.split(r"[，；：。！？\s]", before)[-1]
        hesitates = len(clause) < _HESITATION or clause[-1] == after
        continues = not after or after in "，。、！？；：…等" + _CLOSERS
        if not (hesitates or continues or "、" in clause or _open(before + found[0])):
            yield found.end()


def _open(text: str) -> bool:
    """Whether a quote or bracket is still open at the end of the text."""
    return sum(text.count(char) for char in _OPENERS) > sum(text.count(char) for char in "”’」』）】》〉")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
