"""Ledgers on disk: one folder an edition, one file a person, one event a line.

Equal lines are one event and line order means nothing, so that git's union merge is always right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from reviewtool.errors import InputError
from reviewtool.model.ledger import KINDS, VERSION, AnyEvent, Event, Ledger, Sign, canonical, event_id, fields
from reviewtool.storage import files
from reviewtool.storage.stamps import Content

_DECODER = msgspec.json.Decoder(AnyEvent)
_ENCODER = msgspec.json.Encoder(order="sorted")
_SHARED = {
    kind: [name for name in ("person", "at", "segment", "source", "target", "pass_") if name in kind.__struct_fields__]
    for kind in KINDS.values()
}
"""The fields of each kind of event whose values other events have too."""
MOST_BYTES = 100_000_000
"""The size of a ledger file above which it is refused."""
SUFFIX = ".jsonl"


Appended = tuple[tuple[Path, int], ...]
"""The files that were added to, with their lengths before."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something broken in a ledger file: ``place`` is file and line."""

    person: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class StoredLedger:
    """The record of an edition as read; ``faults`` are lines that cannot be used, ``gaps`` events that are missing.

    ``contents`` are those of the files read, by their names.
    """

    ledger: Ledger
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Fault, ...] = ()
    contents: Mapping[str, Content] = field(default_factory=dict, compare=False, repr=False)

    def sound(self) -> Ledger:
        """The record; InputError with the first fault when there is one."""
        if self.faults:
            raise InputError(
                f"{self.faults[0]} Restore the file from git, or `reviewtool verify` lists all that is broken."
            )
        return self.ledger

    def extended(self, ledger: Ledger, events: Sequence[AnyEvent]) -> StoredLedger:
        """The record after these events were appended to it; ``ledger`` holds them."""
        contents = dict(self.contents)
        for name, lines in _lines(events).items():
            contents[name] = contents.get(name, Content()).followed_by(b"".join(lines))
        return replace(self, ledger=ledger, contents=contents)


