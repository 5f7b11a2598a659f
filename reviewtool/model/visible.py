"""Text made safe to show: what would act on a terminal, or hide in it, becomes something to see.

Articles come from anywhere. An escape sequence in one may set the clipboard, a bidirectional override may
turn a sentence round, and a character without width may hide in a name. Stored texts stay as they are;
only what is shown passes through here.
"""

from __future__ import annotations

import re
from functools import cache

_ACTING = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff"
"""C0, DEL and C1 controls, bidirectional controls, line and paragraph separators, halves of characters."""

_HIDDEN = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What has no look of its own: Unicode's Default_Ignorable_Code_Point, and the annotation characters."""

_SYMBOL = r"[©®\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_EMOJI = rf"{_SYMBOL}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_JOINING = r"[\u0620-\u06d3\u06fa-\u06ff\u0750-\u077f\u0900-\u0dff]"
_SPOKEN_FOR = (
    rf"{_EMOJI}(?:\u200d{_EMOJI})+|{_SYMBOL}[\ufe0e\ufe0f]|[0-9#*]\ufe0f\u20e3"
    rf"|{_HAN}[\ufe00-\ufe02\U000e0100-\U000e01ef]|{_JOINING}[\u200c\u200d](?={_JOINING})"
)
"""Where characters without width have a look after all.

Emoji of several parts, the variants of emoji and of Chinese characters, the joiners of Arabic and Indic scripts.
"""

UNSAFE = re.compile(f"[{_ACTING}{_HIDDEN}]")
"""Every character that acts or hides."""


@cache
def _in_place() -> re.Pattern[str]:
    """What acts or hides, and as group 1 what has a look where it stands; compiled for the first text that needs it."""
    return re.compile(f"({_SPOKEN_FOR})|[{_ACTING}{_HIDDEN}]")


def visible(text: str, *, lines: bool = False) -> str:
    """The text with everything that acts or hides made visible; ``lines`` leaves line ends and tabs as they are.

    Controls become their pictures (``␛``), others their number (``⟨U+202E⟩``). Characters without width stay
    where they shape what is seen: in emoji, after Chinese characters, between Arabic or Indic letters.
    """
    if UNSAFE.search(text) is None:
        return text

    def shown(found: re.Match[str]) -> str:
        if found[1] or (lines and found[0] in "\n\t"):
            return found[0]
        return _picture(ord(found[0]))

    return _in_place().sub(shown, text)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


def escaped(json: str) -> str:
    r"""A JSON text on one line with what acts or hides written as ``\uXXXX``: the same value, safe to show."""
    return UNSAFE.sub(lambda found: _escape(ord(found[0])), json)


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
