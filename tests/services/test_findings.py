"""Findings of an edition, of a segment while it is being typed, and how far checking has come."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.model.language import Language
from reviewtool.services.editions import Unreadable
from reviewtool.services.findings import Checking

from .conftest import TEXTS

WRONG = "Intended orders came to  more than 13 billion yuan"
"""Another number, a space too many, and no full stop."""


@pytest.fixture
def wrong(desk):
    """Everything is translated, the fifth segment with mistakes."""
    desk.translate()
    desk.write(4, WRONG, "tang")
    return desk


def checks(found) -> list[str]:
    return [one.finding.check for one in found]


def on(desk, number: int, target: str | None = None):
    return desk.workspace.findings.on(desk.edition, desk.ids[number], target)


def write_terms(desk, text: str) -> None:
    path = desk.root / "locales/en/glossary.tsv"
    other = path.with_suffix(".new")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


# One segment


def test_a_segment_has_the_findings_that_checking_the_edition_has_there(wrong):
    everywhere = list(wrong.workspace.findings.check())
    assert "end-punctuation" in checks(everywhere)
    for number, segment in enumerate(wrong.ids):
        assert on(wrong, number) == tuple(one for one in everywhere if one.segment == segment)


def test_what_is_being_typed_is_examined_in_place_of_what_stands(wrong):
    assert "end-punctuation" in checks(on(wrong, 4))
    assert on(wrong, 4, TEXTS[4]) == ()
    assert checks(on(wrong, 1, "The delegation travelled for 8 days")) == ["end-punctuation"]


def test_an_emptied_text_is_untranslated_and_an_omitted_segment_is_not(wrong):
    assert checks(on(wrong, 1, "")) == ["untranslated"]
    wrong.workspace.review.omit("story", "en", [wrong.ids[1]], person="tang")
    assert on(wrong, 1) == ()
    assert checks(on(wrong, 1, "The  delegation travelled.")) == ["spaces"]


def test_what_was_set_aside_is_left_out_for_exactly_that_text(wrong):
    found = on(wrong, 4)
    assert len(found) > 1
    wrong.workspace.findings.dismiss(found[0].id, "The house leaves it off", person="eleanor")
    assert on(wrong, 4) == found[1:]
    assert on(wrong, 4, WRONG) == found[1:]
    assert found[0].finding.check in checks(on(wrong, 4, WRONG + " in all"))
    wrong.write(4, TEXTS[4], "tang")
    assert on(wrong, 4, WRONG) == found[1:]
    assert on(wrong, 4) == ()


def test_a_segment_that_is_not_there_is_named(wrong):
    with pytest.raises(InputError, match="has no segment 'ffffffffffff'"):
        wrong.workspace.findings.on(wrong.edition, "ffffffffffff")


# An edition


def test_an_open_edition_is_examined_as_it_is_open(wrong):
    edition = wrong.edition
    before = list(wrong.workspace.findings.of(edition))
    wrong.write(4, TEXTS[4], "tang")
    assert list(wrong.workspace.findings.of(edition)) == before
    assert list(wrong.workspace.findings.of(wrong.edition)) == list(wrong.workspace.findings.check())


def test_front_matter_that_claims_a_signers_line_is_found(desk):
    article = desk.root / "articles/story.md"
    article.write_text(article.read_text(encoding="utf-8").replace("photo:", "审校: Tang\nphoto:"), encoding="utf-8")
    first = next(desk.workspace.findings.of(desk.edition))
    assert (first.finding.check, first.segment) == ("byline", "")


# Terms


def test_terms_are_kept_until_their_file_changes(wrong):
    english = Language("en")
    assert wrong.workspace.terms(english).terms == ()
    write_terms(wrong, "代表团\tdelegation\tmission\n")
    terms = wrong.workspace.terms(english)
    assert [one.preferred for one in terms.terms] == [("delegation",)]
    assert wrong.workspace.terms(english) is terms
    assert checks(on(wrong, 1, "The mission travelled for eight days.")) == ["terms"]
    write_terms(wrong, "代表团\tmission\n")
    assert on(wrong, 1, "The mission travelled for eight days.") == ()
    (wrong.root / "locales/en/glossary.tsv").unlink()
    assert wrong.workspace.terms(english).terms == ()


def test_each_language_has_its_terms(desk):
    write_terms(desk, "代表团\tdelegation\n")
    assert desk.workspace.terms(Language("ko")).terms == ()
    assert len(desk.workspace.terms(Language("en")).terms) == 1


def test_terms_that_cannot_be_read_are_an_error_each_time_until_they_can(wrong):
    write_terms(wrong, "no tab here\n")
    for _ in range(2):
        with pytest.raises(InputError, match=r"glossary\.tsv:1"):
            on(wrong, 1)
    write_terms(wrong, "代表团\tdelegation\n")
    assert on(wrong, 1) == ()


# Progress


def test_progress_adds_up_to_what_check_finds(wrong):
    list(wrong.workspace.sync.add("other.md", "---\ntitle: 另一篇\n---\n\n一句。\n".encode()))
    events = list(wrong.workspace.findings.run())
    assert [one for event in events for one in event.findings] == list(wrong.workspace.findings.check())
    assert [(one.slug, one.number, one.articles, one.segment, one.segments) for one in events] == [
        ("other", 1, 2, 2, 2),
        ("story", 2, 2, 6, 6),
    ]


def test_a_long_edition_tells_on_the_way_and_stops_when_nobody_asks_on(desk):
    body = "\n\n".join(f"第{number}段。" for number in range(1, 120))
    list(desk.workspace.sync.add("long.md", f"---\ntitle: 长\n---\n\n{body}\n".encode()))
    events = desk.workspace.findings.run(["long"], "en")
    assert [(one.segment, one.segments, len(one.findings)) for one in events] == [
        (50, 120, 50),
        (100, 120, 50),
        (120, 120, 20),
    ]
    stopped = desk.workspace.findings.run(["long"], "en")
    assert isinstance(next(stopped), Checking)
    stopped.close()


def test_what_cannot_be_read_is_told_and_the_rest_is_checked(wrong):
    (wrong.root / "articles/broken.md").write_bytes(b"---\ntitle: [\n---\n")
    list(wrong.workspace.sync.add("torn.md", "---\ntitle: 断\n---\n".encode()))
    torn = wrong.root / "locales/en/ledger/torn/tang.jsonl"
    torn.parent.mkdir(parents=True)
    torn.write_text("{}\n", encoding="utf-8")
    broken, story, faulty = wrong.workspace.findings.run()
    assert isinstance(broken, Unreadable)
    assert "broken.md" in broken.reason
    assert isinstance(story, Checking)
    assert (story.number, story.articles) == (2, 3)
    assert isinstance(faulty, Unreadable)
    assert "torn/tang.jsonl:1" in faulty.reason
