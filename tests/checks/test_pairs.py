"""Brackets and quotation marks come in pairs."""

import pytest

CHECK = "pairs"


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("他说：“好。”", 'He said, "Good."', "zh-CN>en"),
        ("他说：“好。”", "He said, “Good.”", "zh-CN>en"),
        ("《佛山日报》（图）", "*Foshan Daily* (photo)", "zh-CN>en"),
        ("He said, “It’s ‘very’ good.”", "他说：“这‘非常’好。”", "en>zh-CN"),
        ("x", "The city’s ’90s boom, the dealers’ view", "zh-CN>en"),
        ("x", "He called it ‘the dealer’s choice’.", "zh-CN>en"),
        ("x", "a) first, b) second and 1) third :)", "zh-CN>en"),
        ("x", "（1）第一；2）第二", "en>zh-CN"),
        ("x", "「佛山」と『日報』【写真】", "en>ja"),
        ("x", 'a 15" screen', "zh-CN>en"),
        ("x", "[link (a)](https://example.com/(a)) and `(code`", "zh-CN>en"),
        ("“第一句。", "“First sentence.", "zh-CN>en"),
        ("最后一句。”", 'Last sentence."', "zh-CN>en"),
        ("“第一句。", '"First," he said.', "zh-CN>en"),
        ("x", "„Gut“, sagte er.", "zh-CN>de"),
        ("“第一句。", "Er sagte, „das erste.", "zh-CN>de"),
        ("x", "Rock ’n’ roll", "zh-CN>en"),
    ],
)
def test_pairs_and_what_only_looks_like_half_of_one_are_silent(examine, source, target, pair):
    assert examine(source, target, pair) == []


@pytest.mark.parametrize(
    ("source", "target", "pair", "place", "message"),
    [
        ("他说：“好。”", "He said, “Good.", "zh-CN>en", 9, "This quotation mark “ is never closed."),
        ("他说：“好。”", 'He said, "Good.', "zh-CN>en", 9, 'This quotation mark " is never closed.'),
        ("他说：“好。”", "He said, Good.”", "zh-CN>en", 14, "This quotation mark ” was never opened."),
        ("（图）", "Photo)", "zh-CN>en", 5, "This bracket ) was never opened."),
        ("(photo)", "（图", "en>zh-CN", 0, "This bracket （ is never closed."),
        ("*Daily*", "《佛山日报", "en>zh-CN", 0, "This bracket 《 is never closed."),
        ('"Good."', "「良い。", "en>ja", 0, "This quotation mark 「 is never closed."),
        ('"좋다."', "“Good.", "ko>en", 0, "This quotation mark “ is never closed."),
        ("[图]", "[Photo", "zh-CN>en", 0, "This bracket [ is never closed."),
    ],
)
def test_half_a_pair_is_shown_where_it_stands(examine, source, target, pair, place, message):
    (finding,) = examine(source, target, pair)
    assert (finding.target_span, finding.message) == ((place, place + 1), message)


@pytest.mark.parametrize(
    ("target", "pair", "fixed"),
    [
        ("佛山（广东)", "en>zh-CN", "佛山（广东）"),
        ("Foshan（Guangdong)", "zh-CN>en", "Foshan(Guangdong)"),
        ("포산（광둥)", "zh-CN>ko", "포산(광둥)"),
    ],
)
def test_a_pair_of_two_widths_is_made_one(examine, target, pair, fixed):
    (finding,) = examine("x", target, pair)
    assert finding.fix == fixed


def test_a_source_with_an_open_bracket_excuses_brackets_but_no_quotes(examine):
    (finding,) = examine("（待续", "(to be continued “", "zh-CN>en")
    assert finding.message == "This quotation mark “ is never closed."
