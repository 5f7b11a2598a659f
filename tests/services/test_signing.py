"""Signatures: in order, without gaps, by the right people, and standing exactly while the text is the one signed."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError, Refused
from reviewtool.services.signing import SigningRefused

from .conftest import ARTICLE, TEXTS


def test_a_finished_edition_is_final_and_its_byline_names_who_signed(desk):
    desk.finish()
    assert desk.edition.standing.final
    assert set(desk.states) == {"final"}
    assert desk.byline() == ["Author | Tang", "Reviser | Eleanor, Jessica", "Photo | Foshan Commerce"]
    assert desk.workspace.signing.verify().ok


def test_signing_with_gaps_is_refused(desk):
    desk.write(0, TEXTS[0], "tang")
    with pytest.raises(SigningRefused, match="5 segments are untranslated"):
        desk.sign("translation", "tang")


def test_signing_out_of_order_is_refused(desk):
    desk.translate()
    desk.approve("eleanor")
    with pytest.raises(SigningRefused, match="the pass translation comes first"):
        desk.sign("revision", "eleanor")


def test_the_author_does_not_sign_the_revision(desk):
    desk.translate()
    desk.sign("translation", "tang")
    desk.approve("eleanor")
    with pytest.raises(SigningRefused, match="nobody signs both sides"):
        desk.sign("revision", "tang", read_all=True)


def test_a_reviser_does_not_sign_the_translation_too(desk):
    desk.finish()
    with pytest.raises(SigningRefused, match="nobody signs both sides"):
        desk.sign("translation", "eleanor")


def test_who_wrote_nothing_does_not_sign_the_translation(desk):
    desk.translate()
    with pytest.raises(SigningRefused, match="has written or confirmed no segment"):
        desk.sign("translation", "jessica", read_all=True)


def test_a_signature_is_not_empty(desk):
    desk.translate()
    desk.sign("translation", "tang")
    desk.approve("eleanor")
    with pytest.raises(SigningRefused, match="6 segments were not approved or read by Jessica"):
        desk.sign("revision", "jessica")
    assert desk.sign("revision", "jessica", read_all=True).signature.read_all


def test_signing_again_while_it_stands_writes_nothing(desk):
    desk.finish()
    before = len(desk.edition.ledger)
    assert desk.sign("revision", "eleanor").stands
    assert len(desk.edition.ledger) == before


def test_a_second_revisers_correction_asks_the_first_for_one_key(desk):
    desk.translate()
    desk.sign("translation", "tang")
    desk.approve("eleanor")
    desk.sign("revision", "eleanor")
    desk.write(1, "The delegation was away for eight days.", "jessica", "revision")
    eleanor = desk.edition.standing.signatures("revision")[0]
    assert eleanor.differences == (desk.ids[1],)
    assert desk.edition.standing.signatures("translation")[0].stands
    desk.approve("eleanor", [1])
    assert desk.edition.standing.signatures("revision")[0].stands


def test_a_character_changed_by_hand_takes_every_name_out(desk):
    desk.finish()
    desk.outside("eight days", "eight  days")
    verification = desk.workspace.signing.verify()
    assert {problem.person for problem in verification.problems} == {"tang", "eleanor", "jessica"}
    assert all(desk.ids[1] in problem.message for problem in verification.problems)
    assert desk.byline() == ["Photo | Foshan Commerce"]


def test_putting_the_text_back_makes_it_stand_again(desk):
    desk.finish()
    desk.outside("eight days", "eight  days")
    desk.outside("eight  days", "eight days")
    assert desk.workspace.signing.verify().ok


def test_a_reflowed_catalog_and_a_reordered_one_void_nothing(desk, tool):
    import subprocess

    desk.finish()
    subprocess.run([tool("msgcat"), "--width=30", "--sort-output", "-o", desk.catalog, desk.catalog], check=True)
    assert desk.workspace.signing.verify().ok
    assert desk.edition.standing.final


def test_a_changed_source_asks_every_signer_to_see_that_place(desk):
    desk.finish()
    (desk.root / "articles/story.md").write_text(ARTICLE.replace("十余家", "二十余家"), encoding="utf-8")
    standing = desk.edition.standing
    assert {one.differences for name in standing.passes for one in standing.signatures(name)} == {(desk.ids[2],)}
    assert desk.states[2] == "draft"
    desk.write(2, "It visited more than twenty institutions.", "tang")
    desk.approve("eleanor", [2])
    desk.approve("jessica", [2])
    assert desk.edition.standing.final


def test_a_dropped_paragraph_asks_for_new_signatures_but_for_no_new_reading(desk):
    desk.finish()
    (desk.root / "articles/story.md").write_text(ARTICLE.replace("下一站是东南亚。\n", ""), encoding="utf-8")
    assert not desk.edition.standing.final
    assert "dropped since" in desk.workspace.signing.verify().problems[0].message
    desk.sign("translation", "tang")
    desk.sign("revision", "eleanor")
    desk.sign("revision", "jessica")
    assert desk.edition.standing.final


def test_a_withdrawn_signature_is_gone_from_the_byline_and_is_no_problem(desk):
    desk.finish()
    _, withdrawn = desk.workspace.signing.withdraw("story", "en", "revision", person="jessica")
    assert withdrawn == 1
    assert desk.byline()[1] == "Reviser | Eleanor"
    assert desk.workspace.signing.verify().ok


def test_an_edition_that_is_not_begun_is_no_problem(desk):
    assert desk.workspace.signing.verify().ok


def test_a_ledger_line_changed_by_hand_is_a_problem_with_its_line(desk):
    desk.finish()
    path = desk.root / "locales/en/ledger/story/eleanor.jsonl"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0].replace(b'"approve"', b'"comment"'), *lines[1:]]))
    problems = desk.workspace.signing.verify().problems
    assert problems[0].person == "eleanor"
    assert "eleanor.jsonl:1" in problems[0].message


def test_a_dropped_ledger_line_is_a_problem(desk):
    desk.finish()
    path = desk.root / "locales/en/ledger/story/tang.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    problems = desk.workspace.signing.verify().problems
    assert any("an event before" in problem.message for problem in problems)


def test_an_unknown_pass_is_named(desk):
    with pytest.raises(InputError, match="the passes are translation, revision"):
        desk.sign("polish", "tang")


def test_names_print_in_the_language_of_the_edition(desk):
    desk.finish()
    assert desk.edition.standing.signatures("translation")[0].signature.name == "Tang"


def test_who_signed_a_revision_does_not_work_in_the_translation(desk):
    desk.finish()
    with pytest.raises(Refused, match="nobody works on both sides"):
        desk.write(1, "Eight days it was.", "eleanor", "translation")
    desk.workspace.signing.withdraw("story", "en", "revision", person="eleanor")
    desk.write(1, "Eight days it was.", "eleanor", "translation")


def test_a_desk_too_small_for_its_passes_is_told_so(desk):
    settings = desk.root / "reviewtool.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('[[people]]\nid = "jessica"\nname = "Jessica"\n', ""), encoding="utf-8")
    desk.open()
    sentences = [block.sentence for block in desk.edition.standing.passes["revision"].blocks]
    assert "the pass revision wants 2 people who did not translate to sign, and this desk has 1" in sentences


def test_verify_says_how_a_signed_text_differs(desk):
    desk.finish()
    desk.send_back(1, "On second thoughts, no.", "eleanor")
    assert "spoken against since" in desk.workspace.signing.verify().problems[0].message
    text = ARTICLE.replace("此行走访", "代表团还参加了两场展会。此行走访")
    (desk.root / "articles/story.md").write_text(text, encoding="utf-8")
    messages = [problem.message for problem in desk.workspace.signing.verify().problems]
    assert all("added since" in message for message in messages)


def test_signing_again_asks_for_nothing_but_the_differences(desk):
    desk.translate()
    desk.write(1, "Eight days it took.", "eleanor", "revision")
    desk.sign("translation", "tang", read_all=True)
    text = ARTICLE + "\n最后一句。\n"
    (desk.root / "articles/story.md").write_text(text, encoding="utf-8")
    desk.write(6, "One last sentence.", "tang")
    blocks = [block.sentence for block in desk.edition.standing.passes["translation"].blocks]
    assert "Tang signed before 1 segment came in" in blocks
    assert desk.sign("translation", "tang").stands
