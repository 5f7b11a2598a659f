"""Placeables: what stands in a text but is no language, such as code, addresses, placeholders and Markdown marks.

A segment is inline Markdown. Marks count here as they do in CommonMark 0.31 (§6), so a ``**`` that would
be printed as two stars is text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class PlaceableKind(StrEnum):
    """What a placeable is."""

    CODE = "code"
    URL = "url"
    MAIL = "mail"
    LINK = "link"
    IMAGE = "image"
    PLACEHOLDER = "placeholder"
    HTML = "html"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strike"
    FOOTNOTE = "footnote"
    CONTROL = "control"


_WORDS = frozenset({PlaceableKind.CODE, PlaceableKind.URL, PlaceableKind.MAIL, PlaceableKind.PLACEHOLDER})


class Edge(StrEnum):
    """Whether a placeable stands alone, or opens or closes a stretch of text."""

    ALONE = "alone"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Placeable:
    """One placeable, at ``start:end`` (characters) of its text.

    Links, images and marks of emphasis are two: the one that opens, and the one that closes and holds
    the destination. Between them stands text to be translated.
    """

    kind: PlaceableKind
    text: str
    start: int
    end: int
    edge: Edge = Edge.ALONE

    @property
    def destination(self) -> str | None:
        """Where it leads: the address of a link, image, URL or mail; None for all else."""
        if self.kind in (PlaceableKind.URL, PlaceableKind.MAIL):
            return self.text.strip("<>")
        if self.kind not in (PlaceableKind.LINK, PlaceableKind.IMAGE) or self.edge is not Edge.CLOSE:
            return None
        inline = _INLINE_LINK_END.fullmatch(self.text)
        return inline["address"].strip("<>") if inline else self.text[2:-1]


@dataclass(frozen=True, slots=True)
class Protected:
    """A text with its placeables replaced by XML elements, and what they stand for.

    ``table[n - 1]`` is element ``n``: one text for an ``<x id="n"/>``, two for the ends of a
    ``<g id="n">…</g>``.
    """

    xml: str
    table: tuple[tuple[str, ...], ...]


def placeables(text: str) -> tuple[Placeable, ...]:
    """All placeables of a text, in order; none overlaps another, and pairs nest."""
    found = [match for match in _PIECE.finditer(text) if match.lastgroup]
    links = _links([match for match in found if match.lastgroup in ("opener", "closer")])
    marks = _marks([match for match in found if match.lastgroup == "mark"], links, text)
    alone = [
        Placeable(PlaceableKind(str(match.lastgroup)), match[0], match.start(), match.end())
        for match in found
        if match.lastgroup not in ("opener", "closer", "mark")
    ]
    return tuple(sorted([*alone, *links, *marks], key=lambda one: one.start))


def masked(text: str, *, words: str = " ", marks: str = " ") -> str:
    """The text with its placeables blotted out by one character each, so that positions stay.

    ``words`` stands for what is read as a word (code, addresses, placeholders), ``marks`` for the rest.
    """
    characters = list(text)
    for one in placeables(text):
        characters[one.start : one.end] = (words if one.kind in _WORDS else marks) * (one.end - one.start)
    return "".join(characters)


def protect(text: str) -> Protected:
    """Replace the placeables by ``<x id="1"/>`` and ``<g id="2">…</g>`` and escape ``&``, ``<`` and ``>``.

    The result is well-formed XML content, also where the text holds characters that XML does not know.
    """
    table: list[list[str]] = []
    opened: list[int] = []
    parts: list[str] = []
    end = 0
    for one in placeables(text):
        parts.append(html.escape(text[end : one.start], quote=False))
        end = one.end
        if one.edge is Edge.CLOSE:
            table[opened.pop() - 1].append(one.text)
            parts.append("</g>")
            continue
        table.append([one.text])
        if one.edge is Edge.OPEN:
            opened.append(len(table))
        parts.append(f'<g id="{len(table)}">' if one.edge is Edge.OPEN else f'<x id="{len(table)}"/>')
    parts.append(html.escape(text[end:], quote=False))
    return Protected("".join(parts), tuple(tuple(row) for row in table))


def restore(xml: str, table: Sequence[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Put the placeables back into what an engine returned, and say in sentences what it did to them.

    Any input is taken: an id that is not in the table is left out, a repeated one is put back each time,
    a pair of which one end is missing is left out. The text between them is always kept.
    """
    seen: list[int] = []
    unknown: list[int] = []
    parts: list[str] = []
    for piece in _paired(_pieces(xml)):
        if isinstance(piece, str):
            parts.append(_ENTITY.sub(lambda entity: html.unescape(entity[0]), piece))
            continue
        row = table[piece.id - 1] if 0 < piece.id <= len(table) else ()
        fits = len(row) == (1 if piece.edge is Edge.ALONE else 2)
        if fits:
            parts.append(row[-1] if piece.edge is Edge.CLOSE else row[0])
        if piece.edge is not Edge.CLOSE:
            (seen if fits else unknown).append(piece.id)
    return "".join(parts), tuple(_complaints(seen, unknown, table))


