"""A workspace in which everything that can hold a text is hostile, and a display that lets nothing through unseen."""

from __future__ import annotations

import codecs
import os
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from reviewtool.model.language import Language
from reviewtool.model.ledger import (
    Approve,
    Comment,
    Confirm,
    Dismiss,
    Draft,
    Event,
    SendBack,
    Settle,
    Sign,
    Write,
    canonical,
    event_id,
    fields,
    seal,
)
from reviewtool.model.segment import text_hash
from reviewtool.model.signoff import digest
from reviewtool.model.visible import UNSAFE, visible
from reviewtool.services.founding import found
from reviewtool.storage import catalogs, ledgers
from reviewtool.workspace import Workspace
from tests.tui.terminal import PATIENCE, Program

# Hostile texts

SEQUENCES = (
    "\x1b]52;c;{}\x07",  # sets the clipboard
    "\x1b]0;{}\x07",  # sets the title
    "\x1b]2;{}\x1b\\",
    "\x1b]8;;http://{}\x1b\\",  # begins a link
    "\x1b[2J\x1b[H",  # clears the screen
    "\x1b[31m\x1b[8m",  # red, hidden
    "\x1b[?1049l",  # leaves the full screen
    "\x1b[6n\x1b[c\x1b[21t",  # has the terminal answer, as if somebody typed
    "\x1bP+q{}\x1b\\",  # a device control string
    "\x1b_{}\x1b\\",  # an application's command
    "\x1b^{}\x1b\\\x1bX{}\x1b\\",
    "\x9b31m\x9b2J",  # the same with controls of one character
    "\x9d0;{}\x9c\x90{}\x9c",
    "\x1b",
    "\x1bc",  # resets the terminal
    "\x07\x08\x7f\x0b\x0c\x0e\x0f\x05",
    "\x85\x84\x8d",
    "{}\rover",
    "\u202e\u202d\u202c\u2066\u2067\u2069\u200e\u061c",
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e",
    "\u2028\u2029",
    "\U000e0041\U000e0001\U000e007f",
    "\u3164\uffa0\u115f\ufe0f\U000e0100",
    "\ufff9\ufffb\U0001d173",
)
"""What acts on a terminal, or hides in a text; ``{}`` is where a marker stands."""
MARKUP = ("[bold red]", "[@click=app.quit]", "[link=http://a.example]", "[/nope]", "a[/", "[]", "[$error]", "\\[")
"""What Textual and Rich take for markup."""
PRINTABLE = "\u3164\u034f\ufe0f\U000e0100"
"""What hides, and counts as printable: the files that refuse controls hold it."""


def hostile(marker: str) -> str:
    """A text with every sequence and every piece of markup, and its marker where it is seen, and inside of each."""
    return " ".join((marker, *(one.replace("{}", marker) for one in SEQUENCES), *MARKUP, marker))


def short(marker: str) -> str:
    """The same for a place with little room: one of each kind."""
    act = f"\x1b]0;{marker}\x07\x9b31m\x9d0;{marker}\x9c\x1b[2J\x08\r\u202e\u2066\u200b\u2028\U000e0041"
    return f"{marker} {act} [/nope] a[/ [@click=app.quit]{marker}"


def printable(marker: str) -> str:
    """A text of characters that count as printable."""
    return f"{marker} {PRINTABLE} [bold red][/nope] a[/"


# What a terminal is sent

_COLOUR = r"[34]8;2;\d+;\d+;\d+"
_ALLOWED = re.compile(
    r"\x1b(?:"
    rf"\[(?:(?:[0-479]|{_COLOUR})(?:;(?:[0-479]|{_COLOUR}))*)m"  # bold, dim ..., colours as three numbers
    r"|\[\d+;\d+H"  # where the next text goes
    r"|\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]"  # modes
    r"|\[\?(?:2026|2048)\$p"  # asks which modes there are
    r"|\[>\d+u|\[<u"  # the keyboard of kitty
    r"|\]22;[a-z-]+\x07"  # the shape of the mouse pointer
    r")"
)
"""The sequences that Textual draws with; no other is let through, above all none that holds a text."""
_EVER = frozenset({"[?25h", "[?25l", "[?2026h", "[?2026l"})
"""What is switched at any time: the cursor, and the frames that are drawn at once."""
_MOVE = re.compile(r"\[(\d+);(\d+)H")
_LONGEST = 64
_MARKER = re.compile(r"zq[a-z]+")


