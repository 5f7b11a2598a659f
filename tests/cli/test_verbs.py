"""What each verb does and prints: the shapes that programs may rely on, and lines for people."""

from importlib.metadata import EntryPoint

import pytest

from reviewtool.cli import call as call_module
from reviewtool.plugins.protocols import Draft, EngineInfo
from tests.cli.conftest import ARTICLE, TEXTS

TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="zh-CN" datatype="plaintext" segtype="sentence" adminlang="en"
 creationtool="x" creationtoolversion="1" o-tmf="x"/><body>
<tu><tuv xml:lang="zh-CN"><seg>代表团一行历时八天。</seg></tuv>
<tuv xml:lang="en"><seg>The delegation travelled for eight days.</seg></tuv></tu>
<tu><tuv xml:lang="zh-CN"><seg>意向订单金额超过9亿元。</seg></tuv>
<tuv xml:lang="en"><seg>Intended orders came to more than 900 million yuan.</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def remembering(shell):
    """The workspace with a memory of two units."""
    (shell.root / "agency.tmx").write_text(TMX, encoding="utf-8")
    assert shell("memory", "import", "agency.tmx").status == 0
    return shell


# The workspace and its articles


def test_init_founds_a_workspace_with_its_first_person_and_does_it_once(empty):
    first = empty("init", "newsroom", "--json", person="Jiao Tang")
    assert first.status == 0
    assert first.json["workspace"].endswith("newsroom")
    assert {path.rpartition("/")[2] for path in first.json["written"]} == {
        "reviewtool.toml", ".gitattributes", ".gitignore",
    }  # fmt: skip
    settings = (empty.root / "newsroom/reviewtool.toml").read_text(encoding="utf-8")
    assert '[[people]]\nid = "jiao-tang"\nname = "Jiao Tang"' in settings
    assert empty("init", "newsroom", "--json").json["written"] == []
    assert empty("-C", str(empty.root / "newsroom"), "status").status == 0


def test_adding_the_same_article_again_changes_nothing(shell):
    before = shell.files()
    again = shell("add", "-", "--slug", "story", "--json", stdin=ARTICLE.encode()).json
    assert again["added"] == [{"slug": "story", "new": False, "warnings": []}]
    assert [(one["segments"], one["written"]) for one in again["synced"]] == [(4, False)]
    assert shell.files() == before


def test_a_page_from_standard_input_gets_a_name_and_a_language(shell):
    lines = ("Foshan trade delegation returns", "Foshan China 2023-03-07 18:45", "It was away for eight days.")
    page = "\n".join((*lines, "Reviser | Jessica"))
    result = shell("add", "-", "--json", stdin=page.encode())
    (added,) = result.json["added"]
    assert (added["slug"], added["new"]) == ("foshan-trade-delegation-returns", True)
    assert any("'Reviser | Jessica' is left out" in warning for warning in added["warnings"])
    text = (shell.root / "articles/foshan-trade-delegation-returns.md").read_text(encoding="utf-8")
    assert text == (
        "---\nlanguage: en\ntitle: Foshan trade delegation returns\ndate: 2023-03-07\n"
        'dateline: "Foshan China 2023-03-07 18:45"\n---\n\nIt was away for eight days.\n'
    )
    assert shell("add", "-", stdin=page.encode()).out.startswith("foshan-trade-delegation-returns: is here already")