# How a text is taken apart. Possessive quantifiers and limits keep the time in proportion to the text,
# whatever is in it.

_MAIL = r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++"
_URL_CHARACTER = r"[A-Za-z0-9._~:/?#@!$&+,;=%-]"
_URL = (
    rf"(?:https?://|ftp://|www\.)(?:{_URL_CHARACTER}|\({_URL_CHARACTER}*+\))*"
    rf"(?:[A-Za-z0-9/=%&#+-]|\({_URL_CHARACTER}*+\))"
)
_ADDRESS = r"<[^<>\n]{0,2000}+>|(?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+"
_TITLE = r"""(?:\s++(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+"""
_INLINE_LINK_END = re.compile(rf"\]\(\s*+(?P<address>{_ADDRESS}){_TITLE}\s*+\)", re.DOTALL)
_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:"[^"]{0,2000}+"|'[^']{0,2000}+'|[^\s"'=<>`]++))?+"""
_BRACED = r"\{\{[^{}\n]{1,100}\}\}|\$?\{[A-Za-z0-9_.:!\[\]<>+-]{0,60}\}"
_PERCENT = r"(?<![\d%])%(?:\d{1,2}\$|\(\w{1,60}\))?(?:\.\d{1,2})?[sdifgx@](?![A-Za-z])"

_PIECE = re.compile(
    "|".join(
        [
            r"\\[!-/:-@\[-`{-~]",
            r"(?P<code>(?P<ticks>`++).+?(?<!`)(?P=ticks)(?!`))",
            r"`++",
            rf"(?P<url><[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*+>|(?<![A-Za-z0-9]){_URL})",
            rf"(?P<mail><{_MAIL}>|(?<![A-Za-z0-9]){_MAIL})",
            rf"(?P<html></?[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?>|<!--.{{0,2000}}?-->)",
            r"(?P<footnote>\[\^[^\]\s]{1,50}\])",
            rf"(?P<closer>{_INLINE_LINK_END.pattern}|\]\[[A-Za-z0-9_.-]{{1,60}}\]|\])",
            r"(?P<opener>!?\[)",
            rf"(?P<placeholder>{_BRACED}|{_PERCENT})",
            r"(?P<mark>\*++|_++|~++)",
            r"(?P<control>[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])",
        ]
    ),
    re.DOTALL,
)


def _links(brackets: Sequence[re.Match[str]]) -> list[Placeable]:
    """Links and images; there is no link within a link (CommonMark §6.3)."""
    found: list[Placeable] = []
    open_: list[re.Match[str]] = []
    for bracket in brackets:
        if bracket.lastgroup == "opener":
            open_.append(bracket)
            continue
        if not open_:
            continue
        opener = open_.pop()
        if bracket[0] == "]":
            continue
        kind = PlaceableKind.IMAGE if opener[0] == "![" else PlaceableKind.LINK
        found.append(Placeable(kind, opener[0], opener.start(), opener.end(), Edge.OPEN))
        found.append(Placeable(kind, bracket[0], bracket.start(), bracket.end(), Edge.CLOSE))
        if kind is PlaceableKind.LINK:
            open_ = [one for one in open_ if one[0] == "!["]
    return found


@dataclass(slots=True)
class _Run:
    """A run of the same mark: what is left of it, and whether it can open or close emphasis."""

    mark: str
    length: int
    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def left(self) -> int:
        return self.end - self.start

    def pairs_with(self, opener: _Run) -> bool:
        """CommonMark §6.2, rules 9 and 10 (multiples of three); strike-through is two tildes on both sides."""
        if opener.mark != self.mark:
            return False
        if self.mark == "~":
            return opener.left == self.left == 2
        both_ways = self.opens or opener.closes
        return not (both_ways and (self.length + opener.length) % 3 == 0 and (self.length % 3 or opener.length % 3))


@dataclass(slots=True)
class _Openers:
    """The runs that may still be closed, and how far down it is known to be useless to look for each kind."""

    runs: list[_Run] = field(default_factory=list)
    floors: dict[tuple[str, bool, int], int] = field(default_factory=dict)
    bottoms: list[int] = field(default_factory=lambda: [0])

    def cut(self, length: int) -> None:
        del self.runs[length:]
        self.floors = {kind: min(floor, length) for kind, floor in self.floors.items()}

    def partner(self, closer: _Run) -> int | None:
        """The index of the nearest run that this one closes."""
        kind = (closer.mark, closer.opens, closer.length % 3)
        floor = max(self.floors.get(kind, 0), self.bottoms[-1])
        for index in range(len(self.runs) - 1, floor - 1, -1):
            if closer.pairs_with(self.runs[index]):
                return index
        self.floors[kind] = len(self.runs)
        return None


