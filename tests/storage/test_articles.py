from __future__ import annotations

from pathlib import Path

import pytest

from reviewtool.errors import InputError
from reviewtool.model.language import Language
from reviewtool.storage.articles import MOST_BYTES, parse, read, slug_of

ZH = Language("zh-CN")


def test_a_file_is_read_as_an_article(tmp_path: Path) -> None:
    path = tmp_path / "delegation.md"
    path.write_bytes("\ufeff---\r\ntitle: 代表团访日韩\r\n---\r\n第一。第二。\r\n".encode())
    article = read(path, slug="delegation", default_language=ZH)
    assert [passage.text for passage in article.passages] == ["代表团访日韩", "第一。", "第二。"]
    assert article.rebuild([None] * 3).encode() == path.read_bytes()
    assert len(read(path, slug="delegation", default_language=ZH, front=(), sentences=False).passages) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("文".encode("utf-16"), "is UTF-16, not UTF-8 text: save it"),
        (b"\xfe\xff\x00a", "is UTF-16"),
        (b"PK\x03\x04 rest", "Word"),
        (b"%PDF-1.7", "PDF"),
        ("第一\n第二".encode("gb18030"), r"line 1, byte 0: .*not UTF-8"),
        (b"fine\nnot \xff fine", r"story\.md, line 2, byte 9"),
        (b"fine\n\0", r"story\.md, line 2.*NUL"),
        (b"---\ntitle: [\n---\n", r"story\.md, line 3: .*no YAML"),
    ],
)
def test_what_is_no_utf_8_markdown_is_refused_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(data, name="story.md", slug="story", default_language=ZH)


def test_a_file_too_large_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    with pytest.raises(InputError, match="larger than the limit"):
        read(path, slug="large", default_language=ZH)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "none.md", slug="none", default_language=ZH)


def test_messages_hold_no_control_characters_of_a_name() -> None:
    with pytest.raises(InputError) as refused:
        parse(b"---\n", name="a\x1b[2J.md", slug="a", default_language=ZH)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", ["delegation", "2023-03-07_fair", "a", "9", "a" * 100, "com10", "console"])
def test_a_slug_is_the_name_of_a_file(name: str) -> None:
    assert slug_of(name) == slug_of(f"{name}.md") == name


@pytest.mark.parametrize(
    "name",
    ["", ".md", "..", "../a", "a/b", "a\\b", ".git", "-rf", "_a", "A", "a b", "a.b", "a\n", "a:b", "ａ", "é", "e\u0301",
     "佛山.md", "a" * 101, "con", "nul.md", "com1", "lpt9", "a\0", "a.md.md", "\u202ea"],
)  # fmt: skip
def test_any_other_name_is_refused(name: str) -> None:
    with pytest.raises(InputError) as refused:
        slug_of(name)
    assert "--slug" in str(refused.value)
    assert str(refused.value).isprintable()


def test_a_close_name_is_proposed() -> None:
    with pytest.raises(InputError, match="--slug foshan-story-v2"):
        slug_of("Foshan Story (v2).md")
