"""The interface's language: everything that is said can be translated, is, and is chosen as the user wants it."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import reviewtool.tui
from reviewtool.errors import InputError
from reviewtool.tui import language
from tests.tui.terminal import Program

TUI = Path(reviewtool.tui.__file__).parent
MODULES = sorted(TUI.rglob("*.py"))
CATALOGS = sorted(language.LOCALES.rglob("*.po"))

Id = str | tuple[str, ...]
"""A sentence, or singular and plural of one."""


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def messages(read: Catalog) -> list[Message]:
    return [one for one in read if one.id]


def id_of(one: Message) -> Id:
    return one.id if isinstance(one.id, str) else tuple(one.id)


def forms(one: Message) -> tuple[str, ...]:
    """The translation of a message, in each of its plural forms."""
    return (one.string,) if isinstance(one.string, str) else tuple(one.string or ("",))


def said() -> Mapping[Id, str]:
    """Every sentence that is marked in the interface, with the place where it is first."""
    found: dict[Id, str] = {}
    for file, line, message, _comments, _context in extract_from_dir(TUI):
        found.setdefault(message, f"{file}:{line}")
    return found


# The catalogs


def test_there_are_catalogs():
    assert [path.parent.parent.name for path in CATALOGS] == ["zh_Hans"]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_a_catalog_has_every_sentence_and_no_other(path: Path):
    """Where this fails, ``sh scripts/catalogs`` brings the catalogs in line; what is new is then to be translated."""
    wanted, there = said(), {id_of(one) for one in messages(catalog(path))}
    missing = [
        f"{place}: {sentence!r} is not in the catalog" for sentence, place in wanted.items() if sentence not in there
    ]
    assert not missing, "\n".join(missing)
    assert there <= wanted.keys()


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_every_sentence_is_translated_for_certain(path: Path):
    read = catalog(path)
    assert not [one.id for one in messages(read) if not all(form.strip() for form in forms(one))]
    assert not [one.id for one in messages(read) if one.fuzzy]
    assert not read.obsolete


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_a_translation_fills_in_what_its_sentence_does(path: Path):
    for one in messages(catalog(path)):
        wanted = fields(*([one.id] if isinstance(one.id, str) else one.id))
        for form in forms(one):
            assert fields(form) == wanted, one.id


def fields(*sentences: str) -> set[str]:
    return {name for sentence in sentences for _text, name, _format, _conversion in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_what_is_compiled_is_what_is_written(path: Path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {id_of(one): forms(one) for one in messages(read_mo(file))}
    assert compiled == {id_of(one): forms(one) for one in messages(catalog(path))}


# What is said in the code

MARKS = {"_", "N_", "ngettext"}
WORDS = re.compile(r"[^\W\d_]{2,} +[^\W\d_]{2,}")
"""Two words: what has them is a sentence, or part of one."""
NO_SENTENCES = {
    "language.py": "said by the command line, before an interface is chosen",
    "commands.py: There is no command": "said by the command line, before there is an interface",
    "session.py: nobody has said who acts": "a fault of ours, which nobody sees",
    "screens/add.py: the article": "a word for the core, whose sentences are translated whole",
    "screens/add.py: {} > {}   {}   articles/{}.md": "a path",
}
"""Sentences that are not translated, and why."""
STYLE = re.compile(r"(bold|italic|dim|underline|strike|reverse|not|\$[\w-]+|#\w+|\d+%| )+")
"""A style of Textual's."""


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node.func) in names)


def is_known(module: Path, text: str) -> bool:
    here = f"{module.relative_to(TUI)}: {text.strip()}"
    return any(here.startswith(known) for known in NO_SENTENCES)


