"""The user's own configuration, and what a clone remembers for the terminal UI."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from reviewtool.errors import InputError
from reviewtool.storage import preferences
from reviewtool.storage.preferences import Configuration, ExportChoice, Place, Preferences, Remembered
from reviewtool.storage.project import Project


@pytest.fixture
def config(tmp_path, monkeypatch) -> Path:
    """The place of this user's configuration, with nothing there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    path = preferences.place()
    assert path.is_relative_to(tmp_path)
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def kept(tmp_path) -> Preferences:
    return Preferences(Project(tmp_path))


def ui_file(tmp_path: Path) -> Path:
    return tmp_path / ".reviewtool/state/ui.json"


# The user's configuration


def test_without_a_file_nothing_is_configured(config):
    assert preferences.configuration() == Configuration()


def test_theme_language_and_keys_are_read(config):
    config.write_text(
        '[ui]\ntheme = "nord"\nlanguage = "zh-CN"\n[keys]\n"revision.approve" = "ctrl+j,f2"\n', encoding="utf-8"
    )
    assert preferences.configuration() == Configuration("nord", "zh-CN", {"revision.approve": "ctrl+j,f2"})


def test_a_command_may_be_written_without_quotes(config):
    config.write_text('[keys]\ndesk.open = "o"\nrevision.approve = "ctrl+j"\n', encoding="utf-8")
    assert preferences.configuration().keys == {"desk.open": "o", "revision.approve": "ctrl+j"}


def test_a_byte_order_mark_and_windows_line_ends_are_nothing(config):
    config.write_bytes("\ufeff[ui]\r\ntheme = '夜'\r\n".encode())
    assert preferences.configuration().theme == "夜"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="other systems have other places")
def test_the_place_is_that_of_the_xdg_specification(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert preferences.place() == tmp_path / ".config/reviewtool/config.toml"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    assert preferences.place() == tmp_path / "elsewhere/reviewtool/config.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ui\n", r"config\.toml is no valid TOML: .*line 1"),
        ("[ui]\ntheme = 3\n", r"config\.toml: ui\.theme: Expected 'str', got 'int'\."),
        ("[ui]\ncolour = 'x'\n", r"config\.toml: ui: there is no key 'colour'\."),
        ("[engines]\n", r"config\.toml: there is no key 'engines'\."),
        ("[ui]\nlanguage = 'Chinese please'\n", r"config\.toml: ui\.language: 'Chinese please' is no language tag"),
        ("[keys]\n'desk.open' = 3\n", r"config\.toml: keys\.desk\.open: a key is written as a text"),
        ("[keys]\n'desk.open' = ''\n", r"config\.toml: keys\.desk\.open: a key is written as a text"),
        ("[keys]\n'desk.open' = ['a']\n", r"config\.toml: keys\.desk\.open: a key is written as a text"),
        ("[keys]\n'desk.open' = 'a'\ndesk.open = 'b'\n", r"config\.toml: keys\.desk\.open: it is given twice"),
        ("keys = 'ctrl+j'\n", r"config\.toml: keys: Expected 'object', got 'str'\."),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_key(config, text, said):
    config.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        preferences.configuration()
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_named(config):
    config.write_bytes(b"[ui]\ntheme = '\xff'\n")
    with pytest.raises(InputError, match=r"config\.toml, line 2, byte 14: the byte 0xff is not UTF-8"):
        preferences.configuration()


# What a clone remembers


def test_a_new_clone_remembers_nothing(kept, tmp_path):
    assert kept.read() == Remembered()
    assert not ui_file(tmp_path).exists()


def test_what_is_remembered_does_not_push_out_the_rest(kept, tmp_path):
    kept.remember(person="tang")
    kept.remember(theme="nord")
    kept.remember(export=ExportChoice("html", "side"))
    kept.remember_place("tang", Place("trade-delegation", "en", "0f3c9a1b2d4e"))
    kept.remember_place("eleanor", Place("furniture-fair", "en"))
    kept.remember_place("tang", Place("trade-delegation", "ko"))
    assert Preferences(Project(tmp_path)).read() == Remembered(
        "tang",
        "nord",
        ExportChoice("html", "side"),
        {"tang": Place("trade-delegation", "ko"), "eleanor": Place("furniture-fair", "en")},
    )


def test_remembering_the_same_again_writes_nothing(kept, tmp_path):
    kept.remember(person="tang")
    before = ui_file(tmp_path).stat()
    kept.remember(person="tang", theme="")
    assert ui_file(tmp_path).stat() == before


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'{"person": 3}', b'{"places": {"tang": "x"}}'])
def test_what_cannot_be_read_is_empty_and_can_be_written_over(kept, tmp_path, data):
    ui_file(tmp_path).parent.mkdir(parents=True)
    ui_file(tmp_path).write_bytes(data)
    assert kept.read() == Remembered()
    assert kept.remember(person="eleanor") == kept.read() == Remembered("eleanor")


def test_what_a_later_version_remembers_is_no_error(kept, tmp_path):
    ui_file(tmp_path).parent.mkdir(parents=True)
    ui_file(tmp_path).write_text('{"person": "jessica", "panel": "left"}', encoding="utf-8")
    assert kept.read().person == "jessica"


def test_a_disk_that_says_no_is_no_error(kept, tmp_path):
    (tmp_path / ".reviewtool").write_text("a file where the folder would be", encoding="utf-8")
    assert kept.remember(person="tang").person == "tang"
    assert kept.read() == Remembered()


def test_other_peoples_rights_are_kept(kept, tmp_path):
    kept.remember(person="tang")
    ui_file(tmp_path).chmod(0o600)
    kept.remember(person="eleanor")
    assert stat.S_IMODE(ui_file(tmp_path).stat().st_mode) == 0o600
