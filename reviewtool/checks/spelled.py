"""Small numbers as words: whether a text names a number without digits."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from reviewtool.model.language import Language

_ENGLISH_UNITS = (
    "zero|nought|no|none",
    "one|first|a|an|once|single|only|january|jan",
    "two|second|both|twice|pair|couple|double|half|february|feb",
    "three|third|thrice|triple|trio|march|mar",
    "four|fourth|quarter|quadruple|april|apr",
    "five|fifth|may",
    "six|sixth|june|jun",
    "seven|seventh|july|jul",
    "eight|eighth|august|aug",
    "nine|ninth|september|sept|sep",
)
_ENGLISH_TEENS = (
    "ten|tenth|decade|october|oct",
    "eleven|eleventh|november|nov",
    "twelve|twelfth|dozen|december|dec",
    *(f"{stem}teen(?:th)?" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
_ENGLISH_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_HAN = ("零〇无無", "一首单單壹", "二两兩双雙貳", "三叁", "四", "五", "六", "七", "八", "九")
_DIGIT_OF_HAN = {ord(one): str(digit) for digit, several in enumerate(_HAN) for one in several}
_KOREAN = (
    "영|공",
    "일|한|하나|첫",
    "이|두|둘",
    "삼|세|셋|석",
    "사|네|넷|넉",
    "오|다섯",
    "육|여섯",
    "칠|일곱",
    "팔|여덟",
    "구|아홉",
)
_KOREAN_TENS = ("열", "스물|스무", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_HALF = re.compile(r"\bhalf\b|半|절반|반", re.IGNORECASE)
_SCALES = re.compile(
    r"\b(?:hundred|thousand|million|billion|trillion|dozen|score)s?\b|\d\s*(?:k|m|bn|tn)\b|[十百千万萬亿億兆십백천만억조]",
    re.IGNORECASE,
)
_ERAS = re.compile("令和|平成|昭和|大正|明治|民國|民国|단기")
_UNKNOWN_UP_TO = 99


def is_spelled(value: Decimal, text: str, language: Language) -> bool:
    """Whether ``text`` may name this value in words, or in a form that digits alone cannot be compared with.

    Takes the benefit of the doubt: a word for the number anywhere is enough, as is a scale word
    (million, 万) for 100 and more, and anything below 100 in a language whose words are not known here.
    """
    if value != value.to_integral_value():
        return re.search(r"\.50*$", str(value)) is not None and _HALF.search(text) is not None
    number = int(value)
    if number > _UNKNOWN_UP_TO:
        return _has_scale(text) or _is_named_year(number, text)
    pattern = _pattern(number, language.primary)
    return pattern is None or pattern.search(text) is not None


@lru_cache(maxsize=8)
def _has_scale(text: str) -> bool:
    return _SCALES.search(text) is not None


def _is_named_year(number: int, text: str) -> bool:
    return 1000 <= number <= 2999 and (_has_era(text) or str(number) in _years(text))


@lru_cache(maxsize=8)
def _has_era(text: str) -> bool:
    return _ERAS.search(text) is not None


@lru_cache(maxsize=8)
def _years(text: str) -> frozenset[str]:
    """The runs of four Han digits (二〇二三) of a text, in ASCII."""
    return frozenset(re.findall("[0-9]{4}", text.translate(_DIGIT_OF_HAN)))


@cache
def _pattern(number: int, language: str) -> re.Pattern[str] | None:
    """What names a number below 100 in this language; None when that is not known."""
    if language == "en":
        return re.compile(rf"\b(?:{_english(number)})s?\b", re.IGNORECASE)
    if language == "ko":
        return re.compile(_korean(number))
    return re.compile(_han(number)) if language in ("zh", "ja") else None


def _english(number: int) -> str:
    tens, unit = divmod(number, 10)
    if number < 10:
        return _ENGLISH_UNITS[number]
    if number < 20:
        return _ENGLISH_TEENS[unit]
    stem = _ENGLISH_TENS[tens - 2]
    if unit == 0:
        return f"{stem}y|{stem}ie(?:s|th)"
    return rf"{stem}y[\s-](?:{'|'.join(_ENGLISH_UNITS[unit].split('|')[:2])})"


def _han(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return f"[{_HAN[unit]}]"
    head = "" if tens == 1 else f"[{_HAN[tens]}]"
    tail = f"[{_HAN[unit]}]" if unit else ""
    by_digit = f"[{_HAN[tens]}][{_HAN[unit]}]"
    dozen = "|打" if number == 12 else "|廿" if number == 20 else ""
    return f"{head}十{tail}|{by_digit}{dozen}"


def _korean(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _KOREAN[unit]
    sino_head = "" if tens == 1 else f"(?:{_KOREAN[tens]})"
    tail = f"(?:{_KOREAN[unit]})" if unit else ""
    return f"{sino_head}십{tail}|(?:{_KOREAN_TENS[tens - 1]}){tail}"
