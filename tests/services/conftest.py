"""A small real workspace: three people, one Chinese article of five segments, an English edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewtool.services.founding import found
from reviewtool.workspace import Workspace

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
"""

ARTICLE = """---
title: 佛山经贸代表团访问日韩
date: 2023-03-07
photo: Foshan Commerce
---

代表团一行历时八天。此行走访了十余家机构。

## 订单

意向订单金额超过12亿元。

下一站是东南亚。
"""

TEXTS = (
    "Foshan trade delegation visits Japan and South Korea",
    "The delegation travelled for eight days.",
    "It visited more than ten institutions.",
    "Orders",
    "Intended orders came to more than 1.2 billion yuan.",
    "Southeast Asia is next.",
)


def ticking() -> Iterator[str]:
    """A clock that moves a second at each look."""
    number = 0
    while True:
        yield f"2023-03-08T10:{number // 60:02}:{number % 60:02}Z"
        number += 1


class Desk:
    """A workspace in a folder, with shorthands for what tests do all the time."""

    def __init__(self, root: Path, settings: str, article: str = ARTICLE) -> None:
        self.root = root
        found(root)
        (root / "reviewtool.toml").write_text(settings, encoding="utf-8")
        self.clock = ticking()
        self.open()
        self.slug = "story"
        list(self.workspace.sync.add("story.md", article.encode()))

    def open(self) -> Workspace:
        self.workspace = Workspace(self.root, clock=lambda: next(self.clock))
        return self.workspace

    @property
    def edition(self):
        return self.workspace.editions.open(self.slug, "en")

    @property
    def ids(self) -> list[str]:
        return list(self.edition.standing.segments)

    @property
    def states(self) -> list[str]:
        return [self.edition.standing.state(one).value for one in self.ids]

    @property
    def catalog(self) -> Path:
        return self.root / "locales/en/LC_MESSAGES/story.po"

    def write(self, number: int, text: str, person: str, pass_name: str | None = None):
        return self.workspace.review.edit(self.slug, "en", self.ids[number], text, person=person, pass_name=pass_name)

    def translate(self, person: str = "tang") -> None:
        for number, text in enumerate(TEXTS):
            self.write(number, text, person)

    def approve(self, person: str, numbers: list[int] | None = None):
        segments = None if numbers is None else [self.ids[number] for number in numbers]
        return self.workspace.review.approve(self.slug, "en", segments, person=person)

    def send_back(self, number: int, comment: str, person: str):
        return self.workspace.review.send_back(self.slug, "en", self.ids[number], comment, person=person)

    def sign(self, pass_name: str, person: str, *, read_all: bool = False):
        return self.workspace.signing.sign(self.slug, "en", pass_name, person=person, read_all=read_all)[1]

    def outside(self, old: str, new: str) -> None:
        """Another program changes the catalog."""
        text = self.catalog.read_text(encoding="utf-8")
        assert old in text
        self.catalog.write_text(text.replace(old, new), encoding="utf-8")

    def byline(self) -> list[str]:
        return [str(line) for line in self.workspace.overview.status(self.edition).byline]

    def finish(self) -> None:
        """Translated by Tang, approved and signed by Eleanor and Jessica."""
        self.translate()
        self.sign("translation", "tang")
        self.approve("eleanor")
        self.sign("revision", "eleanor")
        self.sign("revision", "jessica", read_all=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk", SETTINGS.format(override="false"))


@pytest.fixture
def lenient_desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk", SETTINGS.format(override="true"))
