"""Joining and splitting on the disk: saved whole, read back from the texts, and taken up by other tools."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from reviewtool.errors import InputError, Refused, StorageError
from reviewtool.services import editions as module
from reviewtool.storage import catalogs, ledgers
from tests.services.conftest import ARTICLE, SETTINGS, TEXTS, Desk

TOGETHER = f"{TEXTS[1]} {TEXTS[2]}"


def join(desk: Desk, number: int, person: str = "tang", pass_name: str | None = None):
    return desk.workspace.segmentation.join("story", "en", desk.ids[number], person=person, pass_name=pass_name)


def split(desk: Desk, number: int, after: str, target_after: str | None = None, person: str = "tang"):
    one = desk.edition.catalog.segments[number]
    at = one.source.index(after) + len(after)
    target_at = None if target_after is None else one.target.index(target_after) + len(target_after)
    return desk.workspace.segmentation.split("story", "en", one.id, at, person=person, target_at=target_at)


def sources(desk: Desk) -> list[str]:
    return [one.source for one in desk.edition.catalog.segments]


def targets(desk: Desk) -> list[str]:
    return [one.target for one in desk.edition.catalog.segments]


def prose(desk: Desk) -> str:
    data = desk.workspace.publishing.export("story", "en", "md", layout="target", unfinished=True).data
    return data.decode()


def test_two_sentences_become_one_segment_with_a_new_id_and_no_approval(desk):
    desk.translate()
    desk.approve("eleanor")
    before = desk.ids
    joined = join(desk, 1)
    (new,) = joined.segments
    assert new not in before
    assert desk.ids == [before[0], new, *before[3:]]
    assert sources(desk)[1] == "代表团一行历时八天。此行走访了十余家机构。"
    assert targets(desk)[1] == TOGETHER
    assert desk.states == ["reviewed", "translated", "reviewed", "reviewed", "reviewed"]
    assert {one.id for one in desk.edition.catalog.obsolete} == {before[1], before[2]}
    assert TOGETHER in prose(desk)
    assert joined.edition.standing.segments.keys() == desk.open().editions.open("story", "en").standing.segments.keys()


def test_a_segment_is_split_and_joined_again_otherwise(desk):
    desk.translate()
    seen = set(desk.ids)
    first, second = split(desk, 4, "意向订单", "Intended orders").segments
    assert sources(desk)[4:6] == ["意向订单", "金额超过12亿元。"]
    assert targets(desk)[4:6] == ["Intended orders", "came to more than 1.2 billion yuan."]
    assert desk.states[4:6] == ["translated", "translated"]
    assert TEXTS[4] in prose(desk)
    seen |= {first, second}
    (again,) = join(desk, 4).segments
    assert again not in seen
    assert (sources(desk)[4], targets(desk)[4]) == ("意向订单金额超过12亿元。", TEXTS[4])


def test_without_a_cut_of_the_target_the_first_part_keeps_it_as_a_draft(desk):
    desk.translate()
    split(desk, 4, "意向订单")
    assert targets(desk)[4:6] == [TEXTS[4], ""]
    assert desk.states[4:6] == ["draft", "untranslated"]
    assert desk.catalog.read_text(encoding="utf-8").count("#, fuzzy") == 1
    desk.workspace.segmentation.split("story", "en", desk.ids[1], 3, person="tang", target_at=0)
    assert targets(desk)[1:3] == ["", TEXTS[1]]


def test_what_is_not_translated_can_be_joined_and_split(desk):
    join(desk, 1)
    assert desk.states == ["untranslated"] * 5
    split(desk, 1, "代表团一行")
    assert sources(desk)[1:3] == ["代表团一行", "历时八天。此行走访了十余家机构。"]
    desk.write(1, "The delegation", "tang")
    desk.write(2, "travelled for eight days and visited ten institutions.", "tang")
    assert desk.states[1:3] == ["translated"] * 2


def test_the_cut_of_the_source_is_proposed_for_that_of_the_target(desk):
    desk.translate()
    join(desk, 1)
    cut = desk.workspace.segmentation.cut_for(desk.edition, desk.ids[1], len(TEXTS[1]))
    assert sources(desk)[1][:cut] == "代表团一行历时八天。"


def test_syncing_after_a_join_and_a_split_changes_nothing(desk):
    desk.translate()
    join(desk, 1)
    split(desk, 3, "意向订单", "Intended orders")
    before = desk.catalog.read_bytes()
    (synced,) = desk.workspace.sync.run(["story"])
    assert not synced.written
    assert desk.catalog.read_bytes() == before


def test_an_edition_joined_and_split_is_signed_verified_and_exported(desk):
    desk.translate()
    join(desk, 1)
    split(desk, 3, "意向订单", "Intended orders")
    desk.sign("translation", "tang")
    desk.approve("eleanor")
    desk.sign("revision", "eleanor")
    desk.sign("revision", "jessica", read_all=True)
    assert desk.edition.standing.final
    assert desk.open().signing.verify().ok
    for form in ("md", "html"):
        for layout in desk.workspace.publishing.layouts(form):
            page = desk.workspace.publishing.export("story", "en", form, layout=layout).data.decode()
            assert TOGETHER in page
            assert TEXTS[4] in page
    join(desk, 3)
    assert not desk.edition.standing.final
    assert [one.person for one in desk.workspace.signing.verify().problems] == ["tang", "eleanor", "jessica"]


def test_where_the_source_changes_the_sentences_come_back_with_their_work(desk):
    desk.translate()
    join(desk, 1)
    (desk.root / "articles/story.md").write_text(ARTICLE.replace("八天", "九天"), encoding="utf-8")
    list(desk.workspace.sync.run(["story"]))
    assert sources(desk)[1:3] == ["代表团一行历时九天。", "此行走访了十余家机构。"]
    assert desk.states[targets(desk).index(TOGETHER)] == "draft"
    assert desk.workspace.signing.verify().ok


def test_a_joined_segment_survives_a_change_elsewhere_in_its_paragraph(desk):
    (desk.root / "articles/story.md").write_text(ARTICLE.replace("机构。\n", "机构。成果很多。\n"), encoding="utf-8")
    list(desk.workspace.sync.run(["story"]))
    join(desk, 1)
    desk.write(1, TOGETHER, "tang")
    changed = ARTICLE.replace("机构。\n", "机构。成果不少。\n")
    (desk.root / "articles/story.md").write_text(changed, encoding="utf-8")
    assert sources(desk)[1:3] == ["代表团一行历时八天。此行走访了十余家机构。", "成果不少。"]
    assert desk.states[1] == "translated"


@pytest.mark.parametrize(
    ("number", "act", "sentence"),
    [
        (2, join, "nothing follows it in its line"),
        (5, join, "nothing follows it in its line"),
        (0, lambda desk, number: split(desk, number, "佛山"), "a headline stays one segment"),
        (3, lambda desk, number: split(desk, number, "订"), "a heading stays one segment"),
        (1, lambda desk, number: join(desk, number, "eleanor", "revision"), "it has no text"),
    ],
)
def test_what_cannot_be_joined_or_split_is_refused(desk, number, act, sentence):
    before = desk.catalog.read_bytes()
    with pytest.raises(Refused, match=sentence):
        act(desk, number)
    assert desk.catalog.read_bytes() == before
    assert len(desk.edition.ledger) == 0


def test_a_cut_that_leaves_nothing_is_bad_input(desk):
    with pytest.raises(InputError, match="nothing on one side"):
        desk.workspace.segmentation.split("story", "en", desk.ids[1], 0, person="tang")
    with pytest.raises(InputError, match="nothing on one side"):
        desk.workspace.segmentation.split("story", "en", desk.ids[1], 99, person="tang")


def test_a_text_too_long_for_one_segment_is_not_joined(desk):
    for number in (1, 2):
        desk.write(number, "长" * 10_000, "tang")
    with pytest.raises(InputError, match="too long for one segment"):
        join(desk, 1)


def test_remarks_on_a_part_are_answered_on_the_whole(desk):
    desk.workspace.review.comment("story", "en", desk.ids[1], "Eight or nine?", person="eleanor")
    remark = desk.edition.ledger.events[-1].id
    join(desk, 1)
    desk.workspace.review.comment("story", "en", desk.ids[1], "Eight.", person="tang", answers=remark)
    desk.workspace.review.resolve("story", "en", desk.ids[1], person="tang")
    (thread,) = desk.edition.standing.segments[desk.ids[1]].threads
    assert ([one.comment for one in thread.replies], thread.resolved) == (["Eight."], True)


def test_own_words_in_a_joined_segment_are_settled_like_any(lenient_desk):
    desk = lenient_desk
    desk.translate()
    join(desk, 1)
    desk.workspace.review.settle("story", "en", desk.ids[1], "Nobody else reads Chinese.", person="jessica")
    assert desk.approve("tang", [1]).done == (desk.ids[1],)


# The disk


class Cut(BaseException):
    """The moment the power goes."""


@pytest.mark.parametrize("step", ["note", "append", "replace"])
@pytest.mark.parametrize("act", [lambda desk: join(desk, 1), lambda desk: split(desk, 4, "意向订单", "Intended")])
def test_a_crash_in_a_join_or_split_leaves_it_done_or_not_done(desk, monkeypatch, step, act):
    desk.translate()
    before = sources(desk)

    def cut(*_: object, **__: object) -> None:
        raise Cut

    place = {
        "note": (module.State, "note"),
        "append": (module.ledgers, "append"),
        "replace": (catalogs, "write"),
    }[step]
    with monkeypatch.context() as patch:
        patch.setattr(*place, cut)
        with pytest.raises(Cut):
            act(desk)
    desk.open()
    assert (sources(desk) == before) is (step != "replace")
    seen = desk.ids
    desk.write(0, "Another headline", "tang")
    assert desk.ids == seen
    assert set(desk.states) == {"translated"}
    assert [one.id for one in desk.edition.stored.catalog.segments] == seen
    assert desk.workspace.signing.verify().ok


def test_an_unfinished_join_does_not_override_an_outside_change(desk, monkeypatch):
    desk.translate()

    def cut(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(catalogs, "write", cut)
        with pytest.raises(Cut):
            join(desk, 1)
    desk.outside(TEXTS[2], "From another program.")
    desk.open()
    assert targets(desk)[1:3] == [TEXTS[1], "From another program."]


def test_a_disk_that_is_full_leaves_no_trace_of_a_join(desk, monkeypatch):
    desk.translate()
    before = desk.catalog.read_bytes(), len(desk.edition.ledger)

    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(catalogs, "write", full)
        with pytest.raises(StorageError):
            join(desk, 1)
    desk.open()
    assert (desk.catalog.read_bytes(), len(desk.edition.ledger)) == before


def test_a_join_without_its_cache_and_state_is_still_one(desk):
    desk.translate()
    join(desk, 1)
    before = desk.ids
    subprocess.run(["rm", "-rf", desk.root / ".reviewtool"], check=True)
    desk.open()
    assert desk.ids == before


# Other tools


def test_gettext_takes_the_catalog_and_keeps_what_was_joined(desk, tool, tmp_path):
    desk.translate()
    join(desk, 1)
    split(desk, 3, "意向订单", "Intended orders")
    before = desk.ids, targets(desk), desk.states
    run = subprocess.run([tool("msgfmt"), "--check", "-o", "/dev/null", desk.catalog], capture_output=True, check=True)
    assert run.stderr == b""
    template = tmp_path / "story.pot"
    live = subprocess.run([tool("msgattrib"), "--no-obsolete", desk.catalog], capture_output=True, check=True).stdout
    template.write_bytes(live)
    for command in ([tool("msgmerge"), "-q", desk.catalog, template], [tool("msgcat"), "--sort-output", desk.catalog]):
        desk.catalog.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
        assert (desk.ids, targets(desk), desk.states) == before


def git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    who = ["-c", "user.name=Tang", "-c", "user.email=tang@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *words], cwd=root, capture_output=True, check=False)


def two_branches(desk: Desk, ours, theirs) -> None:
    """Two people's work on two branches of the workspace, the second one checked out."""
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begun"]):
        assert git(desk.root, *words).returncode == 0
    git(desk.root, "branch", "other")
    ours(desk)
    git(desk.root, "commit", "-q", "-a", "-m", "Ours")
    git(desk.root, "checkout", "-q", "other")
    desk.open()
    theirs(desk)
    git(desk.root, "add", "-A")
    git(desk.root, "commit", "-q", "-m", "Theirs")


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_branch_that_joined_and_one_that_edited_a_part_are_merged_soundly(desk, tool, side):
    tool("git")
    desk.translate()
    two_branches(
        desk,
        lambda desk: join(desk, 1),
        lambda desk: desk.write(1, "It was on the road for eight days.", "eleanor", "revision"),
    )
    assert git(desk.root, "merge", "-q", "-X", side, "main").returncode == 0
    desk.open()
    joined = "代表团一行历时八天。此行走访了十余家机构。" in sources(desk)
    assert joined is (side == "theirs")
    if joined:
        assert targets(desk)[1] == TOGETHER
        assert desk.states[1] == "translated"
        assert desk.edition.standing.segments[desk.ids[1]].writers == {"tang"}
    else:
        assert targets(desk)[1:3] == ["It was on the road for eight days.", TEXTS[2]]
    assert desk.workspace.signing.verify().ok
    list(desk.workspace.sync.run(["story"]))
    before = desk.ids
    (again,) = desk.workspace.sync.run(["story"])
    assert (desk.ids, again.written) == (before, False)
    desk.sign("translation", "tang", read_all=True)
    desk.approve("jessica")
    assert set(desk.states) == {"reviewed"}


