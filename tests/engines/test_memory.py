import pytest

from reviewtool.engines.memory import create
from reviewtool.errors import InputError
from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.match import Index, MatchKind, Unit
from reviewtool.plugins.protocols import Draft, Job, Request

ZH_EN = LanguagePair(Language("zh-CN"), Language("en"))
UNITS = (
    Unit(
        "代表团为期8天，访问日本和韩国。",
        "The delegation travelled to Japan and South Korea for 8 days.",
        "memory/desk.tmx",
    ),
    Unit("谢谢。", "Thanks.", "memory/desk.tmx"),
    Unit("谢谢。", "Thank you.", "letter/en", before="您好。", after="再见。"),
)


def drafts(*requests: Request) -> list[Draft]:
    index = Index(UNITS)
    engine = create(
        {"recall": lambda request, languages: index.search(request.text, before=request.before, after=request.after)}
    )
    return list(engine.translate(Job(requests, ZH_EN)))


def test_an_exact_match_is_taken_as_it_is():
    [draft] = drafts(Request("a1", "代表团为期8天，访问日本和韩国。"))
    assert draft == Draft("a1", UNITS[0].target, "memory:exact", MatchKind.EXACT, 100.0)


def test_a_context_match_goes_before_an_exact_one():
    [draft] = drafts(Request("a1", "谢谢。", before="您好。", after="再见。"))
    assert (draft.text, draft.origin, draft.kind, draft.warnings) == (
        "Thank you.",
        "memory:context",
        MatchKind.CONTEXT,
        (),
    )


def test_several_translations_of_the_text_are_said_to_be_several():
    [draft] = drafts(Request("a1", "谢谢。"))
    assert draft.warnings == ("The memory has 2 translations of this text.",)


def test_a_similar_text_is_repaired_and_its_score_shown_rounded_down():
    [draft] = drafts(Request("a1", "代表团为期9天，访问日本和韩国。"))
    assert draft.text == "The delegation travelled to Japan and South Korea for 9 days."
    assert draft.origin == "memory:fuzzy 93"
    assert draft.score == pytest.approx(93.75)
    assert draft.warnings == ("Number repaired: 9 instead of 8.",)


def test_below_75_percent_there_is_no_draft():
    assert drafts(Request("a1", "代表团访问日本和越南，为期8天多。"), Request("a2", "记者唐")) == []


def test_it_costs_nothing_and_needs_no_network():
    engine = create({"recall": lambda request, languages: ()})
    assert engine.estimate(Job((Request("a1", "谢谢。"),), ZH_EN)) == 0
    assert engine.info.remote is None
    assert engine.supports(ZH_EN)


def test_without_a_look_up_it_says_what_is_missing():
    with pytest.raises(InputError, match="needs a memory to look into"):
        create({})
