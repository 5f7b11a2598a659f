from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.language import Language, LanguagePair
from reviewtool.model.paste import lay_over

ZH_EN = LanguagePair(Language("zh-CN"), Language("en"))
EN_ZH = LanguagePair(Language("en"), Language("zh-CN"))
KO_EN = LanguagePair(Language("ko"), Language("en"))

STORY = [
    ("a1", 0, "佛山代表团访问日本和韩国"),
    ("b1", 1, "佛山经贸代表团于2月26日至3月5日访问日本和韩国。"),
    ("b2", 1, "行程共8天。"),
    ("b3", 1, "代表团参观了两个展会，拜访了10多家机构。"),
    ("c1", 2, "2月28日，对接会在东京举行。"),
    ("c2", 2, "现场达成意向订单逾6亿元。"),
]
HEADLINE = "Foshan Delegation Visits Japan and South Korea"
FIRST = "A trade delegation from Foshan visited Japan and South Korea from February 26 to March 5."
SECOND = "The trip took 8 days."
THIRD = "The delegates saw two exhibitions and called on more than 10 institutions."
TOKYO = "A matchmaking conference was held in Tokyo on February 28."
ORDERS = "Intended orders of more than 600 million yuan were placed."


def test_paragraphs_and_sentences_go_one_to_one_where_there_are_as_many():
    text = f"{HEADLINE}\n\n{FIRST} {SECOND} {THIRD}\n\n{TOKYO} {ORDERS}"
    assert lay_over(STORY, text, ZH_EN) == {
        "a1": HEADLINE,
        "b1": FIRST,
        "b2": SECOND,
        "b3": THIRD,
        "c1": TOKYO,
        "c2": ORDERS,
    }


def test_paragraphs_may_stand_on_a_line_each():
    text = f"{HEADLINE}\n{FIRST} {SECOND} {THIRD}\n{TOKYO} {ORDERS}\n"
    assert lay_over(STORY, text, ZH_EN)["c1"] == TOKYO


def test_a_text_with_a_line_for_every_segment_is_laid_line_by_line():
    lines = [HEADLINE, FIRST, "Eight days. In all.", THIRD, TOKYO, ORDERS]
    assert list(lay_over(STORY, "\n".join(lines), ZH_EN).values()) == lines


def test_lines_of_one_paragraph_are_joined():
    text = f"{HEADLINE}\n\n{FIRST}\n{SECOND}\n{THIRD}\n\n{TOKYO}\n{ORDERS}"
    assert lay_over(STORY, text, ZH_EN)["b2"] == SECOND
    chinese = lay_over([("a1", 0, "The trade delegation left for Japan.")], "经贸代表团\n前往日本。", EN_ZH)
    assert chinese == {"a1": "经贸代表团前往日本。"}
    korean = lay_over([("a1", 0, "The delegation visited Japan.")], "대표단이 일본을\n방문했다.", EN_ZH)
    assert korean == {"a1": "대표단이 일본을 방문했다."}


def test_a_missing_headline_moves_nothing():
    laid = lay_over(STORY, f"{FIRST} {SECOND} {THIRD}\n\n{TOKYO} {ORDERS}", ZH_EN)
    assert laid == {"b1": FIRST, "b2": SECOND, "b3": THIRD, "c1": TOKYO, "c2": ORDERS}


def test_a_paragraph_cut_in_two_covers_the_one_it_translates():
    laid = lay_over(STORY, f"{HEADLINE}\n\n{FIRST}\n\n{SECOND} {THIRD}\n\n{TOKYO} {ORDERS}", ZH_EN)
    assert laid == {"a1": HEADLINE, "b1": FIRST, "b2": SECOND, "b3": THIRD, "c1": TOKYO, "c2": ORDERS}


def test_two_sentences_for_one_stay_together():
    two = "The delegates saw two exhibitions. They also called on more than 10 institutions."
    laid = lay_over(STORY, f"{HEADLINE}\n\n{FIRST} {SECOND} {two}\n\n{TOKYO} {ORDERS}", ZH_EN)
    assert (laid["b2"], laid["b3"]) == (SECOND, two)


