"""Bad input: one clear sentence on standard error, exit status 2, and no file changed."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reviewtool.storage import files as disk
from tests.cli.conftest import ARTICLE, Shell

FRONT = "---\ntitle: 标题\n---\n\n"


def bad(shell: Shell, result, before: dict[str, bytes]) -> str:
    """The sentence: one line on standard error, nothing on standard output, nothing written."""
    assert result.status == 2, result
    assert result.out == ""
    assert result.err.startswith("reviewtool: ")
    assert result.err.count("\n") == 1, result.err
    assert "Traceback" not in result.err
    assert "fault of reviewtool" not in result.err
    assert not any(character < " " for character in result.err.rstrip("\n"))
    assert shell.files() == before
    return result.err


ARTICLES = {
    "broken YAML": (b"---\ntitle: [unclosed\n---\n\nText.\n", "line"),
    "front matter that never ends": (b"---\ntitle: A\n\nText.\n", "front matter"),
    "a key twice": (b"---\ntitle: A\ntitle: B\n---\n\nText.\n", "title"),
    "an alias": (b"---\ntitle: &a A\nsource: *a\n---\n\nText.\n", "line"),
    "bytes that are not UTF-8": (FRONT.encode() + b"caf\xe9\n", "UTF-8"),
    "UTF-16": ("﻿---\ntitle: A\n".encode("utf-16"), "UTF-16"),
    "a Word document": (b"PK\x03\x04\x14\x00", "Word"),
    "a NUL": (FRONT.encode() + b"one\0two\n", "NUL"),
    "more than 2 MB": (FRONT.encode() + b"word " * 420_000, "2"),
    "a segment over 50 KB": (FRONT.encode() + b"word " * 11_000, "50"),
    "front matter over 64 KB": (b"---\ntitle: A\nsource: " + b"x" * 66_000 + b"\n---\n\nText.\n", "64"),
    "front matter nested too deep": (b"---\ntitle: A\nsource: " + b"[" * 30 + b"]" * 30 + b"\n---\n\nText.\n", "20"),
    "an unknown language": (b"---\ntitle: A\nlanguage: not a language\n---\n\nText.\n", "language"),
}


@pytest.mark.parametrize("what", ARTICLES)
def test_an_article_that_cannot_be_used_does_not_come_in(shell, what):
    content, named = ARTICLES[what]
    before = shell.files()
    sentence = bad(shell, shell("add", "-", "--slug", "new", stdin=content), before)
    assert named in sentence


@pytest.mark.parametrize("slug", ["../escape", "a/b", "con", "Übung", "-dash", "a" * 200, "a\x1b[2J", "..", "nul.md"])
def test_a_slug_that_is_no_name_is_refused(shell, slug):
    before = shell.files()
    bad(shell, shell("add", "-", f"--slug={slug}", stdin=ARTICLE.encode()), before)
    assert not (shell.root.parent / "escape.md").exists()


def test_an_article_of_the_same_name_and_another_text_is_not_overwritten(shell):
    before = shell.files()
    sentence = bad(shell, shell("add", "-", "--slug", "story", stdin=(FRONT + "另一篇。\n").encode()), before)
    assert "--slug" in sentence


def test_a_missing_file_and_a_folder_are_named(shell):
    before = shell.files()
    assert "nowhere.md" in bad(shell, shell("add", "nowhere.md"), before)
    assert "articles" in bad(shell, shell("add", "articles"), before)


def test_a_missing_picture_is_a_warning_and_the_article_comes_in(shell):
    result = shell("add", "-", "--slug", "new", stdin=(FRONT + "![东京](media/none.png)\n").encode())
    assert result.status == 0
    assert "media/none.png" in result.err
    assert (shell.root / "articles/new.md").exists()


# Catalogs and ledgers


def _conflict(text: str) -> str:
    return text.replace('msgctxt "', '<<<<<<< HEAD\nmsgctxt "', 1)


def _duplicate(text: str) -> str:
    entry = next(part for part in text.split("\n\n") if "msgctxt" in part)
    return text.rstrip("\n") + "\n\n" + entry + "\n"


CATALOGS = {
    "conflict markers": _conflict,
    "an id twice": _duplicate,
    "cut off": lambda text: text[: text.rindex("msgstr") + 3],
    "no PO at all": lambda _: "this is no catalog\n",
}


@pytest.mark.parametrize("what", CATALOGS)
@pytest.mark.parametrize("verb", ["edit", "segments", "export", "sync"])
def test_a_broken_catalog_is_named_and_left_as_it_is(shell, what, verb):
    shell.translate()
    words = {
        "edit": ("edit", "story", "--to", "en", "--segment", shell.ids[0], "--text", "Other"),
        "segments": ("segments", "story", "--to", "en"),
        "export": ("export", "story", "--to", "en", "--unfinished"),
        "sync": ("sync",),
    }[verb]
    shell.catalog.write_text(CATALOGS[what](shell.catalog.read_text(encoding="utf-8")), encoding="utf-8")
    before = shell.files()
    assert "story.po" in bad(shell, shell(*words, person="tang"), before)


def test_a_broken_catalog_is_a_problem_to_verify_and_does_not_hide_other_editions(shell):
    assert shell("add", "-", "--slug", "other", stdin=ARTICLE.encode()).status == 0
    shell.catalog.write_text("this is no catalog\n", encoding="utf-8")
    verified = shell("verify", "--json")
    assert verified.status == 1
    assert [one["article"] for one in verified.json["problems"]] == ["story"]
    status = shell("status", "--json")
    assert status.status == 2
    assert "story.po" in status.err
    assert [one["article"] for one in status.json["editions"]] == ["other"]


def test_a_torn_last_ledger_line_is_named_and_stays_as_it_is(shell):
    shell.translate()
    ledger = shell.root / "locales/en/ledger/story/tang.jsonl"
    torn = ledger.read_bytes()[:-40]
    ledger.write_bytes(torn)
    for verb in (("status",), ("segments", "story", "--to", "en"), ("sync",)):
        refused = shell(*verb)
        assert refused.status == 2
        assert "tang.jsonl:4" in refused.err
        assert "breaks off" in refused.err
    assert shell("verify").status == 1
    assert ledger.read_bytes() == torn


@pytest.mark.parametrize("line", [b"{not json}\n", b"<<<<<<< HEAD\n", b'{"v":1}\n', b"\xff\xfe\n", b"{}\n"])
def test_a_broken_ledger_line_is_named_with_its_place(shell, line):
    shell.translate()
    ledger = shell.root / "locales/en/ledger/story/tang.jsonl"
    ledger.write_bytes(line + ledger.read_bytes())
    before = shell.files()
    sentence = bad(shell, shell.act("edit", "--segment", shell_id(shell), "--text", "Other", person="tang"), before)
    assert "tang.jsonl:1" in sentence
    verified = shell("verify", "--json")
    assert verified.status == 1
    assert "tang.jsonl:1" in verified.json["problems"][0]["message"]


def shell_id(shell: Shell) -> str:
    """The first segment's id, from the catalog, since the record cannot be read."""
    return shell.catalog.read_text(encoding="utf-8").split('msgctxt "')[1][:12]