def test_several_files_are_brought_in_with_their_pictures(shell, tmp_path):
    incoming = tmp_path / "incoming"
    (incoming / "media").mkdir(parents=True)
    (incoming / "media/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("one", "two"):
        (incoming / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\n![图](media/a.png)\n", encoding="utf-8")
    result = shell("add", str(incoming / "one.md"), str(incoming / "two.md"))
    assert result.status == 0
    assert result.err == ""
    assert "one (zh-CN > en): 2 segments, 2 new" in result.out
    assert (shell.root / "articles/media/a.png").exists()


def test_sync_tells_what_a_changed_article_changed_and_keeps_the_rest(shell):
    shell.translate()
    article = shell.root / "articles/story.md"
    text = article.read_text(encoding="utf-8").replace("八天", "九天").replace("此行走访了十余家机构。", "")
    article.write_text(text + "\n新的一段。\n", encoding="utf-8")
    (synced,) = shell("sync", "--json").json["synced"]
    assert (synced["segments"], synced["added"], synced["changed"], synced["gone"]) == (4, 1, 1, 1)
    assert shell.states == ["translated", "draft", "translated", "untranslated"]
    assert "nothing changed" in shell("sync").out


def test_draft_fills_from_the_memory_in_the_name_of_the_desk_or_of_who_asks(remembering):
    shell = remembering
    (drafted,) = shell("draft", "story", "--to", "en", "--json").json["editions"]
    exact, repaired = drafted["drafted"]
    assert (exact["text"], exact["kind"], exact["score"]) == ("The delegation travelled for eight days.", "exact", 100)
    assert repaired["kind"] == "fuzzy"
    assert 75 <= repaired["score"] < 100
    assert len(drafted["skipped"]) == 2
    assert drafted["failed"] == []
    assert shell.states.count("draft") == 2
    history = shell.act("history", "--segment", exact["id"], "--json").json["versions"]
    assert [(one["do"], one["person"], one["text"]) for one in history] == [("draft", "desk", exact["text"])]
    again = shell("draft", "story", "--to", "en")
    assert again.status == 0
    assert "none drafted" in again.out


def test_a_pasted_translation_becomes_drafts_in_the_name_of_who_asks(shell):
    paste = f"{TEXTS[0]}\n\n{TEXTS[1]} {TEXTS[2]}\n\n{TEXTS[3]}\n"
    (shell.root / "paste.txt").write_text(paste, encoding="utf-8")
    result = shell("draft", "story", "--to", "en", "--from", "paste.txt", person="jessica")
    assert "4 drafted" in result.out
    assert [one["target"] for one in shell.segments] == list(TEXTS)
    assert {(one["state"], one["origin"]) for one in shell.segments} == {("draft", "pasted")}
    outcome = shell.done("confirm", "--all", "--json", person="tang").json
    assert outcome == {"done": shell.ids, "refused": []}
    assert "0 confirmed" in shell.done("confirm", "--all", person="tang").out


# Segments


def test_segments_are_joined_and_split_and_their_history_tells_of_what(shell):
    shell.translate()
    before = shell.ids
    joined = shell.done("join", "--segment", "2", "--json", person="tang").json
    assert (joined["source"], joined["target"]) == (
        "代表团一行历时八天。此行走访了十余家机构。",
        f"{TEXTS[1]} {TEXTS[2]}",
    )
    assert (joined["state"], joined["writers"], joined["approvals"]) == ("translated", ["tang"], [])
    assert shell.ids == [before[0], joined["id"], before[3]]
    parts = shell.done(
        "split", "--segment", "2", "--after", "八天。", "--target-after", "eight days.", "--json", person="tang"
    ).json["segments"]
    assert [(one["source"], one["target"]) for one in parts] == [
        ("代表团一行历时八天。", TEXTS[1]),
        ("此行走访了十余家机构。", TEXTS[2]),
    ]
    assert not {one["id"] for one in parts} & {*before, joined["id"]}
    told = shell.act("history", "--segment", "2", "--json").json["versions"]
    assert [(one["do"], one["segment"], one["parts"]) for one in told] == [
        ("write", before[1], []),
        ("write", before[2], []),
        ("join", joined["id"], [before[1], before[2]]),
        ("split", parts[0]["id"], [joined["id"]]),
    ]
    shown = shell.act("history", "--segment", "3").out
    assert "Tang joined segments (translation)" in shown
    assert f"Tang split a segment (translation)\n     {TEXTS[2]}" in shown
    assert shell("verify").status == 0


def test_a_split_whose_target_is_not_cut_leaves_a_draft(shell):
    shell.translate()
    shown = shell.done("split", "--segment", "4", "--after", "意向订单", person="tang").out
    assert "~ draft        paragraph   by Tang\n     意向订单\n" in shown
    assert shell.states[3:] == ["draft", "untranslated"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("split", "--segment", "4", "--after", "九"), 2, "'九' does not stand there"),
        (("split", "--segment", "4", "--after", "意向订单金额超过12亿元。"), 2, "nothing on one side"),
        (("split", "--segment", "1", "--after", "佛山"), 1, "a headline stays one segment"),
        (("join", "--segment", "3"), 1, "nothing follows it in its line"),
    ],
)
def test_what_cannot_be_joined_or_split_is_said(shell, words, status, sentence):
    verb, *options = words
    before = shell.files()
    result = shell.act(verb, *options, person="tang")
    assert (result.status, result.out) == (status, "")
    assert sentence in result.err
    assert shell.files() == before


