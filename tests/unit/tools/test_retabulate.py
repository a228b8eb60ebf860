"""A second program, which shares no code, tabulates every run alike."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.domain.canonical import canonical_json
from awards.domain.definition import CategoryDefinition, Group, Leaf, Use
from awards.evaluation.errors import RunRefused
from awards.evaluation.pipeline import evaluate
from awards.sdk import COMPANY, MISSING, Criterion, Gate
from awards.sdk import ratio as divide
from tests.unit.evaluation.small import book, bundled, criterion, indicator

TOOL = Path(__file__).parents[3] / "tools" / "retabulate.py"
NAMES = ("a", "b", "c", "d", "e")
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "arithmetic": [{}],
    "geometric": [{}],
    "harmonic": [{}],
    "weakest": [{}],
    "power": [{}, {"exponent": 2.0}, {"exponent": -3.0}],
    "sum": [{}, {"maximum": 7.0}],
    "sum-over-most": [{}, {"items": 3}],
}


def _criterion(code: str) -> Criterion:
    """Divides by an indicator that may be zero, and does not arise below −1."""
    top, bottom = indicator(code), indicator(f"{code}_of")
    return criterion(
        code,
        indicators=(top, bottom),
        measure=lambda i: divide(getattr(i, code), getattr(i, f"{code}_of"), when_zero=MISSING),
        applicable=lambda i: getattr(i, code) >= -1.0,
    )


GATE = Gate(
    code="present",
    title={"en": "Present"},
    reason={"en": "Must be."},
    applies_to=(COMPANY,),
    indicators=(indicator("presence"),),
    passes=lambda i: i.presence > 0.0,
)
RULES = book(*map(_criterion, NAMES), gates=(GATE,))
AGGREGATIONS = sorted(OPTIONS.keys() & bundled().aggregations.keys())

weights = st.sampled_from([1.0, 2.0, 0.1, 33.3, 7.0])
uses = st.sampled_from(AGGREGATIONS).flatmap(
    lambda code: st.sampled_from(OPTIONS[code]).map(lambda p: Use(code=code, parameters=p))
)
scales = st.sampled_from(
    [
        Use(code="identity"),
        Use(code="goalposts", parameters={"low": 0, "high": 60}),
        Use(code="min-max"),
        Use(code="bands", parameters={"table": [[20.0, 40.0], [50.0, 100.0]]}),
    ]
)


@st.composite
def trees(draw: st.DrawFn) -> Group:
    """Up to five criteria in one to three groups, one of them perhaps within another."""
    leaves = [
        Leaf(
            criterion=name,
            weight=draw(weights),
            scale=draw(scales),
            missing=draw(st.sampled_from(["ineligible", "reweight", "zero", "median"])),
            not_applicable=draw(st.sampled_from(["reweight", "ineligible"])),
        )
        for name in NAMES[: draw(st.integers(1, 5))]
    ]
    cut = draw(st.integers(0, len(leaves)))
    inner: list[Group | Leaf] = list(leaves[cut:])
    children: list[Group | Leaf] = list(leaves[:cut])
    for depth in range(draw(st.integers(1, 2)) if inner else 0):
        group = Group(
            code=f"group-{depth}",
            title={"en": "Group"},
            weight=draw(weights),
            aggregation=draw(uses),
            least_share=draw(st.sampled_from([0.0, 0.5, 1.0])),
            children=tuple(inner),
        )
        inner = [group]
    children += inner
    return Group(code="all", title={"en": "All"}, aggregation=draw(uses), children=tuple(children))


@st.composite
def definitions(draw: st.DrawFn) -> CategoryDefinition:
    tree = draw(trees())
    codes = [leaf.code for leaf in tree.leaves()] + [group.code for group in tree.groups()]
    bands = {"bands": [["gold", {"en": "Gold"}, 60.5], ["silver", {"en": "Silver"}, 20.0]]}
    data: dict[str, Any] = {
        "code": "drawn",
        "title": {"en": "Drawn"},
        "kind": "company",
        "gates": draw(st.sampled_from([[], [{"code": "present"}]])),
        "tree": tree.model_dump(mode="json"),
        "tie_breakers": draw(st.lists(st.sampled_from(codes), max_size=2, unique=True)),
        "ladders": [{"code": "top-n"}, {"code": "bands", "parameters": bands}],
    }
    fields = CategoryDefinition.model_fields
    if "margin" in fields:
        data["margin"] = draw(st.sampled_from([None, 0.5, 10.0]))
        data["tie_breakers"] += draw(st.sampled_from([[], [{"points": 50.0}]]))
    if "cap" in Group.model_fields:
        data["tree"]["cap"] = draw(st.sampled_from([None, {"by": "a", "plus": 5.0}]))
    if "least_availability" in fields:
        data["least_availability"] = draw(st.sampled_from([None, 0.4]))
    return CategoryDefinition.model_validate(data)


values = st.sampled_from([None, 0.0, -2.0, 12.0, 25.0, 50.0, 50.0, 59.999, 60.0, 80.0, 100.0])
tables = st.integers(1, 8).flatmap(
    lambda rows: st.fixed_dictionaries(
        {name: st.lists(values, min_size=rows, max_size=rows) for name in NAMES}
        | {
            f"{name}_of": st.lists(
                st.sampled_from([1.0, 1.0, 3.0, 0.0]), min_size=rows, max_size=rows
            )
            for name in NAMES
        }
        | {
            "presence": st.lists(
                st.sampled_from([1.0, 1.0, 1.0, 0.0, None]), min_size=rows, max_size=rows
            )
        }
    )
)


def export(definition: CategoryDefinition, data: dict[str, list[Any]], folder: Path) -> None:
    """Evaluate and write what an auditor's bundle holds of it."""
    rows = {"id": [f"C{row}" for row in range(len(data["a"]))], **data}
    schema = {"id": pl.String} | dict.fromkeys(data, pl.Float64)
    evaluation = evaluate(pl.LazyFrame(rows, schema=schema), definition, rulebook=RULES)
    evaluation.results.collect().write_parquet(folder / "results.parquet")
    manifest = {"category": {"definition": definition.model_dump(mode="json")}}
    (folder / "manifest.json").write_bytes(canonical_json(manifest))


