"""Commands: declared once, and what changes anything can be done from the command line too."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.keys import Keys

from reviewtool.cli.verbs import VERBS
from reviewtool.errors import InputError
from reviewtool.tui import commands
from reviewtool.tui.commands import COMMANDS, Command

SCREENS = {command.place for command in COMMANDS} - {"everywhere"}
KEYS = {key.value for key in Keys} | {f"f{number}" for number in range(1, 13)}


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.changes], ids=lambda one: one.id)
def test_what_changes_record_or_files_has_a_verb(command: Command):
    assert command.verb in VERBS


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.verb], ids=lambda one: one.id)
def test_a_verb_that_is_named_is_there(command: Command):
    assert command.verb in VERBS


def test_no_command_is_declared_twice():
    assert len(commands.BY_ID) == len(COMMANDS)


NEVER_TOGETHER = {"sign.go", "export.close", "replace.replace", "replace.jump"}
"""Commands that are offered only where another one with the same key is not."""


@pytest.mark.parametrize("place", sorted(SCREENS - {"editor", "revision"}))
def test_no_key_means_two_things_in_a_place(place: str):
    keys = [key for one in commands.of(place) if one.id not in NEVER_TOGETHER for key in one.keys.split(",") if key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", ["editor", "revision"])
def test_no_key_means_two_things_where_an_edition_is_open(place: str):
    keys = [key for one in commands.of(place, "edition", "everywhere") for key in one.keys.split(",") if key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_a_help_sentence_is_a_sentence(command: Command):
    assert command.help[0].isupper()
    assert command.help.endswith(".")
    assert command.label == command.label.lower()


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("ctrl+n,f8", "^N F8"), ("alt+down", "Alt+Down"), ("slash", "/"), ("A", "A"), ("question_mark", "?"), ("e", "e")],
)
def test_keys_are_shown_as_people_know_them(keys: str, shown: str):
    assert commands.shown_keys(keys) == shown


def test_keys_can_be_chosen_for_a_command_that_there_is():
    assert commands.keymap({"desk.add": "n"}) == {"desk.add": "n"}
    with pytest.raises(InputError, match=r"no command 'desk\.fly'"):
        commands.keymap({"desk.fly": "f"})


def test_bindings_carry_the_ids_by_which_they_are_remapped():
    assert all(isinstance(one, Binding) and one.id in commands.BY_ID for one in commands.bindings("desk", "edition"))


def test_no_destructive_act_is_on_one_bare_key():
    """Pasted escape sequences may arrive as keys: what leaves text out or takes work back needs more than one."""
    destructive = {"omit", "join", "split", "withdraw", "dismiss"}
    asks_first = {"sign.withdraw", "findings.set_aside"}
    bare = [
        one
        for one in COMMANDS
        if one.changes and one.id not in asks_first and any(len(key) == 1 for key in one.keys.split(","))
    ]
    assert not [one.id for one in bare if one.verb in destructive]