def test_one_sentence_for_two_goes_to_the_first():
    one = "At a conference held in Tokyo on February 28, intended orders of more than 600 million yuan were placed."
    laid = lay_over(STORY, f"{HEADLINE}\n\n{FIRST} {SECOND} {THIRD}\n\n{one}", ZH_EN)
    assert laid["c1"] == one
    assert "c2" not in laid


def test_marks_of_markdown_are_taken_off_where_the_source_has_none():
    segments = [("a1", 0, "行程"), ("b1", 1, "上海"), ("c1", 2, "泉州"), ("d1", 3, "“谢谢。”")]
    text = "# The trip\n\n- Shanghai\n- Quanzhou\n\n> “Thank you.”\n"
    assert list(lay_over(segments, text, ZH_EN).values()) == ["The trip", "Shanghai", "Quanzhou", "“Thank you.”"]
    assert lay_over([("a1", 0, "- 5 度")], "- 5 degrees", ZH_EN) == {"a1": "- 5 degrees"}


def test_the_numbers_of_a_list_are_taken_off_and_other_numbers_are_not():
    segments = [("a1", 0, "上海"), ("b1", 1, "泉州")]
    assert list(lay_over(segments, "1. Shanghai\n2. Quanzhou", ZH_EN).values()) == ["Shanghai", "Quanzhou"]
    german = LanguagePair(Language("zh"), Language("de"))
    assert lay_over([("a1", 0, "3月4日启程")], "4. März: Abreise", german) == {"a1": "4. März: Abreise"}


def test_cells_of_a_table_go_to_cells():
    segments = [("a1", 0, "城市"), ("b1", 1, "天数"), ("c1", 2, "东京"), ("d1", 3, "四天")]
    text = "| City | Days |\n|---|--:|\n| Tokyo | four |\n"
    assert list(lay_over(segments, text, ZH_EN).values()) == ["City", "Days", "Tokyo", "four"]


def test_a_quote_over_several_lines_is_one_paragraph():
    segments = [("a1", 0, "“谢谢，”唐说，“再见。”"), ("b1", 1, "她走了。")]
    text = "> “Thank you,” said Tang,\n> “and goodbye.”\n\nShe left."
    assert lay_over(segments, text, ZH_EN) == {"a1": "“Thank you,” said Tang, “and goodbye.”", "b1": "She left."}


def test_what_has_no_source_stays_with_its_neighbour():
    note = "Translated by the desk."
    laid = lay_over(STORY[-1:], f"{ORDERS}\n\n{note}", ZH_EN)
    assert laid == {"c2": f"{ORDERS} {note}"}


def test_nothing_is_laid_where_there_is_nothing():
    assert lay_over([], HEADLINE, ZH_EN) == {}
    assert lay_over(STORY, " \n\n---\n", ZH_EN) == {}


def test_korean_paragraphs_find_theirs_by_length_and_number():
    segments = [
        ("a1", 0, "포산 대표단, 일본과 한국 방문"),
        ("b1", 1, "포산 경제무역 대표단이 2월 26일부터 3월 5일까지 일본과 한국을 방문했다."),
        ("c1", 2, "3월 4일 한국에서 상담회가 열렸다."),
    ]
    text = f"{FIRST}\n\nA conference was held in South Korea on March 4."
    assert list(lay_over(segments, text, KO_EN)) == ["b1", "c1"]


pieces = st.text("abc。.!？日本 \n12", max_size=40)


@given(st.lists(st.tuples(st.integers(0, 3), pieces), max_size=8), pieces)
def test_no_text_is_lost_or_doubled_and_its_order_is_kept(sources, text):
    segments = [(f"s{row}", paragraph, source) for row, (paragraph, source) in enumerate(sources)]
    laid = lay_over(segments, text, ZH_EN)
    assert list(laid) == [identifier for identifier, _, _ in segments if identifier in laid]
    if segments:
        assert "".join("".join(laid.values()).split()) == "".join(text.split())
    assert all(laid.values())
