"""Every refusal of the desk's rules, as somebody at the command line meets it: exit status 1, and the reason."""

import pytest

from tests.cli.conftest import ARTICLE


def refused(result) -> str:
    """The reason of a refusal."""
    assert result.status == 1
    assert result.err
    assert "Traceback" not in result.err
    return result.err


def test_nobody_approves_their_own_words_and_the_others_are_approved_all_the_same(shell):
    shell.translate()
    shell.done("edit", "--segment", shell.ids[0], "--text", "Delegation returns", person="eleanor")
    result = shell.act("approve", "--all", "--json", person="eleanor")
    assert result.status == 1
    assert result.json["done"] == shell.ids[1:]
    (own,) = result.json["refused"]
    assert own["id"] == shell.ids[0]
    assert "nobody approves their own words" in own["reason"]
    assert "nobody approves their own words" in refused(
        shell.act("approve", "--segment", shell.ids[0], person="eleanor")
    )


def test_a_draft_is_not_approved(shell):
    pasted = "\n\n".join(["Headline", "Eight days. Ten institutions.", "Orders of 1.2 billion yuan."])
    assert shell("draft", "story", "--to", "en", "--from", "-", stdin=pasted.encode()).status == 0
    assert "draft" in shell.states
    drafted = next(one["id"] for one in shell.segments if one["state"] == "draft")
    assert "still a draft" in refused(shell.act("approve", "--segment", drafted, person="eleanor"))
    assert "still a draft" in refused(shell.act("send-back", "--segment", drafted, "--comment", "No", person="eleanor"))


def test_what_another_person_wrote_is_approved_not_confirmed(shell):
    shell.translate()
    assert "approve it instead" in refused(shell.act("confirm", "--segment", shell.ids[0], person="eleanor"))


def test_nothing_is_approved_in_the_translation_pass(shell):
    shell.translate()
    assert "revision passes" in refused(shell.act("approve", "--all", "--pass", "translation", person="eleanor"))


def test_a_translation_with_gaps_is_not_signed(shell):
    shell.done("edit", "--segment", shell.ids[0], "--text", "Headline", person="tang")
    result = shell.act("sign", "--pass", "translation", "--json", person="tang")
    assert "3 segments are untranslated" in refused(result)
    assert result.json["refused"][0] == {"reason": "3 segments are untranslated", "segments": shell.ids[1:]}


def test_a_revision_is_not_signed_before_the_translation(shell):
    shell.translate()
    shell.done("approve", "--all", person="eleanor")
    assert "translation comes first" in refused(shell.act("sign", "--pass", "revision", person="eleanor"))


def test_a_revision_is_not_signed_while_approvals_are_missing_or_a_segment_is_sent_back(shell):
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    assert "4 segments lack an approval" in refused(
        shell.act("sign", "--pass", "revision", "--read-all", person="eleanor")
    )
    shell.done("approve", "--all", person="eleanor")
    shell.done("send-back", "--segment", shell.ids[3], "--comment", "1.2 or 12?", person="jessica")
    assert "sent back by Jessica" in refused(shell.act("sign", "--pass", "revision", person="eleanor"))


def test_who_approved_nothing_signs_only_after_reading_all(shell):
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    shell.done("approve", "--all", person="eleanor")
    assert "--read-all" in refused(shell.act("sign", "--pass", "revision", person="jessica"))
    shell.done("sign", "--pass", "revision", "--read-all", person="jessica")


def test_the_author_does_not_sign_the_revision(shell):
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    shell.done("approve", "--all", person="eleanor")
    assert "nobody signs both sides" in refused(shell.act("sign", "--pass", "revision", "--read-all", person="tang"))


def test_who_signed_the_revision_does_not_sign_the_translation(shell):
    shell.finish()
    shell.done("withdraw", "--pass", "translation", person="tang")
    assert "nobody signs both sides" in refused(
        shell.act("sign", "--pass", "translation", "--read-all", person="eleanor")
    )


def test_who_signed_the_translation_writes_in_no_other_pass(shell):
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    words = ("--segment", shell.ids[0], "--text", "Another headline", "--pass", "revision")
    assert "writes only there" in refused(shell.act("edit", *words, person="tang"))


def test_who_wrote_nothing_does_not_sign_the_translation(shell):
    shell.translate()
    assert "no segment of this translation" in refused(
        shell.act("sign", "--pass", "translation", "--read-all", person="jessica")
    )


def test_an_edition_that_is_not_final_is_exported_only_as_a_draft(shell):
    shell.translate()
    before = shell.files()
    result = shell.act("export", "--format", "md", "--json")
    assert "not final" in refused(result)
    assert any("signature" in one["reason"] for one in result.json["refused"])
    assert shell.files() == before
    unfinished = shell.act("export", "--format", "md", "--unfinished", "-o", "-")
    assert unfinished.status == 0
    assert "DRAFT" in unfinished.out
    assert "Author" not in unfinished.out


def test_settling_is_refused_where_the_workspace_does_not_allow_it(shell):
    shell.translate()
    shell.done("send-back", "--segment", shell.ids[0], "--comment", "Too long", person="eleanor")
    words = ("--segment", shell.ids[0], "--reason", "It is our style")
    assert "override" in refused(shell.act("settle", *words, person="jessica"))


def test_where_it_is_allowed_who_sent_back_does_not_settle(found):
    shell = found(override=True)
    assert shell("add", "-", "--slug", "story", stdin=ARTICLE.encode()).status == 0
    shell.translate()
    shell.done("send-back", "--segment", shell.ids[0], "--comment", "Too long", person="eleanor")
    words = ("--segment", shell.ids[0], "--reason", "It is our style")
    assert "may not settle" in refused(shell.act("settle", *words, person="eleanor"))
    settled = shell.done("settle", *words, "--json", person="jessica").json
    assert settled["state"] == "translated"
    assert not settled["comments"][0]["stands"]
    assert "It is our style" in shell("verify").out


def test_somebody_of_another_pass_does_not_write_in_this_one(shell):
    settings = shell.root / "reviewtool.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('name = "Jessica"', 'name = "Jessica"\npasses = ["revision"]'), encoding="utf-8")
    words = ("--segment", shell.ids[0], "--text", "Headline", "--pass", "translation")
    assert "does not act in the pass translation" in refused(shell.act("edit", *words, person="jessica"))


@pytest.mark.parametrize("verb", ["sign", "approve"])
def test_refused_acts_write_nothing(shell, verb):
    shell.translate()
    before = shell.files()
    words = {"sign": ("--pass", "revision"), "approve": ("--segment", shell.ids[0])}[verb]
    assert shell.act(verb, *words, person="tang").status == 1
    assert shell.files() == before
