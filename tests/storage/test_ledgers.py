"""Ledgers on disk: what is appended is read back; what is broken is named by file and line."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.errors import InputError
from reviewtool.model.ledger import Approve, Comment, Ledger, Sign, Write, canonical, seal
from reviewtool.model.segment import text_hash
from reviewtool.storage import ledgers


def written(text: str = "The fair opens in March.", person: str = "tang", prev: tuple[str, ...] = ()) -> Write:
    return seal(
        Write,
        prev=prev,
        person=person,
        at="2023-03-07T10:00:00Z",
        segment="0123456789ab",
        source=text_hash("展会三月开幕。"),
        target=text_hash(text),
        text=text,
        from_=text_hash(""),
        pass_="translation",
    )


def approved(write: Write, person: str = "eleanor") -> Approve:
    return seal(
        Approve,
        prev=(),
        person=person,
        at="2023-03-07T11:00:00Z",
        segment=write.segment,
        source=write.source,
        target=write.target,
        pass_="revision",
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "locales/en/ledger/story"


def append(folder, *events) -> None:
    root = folder.parents[3]
    ledgers.append(folder, events, root=root, aside=root / ".reviewtool/state/torn")


def test_nothing_recorded_is_an_empty_ledger(folder):
    assert len(ledgers.read(folder).sound()) == 0


def test_everybody_has_a_file_of_their_own(folder):
    first = written()
    append(folder, first)
    append(folder, approved(first))
    assert sorted(path.name for path in folder.iterdir()) == ["eleanor.jsonl", "tang.jsonl"]
    assert set(ledgers.read(folder).sound().events) == {first, approved(first)}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_text_comes_back_as_it_went(texts):
    for text in texts:
        event = written(text)
        line = ledgers.line(event)
        assert line.count(b"\n") == 1
        assert ledgers.parse(line.removesuffix(b"\n"), person="tang") == event


def test_a_line_twice_is_one_event(folder):
    append(folder, written())
    append(folder, written())
    assert len(ledgers.read(folder).sound()) == 1


def test_the_order_of_lines_means_nothing(folder):
    first = written()
    second = written("The fair opens on March 18.", prev=(first.id,))
    append(folder, second, first)
    assert ledgers.read(folder).sound().heads == {"tang": (second.id,)}


def test_a_line_that_breaks_off_is_a_fault_unless_it_was_just_being_written(folder):
    first = written()
    append(folder, first)
    path = folder / "tang.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at":"2023-03-07T')
    with pytest.raises(InputError, match=r"tang\.jsonl:2.*breaks off"):
        ledgers.read(folder).sound()
    assert ledgers.read(folder, writing="tang").sound().events == (first,)
    second = written("The fair opens on March 18.", prev=(first.id,))
    append(folder, second)
    assert ledgers.read(folder).sound().events == (first, second)
    torn = list((folder.parents[3] / ".reviewtool/state/torn").rglob("*"))
    assert any(one.is_file() and b'{"at":"2023-03-07T' in one.read_bytes() for one in torn)


def test_a_last_line_without_its_end_counts_when_it_is_whole(folder):
    first = written()
    append(folder, first)
    path = folder / "tang.jsonl"
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    assert ledgers.read(folder).sound().events == (first,)
    append(folder, written("The fair opens on March 18.", prev=(first.id,)))
    assert len(ledgers.read(folder).sound()) == 2


def changed(line: bytes) -> bytes:
    return line.replace(b"March", b"April")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (changed, "changed after it was written"),
        (lambda line: line[:-1] + b" }", "changed after it was written"),
        (lambda line: b'{"at":"1999",' + line[1:], "changed after it was written"),
        (lambda line: b"<<<<<<< HEAD", "merge conflict"),
        (lambda line: b"nonsense", "no JSON"),
        (lambda line: b"[" * 100_000, "no JSON"),
        (lambda line: b"[1]", "no event"),
        (lambda line: line.replace(b'"v":1', b'"v":2'), "newer reviewtool"),
        (lambda line: line.replace(b'"do":"write"', b'"do":"publish"'), "newer reviewtool"),
        (lambda line: line.replace(b'"person":"tang"', b'"person":"eleanor"'), "not tang's"),
        (lambda line: b"\xff\xfe", "no JSON"),
        (lambda line: b'"\\ud800"', "no event"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_repaired(folder, spoil, sentence):
    append(folder, written())
    path = folder / "tang.jsonl"
    good = path.read_bytes()
    path.write_bytes(good + spoil(good.removesuffix(b"\n")) + b"\n")
    stored = ledgers.read(folder)
    assert len(stored.faults) == 1
    assert "tang.jsonl:2" in str(stored.faults[0])
    assert sentence in str(stored.faults[0])
    with pytest.raises(InputError, match=r"tang\.jsonl:2"):
        stored.sound()


def test_a_missing_event_is_a_gap(folder):
    append(folder, written(prev=("0" * 64,)))
    stored = ledgers.read(folder)
    assert stored.faults == ()
    assert "missing" in str(stored.gaps[0])


def test_an_incomplete_event_says_what_it_lacks(folder):
    event = seal(Comment, prev=(), person="tang", at="x", segment="a", source="b", target="c", comment="d")
    from reviewtool.model.ledger import canonical, event_id, fields

    record = fields(event)
    del record["comment"]
    record["id"] = event_id(record)
    with pytest.raises(InputError, match="comment"):
        ledgers.parse(canonical(record), person="tang")


def test_two_machines_of_one_person_make_two_heads():
    first = written()
    one, two = written("A", prev=(first.id,)), written("B", prev=(first.id,))
    ledger = Ledger([two, one, first])
    assert ledger.heads["tang"] == tuple(sorted([one.id, two.id]))
    assert ledger.before(first, one)
    assert not ledger.before(one, two)


class TestLinesAsWritten:
    """Lines as they are written here are read without the slow way, and say what it says of them."""

    def test_both_ways_of_writing_json_agree_on_every_character(self):
        characters = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
        assert msgspec.json.encode(characters) == canonical(characters)

    @given(
        st.text(),
        st.dictionaries(st.text(max_size=4), st.lists(st.text(max_size=3)).map(tuple), max_size=4),
        st.sampled_from(["comment", "sign"]),
    )
    def test_any_event_is_read_the_same(self, text, heads, kind):
        if kind == "comment":
            event = seal(Comment, prev=(), person="tang", at=text, segment=text, source="", target="", comment=text)
        else:
            listed = ((text, text, text),)
            event = seal(
                Sign,
                prev=(text,),
                person="tang",
                at="",
                pass_=text,
                role="",
                name=text,
                segments=listed,
                heads=heads,
                digest="",
            )
        written = ledgers.line(event).removesuffix(b"\n")
        assert ledgers._parse_as_written(written, "tang") == ledgers._parse_slowly(written, "tang") == event
        assert ledgers._shared(event, {}) == event

    @given(st.data())
    def test_what_was_changed_is_never_taken(self, data):
        event = seal(Comment, prev=(), person="tang", at="2023", segment="s", source="", target="", comment='"id":"x",')
        written = bytearray(ledgers.line(event).removesuffix(b"\n"))
        place = data.draw(st.integers(0, len(written) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != written[place]))
        written[place] = byte
        assert ledgers._parse_as_written(bytes(written), "tang") is None
        with pytest.raises(InputError):
            ledgers.parse(bytes(written), person="tang")

    def test_with_white_space_or_twice_the_same_key_it_is_not_as_written(self):
        event = seal(Comment, prev=(), person="tang", at="2023", segment="s", source="", target="", comment="c")
        written = ledgers.line(event).removesuffix(b"\n")
        for other in (written + b" ", written.replace(b'"at"', b'"at":"2022","at"'), written.replace(b":", b": ")):
            assert ledgers._parse_as_written(other, "tang") is None
