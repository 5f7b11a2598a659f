"""What is printed: data on standard output, nothing that acts on a terminal, tables for every width."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios

import pytest
from wcwidth import wcswidth

from reviewtool.cli import output
from reviewtool.cli.workspaces import SIGNS
from reviewtool.model.segment import State
from reviewtool.model.visible import UNSAFE
from tests.cli.conftest import environment

HOSTILE = (
    '---\ntitle: "a\\u001b]52;c;eA==\\u0007b \\u202ec"\n---\n\nText \u202e and \u200b here [bold]not bold[/] :smile:.\n'
)


def in_terminal(shell, *words: str, columns: int = 80, **settings: str) -> str:
    """What a call prints on a terminal of this width."""
    master, slave = pty.openpty()
    call = subprocess.Popen(
        [sys.executable, "-m", "reviewtool", *words],
        cwd=shell.root, stdout=slave, stderr=slave, stdin=subprocess.DEVNULL,
        env={**environment(TERM="xterm-256color", **settings), "COLUMNS": str(columns)},
    )  # fmt: skip
    os.close(slave)
    read = b""
    while select.select([master], [], [], 30)[0]:
        try:
            read += os.read(master, 65536)
        except OSError:
            break
    call.wait()
    os.close(master)
    return read.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("words", [("segments", "hostile", "--to", "en"), ("status",), ("check",), ("sync",)])
def test_text_of_an_article_never_acts_on_a_terminal(shell, words):
    assert shell("add", "-", "--slug", "hostile", stdin=HOSTILE.encode()).status == 0
    result = shell(*words)
    printed = (result.out + result.err).replace("\n", "")
    assert not UNSAFE.search(printed)
    as_json = shell(*words, "--json")
    assert not UNSAFE.search(as_json.out.rstrip("\n"))
    assert as_json.json


def test_json_keeps_the_exact_text_that_text_output_makes_visible(shell):
    assert shell("add", "-", "--slug", "hostile", stdin=HOSTILE.encode()).status == 0
    body = shell("segments", "hostile", "--to", "en", "--json").json["segments"][1]["source"]
    assert "\u202e" in body
    shown = shell("segments", "hostile", "--to", "en").out
    assert "⟨U+202E⟩" in shown
    assert "[bold]not bold[/] :smile:" in shown


def test_a_table_that_is_no_terminals_is_aligned_by_columns_and_never_cut(capsys):
    output.table(("Name", "Place"), [("唐", "佛山"), ("Eleanor", "x" * 200), ("e\u0301", "y")])
    lines = capsys.readouterr().out.splitlines()
    assert {
        wcswidth(line[: line.index(last)]) for line, last in zip(lines, ("Place", "佛", "x", "y"), strict=True)
    } == {9}
    assert lines[2].endswith("x" * 200)


def test_markup_in_a_table_is_text(shell):
    name = "[bold]Tang[/bold]"
    settings = shell.root / "reviewtool.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('en = "Tang"', f'en = "{name}"'), encoding="utf-8")
    shell.translate()
    shell.done("sign", "--pass", "translation", person="tang")
    assert "[bold]" in in_terminal(shell, "status", columns=120)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_status_fits_the_terminal(shell, columns):
    shell.finish()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", in_terminal(shell, "status", columns=columns))
    table = plain.split("\n\n")[0].splitlines()
    assert all(wcswidth(line) <= columns for line in table)
    joined = re.sub(r"\s", "", plain)
    assert "story" in joined
    assert "Eleanor+" in joined


def test_colour_is_never_needed_and_never_shown_where_it_is_not_wanted(shell):
    shown = in_terminal(shell, "status", NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)
    assert "\x1b" not in shell.process("status").out


def test_every_state_has_a_sign_of_its_own():
    assert set(SIGNS) == {state.value for state in State}
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert all(len(sign) == 1 and sign.isascii() for sign in SIGNS.values())


def test_data_goes_to_standard_output_and_all_else_to_standard_error(shell):
    shell.finish()
    exported = shell.process("export", "story", "--to", "en", "--format", "md")
    assert re.fullmatch(r"editions.story\.en\.[a-z]+\.md\n", exported.out)
    printed = shell.process("export", "story", "--to", "en", "--format", "md", "-o", "-")
    assert printed.out == (shell.root / exported.out.strip()).read_text(encoding="utf-8")
    assert printed.err == ""


def test_on_a_terminal_long_lines_are_wrapped_at_words_below_their_indent(shell, monkeypatch):

    shell.translate()
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    command = [sys.executable, "-m", "reviewtool", "-C", str(shell.root), "segments", "story"]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    with subprocess.Popen(command, stdout=theirs, stdin=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(ours, 4096):
                shown += chunk
    os.close(ours)
    assert process.returncode == 0
    lines = shown.decode().splitlines()
    assert "     Foshan trade delegation visits" in lines
    assert "     Japan and South Korea" in lines
    assert all(len(line) <= 40 for line in lines if line.isascii())
