from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.formats.front_matter import FrontMatter, read


def spliced(text: str, key: str, new: str) -> str:
    start, end = read(text, "story.md").spans[key]
    return text[:start] + new + text[end:]


def test_every_value_is_the_text_as_written() -> None:
    head = read("---\ntitle: no\nversion: 1.20\ndate: 2023-03-07 18:45\nempty:\n---\nBody\n", "story.md")
    assert head.values == {"title": "no", "version": "1.20", "date": "2023-03-07 18:45", "empty": ""}
    assert head.lines["date"] == 4
    assert head.body_line == 7


@pytest.mark.parametrize(
    "value",
    [
        "Plain # comment",
        "plain over\n  two lines",
        "'it''s'",
        '"a\\nb"',
        "|\n  first\n  second",
        ">-\n  folded\n  text\n",
        "|2-\n    indented\n\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_value_can_be_replaced_where_it_stands(value: str, end: str) -> None:
    text = f"---\nauthor: Tang\ntitle: {value}\ndate: today\n---\nBody\n".replace("\n", end)
    head = read(spliced(text, "title", '"New"'), "story.md")
    assert head.values == {"author": "Tang", "title": "New", "date": "today"}
    assert spliced(text, "title", '"New"').endswith(f"---{end}Body{end}")


def test_a_byte_order_mark_and_flow_style_are_read() -> None:
    text = "\ufeff---\n{title: Fair opens, photo: [Foshan Commerce]}\n...\nBody"
    head = read(text, "story.md")
    assert head.string("title") == "Fair opens"
    assert head.names("photo") == ("Foshan Commerce",)
    assert text[head.body :] == "Body"


@pytest.mark.parametrize("text", ["", "Body", "----\n", "--- a\n", " ---\n", "\n---\ntitle: a\n---\n"])
def test_a_file_may_have_none(text: str) -> None:
    head = read(text, "story.md")
    assert (head.values, head.body) == ({}, 0)


@pytest.mark.parametrize("text", ["---\n---\nBody", "---\n# only a comment\n---\nBody"])
def test_it_may_be_empty(text: str) -> None:
    head = read(text, "story.md")
    assert (head.values, text[head.body :]) == ({}, "Body")


@pytest.mark.parametrize(
    "written", ["唐、Eleanor", "唐，Eleanor", "唐 & Eleanor", "唐, Eleanor", "唐; Eleanor", "[唐, Eleanor]"]
)
def test_names_are_read_leniently(written: str) -> None:
    assert read(f"---\nauthor: {written}\n---\n", "story.md").names("author") == ("唐", "Eleanor")


@pytest.mark.parametrize(
    ("body", "line", "word"),
    [
        ("title: &a x", 2, "anchors"),
        ("a: b\ntitle: *a", 3, "aliases"),
        ("title: !!python/object:os.system x", 2, "tags"),
        ("title: ! x", 2, "tags"),
        ("title: a\ntitle: b", 3, "'title' stands twice"),
        ("m: {k: a, k: b}", 2, "'k' stands twice"),
        ("- a", 2, "key: value"),
        ("only text", 2, "key: value"),
        ("title: a: b", 2, "no YAML"),
        ("title: [a", 3, "no YAML"),
        ("\ttitle: a", 2, "no YAML"),
        ("a: b\ntitle: \x07", 3, "U+0007"),
        ('title: "\\0"', 2, "NUL"),
        ('title: "\\uD800"', 2, "half a character"),
        ("? [a]\n: b", 2, "plain text"),
        ("title: " + "[" * 21 + "]" * 21, 2, "deeper than 20"),
        ("a: " + "[" * 60_000, 2, "deeper than 20"),
        ("a: " + "{a: " * 30, 2, "deeper than 20"),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_its_line(body: str, line: int, word: str) -> None:
    with pytest.raises(InputError) as refused:
        read(f"---\n{body}\n---\nBody\n", "story.md")
    assert str(refused.value).startswith(f"story.md, line {line}: ")
    assert word in str(refused.value)


def test_too_much_of_it_is_refused() -> None:
    with pytest.raises(InputError, match="larger than 64 KB"):
        read(f"---\ntitle: {'题' * 22_000}\n---\n", "story.md")


@pytest.mark.parametrize("text", ["---\n", "---\ntitle: a\n", "---\ntitle: a\n --- \n", "---\n" + "a: b\n" * 200_000])
def test_it_must_be_closed(text: str) -> None:
    with pytest.raises(InputError, match="never closed"):
        read(text, "story.md")


def test_a_list_where_one_value_is_meant_is_refused_with_its_line() -> None:
    head = read("---\na: b\ntitle: [a, b]\nauthor: {a: b}\n---\n", "story.md")
    with pytest.raises(InputError, match=r"^story\.md, line 3: 'title'"):
        head.string("title")
    with pytest.raises(InputError, match=r"^story\.md, line 4: 'author'"):
        head.names("author")


def test_a_missing_key_is_empty() -> None:
    assert FrontMatter("story.md").string("title") == ""
    assert FrontMatter("story.md").names("author") == ()
