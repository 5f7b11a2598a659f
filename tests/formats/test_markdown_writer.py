from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from reviewtool.errors import InputError
from reviewtool.formats.markdown_writer import create_writer
from reviewtool.model.byline import BylineLine
from reviewtool.model.edition import Edition, EditionBlock
from reviewtool.model.language import Language, LanguagePair
from reviewtool.plugins.protocols import Writer

BYLINE = (
    BylineLine("translation", "Author", " | ", ("Tang",)),
    BylineLine("revision", "Reviser", " | ", ("Eleanor", "Jessica")),
    BylineLine("photo", "Photo", "丨", ("Foshan Commerce",)),
)
EDITION = Edition(
    slug="delegation",
    languages=LanguagePair(Language("zh-CN"), Language("en")),
    headline=("代表团访日韩", "Delegation visits Japan | Korea"),
    date="2023-03-07",
    dateline=("佛山 2023-03-07 18:45", "Foshan China 2023-03-07 18:45"),
    blocks=(
        EditionBlock("paragraph", "第一。第二。", "First.  \nSecond | third."),
        EditionBlock("figure", "![合影](media/tokyo.jpg)", "![In Tokyo](media/tokyo.jpg)"),
        EditionBlock("list", "1. 甲\n2. 乙", "1. A\n2. B"),
        EditionBlock("code", "```\n<b>\n```", "```\n<b>\n```"),
        EditionBlock("heading", "## 小题", "## Sub"),
        EditionBlock("paragraph", "省略。", ""),
    ),
    segments=(),
    byline=BYLINE,
    final=True,
)
BODY = """\
First.  \nSecond | third.

![In Tokyo](media/tokyo.jpg)

*In Tokyo*

1. A
2. B

```
<b>
```

## Sub
"""
FOOT = "\nAuthor | Tang\\\nReviser | Eleanor, Jessica\\\nPhoto丨Foshan Commerce\n"


def written(edition: Edition, layout: str) -> str:
    return create_writer({}).write(edition, layout).decode()


def test_the_target_alone() -> None:
    head = "# Delegation visits Japan | Korea\n\nFoshan China 2023-03-07 18:45\n\n"
    assert written(EDITION, "target") == head + BODY + FOOT


def test_one_after_the_other() -> None:
    source, rule, target = written(EDITION, "sequence").partition("\n\n***\n\n")
    assert source.startswith("# 代表团访日韩\n\n佛山 2023-03-07 18:45\n\n第一。第二。\n")
    assert source.endswith("省略。")
    assert rule
    assert target == written(EDITION, "target")


def test_paragraph_by_paragraph() -> None:
    text = written(EDITION, "alternate")
    assert "第一。第二。\n\nFirst.  \nSecond | third.\n\n" in text
    assert "![合影](media/tokyo.jpg)\n\n*合影*\n\n*In Tokyo*\n\n" in text
    assert MarkdownIt().render(text).count("<ol>") == 2
    assert text.count("```\n<b>\n```") == 1


def test_side_by_side() -> None:
    text = written(EDITION, "side")
    assert text.startswith(
        "| zh-CN | en |\n| --- | --- |\n"
        "| **代表团访日韩** | **Delegation visits Japan \\| Korea** |\n"
        "| 佛山 2023-03-07 18:45 | Foshan China 2023-03-07 18:45 |\n"
        "| 第一。第二。 | First.<br>Second \\| third. |\n"
        "| ![合影](media/tokyo.jpg)<br>*合影* | ![In Tokyo](media/tokyo.jpg)<br>*In Tokyo* |\n"
        "| • 甲<br>• 乙 | • A<br>• B |\n\n```\n<b>\n```\n\n"
        "|  |  |\n| --- | --- |\n| **小题** | **Sub** |\n| 省略。 |  |\n"
    )
    assert text.endswith(FOOT)
    table = MarkdownIt("commonmark").enable("table").render(text)
    assert table.count("<tr>") == 9
    assert table.count("<td") == 2 * 7


@pytest.mark.parametrize("layout", ["side", "alternate", "sequence", "target"])
def test_what_is_not_final_says_so_first(layout: str) -> None:
    draft = replace(EDITION, final=False, byline=BYLINE[2:])
    assert written(draft, layout).startswith("**DRAFT – not signed**\n\n")
    assert "DRAFT" not in written(EDITION, layout)
    assert written(draft, layout).endswith("\n\nPhoto丨Foshan Commerce\n")


@pytest.mark.parametrize("layout", ["side", "alternate", "sequence"])
def test_a_monolingual_edition_is_printed_once(layout: str) -> None:
    english = replace(EDITION, languages=LanguagePair(Language("en"), Language("en")))
    assert written(english, layout) == written(english, "target")


def test_notes_and_the_date_are_printed() -> None:
    text = written(replace(EDITION, dateline=("", "Foshan"), notes=("Settled by *Tang*: <b>",)), "target")
    assert "\n\nFoshan\n\n2023-03-07\n\n" in text
    assert "\n\nSettled by \\*Tang\\*: &lt;b>\n\n" in text


@pytest.mark.parametrize("layout", ["side", "alternate", "sequence", "target"])
def test_a_malicious_article_does_not_act(layout: str) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    edition = replace(
        EDITION,
        headline=(evil, evil),
        dateline=(evil, evil),
        blocks=(
            EditionBlock("paragraph", "a " + evil, "b " + evil),
            EditionBlock("html", evil, evil),
            EditionBlock("list", f"- {evil}", f"- {evil}"),
            EditionBlock("table", f"| {evil} |\n|---|", f"| {evil} |\n|---|"),
            EditionBlock("figure", "![<script>](javascript:a)", "![<script>](javascript:a)"),
        ),
        byline=(BylineLine("photo", "Photo", " | ", (evil,)),),
        notes=(evil,),
    )
    trusting = MarkdownIt("commonmark", {"html": True}).enable("table")
    trusting.validateLink = lambda url: True  # type: ignore[method-assign]
    rendered = trusting.render(written(edition, layout))
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert "<a " not in rendered


def test_the_writer_keeps_its_contract() -> None:
    assert isinstance(create_writer({}), Writer)
    with pytest.raises(InputError, match="no layout 'wide'"):
        create_writer({}).write(EDITION, "wide")
    with pytest.raises(InputError, match="takes no options"):
        create_writer({"width": 80})
