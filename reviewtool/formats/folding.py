"""Makes one line of the lines of a paragraph, and hides markup from what looks for the ends of sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from reviewtool.formats.commonmark import Span, Stretch
from reviewtool.model.language import Language
from reviewtool.model.splice import joint

_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_EDGES = re.compile(r"(\W*\w?).*?(\W*)", re.DOTALL)


def folded(stretch: Stretch, shown: Collection[int], language: Language) -> tuple[Stretch, list[int]]:
    """The stretch with its line breaks folded, and for each character (and the end) its new index.

    A break becomes a space, or nothing between two characters that stand without one (CSS Text 3 §4.1.3);
    one at an index in ``shown`` is kept as a backslash and a line end.
    """
    text = ""
    places: list[tuple[int, int]] = []
    index: list[int] = []
    done = 0
    for start, end in [*(found.span() for found in _LINE_BREAK.finditer(stretch.text)), (len(stretch.text),) * 2]:
        glue = _glue(stretch.text, start, end, language, shown)
        text += stretch.text[done:start]
        index += range(len(text) - (start - done), len(text))
        index += [len(text)] * (end - start)
        text += glue
        places += stretch.places[done:start]
        places += [stretch.places[start]] * len(glue) if glue else []
        done = end
    return Stretch(text, places), [*index, len(text)]


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with its markup replaced by words of the same length, punctuation at their edges kept."""
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], _word(span.visible, span.end - span.start)]
        done = span.end
    return "".join([*pieces, text[done:]])


def _word(visible: str, length: int) -> str:
    edges = _EDGES.fullmatch(visible)
    head, tail = edges.groups() if edges else ("", "")
    filler = length - len(head) - len(tail)
    return f"{head}{'x' * filler}{tail}" if filler > 0 else "x" * length


def _glue(text: str, start: int, end: int, language: Language, shown: Collection[int]) -> str:
    if start == end:
        return ""
    if any(index in shown for index in range(start, end)):
        return "\n" if text[:start].endswith("\\") else "\\\n"
    if _stands_alone(text[start - 1 : start]) and _stands_alone(text[end : end + 1]):
        return ""
    return " " if language.spaced else joint(text[:start], text[end:], language)


def _stands_alone(char: str) -> bool:
    """Whether it is a wide character of a script without spaces; Hangul has them."""
    return bool(char) and unicodedata.east_asian_width(char) in "WF" and "HANGUL" not in unicodedata.name(char, "")
