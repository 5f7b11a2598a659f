"""Differences between two versions, as revisers read them."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from reviewtool.model.diff import ChangeKind, difference
from reviewtool.model.language import Language

ZH, JA, KO, EN, TH = (Language(tag) for tag in ("zh-CN", "ja", "ko", "en", "th"))


def marked(old: str, new: str, language: Language) -> str:
    """The difference as one line: [-old-] and {+new+} around what changed."""
    parts = []
    for change in difference(old, new, language):
        if change.kind is ChangeKind.EQUAL:
            parts.append(change.old)
            continue
        parts.append(f"[-{change.old}-]" if change.old else "")
        parts.append(f"{{+{change.new}+}}" if change.new else "")
    return "".join(parts)


@pytest.mark.parametrize(
    ("old", "new", "language", "expected"),
    [
        ("佛山经贸代表团访问日本", "佛山市经贸代表团访日", ZH, "佛山{+市+}经贸代表团访[-问-]日[-本-]"),
        ("意向订单超6亿元。", "意向订单超12亿元。", ZH, "意向订单超[-6-]{+12+}亿元。"),
        ("用iPhone拍摄", "用iPad拍摄", ZH, "用[-iPhone-]{+iPad+}拍摄"),
        ("家具の展示会に参加した。", "家具の見本市に参加した。", JA, "家具の[-展示会-]{+見本市+}に参加した。"),
        ("대표단이 도쿄를 방문했다.", "대표단은 도쿄를 방문했다.", KO, "대표단[-이-]{+은+} 도쿄를 방문했다."),
        (
            "The delegation visited Japan.",
            "The delegation has visited Japan.",
            EN,
            "The delegation {+has +}visited Japan.",
        ),
        ("It didn't sign.", "It did sign.", EN, "It [-didn't-]{+did+} sign."),
        ("orders of 600 million yuan", "orders of 1,200 million yuan", EN, "orders of [-600-]{+1,200+} million yuan"),
        ("in Tokyo.", "in Tokyo,", EN, "in Tokyo[-.-]{+,+}"),
        ("คณะผู้แทน", "คณะทูต", TH, "คณะ[-ผู้แทน-]{+ทูต+}"),
    ],
)
def test_what_changed_is_marked_by_character_or_by_word(old, new, language, expected):
    assert marked(old, new, language) == expected


def test_words_changed_in_a_row_are_read_as_one_change():
    assert marked("a trade delegation left", "an economic mission left", EN) == (
        "[-a trade delegation-]{+an economic mission+} left"
    )


def test_one_character_that_happens_to_stay_does_not_tear_a_rewritten_sentence():
    changes = difference("考察团先后走访多家企业", "一行人来到当地先参观工厂", ZH)
    assert [change.kind for change in changes] == [ChangeKind.REPLACE]


def test_equal_texts_differ_in_nothing():
    assert [change.kind for change in difference("佛山", "佛山", ZH)] == [ChangeKind.EQUAL]
    assert difference("", "", EN) == ()


def test_a_new_text_is_one_insertion_and_an_emptied_one_a_deletion():
    assert [change.kind for change in difference("", "新的 text", ZH)] == [ChangeKind.INSERT]
    assert [change.kind for change in difference("old text", "", EN)] == [ChangeKind.DELETE]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("👩‍👩‍👧家", "👩‍👩‍👦家"),
        ("👍🏽好", "👍🏿好"),
        ("🇨🇳🇯🇵", "🇨🇳🇰🇷"),
        (unicodedata.normalize("NFD", "がんばる"), unicodedata.normalize("NFD", "かんばる")),
        (unicodedata.normalize("NFD", "각국"), unicodedata.normalize("NFD", "간국")),
        ("葛󠄀城", "葛城"),
    ],
)
def test_what_people_see_as_one_character_is_never_cut(old, new):
    changes = difference(old, new, ZH)
    assert [part for change in changes for part in iter_graphemes(change.old)] == list(iter_graphemes(old))
    assert [part for change in changes for part in iter_graphemes(change.new)] == list(iter_graphemes(new))


def test_two_huge_texts_are_compared_without_exhausting_the_machine():
    old, new = "一二" * 10_000, "三四" * 10_000
    assert marked(f"头{old}尾", f"头{new}尾", ZH) == f"头[-{old}-]{{+{new}+}}尾"


texts = st.text(
    st.characters(codec="utf-8") | st.sampled_from("佛山市代表团がぎ각 \u0301\u200d👩👧🇨🇳'a1,.\n"), max_size=40
)


@given(old=texts, new=texts, language=st.sampled_from([ZH, JA, KO, EN, TH]))
def test_both_texts_can_be_put_together_again(old, new, language):
    changes = difference(old, new, language)
    assert "".join(change.old for change in changes) == old
    assert "".join(change.new for change in changes) == new
    for change in changes:
        assert (change.old == change.new) == (change.kind is ChangeKind.EQUAL)
        assert change.old or change.new


@given(old=texts, new=texts)
def test_equal_and_changed_stretches_take_turns(old, new):
    equal = [change.kind is ChangeKind.EQUAL for change in difference(old, new, EN)]
    assert all(one != other for one, other in itertools.pairwise(equal))
