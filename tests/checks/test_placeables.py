"""Placeables must come through; emphasis should."""

import pytest

from reviewtool.model.finding import Severity

CHECK = "placeables"


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("运行`add`，再运行`sync`。", "Run `add`, then `sync`.", "zh-CN>en"),
        ("运行`add`即可。", "Run `add`; `add` is enough.", "zh-CN>en"),
        ("尊敬的{name}：", "Dear {name},", "zh-CN>en"),
        ("共%s件", "%s items", "zh-CN>en"),
        ("CO<sub>2</sub>排放[^1]", "CO<sub>2</sub> emissions[^1]", "zh-CN>en"),
        ("第一行<br>第二行", "line one<br/>line two", "zh-CN>en"),
        ('<span title="提示">词</span>', '<span title="hint">word</span>', "zh-CN>en"),
        ("**超12亿元**", "**more than 1.2 billion yuan**", "zh-CN>en"),
        ("《佛山日报》报道", "*Foshan Daily* reported", "zh-CN>en"),
        ("*Foshan Daily* reported", "《佛山日报》报道", "en>zh-CN"),
        ("*Foshan Daily*", "『仏山日報』", "en>ja"),
        ("增长50%，达100%", "up 50%, to 100%", "zh-CN>en"),
    ],
)
def test_what_came_through_is_silent(examine, source, target, pair):
    assert examine(source, target, pair) == []


def test_a_lost_placeholder_is_an_error_at_its_place(examine):
    (finding,) = examine("尊敬的{name}：", "Dear all,")
    assert (finding.severity, finding.message) == (Severity.ERROR, "“{name}” is missing in the translation.")
    assert finding.source_span == (3, 9)


def test_a_translated_placeholder_is_lost_and_foreign(examine):
    messages = {finding.message for finding in examine("{name} arrived.", "{名字}到达{人}{who}。", "en>zh-CN")}
    assert messages == {
        "“{name}” is missing in the translation.",
        "“{who}” is in the translation, but not in the source.",
    }


def test_a_doubled_mark_is_shown_where_it_stands_the_last_time(examine):
    (finding,) = examine("会议[^1]。", "The meeting[^1] was held[^1].")
    assert finding.message == "“[^1]” is in the translation, more often than in the source."
    assert finding.target_span == (24, 28)


def test_lost_code_and_a_lost_closing_tag_are_errors(examine):
    findings = examine("运行`sync`，H<sub>2</sub>O", "Run sync, H<sub>2O")
    assert [finding.message for finding in findings] == [
        "“`sync`” is missing in the translation.",
        "“</sub>” is missing in the translation.",
    ]


def test_lost_bold_is_a_warning(examine):
    (finding,) = examine("订单**超12亿元**。", "Orders exceeded 1.2 billion yuan.")
    assert finding.severity is Severity.WARNING
    assert finding.message == "A bold passage of the source is not bold here."
    assert finding.source_span == (2, 4)


def test_bold_that_will_be_printed_as_stars_is_explained(examine):
    (finding,) = examine('**"Made in Foshan"** goes global', "**“佛山制造”**走向世界", "en>zh-CN")
    assert "will be printed as it is" in finding.message
    assert finding.target_span == (0, 2)


def test_a_revised_story_may_drop_things_which_is_only_worth_knowing(examine):
    (finding,) = examine("**More** than 10 firms", "More than 10 firms", "en>en")
    assert finding.severity is Severity.INFO


def test_what_cannot_be_printed_is_escaped_in_the_message(examine):
    (finding,) = examine("运行`a\u202eb`", "Run it")
    assert finding.message == "“`a\\u202eb`” is missing in the translation."
