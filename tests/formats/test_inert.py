from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reviewtool.formats.inert import inert, plain

TRUSTING = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TRUSTING.validateLink = lambda url: True  # type: ignore[method-assign]
FRAGMENTS = st.sampled_from(
    ["<script>", "</script>", "<img src=x onerror=a()>", "<div>", "<!--", "-->", "[x](javascript:a)", "![p](q)", "`",
     "```\n", "<javascript:a>", "<https://example.com>", "[r]", "\n[r]: javascript:a\n", "\n", "\n\n", "> ", "- ", "|",
     "\n|---|\n", "a", "*", "\\", "<br>", "<", ">", "[", "]", "(", ")", "java&#10;script:", "](<javascript:a>)",
     '<b x="', '">', "javascript:a", "<![CDATA[", "]]>", "<?", "?>", "<!A", "<x-y>", "</div>", "<pre>", "<style>",
     "<!-- x -->", "\n    ", "\n\t", "\t", "\n> ", "\n- ", "1. ", "\n===\n", "\n---\n", "# ", "~~", "\n~~~\n",
     "\n[r]:\njavascript:a\n'<b>\n<i>'\n", "\n[R]: <JavaScript:a> (t", "\n[r]: https://example.com 'title'\n",
     "<JAVASCRIPT:a>", "<data:text/html,a>", "[x](<java\tscript:a> 't')", "[x](&#x6A;avascript&colon;a)", "\r"]
)  # fmt: skip
TAGS = "p|h[1-6]|em|strong|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|hr|br|s"
ATTRIBUTES = r'(?: /| start="\d+"| class="language-[^"]*")?'
ALLOWED = re.compile(rf'</?(?:{TAGS}){ATTRIBUTES}>|<(?:a href|img src)="[^"]*"[^<>]*>|</a>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>c</b>", "a &lt;b>c&lt;/b>"),
        ("`<b>` and 3 < 5", "`<b>` and 3 < 5"),
        ("one<br>two", "one<br>two"),
        ("seen<!-- unseen -->", "seen "),
        ("<!-- a note\nof the desk -->\n\ntext", "\n\ntext"),
        ("> <script>\n> a()\n> </script>", "> &lt;script>\n> a()\n> &lt;/script>"),
        ("[x](javascript:a) [y](https://example.com)", "\\[x\\](javascript:a) \\[y\\](https://example.com)"),
        ("![x](data:text/html,a)", "!\\[x\\](data:text/html,a)"),
        ("<https://example.com> <javascript:a>", "<https://example.com> &lt;javascript:a>"),
        ("```\n<b>\n```", "```\n<b>\n```"),
        ("| <b> | `<c>` |\n|---|---|", "| &lt;b> | `<c>` |\n|---|---|"),
        ("not closed <img src=x", "not closed &lt;img src=x"),
        ("[r]: javascript:a\n    <script>", "\\[r\\]: javascript:a\n    &lt;script>"),
        ("> <div>\n    <javascript:a>", "> &lt;div>\n    &lt;javascript:a>"),
        ("[r]: https://example.com\n\n    <script>", "[r]: https://example.com\n\n    <script>"),
    ],
)
def test_what_could_act_is_shown(text: str, expected: str) -> None:
    assert inert(text) == expected


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
@example("\n[r]: javascript:a\n    <script>")
@example("\n[r]: javascript:a\n    <javascript:a>")
@example("\n[r]:\njavascript:a\n'title'\n\t[x](javascript:a)")
@example("<script></script>\n    <script>")
@example("<?a?>\n\t<div>")
@example("<!A>\n    <javascript:a>")
@example("> <div>\n    <script>")
@example("> - <style>\n> ")
@example("[x](javascript:`) ` <script> `")
@example("[x](javascript:`) ` " * 9 + "[r](https://example.com) `\\<b>` \\\\<i> `[` <br>")
def test_nothing_acts_even_where_raw_html_is_trusted(text: str) -> None:
    quiet = inert(text)
    rendered = TRUSTING.render(f"{quiet}\n")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', rendered)
    assert {urlsplit(unescape(address)).scheme for address in addresses} <= {"", "http", "https", "mailto", "tel"}
    assert "<" not in ALLOWED.sub("", rendered)
    assert inert(quiet) == quiet


@given(st.text())
def test_plain_text_shows_exactly_itself(text: str) -> None:
    shown = TRUSTING.renderInline(plain(text))
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, char)
    assert shown == " ".join(text.replace("\0", "\ufffd").split())