def test_a_merge_that_keeps_both_the_whole_and_its_parts_is_cut_one_way(desk, tool):
    tool("git")
    desk.translate()
    two_branches(desk, lambda desk: join(desk, 1), lambda desk: desk.write(1, "Eight days it took.", "tang"))
    ours = subprocess.run(
        ["git", "show", "main:locales/en/LC_MESSAGES/story.po"], cwd=desk.root, capture_output=True, check=True
    ).stdout.decode()
    theirs = desk.catalog.read_text(encoding="utf-8")
    whole = next(entry for entry in ours.split("\n\n") if TOGETHER in entry and "#~" not in entry)
    merged = theirs.replace("\n\n", f"\n\n{whole}\n\n", 1)
    assert git(desk.root, "merge", "-q", "-X", "ours", "main").returncode == 0
    desk.catalog.write_text(merged, encoding="utf-8")
    desk.open()
    assert sources(desk)[1:3] in (
        ["代表团一行历时八天。此行走访了十余家机构。", "订单"],
        ["代表团一行历时八天。", "此行走访了十余家机构。"],
    )
    list(desk.workspace.sync.run(["story"]))
    before = desk.ids
    assert len(before) + len(desk.edition.catalog.obsolete) == 7
    (again,) = desk.workspace.sync.run(["story"])
    assert (desk.ids, again.written) == (before, False)
    assert desk.workspace.signing.verify().ok


