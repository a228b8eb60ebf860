"""Parts put together, and the wide table that scorecards are read from."""

from typing import Any

import polars as pl
import pytest

from awards.domain.records import Part, SourceFile
from awards.evaluation.errors import PartsDisagree
from awards.evaluation.sheets import RunTables, make_sheet
from awards.evaluation.snapshots import Combined, combine_parts, spread
from tests.unit.evaluation.small import book, category, criterion, indicator, leaf, run

INDICATORS = [indicator("staff"), indicator("debt")]


def part(name: str) -> Part:
    source = SourceFile(name=f"{name}.csv", sha256="0" * 64)
    return Part(
        id=name, edition="e", kind="company", name=name, sources=(source,),
        columns={}, rows=0, refused=0, sha256="0" * 64,
    )  # fmt: skip


def table(**columns: list[Any]) -> pl.DataFrame:
    height = len(columns["id"])
    origin = {"source_file": [0] * height, "source_row": list(range(2, height + 2))}
    return pl.DataFrame({**columns, **origin})


def combined(**tables: pl.DataFrame) -> Combined:
    return combine_parts(
        [part(name) for name in tables],
        {name: each.lazy() for name, each in tables.items()},
        indicators=INDICATORS,
    )


def test_values_come_from_whichever_part_has_them_sorted_by_id() -> None:
    found = combined(
        one=table(id=["B", "A"], name=["Bravo", "Alfa"], staff=[5, None]),
        two=table(id=["C", "A"], staff=[7, 3], debt=[0.5, None]),
    )
    assert found.table.collect().rows(named=True) == [
        {"id": "A", "name": "Alfa", "staff": 3, "debt": None},
        {"id": "B", "name": "Bravo", "staff": 5, "debt": None},
        {"id": "C", "name": None, "staff": 7, "debt": 0.5},
    ]


def test_cells_name_part_file_and_row_of_every_value() -> None:
    found = combined(
        one=table(id=["B", "A"], staff=[5, None]), two=table(id=["C", "A"], staff=[7, 3])
    )
    assert found.cells.collect().rows(named=True) == [
        {"id": "A", "part:staff": 1, "file:staff": 0, "row:staff": 3},
        {"id": "B", "part:staff": 0, "file:staff": 0, "row:staff": 2},
        {"id": "C", "part:staff": 1, "file:staff": 0, "row:staff": 2},
    ]


def test_one_cell_stands_for_all_values_of_a_candidate_that_stands_in_one_row() -> None:
    one, two = table(id=["B", "A"], staff=[5, None], debt=[1.5, 2.5]), table(id=["C"], staff=[7])
    found = combined(one=one, two=two)
    assert found.cells.collect().rows(named=True) == [
        {"id": "A", "part:*": 0, "file:*": 0, "row:*": 3},
        {"id": "B", "part:*": 0, "file:*": 0, "row:*": 2},
        {"id": "C", "part:*": 1, "file:*": 0, "row:*": 2},
    ]
    joined = found.table.join(found.cells, on="id", maintain_order="left")
    spelled_out = spread(joined, ["staff", "debt"]).drop("file:staff", "file:debt")
    assert spelled_out.collect().rows(named=True) == [
        {"id": "A", "staff": None, "debt": 2.5}
        | {"part:staff": None, "row:staff": None, "part:debt": 0, "row:debt": 3},
        {"id": "B", "staff": 5, "debt": 1.5}
        | {"part:staff": 0, "row:staff": 2, "part:debt": 0, "row:debt": 2},
        {"id": "C", "staff": 7, "debt": None}
        | {"part:staff": 1, "row:staff": 2, "part:debt": None, "row:debt": None},
    ]


def test_sorted_part_is_the_snapshot_of_an_unsorted_one() -> None:
    rows = {"id": ["B", "A"], "staff": [5, 6]}
    unsorted = combined(one=table(**rows))
    ordered = combined(one=table(**rows).sort("id"))
    assert ordered.table.collect().equals(unsorted.table.collect())
    assert ordered.cells.collect().equals(unsorted.cells.collect())