def test_undo_takes_ones_last_act_back_and_history_tells_both(shell):
    shell.translate()
    segment = shell.ids[1]
    shell.done("approve", "--segment", segment, person="eleanor")
    undone = shell.done("undo", "--segment", segment, "--json", person="eleanor").json
    assert (undone["id"], undone["state"], undone["approvals"]) == (segment, "translated", [])
    told = shell.act("history", "--segment", segment, "--json").json["versions"]
    assert [(one["do"], one["taken_back"]) for one in told] == [
        ("write", False), ("approve", True), ("take-back", False),
    ]  # fmt: skip
    shown = shell.act("history", "--segment", segment).out
    assert "Eleanor approved (revision), taken back since" in shown
    assert "Eleanor took it back" in shown
    again = shell.act("undo", "--segment", segment, person="eleanor")
    assert (again.status, again.out) == (1, "")
    assert "Eleanor has done nothing here that could be taken back" in again.err


def test_segments_are_told_with_their_people(shell):
    shell.translate()
    shell.done("approve", "--segment", shell.ids[1], person="eleanor")
    second = shell.segments[1]
    assert second == {
        "id": shell.ids[1],
        "kind": "paragraph",
        "source": "代表团一行历时八天。",
        "target": "The delegation travelled for eight days.",
        "state": "reviewed",
        "origin": "tang",
        "omitted": False,
        "writers": ["tang"],
        "approvals": [{"pass": "revision", "person": "eleanor"}],
        "comments": [],
    }
    shown = shell.act("segments").out
    assert "reviewed     paragraph   by Tang, approved by Eleanor" in shown
    assert "     代表团一行历时八天。\n     The delegation travelled for eight days.\n" in shown


def test_a_send_back_is_answered_by_a_correction_and_the_thread_stays(shell):
    shell.translate()
    segment = shell.ids[3]
    sent = shell.done(
        "send-back", "--segment", segment, "--comment", "Whose yuan?", "--category", "accuracy", "--severity", "minor",
        "--json", person="eleanor",
    ).json  # fmt: skip
    assert sent["state"] == "sent-back"
    (thread,) = sent["comments"]
    assert (thread["kind"], thread["category"], thread["severity"], thread["stands"]) == (
        "send-back", "accuracy", "minor", True,
    )  # fmt: skip
    assert "< Eleanor: Whose yuan?" in shell.act("segments").out
    answered = shell.done(
        "comment", "--segment", segment, "--comment", "China's", "--answers", thread["id"], "--json", person="tang"
    ).json
    assert [reply["comment"] for reply in answered["comments"][0]["replies"]] == ["China's"]
    edited = shell.done(
        "edit", "--segment", segment, "--text", "1.2 billion Chinese yuan.", "--json", person="tang"
    ).json
    assert edited["state"] == "translated"
    assert not edited["comments"][0]["stands"]


def test_remarks_are_open_until_they_are_resolved(shell):
    segment = shell.ids[0]
    remarked = shell.done("comment", "--segment", segment, "--comment", "Which fair?", "--json", person="jessica").json
    (thread,) = remarked["comments"]
    assert (thread["comment"], thread["resolved"], thread["replies"]) == ("Which fair?", False, [])
    assert "? Jessica: Which fair?" in shell.act("segments").out
    resolved = shell.done("resolve", "--segment", segment, "--thread", thread["id"], "--json", person="tang").json
    assert resolved["comments"][0]["resolved"]
    assert "Which fair?" not in shell.act("segments").out
    before = shell.files()
    shell.done("resolve", "--segment", segment, person="tang")
    assert shell.files() == before


