"""Links, pictures and addresses must lead where the source's lead."""

import pytest

from reviewtool.model.finding import Severity

CHECK = "link"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("见[官网](https://example.com/a)。", "See the [website](https://example.com/a)."),
        ("见https://example.com/a。", "See [here](https://example.com/a)."),
        ("![展会](media/fair.jpg)", "![The fair](media/fair.jpg)"),
        ("联系desk@example.com", "Write to <desk@example.com>"),
        ("[官网](https://example.com/zh/news)", "[website](https://example.com/en/news)"),
        ("[官网](https://example.com/news)", "[website](https://en.example.com/news/)"),
        ("[地图](https://example.com/佛山)", "[map](https://example.com/%E4%BD%9B%E5%B1%B1)"),
        ("[a](x) [b](x)", "[both](x)"),
        ("没有链接", "No link, or [one](https://example.com) of our own"),
    ],
)
def test_the_same_address_is_silent(examine, source, target):
    assert examine(source, target) == []


def test_a_changed_address_is_an_error_with_the_right_one_as_its_fix(examine):
    (finding,) = examine("见[官网](https://example.com/a)。", 'See the [website](https://example.com/b "title").')
    assert finding.severity is Severity.ERROR
    assert finding.message == "The address “https://example.com/a” is “https://example.com/b” in the translation."
    assert finding.fix == 'See the [website](https://example.com/a "title").'


def test_a_lost_link_and_a_lost_picture_are_named(examine):
    findings = examine("[官网](https://example.com/a)![图](b.jpg)", "The website")
    assert [finding.message for finding in findings] == [
        "The address “https://example.com/a” is missing in the translation.",
        "The address “b.jpg” is missing in the translation.",
    ]


def test_a_link_broken_by_a_full_width_bracket_is_lost(examine):
    assert len(examine("[site](https://example.com/a)", "[官网]（媒体）", "en>zh-CN")) == 1


def test_a_corrected_address_in_a_revised_story_is_only_worth_knowing(examine):
    (finding,) = examine("[site](https://example.com/a)", "[site](https://example.com/b)", "en>en")
    assert finding.severity is Severity.INFO
