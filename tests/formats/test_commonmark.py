from __future__ import annotations

import pytest

from reviewtool.formats.commonmark import DEEPEST, Document, inline_tokens, protected


def markup(text: str) -> list[str]:
    return [text[span.start : span.end] for span in protected(inline_tokens(text, {}))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a *b* **c** ~~d~~ e", ["*b*", "**c**", "~~d~~"]),
        ("***b*** _c_ __d__", ["***b***", "_c_", "__d__"]),
        ("**a *b* c** d", ["**a *b* c**"]),
        ("`a *b` c*", ["`a *b`"]),
        ("[a *b*](c) ![d](e) <https://f.g> <h@i.j>", ["[a *b*](c)", "![d](e)", "<https://f.g>", "<h@i.j>"]),
        ("a <b>c <i>d</i></b> e<br>f", ["<b>c <i>d</i></b>", "<br>"]),
        ("*a <b>c* d</b> e", ["*a <b>c* d</b>"]),
        ("</b> a <i> \\*b\\* 2 * 3 ~~~c", ["</b>", "<i>"]),
    ],
)
def test_markup_is_found_where_it_stands(text: str, found: list[str]) -> None:
    assert markup(text) == found


def test_what_a_reader_sees_of_markup_is_known() -> None:
    spans = protected(inline_tokens("**a [b.](c)** `d`", {}))
    assert [span.visible for span in spans] == ["a b.", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_content_is_found_behind_its_prefixes(end: str) -> None:
    text = "> 1. one\n>\ttwo\nlazy\n> \n>    ## three ##\n> # # #\n".replace("\n", end)
    document = Document(text, offset=0)
    found = [document.content(node) for node in document.root.walk() if node.type in ("paragraph", "heading")]
    assert [stretch.text for stretch in found] == ["one\ntwo\nlazy", "three", "#"]
    for stretch in found:
        places = zip(stretch.text, stretch.places, strict=True)
        assert all(text[start:stop] == char for char, (start, stop) in places if char != "\n")


def test_cells_are_found_behind_prefixes_and_escaped_bars() -> None:
    text = "> - | a | |\n>   |---|---|\n>   b \\| c | d | more\n>   |\n"
    document = Document(text)
    rows = [node for node in document.root.walk() if node.type == "tr"]
    cells = [[cell.text for cell in document.cells(row)] for row in rows]
    assert cells == [["a", ""], ["b | c", "d"], []]
    bar = next(iter(document.cells(rows[1]))).places[2]
    assert text[slice(*bar)] == "\\|"


@pytest.mark.parametrize("text", ["> - <style>\n> ", "> 1. <!-- a\n>"])
def test_a_text_may_end_in_a_bare_prefix(text: str) -> None:
    assert [node.type for node in Document(text).root.walk()][-1] == "html_block"


def test_blocks_too_deep_are_noticed() -> None:
    assert Document("> " * DEEPEST + "a").too_deep is None
    assert Document("a\n\n" + "> " * (DEEPEST + 1) + "a").too_deep == 2