class Display:
    """What a terminal shows of what a program writes; whatever it should not have been sent is kept in ``leaks``.

    ``place`` says of each leak where it was; ``is_running`` is so from the first picture on until somebody leaves.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.leaks: list[str] = []
        self.place = ""
        self.is_running = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._rest = ""
        self._lines: dict[int, dict[int, str]] = {}
        self._row, self._column = 0, 0
        self._run = ""
        self._full_screen = False
        self._must_move = False

    def feed(self, data: bytes, *, is_last: bool = False) -> None:
        """Take what was written."""
        self._rest += self._decoder.decode(data, is_last)
        while self._rest:
            text, _, _ = self._rest.partition("\x1b")
            if not is_last and text.endswith("\r") and len(text) == len(self._rest):
                text = text[:-1]  # half a line end
            if text:
                self._write(text)
                self._rest = self._rest[len(text) :]
            elif not self._sequence(is_last):
                break
        if is_last:
            self._end_run()

    def _sequence(self, is_last: bool) -> bool:
        """Take the sequence that begins here; False while more of it may come."""
        found = _ALLOWED.match(self._rest)
        if found is None:
            if len(self._rest) < _LONGEST and not is_last:
                return False
            self._leak(f"a sequence: {self._rest[:_LONGEST]!a}")
            self._rest = self._rest[1:]
            return True
        self._rest = self._rest[found.end() :]
        self._obey(found[0][1:])
        return True

    def _obey(self, sequence: str) -> None:
        move = _MOVE.fullmatch(sequence)
        if move:
            self._end_run()
            self._row, self._column = int(move[1]) - 1, int(move[2]) - 1
            self._must_move = False
        elif sequence.startswith("[?") and sequence[-1] in "hl":
            self._switch(sequence)

    def _switch(self, mode: str) -> None:
        """Modes are switched when the program begins and ends, not between."""
        if self.is_running and mode not in _EVER:
            self._leak(f"a mode: {mode}")
        if mode in ("[?1049h", "[?1049l"):
            self._end_run()
            self._full_screen = mode.endswith("h")

    def _write(self, text: str) -> None:
        for number, part in enumerate(text.split("\r\n")):
            if number:
                self._next_line()
            self._draw(part)

    def _next_line(self) -> None:
        """A line of the screen is over; where it is not as wide as the screen, only a movement may follow."""
        self._end_run()
        self._must_move = self._full_screen and self._column != self.width
        self._row, self._column = self._row + 1, 0

    def _draw(self, text: str) -> None:
        if text and self._must_move:
            self._leak(f"a line end before {text[:_LONGEST]!a}")
        self._run += text
        line = self._lines.setdefault(self._row, {})
        for character in text:
            width = cell_len(character)
            if width:
                line[self._column] = character
            if width == 2:
                line[self._column + 1] = ""
            self._column += width

    def _end_run(self) -> None:
        """A text between two movements is over: nothing in it acts, and what hides shapes what is seen."""
        if UNSAFE.search(self._run) and visible(self._run) != self._run:
            self._leak(f"characters: {self._run!a}")
        self._run = ""

    def _leak(self, what: str) -> None:
        self.leaks.append(f"{self.place}: {what}\n  in line {self._row + 1}: {self._line(self._row)}")

    def _line(self, row: int) -> str:
        line = self._lines.get(row, {})
        return "".join(line.get(column, " ") for column in range(max(line, default=-1) + 1)).rstrip()

    @property
    def text(self) -> str:
        """What is to be seen, line by line."""
        return "\n".join(self._line(row) for row in range(max(self._lines, default=-1) + 1))

    def resize(self, width: int) -> None:
        """The terminal has another size: all of it will be drawn again."""
        self.width = width
        self._lines.clear()


# The program in a terminal

_KEYS = {
    **{f"f{number}": f"\x1bO{letter}" for number, letter in enumerate("PQRS", 1)},
    **{f"f{number}": f"\x1b[{code}~" for number, code in enumerate((15, 17, 18, 19, 20, 21, 23, 24), 5)},
    **{f"ctrl+{letter}": chr(ord(letter) & 0x1F) for letter in "abcdefghijklmnopqrstuvwxyz"},
    "escape": "\x1b",
    "enter": "\r",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "ctrl+down": "\x1b[1;5B",
    "ctrl+home": "\x1b[1;5H",
    "ctrl+end": "\x1b[1;5F",
    "alt+m": "\x1bm",
}
_ON_ITS_WAY = 0.01
"""Seconds in which what is sent comes to where the program reads it."""
_A_MOMENT = 0.12
"""Seconds after which a key is no longer taken for a part of what was pasted, or of a sequence, before it."""


class Seat(Program):
    """Somebody who sits at a desk: the program itself on a workspace, its keys, and what it shows.

    ``seen`` are the markers that were to be read at any time.
    """

    def __init__(self, root: Path, person: str = "tang", size: tuple[int, int] = (120, 40)) -> None:
        home = root.parent / "home"
        home.mkdir(exist_ok=True)
        self.display = Display(size[0])
        self.seen: set[str] = set()
        self._taken = 0
        self._shown = ""
        self._waited_for = ""
        command = [sys.executable, "-m", "reviewtool", "-C", str(root), "--as", person, "--ui-language", "en"]
        super().__init__(command, size, {"HOME": str(home), "XDG_CONFIG_HOME": str(home)})

    def look(self) -> str:
        """What is shown now."""
        written = self.written
        if len(written) > self._taken:
            self.display.feed(written[self._taken :])
            self._taken = len(written)
            self._shown = self.display.text
            self.seen.update(_MARKER.findall(self._shown))
        return self._shown

    def shows(self, *texts: str, gone: str = "") -> None:
        """Wait until all of this is shown, and something else no longer."""

        def come() -> bool:
            shown = self.look()
            return all(text in shown for text in texts) and not (gone and gone in shown)

        self._waited_for = f"{texts} without {gone!r}" if gone else str(texts)
        self.until(come)
        self.display.is_running = True

    def has_shown(self, *markers: str) -> None:
        """Wait until these markers were to be read at some time."""
        self._waited_for = str(set(markers) - self.seen)
        self.until(lambda: self.look() and self.seen >= set(markers))

    def press(self, *keys: str, shows: str | Sequence[str] = (), gone: str = "") -> None:
        """Press keys, one after the other, and wait until it shows."""
        for key in keys:
            self.display.place = f"{self.display.place.partition(' + ')[0] if shows else ''} + {key}".strip(" +")
            self._send_alone(key if len(key) == 1 else _KEYS[key], _A_MOMENT if key == "escape" else 0.0)
        if shows or gone:
            self.shows(*([shows] if isinstance(shows, str) else shows), gone=gone)

    def paste(self, text: str) -> None:
        """Paste a text; when this returns, the next key is not a part of it any more."""
        self.display.place = f"pasted {text[:20]!a}"
        self._send_alone(text, _A_MOMENT)

    def type(self, text: str) -> None:
        """Type a few characters."""
        self.display.place = f"typed {text!a}"
        self._send_alone(text)

    def _send_alone(self, text: str, moment: float = 0.0) -> None:
        """Send what nothing else that is sent is read together with, and wait a moment from when it was read."""
        self.send(text)
        time.sleep(_ON_ITS_WAY)
        self.until(lambda: self.waits)
        time.sleep(moment)

    def account(self) -> str:
        """What is shown, and what was waited for."""
        leaks = "\n".join(self.display.leaks[:3])
        return f"waited for {self._waited_for} after {self.display.place}; it shows:\n{self._shown}\n{leaks}"

    def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size."""
        self.look()
        self.display.resize(size[0])
        super().resize(size)

    def leave(self) -> int:
        """Leave the program; gives its exit status."""
        self.look()
        self.display.is_running = False
        self.press("ctrl+q")
        self.until(lambda: self.status is not None)
        self._reader.join(PATIENCE)
        self.look()
        self.display.feed(b"", is_last=True)
        return self.status or 0


