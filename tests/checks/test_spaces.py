"""Spaces too many are found, each with its fix."""

import pytest

CHECK = "spaces"


@pytest.mark.parametrize(
    ("target", "pair", "fixed"),
    [
        ("The delegation  left.", "zh-CN>en", "The delegation left."),
        (" The delegation left.", "zh-CN>en", "The delegation left."),
        ("The delegation left.\u3000", "zh-CN>en", "The delegation left."),
        ("The\u3000delegation left.", "zh-CN>en", "The delegation left."),
        ("대표단이\u3000떠났다.", "zh-CN>ko", "대표단이 떠났다."),
        ("代表团 ，昨日返回。", "en>zh-CN", "代表团，昨日返回。"),
        ("代表团（佛山 ）返回。", "en>zh-CN", "代表团（佛山）返回。"),
        ("代表団は  帰国した。", "zh-CN>ja", "代表団は 帰国した。"),
        ("用 `a  b`  打开", "en>zh-CN", "用 `a  b` 打开"),
    ],
)
def test_a_space_too_many_is_found_and_taken_away(examine, target, pair, fixed):
    (finding,) = examine("x", target, pair)
    assert finding.fix == fixed
    assert target[slice(*finding.target_span)].isspace()
    assert examine("x", fixed, pair) == []


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("佛山", "Foshan, China", "zh-CN>en"),
        ("Foshan", "佛山　中国", "en>zh-CN"),
        ("Foshan", "仏山　中国", "en>ja"),
        ("a", "运行 `a  b` 即可", "en>zh-CN"),
        ("第一行  \n第二行", "line one  \nline two", "zh-CN>en"),
        ("2023-03-07  18:45", "March 7, 2023  18:45", "zh-CN>en"),
        ("　　首行", "  first line", "zh-CN>en"),
        ("Foshan", "佛山 Foshan 代表团", "en>zh-CN"),
    ],
)
def test_ordinary_and_meant_spaces_are_silent(examine, source, target, pair):
    assert examine(source, target, pair) == []


def test_each_place_is_a_finding_of_its_own(examine):
    findings = examine("x", "a  b  c ")
    assert [finding.target_span for finding in findings] == [(7, 8), (1, 3), (4, 6)]
