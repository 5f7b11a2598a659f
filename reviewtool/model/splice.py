"""How a translated text is written back into the place its source came from, so that only text changes.

Inline Markdown in a translation acts as it would in a source; anything that would start, end or merge
a block there is escaped.
"""

from __future__ import annotations

import re

from reviewtool.model.language import Language

_HARD_BREAK = re.compile(r"(?:\\| {2,})(?:\r\n|\r|\n)")
_BLOCK_START = re.compile(
    r"""
      \#{1,6}(?=\s|$)                           # heading
    | >                                         # quote
    | [-+*](?=\s|$)                             # list
    | `{3,}(?=[^`]*$) | ~{3,}                   # fence
    | ([-*_])[ \t]*(?:\1[ \t]*){2,}$            # rule
    | =+[ \t]*$ | [-:|][-:|\s]*$                # underline of a heading or of a table's head
    | <(?=[!?/]|[a-z][a-z0-9-]*(?:[\s>/]|$))    # raw HTML
    | \[(?=.*\]:)                               # definition of a link
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>\s*\S",
    re.IGNORECASE,
)
_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)#+$")
_BAR = re.compile(r"\\?\|")
_INNER_BAR = re.compile(r".(?<!\\)\|.")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE_IN_YAML = re.compile('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')


def is_hard_break(gap: str) -> bool:
    """Whether the white space between two passages holds a line break that shows (CommonMark 6.7)."""
    return _HARD_BREAK.search(gap) is not None


def paragraph_text(text: str, *, starts_line: bool) -> str:
    """A text for a paragraph, list item or quote: one line, but for hard breaks."""
    lines = text.strip().replace("\\\r\n", "\\\n").split("\\\n")
    folded = [_one_line(line) for line in lines]
    escaped = [_block_safe(line) if starts_line or number else line for number, line in enumerate(folded)]
    return _whole_backslashes("\\\n".join(line for line in escaped if line))


def heading_text(text: str) -> str:
    """A text for a heading: one line that neither closes it nor makes a table of its underline."""
    line = _whole_backslashes(_block_safe(_one_line(text.replace("\\\n", " "))))
    line = _CLOSING_HASHES.sub(lambda found: "\\" + found[0], line)
    return line if _INNER_BAR.search(line) else _BAR.sub("&#124;", line)


def cell_text(text: str) -> str:
    """A text for a table's cell: one line, its bars escaped."""
    line = _one_line(text.replace("\\\n", " "))
    escaped = _block_safe(re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", line))
    return escaped + " " if escaped.endswith("\\") else escaped


def alt_text(text: str) -> str:
    """A text for a picture's caption: brackets are escaped unless each has its partner."""
    line = _whole_backslashes(_one_line(text.replace("\\\n", " ")))
    if _balanced(line):
        return line
    return re.sub(r"(?<!\\)((?:\\\\)*)([\[\]`<])", r"\1\\\2", line)


def yaml_text(text: str) -> str:
    """A YAML double-quoted scalar that every loader reads back as this text (YAML 1.2.2 §7.3.1)."""
    return f'"{_UNSAFE_IN_YAML.sub(_yaml_escape, text)}"'


def joint(left: str, right: str, language: Language) -> str:
    """What stands between two sentences: a space, or nothing in a language without spaces.

    Between two sentences in Latin letters a space stands in every language.
    """
    if language.spaced:
        return " "
    end, start = left.rstrip("*_~`")[-1:], right.lstrip("*_~`")[:1]
    return " " if end.isascii() and start.isascii() else ""


def _one_line(text: str) -> str:
    return re.sub(r"[ \t]*[\r\n]\s*", " ", text).strip()


def _block_safe(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if numbered:
        return f"{numbered[0]}\\{line[numbered.end() :]}"
    if line.startswith("<") and _INLINE_TAG.match(line):
        return line
    return "\\" + line if _BLOCK_START.match(line) else line


def _whole_backslashes(text: str) -> str:
    """The text, its last backslash doubled where it would escape what follows."""
    ending = len(text) - len(text.rstrip("\\"))
    return text + "\\" if ending % 2 else text


def _balanced(text: str) -> bool:
    if "`" in text or "<" in text:
        return False
    depth = 0
    for bracket in re.findall(r"\\.|[\[\]]", text):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
        if depth < 0:
            return False
    return depth == 0


def _yaml_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _ESCAPES.get(found[0]) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")