def test_a_segment_is_left_out_on_purpose(shell):
    shell.translate()
    outcome = shell.done("omit", "--segment", shell.ids[2], "--json", person="tang").json
    assert outcome == {"done": [shell.ids[2]], "refused": []}
    assert shell.segments[2]["omitted"]
    assert shell.act("omit", person="tang").status == 2


def test_history_tells_every_act_with_its_text(shell):
    shell.translate()
    segment = shell.ids[0]
    shell.done("edit", "--segment", segment, "--text", "Delegation returns", "--pass", "revision", person="eleanor")
    shell.done("approve", "--segment", segment, person="jessica")
    versions = shell.act("history", "--segment", segment, "--json").json["versions"]
    # In the order of time, which the acts of one second do not have.
    assert {(one["do"], one["person"], one["pass"], one["text"]) for one in versions} == {
        ("write", "tang", "translation", TEXTS[0]),
        ("write", "eleanor", "revision", "Delegation returns"),
        ("approve", "jessica", "revision", None),
    }
    told = shell.act("history", "--segment", segment).out
    assert "Eleanor wrote (revision)\n     Delegation returns\n" in told


def test_a_text_from_standard_input_loses_its_one_line_end(shell):
    words = ("edit", "--segment", shell.ids[0], "--text", "-", "--json")
    assert shell.act(*words, person="tang", stdin="标题 — “x”\r\n".encode()).json["target"] == "标题 — “x”"


# Checks


def test_findings_have_ids_by_which_they_are_dismissed(shell):
    shell.translate()
    shell.done(
        "edit", "--segment", shell.ids[3], "--text", "Intended orders  came to more than 1.2 billion", person="tang"
    )
    checked = shell("check", "story", "--to", "en", "--json")
    findings = checked.json["findings"]
    assert findings
    assert set(findings[0]) == {
        "id", "article", "language", "segment", "check", "severity", "message", "source_span", "target_span", "fix",
    }  # fmt: skip
    assert checked.status == int(any(one["severity"] == "error" for one in findings))
    assert shell("check", "--strict").status == 1
    assert findings[0]["message"] in shell("check").out
    for one in findings:
        assert shell("dismiss", one["id"], "--reason", "It is so", person="eleanor").status == 0
    clean = shell("check", "--strict")
    assert (clean.status, clean.out) == (0, "Nothing was found.\n")


def test_an_error_makes_the_exit_status_1_and_a_warning_only_when_asked(shell):
    result = shell("check")
    assert (result.status, result.out.splitlines()[-1]) == (0, "4 warnings")
    assert shell("check", "--strict").status == 1
    shell.translate()
    shell.done("edit", "--segment", shell.ids[3], "--text", "Orders came to <u>much</u>.", person="tang")
    with_error = shell("check", "--json")
    assert "error" in {one["severity"] for one in with_error.json["findings"]}
    assert with_error.status == 1


# Signatures and what rests on them


def test_a_signature_is_printed_and_signing_again_writes_nothing(shell):
    shell.translate()
    signed = shell.done("sign", "--pass", "translation", "--json", person="tang").json
    assert signed == {
        "id": signed["id"],
        "person": "tang",
        "name": "Tang",
        "pass": "translation",
        "role": "translator",
        "stands": True,
        "differences": [],
        "read_all": False,
        "key": None,
    }
    before = shell.files()
    assert shell.done("sign", "--pass", "translation", "--json", person="tang").json == signed
    assert shell.files() == before
    assert shell.done("withdraw", "--pass", "translation", "--json", person="tang").json == {"withdrawn": 1}
    assert "no signature" in shell.done("withdraw", "--pass", "translation", person="tang").out


