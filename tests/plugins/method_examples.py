"""The examples of the methods page: rules as TOML, and a table of candidates beneath.

A column of the table is a result where the results have a column of that name, and else
data: an attribute of the kind, an indicator, or `title N back`, a title held N editions
ago, and `title there`, one in a category that sends entrants. Criteria that nobody
registered are their own indicator; `n/a` is a question that does not arise.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl
import pytest

from awards.domain.definition import CategoryDefinition
from awards.evaluation.columns import OFF_SCALE, Standing, result_columns
from awards.evaluation.history import DecidedResults, history_table, needs_history
from awards.evaluation.pipeline import evaluate
from awards.sdk import Criterion
from awards.sdk.compiled import Outcome, Reason
from awards.sdk.rulebook import RuleBook
from tests.plugins.guide import ROOT
from tests.unit.evaluation.small import book, bundled, criterion

_EXAMPLE = re.compile(r"^```toml\n([^`]*)^```\n+((?:\|.*\n)+)", re.MULTILINE)
_SECTION = re.compile(r"^### (.+)\n", re.MULTILINE)
_EARLIER = re.compile(r"^title (\d) back$")
_THERE = "title there"
_LESS_IS_BETTER = ("cost", "accidents")
_DOES_NOT_ARISE, _NOT_ASKED = "n/a", -1e9
_CODES = {"standing": Standing, "gate": Outcome, "reason": Reason}

Row = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """One worked example: a category, and what each candidate brings and gets."""

    section: str
    definition: CategoryDefinition
    rows: tuple[Row, ...]

    @property
    def results(self) -> tuple[str, ...]:
        names = set(result_columns(self.definition)) - {"id"}
        return tuple(name for name in self.rows[0] if name in names)


@cache
def page() -> str:
    return (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """The text under every heading of the third level, by the heading."""
    parts = _SECTION.split(re.sub(r"^## .*\n", "### -\n", page(), flags=re.MULTILINE))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples() -> list[Example]:
    return [
        Example(name, _category(rules), tuple(_rows(table)))
        for name, text in sections().items()
        for rules, table in _EXAMPLE.findall(text)
    ]


def _category(rules: str) -> CategoryDefinition:
    given = tomllib.loads(rules)
    tree = {"code": "all", **given.pop("tree", {"children": [{"criterion": "a"}]})}
    named = {"code": "example", "title": {"en": "Example"}, "kind": "company"}
    return CategoryDefinition.model_validate({**named, **given, "tree": _filled(tree)})


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    """What examples leave out: words of groups, and the scale where values are points."""
    if "criterion" in node:
        return {"scale": {"code": "identity"}, **node}
    return {"title": {"en": node["code"]}, **node, "children": list(map(_filled, node["children"]))}


def _rows(table: str) -> Iterator[Row]:
    head, _, *lines = (_cells(line) for line in table.splitlines())
    for line in lines:
        yield dict(zip(head, line, strict=True))


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def found_in(example: Example) -> list[dict[str, Any]]:
    """What the evaluation gives, candidate by candidate, under the results' names."""
    data = _data(example)
    results = evaluate(
        data.lazy(), example.definition, rulebook=_rulebook(example), history=_history(example)
    ).results.collect()
    known = {row["id"]: row for row in results.iter_rows(named=True)}
    nobody = dict.fromkeys(results.columns)
    return [
        {name: _in_words(name, known.get(row["id"], nobody)[name]) for name in example.results}
        for row in example.rows
    ]


def said_in(example: Example) -> list[dict[str, Any]]:
    """What the page says, numbers to half a unit of the last digit shown."""
    return [{name: _expected(row[name]) for name in example.results} for row in example.rows]


def _expected(cell: str) -> Any:
    if cell == "–":
        return None
    try:
        number = float(cell.replace("−", "-"))
    except ValueError:
        return cell
    decimals = len(cell.partition(".")[2])
    return pytest.approx(number, abs=0.5 * 10**-decimals + 1e-9 if decimals else 1e-9)


def _in_words(name: str, value: Any) -> Any:
    kind = name.partition(":")[0]
    if value is None or kind not in _CODES:
        return value
    if kind == "reason" and value == OFF_SCALE:
        return "off scale"
    return _CODES[kind](value).name.lower().replace("_", " ")


def _data(example: Example) -> pl.DataFrame:
    names = [
        name
        for name in example.rows[0]
        if name not in example.results and name != _THERE and not _EARLIER.match(name)
    ]
    columns = {name: [_value(row[name], name) for row in example.rows] for name in names}
    return pl.DataFrame(columns, strict=False)


def _value(cell: str, name: str) -> Any:
    if cell == "–":
        return None
    if cell == _DOES_NOT_ARISE:
        return _NOT_ASKED
    return cell if name in ("id", "sector", "scale", "region", "tier") else float(cell)


def _rulebook(example: Example) -> RuleBook:
    leaves = list(example.definition.tree.leaves())
    codes = {leaf.code for leaf in leaves} | {leaf.denominator for leaf in leaves}
    return book(*(_criterion(each) for each in codes - {None} if each not in bundled().criteria))


def _criterion(code: str) -> Criterion:
    return criterion(
        code,
        less_is_better=code in _LESS_IS_BETTER,
        applicable=lambda i: getattr(i, code).is_null() | (getattr(i, code) != _NOT_ASKED),
    )


def _history(example: Example) -> pl.LazyFrame | None:
    if not needs_history(example.definition):
        return None
    editions = range(1, len(example.definition.earlier) + 1)
    return history_table(
        example.definition,
        entrants=[_held(example, _THERE) for _ in example.definition.entrants],
        earlier=[_held(example, f"title {back} back") for back in editions],
    ).lazy()


def _held(example: Example, name: str) -> DecidedResults:
    titles = {row["id"]: row[name] for row in example.rows if row[name] != "–"}
    results = pl.LazyFrame({"id": [row["id"] for row in example.rows]}).with_columns(
        standing=pl.lit(0), place=pl.lit(1), total=pl.lit(90.0)
    )
    return DecidedResults(results, titles)
