"""Lines of a text in a column of cells, broken as readers of its scripts expect.

The rules are those of UAX #14 that prose needs, made stricter for Chinese, Japanese and Korean (CLREQ,
JIS X 4051, KLREQ): no line starts with closing punctuation, small kana or an iteration mark, none ends with an
opening bracket, Hangul breaks at spaces only. Widths are those that Textual paints with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len
from wcwidth import iter_graphemes

_MEMBERS = {
    "S": " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000",  # spaces
    "G": "\u00a0\u2007\u2011\u202f",  # what holds both sides together
    "O": "（「『【《〈〔〖〘〚［｛｟｢〝",  # East Asian opening brackets
    "o": "([{⟨„‚¿¡",  # others
    "U": "“‘",  # opening quotes; in German they close
    "C": "）」』】》〉〕〗〙〛］｝｠｣〞〟。．｡，、､：；？！…‥·・･～〜％‰℃℉°′″￠",  # East Asian closing punctuation
    "c": ")]}⟩,.:;!?%/~،؛؟।॥¢",  # other
    "V": "”’",  # closing quotes; in Swedish they open, and one is the apostrophe
    "N": "々〻ーｰゝゞヽヾ゛゜ﾞﾟぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ",
    "P": "$£€¥₩￥＄￡￦+＋−－±#№",  # what stands before a number
    "E": "—―⸺",  # dashes
    "Y": "-‐–",  # hyphens
    "Q": "\"'`*_«»‹›",  # quotes and marks that open and close alike
}
"""The classes of characters by their letters; D are digits, K Hangul, H other East Asian characters, L the rest."""

_BREAKS = {
    "S": "HDLKOoUPEYQcV",
    "H": "HDLOoUPE",
    "N": "HDLOoUPE",
    "C": "HDLOoUPE",
    "E": "HDLOoUP",
    "V": "HOoU",
    "c": "HOU",
    "D": "HO",
    "L": "HO",
    "Y": "HL",
    "K": "",
    "O": "",
    "o": "",
    "U": "",
    "P": "",
    "Q": "",
    "G": "",
}
"""After which class a line may end, and before which the next may start then."""

_NEVER_FIRST = "SCcVN"
_NEVER_LAST = "OoU"
_SCALES = "万萬亿億兆千百十多余餘几"
_UNITS = "万萬亿億兆千百十多余餘元円圆圓年月日号號时時点點分秒"
"""What belongs to a number in digits before it: ``12亿元``, ``3月``."""

_KNOWN = 20_000
"""How many characters the tables remember."""


class _Classes(dict[str, str]):
    """The class of each character, found when it is first met."""

    def __missing__(self, character: str) -> str:
        if len(self) > _KNOWN:
            self.clear()
            self.update(_LISTED)
        found = self[character] = _class(character)
        return found


class _Widths(dict[str, int]):
    """The cells of each character that stands alone; KeyError for one that may join others in a cluster."""

    def __missing__(self, character: str) -> int:
        if _joins(character):
            raise KeyError(character)
        if len(self) > _KNOWN:
            self.clear()
        width = self[character] = cell_len(character)
        return width


def _class(character: str) -> str:
    if character.isdecimal():
        return "D"
    code = ord(character)
    if 0xAC00 <= code <= 0xD7FF or 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F or 0xA960 <= code <= 0xA97F:
        return "K"
    if 0xFF21 <= code <= 0xFF5A:  # fullwidth Latin letters
        return "L"
    return "H" if cell_len(character) == 2 or 0xFF66 <= code <= 0xFF9D or 0x1F1E6 <= code <= 0x1F1FF else "L"


def _joins(character: str) -> bool:
    """Whether it makes one grapheme cluster (UAX #29) with a Hangul syllable or with itself, or has no width."""
    return not cell_len(character) or sum(1 for _ in iter_graphemes(f"가{character}{character}가")) < 4


_LISTED = {character: name for name, members in _MEMBERS.items() for character in members}
_CLASSES = _Classes(_LISTED)
_WIDTHS = _Widths()


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """The lines of a text in so many cells, each as ``start, end`` in characters; at least one.

    Spaces at which a line is broken belong to no line. Only a grapheme cluster that is wider than the column
    makes a line wider than it.
    """
    if "\n" not in text:
        return _wrapped(text, max(1, width))
    lines: list[tuple[int, int]] = []
    offset = 0
    for paragraph in text.split("\n"):
        lines.extend((offset + start, offset + end) for start, end in _wrapped(paragraph, max(1, width)))
        offset += len(paragraph) + 1
    return lines


def inside_clusters(text: str) -> frozenset[int]:
    """The places in a text that are inside a grapheme cluster, where nothing may be cut."""
    if text.isascii():
        return frozenset()
    try:
        sum(map(_WIDTHS.__getitem__, text))
    except KeyError:
        return _inside(list(iter_graphemes(text)))
    return frozenset()


def _wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """The lines of a text without line ends."""
    size = len(text)
    if size * 2 <= width:
        return [(0, size)]
    if text.isascii():
        return _filled(text, range(size + 1), frozenset(), width)
    try:
        return _filled(text, list(accumulate(map(_WIDTHS.__getitem__, text), initial=0)), frozenset(), width)
    except KeyError:
        clusters = list(iter_graphemes(text))
    bases = "".join(_base(cluster) * len(cluster) for cluster in clusters)
    widths = (cell for cluster in clusters for cell in (cell_len(cluster), *(0,) * (len(cluster) - 1)))
    return _filled(bases, list(accumulate(widths, initial=0)), _inside(clusters), width)


def _base(cluster: str) -> str:
    """What a cluster counts as at the ends of lines; a space that bears an accent is no space."""
    return "\u00a0" if len(cluster) > 1 and _CLASSES[cluster[0]] == "S" else cluster[0]


def _inside(clusters: list[str]) -> frozenset[int]:
    ends = list(accumulate(map(len, clusters), initial=0))
    return frozenset(range(ends[-1])).difference(ends)


def _filled(text: str, cells: Sequence[int], inside: frozenset[int], width: int) -> list[tuple[int, int]]:
    """As much on each line as fits; ``cells[i]`` is the width of ``text[:i]``."""
    lines: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while cells[size] - cells[start] > width:
        limit = bisect_right(cells, cells[start] + width) - 1
        if limit == start:
            limit = bisect_right(cells, cells[start + 1]) - 1
        end, following = _line(text, start, limit, inside)
        lines.append((start, end))
        start = following
        if start == size:
            return lines
    lines.append((start, size))
    return lines


def _line(text: str, start: int, limit: int, inside: frozenset[int]) -> tuple[int, int]:
    """Where the line from ``start`` ends that has room up to ``limit``, and where the next one starts."""
    following = _past_spaces(text, limit)
    if following == len(text):
        return limit, following
    if place := _last_break(text, start, limit, following, inside):
        return _without_spaces(text, start, place), place
    for place in range(limit, start, -1):
        if place not in inside and _may_cut(text, place):
            return place, place
    return limit, following


def _last_break(text: str, start: int, limit: int, following: int, inside: frozenset[int]) -> int:
    """The last place where the line may be broken and is not blank then; 0 when there is none."""
    if following > limit and _may_break(text, following):
        place = following
    else:
        place = limit
        while place > start and (place in inside or not _may_break(text, place)):
            place -= 1
    return place if _without_spaces(text, start, place) > start else 0


def _past_spaces(text: str, place: int) -> int:
    while place < len(text) and _CLASSES[text[place]] == "S":
        place += 1
    return place


def _without_spaces(text: str, start: int, end: int) -> int:
    while end > start and _CLASSES[text[end - 1]] == "S":
        end -= 1
    return end


def _may_break(text: str, place: int) -> bool:
    before, after = _CLASSES[text[place - 1]], _CLASSES[text[place]]
    if after not in _BREAKS[before]:
        return False
    if before == "S":
        return _may_break_after_space(text, place, after)
    if before == "Y":
        return after != "L" or (place > 1 and text[place - 2].isalnum())
    return after != "H" or text[place] not in _UNITS or not _is_number(text, place)


def _may_break_after_space(text: str, place: int, after: str) -> bool:
    """Not behind an opening bracket, and before a closing one only where it opens a word: ``.NET``, ``’90s``."""
    last = _without_spaces(text, 0, place)
    if last and _CLASSES[text[last - 1]] in "Oo":
        return False
    return after not in "cV" or (place + 1 < len(text) and text[place + 1].isalnum())


def _is_number(text: str, place: int) -> bool:
    """Whether a number in digits, and at most its scale, ends here."""
    while place > 0 and text[place - 1] in _SCALES:
        place -= 1
    return place > 0 and _CLASSES[text[place - 1]] == "D"


def _may_cut(text: str, place: int) -> bool:
    """Whether a word that is longer than the line may be cut here."""
    before, after = _CLASSES[text[place - 1]], _CLASSES[text[place]]
    return after not in _NEVER_FIRST and before not in _NEVER_LAST and not (before == after == "E")