# The caller's own words


CALLS = {
    "unknown verb": (("stauts",), "status"),
    "unknown verb of memory": (("memory", "forget"), "memory"),
    "missing option": (("sign", "story", "--to", "en"), "--pass"),
    "unknown option": (("status", "--colour"), "--colour"),
    "unknown article": (("segments", "stroy", "--to", "en"), "story"),
    "unknown language": (("segments", "story", "--to", "xx-nope-nope"), "language"),
    "language without an edition": (("segments", "story", "--to", "ko"), "ko"),
    "unknown segment": (("edit", "story", "--to", "en", "--segment", "ffff", "--text", "x"), "ffff"),
    "unknown pass": (("sign", "story", "--to", "en", "--pass", "proof"), "revision"),
    "unknown engine": (("draft", "story", "--to", "en", "--engine", "oracle"), "oracle"),
    "unknown format": (("export", "story", "--to", "en", "--format", "papyrus"), "papyrus"),
    "unknown layout": (("export", "story", "--to", "en", "--layout", "spiral"), "spiral"),
    "unknown finding": (("dismiss", "ffffffffffff", "--reason", "no"), "check"),
    "no segment chosen": (("approve", "story", "--to", "en"), "--all"),
    "both chosen": (("approve", "story", "--to", "en", "--all", "--segment", "ffff"), "--all"),
    "an empty text": (("edit", "story", "--to", "en", "--segment", "FIRST", "--text", " "), "omit"),
    "a long text": (("edit", "story", "--to", "en", "--segment", "FIRST", "--text", "x" * 51_000), "50"),
    "an empty comment": (("comment", "story", "--to", "en", "--segment", "FIRST", "--comment", " "), "empty"),
    "a draft without article": (("draft", "--to", "en", "--from", "-"), "--from"),
    "an empty paste": (("draft", "story", "--to", "en", "--from", "-"), "empty"),
    "a slug for two files": (("add", "a.md", "b.md", "--slug", "c"), "--slug"),
    "nothing on standard input": (("add", "-"), "no text"),
    "bytes and JSON at once": (("export", "story", "--to", "en", "-o", "-", "--json"), "-o -"),
    "a memory that is none": (("memory", "import", "reviewtool.toml"), "reviewtool.toml"),
    "a language that is none": (("memory", "search", "x", "--from", "??", "--to", "en"), "language"),
}


@pytest.mark.parametrize("what", CALLS)
def test_a_wrong_call_is_answered_by_one_sentence(shell, what):
    words, named = CALLS[what]
    words = [shell.ids[0] if word == "FIRST" else word for word in words]
    before = shell.files()
    assert named in bad(shell, shell(*words, person="tang"), before)


@pytest.mark.parametrize("person", ["", "Stranger", "tang\x1b[2J", "\udcff"])
def test_who_is_not_known_is_told_what_to_add(shell, person):
    before = shell.files()
    result = shell.act("edit", "--segment", shell.ids[0], "--text", "Headline", person=person)
    assert result.status == 2
    assert "--as" in result.err
    assert "\x1b" not in result.err
    assert shell.files() == before
    if person == "Stranger":
        assert '[[people]]\nid = "stranger"\nname = "Stranger"' in result.err


