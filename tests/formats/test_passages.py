"""What disappears with its text; that nothing else does is a law in test_markdown_laws.py."""

from __future__ import annotations

import pytest

from reviewtool.formats.markdown import parse
from reviewtool.model.language import Language

EN = Language("en")


def without(text: str, *omitted: str) -> str:
    article = parse(text, slug="s", language=EN)
    return article.rebuild(["" if passage.text in omitted else None for passage in article.passages], EN)


@pytest.mark.parametrize(
    ("text", "omitted", "rest"),
    [
        ("A.\n\nB.\n\nC.\n", ["B."], "A.\n\nC.\n"),
        ("A.\n# B\nC.\n", ["B"], "A.\n\nC.\n"),
        ("A.\n\nB\n===\n\nC.\n", ["B"], "A.\n\nC.\n"),
        ("- a\n- b\n- c\n", ["b"], "- a\n- c\n"),
        ("- a\n\n- b\n\nC.\n", ["b"], "- a\n\n\nC.\n"),
        ("- a\n  - b\n", ["a"], "- - b\n"),
        ("- a\n  - b\n", ["b"], "- a\n"),
        ("A.\n\n- a\n  - b\n\nC.\n", ["a", "b"], "A.\n\nC.\n"),
        ("1. a\n\n   b\n", ["a"], "1. b\n"),
        ("- a\n\n  ```\n  code\n  ```\n", ["a"], "- ```\n  code\n  ```\n"),
        ("- a\n\n      code\n", ["a"], "- <!-- -->\n\n      code\n"),
        ("Text:\n1. a\n2. b\n", ["a"], "Text:\n\n2. b\n"),
        ("> a\n>\n> b\n", ["a"], ">\n> b\n"),
        ("> a\n> # b\n> c\n", ["b"], "> a\n>\n> c\n"),
        ("A.\n\n> - a\n> - b\n\nB.\n", ["a", "b"], "A.\n\nB.\n"),
        ("- a\n\n  [r]: u\n\n[r].\n", ["a"], "- <!-- -->\n\n  [r]: u\n\n[r].\n"),
        ("A.\n\n---\n", ["A."], "\n---\n"),
        ("![a](b.jpg)\n", ["a"], "![](b.jpg)\n"),
        ("| a | b |\n|---|---|\n", ["a"], "|  | b |\n|---|---|\n"),
        ("a | b\n---|---\n", ["a"], "| | b\n---|---\n"),
        ("a | b\n---|---\n", ["b"], "a | |\n---|---\n"),
        ("A.  \nB.  \nC.\n", ["B."], "A.  \nC.\n"),
    ],
)
def test_what_is_omitted_takes_its_block_along(text: str, omitted: list[str], rest: str) -> None:
    assert without(text, *omitted) == rest
