"""A target that is still the source is found, unless it may be."""

import pytest

CHECK = "unchanged"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("佛山经贸代表团昨日返回。", "zh-CN>en"),
        ("佛山", "zh-CN>en"),
        ("佛山", "zh-CN>ko"),
        ("佛山经贸代表团一行昨日返回", "zh-CN>ja"),
        ("ありがとう", "ja>zh-CN"),
        ("The delegation returned yesterday.", "en>zh-CN"),
        ("The delegation returned.", "en>fr"),
        ("대표단이 돌아왔다", "ko>en"),
        ("**佛山**", "zh-CN>en"),
    ],
)
def test_a_text_left_as_it_was_is_found(examine, text, pair):
    (finding,) = examine(text, text, pair)
    assert finding.target_span == (0, len(text))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("1,200", "zh-CN>en"),
        ("2023-03-07 18:45", "zh-CN>en"),
        ("https://example.com/news", "en>zh-CN"),
        ("desk@example.com", "en>zh-CN"),
        ("`reviewtool add`", "en>zh-CN"),
        ("——", "zh-CN>en"),
        ("Foshan Commerce", "en>zh-CN"),
        ("Eleanor", "en>fr"),
        ("佛山市", "zh-CN>ja"),
        ("東京", "ja>zh-TW"),
    ],
)
def test_numbers_addresses_and_names_may_stay(examine, text, pair):
    assert examine(text, text, pair) == []


def test_a_story_in_its_own_language_starts_as_its_source(examine):
    assert examine("The delegation returned yesterday.", "The delegation returned yesterday.", "en>en") == []


def test_a_canonical_equivalent_is_the_same_text(examine):
    assert len(examine("le café de la gare", "le cafe\u0301 de la gare ", "fr>en")) == 1


def test_a_changed_text_is_not(examine):
    assert examine("佛山", "Foshan") == []
