"""The end of a sentence has the mark of its meaning and of its script."""

import pytest

from reviewtool.model.finding import Severity

CHECK = "end-punctuation"


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("代表团返回佛山。", "The delegation returned to Foshan.", "zh-CN>en"),
        ("代表团返回佛山。", "代表団は仏山に戻った。", "zh-CN>ja"),
        ("代表团返回佛山。", "대표단이 포산으로 돌아왔다.", "zh-CN>ko"),
        ("为什么？", "Why?", "zh-CN>en"),
        ("真的吗？！", "Really?", "zh-CN>en"),
        ("太好了！", "That is good news.", "zh-CN>en"),
        ("他说：“好。”", '"Good," he said.', "zh-CN>en"),
        ("他问：“为什么？”", '"Why?" he asked.', "zh-CN>en"),
        ('"Why?" he asked.', "他问：“为什么？”", "en>zh-CN"),
        ("展品包括：", "On show were:", "zh-CN>en"),
        ("他说：", "He said,", "zh-CN>en"),
        ("等等……", "and so on.", "zh-CN>en"),
        ("And so on...", "等等……", "en>zh-CN"),
        ("一方面，", "On the one hand.", "zh-CN>en"),
        ("**佛山。**", "**Foshan.**", "zh-CN>en"),
        ("出席会议。[^1]", "attended the meeting.[^1]", "zh-CN>en"),
        ("见 https://example.com", "See https://example.com", "zh-CN>en"),
        ("佛山（图）。", "Foshan (photo).", "zh-CN>en"),
        ("没有句号", "With a full stop.", "zh-CN>en"),
        ("代表团返回。", "คณะผู้แทนเดินทางกลับ", "zh-CN>th"),
        ("It was made by Foshan Co.", "由佛山公司制造。", "en>zh-CN"),
        ("He works for Acme Inc.", "他在Acme Inc.", "en>zh-CN"),
        ("Great!", "太好了！", "en>zh-CN"),
        ("“Yes!”", "« Oui ! »", "en>fr"),
        ("“Yes.”", "„Ja.“", "en>de"),
    ],
)
def test_the_same_ending_in_another_script_is_silent(examine, source, target, pair):
    assert examine(source, target, pair) == []


@pytest.mark.parametrize(
    ("source", "target", "pair", "fixed"),
    [
        ("代表团返回佛山。", "The delegation returned to Foshan", "zh-CN>en", "The delegation returned to Foshan."),
        ("The delegation returned.", "代表团返回佛山", "en>zh-CN", "代表团返回佛山。"),
        ("The delegation returned.", "代表団が戻った", "en>ja", "代表団が戻った。"),
        ("代表团返回。", "대표단이 돌아왔다", "zh-CN>ko", "대표단이 돌아왔다."),
        ("为什么？", "Why", "zh-CN>en", "Why?"),
        ("展品包括：", "On show were", "zh-CN>en", "On show were:"),
        ("他说“好”。", "He said “good”", "zh-CN>en", None),
        ("见官网。", "See the [website](https://example.com)", "zh-CN>en", None),
    ],
)
def test_a_missing_mark_is_found_and_added_where_its_place_is_certain(examine, source, target, pair, fixed):
    (finding,) = examine(source, target, pair)
    assert finding.severity is Severity.WARNING
    assert finding.message.endswith("the translation without any mark.")
    assert finding.fix == fixed


@pytest.mark.parametrize(
    ("target", "pair", "fixed"),
    [
        ("代表团返回佛山.", "en>zh-CN", "代表团返回佛山。"),
        ("好吗?", "en>zh-CN", "好吗？"),
        ("“好”.", "en>zh-CN", "“好”。"),
        ("代表団が戻った.", "en>ja", "代表団が戻った。"),
        ("It returned。", "zh-CN>en", "It returned."),
        ("Why？", "zh-CN>en", "Why?"),
        ("왜？", "zh-CN>ko", "왜?"),
    ],
)
def test_a_mark_of_the_other_script_is_exchanged(examine, target, pair, fixed):
    (finding,) = examine("x", target, pair, kind="headline")
    assert finding.fix == fixed


def test_a_question_made_a_statement_and_the_reverse_are_warnings(examine):
    (lost,) = examine("这是为什么？", "This is the reason.")
    (made,) = examine("原因在此。", "What is the reason?")
    assert {lost.severity, made.severity} == {Severity.WARNING}
    assert lost.message == "The source asks a question, the translation does not end with a question mark."
    assert made.message == "The translation ends with a question mark, the source with a full stop."


def test_an_exclamation_of_the_translations_own_is_worth_knowing(examine):
    (finding,) = examine("代表团返回。", "The delegation is back!")
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("kind", ["headline", "heading", "caption", "front", "table", "list"])
def test_headlines_captions_and_lists_may_lack_their_mark(examine, kind):
    assert examine("代表团返回佛山。", "Delegation returns to Foshan", kind=kind) == []


def test_a_story_in_its_own_language_ends_as_its_reviser_likes(examine):
    assert examine("Why not?", "Because.", "en>en") == []
