"""Terms are read from plain tables and found in texts of many scripts."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.errors import InputError
from reviewtool.model.glossary import Glossary, Term, appears, occurrences, parse
from reviewtool.model.language import Language

EN, ZH, JA, KO, DE, RU = (Language(tag) for tag in ("en", "zh-CN", "ja", "ko", "de", "ru"))


def glossary(*sources: str) -> Glossary:
    return Glossary(EN, tuple(Term(source, ("x",)) for source in sources))


def found(source: str, *terms: str) -> list[str]:
    return [source[match.start : match.end] for match in glossary(*terms).in_text(source)]


def test_chinese_terms_are_found_wherever_they_stand_and_the_longest_wins():
    text = "佛山经贸代表团抵达东京，代表团一行拜访了商会。"
    assert found(text, "代表团", "经贸代表团", "商会", "展会") == ["经贸代表团", "代表团", "商会"]


def test_japanese_and_korean_terms_are_found_before_particles():
    assert found("経済貿易代表団が東京を訪問した。", "代表団", "東京") == ["代表団", "東京"]
    assert found("경제무역대표단이 도쿄를 방문했다.", "경제무역대표단", "도쿄") == ["경제무역대표단", "도쿄"]


def test_english_terms_are_whole_words_in_any_case_and_number():
    text = "Trade delegations, a delegation's report, and delegating agencies."
    assert found(text, "trade delegation", "delegation", "agency", "port") == [
        "Trade delegations",
        "delegation",
        "agencies",
    ]


def test_a_latin_term_is_found_between_chinese_characters():
    assert found("用iPhone拍摄，不是iPhones", "iPhone") == ["iPhone", "iPhones"]
    assert found("参加RCEPX会议", "RCEP") == []


def test_spaces_and_hyphens_are_the_same_to_a_term():
    assert occurrences("pan-furniture", "Pan furniture and pan-furniture") == ((0, 13), (18, 31))


@pytest.mark.parametrize(
    ("term", "text", "language", "expected"),
    [
        ("trade delegation", "The trade delegations left.", EN, True),
        ("trade delegation", "The trade mission left.", EN, False),
        ("Handelsdelegation", "Die Handelsdelegationen reisten ab.", DE, True),
        ("торговая делегация", "Встреча с торговой делегацией", RU, True),
        ("торговая делегация", "Встреча с мэром", RU, False),
        ("展示会", "家具展示会に参加", JA, True),
        ("展示会", "家具見本市に参加", JA, False),
        ("대표단", "대표단은 떠났다", KO, True),
    ],
)
def test_a_term_appears_in_the_forms_its_language_has(term, text, language, expected):
    assert appears(term, text, language) is expected


def test_a_table_is_read_with_header_comments_and_several_terms():
    text = (
        "\ufeffsource\tpreferred\tforbidden\tnote\r\n# the city\r\n\r\n佛山\tFoshan\r\n"
        "泛家居\tpan-furniture; home furnishing\tpan-home；big home\tas of 2023\r\n黑话\t\tjargon\r\n"
    )
    assert parse(text, EN, "glossary.tsv").terms == (
        Term("佛山", ("Foshan",)),
        Term("泛家居", ("pan-furniture", "home furnishing"), ("pan-home", "big home"), "as of 2023"),
        Term("黑话", (), ("jargon",)),
    )


def test_a_term_called_source_is_no_header_further_down():
    assert [term.source for term in parse("佛山\tFoshan\nsource\t来源\n", ZH, "g").terms] == ["佛山", "source"]


def test_the_same_line_twice_is_one_term():
    assert len(parse("佛山\tFoshan\n佛山\tFoshan\n", EN, "g").terms) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("佛山\tFoshan\n展会\n", r"g\.tsv:2: .*0 tabs"),
        ("a\tb\tc\td\te", r"g\.tsv:1: .*4 tabs"),
        ("\tFoshan", r"g\.tsv:1: .*no source"),
        ("佛山\tFoshan\n佛山\tFatshan", r"g\.tsv:2: '佛山' stands on line 1 already"),
        ("佛山\t \t", r"g\.tsv:1: '佛山' has neither"),
        ("佛山\tFoshan\tFOSHAN", r"g\.tsv:1: 'foshan' is both"),
        ("<<<<<<< HEAD\n佛山\tFoshan", r"g\.tsv:1: .*unfinished merge"),
        ("佛山\tFo\x1bshan", r"g\.tsv:1: .*control character"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(text, message):
    with pytest.raises(InputError, match=message):
        parse(text, EN, "g.tsv")


words = st.text(st.sampled_from("abAB yYs-' 佛山代表がн대'.*("), min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(words, min_size=1, max_size=4), st.text(st.sampled_from("abAB yYs-' 佛山代表がн대'.*("), max_size=30))
def test_matches_stand_in_the_text_and_do_not_overlap(terms, text):
    matches = glossary(*terms).in_text(text)
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    assert all(one.end <= other.start for one, other in itertools.pairwise(matches))


@given(words)
def test_a_term_is_found_in_itself(term):
    assert [match.term.source for match in glossary(term).in_text(term)] == [term]
