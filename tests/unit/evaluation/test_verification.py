"""A run computed again from its files: same, altered or not comparable."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from awards.domain.canonical import canonical_json, json_digest
from awards.domain.errors import Altered, NotComparable, Refused
from awards.domain.records import Edition, Part, Snapshot, SourceFile
from awards.evaluation.digest import table_digest
from awards.evaluation.manifest import Written, make_manifest, seal_of
from awards.evaluation.pipeline import Evaluation, evaluate
from awards.evaluation.snapshots import combine_parts
from awards.sdk.rulebook import PluginSource, RuleBook
from awards.services.sealed import read_unpacked
from awards.services.verification import CellDifference, Verification, verify_run
from tests.unit.evaluation.small import book, bundled, category, criterion, indicator, leaf

DEFINITION = category(leaf("a"), leaf("value_b", missing="zero"), tie_breakers=("value_b",))
OWN = PluginSource(
    name="own-rules",
    version="1.0",
    origin="a test",
    files=(),
    digest="a" * 64,
    adds=("criterion:a", "criterion:value_b"),
)


def rules(plugin: PluginSource = OWN, **measures: Any) -> RuleBook:
    criteria = [criterion(code, **({"measure": measures[code]} if code in measures else {}))
                for code in ("a", "value_b")]  # fmt: skip
    return replace(book(*criteria), plugins=(*bundled().plugins, plugin))


@dataclass(frozen=True)
class Bundle:
    """The unpacked files of a run, and its seal."""

    folder: Path
    seal: str

    def verify(self, rulebook: RuleBook | None = None) -> Verification:
        return verify_run(read_unpacked(self.folder, seal=self.seal), rulebook=rulebook or rules())

    def json(self, name: str, change: Callable[[dict[str, Any]], None]) -> None:
        data = json.loads((self.folder / name).read_bytes())
        change(data)
        (self.folder / name).write_bytes(canonical_json(data))


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """A run over three companies, as its bundle would hold it."""
    source = SourceFile(name="data.csv", sha256="0" * 64)
    part = Part(
        id="p", edition="e", kind="company", name="main", sources=(source,),
        columns={}, rows=3, refused=0, sha256="0" * 64,
    )  # fmt: skip
    rows = {"id": ["C", "B", "A"], "source_file": [0, 0, 0], "source_row": [2, 3, 4]}
    values = {"a": [60.0, 70.0, 80.0], "value_b": [50.0, None, 20.0]}
    combined = combine_parts(
        [part],
        {"p": pl.LazyFrame(rows | values)},
        indicators=[indicator("a"), indicator("value_b")],
    )
    description = {
        "format": "awards-snapshot/1",
        "parts": [],
        "table": table_digest(combined.table),
        "cells": table_digest(combined.cells),
        "more_cells": table_digest(combined.more_cells),
        "records": {},
    }
    evaluation = evaluate(combined.table, DEFINITION, rulebook=rules())
    manifest = _manifest(evaluation, json_digest(description))
    evaluation.results.sink_parquet(tmp_path / "results.parquet")
    evaluation.sources.sink_parquet(tmp_path / "sources.parquet")
    combined.table.sink_parquet(tmp_path / "snapshot.parquet")
    combined.cells.sink_parquet(tmp_path / "cells.parquet")
    combined.more_cells.write_parquet(tmp_path / "more_cells.parquet")
    (tmp_path / "snapshot.json").write_bytes(canonical_json(description))
    (tmp_path / "manifest.json").write_bytes(canonical_json(manifest))
    return Bundle(tmp_path, seal_of(manifest))


def _manifest(evaluation: Evaluation, snapshot: str) -> dict[str, Any]:
    [edition] = bundled().program("kesejahteraan").definition.editions
    return make_manifest(
        Written(
            evaluation.results, evaluation.sources,
            table_digest(evaluation.results), table_digest(evaluation.sources),
        ),
        edition=Edition(
            code="e", program="p", program_title={"en": "P"}, definition=edition
        ),
        definition=DEFINITION,
        snapshot=Snapshot(
            id=snapshot, edition="e", kind="company",
            parts=("p",), rows=3, sha256="0" * 64,
        ),
        rulebook=rules(),
    )  # fmt: skip


def test_untouched_run_is_the_same(bundle: Bundle) -> None:
    found = bundle.verify()
    assert (found.answer, found.versions, found.differences) == ("same", (), ())
    assert found.digest == found.sealed_digest


CHECK = resources.files("awards.services") / "bundle/check.py"


def checked(bundle: Bundle) -> tuple[int, str]:
    """Exit code and last line of the program that comes with every bundle."""
    command = [sys.executable, str(CHECK), bundle.seal]
    done = subprocess.run(command, cwd=bundle.folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()[-1]


def test_program_in_the_bundle_finds_the_same(bundle: Bundle) -> None:
    assert checked(bundle) == (0, "4 places follow from totals: ok")


def test_program_in_the_bundle_finds_a_forged_place(bundle: Bundle) -> None:
    path = bundle.folder / "results.parquet"
    forged = pl.read_parquet(path).with_columns(place=pl.Series([2, 1, 3], dtype=pl.Int32))
    forged.write_parquet(path)
    assert checked(bundle) == (3, "3 results.parquet is what its digest names: FAILED")
    other = resealed(bundle, lambda data: data["result"].update(digest=table_digest(forged)))
    assert checked(other) == (3, "4 places follow from totals: FAILED")


def test_parquet_written_another_way_is_still_the_same(bundle: Bundle) -> None:
    for name in ("results.parquet", "snapshot.parquet"):
        table = pl.read_parquet(bundle.folder / name)
        table.write_parquet(bundle.folder / name, compression="uncompressed", row_group_size=1)
    assert bundle.verify().answer == "same"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("results.parquet", "total"),
        ("sources.parquet", "source"),
        ("snapshot.parquet", "a"),
        ("cells.parquet", "row:*"),
    ],
)
def test_changed_cell_of_any_table_is_altered_and_the_file_is_named(
    bundle: Bundle, name: str, column: str
) -> None:
    table = pl.read_parquet(bundle.folder / name)
    changed = (pl.col(column) + ("x" if table.schema[column] == pl.String else 1)).cast(
        table.schema[column]
    )
    table.with_columns(changed).write_parquet(bundle.folder / name)
    with pytest.raises(Altered, match=f"{name}.* is not what was sealed"):
        bundle.verify()


def test_changed_manifest_is_altered(bundle: Bundle) -> None:
    bundle.json("manifest.json", lambda data: data["result"].update(ranked=2))
    with pytest.raises(Altered, match=r"manifest\.json"):
        bundle.verify()


def test_changed_description_of_the_data_is_altered(bundle: Bundle) -> None:
    bundle.json("snapshot.json", lambda data: data.update(parts=["other"]))
    with pytest.raises(Altered, match=r"snapshot\.json"):
        bundle.verify()


def test_file_that_is_no_table_is_altered(bundle: Bundle) -> None:
    (bundle.folder / "results.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(Altered):
        bundle.verify()


def test_bundle_that_lacks_a_file_is_refused_and_the_file_is_named(bundle: Bundle) -> None:
    (bundle.folder / "cells.parquet").unlink()
    with pytest.raises(Refused, match=r"lacks cells\.parquet"):
        bundle.verify()


def doubled(i: Any) -> Any:
    return i.a * 1.1


def test_other_results_under_the_same_rules_are_altered_and_the_cells_are_listed(
    bundle: Bundle,
) -> None:
    found = bundle.verify(rules(a=doubled))
    assert (found.answer, found.versions) == ("altered", ())
    assert found.differences[:2] == (
        CellDifference(candidate="A", column="total", sealed="50.0", now="54.0"),
        CellDifference(candidate="B", column="total", sealed="35.0", now="38.5"),
    )
    assert found.differing == 12


def test_other_results_under_other_rules_are_not_comparable_and_both_are_named(
    bundle: Bundle,
) -> None:
    newer = replace(OWN, version="1.1", digest="b" * 64)
    found = bundle.verify(rules(newer, a=doubled))
    assert found.answer == "not_comparable"
    assert found.versions == (("plugin own-rules", f"1.0 {'a' * 64}", f"1.1 {'b' * 64}"),)


def test_same_results_under_other_rules_are_the_same(bundle: Bundle) -> None:
    newer = replace(OWN, version="1.1", digest="b" * 64)
    found = bundle.verify(rules(newer))
    assert found.answer == "same"
    assert found.versions == (("plugin own-rules", f"1.0 {'a' * 64}", f"1.1 {'b' * 64}"),)


def resealed(bundle: Bundle, change: Callable[[dict[str, Any]], None]) -> Bundle:
    """The bundle with a manifest changed by somebody who computed a seal for it."""
    bundle.json("manifest.json", change)
    data = json.loads((bundle.folder / "manifest.json").read_bytes())
    return Bundle(bundle.folder, seal_of(data))


def test_forged_results_with_a_seal_of_their_own_do_not_come_out_again(bundle: Bundle) -> None:
    path = bundle.folder / "results.parquet"
    forged = pl.read_parquet(path).with_columns(place=pl.Series([2, 1, 3], dtype=pl.Int32))
    forged.write_parquet(path)
    other = resealed(bundle, lambda data: data["result"].update(digest=table_digest(forged)))
    assert other.verify().answer == "altered"


def test_forged_sources_with_a_seal_of_their_own_do_not_come_out_again(bundle: Bundle) -> None:
    path = bundle.folder / "sources.parquet"
    forged = pl.read_parquet(path).clear()
    forged.write_parquet(path)
    other = resealed(bundle, lambda data: data["sources"].update(digest=table_digest(forged)))
    assert other.verify().answer == "altered"


def test_manifest_tells_nothing_of_time_or_person(bundle: Bundle) -> None:
    manifest = json.loads((bundle.folder / "manifest.json").read_bytes())
    assert sorted(manifest) == [
        "category", "edition", "format", "inputs", "precision", "program",
        "randomness", "result", "rules", "sources", "versions",
    ]  # fmt: skip
    assert [each["plugin"] for each in manifest["rules"]] == [
        "awards_criteria.aggregations.arithmetic",
        "awards_criteria.kinds",
        "awards_criteria.scales.identity",
        "own-rules",
    ]


def test_a_run_whose_rule_is_not_installed_here_is_not_comparable(bundle: Bundle) -> None:
    without = replace(rules(), criteria={"a": rules().criteria["a"]})
    with pytest.raises(NotComparable, match="'value_b'"):
        bundle.verify(without)
