"""Lines are broken as readers of the script expect, and what is shown is the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import iter_graphemes

from reviewtool.tui.wrapping import inside_clusters, wrap

NEVER_FIRST = "。，、；：？！）」』】》〉〕”’…ー々ぁっゃュョッ％℃"
NEVER_LAST = "（「『【《〈〔“‘"
WHITE = " \u3000\n"
CLUSTERS = [
    "e\u0301",
    "n\u0303",
    "👨\u200d👩\u200d👧",
    "🇨🇳",
    "❤\ufe0f",
    "👍🏽",
    "5\ufe0f\u20e3",
    "각",
    "葛\U000e0100",
    "न्दि",
]
STRANGE = ["\u0301", "\u200d", "\ufe0f", "🏽", "🇨", "ᄀ", "ᅡ", "⟨U+202E⟩", "ﷺ"]

_letters = st.sampled_from("佛山代表团万元はカ訪대표abcdeFGH0123 \u3000\n")
_marks = st.sampled_from([*NEVER_FIRST, *NEVER_LAST, *"()[].,:;!?%$+-–—'\"/"])
prose = st.lists(_letters | _marks | st.sampled_from(CLUSTERS) | st.sampled_from(STRANGE), max_size=60).map("".join)
east_asian = st.text(st.sampled_from("佛山訪问はカ" + NEVER_FIRST + NEVER_LAST), max_size=60)
words = st.lists(st.text(st.sampled_from("abcdéñžяю"), min_size=1, max_size=8), max_size=20).map(" ".join)
widths = st.integers(min_value=1, max_value=30)


def lines(text, width):
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("The fair runs from March 18 to 21.", 12, ["The fair", "runs from", "March 18 to", "21."]),
        ("state-of-the-art hall", 9, ["state-of-", "the-art", "hall"]),
        ("up -5 or F-16", 4, ["up", "-5", "or", "F-16"]),
        ("well—or nearly so", 8, ["well—or", "nearly", "so"]),
        ("Tanzhou", 4, ["Tanz", "hou"]),
        ("don’t say “yes”", 8, ["don’t", "say", "“yes”"]),
        ("the ’90s, the .NET", 8, ["the", "’90s,", "the .NET"]),
        ("He said:\n\nyes", 20, ["He said:", "", "yes"]),
        ("Зал открыт для всех", 11, ["Зал открыт", "для всех"]),
        ("展览会于3月18日至21日举行。", 10, ["展览会于", "3月18日至", "21日举行。"]),
        ("成交额超过25亿元，比去年", 12, ["成交额超过", "25亿元，比去", "年"]),
        ("增长12.5%。同比", 8, ["增长", "12.5%。", "同比"]),
        ("“这是一个好的开始，”他说。", 19, ["“这是一个好的开", "始，”他说。"]),
        ("他说：“好。”“是的”", 8, ["他说：", "“好。”", "“是的”"]),
        ("举办了推介会——每场都座无虚席", 13, ["举办了推介会", "——每场都座无", "虚席"]),
        ("看……他来了", 4, ["看……", "他来", "了"]),
        ("在潭洲展馆（Tanzhou Centre）举行", 14, ["在潭洲展馆", "（Tanzhou", "Centre）举行"]),
        ("约翰·史密斯说", 6, ["约翰·", "史密斯", "说"]),
        ("ショッピングセンター", 8, ["ショッピ", "ングセン", "ター"]),
        ("人々のキャッチコピー。", 10, ["人々の", "キャッチコ", "ピー。"]),
        ("불산(佛山)시는 2월 28일부터 3월 7일까지", 14, ["불산(佛山)시는", "2월 28일부터", "3월 7일까지"]),
        ("대표단을 파견하여 12억 위안의", 10, ["대표단을", "파견하여", "12억", "위안의"]),
        ("see ( the hall )", 6, ["see", "( the", "hall )"]),
        ("潭洲展馆１２３４５６号Ｔａｎ", 14, ["潭洲展馆", "１２３４５６号", "Ｔａｎ"]),
        ("ｷｬｯﾁｺﾋﾟｰ", 4, ["ｷｬｯﾁ", "ｺﾋﾟｰ"]),
        ("超过12亿元", 8, ["超过", "12亿元"]),
        ("约￥1,200万", 9, ["约", "￥1,200万"]),
        ("$1,200 or −3 ℃, 10 %", 6, ["$1,200", "or", "−3 ℃,", "10 %"]),
    ],
)
def test_a_text_is_broken_as_its_readers_expect(text, width, expected):
    assert lines(text, width) == expected


def test_a_family_is_not_parted_at_the_end_of_a_line():
    family = "👨\u200d👩\u200d👧"
    assert lines(f"佛山{family}{family}", 5) == ["佛山", family * 2]


def test_a_text_of_more_characters_than_are_remembered_is_measured_all_the_same():
    text = "".join(map(chr, range(0x20000, 0x20000 + 40_000)))
    assert {cell_len(line) for line in lines(text, 2)} == {2}


def test_what_is_one_character_to_a_reader_has_no_place_inside_for_a_cut():
    assert inside_clusters("e\u0301a❤\ufe0f") == {1, 4}
    assert inside_clusters("佛山 Foshan") == inside_clusters("Foshan") == frozenset()


@given(prose, widths)
def test_the_lines_are_the_text_but_for_white_space_between_them(text, width):
    ranges = wrap(text, width)
    edges = [0, *(place for line in ranges for place in line), len(text)]
    assert edges == sorted(edges)
    assert all(not text[end:start].strip(WHITE) for end, start in zip(edges[::2], edges[1::2], strict=True))


@given(prose, widths)
def test_no_line_is_wider_than_the_column_but_for_one_cluster(text, width):
    for line in lines(text, width):
        assert cell_len(line) <= width or sum(1 for cluster in iter_graphemes(line) if cell_len(cluster)) == 1


@given(prose, widths)
def test_clusters_are_never_cut(text, width):
    places = [0]
    for cluster in iter_graphemes(text):
        places.append(places[-1] + len(cluster))
    assert {place for line in wrap(text, width) for place in line} <= set(places)


@given(prose, widths)
def test_a_line_alone_stays_as_it_is(text, width):
    for line in lines(text, width):
        assert wrap(line, width) == [(0, len(line))]


@given(prose, widths)
def test_a_line_that_goes_on_does_not_start_with_a_space(text, width):
    for start, _ in wrap(text, width):
        first = next(iter_graphemes(text[start:]), "")
        assert start in (0, len(text)) or text[start - 1] == "\n" or first.strip()


def _at_fault(text, place):
    return text[place] in NEVER_FIRST or text[place - 1] in NEVER_LAST


@given(east_asian, st.integers(min_value=2, max_value=30))
def test_closing_marks_do_not_start_a_line_and_opening_ones_do_not_end_it_where_it_can_be_helped(text, width):
    for start, end in wrap(text, width):
        if end < len(text) and _at_fault(text, end):
            assert all(_at_fault(text, place) for place in range(start + 1, end))


@given(words, st.integers(min_value=8, max_value=30))
def test_words_that_fit_a_line_are_not_cut(text, width):
    assert [word for line in lines(text, width) for word in line.split()] == text.split()


@given(words, st.integers(min_value=8, max_value=30))
def test_a_line_takes_every_word_that_fits(text, width):
    broken = lines(text, width)
    for line, following in pairwise(broken):
        assert cell_len(f"{line} {following.split()[0]}") > width
