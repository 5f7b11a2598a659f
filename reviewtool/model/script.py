"""The script a text is written in, told from its letters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import islice

_ENOUGH = 5_000
"""How many letters are looked at."""
_CODES = {
    "CJK": "Hani", "HIRAGANA": "Kana", "KATAKANA": "Kana", "HANGUL": "Kore", "LATIN": "Latn", "CYRILLIC": "Cyrl",
    "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek", "THAI": "Thai", "DEVANAGARI": "Deva",
}  # fmt: skip
"""ISO 15924 by a word in the names of its letters; ``Kana`` for both syllabaries, which are half a script."""


def script_of(text: str) -> str:
    """The ISO 15924 code of a text's script: ``Hani`` for Chinese, ``Jpan``, ``Kore``, ``Latn`` …; "" for none.

    Names and terms in another script do not decide: a Chinese character says as much as three Latin letters,
    and kana make a text Japanese only where they are more than a tenth of it.
    """
    found = Counter(map(_code, islice(filter(str.isalpha, text), _ENOUGH)))
    del found[""]
    han, kana, hangul = (found.pop(one, 0) for one in ("Hani", "Kana", "Kore"))
    other, number = max(found.items(), key=lambda item: item[1], default=("", 0))
    if 3 * (han + kana + hangul) <= number:
        return other
    if hangul > han + kana:
        return "Kore"
    return "Jpan" if 10 * kana > han else "Hani"


def _code(letter: str) -> str:
    words = unicodedata.name(letter, "").replace("-", " ").split()
    return next((_CODES[word] for word in words if word in _CODES), "")
