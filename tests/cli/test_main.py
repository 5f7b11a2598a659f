"""Processes of the command line: help, encodings, pipes, interruptions, and who acts."""

import json
import os
import signal
import subprocess
import sys

import pytest

from reviewtool import __version__
from reviewtool.cli import main as entry
from reviewtool.cli.verbs import VERBS
from tests.cli.conftest import ARTICLE, environment

HEAVY = ("rich", "msgspec", "polib", "markdown_it", "yaml", "textual", "deepl", "requests", "rapidfuzz", "dataclasses")


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("edit", "--help"), ("memory", "--help"), ("stauts",)])
def test_help_and_wrong_use_load_nothing_heavy(words, tmp_path):
    program = (
        "import sys; from reviewtool.cli.main import main; main(sys.argv[1:]); "
        f"print(sorted(set(sys.modules) & {set(HEAVY)!r}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [("status",), ("segments", "story", "--to", "en"), ("byline", "story", "--to", "en")])
def test_reading_loads_neither_screens_nor_engines(shell, words):
    program = (
        "import sys; from reviewtool.cli.main import main; main(sys.argv[1:]); "
        "print(sorted(set(sys.modules) & {'textual', 'deepl', 'requests', 'rich', 'filelock', 'subprocess'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, cwd=shell.root, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_process_brings_an_article_through_the_main_path(empty):
    assert empty.process("init").status == 0
    added = empty.process("add", "-", "--slug", "story", "--json", stdin=ARTICLE.encode())
    assert added.json["synced"][0]["segments"] == 4
    first = empty.process("segments", "story", "--to", "en", "--json").json["segments"][0]
    (empty.root / "reviewtool.toml").write_text('[[people]]\nid = "tang"\nname = "Tang"\n', encoding="utf-8")
    words = ("edit", "story", "--to", "en", "--segment", first["id"], "--text", "-", "--json")
    written = empty.process(*words, stdin="Délégation\n".encode(), REVIEWTOOL_PERSON="Tang")
    assert (written.json["target"], written.json["state"], written.json["writers"]) == (
        "Délégation", "translated", ["tang"],
    )  # fmt: skip
    assert "story" in empty.process().out
    assert empty.process("verify").status == 0


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_output_is_utf_8_whatever_the_locale_says(shell, locale):
    result = shell.process("segments", "story", "--to", "en", **locale)
    assert result.status == 0, result.err
    assert "佛山经贸代表团访问日韩" in result.out
    assert json.loads(shell.process("status", "--json", **locale).out)


def test_a_closed_pipe_ends_it_quietly(shell):
    shell.root.joinpath("articles/long.md").write_text(
        "---\ntitle: 长\n---\n\n" + "\n\n".join(f"第{number}段。" * 20 for number in range(500)), encoding="utf-8"
    )
    with subprocess.Popen(
        [sys.executable, "-m", "reviewtool", "segments", "long", "--to", "en"],
        cwd=shell.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as call:  # fmt: skip
        call.stdout.readline()
        call.stdout.close()
        assert call.stderr.read() == b""
    assert call.returncode == entry.PIPE_CLOSED


def test_a_full_device_is_one_sentence(shell, tool):
    command = f"{sys.executable} -m reviewtool segments story --to en > /dev/full"
    done = subprocess.run(
        [tool("sh"), "-c", command], cwd=shell.root, capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 2
    assert done.stderr == "reviewtool: the output cannot be written: no space left on device.\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_do_no_harm(shell, tool, closed):
    command = f"{sys.executable} -m reviewtool status {closed}"
    done = subprocess.run(
        [tool("sh"), "-c", command], cwd=shell.root, capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""


def test_an_interruption_is_one_line(shell):
    call = subprocess.Popen(
        [sys.executable, "-m", "reviewtool", "add", "-", "--slug", "other"],
        cwd=shell.root, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(PYTHONUNBUFFERED="1"),
    )  # fmt: skip
    # It is waiting for its standard input once it has taken the first bytes.
    call.stdin.write(b"x" * 1_000_000)
    call.send_signal(signal.SIGINT)
    _, err = call.communicate()
    assert call.returncode == entry.INTERRUPTED
    assert err.decode().count("\n") == 1
    assert "stopped" in err.decode()


def test_an_unforeseen_fault_is_one_sentence_and_shows_where_only_when_asked(shell, monkeypatch):
    def broken(*_):
        raise KeyError("segment\x1b[2J")

    monkeypatch.setattr("reviewtool.services.overview.Overview.editions", broken)
    plain = shell("status")
    assert plain.status == 2
    assert plain.err.count("\n") == 1
    assert "fault of reviewtool" in plain.err
    assert "\x1b" not in plain.err
    monkeypatch.setenv(entry.DEBUG, "1")
    assert "Traceback" in shell("status").err


def test_a_fault_of_the_system_is_told_in_its_words(shell, monkeypatch):
    def broken(*_):
        raise PermissionError(13, "Permission denied", "articles")

    monkeypatch.setattr("reviewtool.services.overview.Overview.editions", broken)
    assert shell("status").err == "reviewtool: 'articles': permission denied.\n"


# Who acts


def test_the_caller_is_named_by_option_else_by_environment_else_by_git(shell, tool, monkeypatch):
    tool("git")
    edit = ("edit", "--segment", shell.ids[0], "--json", "--text")
    config = shell.root.parent / "gitconfig"
    config.write_text("[user]\n    name = Jessica\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert shell.act(*edit, "By Jessica").json["writers"] == ["jessica"]
    monkeypatch.setenv("REVIEWTOOL_PERSON", "唐")
    assert shell.act(*edit, "By Tang").json["writers"] == ["tang"]
    assert shell.act(*edit, "By Eleanor", person="eleanor").json["writers"] == ["eleanor"]


def test_without_git_nothing_but_the_name_is_missed(shell, monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    assert shell("status").status == 0
    assert shell("draft", "story", "--to", "en").status == 0
    result = shell.act("edit", "--segment", shell.ids[0], "--text", "x")
    assert result.status == 2
    assert "Who are you?" in result.err


# Options


@pytest.mark.parametrize("words", [("--json", "status"), ("status", "--json"), ("--yes", "--json", "status", "--yes")])
def test_options_of_every_verb_stand_before_it_or_after(shell, words):
    assert shell(*words).json["editions"][0]["article"] == "story"


def test_the_folder_may_be_named_anywhere_and_paths_are_seen_from_it(shell, tmp_path):
    (tmp_path / "desk/incoming.md").write_text(ARTICLE, encoding="utf-8")
    assert shell("add", "incoming.md").status == 0
    assert entry.main(["status", "incoming", f"-C{shell.root}", "--as=tang"]) == 0


def test_the_version_is_printed(shell):
    assert shell("--version").out == f"reviewtool {__version__}\n"
    assert shell("status", "--version").out == f"reviewtool {__version__}\n"


def test_help_lists_every_verb_in_one_plain_line_and_only_those_that_are_there(empty):
    lines = [line for line in empty("--help").out.splitlines() if line.startswith("  ")]
    for name, verb in VERBS.items():
        assert any(line.split("  ")[1] == name and line.endswith(verb.summary) for line in lines)
    assert not any(line.strip().startswith(("publish", "import ", "terms", "serve")) for line in lines)
    assert all(len(line) <= 100 for line in lines)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_help_with_an_example_that_parses(empty, name):
    verb = VERBS[name]
    shown = empty(*name.split(), "--help")
    assert shown.status == 0
    assert shown.err == ""
    assert verb.summary in shown.out
    assert f"example:\n  {verb.example}\n" in shown.out
    assert verb.example.startswith(f"reviewtool {name}")
    result = empty.process(*_words(verb.example))
    assert "shows how" not in result.err


def _words(example: str) -> list[str]:
    import shlex

    return shlex.split(example)[1:]