def test_the_byline_is_exactly_its_lines(shell):
    assert shell.act("byline").out == "Photo丨Foshan Commerce\n"
    shell.finish()
    assert shell.act("byline").out == "Author | Tang\nReviser | Eleanor, Jessica\nPhoto丨Foshan Commerce\n"
    as_json = shell.act("byline", "--json").json
    assert as_json["byline"] == "Author | Tang\nReviser | Eleanor, Jessica\nPhoto丨Foshan Commerce"
    assert as_json["lines"][1] == {"role": "revision", "label": "Reviser", "names": ["Eleanor", "Jessica"]}


def test_status_says_who_signed_what_blocks_and_what_waits_for_whom(shell):
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    shell.done("approve", "--segment", shell.ids[0], person="eleanor")
    (edition,) = shell("status", "--json").json["editions"]
    assert (edition["article"], edition["language"], edition["segments"]) == ("story", "en", 4)
    assert edition["states"] == {
        "untranslated": 0, "draft": 0, "translated": 3, "sent-back": 0, "reviewed": 1, "final": 0,
    }  # fmt: skip
    translation, revision = edition["passes"]
    assert (translation["name"], translation["role"], translation["complete"]) == ("translation", "translator", True)
    assert translation["signatures"][0]["name"] == "Tang"
    assert not revision["complete"]
    assert "3 segments lack an approval in revision" in revision["blocks"]
    assert edition["byline"] == "Author | Tang\nPhoto丨Foshan Commerce"
    assert edition["waiting"] == {"eleanor": 3, "jessica": 3}
    shown = shell("status").out
    assert "[+++=========]  1/4   revision  Tang+" in shown
    assert "story (en), revision: 3 segments lack an approval in revision" in shown
    assert "For Eleanor: 3 to revise in story (en)." in shown


def test_a_signature_that_fell_waits_for_its_signer(shell):
    shell.finish()
    shell.outside = shell.catalog.read_text(encoding="utf-8")
    shell.catalog.write_text(shell.outside.replace("eight days", "nine days"), encoding="utf-8")
    shown = shell("status").out
    assert "Tang; Eleanor, Jessica" in shown
    assert "1 changed since the signature" in shown


def test_status_without_articles_says_what_to_do(found):
    shell = found()
    result = shell()
    assert (result.status, result.out) == (0, "")
    assert "reviewtool add" in result.err
    assert shell("status", "--json").json == {"editions": []}


def test_verify_says_how_much_it_proved(shell):
    shell.finish()
    assert shell("verify").out == "1 edition, no problems\n"
    assert shell("verify", "story", "--json").json == {"ok": True, "problems": [], "notes": []}


def test_an_export_says_where_it_is_and_whether_it_is_final(shell, tmp_path):
    shell.finish()
    result = shell.act("export", "--format", "html", "-o", "out.html", "--json")
    assert result.json["final"]
    assert (shell.root / "out.html").is_file()
    assert "Reviser | Eleanor, Jessica" in (shell.root / "out.html").read_text(encoding="utf-8")
    # To a file outside the workspace that somebody named, too, and again over itself.
    for _ in range(2):
        assert shell.act("export", "-o", str(tmp_path / "page.html")).status == 0
    assert (tmp_path / "page.html").is_file()


# The desk


def test_the_memory_is_searched_in_both_directions(remembering):
    shell = remembering
    found = shell("memory", "search", "代表团一行历时八天。", "--from", "zh-CN", "--to", "en", "--json").json["matches"]
    assert found[0] == {
        "source": "代表团一行历时八天。",
        "target": "The delegation travelled for eight days.",
        "score": 100.0,
        "kind": "exact",
        "origin": "memory/agency.tmx",
    }
    near = shell("memory", "search", "代表团一行历时九天。", "--from", "zh-CN", "--to", "en", "--json").json["matches"]
    assert near[0]["kind"] == "fuzzy"
    assert 70 <= near[0]["score"] < 100
    assert near[0]["score"] == round(near[0]["score"], 2)
    back = shell("memory", "search", "The delegation travelled for eight days.", "--from", "en", "--to", "zh-CN")
    assert "代表团一行历时八天。" in back.out
    nothing = shell("memory", "search", "完全不同的句子在这里", "--from", "zh-CN", "--to", "en")
    assert (nothing.status, nothing.out) == (0, "Nothing similar was found.\n")


