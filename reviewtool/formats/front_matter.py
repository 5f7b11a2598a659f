"""Front matter: the YAML between the first two lines of ``---``, read as plain text and never guessed at.

Every scalar is a string (YAML 1.2 failsafe schema). Anchors, aliases, tags, duplicate and compound keys
are refused, and more than 20 levels or 64 KB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import yaml

from reviewtool.errors import InputError

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20

Value = str | list["Value"] | dict[str, "Value"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_NAME_SEPARATOR = re.compile(r"[,，、&;；]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of an article's front matter.

    ``spans`` gives, for each key whose value is a string, where that value stands in the text of the
    file, quotes and block indicator included; ``lines`` the line of each key, counted from 1. The body
    starts at character ``body``, in line ``body_line``. ``name`` is the file's, for messages.
    """

    name: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    spans: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    body: int = 0
    body_line: int = 1

    def string(self, key: str) -> str:
        """The value of a key as one line of text, "" when it is not there; InputError when it is a list or more."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.fault(key, "needs one value, not a list or a table")
        return " ".join(value.split())

    def names(self, key: str) -> tuple[str, ...]:
        """The names a key gives: a list, or one text that separates them by ``,`` ``，`` ``、`` ``&`` or ``;``."""
        value = self.values.get(key, "")
        parts = _NAME_SEPARATOR.split(value) if isinstance(value, str) else value
        if isinstance(parts, dict) or not all(isinstance(part, str) for part in parts):
            raise self.fault(key, "needs names: Tang, Eleanor")
        return tuple(name for part in parts if isinstance(part, str) and (name := " ".join(part.split())))

    def fault(self, key: str, what: str) -> InputError:
        """The error that says what is wrong with a key's value, and where."""
        return InputError(f"{self.name}, line {self.lines[key]}: {key!r} in the front matter {what}.")


def read(text: str, name: str) -> FrontMatter:
    """The front matter of an article, a byte order mark before it allowed; nothing in it when there is none.

    ``name`` is what messages call the file. InputError names the line of what cannot be used.
    """
    start = 1 if text.startswith("\ufeff") else 0
    opening = _LINE.match(text, start)
    if opening is None or opening[0].rstrip() != "---" or not opening[0].startswith("---"):
        return FrontMatter(name, body=start)
    begin = opening.end()
    end, body = _closing(text, begin, name)
    if len(text[begin:end].encode(errors="replace")) > MAX_BYTES:
        raise InputError(f"{name}: the front matter is larger than {MAX_BYTES // 1024} KB; move text to the body.")
    loaded = _Composer(text[begin:end], begin, name).document()
    return FrontMatter(name, *loaded, body=body, body_line=_lines_in(text[start:body]) + 1)


def _closing(text: str, begin: int, name: str) -> tuple[int, int]:
    """Where the closing line starts and where the body does."""
    position = begin
    while position < len(text):
        line = _LINE.match(text, position)
        if line is None or line.end() - begin > 4 * MAX_BYTES:
            break
        if line[0].rstrip() in {"---", "..."} and line[0][0] in "-.":
            return position, line.end()
        position = line.end()
    raise InputError(f"{name}, line 1: the front matter that starts here is never closed; end it with a line of ---.")


def _lines_in(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))


_Loaded = tuple[dict[str, Value], dict[str, tuple[int, int]], dict[str, int]]


class _Composer:
    """Builds values of PyYAML's events; its C parser, which crashes on deep nesting, is not used."""

    def __init__(self, text: str, offset: int, name: str) -> None:
        self._text = text
        self._offset = offset
        self._name = name
        self._events = self._checked()

    def document(self) -> _Loaded:
        """The top-level mapping: values, spans of strings, lines of keys."""
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return {}, {}, {}
        first = next(self._events)
        if isinstance(first, yaml.ScalarEvent) and not first.value:
            return {}, {}, {}
        if not isinstance(first, yaml.MappingStartEvent):
            raise self._fault(first, "front matter is lines of key: value")
        spans: dict[str, tuple[int, int]] = {}
        lines: dict[str, int] = {}
        values = self._mapping(spans, lines)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._fault(event, "front matter is one document")
        return values, spans, lines

    def _checked(self) -> Iterator[yaml.Event]:
        depth = 0
        try:
            for event in yaml.parse(self._text, Loader=yaml.BaseLoader):
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise self._fault(
                        event, "anchors (&) and aliases (*) are not used here; quote the text or repeat it"
                    )
                if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
                    raise self._fault(event, "tags (!) are not used here; quote the text")
                if isinstance(event, yaml.ScalarEvent) and _UNWRITABLE.search(event.value):
                    raise self._fault(event, "a value holds NUL or half a character (\\0, \\uD800); remove it")
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    raise self._fault(event, f"front matter is nested deeper than {MAX_DEPTH} levels")
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise InputError(
                f"{self._place(mark)}: the front matter is no YAML: {error.problem or error.context}."
            ) from None
        except yaml.reader.ReaderError as error:
            line = _lines_in(self._text[: error.position]) + 2
            what = f"there is a control character (U+{error.character:04X}) in the front matter; remove it"
            raise InputError(f"{self._name}, line {line}: {what}.") from None

    def _mapping(self, spans: dict[str, tuple[int, int]], lines: dict[str, int]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._fault(event, "a key must be plain text; write key: value")
            if event.value in values:
                raise self._fault(event, f"the key {event.value!r} stands twice; remove one")
            lines[event.value] = _mark(event.start_mark).line + 2
            following = next(self._events)
            if isinstance(following, yaml.ScalarEvent):
                spans[event.value] = self._span(following)
            values[event.value] = self._value(following)
        return values

    def _value(self, event: yaml.Event) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping({}, {})
        items: list[Value] = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(item))
        return items

    def _span(self, event: yaml.ScalarEvent) -> tuple[int, int]:
        start, end = _mark(event.start_mark).index, _mark(event.end_mark).index
        return self._offset + start, self._offset + start + len(self._text[start:end].rstrip())

    def _fault(self, event: yaml.Event, what: str) -> InputError:
        return InputError(f"{self._place(event.start_mark)}: {what}.")

    def _place(self, mark: object) -> str:
        return f"{self._name}, line {_mark(mark).line + 2}"


def _mark(mark: object) -> yaml.Mark:
    """A place in the YAML; events of a text have one at both ends."""
    if not isinstance(mark, yaml.Mark):
        raise TypeError("PyYAML gave an event without its place")
    return mark
