"""Patterns in texts: what they find, what they put in its place, and that none of them can hurt."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.errors import InputError
from reviewtool.services.searching import _SINGLE, Search


def found(pattern: str, text: str, **options) -> list[str]:
    return [text[start:end] for start, end in Search(pattern, **options).spans(text)]


def put(pattern: str, replacement: str, text: str, **options) -> str:
    return Search(pattern, **options).replaced(text, replacement)[0]


# Finding


def test_plain_text_is_found_as_it_is():
    assert Search("12亿元").spans("意向订单超过12亿元，其中12亿元") == ((6, 10), (13, 17))
    assert found("1.2 (billion)", "1.2 (billion), not 112 billion") == ["1.2 (billion)"]
    assert found(".*", "all.*") == [".*"]


def test_capitals_are_told_apart_unless_asked_not_to_be():
    assert found("foshan", "Foshan, FOSHAN, foshan") == ["foshan"]
    assert found("foshan", "Foshan, FOSHAN, foshan", case=False) == ["Foshan", "FOSHAN", "foshan"]
    assert found("ПЕКИН", "Пекин", case=False) == ["Пекин"]


def test_a_regular_expression_is_one_of_the_regex_package():
    assert found(r"\d+(?= billion)", "1.2 billion, 3 million", is_regular=True) == ["2"]
    assert found(r"\p{Han}+", "佛山 in Guangdong (广东)", is_regular=True) == ["佛山", "广东"]
    assert found(r"\bfair\b", "the fair, unfair", is_regular=True) == ["fair"]


def test_what_is_empty_is_found_nowhere():
    assert found("x*", "axxb", is_regular=True) == ["xx"]
    assert found("^|$", "text", is_regular=True) == []


def test_it_does_not_matter_how_an_accent_was_typed():
    composed, apart = "São Paulo", unicodedata.normalize("NFD", "São Paulo")
    assert composed != apart
    for pattern in (composed, apart):
        for text in (f"In {composed}.", f"In {apart}."):
            assert [unicodedata.normalize("NFC", one) for one in found(pattern, text)] == [composed]
    korean = unicodedata.normalize("NFD", "포산 대표단은")
    assert found("대표단", korean) == [unicodedata.normalize("NFD", "대표단")]
    assert found("[ã]", apart, is_regular=True) == ["a\u0303"]


def test_nothing_inside_of_a_character_is_found():
    family, flag = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e8\U0001f1f3"
    assert found("\U0001f469", f"{family} \U0001f469") == ["\U0001f469"]
    assert found(flag[0], flag) == []
    assert found("a", "a\u0301x a", case=True) == ["a"]
    assert found(r"\u200d", family, is_regular=True) == []
    assert found(family, f"the {family}!") == [family]


# Replacing


def test_every_find_is_replaced_and_the_rest_stays():
    text, before, after = Search("the fair").replaced("At the fair; the fair is big.", "the exhibition")
    assert text == "At the exhibition; the exhibition is big."
    assert [text[start:end] for start, end in after] == ["the exhibition", "the exhibition"]
    assert before == ((3, 11), (13, 21))


def test_plain_replacements_are_plain():
    assert put("a", r"\1\g<0>\n", "bab") == r"b\1\g<0>\nb"


def test_groups_come_back_by_number_and_by_name():
    assert put(r"(\w+), (\w+)", r"\2 \1", "Tang, Eleanor", is_regular=True) == "Eleanor Tang"
    assert put(r"(?P<n>\d+)亿元", r"\g<n>00 million yuan", "12亿元", is_regular=True) == "1200 million yuan"
    assert put(r"a(x)?b", r"[\1]", "ab axb", is_regular=True) == "[] [x]"


def test_an_expression_that_finds_nothing_changes_nothing():
    assert Search("x").replaced("text 佛山 e\u0301", "y") == ("te" + "y" + "t 佛山 e\u0301", ((2, 3),), ((2, 3),))
    assert Search("z").replaced("e\u0301", "y") == ("e\u0301", (), ())


def test_what_was_not_found_keeps_its_characters():
    text = unicodedata.normalize("NFD", "Café São")
    assert put("São", "Rio", text) == unicodedata.normalize("NFD", "Café ") + "Rio"


def test_what_is_taken_for_single_characters_is_composed_and_never_joined():
    single = [chr(code) for code in range(0x20, 0xD7B0) if _SINGLE.fullmatch(chr(code))]
    text = "".join(single + single[::-1])
    assert unicodedata.normalize("NFC", text) == text
    assert len(regex.findall(r"\X", text)) == len(text)
    assert _SINGLE.fullmatch("Foshan 佛山 の 포산 “São”…")
    assert not any(map(_SINGLE.fullmatch, ["e\u0301", "\U0001f1e8", "\u1100", "\r\n", "\u200d", "\u3099"]))


@given(
    st.text("aåäe\u0301\u0303 佛山한1", max_size=20), st.text("aå佛한1", min_size=1, max_size=2), st.text(max_size=3)
)
def test_plain_replacing_is_what_strings_do_on_composed_text(text, pattern, replacement):
    composed = unicodedata.normalize("NFC", text)
    if all(len(part) == 1 for part in regex.findall(r"\X", composed)):
        assert put(pattern, replacement, composed) == composed.replace(pattern, replacement)


@given(st.text(max_size=30), st.text(min_size=1, max_size=2), st.text(max_size=3))
def test_spans_tell_what_was_there_and_what_is(text, pattern, replacement):
    search = Search(pattern, case=False)
    after, gone, come = search.replaced(text, replacement)
    assert search.spans(text) == gone
    assert all(after[start:end] == replacement for start, end in come)
    assert len(after) == len(text) - sum(e - s for s, e in gone) + sum(e - s for s, e in come)
    rest_before = [text[e:s] for (_, e), (s, _) in zip(((0, 0), *gone), (*gone, (len(text), 0)), strict=True)]
    rest_after = [after[e:s] for (_, e), (s, _) in zip(((0, 0), *come), (*come, (len(after), 0)), strict=True)]
    assert rest_before == rest_after


# Mistakes


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(", r"The pattern is no regular expression: missing \) at character 2\."),
        ("fair[", r"The pattern is no regular expression: .* at character 6\."),
        ("*", "nothing to repeat at character 1"),
        ("\\", "bad escape"),
        (r"\p{Foo}", "unknown property"),
        (r"(a)\2", "invalid group reference"),
        ("(" * 500 + ")" * 500, "too many brackets"),
        ("x" * 1001, "longer than 1,000 characters"),
        ("", "nothing to look for"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_one_sentence_with_the_place(pattern, said):
    with pytest.raises(InputError, match=said) as caught:
        Search(pattern, is_regular=True)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("replacement", "said"),
    [
        (r"\3", "The replacement is no regular expression: invalid group reference"),
        (r"\g<year>", "names a group that the pattern does not have"),
        ("\\", "The replacement is no regular expression: bad escape .* at character 2"),
        (r"\q", "bad escape"),
        (r"\g<", "missing group name at character 4"),
        ("x" * 1001, "longer than 1,000 characters"),
    ],
)
def test_so_is_a_replacement(replacement, said):
    search = Search(r"(\d+)(?P<unit>元)?", is_regular=True)
    search.check(r"\1 \g<unit> \\")
    with pytest.raises(InputError, match=said):
        search.check(replacement)


def test_a_plain_replacement_may_be_anything():
    Search("a").check("\\")
    with pytest.raises(InputError, match="longer than"):
        Search("a").check("x" * 1001)


@pytest.mark.parametrize("pattern", [r"(a|aa)+$", r"(a+)+b|c$", r"(?:a|aa|aaa)+$", r"(a?){30}a{30}b"])
def test_a_pattern_that_could_run_for_years_ends_with_a_sentence(pattern):
    search = Search(pattern, is_regular=True)
    with pytest.raises(InputError, match="make it simpler"):
        list(map(search.spans, ["a" * 5000 + "!"] * 1000))


@pytest.mark.parametrize(
    "pattern",
    ["((a{1000}){1000}){1000}", "(a{1000}){1000}", "a{60000}", "(((a{1,99}b){99}c){9}){9}", "(ab){9999999999}"],
)
def test_a_pattern_that_would_take_all_the_memory_is_refused(pattern):
    with pytest.raises(InputError, match="make its numbers in braces smaller"):
        Search(pattern, is_regular=True)


@pytest.mark.parametrize(
    "pattern", [r"\d{4}-\d{2}-\d{2}", r".{0,500}x.{0,500}", r"[a{9}]{3}", r"\{99999999\}", "a{x}", "(a{99}){99}"]
)
def test_ordinary_repetitions_are_not(pattern):
    Search(pattern, is_regular=True)


@given(st.text(r"ab(){}[]|*+?.\12^$,-<>P=!:é", max_size=30), st.text("ab é", max_size=30))
def test_no_pattern_does_more_than_say_that_it_is_none(pattern, text):
    assert all(start < end for start, end in spans_or_none(pattern, text))


def spans_or_none(pattern: str, text: str):
    try:
        return Search(pattern, is_regular=True).spans(text)
    except InputError:
        return ()
