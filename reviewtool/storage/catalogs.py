"""Catalogs on disk: gettext PO files, read strictly and written so that what others put in stays.

A file is cut into entries (a message with the comments above it). Those whose ``msgctxt`` is a segment's
id are ours; any other entry is kept as it is and is no part of the catalog. Writing takes an entry over
word for word while it says what it should, and renders it anew otherwise: one string a line, other
people's comments, flags and references kept. Rendered entries are read back before anything is written.

polib parses. What it lets pass or drops (reference: GNU gettext manual, "The Format of PO Files") is
closed here: every line is checked first, and comments never go through it. Entries in the form in which
they are written here, which nearly all are, say the same to one regular expression, sooner.
"""

from __future__ import annotations

import os
import re
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import compress, count
from operator import is_not
from pathlib import Path

import polib

from reviewtool.errors import InputError, StorageError
from reviewtool.model.catalog import Catalog
from reviewtool.model.language import Language
from reviewtool.model.segment import Kind, Segment
from reviewtool.storage import files
from reviewtool.storage.joined import Joined

LIMIT = 20 * 1024 * 1024
_ID = re.compile(r"[0-9a-f]{12}")
_CHARSET = re.compile(r"charset=([^\s;]+)", re.IGNORECASE)
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
_MESSAGE_LINE = re.compile(
    r"""[ \t]*(?:(?P<mark>\#~\||\#\||\#~)[ \t]+)?
        (?:(?P<word>msgctxt|msgid|msgid_plural|msgstr|msgstr\[[0-9]\])[ \t]+)?
        "[^"\\]*(?:\\[abfnrtv"\\][^"\\]*)*"[ \t\r]*""",
    re.VERBOSE,
)
_COMMENT_LINE = re.compile(r"\s*(?:#(?![|~])|#~\s*$)")
_SYMBOLS = {None: "q", "msgctxt": "c", "msgid": "i", "msgid_plural": "p"}
_WELL_FORMED = re.compile(r"\#+ | \#* (?:[CIP]Q*)* (?:cq*)? iq* (?:pq*)? (?:sq*)+", re.VERBOSE)
_WRONG_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*(\\[^abfnrtv"\\])')
_CLOSED = re.compile(r'(?<!\\)(?:\\\\)*"\s*$')
_STRING = r'[^"\\\n\r]*(?:\\[nrt"\\][^"\\\n\r]*)*'
_PLAIN = re.compile(
    rf"""\#\.[ ](?P<kind>{"|".join(Kind)})\n
        \#:[ ](?P<reference>\S+)\n
        (?P<fuzzy>\#,[ ]fuzzy\n)?
        (?:\#\|[ ]msgid[ ]"(?P<previous>{_STRING})"\n)?
        msgctxt[ ]"(?P<id>[0-9a-f]{{12}})"\n
        msgid[ ]"(?P<source>(?!"){_STRING})"\n
        msgstr[ ]"(?P<target>{_STRING})\"""".encode(),
    re.VERBOSE,
)
_PLAIN_ESCAPES = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\"": '"', r"\\": "\\"}
_KIND_NOTED = {str(kind): kind for kind in Kind}
_NO_TEXT = re.compile("[\0\4\ud800-\udfff]")
_NO_TEXT_IN_FILE = b"\4"
"""The one of these that a file can hold."""
_ESCAPE = re.compile(r"\\.")
_HEADER = (None, "", 0)
_ESCAPES = str.maketrans(
    {"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r", "\a": r"\a", "\b": r"\b", "\f": r"\f", "\v": r"\v"}
)
_FEW = 200
"""The number of changed segments above which a file is made as a whole."""
_REMEDY = "mend the file in an editor, or take it back from git"


class Part(IntEnum):
    """The part of a file an entry belongs to; files are written in this order."""

    HEADER = 0
    LIVE = 1
    FOREIGN = 2
    OBSOLETE = 3
    FOREIGN_OBSOLETE = 4
    REMARK = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a PO file, and the segment it holds where the part is LIVE or OBSOLETE.

    A REMARK is comments at the end of the file that belong to no message. ``reference`` is the path noted
    in an entry that says nothing but what is written here of a segment, on one line each.
    """

    part: Part
    segment: Segment | None = None
    fuzzy: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class StoredCatalog:
    """A catalog with the file it was read from or written to: its ``data``, and whether there ``is_file`` at all.

    Segments stand in the file's order; their kind is the one noted in the file, if any. ``texts`` are the
    lines of each of the ``entries``; ``made_for`` is what a catalog that was written had to say.
    """

    catalog: Catalog
    data: bytes = field(default=b"", repr=False)
    is_file: bool = False
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    texts: Joined = field(default_factory=Joined, repr=False)
    made_for: tuple[frozenset[str], str] | None = field(default=None, repr=False, compare=False)

    @property
    def hash(self) -> str | None:
        """The hash of the file's content; None when there is no file."""
        return files.content_hash(self.data) if self.is_file else None


def read(path: Path, *, slug: str, language: Language) -> StoredCatalog:
    """The catalog in a PO file; an empty one when the file is missing.

    Raises InputError with file, line, reason and remedy for what is no well-formed entry (cut off, in conflict,
    out of order; octal and hexadecimal escapes, which gettext's own tools do not write by default), and for
    another charset, an entry given twice, plural forms of a segment. Nothing is repaired.
    """
    if not os.path.lexists(path):
        return StoredCatalog(Catalog(slug, language))
    data = files.read_bytes(path, limit=LIMIT, what="The catalog")
    entries, texts = _parse(data, files.decode(data, path), files.shown(path))
    live = tuple(one.segment for one in entries if one.segment and one.part is Part.LIVE)
    obsolete = tuple(one.segment for one in entries if one.segment and one.part is Part.OBSOLETE)
    return StoredCatalog(Catalog(slug, language, live, obsolete), data, True, entries, texts)


def write(
    path: Path,
    stored: StoredCatalog | None,
    catalog: Catalog,
    *,
    drafts: Collection[str],
    root: Path,
    article_path: str,
    touched: Collection[int] | None = None,
) -> StoredCatalog:
    """Save the catalog over the file that was read; nothing is touched when the file says it already.

    Arguments as for :func:`render`; ``touched`` are the places of all live segments that are others than in
    the catalog of ``stored``, if the caller knows them. Raises StorageError when the file is no longer the
    one that was read.
    """
    before = stored or StoredCatalog(catalog)
    made_for = frozenset(drafts), article_path
    entries, texts = _changed(before, catalog, *made_for, touched) or _arranged(before, catalog, *made_for)
    data = _data(before, texts)
    if before.is_file and data == before.data:
        return StoredCatalog(catalog, before.data, True, entries, Joined(before.texts.data, texts.sizes), made_for)
    files.replace(path, data, expected=before.data if before.is_file else None, root=root)
    return StoredCatalog(catalog, data, True, entries, texts, made_for)


def render(stored: StoredCatalog | None, catalog: Catalog, *, drafts: Collection[str], article_path: str) -> bytes:
    """The catalog as a PO file: live segments in order, then obsolete ones, with what ``stored`` held of others'.

    ``drafts`` are the ids to be marked fuzzy where they have a target; an obsolete entry that was fuzzy
    stays so. ``article_path`` is the reference shown with each segment. Line breaks around a text are
    left out, since gettext wants both sides to have the same. Raises InputError for a text that is no
    Unicode or holds NUL or EOT, which gettext cannot store.
    """
    before = stored or StoredCatalog(catalog)
    return _data(before, _arranged(before, catalog, frozenset(drafts), article_path)[1])


def _data(before: StoredCatalog, texts: Joined) -> bytes:
    """The bytes of the file to be, with the line ends that it had."""
    is_plain = before.data is before.texts.data or b"\r\n" not in before.data
    data = texts.data if is_plain else texts.data.replace(b"\n", b"\r\n")
    if len(data) > LIMIT:
        raise InputError(f"The catalog would be larger than {LIMIT:,} bytes; split the article.")
    return data


# Reading


class _Lines(str):
    """A text whose lines end at line feeds only: U+2028 and its like belong into a string."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002 - polib never asks for line ends
        return self.split("\n")


class _AllEntries(polib.POFile):
    """polib's file with the header left among the entries."""

    def find(self, *_: object, **__: object) -> None:
        return None


_Entries = tuple[tuple[Entry, ...], Joined]


def _parse(data: bytes, text: str, name: str) -> _Entries:
    """The entries of a file with their texts; ``text`` is its ``data`` decoded."""
    return _parse_by_form(data, name) or _parse_all_by_lines(text, name)


def _parse_all_by_lines(text: str, name: str) -> _Entries:
    entries, texts = zip(*_parse_by_lines(text, name, {}), strict=True)
    return entries, Joined.of([one.encode() for one in texts])


def _parse_by_form(data: bytes, name: str) -> _Entries | None:
    """The same where nearly all entries are as they are written here, and all are joined so; else None."""
    entries: list[Entry] = []
    sizes = array("I")
    seen: dict[object, int] = {}
    strange: list[bytes] = []
    for piece in _pieces(data):
        plain = _PLAIN.fullmatch(piece)
        if plain is None:
            strange.append(piece)
            continue
        if strange and not _parse_apart(b"\n\n".join(strange), name, seen, entries, sizes):
            return None
        entry = _plain_entry(plain)
        if entry.segment is None or entry.segment.id in seen:
            return None
        strange.clear()
        seen[entry.segment.id] = 0
        entries.append(entry)
        sizes.append(len(piece))
    if strange and not _parse_apart(b"\n\n".join(strange), name, seen, entries, sizes):
        return None
    return (tuple(entries), Joined(data, sizes)) if data.endswith(b"\n") else None


def _pieces(data: bytes) -> Iterator[bytes]:
    """What stands between blank lines, one after the other; the file's last line end is no part of it."""
    start, last = 0, len(data) - data.endswith(b"\n")
    while (end := data.find(b"\n\n", start, last)) >= 0:
        yield data[start:end]
        start = end + 2
    yield data[start:last]


def _parse_apart(data: bytes, name: str, seen: dict[object, int], entries: list[Entry], sizes: array[int]) -> bool:
    """Parse what stands between plain entries; False where it does not stand apart from them, or is not joined so."""
    text = data.decode()
    try:
        if _symbol(text.partition("\n")[0], 0, name) in "sq ":
            return False
        found = list(_parse_by_lines(text, name, seen))
    except InputError:
        return False
    entries += [entry for entry, _ in found]
    sizes.extend(len(one.encode()) for _, one in found)
    return found[-1][0].part is not Part.REMARK and "\n\n".join(one for _, one in found) == text


def _plain_entry(plain: re.Match[bytes]) -> Entry:
    segment = Segment(
        plain["id"].decode(),
        _unescaped(plain["source"]),
        _unescaped(plain["target"]),
        _KIND_NOTED[plain["kind"].decode()],
        previous_source=_unescaped(plain["previous"] or b"") or None,
    )
    return Entry(Part.LIVE, segment, plain["fuzzy"] is not None, _noted(plain))


def _noted(plain: re.Match[bytes]) -> str:
    return sys.intern(plain["reference"].decode())


def _unescaped(data: bytes) -> str:
    text = data.decode()
    return text if "\\" not in text else _ESCAPE.sub(lambda escape: _PLAIN_ESCAPES[escape[0]], text)


def _parse_by_lines(text: str, name: str, seen: dict[object, int]) -> Iterator[tuple[Entry, str]]:
    blocks = list(_blocks(text, name))
    remark = blocks.pop() if blocks and all(map(_COMMENT_LINE.match, filter(str.strip, blocks[-1][1]))) else None
    if not blocks:
        raise InputError(f"{name} holds no entry, it was probably cut off; take it back from git, or delete it.")
    lines = (_for_polib(line) for _, block in blocks for line in block)
    try:
        messages = polib.pofile(_Lines("\n".join(lines)), klass=_AllEntries)
    except OSError as error:
        raise InputError(f"{name} is no PO file ({error}); {_REMEDY}.") from error
    # A merge leaves a segment both live and obsolete where one branch gave it up and the other changed its target.
    live = {(one.msgctxt, one.msgid) for one in messages if not one.obsolete}
    for (first, block), message in zip(blocks, messages, strict=True):
        if message.obsolete and _is_id(message.msgctxt) and (message.msgctxt, message.msgid) in live:
            continue
        _examine(message, seen, first, name)
        yield _entry(message, "\n".join(block)), "\n".join(block)
    if remark is not None:
        yield Entry(Part.REMARK), "\n".join(remark[1])


def _blocks(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each entry with the number of the first; the last may be comments alone."""
    block: list[str] = []
    symbols = ""
    for number, line in enumerate([*text.split("\n"), None], 1):
        symbol = "." if line is None else _symbol(line, number, name)
        if block and (line is None or ("s" in symbols and symbol not in "sq ")):
            first = number - len(block)
            yield first, _checked(block, symbols, f"{name}, line {first}")
            block, symbols = [], ""
        if line is not None and (block or symbol != " "):
            block.append(line.removesuffix("\r"))
            symbols += symbol


def _symbol(line: str, number: int, name: str) -> str:
    """What a line is: c, i, p, s begin context, id, plural, translation, q continues; capitals: previous ones."""
    if not line.strip():
        return " "
    if _COMMENT_LINE.match(line):
        return "#"
    message = _MESSAGE_LINE.fullmatch(line)
    if message is None:
        raise InputError(f"{name}, line {number}: {_fault(line)}; {_REMEDY}.")
    symbol = _SYMBOLS.get(message["word"], "s")
    return symbol.upper() if message["mark"] in ("#|", "#~|") else symbol


def _fault(line: str) -> str:
    if _CONFLICT.match(line):
        return "two versions of the file were merged and conflict here"
    escape = _WRONG_ESCAPE.search(line)
    if escape:
        return f"{escape[1]!a} is no escape a catalog may hold"
    if '"' in line and not _CLOSED.search(line, line.index('"') + 1):
        return "the string is not closed, the file was probably cut off"
    return "this is no line of a PO file"


def _checked(block: list[str], symbols: str, place: str) -> list[str]:
    """The block without blank lines at its end; InputError when its lines do not make an entry."""
    if not _WELL_FORMED.fullmatch(symbols.replace(" ", "")):
        raise InputError(f"{place}: the entry here is not complete or not in order; {_REMEDY}.")
    marks = {line.lstrip().startswith("#~") for line, symbol in zip(block, symbols, strict=True) if symbol not in " #"}
    if len(marks) > 1:
        raise InputError(f"{place}: the entry here is obsolete (#~) in some lines only; {_REMEDY}.")
    return block[: len(symbols.rstrip())]


def _for_polib(line: str) -> str:
    if _COMMENT_LINE.match(line):
        return ""
    line = line.replace("#~|", "#|", 1) if line.lstrip().startswith("#~|") else line
    return _ESCAPE.sub(lambda escape: "\a" if escape[0] == r"\a" else escape[0], line)


def _examine(message: polib.POEntry, seen: dict[object, int], line: int, name: str) -> None:
    place = f"{name}, line {line}"
    is_ours = _is_id(message.msgctxt)
    key = message.msgctxt if is_ours else _key(message)
    if key in seen:
        what = f"the id {message.msgctxt}" if is_ours else f"the entry {message.msgid[:40]!a}"
        raise InputError(f"{place}: {what} is already in line {seen[key]}; remove one of the two.")
    seen[key] = line
    if _key(message) == _HEADER:
        _examine_charset(message.msgstr, place)
    if is_ours and not message.msgid:
        raise InputError(f"{place}: the segment {message.msgctxt} has no source text; {_REMEDY}.")
    if is_ours and message.msgid_plural:
        raise InputError(f"{place}: the segment {message.msgctxt} has plural forms; {_REMEDY}.")


def _examine_charset(header: str, place: str) -> None:
    charset = _CHARSET.search(header)
    if charset is None:
        raise InputError(f"{place}: the header names no charset; add 'Content-Type: text/plain; charset=UTF-8' to it.")
    if charset[1].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise InputError(f"{place}: the charset is {charset[1]!a}; convert the file with msgconv -t UTF-8.")


def _is_id(context: str | None) -> bool:
    return context is not None and _ID.fullmatch(context) is not None


def _key(message: polib.POEntry) -> object:
    return message.msgctxt, message.msgid, message.obsolete


def _entry(message: polib.POEntry, text: str) -> Entry:
    if _key(message) == _HEADER:
        return Entry(Part.HEADER)
    if not _is_id(message.msgctxt):
        return Entry(Part.FOREIGN_OBSOLETE if message.obsolete else Part.FOREIGN)
    comments = _comments(text)
    segment = Segment(
        message.msgctxt,
        message.msgid,
        message.msgstr,
        _kind(comments),
        previous_source=message.previous_msgid or None,
    )
    part = Part.OBSOLETE if message.obsolete else Part.LIVE
    return Entry(part, segment, "fuzzy" in _flags(comments), _reference(text))


def _reference(text: str) -> str:
    """The path noted in an entry of our form; nothing for one of another form."""
    plain = _PLAIN.fullmatch(text.encode())
    return _noted(plain) if plain else ""


def _comments(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line.startswith("#")]


def _kind(comments: Sequence[str]) -> Kind:
    notes = (line[2:].strip() for line in comments if line.startswith("#."))
    return next((_KIND_NOTED[note] for note in notes if note in _KIND_NOTED), Kind.PARAGRAPH)


def _flags(comments: Sequence[str]) -> list[str]:
    flags = (flag.strip() for line in comments if line.startswith("#,") for flag in line[2:].split(","))
    return [flag for flag in flags if flag]


# Writing


def _changed(
    before: StoredCatalog,
    catalog: Catalog,
    drafts: frozenset[str],
    article_path: str,
    touched: Collection[int] | None,
) -> _Entries | None:
    """All entries and their texts where only a few live segments differ from what the entries say; else None."""
    if before.made_for is not None and before.made_for[1] == article_path:
        places = _changed_since_written(before, catalog, drafts, touched)
    else:
        places = _changed_since_read(before, catalog, drafts, article_path)
    if places is None or len(places) > _FEW:
        return None
    making = _Making(drafts, article_path)
    entries, texts = list(before.entries), {}
    for place in places:
        index = place + 1  # the header is the first entry
        entries[index], texts[index] = making.live(catalog.segments[place], entries[index], before.texts[index])
    making.read_back()
    return tuple(entries), before.texts.replaced(texts)


def _changed_since_written(
    before: StoredCatalog, catalog: Catalog, drafts: frozenset[str], touched: Collection[int] | None
) -> set[int] | None:
    """The places of the segments that are not those written; None where others than those have changed."""
    old, new = before.catalog.segments, catalog.segments
    if before.made_for is None or len(old) != len(new) or before.catalog.obsolete != catalog.obsolete:
        return None
    places = set(compress(count(), map(is_not, old, new)) if touched is None else touched)
    differing = before.made_for[0] ^ drafts
    if not differing <= {new[place].id for place in places}:
        places.update(place for place, one in enumerate(new) if one.id in differing)
    return places if all(old[place].id == new[place].id for place in places) else None


def _changed_since_read(
    before: StoredCatalog, catalog: Catalog, drafts: frozenset[str], article_path: str
) -> set[int] | None:
    """The places of the segments of which the file may say something else; None where more than those may."""
    parts = [one.part for one in before.entries]
    is_ordered = parts[:1] == [Part.HEADER] and parts == sorted(parts)
    if not is_ordered or parts.count(Part.LIVE) != len(catalog.segments) or _NO_TEXT_IN_FILE in before.data:
        return None
    if not _says_obsolete(before, catalog, _Making(drafts, article_path)):
        return None
    places = set()
    for place, (segment, entry) in enumerate(zip(catalog.segments, before.entries[1:], strict=False)):
        said = entry.segment
        if said is None or said.id != segment.id:
            return None
        fuzzy = segment.id in drafts and bool(segment.target)
        if entry.reference != article_path or entry.fuzzy != fuzzy or not _is_same(said, segment):
            places.add(place)
    return places


def _says_obsolete(before: StoredCatalog, catalog: Catalog, making: _Making) -> bool:
    """Whether the obsolete entries are those of the catalog."""
    entries = [one for one in before.entries if one.part is Part.OBSOLETE]
    if [one.id for one in catalog.obsolete] != [one.segment.id for one in entries if one.segment]:
        return False
    pairs = zip(catalog.obsolete, entries, strict=True)
    return all(making.obsolete(segment, entry, b"")[0] is entry for segment, entry in pairs)


def _is_same(said: Segment, segment: Segment) -> bool:
    """Whether two segments are the same in what a file holds of them."""
    return (
        said.target == segment.target
        and said.source == segment.source
        and said.kind is segment.kind
        and said.previous_source == segment.previous_source
    )


def _arranged(before: StoredCatalog, catalog: Catalog, drafts: frozenset[str], article_path: str) -> _Entries:
    """All entries in the order of the file to be, with their texts."""
    making = _Making(drafts, article_path)
    texts = list(before.texts)
    known = {one.segment.id: (one, text) for one, text in zip(before.entries, texts, strict=True) if one.segment}
    arranged = [(one, text) for one, text in zip(before.entries, texts, strict=True) if not one.segment]
    if all(one.part is not Part.HEADER for one, _ in arranged):
        arranged.append(making.new(Entry(Part.HEADER), _header(catalog)))
    none = None, b""
    arranged += [making.live(segment, *known.get(segment.id, none)) for segment in catalog.segments]
    arranged += [making.obsolete(segment, *known.get(segment.id, none)) for segment in catalog.obsolete]
    making.read_back()
    arranged.sort(key=lambda one: one[0].part)
    return tuple(entry for entry, _ in arranged), Joined.of([text for _, text in arranged])


class _Making:
    """Makes entries that say what is wanted; an old one that says it already is taken over word for word."""

    def __init__(self, drafts: frozenset[str], article_path: str) -> None:
        self._drafts = drafts
        self._article_path = article_path
        self._made: list[tuple[Entry, str]] = []

    def live(self, segment: Segment, old: Entry | None, text: bytes) -> tuple[Entry, bytes]:
        """The entry of a live segment and its text; what is old is there."""
        fuzzy = segment.id in self._drafts and bool(segment.target)
        return self._taken_over(Entry(Part.LIVE, _plain(segment), fuzzy), old, text)

    def obsolete(self, segment: Segment, old: Entry | None, text: bytes) -> tuple[Entry, bytes]:
        """The same of an obsolete one, which stays fuzzy if it was."""
        fuzzy = segment.id in self._drafts or (old is not None and old.fuzzy)
        plain = replace(_plain(segment), kind=Kind.PARAGRAPH)
        return self._taken_over(Entry(Part.OBSOLETE, plain, fuzzy and bool(segment.target)), old, text)

    def _taken_over(self, wanted: Entry, old: Entry | None, text: bytes) -> tuple[Entry, bytes]:
        """The old entry where it says what is wanted, else a new one with the old one's foreign parts."""
        if old is not None and _says(old, wanted) and _is_marked(old, text, self._article_path):
            return old, text
        return self.new(wanted, "\n".join(_lines(text.decode(), wanted, self._article_path)))

    def new(self, wanted: Entry, text: str) -> tuple[Entry, bytes]:
        """An entry with a text made for it."""
        entry = replace(wanted, reference=_reference(text))
        self._made.append((entry, text))
        return entry, text.encode()

    def read_back(self) -> None:
        """StorageError unless all that was made is read as what is wanted; polib says so, whatever its form."""
        made = "\n\n".join(text for _, text in self._made)
        if self._made and list(_parse_by_lines(made, "the catalog", {})) != self._made:
            raise StorageError("The catalog cannot be written so that it is read back the same; nothing was written.")


def _plain(segment: Segment) -> Segment:
    """The segment as a file holds it; InputError when its text cannot be held."""
    texts = (segment.source, segment.target, segment.previous_source or "")
    if any(map(_NO_TEXT.search, texts)):
        raise InputError(
            f"A text of segment {segment.id} holds a control character or half a character; type it again."
        )
    source, target, previous = (text.strip("\n") for text in texts)
    return Segment(segment.id, source, target, segment.kind, previous_source=previous or None)


def _says(entry: Entry, wanted: Entry) -> bool:
    """Whether an entry says this of this segment, whatever its form."""
    return (entry.part, entry.segment, entry.fuzzy) == (wanted.part, wanted.segment, wanted.fuzzy)


def _is_marked(entry: Entry, text: bytes, article_path: str) -> bool:
    """Whether kind and reference stand above the message; an obsolete one needs none."""
    if entry.segment is None or entry.part is Part.OBSOLETE or entry.reference == article_path:
        return True
    lines = text.decode()
    return f"#. {entry.segment.kind}\n" in lines and _refers(_comments(lines), article_path)


def _refers(comments: Iterable[str], article_path: str) -> bool:
    return any(article_path in line[2:].split() for line in comments if line.startswith("#:"))


def _lines(old: str, wanted: Entry, article_path: str) -> Iterator[str]:
    """An entry's lines in gettext's order, with the comments and flags that others put into the old one."""
    segment = wanted.segment or Segment("", "")
    before = _comments(old)
    is_live = wanted.part is Part.LIVE
    yield from (line for line in before if line[:2] not in ("#.", "#:", "#,", "#|", "#~"))
    yield from [f"#. {segment.kind}"] * is_live
    yield from (line for line in before if line.startswith("#.") and line[2:].strip() not in _KIND_NOTED)
    reference = f"#: {article_path}"
    yield from [reference] * (is_live and not _refers(before, article_path))
    yield from (line for line in before if line.startswith("#:") and (is_live or line != reference))
    flags = ["fuzzy"] * wanted.fuzzy + [flag for flag in _flags(before) if flag != "fuzzy"]
    if flags:
        yield f"#, {', '.join(flags)}"
    obsolete = "" if is_live else "#~ "
    if segment.previous_source is not None:
        yield from _string("#| " if is_live else "#~| ", "msgid", segment.previous_source)
    yield from _string(obsolete, "msgctxt", segment.id)
    yield from _string(obsolete, "msgid", segment.source)
    yield from _string(obsolete, "msgstr", segment.target)


def _string(mark: str, word: str, text: str) -> Iterator[str]:
    """A keyword and its string: on one line, or one more for each line of the text."""
    pieces = [piece.translate(_ESCAPES) for piece in re.findall(r"[^\n]*\n|[^\n]+", text)]
    if len(pieces) < 2:
        yield f'{mark}{word} "{"".join(pieces)}"'
        return
    yield f'{mark}{word} ""'
    yield from (f'{mark}"{piece}"' for piece in pieces)


def _header(catalog: Catalog) -> str:
    """The header of a new file. It never changes: dates and names in it would conflict at every merge."""
    fields = (
        f"Project-Id-Version: {catalog.slug}",
        "PO-Revision-Date: ",
        "Last-Translator: ",
        "Language-Team: ",
        f"Language: {catalog.language.gettext}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "X-Generator: reviewtool",
    )
    return "\n".join([*_string("", "msgid", ""), *_string("", "msgstr", "".join(f"{one}\n" for one in fields))])
