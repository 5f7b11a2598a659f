"""Pasted stories: the plain text of a news page made the Markdown of an article, no word of it changed.

A page gives a headline, perhaps a dateline and credits, and paragraphs a line each. The headline, the dateline
and the article's own credits go to the front matter, and paragraphs get their empty lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

from reviewtool.model.byline import CREDITS, credit_line, default_label
from reviewtool.model.language import Language
from reviewtool.model.policy import Role
from reviewtool.model.splice import yaml_text

_OPENING = re.compile(r"\ufeff?---[ \t]*(\r\n|\r|\n)")
_BLANKS = " \t\u00a0\u200b\u3000\ufeff"
_PLAIN = re.compile(r"\w[\w ,.，。、！？；（）《》“”·…-]*")
"""A value that YAML reads as it stands."""

_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s|```|~~~|!\[[^\]]*\]\(|\|?[ :]*-+[ :]*\|[ :|-]*$)")
"""What begins a line that nobody writes but in Markdown: heading, fence, picture, the line below a table's head."""
_MARKS = tuple(re.compile(mark) for mark in (r"(?:[-*+]|\d{1,9}[.)])[ \t]", r">", r"\|"))
"""What begins lines that belong to the one before: items of a list, a quote, rows of a table."""
_ITEM = re.compile(r"[-*+]\s|\d{1,9}\\?[.)]\s|[>|]")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s)")
_UNDERLINE = re.compile(r"={3,}")

_NO_HEADLINE = re.compile(r"(?:(?<![A-Z])\.|[。．｡;；:：,，、])$")
"""The end of a sentence, or of a part of one."""
_WIDEST_HEADLINE = 160
_SENTENCE_END = re.compile(r"[.!?。！？…｡．:：;；][”’」』）】》〉\"')\]]*$")
_WRAPPED = range(40, 101)
"""How wide, in columns, the lines of a text are that some program has wrapped."""
_FEWEST_WRAPPED = 3

_NO_NAME = re.compile(r"[。！？!?；;|丨｜│︱]|\d{4}")
_LONGEST_NAME = 40
_LANGUAGES = tuple(map(Language, ("en", "zh-Hans", "zh-Hant", "ja", "ko")))
_OTHER_LABELS = {"by": "author", "reporter": "author", "图": "photo", "文": "author"} | dict.fromkeys(
    ("记者", "記者", "기자"), "author"
)

_LONGEST_DATELINE = 80
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_DAYS = (
    r"(?P<y>\d{4})(?P<cut>[-/.])(?P<m>\d{1,2})(?P=cut)(?P<d>\d{1,2})",
    r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
    r"(?P<y>\d{4})\s*년\s*(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일",
    r"(?P<y>\d{4})\.\s(?P<m>\d{1,2})\.\s(?P<d>\d{1,2})\.?",
    rf"{_MONTH}\s(?P<d>\d{{1,2}}),?\s(?P<y>\d{{4}})",
    rf"(?P<d>\d{{1,2}})\s{_MONTH},?\s(?P<y>\d{{4}})",
)
_PLACE = r"(?P<place>[^\d。！？!?；;]{0,40}?)"
_TIME = (
    r"(?:[上下]午|오[전후]|午[前後]|at)?\s*\d{1,2}\s*[:：时時시]\s*\d{1,2}(?:[:：]\d{2}|\s*[分분])?"
    r"(?:\s*[ap]\.?m\.?)?"
)
_ZONE = r"[(（]?[A-Z]{2,4}(?:[+-]\d{1,2})?[)）]?"
_DATELINES = tuple(re.compile(rf"{_PLACE}\s*{day}(?:[\sT,，]*{_TIME}(?:\s*{_ZONE})?)?", re.IGNORECASE) for day in _DAYS)
_PROSE = re.compile(r"(?<![\w'’])(?!at\b|on\b|of\b)[a-z]")
"""A word without a capital: what stands before the day is no name of a place."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted text as Markdown; ``left_out`` are lines that name who signs a pass, which no text can say."""

    text: str
    left_out: tuple[str, ...] = ()


def read(text: str) -> Pasted:
    """The text as an article's Markdown; one that begins with front matter stays as it is.

    A body that is Markdown already keeps its lines. Reading what was read changes nothing.
    """
    if _OPENING.match(text):
        return Pasted(text)
    lines = text.removeprefix("\ufeff").splitlines()
    around = _Around()
    body = _body(around.taken_from(lines))
    front = "\n".join(("---", *around.front_matter(), "---")) if any(around.front_matter()) else ""
    return Pasted("\n\n".join(part for part in (front, body) if part) + "\n", tuple(around.left_out))


def in_language(text: str, language: Language) -> str:
    """An article's Markdown with a line of front matter that names its language."""
    line = f"language: {language.tag}"
    opening = _OPENING.match(text)
    if opening is None:
        return f"---\n{line}\n---\n\n{text}"
    return f"{opening[0]}{line}{opening[1]}{text[opening.end() :]}"