@pytest.fixture(scope="module")
def tool() -> Any:
    """The program's functions, loaded from its file."""
    space: dict[str, Any] = {"__name__": "retabulate"}
    exec(compile(TOOL.read_text("utf-8"), str(TOOL), "exec"), space)
    return space


@settings(max_examples=120)
@given(definition=definitions(), data=tables)
def test_every_run_is_tabulated_alike(
    tool: Any, definition: CategoryDefinition, data: dict[str, list[Any]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            export(definition, data, folder)
        except RunRefused:
            return
        assert list(tool["check"](*tool["read"](folder)))


DATA: dict[str, list[Any]] = {
    "a": [50.0, 50.0, 80.0, None],
    "b": [12.0, 12.0, 25.0, 12.0],
    "presence": [1.0, 1.0, 1.0, 0.0],
}
DATA |= {name: [0.0] * 4 for name in "cde"} | {f"{name}_of": [1.0] * 4 for name in NAMES}


def small() -> CategoryDefinition:
    leaves = tuple(Leaf(criterion=name, scale=Use(code="identity")) for name in ("a", "b"))
    return CategoryDefinition(
        code="small",
        title={"en": "Small"},
        kind="company",
        gates=(Use(code="present"),),
        tree=Group(code="all", title={"en": "All"}, children=leaves),
        tie_breakers=("b",),
        ladders=(Use(code="top-n"),),
    )


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    export(small(), DATA, tmp_path)
    return tmp_path


def call(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", str(TOOL), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_run_that_comes_out_the_same_ends_with_0_and_numbered_steps(exported: Path) -> None:
    assert call(exported) == (
        0,
        "1 standings of 4 candidates follow from gates, reasons and policies: ok\n"
        "2 values of groups and totals follow from points: ok\n"
        "3 3 places follow from totals and tie-breakers: ok\n"
        "4 titles of ladder top-n: ok\n",
    )


def test_the_guide_shows_what_is_printed(exported: Path) -> None:
    guide = (TOOL.parents[1] / "docs" / "checking.md").read_text("utf-8")
    assert f"```text\n{call(exported)[1]}```" in guide


FORGED = {
    "standing": (pl.col("standing") * 0, "candidate C3: standing is 0, computed again 1"),
    "points:a": (pl.col("points:a") + 1, "candidate C0: value of all is 31.0, computed again 31.5"),
    "value:all": (pl.col("value:all") + 2e-9, "candidate C0: value of all is"),
    "total": (pl.col("total") + 1, "candidate C0: total is 32.0, computed again 31.0"),
    "place": (pl.col("place") + 1, "candidate C0: place is 3, computed again 2"),
    "title:0": (pl.lit("place-1"), "candidate C0: title:0 is 'place-1', computed again 'place-2'"),
}


@pytest.mark.parametrize("column", FORGED)
def test_any_change_ends_with_1_and_is_named(tool: Any, exported: Path, column: str) -> None:
    path = exported / "results.parquet"
    change, words = FORGED[column]
    table = pl.read_parquet(path)
    table.with_columns(change.cast(table[column].dtype).alias(column)).write_parquet(path)
    with pytest.raises(tool["Different"]) as told:
        list(tool["check"](*tool["read"](exported)))
    assert str(told.value).startswith(words)


def test_a_change_of_the_results_ends_with_1(exported: Path) -> None:
    path = exported / "results.parquet"
    pl.read_parquet(path).with_columns(pl.col("place") + 1).write_parquet(path)
    code, said = call(exported)
    assert (code, said.splitlines()[-1]) == (
        1,
        "DIFFERENT: candidate C0: place is 3, computed again 2",
    )


def test_an_aggregation_that_is_not_known_ends_with_2(exported: Path) -> None:
    path = exported / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["category"]["definition"]["tree"]["aggregation"]["code"] = "own-mean"
    path.write_bytes(canonical_json(manifest))
    assert call(exported) == (2, "CANNOT BE CHECKED: ValueError: unknown aggregation own-mean\n")


@pytest.mark.parametrize("name", ["manifest.json", "results.parquet"])
def test_a_missing_file_ends_with_2(exported: Path, name: str) -> None:
    (exported / name).unlink()
    code, said = call(exported)
    assert (code, said.startswith("CANNOT BE CHECKED: FileNotFoundError"), name in said) == (
        2,
        True,
        True,
    )


def test_the_program_is_short_and_imports_nothing_of_ours() -> None:
    source = TOOL.read_text("utf-8")
    assert len(source.splitlines()) <= 250
    assert not re.search(r"^\s*(import|from) awards", source, re.MULTILINE)
