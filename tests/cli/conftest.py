"""Calls of the command line, in this process and in one of their own, and what they leave on the disk."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewtool.cli.main import main

SETTINGS = """
source_language = "zh-CN"
target_languages = ["en"]
override = {override}
[[people]]
id = "tang"
name = {{ en = "Tang", zh = "唐" }}
[[people]]
id = "eleanor"
name = "Eleanor"
[[people]]
id = "jessica"
name = "Jessica"
[[passes]]
name = "translation"
role = "translator"
[[passes]]
name = "revision"
role = "reviser"
signers = 2
[byline.separators.en]
photo = "丨"
"""

ARTICLE = """---
title: 佛山经贸代表团访问日韩
date: 2023-03-07
photo: Foshan Commerce
---

代表团一行历时八天。此行走访了十余家机构。

意向订单金额超过12亿元。
"""

TEXTS = (
    "Foshan trade delegation visits Japan and South Korea",
    "The delegation travelled for eight days.",
    "It visited more than ten institutions.",
    "Intended orders came to more than 1.2 billion yuan.",
)


@dataclass(frozen=True)
class Result:
    """What a call gave: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def files(root: Path) -> dict[str, bytes]:
    """Every file of a workspace that git would track, with its content."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in paths
        if ".reviewtool" not in path.relative_to(root).parts
    }


def environment(**more: str) -> dict[str, str]:
    """An environment in which git knows nobody."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REVIEWTOOL_", "GIT_", "LC_"))}
    return {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "COLUMNS": "80", **more}


class Shell:
    """Calls ``reviewtool`` in a folder; ``slug`` and ``to`` name the edition that acts are on."""

    def __init__(self, root: Path, capsys, monkeypatch) -> None:
        self.root = root
        self.slug, self.to = "story", "en"
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, stdin: bytes = b"", person: str = "") -> Result:
        """In this process."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        status = main(["-C", str(self.root), *(["--as", person] if person else []), *words])
        return Result(status, *self._capsys.readouterr())

    def process(self, *words: str, stdin: bytes = b"", **settings: str) -> Result:
        """In a process of its own, started in the folder."""
        done = subprocess.run(
            [sys.executable, "-m", "reviewtool", *words],
            cwd=self.root,
            input=stdin,
            capture_output=True,
            env=environment(**settings),
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    # What tests do all the time, on one edition

    def act(self, verb: str, *words: str, person: str = "", stdin: bytes = b"") -> Result:
        return self(verb, self.slug, "--to", self.to, *words, person=person, stdin=stdin)

    @property
    def segments(self) -> list[dict]:
        return self.act("segments", "--json").json["segments"]

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.segments]

    @property
    def states(self) -> list[str]:
        return [one["state"] for one in self.segments]

    @property
    def byline(self) -> list[str]:
        return self.act("byline").out.splitlines()

    @property
    def catalog(self) -> Path:
        return self.root / "locales" / self.to / "LC_MESSAGES" / f"{self.slug}.po"

    def files(self) -> dict[str, bytes]:
        return files(self.root)

    def done(self, verb: str, *words: str, person: str = "") -> Result:
        """An act that must succeed."""
        result = self.act(verb, *words, person=person)
        assert result.status == 0, result.err
        return result

    def translate(self, person: str = "tang") -> None:
        for segment, text in zip(self.ids, TEXTS, strict=True):
            self.done("edit", "--segment", segment, "--text", text, person=person)

    def finish(self) -> None:
        """Translated by Tang, approved by Eleanor, signed by everybody."""
        self.translate()
        self.done("sign", "--pass", "translation", person="tang")
        self.done("approve", "--all", person="eleanor")
        self.done("sign", "--pass", "revision", person="eleanor")
        self.done("sign", "--pass", "revision", "--read-all", person="jessica")


@pytest.fixture
def empty(tmp_path: Path, capsys, monkeypatch) -> Shell:
    """A call of the command line in an empty folder, where nobody is known."""
    for name in ("REVIEWTOOL_PERSON", "REVIEWTOOL_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "desk"
    root.mkdir()
    return Shell(root, capsys, monkeypatch)


@pytest.fixture
def found(empty: Shell):
    """Found a workspace there with three people; ``override`` lets editors settle."""

    def make(*, override: bool = False) -> Shell:
        assert empty("init").status == 0
        (empty.root / "reviewtool.toml").write_text(SETTINGS.format(override=str(override).lower()), encoding="utf-8")
        return empty

    return make


@pytest.fixture
def shell(found) -> Shell:
    """A workspace with one Chinese article of four segments, not yet translated into English."""
    made = found()
    assert made("add", "-", "--slug", "story", stdin=ARTICLE.encode()).status == 0
    return made
