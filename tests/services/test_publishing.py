"""Exports: refused until final, marked when not, and exactly the texts that were signed."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.services.signing import SigningRefused

from .conftest import TEXTS


def test_an_edition_that_is_not_final_is_refused_with_what_blocks(desk):
    desk.translate()
    with pytest.raises(SigningRefused, match="6 segments lack an approval"):
        desk.workspace.publishing.export("story", "en", "md")


def test_an_unfinished_export_is_marked_and_names_nobody(desk):
    desk.translate()
    desk.sign("translation", "tang")
    for form in desk.workspace.publishing.formats():
        exported = desk.workspace.publishing.export("story", "en", form, unfinished=True)
        text = exported.data.decode()
        assert not exported.final
        assert "DRAFT" in text
        assert "Tang" not in text
        assert "Foshan Commerce" in text


def test_a_final_export_holds_the_texts_and_the_byline(desk):
    desk.finish()
    for form in desk.workspace.publishing.formats():
        for layout in desk.workspace.publishing.layouts(form):
            exported = desk.workspace.publishing.export("story", "en", form, layout=layout)
            text = exported.data.decode()
            assert "DRAFT" not in text
            assert all(each in text for each in TEXTS)
            assert "Reviser | Eleanor, Jessica" in text.replace("\\|", "|")


def test_an_export_goes_to_its_place_and_may_be_made_again(desk):
    desk.finish()
    exported = desk.workspace.publishing.export("story", "en", "html")
    path = desk.workspace.publishing.store(exported)
    assert path == desk.root / "editions/story.en.side.html"
    assert path.read_bytes() == exported.data
    assert desk.workspace.publishing.store(exported) == path


def test_the_place_of_an_export_is_known_before(desk):
    publishing = desk.workspace.publishing
    foretold = publishing.place(desk.edition, "html", "alternate")
    assert foretold == desk.root / "editions/story.en.alternate.html"
    assert publishing.store(publishing.export("story", "en", "html", layout="alternate", unfinished=True)) == foretold


def test_an_export_may_go_to_any_place_the_person_names(desk, tmp_path):
    desk.finish()
    exported = desk.workspace.publishing.export("story", "en", "md")
    assert desk.workspace.publishing.store(exported, tmp_path / "out.md").exists()


def test_an_omitted_sentence_is_in_the_source_only(desk):
    desk.translate()
    desk.workspace.review.omit("story", "en", [desk.ids[5]], person="tang")
    text = desk.workspace.publishing.export("story", "en", "md", layout="target", unfinished=True).data.decode()
    assert TEXTS[5] not in text
    assert "下一站" not in text


def test_a_settlement_is_printed_with_the_edition(lenient_desk):
    desk = lenient_desk
    desk.translate()
    desk.send_back(4, "I would put it otherwise.", "eleanor")
    desk.workspace.review.settle("story", "en", desk.ids[4], "House style.", person="jessica")
    text = desk.workspace.publishing.export("story", "en", "html", unfinished=True).data.decode()
    assert "settled by Jessica: House style." in text


@pytest.mark.parametrize(("form", "layout"), [("papyrus", None), ("md", "spiral")])
def test_an_unknown_format_or_layout_is_named(desk, form, layout):
    desk.finish()
    with pytest.raises(InputError, match=layout or form):
        desk.workspace.publishing.export("story", "en", form, layout=layout)


@pytest.mark.parametrize("path", ["articles/story.md", "reviewtool.toml", "locales/en/glossary.tsv", ".git/config"])
def test_an_export_never_overwrites_what_is_the_workspaces_own(desk, path):
    desk.finish()
    (desk.root / path).parent.mkdir(parents=True, exist_ok=True)
    before = (desk.root / "articles/story.md").read_bytes()
    exported = desk.workspace.publishing.export("story", "en", "md")
    with pytest.raises(InputError, match="own files"):
        desk.workspace.publishing.store(exported, desk.root / path)
    assert (desk.root / "articles/story.md").read_bytes() == before


def test_a_folder_that_is_not_there_is_not_made(desk, tmp_path):
    desk.finish()
    exported = desk.workspace.publishing.export("story", "en", "md")
    with pytest.raises(InputError, match="no folder"):
        desk.workspace.publishing.store(exported, tmp_path / "none/story.md")


def test_pictures_are_named_by_the_way_from_the_export(desk, tmp_path):
    (desk.root / "articles/media").mkdir()
    (desk.root / "articles/media/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    text = "---\ntitle: 图\n---\n\n![推介会](media/a.png)\n"
    list(desk.workspace.sync.add("picture.md", text.encode()))
    publishing = desk.workspace.publishing
    assert b"](../articles/media/a.png)" in publishing.export("picture", "en", "md", unfinished=True).data
    assert (
        b"](articles/media/a.png)" in publishing.export("picture", "en", "md", unfinished=True, folder=desk.root).data
    )


def test_controls_in_an_article_reach_no_export(desk):
    text = '---\ntitle: 图\nphoto: "Fo\u202eshan"\n---\n\nA\x1b]52;c;aGk=\x07B \x9b2J.\n'
    list(desk.workspace.sync.add("hostile.md", text.encode()))
    for form in desk.workspace.publishing.formats():
        data = desk.workspace.publishing.export("hostile", "en", form, unfinished=True).data.decode()
        assert not set(data) & set("\x1b\x07\x9b\u202e")


def test_an_edition_to_be_shown_is_what_its_writers_receive(desk):
    desk.translate()
    shown = desk.workspace.publishing.edition(desk.edition)
    assert not shown.final
    assert shown.headline[1] == TEXTS[0]
    assert [block.target for block in shown.blocks] == [
        f"{TEXTS[1]} {TEXTS[2]}",
        f"## {TEXTS[3]}",
        TEXTS[4],
        TEXTS[5],
    ]
    assert [str(line) for line in shown.byline] == ["Photo | Foshan Commerce"]
    desk.approve("eleanor")
    desk.sign("translation", "tang")
    for reviser in ("eleanor", "jessica"):
        desk.sign("revision", reviser, read_all=True)
    final = desk.workspace.publishing.edition(desk.edition)
    assert final.final
    assert str(final.byline[0]) == "Author | Tang"