def test_value_that_two_parts_agree_on_is_taken_from_the_first() -> None:
    found = combined(one=table(id=["A"], staff=[5]), two=table(id=["A"], staff=[5]))
    assert found.table.collect()["staff"].to_list() == [5]
    assert found.cells.collect()["part:staff"].to_list() == [0]


def test_two_values_for_one_cell_are_refused_naming_parts_candidate_and_rows() -> None:
    with pytest.raises(PartsDisagree) as refused:
        combined(
            one=table(id=["A", "B"], staff=[5, 6]),
            two=table(id=["C", "B"], staff=[5, 7]),
        )
    assert str(refused.value) == (
        "Different values of 'staff' are given for 1 candidates, such as B: 6 (part 'one', "
        "one.csv row 3) and 7 (part 'two', two.csv row 3). Correct one of the files and import "
        "it again under the same part name."
    )


def test_attributes_that_disagree_are_refused_and_names_are_not() -> None:
    named = combined(one=table(id=["A"], name=["PT Alfa"]), two=table(id=["A"], name=["Alfa PT"]))
    assert named.table.collect().rows() == [("A", "PT Alfa")]
    with pytest.raises(PartsDisagree, match="'sector'"):
        combined(one=table(id=["A"], sector=["C"]), two=table(id=["A"], sector=["G"]))


def test_attributes_come_before_indicators() -> None:
    found = combined(one=table(id=["A"], staff=[5], sector=["C"]))
    assert found.table.collect_schema().names() == ["id", "sector", "staff"]


DEFINITION = category(leaf("staff"), leaf("debt", missing="reweight"))
RULES = book(criterion("staff"), criterion("debt"))


def sheet() -> pl.DataFrame:
    snapshot = combined(
        one=table(
            id=["D", "C", "B", "A"],
            name=["Delta", None, "Bravo", "Alfa"],
            staff=[None, 50.0, 90.0, 50.0],
        ),
        two=table(id=["C", "A", "E"], debt=[50.0, 50.0, 10.0]),
    )
    evaluation = run(DEFINITION, snapshot.table.collect().to_dict(as_series=True), rulebook=RULES)
    tables = RunTables(
        results=evaluation.results.lazy(),
        sources=evaluation.sources.lazy(),
        table=snapshot.table,
        cells=snapshot.cells,
        more_cells=snapshot.more_cells.lazy(),
    )
    return make_sheet(tables, DEFINITION, rulebook=RULES).collect()


def test_sheet_lists_the_best_first_and_those_without_a_place_last() -> None:
    names = ("position", "id", "name", "place", "shared", "total")
    assert sheet().select(names).rows() == [
        (1, "B", "Bravo", 1, False, 90.0),
        (2, "A", "Alfa", 2, True, 50.0),
        (3, "C", "C", 2, True, 50.0),
        (4, "D", "Delta", None, False, None),
        (5, "E", "E", None, False, None),
    ]


def test_sheet_carries_value_and_source_cell_of_every_indicator() -> None:
    names = ("id", "staff", "part:staff", "row:staff", "debt", "part:debt", "row:debt")
    assert sheet().select(names).rows() == [
        ("B", 90.0, 0, 4, None, None, None),
        ("A", 50.0, 0, 5, 50.0, 1, 3),
        ("C", 50.0, 0, 3, 50.0, 1, 2),
        ("D", None, None, None, None, None, None),
        ("E", None, None, None, 10.0, 1, 4),
    ]


def test_columns_of_the_sheet_are_those_it_promises() -> None:
    assert sheet().columns == [
        "position", "id", "standing", "place", "total",
        "raw:staff", "points:staff", "weight:staff", "reason:staff",
        "raw:debt", "points:debt", "weight:debt", "reason:debt",
        "value:all",
        "contribution:all", "contribution:staff", "contribution:debt",
        "name", "staff", "debt",
        "part:staff", "file:staff", "row:staff", "part:debt", "file:debt", "row:debt",
        "shared",
    ]  # fmt: skip