def test_two_branches_that_joined_the_same_have_the_same_segment(desk, tool):
    tool("git")
    desk.translate()
    two_branches(desk, lambda desk: join(desk, 1), lambda desk: join(desk, 1, "eleanor", "revision"))
    assert git(desk.root, "merge", "-q", "main").returncode == 0
    desk.open()
    assert targets(desk)[1] == TOGETHER
    assert desk.edition.standing.segments[desk.ids[1]].writers == {"tang"}
    joins = [event for event in desk.edition.ledger.events if event.segment == desk.ids[1]]
    assert [event.person for event in joins] == ["tang", "eleanor"]
    assert desk.workspace.signing.verify().ok


def test_a_monolingual_edition_is_joined_and_split_too(tmp_path):
    settings = SETTINGS.format(override="false").replace('["en"]', '["zh-CN", "en"]')
    desk = Desk(tmp_path / "desk", settings, ARTICLE.replace("photo:", "targets: [zh-CN]\nphoto:"))
    edition = desk.workspace.editions.open("story", "zh-CN")
    ids = list(edition.standing.segments)
    joined = desk.workspace.segmentation.join("story", "zh-CN", ids[1], person="tang")
    one = joined.edition.standing.segments[joined.segments[0]]
    assert one.segment.source == one.segment.target == "代表团一行历时八天。此行走访了十余家机构。"
    assert one.draft
    parts = desk.workspace.segmentation.split("story", "zh-CN", one.id, 5, person="tang", target_at=5)
    assert [parts.edition.catalog[one].target for one in parts.segments] == [
        "代表团一行",
        "历时八天。此行走访了十余家机构。",
    ]


def test_a_ledger_line_tells_what_a_join_was_made_of(desk):
    desk.translate()
    before = desk.ids
    join(desk, 1)
    line = (desk.root / "locales/en/ledger/story/tang.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    event = json.loads(line)
    assert (event["do"], event["segment"], event["pass"]) == ("join", desk.ids[1], "translation")
    assert event["parts"] == [
        [before[1], "代表团一行历时八天。", TEXTS[1]],
        [before[2], "此行走访了十余家机构。", TEXTS[2]],
    ]
    assert ledgers.read(desk.root / "locales/en/ledger/story").sound()
