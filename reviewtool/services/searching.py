"""Searching: one pattern, plain or regular, found in texts, and what stands there after replacing it.

Texts are compared in their NFC form, so that it does not matter how an accent or a Hangul syllable was typed,
and nothing is found that begins or ends inside of what is seen as one character.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate

import regex

from reviewtool.errors import InputError

Span = tuple[int, int]
"""A stretch of a text, in characters."""

LONGEST = 1_000
"""How long a pattern, or what replaces it, may be, in characters."""
_SECONDS = 0.5
"""The processor time of its thread that one search by a regular expression may take for all its texts."""
_SECONDS_OF_PLAIN = 10.0
"""The same for plain text, which cannot be tried in many ways."""
_MOST_PARTS = 50_000
"""The parts to which a pattern may unfold: ``(?:ab){3}`` has six. Memory is taken for each."""

_TOKEN = regex.compile(r"\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|\{(?P<few>\d*)(?P<comma>,?)(?P<many>\d*)\}|.", regex.DOTALL)
_CALL = regex.compile(r"\((?:\?(?:R|[+-]?\d+)\)|\?&|\?P>)")
_SINGLE = regex.compile(
    "[ -~\u00a0-\u02ff\u2010-\u2027\u3001-\u3029\u3031-\u3096\u309b-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*+"
)
"""A text of characters that are one each: Latin letters, punctuation, kana, Chinese characters, Hangul syllables."""
_CLUSTER = regex.compile(r"\X")


class Search:
    """A pattern, understood once; all that one search does shares its processor time.

    Args:
        pattern: what is looked for.
        is_regular: whether it is a regular expression (of the ``regex`` package), else it is plain text.
        case: whether capitals are told from small letters.

    Raises InputError for a pattern that cannot be used, with the place of what is wrong.
    """

    def __init__(self, pattern: str, *, is_regular: bool = False, case: bool = True) -> None:
        if not pattern:
            raise InputError("There is nothing to look for: the pattern is empty.")
        if len(pattern) > LONGEST:
            raise InputError(f"The pattern is longer than {LONGEST:,} characters.")
        composed = unicodedata.normalize("NFC", pattern)
        self._source = composed if is_regular else regex.escape(composed)
        self._flags = regex.V0 if case else regex.V0 | regex.IGNORECASE
        self._is_regular = is_regular
        with _explained("pattern"):
            self._pattern = _compiled(self._source, self._flags)
        self._left = _SECONDS if is_regular else _SECONDS_OF_PLAIN

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where the pattern stands in a text, in order; what is empty is nowhere. InputError when it takes too long."""
        return tuple(span for span, _ in self._found(text))

    def replaced(self, text: str, replacement: str) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
        r"""The text with ``replacement`` for each find, where the finds stood in it, and where that stands now.

        For a regular expression ``\1`` and ``\g<name>`` in it are what a group found.
        """
        pieces: list[str] = []
        before: list[Span] = []
        after: list[Span] = []
        done = length = 0
        for (start, end), match in self._found(text):
            put = match.expand(replacement) if self._is_regular else replacement
            pieces += text[done:start], put
            length += start - done + len(put)
            before.append((start, end))
            after.append((length - len(put), length))
            done = end
        return "".join((*pieces, text[done:])), tuple(before), tuple(after)

    def check(self, replacement: str) -> None:
        """InputError when this cannot be put in place of what is found, with the place of what is wrong."""
        if len(replacement) > LONGEST:
            raise InputError(f"The replacement is longer than {LONGEST:,} characters.")
        if self._is_regular:
            with _explained("replacement"):
                # A replacement is only looked at where there is a find: what follows the bar finds nothing at all.
                regex.compile(f"(?:{self._source}\n)|", self._flags).sub(replacement, "")

    def _found(self, text: str) -> Iterator[tuple[Span, regex.Match[str]]]:
        matches = self._matches(unicodedata.normalize("NFC", text))
        edges = _edges(text) if matches else {}
        for match in matches:
            start, end = match.span()
            if start < end and start in edges and end in edges:
                yield (edges[start], edges[end]), match

    def _matches(self, text: str) -> list[regex.Match[str]]:
        began = time.thread_time()
        try:
            # Other threads go on meanwhile.
            return list(self._pattern.finditer(text, timeout=max(self._left, 0.001), concurrent=True))
        except (TimeoutError, MemoryError):
            raise InputError(
                "The pattern fits these texts in too many ways to try them all: make it simpler."
            ) from None
        finally:
            self._left -= time.thread_time() - began


def _compiled(pattern: str, flags: int) -> regex.Pattern[str]:
    if any(token[0] == "(" and _CALL.match(pattern, token.start()) for token in _TOKEN.finditer(pattern)):
        raise InputError("The pattern calls a part of itself, which is not possible here.")
    if _parts(pattern) > _MOST_PARTS:
        raise InputError("The pattern repeats repetitions too often: make its numbers in braces smaller.")
    return regex.compile(pattern, flags)


def _parts(pattern: str) -> int:
    """How many parts a pattern has when its numbered repetitions are written out."""
    sizes = [0]
    last = 0
    for token in _TOKEN.finditer(pattern):
        if token[0] == "(":
            sizes.append(0)
        elif token[0] == ")" and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif token["few"] or token["many"]:
            times = max(int(token["few"] or 1), int(token["many"] or 1))
            sizes[-1] += last * (times - 1)
            last *= times
        else:
            last = 1
            sizes[-1] += last
    return sum(sizes)


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Turn what the library says of a pattern or replacement into one sentence."""
    try:
        yield
    except regex.error as error:
        place: int | None = error.pos  # type: ignore[attr-defined]
        where = "" if place is None else f" at character {place + 1}"
        raise InputError(f"The {what} is no regular expression: {error.msg}{where}.") from error  # type: ignore[attr-defined]
    except IndexError as error:
        raise InputError(f"The {what} names a group that the pattern does not have.") from error
    except RecursionError as error:
        raise InputError(f"The {what} has too many brackets in each other.") from error


def _edges(text: str) -> Mapping[int, int] | range:
    """The places between what is seen as characters: from those of the NFC form to those of the text."""
    if _SINGLE.fullmatch(text):
        return range(len(text) + 1)
    parts = _CLUSTER.findall(text)
    composed = (len(unicodedata.normalize("NFC", part)) for part in parts)
    return dict(zip(accumulate(composed, initial=0), accumulate(map(len, parts), initial=0), strict=True))
