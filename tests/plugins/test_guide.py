"""The plugin guide is a contract: its signatures, tables and examples are checked."""

import inspect
import re
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from awards import sdk
from awards.registry import load_plugins
from awards.sdk import expressions, hookspecs, normal, testing
from awards.sdk.testing import check_criterion, check_gate
from tests.plugins.guide import ROOT, examples, guide, rows, section, write_examples

HOOKS = {
    name: hook
    for name, hook in vars(hookspecs).items()
    if name.startswith("awards_") and inspect.isfunction(hook)
}
README_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown(annotation: object) -> str:
    return re.sub(r"\b(?:awards|narwhals)(?:\.\w+)+\.(\w+)", r"\1", str(annotation))


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_documented_with_its_signature_and_first_line(name: str) -> None:
    signature = inspect.signature(HOOKS[name])
    text = section(name)
    assert f"`{name}() -> {shown(signature.return_annotation)}`" in text
    assert (inspect.getdoc(HOOKS[name]) or "").splitlines()[0] in text
    assert list(signature.parameters) == []


def test_no_hook_is_documented_that_does_not_exist() -> None:
    assert set(re.findall(r"^### (awards_\w+)$", guide(), re.MULTILINE)) == set(HOOKS)


def parameters(function: Any) -> str:
    """The names of a function's parameters, with the star before keyword-only ones."""
    found = []
    for each in inspect.signature(function).parameters.values():
        if each.kind is each.KEYWORD_ONLY and "*" not in found:
            found.append("*")
        found.append(each.name)
    return f"{function.__name__}({', '.join(found)})"


def test_helpers_are_documented_with_their_parameters() -> None:
    modules = (expressions.__name__, normal.__name__)
    helpers = [
        function
        for name, function in vars(sdk).items()
        if inspect.isfunction(function) and function.__module__ in modules
    ]
    assert {row[0] for row in rows("Helpers")} == {f"`{parameters(each)}`" for each in helpers}


def test_testing_kit_is_documented_with_its_parameters() -> None:
    functions = [
        function
        for name, function in vars(testing).items()
        if inspect.isfunction(function)
        and function.__module__ == testing.__name__
        and not name.startswith("_")
    ]
    documented = {row[0] for row in rows("Testing a plugin")}
    assert documented == {f"`{parameters(each)}`" for each in functions}


A, B = [4.0, 0.0, None, 2.0], [2.0, None, None, 2.0]
P, Q = [True, True, False, None], [True, None, None, None]
ALLOWED: dict[str, list[Any]] = {
    "a + b": [6.0, None, None, 4.0],
    "a - b": [2.0, None, None, 0.0],
    "a * b": [8.0, None, None, 4.0],
    "-1 * a": [-4.0, 0.0, None, -2.0],
    "a < b": [False, None, None, False],
    "p & q": [True, None, False, None],
    "p | q": [True, True, None, None],
    "~p": [False, False, True, None],
    "a.is_null()": [False, False, True, False],
    "a.abs()": [4.0, 0.0, None, 2.0],
    "a.sqrt()": [2.0, 0.0, None, 2.0**0.5],
    "a.log()": [pytest.approx(1.3862943611198906), float("-inf"), None, pytest.approx(0.693147180)],
    "a.exp()": [pytest.approx(54.598150033), 1.0, None, pytest.approx(7.389056098)],
    "a.is_between(0, 1)": [False, True, None, False],
    "a.is_in((1.0, 2.0))": [False, False, None, True],
    "nw.when(p).then(a).otherwise(b)": [4.0, 0.0, None, 2.0],
    "nw.coalesce(a, b)": [4.0, 0.0, None, 2.0],
    "nw.any_horizontal(p, q, ignore_nulls=False)": [True, True, None, None],
    "nw.all_horizontal(p, q, ignore_nulls=False)": [True, None, False, None],
}


def test_allowed_operations_are_those_that_are_tested() -> None:
    assert [row[0].strip("`") for row in rows("Allowed operations")] == list(ALLOWED)


@pytest.mark.parametrize("operation", ALLOWED)
def test_allowed_operation_does_what_is_said(operation: str) -> None:
    frame = nw.from_native(pl.DataFrame({"a": A, "b": B, "p": P, "q": Q}))
    columns = {name: nw.col(name) for name in "abpq"}
    expression = eval(operation, {"nw": nw, **columns})
    assert frame.with_columns(r=expression)["r"].to_list() == ALLOWED[operation]


def test_every_example_loads_beside_the_bundled_plugins(tmp_path: Path) -> None:
    write_examples(tmp_path)
    rulebook = load_plugins(entry_points=False, folder=tmp_path).rulebook
    own = [plugin for plugin in rulebook.plugins if plugin.origin == "folder"]
    assert {f"{plugin.name}.py" for plugin in own} == {
        name for name in examples() if not name.startswith("test_")
    }
    for code in (each.partition(":") for plugin in own for each in plugin.adds):
        if code[0] == "criterion":
            check_criterion(rulebook.criterion(code[2]))
        if code[0] == "gate":
            check_gate(rulebook.gate(code[2]))


def test_example_of_a_test_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_examples(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    [source] = [text for name, text in examples().items() if name.startswith("test_")]
    found: dict[str, Any] = {}
    exec(compile(source, "guide", "exec"), found)
    tests = [function for name, function in found.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test()


def test_every_python_block_of_the_guide_is_run() -> None:
    assert guide().count("```python") == len(examples())


def test_first_plugin_of_the_readme_loads_and_is_sound(tmp_path: Path) -> None:
    blocks = README_BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    plugins = [block for block in blocks if "@hookimpl" in block]
    assert len(plugins) == 1
    (tmp_path / "readme.py").write_text(plugins[0], encoding="utf-8")
    rulebook = load_plugins(entry_points=False, folder=tmp_path).rulebook
    added = rulebook.plugins[-1].adds
    assert added == ("criterion:contribution-punctuality",)
    check_criterion(rulebook.criterion("contribution-punctuality"))
