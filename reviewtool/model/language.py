"""Languages as BCP 47 tags, and the facts about a text that follow from its language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewtool.errors import InputError

_WELL_FORMED = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*")
_TRADITIONAL_REGIONS = frozenset({"TW", "HK", "MO"})
_SCRIPTS = {
    "zh": "Hans", "ja": "Jpan", "ko": "Kore", "ru": "Cyrl", "uk": "Cyrl", "bg": "Cyrl", "sr": "Cyrl",
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "he": "Hebr", "el": "Grek", "th": "Thai", "hi": "Deva",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})
_UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})
_EAST_ASIAN = frozenset({"zh", "ja", "ko", "yue"})


@dataclass(frozen=True, slots=True, order=True)
class Language:
    """One language, by its BCP 47 tag in canonical case (RFC 5646 §2.1.1): ``zh-Hant-TW``, ``en``.

    Build it with :meth:`parse`; the constructor trusts its tag.
    """

    tag: str

    @classmethod
    def parse(cls, tag: str) -> Language:
        """Read a tag, ``_`` or ``-`` between its parts; InputError when it is not well formed."""
        given = tag.strip().replace("_", "-")
        if not _WELL_FORMED.fullmatch(given):
            raise InputError(f"{tag!r} is no language tag: write one like en, zh-CN or zh-Hant (BCP 47).")
        first, *rest = given.split("-")
        return cls("-".join([first.lower(), *(_cased(part) for part in rest)]))

    def __str__(self) -> str:
        return self.tag

    @property
    def primary(self) -> str:
        """The language subtag alone: ``zh`` for ``zh-Hant-TW``."""
        return self.tag.partition("-")[0]

    @property
    def region(self) -> str | None:
        """The region subtag, if there is one: ``TW``."""
        return next((part for part in self.tag.split("-")[1:] if len(part) == 2 or part.isdigit()), None)

    @property
    def script(self) -> str:
        """The ISO 15924 script: as tagged, else the usual one of the language and region."""
        tagged = next((part for part in self.tag.split("-")[1:] if len(part) == 4 and part.isalpha()), None)
        if tagged:
            return tagged
        if self.primary == "zh" and self.region in _TRADITIONAL_REGIONS:
            return "Hant"
        return _SCRIPTS.get(self.primary, "Latn")

    @property
    def spaced(self) -> bool:
        """Whether words are separated by spaces (Korean: yes; Chinese, Japanese, Thai: no)."""
        return self.script not in _UNSPACED

    @property
    def east_asian(self) -> bool:
        """Whether it is Chinese, Japanese or Korean, whose texts differ by character."""
        return self.primary in _EAST_ASIAN

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, as HTML's ``dir`` wants it."""
        return "rtl" if self.script in _RIGHT_TO_LEFT else "ltr"

    @property
    def gettext(self) -> str:
        """The tag as the PO header field ``Language`` wants it: ``zh_CN``."""
        return self.tag.replace("-", "_")

    def matches(self, other: Language) -> bool:
        """Whether a text in ``other`` serves where this language is asked for: same language and script."""
        return self.primary == other.primary and self.script == other.script


def _cased(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """The languages of a translation."""

    source: Language
    target: Language

    def __str__(self) -> str:
        return f"{self.source} > {self.target}"

    @property
    def monolingual(self) -> bool:
        """Whether the edition is in the article's own language."""
        return self.source == self.target