# The workspace

EN = Language.parse("en")
_PASSING = ".reviewtool-tmp"
"""How files are named while they are written."""
SIMILAR = "代表团一行历时八天走访了日本和韩国的十余家机构并签订了多项合作协议"
TRANSLATED = "In eight days the delegation visited more than ten institutions and signed several agreements"

SETTINGS = f"""
name = "DESK"
source_language = "zh-CN"
target_languages = ["en"]
override = true
[[people]]
id = "tang"
name = "Tang {printable("zqtang")}"
[[people]]
id = "eleanor"
name = "Eleanor {printable("zqeleanor")}"
[[people]]
id = "jessica"
name = "Jessica"
[[passes]]
name = "translation"
role = "translator"
[[passes]]
name = "revision"
role = "reviser"
[drafting]
engine = "ENGINE"
[byline.labels.en]
translation = "{printable("zqlabel")}"
[byline.separators.en]
translation = " {PRINTABLE}| "
"""

UNBRACKETED = "\x9b31m\x9d0;zq\x9c\x1bc\x08\u202e\u2066\u200b\u2028\U000e0041&#x1b;"
"""What acts, and stands in a picture's caption."""
STORY = f"""---
title: "TITLE"
date: 2023-03-07
dateline: "DATELINE"
author: "AUTHOR"
photo: ["PHOTO"]
video: "VIDEO"
source: "SOURCE"
"KEY": "a key of nobody's"
---

{SIMILAR}。

{hostile("zqbody")}

## {short("zqheading")}

- {short("zqitem")}

![zqcaption {UNBRACKETED} zqcaption](media/hall.png "zqpicturetitle {UNBRACKETED}")

[链接 zqlink](javascript:zqlink) <b onclick="zq">zqraw \x1b[31m</b> &#x1b;[31m &#155;31m &#x202e; zqentity

> {short("zqquote")}

| 一 | {short("zqcell")} |
|----|----|
| 二 | 三 |

    {short("zqcode")}

<div>
{short("zqhtml")}
</div>
"""
READY = """---
title: "TITLE"
photo: "PHOTO"
---

展览会于三月开幕。
"""


