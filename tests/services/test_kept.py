"""An edition kept open is at every moment what one opened anew would be."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewtool.errors import InputError, ReviewtoolError, StorageError
from reviewtool.services import editions as module
from reviewtool.workspace import Workspace

from .conftest import ARTICLE, SETTINGS, TEXTS, Desk

PEOPLE = ("tang", "eleanor", "jessica")
WRITTEN = (*TEXTS, "A text\nof two lines", "  A text with space around it\n", 'Said "so" \\ on\tTuesday')


def anew(desk: Desk):
    """The edition as somebody opens it who has kept nothing."""
    return Workspace(desk.root).editions.open(desk.slug, "en")


def said(edition) -> dict[str, object]:
    stored, standing = edition.stored, edition.standing
    return {
        "article": edition.article,
        "catalog": edition.catalog,
        "data": stored.data,
        "entries": stored.entries,
        "texts": list(stored.texts),
        "events": edition.ledger.events,
        "faults": (edition.record.faults, edition.record.gaps),
        "states": {one: standing.state(one) for one in standing.segments},
        "texts bound": standing.texts,
        "passes": standing.passes,
        "drafts": edition.drafts,
        "lineages": {one.id: (one.acts, one.versions()) for one in standing.segments.values()},
    }


def grow_old(desk: Desk) -> None:
    """Let every file be one that was changed long ago."""
    for path in desk.root.rglob("*"):
        if path.is_file():
            facts = path.stat()
            os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns - 3_600_000_000_000))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "write",
                "write",
                "confirm",
                "approve",
                "send back",
                "omit",
                "comment",
                "join",
                "join",
                "split",
                "undo",
                "sign",
                "outside",
                "article",
                "old",
            ]
        ),
        st.integers(0, 5),
        st.sampled_from(PEOPLE),
        st.sampled_from(WRITTEN),
    ),
    max_size=14,
)


def act(desk: Desk, what: str, number: int, person: str, text: str) -> None:
    review, slug = desk.workspace.review, desk.slug
    one = desk.ids[number % len(desk.ids)]
    does = {
        "write": lambda: review.edit(slug, "en", one, text, person=person),
        "confirm": lambda: review.confirm(slug, "en", None, person=person),
        "approve": lambda: review.approve(slug, "en", [one], person=person),
        "send back": lambda: review.send_back(slug, "en", one, "数字不对", person=person),
        "omit": lambda: review.omit(slug, "en", [one], person=person),
        "comment": lambda: review.comment(slug, "en", one, "看一下", person=person),
        "join": lambda: desk.workspace.segmentation.join(slug, "en", one, person=person),
        "split": lambda: desk.workspace.segmentation.split(slug, "en", one, 3, person=person, target_at=number),
        "undo": lambda: review.undo(slug, "en", one, person=person),
        "sign": lambda: desk.sign("translation" if person == "tang" else "revision", person, read_all=True),
        "outside": lambda: edit_outside(desk, number),
        "article": lambda: change_article(desk, number),
        "old": lambda: grow_old(desk),
    }
    does[what]()


def edit_outside(desk: Desk, number: int) -> None:
    data = desk.catalog.read_text(encoding="utf-8")
    desk.catalog.write_text(data.replace("the", "a", 1).replace("T", "t", number), encoding="utf-8")


def change_article(desk: Desk, number: int) -> None:
    more = "".join(f"\n又一段{count}。\n" for count in range(number % 3))
    (desk.root / "articles/story.md").write_text(ARTICLE + more, encoding="utf-8")


@given(ACTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_people_and_programs_do_what_is_kept_is_what_is_there(tmp_path_factory, acts):
    desk = Desk(tmp_path_factory.mktemp("desk") / "desk", SETTINGS.format(override="false"))
    for one in acts:
        with suppress(ReviewtoolError):
            act(desk, *one)
        assert said(desk.edition) == said(anew(desk))


def files_of(desk: Desk) -> dict[str, bytes]:
    paths = [path for path in desk.root.rglob("*") if path.is_file() and ".reviewtool" not in path.parts]
    return {path.relative_to(desk.root).as_posix(): path.read_bytes() for path in paths}


@given(ACTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_byte_is_the_one_that_a_desk_writes_which_keeps_nothing(tmp_path_factory, acts):
    keeping, forgetting = (
        Desk(tmp_path_factory.mktemp("desk") / "desk", SETTINGS.format(override="false")) for _ in range(2)
    )
    for one in acts:
        outcomes = []
        for desk in (keeping, forgetting):
            if desk is forgetting:
                desk.open()
            try:
                act(desk, *one)
                outcomes.append("")
            except ReviewtoolError as error:
                outcomes.append(str(error).replace(str(desk.root), ""))
        assert outcomes[0] == outcomes[1]
        assert files_of(keeping) == files_of(forgetting)


def test_nothing_changed_is_the_same_edition(desk):
    desk.translate()
    edition = desk.edition
    assert desk.edition is edition
    grow_old(desk)
    assert desk.edition is not edition
    again = desk.edition
    assert desk.edition is again


def test_an_act_gives_the_edition_that_is_kept(desk):
    edition = desk.write(0, TEXTS[0], "tang")
    assert desk.edition is edition
    assert desk.approve("eleanor", [0]).edition is desk.edition
    assert desk.edition is not edition


def test_a_join_and_a_split_give_the_edition_that_is_kept(desk):
    desk.translate()
    joined = desk.workspace.segmentation.join(desk.slug, "en", desk.ids[1], person="tang")
    assert desk.edition is joined.edition
    assert said(desk.edition) == said(anew(desk))
    divided = desk.workspace.segmentation.split(desk.slug, "en", *joined.segments, 6, person="tang", target_at=14)
    assert desk.edition is divided.edition
    assert said(desk.edition) == said(anew(desk))


def test_an_act_on_a_part_that_lives_on_marks_what_was_made_of_it(tmp_path):
    desk = Desk(
        tmp_path / "desk", SETTINGS.format(override="false"), "# 签约\n\n代表团抵达。签约开始。\n\n代表团抵达。\n"
    )
    for number, text in enumerate(("Signing", "The delegation arrived.", "Signing began.", "It arrived.")):
        desk.write(number, text, "tang")
    first = desk.ids[1]
    (joined,) = desk.workspace.segmentation.join(desk.slug, "en", first, person="tang").segments
    entries = desk.catalog.read_text(encoding="utf-8").split("\n\n")
    kept = [one.replace("#~ ", "") if f'"{first}"' in one else one for one in entries if "It arrived." not in one]
    desk.catalog.write_text("\n\n".join(kept), encoding="utf-8")
    assert desk.ids[1:] == [joined, first]
    desk.workspace.review.comment(desk.slug, "en", first, "看一下", person="jessica")
    assert b"fuzzy" not in desk.catalog.read_bytes()
    desk.workspace.review.undo(desk.slug, "en", first, person="tang")
    assert joined in desk.edition.drafts
    assert desk.catalog.read_bytes().count(b"#, fuzzy") == 1
    assert said(desk.edition) == said(anew(desk))


def test_a_join_in_one_language_leaves_the_others_their_sentences(tmp_path):
    two = SETTINGS.format(override="false").replace('["en"]', '["en", "fr"]')
    desk = Desk(tmp_path / "desk", two)
    desk.open()
    desk.workspace.segmentation.join(desk.slug, "en", desk.ids[1], person="tang")
    english, french = (desk.workspace.editions.open(desk.slug, tag) for tag in ("en", "fr"))
    assert len(english.article.passages) == len(french.article.passages) - 1
    assert french.article == desk.workspace.editions.article(desk.slug)
    assert said(english) == said(anew(desk))


def test_a_change_in_the_same_moment_and_of_the_same_size_is_seen(desk):
    desk.translate()
    facts = desk.catalog.stat()
    with desk.catalog.open("r+b") as file:
        data = file.read()
        file.seek(0)
        file.write(data.replace(b"eight days", b"seven days"))
    os.utime(desk.catalog, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert "seven" in desk.edition.catalog.segments[1].target
    assert said(desk.edition) == said(anew(desk))


def test_another_desks_act_is_seen_and_followed(desk):
    desk.translate()
    first = desk.edition
    other = Workspace(desk.root, clock=lambda: "2023-03-08T11:00:00Z")
    other.review.approve(desk.slug, "en", [desk.ids[0]], person="eleanor")
    assert desk.edition is not first
    desk.approve("jessica", [0])
    assert {event.person for event in desk.edition.standing.segments[desk.ids[0]].approvals} == {"eleanor", "jessica"}
    assert said(desk.edition) == said(anew(desk))


def test_a_new_file_in_the_record_is_seen(desk):
    desk.translate()
    grow_old(desk)
    assert not desk.edition.record.faults
    (desk.root / "locales/en/ledger/story/jessica.jsonl").write_text("not an event\n", encoding="utf-8")
    assert desk.edition.record.faults
    with pytest.raises(InputError, match="jessica"):
        desk.write(0, "Something else", "tang")


def test_what_could_not_be_saved_is_not_kept(desk, monkeypatch):
    desk.translate()
    before = said(desk.edition)

    def full(*_: object, **__: object) -> None:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(module.catalogs, "write", full)
        with pytest.raises(StorageError):
            desk.write(0, "Something else", "tang")
    assert said(desk.edition) == before
    desk.write(0, "Something else", "tang")
    assert said(desk.edition) == said(anew(desk))


def test_only_the_last_few_editions_are_kept(desk):
    for number in range(4):
        list(desk.workspace.sync.add(f"story-{number}.md", ARTICLE.encode()))
    editions = [desk.workspace.editions.open(f"story-{number}", "en") for number in range(4)]
    again = [desk.workspace.editions.open(f"story-{number}", "en") for number in (3, 2)]
    assert again[0] is editions[3]
    assert again[1] is editions[2]
    assert desk.workspace.editions.open("story-0", "en") is not editions[0]


def test_reading_all_editions_drops_none_that_is_open(desk):
    for number in range(4):
        list(desk.workspace.sync.add(f"story-{number}.md", ARTICLE.encode()))
    edition = desk.edition
    list(desk.workspace.overview.editions())
    assert desk.edition is edition
