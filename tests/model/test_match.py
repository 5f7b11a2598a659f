import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from reviewtool.model.match import Index, Match, MatchKind, Unit

TOKYO = Unit("2月28日，对接会在东京举行。", "The conference was held in Tokyo on February 28.", "memory/desk.tmx")
SEOUL = Unit("3月4日，对接会在首尔举行。", "The conference was held in Seoul on March 4.", "memory/desk.tmx")
TRIP = Unit("佛山代表团出访日本、韩国。", "A Foshan delegation visited Japan and South Korea.", "memory/desk.tmx")

words = st.text("日本韩国代表团 abcAB,。12", max_size=12)


def test_the_same_text_is_an_exact_match_of_100():
    assert Index([TRIP, TOKYO]).search(TOKYO.source, limit=1) == (Match(TOKYO, MatchKind.EXACT, 100.0),)


def test_a_similar_text_is_a_fuzzy_match_and_the_best_comes_first():
    matches = Index([SEOUL, TRIP, TOKYO]).search("2月27日，对接会在东京举行。", threshold=60)
    assert [match.unit for match in matches] == [TOKYO, SEOUL]
    assert matches[0].kind is MatchKind.FUZZY
    assert matches[0].score == pytest.approx(
        100 * Indel.normalized_similarity(TOKYO.source, "2月27日，对接会在东京举行。")
    )


def test_what_is_below_the_threshold_is_no_match():
    assert Index([TRIP]).search("记者唐") == ()
    assert Index([SEOUL]).search(TOKYO.source, threshold=95) == ()


def test_the_same_text_between_the_same_neighbours_is_a_context_match_and_goes_first():
    plain = Unit("谢谢。", "Thanks.", "memory/desk.tmx", before="您好。")
    polite = Unit("谢谢。", "Thank you.", "letter/en", before="您好。", after="再见。")
    matches = Index([plain, polite]).search("谢谢。", before="您好。", after="再见。")
    assert [(match.unit.target, match.kind) for match in matches] == [
        ("Thank you.", MatchKind.CONTEXT),
        ("Thanks.", MatchKind.EXACT),
    ]


def test_unknown_neighbours_make_no_context():
    assert Index([TRIP]).search(TRIP.source)[0].kind is MatchKind.EXACT


def test_the_same_pair_of_texts_is_shown_once_from_where_it_was_found_first():
    again = Unit(TRIP.source, TRIP.target, "memory/other.tmx")
    assert [match.unit.origin for match in Index([TRIP, again]).search(TRIP.source)] == ["memory/desk.tmx"]


def test_two_translations_of_one_text_are_two_matches():
    other = Unit(TRIP.source, "Foshan delegates toured Japan and Korea.", "memory/desk.tmx")
    assert len(Index([TRIP, other]).search(TRIP.source)) == 2


def test_no_more_matches_than_the_limit():
    units = [Unit(f"第{number}天", f"Day {number}", "memory/desk.tmx") for number in range(1, 10)]
    assert len(Index(units).search("第3天", limit=2, threshold=50)) == 2


def test_a_unit_without_a_text_is_never_found():
    index = Index([Unit("", "Nothing", "memory/desk.tmx"), Unit("没有", "", "memory/desk.tmx")])
    assert len(index) == 0
    assert index.search("没有", threshold=0) == ()


def test_only_equal_texts_are_100_percent():
    assert Match(TRIP, MatchKind.FUZZY, 99.96).percent == 99
    assert Match(TRIP, MatchKind.FUZZY, 85.99999999999999).percent == 86
    assert Match(TRIP, MatchKind.EXACT, 100.0).percent == 100


@given(st.lists(words), words, st.integers(0, 100))
def test_a_search_finds_exactly_what_comparing_with_every_unit_finds(sources, text, threshold):
    units = [Unit(source, f"{row}", "memory/desk.tmx") for row, source in enumerate(sources)]
    expected = [100 * Indel.normalized_similarity(text, unit.source) for unit in units if unit.source]
    expected = sorted((score for score in expected if score >= threshold), reverse=True)
    matches = Index(units).search(text, limit=len(units) + 1, threshold=threshold)
    assert [match.score for match in matches] == pytest.approx(expected)