def unmarked(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings in a piece of code with their lines, but for those that are marked, or that nobody sees."""
    for child in ast.iter_child_nodes(node):
        text = literal(child)
        if text is not None:
            yield child.lineno, text  # type: ignore[attr-defined]
        elif not is_unseen(child):
            yield from unmarked(child)


def is_unseen(node: ast.AST) -> bool:
    """Docstrings, what is marked, style sheets, and bindings that are in no footer."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=function, keywords=keywords):
            hidden = any(one.arg == "show" and ast.unparse(one.value) == "False" for one in keywords)
            return name_of(function) in MARKS or (name_of(function) == "Binding" and hidden)
        case ast.Assign(targets=targets):
            return "DEFAULT_CSS" in map(name_of, targets)
    return False


def literal(node: ast.AST) -> str | None:
    """A string as it is written, with ``{}`` for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
    return None


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(TUI)))
def test_no_sentence_is_left_unmarked(module: Path):
    for line, text in unmarked(tree_of(module)):
        if WORDS.search(text) and not STYLE.fullmatch(text):
            assert is_known(module, text), f"line {line}: {text!r}"


SHOWN: Mapping[str, tuple[int | str, ...]] = {
    "notify": (0,),
    "say": (0,),
    "say_of": (1,),
    "Content": (0,),
    "styled": (0,),
    "content": (0,),
    "Choice": (1, 3, "note"),
    "MenuScreen": (0, "empty"),
    "AskScreen": (0, "about", "placeholder"),
    "PlainLine": ("placeholder",),
    "Input": ("placeholder",),
    "TickBox": (0,),
    "DigitChoice": (0,),
    "labelled": (0,),
    "Command": (2, 3, "help", "label"),
}
"""What shows its arguments, and which."""
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(TUI)))
def test_no_word_is_shown_unmarked(module: Path):
    for call in calls(tree_of(module), set(SHOWN)):
        places = SHOWN[name_of(call.func)]
        given = [one for place, one in enumerate(call.args) if place in places]
        given += [one.value for one in call.keywords if one.arg in places]
        for text in (each for one in given for each in literals(one)):
            assert not WORD.search(text) or is_known(module, text), f"line {call.lineno}: {text!r}"


def literals(node: ast.expr) -> Iterator[str]:
    """What is said in so many words by an expression itself, not by what it calls."""
    match node:
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (*literals(one), *literals(other))
        case ast.BoolOp(values=parts):
            yield from (text for part in parts for text in literals(part))
        case _ if (text := literal(node)) is not None:
            yield text


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(TUI)))
def test_a_marked_sentence_is_whole_before_anything_is_filled_in(module: Path):
    for call in calls(tree_of(module), MARKS):
        if isinstance(call.func, ast.Attribute):
            continue
        said = call.args[:2] if name_of(call.func) == "ngettext" else call.args
        for one in said:
            is_sentence = isinstance(one, ast.Constant) and isinstance(one.value, str)
            is_marked_elsewhere = name_of(call.func) == "_" and isinstance(
                one, ast.Name | ast.Attribute | ast.Subscript
            )
            assert is_sentence or is_marked_elsewhere, f"line {call.lineno}: {ast.unparse(call)}"


def test_everything_that_is_marked_is_found():
    """What is marked inside of an f-string is found by some versions of Python alone."""
    marked = {
        argument.value
        for module in MODULES
        for call in calls(tree_of(module), MARKS)
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }
    found = {part for one in said() for part in ([one] if isinstance(one, str) else one)}
    assert marked == found


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(TUI)))
def test_nothing_is_translated_before_a_language_is_chosen(module: Path):
    early = [node for node in at_import(tree_of(module)) if isinstance(node, ast.Call)]
    assert not [node.lineno for node in early if name_of(node.func) in {"_", "ngettext"}]


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when a module is imported: not the bodies of functions, but their defaults and decorators."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                within: list[ast.AST] = [child.args, *child.decorator_list]
            case ast.Lambda():
                within = [child.args]
            case _:
                within = [child]
        for one in within:
            yield one
            yield from at_import(one)


# Choosing


@pytest.mark.parametrize(
    ("environment", "tag"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LC_MESSAGES": "zh_SG.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.GB18030@stroke"}, "zh-Hans"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "C", "LANG": "C"}, "zh-Hans"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "zh_HK.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_says_the_language(environment: Mapping[str, str], tag: str):
    assert language.by_locale(environment) == tag


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-CN", "zh", "zh_CN", "zh-Hans-SG"])
def test_a_language_can_be_named_as_people_write_it(tag: str):
    assert language.choose(tag) == language.chosen() == "zh-Hans"
    assert language._("Keys") == "按键"
    assert language.ngettext("{n} segment", "{n} segments", 1) == "{n} 个句段"


def test_english_is_what_the_code_says():
    language.choose("zh-Hans")
    assert language.choose("en-GB") == "en"
    assert language._("Keys") == "Keys"
    assert language.ngettext("{n} segment", "{n} segments", 2) == "{n} segments"


@pytest.mark.parametrize("tag", ["ko", "zh-Hant", "zh-TW", "klingon", ""])
def test_a_language_that_is_not_spoken_is_refused_and_changes_nothing(tag: str):
    language.choose("zh-Hans")
    with pytest.raises(InputError):
        language.choose(tag)
    assert language.chosen() == "zh-Hans"


@pytest.mark.parametrize(
    ("arguments", "locale", "configured", "title"),
    [
        (["--ui-language", "zh-Hans"], "C.UTF-8", "", "稿件"),
        ([], "zh_CN.UTF-8", "", "稿件"),
        ([], "C.UTF-8", "zh-Hans", "稿件"),
        ([], "zh_CN.UTF-8", "en", "Articles"),
        (["--ui-language", "en"], "zh_CN.UTF-8", "zh-Hans", "Articles"),
    ],
    ids=["by option", "by locale", "by configuration", "configuration before locale", "option before all"],
)
def test_the_desk_opens_in_the_language(
    desk: Path, tmp_path: Path, arguments: list[str], locale: str, configured: str, title: str
):
    if configured:
        (tmp_path / "reviewtool").mkdir()
        (tmp_path / "reviewtool" / "config.toml").write_text(f'[ui]\nlanguage = "{configured}"\n')
    command = [sys.executable, "-m", "reviewtool", "-C", str(desk), "--as", "tang", *arguments]
    environment = {"LC_ALL": locale, "XDG_CONFIG_HOME": str(tmp_path)}
    with Program(command, (100, 30), environment) as program:
        program.until(lambda: "12/12" in drawn(program) or title in drawn(program))
        other = {"稿件", "Articles"} - {title}
        assert not other & set(re.findall("稿件|Articles", drawn(program)))


def drawn(program: Program) -> str:
    return program.written.decode(errors="ignore")
