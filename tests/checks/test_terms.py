"""The glossary is kept to."""

import pytest

from reviewtool.model.finding import Severity
from reviewtool.model.glossary import Term

CHECK = "terms"
DELEGATION = Term("经贸代表团", ("trade delegation",), ("business group", "delegation"))
FURNITURE = Term("泛家居", ("pan-furniture", "home furnishing"), ("pan-home",))


@pytest.mark.parametrize(
    ("source", "target", "pair", "terms"),
    [
        ("佛山经贸代表团", "The Foshan trade delegation", "zh-CN>en", [DELEGATION]),
        ("经贸代表团", "Trade delegations", "zh-CN>en", [DELEGATION]),
        ("泛家居产业", "the pan furniture industry", "zh-CN>en", [FURNITURE]),
        ("泛家居产业", "the home-furnishing industry", "zh-CN>en", [FURNITURE]),
        ("代表团", "The business group", "zh-CN>en", [DELEGATION]),
        ("The trade delegation", "经贸代表团", "en>zh-CN", [Term("trade delegation", ("经贸代表团",), ("商务团",))]),
        ("trade delegations", "経済貿易代表団は", "en>ja", [Term("trade delegation", ("経済貿易代表団",))]),
        ("경제무역대표단이", "the trade delegation", "ko>en", [Term("경제무역대표단", ("trade delegation",))]),
        ("经贸代表团", "mit der Handelsdelegationen", "zh-CN>de", [Term("经贸代表团", ("Handelsdelegation",))]),
        ("佛山", "Foshan", "zh-CN>en", []),
    ],
)
def test_a_text_that_keeps_to_the_terms_is_silent(examine, source, target, pair, terms):
    assert examine(source, target, pair, terms=terms) == []


def test_a_missing_preferred_term_is_a_warning_at_the_source_term(examine):
    (finding,) = examine("佛山泛家居产业与泛家居展", "the furniture industry", terms=[FURNITURE])
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("“泛家居” is “pan-furniture” or “home furnishing” in the glossary")
    assert finding.source_span == (2, 5)


def test_a_forbidden_term_is_an_error_with_its_fix(examine):
    (finding,) = examine("经贸代表团抵达。", "Business group arrives.", terms=[DELEGATION])
    assert finding.severity is Severity.ERROR
    assert finding.message == "“Business group” is not to be used for “经贸代表团”; use “trade delegation”."
    assert finding.fix == "Trade delegation arrives."
    assert finding.target_span == (0, 14)


def test_a_forbidden_term_within_the_preferred_one_is_none(examine):
    (finding,) = examine("经贸代表团", "The trade delegation, a big delegation", terms=[DELEGATION])
    assert finding.target_span == (28, 38)


def test_a_forbidden_chinese_term_is_exchanged(examine):
    term = Term("trade delegation", ("经贸代表团",), ("商务团",))
    (finding,) = examine("The trade delegation left.", "商务团已离开。", "en>zh-CN", terms=[term])
    assert finding.fix == "经贸代表团已离开。"


@pytest.mark.parametrize(
    ("target", "term"),
    [
        ("the business groups", DELEGATION),
        ("an envoy", Term("经贸代表团", ("trade delegation",), ("envoy",))),
        ("the pan-home industry", Term("经贸代表团", FURNITURE.preferred, FURNITURE.forbidden)),
        ("the jargon", Term("经贸代表团", (), ("jargon",))),
    ],
    ids=["plural", "article", "several preferred", "none preferred"],
)
def test_no_fix_where_the_grammar_or_the_choice_is_open(examine, target, term):
    (finding,) = examine("经贸代表团", target, terms=[term])
    assert (finding.severity, finding.fix) == (Severity.ERROR, None)