def quoted(text: str) -> str:
    """A text as it stands inside the quotes of TOML and YAML: controls as their numbers."""
    return "".join(one if one.isprintable() and one not in '"\\' else _number(ord(one)) for one in text)


def _number(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def filled(template: str, **texts: str) -> str:
    """A file with texts in the places that are named in capitals."""
    for name, text in texts.items():
        template = template.replace(f'"{name.upper()}"', f'"{quoted(text)}"')
    return template


class HostileDesk:
    """A workspace written by hand where the tool would refuse it, so that every text in it is hostile.

    ``story`` holds everything, ``ready`` waits for a signature; the others are broken, each in its way. A ``quiet``
    desk is one at which everything is as it should be: ``ready``, and ``work``, in which there is something to do.
    """

    def __init__(self, root: Path, *, quiet: bool = False) -> None:
        self.root = root
        self._minutes = count()
        found(root)
        if quiet:
            self.write("reviewtool.toml", filled(SETTINGS, desk="Foshan desk", engine="memory").replace(PRINTABLE, ""))
            self._ready()
            self._work()
            return
        self.write("reviewtool.toml", filled(SETTINGS, desk=short("zqdesk"), engine=short("zqengine")))
        self._story()
        self._ready()
        self._glossary()
        self._memory()
        self._broken()

    def write(self, path: str | Path, content: str | bytes) -> Path:
        """Write a file by hand."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    @property
    def workspace(self) -> Workspace:
        """The workspace, opened anew."""
        return Workspace(self.root)

    def ids(self, slug: str) -> list[str]:
        """The segments of an article."""
        return list(self.workspace.editions.open(slug, "en").standing.segments)

    def files(self) -> dict[str, bytes]:
        """Everything that the desk shares: what there is in it, file by file."""
        shared = [self.root / "reviewtool.toml"]
        for folder in ("articles", "locales", "memory", "editions"):
            shared += [path for path in (self.root / folder).rglob("*") if path.is_file() and path.suffix != _PASSING]
        return {os.fsdecode(path.relative_to(self.root)): path.read_bytes() for path in shared}

    # Written by other programs

    def put(self, slug: str, texts: dict[str, str], **previous: str) -> None:
        """Write targets, and the source of before, as another program would, into the catalog."""
        path = self.root / f"locales/en/LC_MESSAGES/{slug}.po"
        stored = catalogs.read(path, slug=slug, language=EN)
        segments = tuple(
            replace(one, target=texts.get(one.id, one.target), previous_source=previous.get(f"of_{one.id}"))
            for one in stored.catalog.segments
        )
        catalog = replace(stored.catalog, segments=segments)
        path.write_bytes(catalogs.render(stored, catalog, drafts=(), article_path=f"articles/{slug}.md"))

    def record(self, slug: str, kind: type[Event], *, person: str, at: str = "", **values: Any) -> str:
        """Put an event into the record of a person who may be nobody's; gives its id."""
        at = at or f"2023-03-07T10:{next(self._minutes):02}:00Z"
        folder = self.root / f"locales/en/ledger/{slug}"
        heads = ledgers.read(folder).ledger.heads.get(person, ())
        event = seal(kind, prev=heads, person=person, at=at, **values)
        return self._append(folder / f"{person}.jsonl", ledgers.line(event), event.id)

    def _append(self, path: Path, line: bytes, event: str) -> str:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(line)
        return event

    def on(self, slug: str, segment: str, kind: type[Event], *, person: str, **values: Any) -> str:
        """The same about a segment as it is now."""
        one = self.workspace.editions.open(slug, "en").segment(segment)
        texts = {"segment": one.id, "source": one.source, "target": one.target}
        return self.record(slug, kind, person=person, **{**texts, **values})

    # The articles

    def _story(self) -> None:
        names = ("title", "dateline", "author", "photo", "video", "source", "key")
        self.write("articles/story.md", filled(STORY, **{name: short(f"zq{name}") for name in names}))
        list(self.workspace.sync.run(["story"]))
        kinds = [one.segment for one in self.workspace.editions.open("story", "en").standing.segments.values()]
        texts = {one.id: short(f"zqtarget{one.kind.value.replace('-', '')}") for one in kinds}
        plain, body = kinds[1].id, kinds[2].id
        texts |= {plain: "", body: hostile("zqtarget")}
        self.put("story", texts, **{f"of_{body}": short("zqprevious")})
        self._history(body, hostile("zqtarget"))
        self.on("story", kinds[3].id, Draft, person="desk", text=texts[kinds[3].id], origin=short("zqdraftorigin"))
        self.on("story", kinds[4].id, Confirm, person=GHOST, pass_="translation", text=texts[kinds[4].id])
        self.unfinished()

    def _history(self, body: str, text: str) -> None:
        """Everything that can be done to a segment."""
        earlier = text_hash(short("zqprevious"))

        def did(kind: type[Event], person: str, **values: Any) -> str:
            return self.on("story", body, kind, person=person, **values)

        draft = hostile("zqdrafted")
        did(Draft, "desk", target=text_hash(draft), text=draft, origin=short("zqorigin"))
        first = short("zqfirst")
        did(
            Write,
            "tang",
            source=earlier,
            target=text_hash(first),
            text=first,
            from_=text_hash(draft),
            pass_="translation",
        )
        did(Write, "tang", text=text, from_=text_hash(first), pass_="translation")
        sent = did(
            SendBack, GHOST, comment=hostile("zqsent"), category=short("zqcategory"), severity=short("zqseverity"),
            pass_="revision",
        )  # fmt: skip
        did(Comment, "tang", comment=short("zqreply"), answers=sent)
        remark = did(Comment, "eleanor", comment=short("zqremark"))
        did(Comment, GHOST, comment=short("zqghostly"), answers=remark)
        did(Dismiss, "eleanor", finding="number:1", reason=short("zqdismissal"))
        did(Settle, "jessica", reason=short("zqsettled"), answers=(remark,))
        did(Approve, "jessica", pass_="revision", at=short("zqtime"))
        self.sign("story", "eleanor", "revision", short("zqsigner"))

    def sign(self, slug: str, person: str, pass_name: str, name: str, at: str = "") -> None:
        """Sign a pass under any name, at any time."""
        edition = self.workspace.editions.open(slug, "en")
        texts = edition.standing.texts
        heads = {who: tuple(ids) for who, ids in edition.ledger.heads.items()}
        role = "translator" if pass_name == "translation" else "reviser"
        self.record(
            slug, Sign, person=person, at=at, pass_=pass_name, role=role, name=name, segments=texts, heads=heads,
            digest=digest(slug, EN, pass_name, texts), read_all=True,
        )  # fmt: skip

    def unfinished(self) -> None:
        """What Tang typed in a segment that is gone."""
        self.workspace.unfinished.keep(
            "story", "en", "tang", "0" * 12, source="", target="", text=short("zqunfinished"), cursor=0
        )

    def _ready(self) -> None:
        """An article that Tang has translated and signed, at an hour that acts."""
        self.write("articles/ready.md", filled(READY, title=short("zqreadytitle"), photo=short("zqreadyphoto")))
        list(self.workspace.sync.run(["ready"]))
        for segment, text in zip(
            self.ids("ready"), (short("zqreadyheadline"), "The fair opens in March."), strict=True
        ):
            self.put("ready", {segment: text})
            self.on("ready", segment, Confirm, person="tang", pass_="translation", text=text)
            self.on("ready", segment, Approve, person="eleanor", pass_="revision")
        self.sign("ready", "tang", "translation", short("zqreadysigner"), at="\x1b]0;zqat\x07")

    def _work(self) -> None:
        """An article with a headline that waits for a reviser, and a draft."""
        self.write("articles/work.md", filled(READY, title="佛山展览会开幕", photo="Foshan Commerce"))
        list(self.workspace.sync.run(["work"]))
        headline, draft = self.ids("work")
        self.put("work", {headline: "The Foshan fair opens", draft: "The fair opens in Mai."})
        self.on("work", headline, Confirm, person="tang", pass_="translation", text="The Foshan fair opens")

    # What helps

    def _glossary(self) -> None:
        texts = (printable(f"zq{name}") for name in ("preferred", "forbidden", "termnote"))
        lines = ["source\tpreferred\tforbidden\tnote", "\t".join(["代表团", *texts])]
        lines.append("\t".join([f"机构{PRINTABLE}", "institution"]))
        self.write("locales/en/glossary.tsv", "\n".join(lines) + "\n")

    def _memory(self) -> None:
        """A memory under a name that acts, with what XML can hold of what acts."""
        act = "\x9b31m\x9d0;zq\x9c\u202e\u2066\u200b\u2028\U000e0041&#13;[/nope] a[/ [@click=app.quit]"
        units = [(f"{SIMILAR} zqunit \x9b31m\u202e\u200b[/。", f"zqmatch {act} {TRANSLATED}.")]
        variants = (
            f'<tu><tuv xml:lang="zh-CN"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>'
            for source, target in units
        )
        tmx = f'<tmx version="1.4"><header srclang="zh-CN"/><body>{"".join(variants)}</body></tmx>'
        self.write(Path("memory") / os.fsdecode(b"zqfile\x1b]0;zqfile\x07\x9b31m[bold red].tmx"), tmx)

    # What cannot be read

    def _broken(self) -> None:
        self.write("articles/catalog.md", "# 佛山\n")
        self.write("locales/en/LC_MESSAGES/catalog.po", f'msgid "{short("zqcatalog")}\n')
        self.write(
            "articles/article.md",
            f'---\n"{quoted(short("zqarticle"))}": a\n"{quoted(short("zqarticle"))}": b\n---\n\n佛山\n',
        )
        self.write(f"locales/zqfolder{ACT}/LC_MESSAGES/article.po", "")
        self.write("articles/language.md", f'---\nlanguage: "{quoted(printable("zqtag"))}"\n---\n\n佛山\n')
        self.write(f"articles/zqname{ACT}.md", "# 佛山\n")
        self.write("articles/ledger.md", "# 佛山\n")
        self._foreign_field()
        self.write(
            f"locales/en/ledger/ledger/zqstem{ACT}.jsonl", f'{{"do":"comment","person":"{printable("zqwho")}","v":1}}\n'
        )
        for folder in (f"locales/en/ledger/zqgone{ACT}", f"locales/zqabandoned{ACT}/ledger/gone"):
            texts = {"pass_": "revision", "role": "reviser", "segments": (), "heads": {}, "digest": ""}
            event = seal(Sign, prev=(), person="tang", at="", name=short("zqleft"), **texts)
            self._append(self.root / folder / "tang.jsonl", ledgers.line(event), event.id)

    def _foreign_field(self) -> None:
        """An event whose hash is right, with a field that no version has."""
        event = fields(
            seal(Comment, prev=(), person="tang", at="", segment="0" * 12, source="", target="", comment="a")
        )
        event[short("zqfield")] = "a"
        event["id"] = event_id(event)
        self._append(self.root / "locales/en/ledger/ledger/tang.jsonl", canonical(event) + b"\n", "")


ACT = "\x1b]0;zq\x07\x1b[31m\u202e\u200b[bold red]"
"""What a file's name can hold."""
GHOST = f"zqghost{ACT}"
"""A person whom the desk does not know."""
