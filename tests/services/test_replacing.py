"""Search and replace: what is shown is what is done, by the rules of the desk, and nothing else."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError, Refused
from reviewtool.services.replacing import Hit, Replaced, ReplaceRefused

from .conftest import TEXTS


@pytest.fixture
def translated(desk):
    desk.translate()
    return desk


def preview(desk, pattern: str, replacement: str, **options):
    return desk.workspace.replacing.preview(desk.edition, pattern, replacement, **options)


def replace(desk, pattern: str, replacement: str, person: str = "tang", pass_name: str | None = None, **options):
    found = preview(desk, pattern, replacement, **options)
    return list(desk.workspace.replacing.run("story", "en", found, person=person, pass_name=pass_name))


def target(desk, number: int) -> str:
    return desk.edition.catalog.segments[number].target


# Finding


def test_segments_are_found_in_the_articles_order(translated):
    found = translated.workspace.replacing.find(translated.edition, "delegation")
    assert found == (Hit(translated.ids[0], ((13, 23),)), Hit(translated.ids[1], ((4, 14),)))


def test_sources_can_be_searched_too(translated):
    replacing = translated.workspace.replacing
    assert [one.segment for one in replacing.find(translated.edition, "代表团", sources=True)] == translated.ids[:2]
    assert replacing.find(translated.edition, "代表团") == ()


def test_case_and_expressions_are_asked_for(translated):
    find = translated.workspace.replacing.find
    edition = translated.edition
    assert find(edition, "SOUTH") == ()
    assert [one.spans for one in find(edition, "SOUTH", case=False)] == [((41, 46),), ((0, 5),)]
    assert [one.spans for one in find(edition, r"\d[\d.]*", regex=True)] == [((34, 37),)]
    with pytest.raises(InputError, match="at character 2"):
        find(edition, "(", regex=True)


# What would be


def test_a_preview_changes_nothing(translated):
    before = translated.catalog.read_bytes()
    (one,) = preview(translated, r"(\d)\.(\d) billion", r"\1,\g<2>00 million", regex=True)
    assert one.before == TEXTS[4]
    assert one.after == "Intended orders came to more than 1,200 million yuan."
    assert [one.before[start:end] for start, end in one.spans] == ["1.2 billion"]
    assert [one.after[start:end] for start, end in one.new_spans] == ["1,200 million"]
    assert not one.draft
    assert translated.catalog.read_bytes() == before


def test_a_preview_is_of_what_would_be_another_text(translated):
    assert preview(translated, "delegation", "delegation") == ()
    assert len(preview(translated, "delegation", "mission")) == 2
    assert [one.segment for one in preview(translated, "delegation", "mission", segments={translated.ids[1]})] == [
        translated.ids[1]
    ]


def test_a_bad_replacement_is_told_before_anything_is_shown(translated):
    with pytest.raises(InputError, match="The replacement"):
        preview(translated, "nowhere", r"\1", regex=True)


# Replacing


def test_what_was_shown_is_done_and_told_one_by_one(translated):
    shown = preview(translated, "delegation", "mission")
    told = list(translated.workspace.replacing.run("story", "en", shown, person="tang"))
    assert told == [Replaced(translated.ids[0], 1, 2), Replaced(translated.ids[1], 2, 2)]
    assert [target(translated, 0), target(translated, 1)] == [one.after for one in shown]
    assert set(translated.states) == {"translated"}


def test_nothing_to_replace_is_done(translated):
    assert replace(translated, "nowhere", "anywhere") == []


def test_who_replaces_is_a_writer_and_cannot_approve_it(translated):
    replace(translated, "eight days", "a week", "eleanor", "revision")
    one = translated.edition.segment("2")
    assert one.writers == {"eleanor"}
    assert translated.approve("eleanor", [1]).refused
    assert not translated.approve("jessica", [1]).refused


def test_a_replacement_asks_earlier_approvals_again(translated):
    translated.approve("jessica")
    assert set(translated.states) == {"reviewed"}
    replace(translated, "eight days", "a week", "eleanor", "revision")
    assert translated.states == ["reviewed", "translated", "reviewed", "reviewed", "reviewed", "reviewed"]


def test_a_text_that_another_changed_since_is_not_touched(translated):
    shown = preview(translated, "delegation", "mission")
    translated.write(0, "Another headline about the delegation", "tang")
    first, second = translated.workspace.replacing.run("story", "en", shown, person="tang")
    assert first == ReplaceRefused(translated.ids[0], "its text has changed meanwhile", 1, 2)
    assert isinstance(second, Replaced)
    assert target(translated, 0) == "Another headline about the delegation"


def test_what_another_program_changed_since_is_not_touched(translated):
    shown = preview(translated, "delegation", "mission")
    translated.outside("travelled for eight", "travelled for nine")
    told = list(translated.workspace.replacing.run("story", "en", shown, person="tang"))
    assert [type(one) for one in told] == [Replaced, ReplaceRefused]
    assert target(translated, 1) == "The delegation travelled for nine days."


def test_the_rules_of_the_desk_refuse_with_their_reason(translated):
    translated.sign("translation", "tang")
    (refused,) = replace(translated, "eight", "8", pass_name="revision")
    assert refused.reason == "Tang has signed the translation and writes only there"
    assert target(translated, 1) == TEXTS[1]
    with pytest.raises(Refused, match="acts in no pass"):
        replace(translated, "eight", "8", "nobody")


@pytest.mark.parametrize(
    ("replacement", "said"),
    [
        ("", "no text would be left of it"),
        ("Or\\nders", "which is one line"),
        ("Or\\x1bders", "holds the control character U+001B"),
    ],
)
def test_a_text_that_no_segment_can_have_is_refused(translated, replacement, said):
    (told,) = replace(translated, "Orders", replacement, regex=True)
    assert isinstance(told, ReplaceRefused)
    assert said in told.reason
    assert target(translated, 3) == "Orders"


def test_a_draft_stays_a_draft(desk):
    desk.write(1, TEXTS[1], "tang")
    list(desk.workspace.drafts.paste("story", "en", "\n\n".join([TEXTS[0], " ".join(TEXTS[1:3]), *TEXTS[3:]])))
    assert desk.states == ["draft", "translated", "draft", "draft", "draft", "draft"]
    shown = preview(desk, "more than", "over")
    assert [one.draft for one in shown] == [True, True]
    assert all(isinstance(one, Replaced) for one in replace(desk, "more than", "over"))
    assert desk.states == ["draft", "translated", "draft", "draft", "draft", "draft"]
    one = desk.edition.segment("3")
    assert (one.segment.target, one.writers, one.origin) == (
        "It visited over ten institutions.",
        frozenset(),
        "replaced",
    )


def test_a_draft_is_nothing_for_a_reviser_to_correct(desk):
    desk.translate()
    desk.outside("Southeast Asia is next.", "Southeast Asia is the next.")
    (refused,) = replace(desk, "the next", "next", "eleanor", "revision")
    assert "still a draft" in refused.reason


def test_many_are_saved_on_the_way_and_stopping_keeps_what_was_told(desk):
    body = "\n\n".join(f"第{number}家企业。" for number in range(1, 60))
    list(desk.workspace.sync.add("long.md", f"---\ntitle: 长\n---\n\n{body}\n".encode()))
    edition = desk.workspace.editions.open("long", "en")
    texts = {
        one.id: (one.target, f"Company No {number}") for number, one in enumerate(edition.standing.segments.values())
    }
    desk.workspace.review.rewrite("long", "en", texts, person="tang")
    edition = desk.workspace.editions.open("long", "en")
    shown = desk.workspace.replacing.preview(edition, "Company", "Firm")
    assert len(shown) == 60
    running = desk.workspace.replacing.run("long", "en", shown, person="tang")
    told = [next(running) for _ in range(21)]
    running.close()
    assert told[-1] == Replaced(shown[20].segment, 21, 60)
    now = [one.target for one in desk.workspace.editions.open("long", "en").catalog.segments]
    assert all(text.startswith("Firm") for text in now[:21])
    assert now[-1] == "Company No 59"
    again = desk.workspace.replacing.run("long", "en", shown, person="tang")
    assert [type(one) for one in again].count(Replaced) == sum(1 for text in now if text.startswith("Company"))
