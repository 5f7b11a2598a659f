"""No string reaches a widget as markup: what is shown is content, or said to be no markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewtool.tui

TUI = Path(reviewtool.tui.__file__).parent
MODULES = sorted(TUI.rglob("*.py"))
PARSED_BY_DEFAULT = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "OptionList",
    "SelectionList",
    "Select",
    "Tabs",
    "Tab",
    "Collapsible",
    "Tree",
    "DataTable",
    "Link",
    "Markdown",
    "Log",
    "RichLog",
    "Digits",
    "Rule",
}
"""Widgets of Textual's that read strings as markup, or are not used here at all."""
PARSING = {"from_markup", "from_text"}
TITLES = {"border_title", "border_subtitle", "tooltip"}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_content(node: ast.expr) -> bool:
    """Whether an expression can only be content: made by Content or by one of our functions that says so."""
    if isinstance(node, ast.IfExp):
        return is_content(node.body) and is_content(node.orelse)
    if isinstance(node, ast.Constant):
        return node.value is None
    return isinstance(node, ast.Call) and ("Content" in ast.unparse(node.func) or name_of(node.func) in contents())


def contents() -> frozenset[str]:
    """The functions of the UI that return content, and what lays content out."""
    found = {"Hanging"}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.FunctionDef)
                and node.returns is not None
                and ast.unparse(node.returns) == "Content"
            ):
                found.add(node.name)
    return frozenset(found)


def says_no_markup(call: ast.Call) -> bool:
    return any(
        one.arg == "markup" and isinstance(one.value, ast.Constant) and one.value.value is False
        for one in call.keywords
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(TUI)))
def test_widgets_that_read_markup_are_given_content_or_told_not_to(module: Path):
    for call in calls(ast.parse(module.read_text(encoding="utf-8"))):
        if name_of(call.func) in PARSED_BY_DEFAULT and call.args:
            assert says_no_markup(call) or is_content(call.args[0]), f"line {call.lineno}: {ast.unparse(call)[:120]}"
        assert name_of(call.func) not in PARSING, f"line {call.lineno}"


@pytest.mark.parametrize("module", MODULES, ids=lambda one: str(one.relative_to(TUI)))
def test_titles_are_content(module: Path):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Attribute)
            and node.targets[0].attr in TITLES
        ):
            assert is_content(node.value) or ast.unparse(node.value) == "''", f"line {node.lineno}: {ast.unparse(node)}"