def test_a_text_from_standard_input_must_be_utf_8(shell):
    before = shell.files()
    words = ("edit", "story", "--to", "en", "--segment", shell.ids[0], "--text", "-")
    assert "UTF-8" in bad(shell, shell(*words, person="tang", stdin=b"caf\xe9\n"), before)
    assert "NUL" in bad(shell, shell(*words, person="tang", stdin=b"a\0b\n"), before)


def test_outside_a_workspace_it_says_how_to_begin(empty):
    for words in ((), ("status",), ("add", "x.md"), ("doctor",)):
        assert "reviewtool init" in bad(empty, empty(*words), {})


def test_a_folder_that_is_not_there_is_named(empty):
    result = empty("-C", "nowhere", "status")
    assert result.status == 2
    assert "nowhere" in result.err


def test_a_workspace_in_a_workspace_is_refused(shell):
    before = shell.files()
    assert "inside" in bad(shell, shell("init", "articles/inner"), before)


SETTINGS = {
    "TOML": ("name = [", "TOML"),
    "an unknown key": ("nmae = 'x'", "nmae"),
    "keys that are not there yet": ('signing = "required"', "keys"),
    "a language": ('target_languages = ["english please"]', "language"),
    "a person twice": ('[[people]]\nid = "a"\nname = "A"\n[[people]]\nid = "a"\nname = "B"', "twice"),
}


@pytest.mark.parametrize("what", SETTINGS)
def test_settings_that_cannot_be_used_are_named(shell, what):
    text, named = SETTINGS[what]
    (shell.root / "reviewtool.toml").write_text(text, encoding="utf-8")
    before = shell.files()
    sentence = bad(shell, shell("status"), before)
    assert "reviewtool.toml" in sentence
    assert named in sentence


# The disk


@pytest.fixture
def small_disk(empty, tool):
    """Put the workspace on a disk of 128 KB, where mounting is allowed."""
    mounted = subprocess.run(
        [tool("mount"), "-t", "tmpfs", "-o", "size=128k", "tmpfs", empty.root], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mount: a small disk cannot be mounted without privileges")
    yield empty.root
    subprocess.run([tool("umount"), empty.root], check=True)


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)


def test_on_a_full_disk_nothing_is_lost_and_nothing_half_written(small_disk, shell):
    shell.translate()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        fill(filler)
    before = shell.files()
    long = "A headline that needs more room than there is. " * 200
    sentence = bad(shell, shell.act("edit", "--segment", shell.ids[0], "--text", long, person="tang"), before)
    assert "full" in sentence
    filler.unlink()
    shell.done("edit", "--segment", shell.ids[0], "--text", long.strip(), person="tang")
    assert shell("verify").status == 0


def test_a_read_only_disk_is_read_and_said_to_be_read_only(small_disk, shell, tool):
    shell.translate()
    subprocess.run([tool("mount"), "-o", "remount,ro", small_disk], check=True)
    before = shell.files()
    assert shell("status").status == 0
    assert shell("verify").status == 0
    assert len(shell.segments) == 4
    sentence = bad(shell, shell.act("edit", "--segment", shell.ids[0], "--text", "Other", person="tang"), before)
    assert "read-only" in sentence


def test_while_another_process_writes_the_second_says_so_and_writes_nothing(shell, monkeypatch):
    monkeypatch.setattr(disk.lock, "__kwdefaults__", {"timeout": 0.05})
    segment, before = shell.ids[0], shell.files()
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with disk.lock(shell.root / ".reviewtool/state/lock"):
            held.set()
            release.wait()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    try:
        result = shell.act("edit", "--segment", segment, "--text", "Other", person="tang")
        assert "Another reviewtool" in bad(shell, result, before)
    finally:
        release.set()
        other.join()


def test_two_processes_at_once_lose_nothing(shell):
    ids = shell.ids
    edit = [sys.executable, "-m", "reviewtool", "--as", "tang", "edit", "story", "--to", "en"]
    calls = [
        subprocess.Popen(
            [*edit, "--segment", segment, "--text", f"Text {n}"], cwd=shell.root, stdout=subprocess.DEVNULL
        )
        for n, segment in enumerate(ids)
    ]
    assert [call.wait() for call in calls] == [0] * 4
    assert [one["target"] for one in shell.segments] == [f"Text {n}" for n in range(4)]
    assert shell("verify").status == 0


def test_a_link_that_leads_out_of_the_workspace_is_not_followed(shell, tmp_path: Path):
    shell.translate()
    outside = tmp_path / "outside.po"
    outside.write_bytes(shell.catalog.read_bytes())
    shell.catalog.unlink()
    shell.catalog.symlink_to(outside)
    content = outside.read_bytes()
    result = shell.act("edit", "--segment", shell.ids[0], "--text", "Other", person="tang")
    assert result.status == 2
    assert outside.read_bytes() == content