@dataclass
class _Around:
    """What a story says before and after its body."""

    title: str = ""
    date: str = ""
    dateline: str = ""
    credits: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def taken_from(self, lines: Sequence[str]) -> Sequence[str]:
        """Note what stands around the body, and return the lines of the body."""
        filled = [place for place, line in enumerate(lines) if line.strip(_BLANKS)]
        shown = [lines[place].strip(_BLANKS) for place in filled]
        begin, end = 0, len(shown)
        while begin < end and self._takes(shown[begin]):
            begin += 1
        while begin < end and _credit(shown[end - 1]):
            end -= 1
        for line in shown[end:]:
            self._takes(line)
        return lines[filled[begin] : filled[end - 1] + 1] if begin < end else ()

    def _takes(self, line: str) -> bool:
        """Whether the line is none of the body's; it is then noted."""
        if credit := _credit(line):
            self._note(line, *credit)
        elif not self.dateline and (day := _day(line, figures_only=not self.title)):
            self.dateline, self.date = line, day
        elif not self.title and _is_headline(line):
            self.title = line.lstrip("# ")
        else:
            return bool(self.title) and _UNDERLINE.fullmatch(line) is not None
        return True

    def _note(self, line: str, label: str, names: Sequence[str]) -> None:
        role = _roles().get(label.casefold())
        if role is None:
            self.left_out.append(line)
        else:
            self.credits.setdefault(role, []).extend(names)

    def front_matter(self) -> Iterator[str]:
        """The lines of front matter that say it."""
        for key, value in (("title", self.title), ("date", self.date), ("dateline", self.dateline)):
            if value:
                yield f"{key}: {_scalar(value)}"
        for role in CREDITS:
            names = self.credits.get(role, ())
            if len(names) == 1:
                yield f"{role}: {_scalar(names[0])}"
            elif names:
                yield f"{role}: [{', '.join(map(yaml_text, names))}]"


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else yaml_text(value)


# Lines around the body


def _is_headline(line: str) -> bool:
    """Whether a first line can be the headline: one line without a stop, or a Markdown heading of level 1."""
    if line.startswith("# "):
        return True
    if _MARKDOWN.match(line) or _ITEM.match(line):
        return False
    return _columns(line) <= _WIDEST_HEADLINE and not _NO_HEADLINE.search(line)


def _credit(line: str) -> tuple[str, tuple[str, ...]] | None:
    """Label and names of a line that is a credit and can be nothing else."""
    found = credit_line(line)
    if found is None or any(_NO_NAME.search(name) or len(name) > _LONGEST_NAME for name in found[1]):
        return None
    return found


@cache
def _roles() -> Mapping[str, str]:
    """The article's own credit that a label stands for; who wrote the source is its author."""
    own = {default_label(role, one).casefold(): role for role in CREDITS for one in _LANGUAGES}
    writers = {default_label(Role.TRANSLATOR, one).casefold(): "author" for one in _LANGUAGES}
    return own | writers | _OTHER_LABELS


def _day(line: str, *, figures_only: bool) -> str | None:
    """The day, as ISO 8601 writes it, of a line that is a dateline: perhaps a place, a day, perhaps a time."""
    if len(line) > _LONGEST_DATELINE:
        return None
    for pattern in _DATELINES:
        found = pattern.fullmatch(line)
        if found is None or _PROSE.search(found["place"]):
            continue
        month = found.groupdict().get("month")
        if month is None or not figures_only:
            return _iso(found["y"], str(_MONTHS.index(month[:3].lower()) + 1) if month else found["m"], found["d"])
    return None


def _iso(*parts: str) -> str | None:
    year, month, day = map(int, parts)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


# The body


def _body(lines: Sequence[str]) -> str:
    """The body with an empty line between paragraphs."""
    if any(_MARKDOWN.match(line) for line in lines):
        return "\n".join(lines)
    groups = list(_groups(line.strip(_BLANKS) for line in lines))
    if _are_wrapped(groups):
        return "\n\n".join("\n".join(group) for group in groups)
    return "\n\n".join("\n\n".join(_apart(group)) for group in _numbers_kept(groups))


def _groups(lines: Iterator[str]) -> Iterator[list[str]]:
    """Lines without an empty one between them."""
    group: list[str] = []
    for line in lines:
        if line:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _are_wrapped(groups: Sequence[Sequence[str]]) -> bool:
    """Whether the lines of a group are one paragraph: about as long as each other, and cut where no sentence ends."""
    inner = [line for group in groups for line in group[:-1]]
    widest = max((_columns(line) for group in groups if len(group) > 1 for line in group), default=0)
    if len(inner) < _FEWEST_WRAPPED or widest not in _WRAPPED:
        return False
    full = sum(1 for line in inner if _columns(line) >= 0.7 * widest)
    ended = sum(1 for line in inner if _SENTENCE_END.search(line))
    return full >= 0.7 * len(inner) and ended < 0.5 * len(inner)


def _numbers_kept(groups: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The groups with numbers that begin lines kept as text where they count no list."""
    numbers = [int(found[1]) for group in groups for line in group if (found := _NUMBERED.match(line))]
    is_list = numbers == list(range(1, len(numbers) + 1))
    for group in groups:
        yield [line if is_list else _NUMBERED.sub(r"\1\\\2", line, count=1) for line in group]


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """Each line a paragraph, lines of one list, quote or table together."""
    block = lines[0]
    for before, line in pairwise(lines):
        if any(mark.match(before) and mark.match(line) for mark in _MARKS):
            block += f"\n{line}"
        else:
            yield block
            block = line
    yield block


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
