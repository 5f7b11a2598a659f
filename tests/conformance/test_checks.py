"""What every installed check holds to, bundled or a stranger's."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewtool.model.finding import Finding, Severity
from reviewtool.model.glossary import Glossary, Term
from reviewtool.model.language import Language, LanguagePair
from reviewtool.plugins import registry
from reviewtool.plugins.protocols import CheckContext, CheckedSegment

NAMES = registry.checks().names()
CHECKS = {name: registry.checks().create(name) for name in NAMES}
KINDS = ("headline", "front", "heading", "paragraph", "quote", "list", "table", "caption")
PAIRS = [
    LanguagePair(Language(source), Language(target))
    for source, target in (("zh-CN", "en"), ("en", "zh-CN"), ("ja", "ko"), ("ko", "ja"), ("en", "de"), ("en", "en"))
]
PERFECT = [
    ("zh-CN", "en", "佛山经贸代表团于2月26日启程。", "The Foshan trade delegation set off on February 26."),
    ("zh-CN", "en", "行程为期8天，涉及3个项目。", "The eight-day trip concerned three projects."),
    ("zh-CN", "en", "意向订单总额超**12亿元**。", "Intended orders exceeded **1.2 billion yuan** in all."),
    ("en", "zh-CN", "“We met [15 buyers](https://example.com/a),” she said.", "“我们见了[15位买家](https://example.com/a)，”她说。"),
    ("ja", "en", "代表団は3月4日に韓国で会議を開いた。", "The delegation held a conference in South Korea on March 4."),
    ("ko", "en", "대표단은 10여 개 기관을 방문했다.", "The delegation visited more than ten institutions."),
    ("en", "ja", "The delegation visited two exhibitions.", "代表団は２つの展示会を訪れた。"),
    ("en", "ko", "Who signed? Tang did.", "누가 서명했나? 탕이 했다."),
    ("zh-CN", "ja", "为什么去东京？", "なぜ東京へ行ったのか？"),
    ("en", "en", "The delegation returned on Sunday.", "The delegation returned on Sunday."),
]  # fmt: skip
GLOSSARY_TERMS = (Term("代表团", ("delegation",), ("business group",)), Term("佛山", ("Foshan", "x"), ("山", "の")))


def examine(name: str, source: str, target: str, languages: LanguagePair, kind: str = "paragraph") -> list[Finding]:
    context = CheckContext(languages, Glossary(languages.target, GLOSSARY_TERMS))
    return list(CHECKS[name].examine(CheckedSegment("0123456789ab", kind, source, target), context))


def test_a_check_goes_by_the_name_it_is_installed_under():
    assert {name: check.name for name, check in CHECKS.items()} == {name: name for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_silent_on_an_untranslated_segment_unless_that_is_the_point(name):
    found = [examine(name, source, "", languages) for source in ("佛山15家“企业", "**a** {x}") for languages in PAIRS]
    assert all(len(one) == (name == "untranslated") for one in found)


@pytest.mark.parametrize("name", NAMES)
def test_silent_on_an_omitted_segment(name):
    segment = CheckedSegment("0123456789ab", "paragraph", "佛山15家“企业{x}。", "", omitted=True)
    assert list(CHECKS[name].examine(segment, CheckContext(PAIRS[0]))) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("source_tag", "target_tag", "source", "target"), PERFECT)
def test_silent_on_a_perfect_pair(name, source_tag, target_tag, source, target):
    assert examine(name, source, target, LanguagePair(Language(source_tag), Language(target_tag))) == []


pieces = st.sampled_from(
    [*"aA佛山が국.。?？!！,，:：;；…“”‘’'\"「」『』（）()[]《》{}*_`<>&%#0159０９ \u3000\u00a0\n\t\x00\u202e",
     "**", "  ", "12亿", "1.2 billion", "15", "1,200", "2月26日", "https://a.b/c", "](u)", "{x}", "<b>", "代表团",
     "business group", "[^1]"]
)  # fmt: skip
texts = st.lists(pieces, max_size=12).map("".join) | st.text(max_size=20)


@pytest.mark.parametrize("name", NAMES)
@given(source=texts, target=texts, languages=st.sampled_from(PAIRS), kind=st.sampled_from(KINDS))
@example(source="1" * 5000 + ".5", target="9" * 5000, languages=PAIRS[0], kind="paragraph")
@example(source="(" * 3000, target="“'" * 3000, languages=PAIRS[0], kind="paragraph")
def test_whatever_the_texts_the_findings_are_sound(name, source, target, languages, kind):
    findings = examine(name, source, target, languages, kind)
    assert findings == examine(name, source, target, languages, kind)
    for finding in findings:
        assert finding.check == name
        assert finding.severity in Severity
        assert finding.message.isprintable()
        assert finding.message.endswith(".")
        assert is_within(finding.source_span, source)
        assert is_within(finding.target_span, target)
        assert finding.fix != target


@pytest.mark.parametrize("name", NAMES)
@given(source=texts, target=texts, languages=st.sampled_from(PAIRS))
def test_a_fix_settles_its_finding(name, source, target, languages):
    findings = examine(name, source, target, languages)
    for finding in findings:
        if finding.fix is not None:
            after = examine(name, source, finding.fix, languages)
            assert [one.message for one in after].count(finding.message) < [one.message for one in findings].count(
                finding.message
            )


def times(message: str, findings: list[Finding]) -> int:
    return sum(one.message == message for one in findings)


def is_within(span: tuple[int, int] | None, text: str) -> bool:
    return span is None or 0 <= span[0] < span[1] <= len(text)