def test_a_score_just_below_100_is_never_printed_as_100(shell):
    from reviewtool.cli.shapes import match
    from reviewtool.model.match import Match, MatchKind, Unit

    assert match(Match(Unit("a", "b", "c"), MatchKind.FUZZY, 99.9999))["score"] == 99.99


def test_memories_are_counted_and_brought_in_once(remembering):
    shell = remembering
    again = shell("memory", "import", "agency.tmx", "--json").json["imported"]
    assert [(one["units"], one["new"]) for one in again] == [(2, False)]
    counted = shell("memory", "stats", "--json").json["origins"]
    assert counted == [{"origin": "memory/agency.tmx", "source": "zh-CN", "target": "en", "units": 2}]
    assert "memory/agency.tmx" in shell("memory", "stats").out


def test_what_was_approved_is_remembered(shell):
    shell.finish()
    found = shell("memory", "search", "代表团一行历时八天。", "--from", "zh-CN", "--to", "en", "--json").json["matches"]
    assert (found[0]["target"], found[0]["origin"]) == (TEXTS[1], "story/en")


def test_the_doctor_finds_what_is_not_in_order(shell):
    assert shell("doctor").status == 0
    (shell.root / ".gitattributes").unlink()
    found = shell("doctor", "--json")
    assert found.status == 1
    assert any(one["severity"] == "warning" and "ledgers" in one["message"] for one in found.json["complaints"])


# Engines of others


class Abroad:
    """An engine that sends texts to another host."""

    info = EngineInfo("abroad", remote="translate.example.org")

    def supports(self, languages):
        return True

    def estimate(self, job):
        return sum(len(request.text) for request in job.requests)

    def translate(self, job):
        for request in job.requests:
            yield Draft(request.id, request.text.upper(), "abroad")


@pytest.fixture
def abroad(shell, monkeypatch):
    """The workspace with that engine installed."""
    entry = EntryPoint("abroad", f"{__name__}:made_abroad", "reviewtool.engines")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: (entry,))
    return shell


def made_abroad(options):
    return Abroad()


def test_texts_leave_the_machine_only_when_somebody_agreed(abroad):
    shell = abroad
    before = shell.files()
    refused = shell("draft", "story", "--to", "en", "--engine", "abroad")
    assert refused.status == 2
    assert "45 characters of story (en) go to translate.example.org" in refused.err
    assert "--yes" in refused.err
    assert shell.files() == before
    agreed = shell("draft", "story", "--to", "en", "--engine", "abroad", "--yes")
    assert "4 drafted" in agreed.out
    assert {one["origin"] for one in shell.segments} == {"abroad"}


@pytest.mark.parametrize(("answer", "drafted"), [("y\n", 4), ("n\n", 0), ("\n", 0), ("", 0)])
def test_on_a_terminal_it_is_asked(abroad, monkeypatch, answer, drafted):
    monkeypatch.setattr(call_module, "_is_terminal", lambda: True)
    result = abroad("draft", "story", "--to", "en", "--engine", "abroad", stdin=answer.encode())
    assert result.status == 0
    assert "[y/N]" in result.err
    assert abroad.states.count("draft") == drafted


def test_the_only_edition_of_an_article_need_not_be_named(shell):
    assert shell("segments", "story").out == shell("segments", "story", "--to", "en").out


def test_segments_may_be_narrowed_to_a_state(shell):
    shell.translate()
    assert shell("segments", "story", "--state", "draft").out == ""
    assert len(shell("segments", "story", "--state", "translated", "--json").json["segments"]) == 4


def test_a_changed_source_is_shown_with_what_it_was(shell):
    shell.translate()
    article = shell.root / "articles/story.md"
    article.write_text(article.read_text(encoding="utf-8").replace("十余家", "二十余家"), encoding="utf-8")
    assert "changed, was: 此行走访了十余家机构。" in shell("segments", "story").out


def test_signing_again_says_that_nothing_was_written(shell):
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    assert "stands already" in shell("sign", "story", "--pass", "translation", person="tang").out
