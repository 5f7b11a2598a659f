"""Sentences of the core are said in the interface's language, whole, with the names and numbers in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest

import reviewtool
from reviewtool.tui import language
from reviewtool.tui.core_sentences import TEMPLATES, translated
from tests.tui.conftest import OpenApp, screen_text, until
from tests.tui.test_language import literal

CORE = Path(reviewtool.__file__).parent
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
"""Two words of English."""


@pytest.fixture(autouse=True)
def _chinese(_english: None) -> Iterator[None]:
    language.choose("zh-Hans")
    yield
    language.choose("en")


def test_names_and_numbers_come_over():
    assert translated("Tang wrote it: nobody approves their own words") == "Tang 写的：谁也不能通过自己的文字"
    assert translated("6 segments are untranslated") == "6 个句段未译"
    assert translated("1 segment is sent back by Eleanor, Jessica") == "1 个句段被 Eleanor、Jessica 退回"


def test_what_is_filled_in_is_translated_where_it_is_a_sentence():
    assert (
        translated("Segment 4f1d0c2b9a7e of trade-delegation (en): it is still a draft: there is nothing to settle.")
        == "trade-delegation（en）的句段 4f1d0c2b9a7e：它还是初稿：没有可裁定的。"
    )
    assert (
        translated(
            "the pass translation comes first and is not complete: "
            "1 segment is a draft; 2 signatures wanted, none standing"
        )
        == "翻译轮次在前，尚未完成：1 个句段还是初稿；需要 2 人签署，还没有人签"
    )
    assert translated("the record of Tang: this line is no event.") == "Tang 的记录：这一行不是事件。"


def test_passes_have_their_usual_names_or_the_desks_own():
    assert translated("There is no pass 'x'; the passes are translation, legal.") == "没有轮次 'x'；有：翻译、legal。"
    assert translated("1 segment lacks an approval in legal") == "1 个句段在legal中尚未通过"


def test_text_that_looks_like_a_template_is_only_text():
    assert translated("{name} wrote it: nobody approves their own words").startswith("{name} ")
    assert translated("“{x}” is missing in the translation.") == "译文缺少“{x}”。"
    assert "draft" in translated("draft wrote it: nobody approves their own words")


@pytest.mark.parametrize("sentence", ["", "Foshan Commerce", "articles/a.md: nobody knows why", "汉字", "a: b: c"])
def test_what_is_not_known_stays_as_it_is(sentence: str):
    assert translated(sentence) == sentence


def test_a_long_text_is_not_searched_for_sentences():
    text = "is missing " * 10_000 + "is missing in the translation."
    assert translated(text) == text


@pytest.mark.parametrize("piece", ["Segment a: ", "a: ", "is ", "; ", "“a” or ", "line 1: ", "x may not settle it: "])
def test_no_text_makes_the_search_long(piece: str):
    text = (piece * 1000)[:990] + "."
    assert translated(text).endswith((".", "。"))


def test_english_stays_english():
    language.choose("en")
    assert translated("6 segments are untranslated") == "6 segments are untranslated"


def test_no_template_is_there_twice():
    assert len(set(TEMPLATES)) == len(TEMPLATES)


# What is shown

FAIR = ("furniture-fair", "en")


async def test_what_blocks_a_signature_is_said_in_the_interfaces_language(app: OpenApp):
    async with app(person="jessica", edition=FAIR) as pilot:
        await until(pilot, lambda: "已通过 4/18" in screen_text(pilot))
        await pilot.press("f9")
        await until(pilot, lambda: "! 翻译轮次在前，尚未完成：6 个句段未译；4 个句段还是初稿" in screen_text(pilot))


async def test_what_the_checks_find_is_said_in_the_interfaces_language(app: OpenApp):
    async with app(person="tang", edition=FAIR) as pilot:
        await until(pilot, lambda: "已确认 8/18" in screen_text(pilot))
        await pilot.press("f7")
        await until(pilot, lambda: "“泛家居”不应译作“Pan-home”；请用“pan-furniture”。" in screen_text(pilot))


async def test_a_refusal_is_said_and_kept_in_the_interfaces_language(app: OpenApp):
    async with app() as pilot:
        pilot.app.notify("Segment 1 of a (en): Tang wrote it: nobody approves their own words.", severity="error")
        await until(pilot, lambda: "谁也不能通过自己的文字" in screen_text(pilot))
        await pilot.press("f11")
        await until(pilot, lambda: "! a（en）的句段 1：Tang 写的：谁也不能通过自己的文字。" in screen_text(pilot))


# The templates and the core

SPEAKING = (
    "model/acts.py",
    "model/signoff.py",
    "model/policy.py",
    "model/cuts.py",
    "model/repair.py",
    "services/review.py",
    "services/signing.py",
    "services/drafting.py",
    "services/searching.py",
    *(f"checks/{path.name}" for path in sorted((CORE / "checks").glob("*.py"))),
)
"""The modules all of whose sentences are translated."""

FILLED_IN: Mapping[str, Sequence[str]] = {
    # What sentences are made of
    "_unready(segment)": ["it is still a draft", "it has no text"],
    "reason": ["it has no text"],
    "_names(standing, others)": ["Tang, Eleanor"],
    "names": ["translation, revision"],
    "segment.segment.kind": ["headline", "front", "heading", "caption", "paragraph", "quote", "list", "table"],
    "one.segment.kind": ["headline"],
    "_joined(self.passes[before.name].blocks)": ["1 segment is a draft; 2 signatures wanted, none standing"],
    "'; '.join((one.sentence for one in blockers))": ["the edition has no segments"],
    "sentence": ["Tang cannot sign revision of trade-delegation (en) yet"],
    "_changes(edition, signature)": ["segment a changed since; segments a, b dropped since"],
    "checks/markup.py: how": ["more often than in the source", "but not in the source"],
    "model/cuts.py: how": ["does not stand there", "stands there 2 times"],
    "word": ["bold", "struck-out", "emphasised"],
    "_NAMES[given]": ["a full stop", "a question mark", "an exclamation mark", "a colon"],
    "_NAMES[wanted]": ["a full stop", "a question mark", "an exclamation mark", "a colon"],
    "checks/pairs.py: what": ["bracket (", "quotation mark “"],
    "services/searching.py: what": ["pattern", "replacement"],
    "terms": ["“a”", "“a” or “b”"],
    "_better(match.term)": ["", "; use “a”", "; use “a” or “b”"],
    "kind": ["number", "placeable"],
    "kind.capitalize()": ["Number", "Placeable"],
    # What is counted
    "_number(one.differences)": ["1 segment", "2 segments"],
    "_number(one.dropped)": ["1 segment", "2 segments"],
    "_number(one.added)": ["1 segment", "2 segments"],
    "signatures": ["1 signature", "2 signatures"],
    "standing or 'none'": ["none", "1"],
    "people": ["1 person", "2 people"],
    "beside": ["", " who did not translate"],
    "there or 'nobody'": ["nobody", "1"],
    "by": [" by Tang", " by Tang, Eleanor"],
    "done": ["approved or read", "confirmed or read"],
    "hint": ["(sign with --read-all if all of it was read)"],
    "len(segments)": ["2"],
    "one.signers": ["2"],
    "one.approvals": ["2"],
    "wanted": ["2"],
    "LONGEST": ["500"],
    "MOST_TEXT // 1000": ["100"],
}
"""What the core puts in, by the code that does; a name where nothing is said here."""

FRAGMENTS = {
    "by {}": "in sentences of signoff.py",
    "confirmed or read": "in sentences of signoff.py",
    "approved or read": "in sentences of signoff.py",
    "(sign with": "in sentences of signoff.py",
    "1 segment {}": "in sentences of signoff.py",
    "{} segments {}": "in sentences of signoff.py",
    "who did not translate": "in a sentence of policy.py",
    "would ": "in a sentence of cuts.py",
    "stands there": "in a sentence of cuts.py",
    "does not stand": "in a sentence of cuts.py",
    "more often than": "in a sentence of markup.py",
    "but not in": "in a sentence of markup.py",
    "quotation mark": "in sentences of pairs.py",
    "; use": "in a sentence of terms.py",
    "at character": "in a sentence of searching.py",
    "segment{} {}": "in a sentence of signing.py",
    "changed since": "in a sentence of signing.py",
    "spoken against": "in a sentence of signing.py",
    "added since": "in a sentence of signing.py",
    "dropped since": "in a sentence of signing.py",
    "{} cannot sign": "in a sentence of signing.py",
    "Segment {} was settled": "a note of verifying, which only the command line gives",
    "The check {} takes no option": "a fault in the settings: the interface does not open",
    "reviewtool.toml names a check": "a fault in the settings: the interface does not open",
    "There is no finding": "of the command line, where findings are named by their id",
    "{} is no event on": "of the command line, where events are named by their id",
    "{} is no thread on": "of the command line, where threads are named by their id",
    "{} is no remark on": "of the command line, where remarks are named by their id",
    "{} is no MQM": "of the command line, where categories are typed",
}
"""Strings that are no sentences, and sentences that nobody sees in the interface."""


def sentences(module: str) -> Iterator[tuple[int, str, ast.expr]]:
    """The strings of a module that have two words or more, each with its line."""
    todo: list[ast.AST] = [ast.parse((CORE / module).read_text(encoding="utf-8"))]
    while todo:
        for node in ast.iter_child_nodes(todo.pop()):
            text = literal(node)
            if text is None:
                todo += [] if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else [node]
            elif re.search(r"\w \w|\w \{|\} \w", text) and "\\" not in text:
                assert isinstance(node, ast.expr)
                yield node.lineno, text, node


def filled_in(module: str, node: ast.expr) -> Iterator[str]:
    """A sentence with everything that may be put in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    put_in = {ast.unparse(part.value): part for part in parts if isinstance(part, ast.FormattedValue)}
    choices = [FILLED_IN.get(f"{module}: {code}", FILLED_IN.get(code, ["Tang"])) for code in put_in]
    for chosen in product(*choices):
        texts = dict(zip(put_in, chosen, strict=True))
        yield "".join(
            texts[ast.unparse(part.value)] if isinstance(part, ast.FormattedValue) else str(part.value)
            for part in parts
            if isinstance(part, ast.FormattedValue | ast.Constant)
        )


def whole(module: str, sentence: str) -> Sequence[str]:
    """Of what signoff says of segments, the subject is put in front."""
    if module == "model/signoff.py" and re.match("(is|has|lacks|was) ", sentence):
        return [f"1 segment {sentence}"]
    if module == "model/signoff.py" and re.match("(are|have|lack|were) ", sentence):
        return [f"6 segments {sentence}"]
    return [sentence]


@pytest.mark.parametrize("module", SPEAKING)
def test_every_sentence_of_the_core_has_its_template(module: str):
    for line, text, node in sentences(module):
        if text.strip().startswith(tuple(FRAGMENTS)):
            continue
        for sentence in (each for one in filled_in(module, node) for each in whole(module, one)):
            shown = translated(sentence)
            assert shown != sentence, f"line {line}: {sentence!r}"
            left = re.sub(r"`[^`]*`|\(--\w+[^)]*\)", "", shown)
            assert not WORDS.search(left), f"line {line}: {sentence!r} -> {shown!r}"


def test_a_module_that_speaks_has_sentences():
    assert all(any(sentences(module)) for module in SPEAKING[:9])
