"""The verb ``replace``: shows, does, refuses."""

import pytest


@pytest.fixture
def translated(shell):
    shell.translate()
    return shell


def targets(shell) -> list[str]:
    return [one["target"] for one in shell.segments]


def test_a_dry_run_shows_and_changes_nothing(translated):
    before = translated.files()
    shown = translated.act("replace", "delegation", "mission", "--dry-run")
    assert shown.status == 0
    assert shown.out.splitlines() == [
        f"  1  {translated.ids[0]}",
        "   - Foshan trade delegation visits Japan and South Korea",
        "   + Foshan trade mission visits Japan and South Korea",
        f"  2  {translated.ids[1]}",
        "   - The delegation travelled for eight days.",
        "   + The mission travelled for eight days.",
        "2 segments would be changed",
    ]
    assert translated.files() == before


def test_what_is_replaced_is_told_for_programs(translated):
    result = translated.done("replace", "delegation", "mission", "--json", person="tang")
    assert result.json["done"] == translated.ids[:2]
    assert result.json["refused"] == []
    assert result.json["replacements"][1] == {
        "id": translated.ids[1],
        "before": "The delegation travelled for eight days.",
        "after": "The mission travelled for eight days.",
        "spans": [[4, 14]],
        "draft": False,
    }
    assert targets(translated)[1] == "The mission travelled for eight days."


def test_a_regular_expression_with_groups(translated):
    translated.done("replace", r"(\d\.\d) BILLION", r"RMB \1 bn", "--regex", "--ignore-case", person="tang")
    assert targets(translated)[3] == "Intended orders came to more than RMB 1.2 bn yuan."


def test_nothing_found_is_done(translated):
    result = translated.done("replace", "nowhere", "x", person="tang")
    assert result.out == "0 segments changed\n"


def test_the_rules_of_the_desk_hold(translated):
    translated.done("sign", "--pass", "translation", person="tang")
    before = targets(translated)
    result = translated.act("replace", "delegation", "mission", "--pass", "revision", person="tang")
    assert result.status == 1
    assert result.out.endswith("0 segments changed, 2 refused\n")
    assert "has signed the translation" in result.err
    assert targets(translated) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("(", "x", "--regex"), "missing ) at character 2"),
        (("a", r"\1", "--regex"), "The replacement"),
        (("", "x"), "the pattern is empty"),
        (("((e{999}){999}){999}", "x", "--regex"), "numbers in braces"),
    ],
)
def test_a_bad_pattern_is_one_sentence(translated, words, said):
    before = translated.files()
    result = translated.act("replace", *words, person="tang")
    assert translated.files() == before
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert said in result.err