def _marks(marks: Sequence[re.Match[str]], links: Sequence[Placeable], text: str) -> list[Placeable]:
    """Emphasis, strong emphasis and strike-through; none crosses the border of a link's text."""
    found: list[Placeable] = []
    openers = _Openers()
    steps: list[_Run | Placeable] = [*(_run(match, text) for match in marks), *links]
    for one in sorted(steps, key=lambda one: one.start):
        if isinstance(one, _Run):
            found.extend(_closed(one, openers))
        elif one.edge is Edge.OPEN:
            openers.bottoms.append(len(openers.runs))
        else:
            openers.cut(openers.bottoms.pop())
    return found


def _run(match: re.Match[str], text: str) -> _Run:
    """A run of marks with its flanks (CommonMark §6.2)."""
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    space_before, space_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    inside = match[0][0] == "_"
    opens = left and (not inside or not right or sign_before)
    closes = right and (not inside or not left or sign_after)
    return _Run(match[0][0], len(match[0]), match.start(), match.end(), opens, closes)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _closed(run: _Run, openers: _Openers) -> Iterator[Placeable]:
    """What the run closes; what is left of it may open."""
    while run.closes and run.left:
        index = openers.partner(run)
        if index is None:
            break
        opener = openers.runs[index]
        yield from _pair(opener, run)
        openers.cut(index + 1 if opener.left else index)
    if run.opens and run.left:
        openers.runs.append(run)


def _pair(opener: _Run, closer: _Run) -> Iterator[Placeable]:
    size = 2 if min(opener.left, closer.left) >= 2 else 1
    kind = PlaceableKind.STRONG if size == 2 else PlaceableKind.EMPHASIS
    if closer.mark == "~":
        kind = PlaceableKind.STRIKE
    opener.end -= size
    yield Placeable(kind, opener.mark * size, opener.end, opener.end + size, Edge.OPEN)
    yield Placeable(kind, closer.mark * size, closer.start, closer.start + size, Edge.CLOSE)
    closer.start += size


# How an engine's answer is taken apart: leniently, since engines rewrite what they do not understand.

_TAG = re.compile(
    r"""<(?P<name>[xg])\s++id\s*+=\s*+["']?(?P<id>\d{1,6})["']?\s*+(?P<empty>/?)\s*+>|</\s*+(?P<end>[xg])\s*+>""",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


@dataclass(frozen=True, slots=True)
class _Element:
    """An element, or one end of one, in an engine's answer; id 0 is an end without a beginning."""

    id: int
    edge: Edge


def _pieces(xml: str) -> Iterator[str | _Element]:
    """Texts and elements in turn, every end given the id of the beginning it belongs to."""
    opened: list[int] = []
    end = 0
    for tag in _TAG.finditer(xml):
        yield xml[end : tag.start()]
        end = tag.end()
        if tag["end"]:
            if tag["end"] in "gG":
                yield _Element(opened.pop() if opened else 0, Edge.CLOSE)
        elif tag["name"] in "xX":
            yield _Element(int(tag["id"]), Edge.ALONE)
        elif not tag["empty"]:
            opened.append(int(tag["id"]))
            yield _Element(int(tag["id"]), Edge.OPEN)
    yield xml[end:]


def _paired(pieces: Iterator[str | _Element]) -> Iterator[str | _Element]:
    """The pieces without elements of which one end is missing."""
    kept: list[str | _Element | None] = []
    opened: list[int] = []
    for piece in pieces:
        kept.append(piece)
        if isinstance(piece, str) or piece.edge is Edge.ALONE:
            continue
        if piece.edge is Edge.OPEN:
            opened.append(len(kept) - 1)
        elif opened:
            opened.pop()
        else:
            kept[-1] = None
    for index in opened:
        kept[index] = None
    return (piece for piece in kept if piece is not None)


def _complaints(seen: Sequence[int], unknown: Sequence[int], table: Sequence[tuple[str, ...]]) -> Iterator[str]:
    times = Counter(seen)
    for number, row in enumerate(table, start=1):
        if not times[number]:
            yield f"The draft has lost {'…'.join(row)!r}."
        elif times[number] > 1:
            yield f"The draft has {'…'.join(row)!r} {times[number]} times."
    if unknown:
        yield f"The draft held marks that were never sent, left out here: {', '.join(map(str, unknown))}."
