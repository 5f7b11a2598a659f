"""What is shown can neither act on a terminal nor hide in it."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.visible import UNSAFE, escaped, visible

# Any character, lone surrogates too, with those that matter here made likely.
_ANY = st.characters(exclude_categories=[]) | st.sampled_from("\x1b\x07\x9b\x7f\u202e\u200b\u200d\ufe0f\ud800👩🌍文न\n")
texts = st.text(_ANY)
_SHAPING = "\u200c\u200d\ufe00\ufe01\ufe02\ufe0e\ufe0f" + "".join(map(chr, range(0xE0100, 0xE01F0)))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b]52;c;Zm9v\x07", "␛]52;c;Zm9v␇"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("a\x7fb\rc", "a␡b␍c"),
        ("price \u202e001\u202c", "price ⟨U+202E⟩001⟨U+202C⟩"),
        ("Ta\u200bng", "Ta⟨U+200B⟩ng"),
        ("Ta\u200dng", "Ta⟨U+200D⟩ng"),
        ("one\u2028two", "one⟨U+2028⟩two"),
        ("\ufeff标题", "⟨U+FEFF⟩标题"),
        ("\ud83d", "⟨U+D83D⟩"),
        ("x\U000e0041", "x⟨U+E0041⟩"),
    ],
)
def test_what_acts_or_hides_becomes_something_to_see(text, seen):
    assert visible(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "佛山经贸代表团访日韩，带回12亿元订单",
        "The deal — “signed” — was worth 1.2 billion…",
        "한국과 일본에서 열린 두 전시회、展示会",
        "Family 👩‍👩‍👧, trophy 🏆, thumbs 👍🏽, heart ❤️, key 1️⃣, flag 🇨🇳",
        "可能な字形 葛\U000e0100 と 辻\U000e0101",
        "می‌خواهم",
        "क्‍ष",
        "e\u0301 combining, nbsp\u00a0and thin\u2009space",
    ],
)
def test_everything_else_stays_as_it_is(text):
    assert visible(text) == text


def test_line_ends_and_tabs_stay_only_where_lines_are_asked_for():
    assert visible("a\n\tb\r") == "a␊␉b␍"
    assert visible("a\n\tb\r", lines=True) == "a\n\tb␍"


@given(texts)
def test_nothing_that_acts_is_left(text):
    left = {character for character in visible(text) if UNSAFE.match(character)}
    assert left <= set(_SHAPING)
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in visible(text))


@given(st.text(st.characters(max_codepoint=0x5FF) | st.sampled_from(_SHAPING)))
def test_between_letters_without_use_for_it_nothing_without_width_is_left(text):
    kept = text.replace("©", "").replace("®", "")
    for key in "0123456789#*":
        kept = kept.replace(key, "")
    assert not UNSAFE.search(visible(kept))


@given(texts)
def test_what_is_safe_to_show_is_shown_unchanged(text):
    assert visible(visible(text)) == visible(text)


@given(st.recursive(texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=5))
def test_escaped_json_is_safe_and_has_the_same_value(value):
    written = escaped(json.dumps(value, ensure_ascii=False))
    assert not UNSAFE.search(written)
    assert json.loads(written) == _joined(value)


def _joined(value):
    """The value as JSON can say it: two halves of a character beside each other are that character."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if isinstance(value, list):
        return [_joined(one) for one in value]
    return {_joined(key): _joined(one) for key, one in value.items()}


def test_escaped_json_keeps_readable_text_readable():
    assert escaped('["订单\\n", "a\u202eb", "\U000e0041"]') == '["订单\\n", "a\\u202eb", "\\udb40\\udc41"]'