def paths(folder: Path) -> tuple[Path, ...]:
    """The files of a record."""
    return tuple(sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else ()


def read(folder: Path, *, writing: str | None = None) -> StoredLedger:
    """Everything that was recorded in an edition; a folder that is not there is an empty record.

    ``writing`` is the person for whom this clone was just recording when it was cut off: a last line of
    theirs that breaks off was never acknowledged, and is passed over. Any other is a fault.
    """
    events: list[AnyEvent] = []
    faults: list[Fault] = []
    contents: dict[str, Content] = {}
    known: dict[str, str] = {}
    for path in paths(folder):
        data = _read_file(path, events, faults, known, may_break_off=path.stem == writing)
        if data is not None:
            contents[path.name] = Content(data)
    ledger = Ledger(events)
    return StoredLedger(ledger, tuple(faults), _gaps(ledger), contents)


def _read_file(
    path: Path, events: list[AnyEvent], faults: list[Fault], known: dict[str, str], *, may_break_off: bool
) -> bytes | None:
    """Add a file's events and faults to those there are; its content, where it can be read at all."""
    place, person = files.shown(path), path.stem
    try:
        data = files.read_bytes(path, limit=MOST_BYTES, what="ledger")
    except InputError as error:
        faults.append(Fault(person, place, str(error)))
        return None
    end = data.rfind(b"\n") + 1
    tail, count = data[end:], data.count(b"\n") if end > 1 else 0
    lines: Iterator[bytes] = islice(BytesIO(data), count)
    if is_whole(tail, person=person):
        lines = chain(lines, [tail])
    elif tail and not may_break_off:
        faults.append(Fault(person, f"{place}:{count + 1}", "the last line breaks off in its middle."))
    for number, one in enumerate(lines, start=1):
        try:
            events.append(_shared(parse(one.removesuffix(b"\n"), person=person), known))
        except InputError as error:
            faults.append(Fault(person, f"{place}:{number}", str(error)))
    return data


def _shared(event: AnyEvent, known: dict[str, str]) -> AnyEvent:
    """The event, holding of each name and hash the one that is ``known``, so that memory holds it once."""
    share = known.setdefault
    share(event.id, event.id)
    named: dict[str, Any] = {name: share(text := getattr(event, name), text) for name in _SHARED[type(event)]}
    named["prev"] = tuple([share(one, one) for one in event.prev])
    if isinstance(event, Sign):
        named["segments"] = tuple([(share(a, a), share(b, b), share(c, c)) for a, b, c in event.segments])
    return msgspec.structs.replace(event, **named)


def is_whole(tail: bytes, *, person: str) -> bool:
    """Whether a last line without its line end is a complete event all the same."""
    try:
        parse(tail, person=person)
    except InputError:
        return False
    return True


def parse(text: bytes, *, person: str) -> AnyEvent:
    """One ledger line of this person's file; InputError with what is wrong with it."""
    return _parse_as_written(text, person) or _parse_slowly(text, person)


def _parse_as_written(text: bytes, person: str) -> AnyEvent | None:
    """The event of a line that is byte for byte as :func:`line` writes it; None for any other."""
    try:
        event: AnyEvent = _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if event.v != VERSION or event.person != person or _ENCODER.encode(event) != text:
        return None
    # Within a string the quotes would be escaped, so this can only be the key.
    before, key, after = text.partition(f'"id":"{event.id}",'.encode())
    if not key or hashlib.sha256(before + after).hexdigest() != event.id:
        return None
    return event


def _parse_slowly(text: bytes, person: str) -> AnyEvent:
    """The event of any line, or what is wrong with it."""
    if text.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise InputError("a merge conflict stands here; keep the lines of both sides and remove the markers.")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("this line is no JSON object.") from error
    if not isinstance(record, dict) or not isinstance(record.get("do"), str):
        raise InputError("this line is no event.")
    if record.get("v") != VERSION or record["do"] not in KINDS:
        raise InputError("this event was written by a newer reviewtool; update it to read on.")
    if record.get("person") != person:
        raise InputError(f"this event is not {person}'s, though it stands in their file.")
    return _convert(record, text)


def _convert(record: dict[str, object], text: bytes) -> AnyEvent:
    try:
        if canonical(record) != text or event_id(record) != record.get("id"):
            raise InputError("this event was changed after it was written: its hash does not fit.")
        event: AnyEvent = msgspec.convert(record, AnyEvent)
    except msgspec.ValidationError as error:
        raise InputError(f"this event is incomplete: {error}.") from error
    except UnicodeEncodeError as error:
        raise InputError("this event holds half a character.") from error
    return event


def _gaps(ledger: Ledger) -> tuple[Fault, ...]:
    """Events whose ``prev`` or ``heads`` name what is no longer there."""
    missing = ledger.missing
    chains = [
        Fault(event.person, f"the record of {event.person}", f"an event before {event.at} is missing.")
        for event in (ledger.events if missing else ())
        if not missing.isdisjoint(event.prev)
    ]
    foreign = [
        Fault(event.person, f"the record of {event.person}", f"the event of {event.at} follows somebody else's.")
        for event in ledger.events
        if not _follows_own(event, ledger)
    ]
    seen = [
        Fault(sign.person, f"the signature of {sign.name}", "it has seen events that are not in the record.")
        for sign in ledger.signatures
        if any(missing.intersection(heads) for heads in sign.heads.values())
    ]
    return (*chains, *foreign, *seen)


def _follows_own(event: AnyEvent, ledger: Ledger) -> bool:
    for one in event.prev:
        before = ledger.history.get(one)
        if before is not None and before.person != event.person:
            return False
    return True


def line(event: Event) -> bytes:
    """An event as the line that is appended, its line end included."""
    return canonical(fields(event)) + b"\n"


def append(folder: Path, events: Sequence[AnyEvent], *, root: Path, aside: Path) -> Appended:
    """Record events, fsynced before this returns; what it returns can be given to :func:`take_back`.

    A last line that a crash broke off is moved to ``aside`` first.
    """
    lengths: list[tuple[Path, int]] = []
    for name, lines in sorted(_lines(events).items()):
        path = folder / name
        whole = partial(is_whole, person=path.stem)
        lengths.append((path, files.append(path, lines, root=root, aside=aside, is_whole=whole)))
    return tuple(lengths)


def _lines(events: Sequence[AnyEvent]) -> dict[str, list[bytes]]:
    """The lines of each file."""
    found: dict[str, list[bytes]] = {}
    for event in events:
        found.setdefault(f"{event.person}{SUFFIX}", []).append(line(event))
    return found


def take_back(appended: Appended, *, root: Path) -> None:
    """Undo an append that nobody was told of, since what belonged to it could not be done."""
    for path, length in appended:
        files.cut(path, length, root=root)


def set_aside(folder: Path, person: str, *, root: Path, aside: Path) -> None:
    """Move a last line of this person's that a crash broke off out of the record."""
    path = folder / f"{person}{SUFFIX}"
    files.append(path, [], root=root, aside=aside, is_whole=partial(is_whole, person=person))
