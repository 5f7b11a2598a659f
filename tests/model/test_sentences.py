from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.model.language import Language
from reviewtool.model.sentences import split


def sentences(text: str, tag: str) -> list[str]:
    return [text[start:end] for start, end in split(text, Language.parse(tag))]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", ["代表团赴日韩考察。", "成果丰硕！", "下一站在哪里？"]),
        ("ja", ["代表団は東京を訪れた。", "会議は2月28日に開かれた。"]),
        ("zh-CN", ["他说：“好。”", "然后走了。"]),
        ("zh-CN", ["首场在东京举行。", "3月4日，第二场在韩国举行。", "12亿元到手！", "２０２３年会更好。"]),
        ("zh-CN", ["他说：“首场已经结束。3月4日是第二场。”", "然后走了。"]),
        ("ja", ["会議は東京で開かれた。", "3月4日には韓国で開かれた。"]),
        ("zh-CN", ["由Dr. Smith介绍。", "掌声。"]),
        ("zh-CN", ["他沉默了很久……", "第二天，代表团抵达东京。"]),
        ("zh-CN", ["我……我不知道。", "苹果、梨、香蕉……都有。"]),
        ("zh-CN", ["“走吧。”唐先生说。", "大家都走了。"]),
        ("zh-CN", ["见https://example.com/a?b=1!2。", "下一句。"]),
        ("ja", ["「行きます。」と彼は言った。", "皆が帰った。"]),
        ("ja", ["「はい。」", "そして彼は去った。"]),
    ],
)
def test_texts_without_spaces_fall_into_sentences(tag: str, expected: list[str]) -> None:
    assert sentences("".join(expected), tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", ["Mr. Tang of Foshan Co. came on Feb. 26.", "He stayed at No. 5."]),
        ("en", ["Sales grew 3.5 percent.", "The U.S. market led."]),
        ("en", ['He said "Hello."', "Then he left."]),
        ("en", ["“Hello.”", "She left."]),
        ("en", ['"Hello," he said.', "(He meant it.) Nobody moved."]),
        ("en", ["See https://example.com/a.b?c=d.e for more.", "Thank you!"]),
        ("ko", ["대표단은 도쿄를 방문했다.", "회의는 2월 28일에 열렸다."]),
        ("ko", ['그는 "안녕."이라고 말했다.', "모두 떠났다."]),
        ("ru", ["Делегация прибыла в Токио.", "Встреча прошла 28 февраля."]),
    ],
)
def test_texts_with_spaces_fall_into_sentences(tag: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), tag) == expected


def test_a_quotation_within_a_sentence_is_no_end_of_it() -> None:
    assert sentences("他把“好。”写在纸上。", "zh-CN")[-1].endswith("写在纸上。")
    assert sentences('"Really?" he asked. Nobody spoke.', "en") == ['"Really?" he asked.', "Nobody spoke."]


def test_white_space_belongs_to_no_sentence() -> None:
    assert sentences("  One.  Two. \n", "en") == ["One.", "Two."]
    assert sentences("　第一。　第二。", "zh-CN") == ["第一。", "第二。"]
    assert sentences(" \t\u3000", "en") == []


TEXTS = st.text(st.sampled_from("ab。.…！? 　\n“”「」\"'()Dr中文とはい한국1😀\u0301h:/w")) | st.text()


@given(TEXTS, st.sampled_from(["en", "zh-CN", "ja", "ko", "th", "ar", "xx"]))
def test_no_character_is_lost_or_told_twice(text: str, tag: str) -> None:
    spans = split(text, Language.parse(tag))
    covered = [index for start, end in spans for index in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[index].isspace() for index in set(range(len(text))) - set(covered))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
