"""Bylines: credit lines computed from signatures that stand and from the article's own credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from reviewtool.model.article import Credit
from reviewtool.model.language import Language
from reviewtool.model.policy import Role

if TYPE_CHECKING:
    from reviewtool.model.signoff import Standing

CREDITS = ("author", "photo", "video", "source")
"""The credits an article's front matter may hold, in the order they print in after the passes."""

_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "translator": "Author", "reviser": "Reviser", "proofreader": "Proofreader", "editor": "Editor",
        "author": "Original by", "photo": "Photo", "video": "Video", "source": "Source",
    },
    "zh-Hans": {
        "translator": "作者", "reviser": "审校", "proofreader": "校对", "editor": "编辑",
        "author": "原作者", "photo": "摄影", "video": "视频", "source": "来源",
    },
    "zh-Hant": {
        "translator": "作者", "reviser": "審校", "proofreader": "校對", "editor": "編輯",
        "author": "原作者", "photo": "攝影", "video": "影片", "source": "來源",
    },
    "ja": {
        "translator": "文", "reviser": "校閲", "proofreader": "校正", "editor": "編集",
        "author": "原文", "photo": "写真", "video": "映像", "source": "出典",
    },
    "ko": {
        "translator": "글", "reviser": "감수", "proofreader": "교정", "editor": "편집",
        "author": "원문", "photo": "사진", "video": "영상", "source": "출처",
    },
}  # fmt: skip
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_JOINERS = {"zh": "、", "ja": "、"}


_BARS = re.compile(r"\s*[|丨｜│︱:：]\s*")
_NAMES = re.compile(r"\s*[,，、&]\s*")
_OTHERS = frozenset(
    {
        *("by", "reporter", "translator", "translated", "english", "revised", "editor", "edited"),
        *("记者", "译者", "翻译", "编译", "责编", "图", "文", "記者", "譯者", "翻譯", "翻訳", "번역", "기자"),
    }
)
"""Labels that newsrooms use beside our own."""


@dataclass(frozen=True, slots=True)
class BylineLine:
    """One printed line: ``Author | Tang``.

    ``role`` is a pass's name or an article credit (author, photo, video, source).
    """

    role: str
    label: str
    separator: str
    names: tuple[str, ...]
    joiner: str = ", "

    def __str__(self) -> str:
        return f"{self.label}{self.separator}{self.joiner.join(self.names)}"


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How bylines print: ``[byline]`` of the workspace.

    ``order`` lists pass names and credits (empty: passes in order, then credits). ``labels`` and
    ``separators`` map a language tag to a mapping from pass or credit to text; in ``separators``
    the key ``default`` serves all lines of the language.
    """

    order: tuple[str, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    separators: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def label(self, line: str, role: str, language: Language) -> str:
        """The label of a line: as configured for the pass or credit, else the role's default."""
        configured = _for_language(self.labels, language)
        return configured.get(line) or configured.get(role) or default_label(role, language)

    def separator(self, line: str, language: Language) -> str:
        """What stands between label and names."""
        configured = _for_language(self.separators, language)
        return configured.get(line, configured.get("default", " | "))


def _for_language(table: Mapping[str, Mapping[str, str]], language: Language) -> Mapping[str, str]:
    for tag in (language.tag, f"{language.primary}-{language.script}", language.primary):
        if tag in table:
            return table[tag]
    return {}


def default_label(role: str, language: Language) -> str:
    """The house label of a role or credit in this language; English where we know no better."""
    return (_for_language(_LABELS, language) or _LABELS["en"])[role]


def byline(
    standing: Standing, article_credits: Iterable[Credit], style: HouseStyle, *, draft: bool = False
) -> tuple[BylineLine, ...]:
    """The byline as it stands.

    A pass's line holds the people whose signatures on it stand, and no line is printed for nobody.
    Nothing typed can add a name to those lines. ``draft`` leaves all of them out, as an unfinished
    export has to.
    """
    language = standing.language
    lines: dict[str, BylineLine] = {}
    for one in () if draft else standing.policy.passes:
        names = tuple(signed.signature.name for signed in standing.passes[one.name].signers)
        lines[one.name] = _line(one.name, one.role, names, style, language)
    for credit in article_credits:
        lines.setdefault(credit.role, _line(credit.role, credit.role, credit.names, style, language))
    order = style.order or (*(one.name for one in standing.policy.passes), *CREDITS)
    return tuple(lines[name] for name in order if name in lines and lines[name].names)


def _line(line: str, role: Role | str, names: tuple[str, ...], style: HouseStyle, language: Language) -> BylineLine:
    return BylineLine(
        role=line,
        label=style.label(line, str(role), language),
        separator=style.separator(line, language),
        names=tuple(_BIDI.sub("\ufffd", " ".join(name.split())) for name in names),
        joiner=_JOINERS.get(language.primary, ", "),
    )


def credit_line(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Label and names of a line as newsrooms print credits, read leniently; None for any other line.

    Any bar or colon may part a label from its names, and a comma, ``、`` or ``&`` the names.
    """
    label, *rest = _BARS.split(text.strip(), maxsplit=1)
    known = {one.casefold() for labels in _LABELS.values() for one in labels.values()} | _OTHERS
    names = tuple(name for name in _NAMES.split(rest[0]) if name) if rest else ()
    return (label, names) if names and label.casefold() in known else None
