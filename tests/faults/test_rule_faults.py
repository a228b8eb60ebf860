"""Rules that misbehave end their own run, by name, and nothing else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from awards.domain.definition import CategoryDefinition, Group, Leaf, Use
from awards.evaluation.errors import PluginFault, RunRefused
from awards.registry import PluginChanged, load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.apart import Apart, RunStopped
from awards.services.computing import Task
from awards.services.run_limits import RunLimits

PLUGIN = Path(__file__).with_name("misbehaving.py")
LIMITS = RunLimits(memory_mib=3_000, cpu_seconds=120, wall_seconds=120, file_mib=100)
CRITERION = "Criterion 'tricky' of plugin 'misbehaving' "
SCALE = "Scale 'tricky-scale' of plugin 'misbehaving'"
GATE = "Gate 'tricky-gate' of plugin 'misbehaving' "


class Bench:
    """One plugin folder, a table, and the process that computes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "plugins").mkdir()
        shutil.copy(PLUGIN, root / "plugins")
        self.rulebook: RuleBook = load_plugins(entry_points=False, folder=root / "plugins").rulebook
        self.table = root / "table.parquet"
        self.candidates(1_500)
        self.compute = Apart(LIMITS)

    def candidates(self, count: int) -> None:
        rows = {"id": [f"T{number}" for number in range(count)], "done": [50.0] * count}
        varied = pl.int_range(pl.len()).mod(7)
        pl.DataFrame(rows).with_columns(pl.col("done") + varied).sort("id").write_parquet(
            self.table
        )

    def behave(self, mode: str) -> None:
        (self.root / "plugins" / "mode.txt").write_text(mode, "utf-8")

    def run(self, definition: CategoryDefinition) -> pl.DataFrame:
        folder = self.root / "run"
        shutil.rmtree(folder, ignore_errors=True)
        task = Task(self.table, definition)
        return self.compute(task, rulebook=self.rulebook, folder=folder).results.collect()


@pytest.fixture(scope="module")
def _bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("bench"))
    yield made
    made.compute.close()


@pytest.fixture
def bench(_bench: Bench) -> Bench:
    _bench.candidates(1_500)
    _bench.behave("behave")
    return _bench


@contextmanager
def limited(bench: Bench, **limits: int) -> Iterator[None]:
    """Compute within other limits."""
    usual, bench.compute = bench.compute, Apart(RunLimits(memory_mib=3_000, **limits))
    try:
        yield
    finally:
        bench.compute.close()
        bench.compute = usual


def category(leaf: Leaf, *, gates: tuple[Use, ...] = ()) -> CategoryDefinition:
    honest = Leaf(criterion="honest", scale=Use(code="identity"))
    children = (leaf,) if leaf.criterion == "honest" else (honest, leaf)
    tree = Group(code="all", title={"en": "All"}, children=children)
    return CategoryDefinition(
        code="teams", title={"en": "Teams"}, kind="team", gates=gates, tree=tree
    )


BY_CRITERION = category(Leaf(criterion="tricky", scale=Use(code="identity")))
BY_SCALE = category(Leaf(criterion="honest", scale=Use(code="tricky-scale")))
BY_GATE = category(
    Leaf(criterion="honest", scale=Use(code="identity")), gates=(Use(code="tricky-gate"),)
)

SAID = {
    "raise": "failed: BadExpression: criterion 'tricky': ZeroDivisionError: by the plugin.",
    "exit": "failed: BadExpression: criterion 'tricky': SystemExit: 0.",
    "none": "failed: BadExpression: criterion 'tricky' returned NoneType, not an expression",
    "text": "failed: InvalidOperationError",
    "python": "failed: InvalidOperationError: ",
    "eat": "failed: BadExpression: criterion 'tricky': MemoryError: Unable to allocate",
    "die": "ended its process (status -11).",
    "infinite": "yields inf for candidate T0.",
    "count": "differs between two evaluations: ",
    "draw": "differs between two evaluations: ",
}


@pytest.mark.parametrize("mode", SAID)
def test_a_criterion_that_misbehaves_ends_its_run_by_name_and_the_next_one_works(
    bench: Bench, mode: str
) -> None:
    bench.behave(mode)
    with pytest.raises(PluginFault) as told:
        bench.run(BY_CRITERION)
    said = str(told.value).replace("_ArrayMemoryError", "MemoryError")
    assert said.startswith(CRITERION + SAID[mode])
    assert not (bench.root / "run" / "results.parquet").exists()
    bench.behave("behave")
    assert set(bench.run(BY_CRITERION)["total"]) == {50.0, 51.0, 52.0, 53.0, 54.0, 55.0, 56.0}


@pytest.mark.parametrize("mode", ["raise", "infinite", "draw"])
def test_a_scale_that_misbehaves_is_named_with_the_criterion_it_is_used_by(
    bench: Bench, mode: str
) -> None:
    bench.behave(mode)
    with pytest.raises(PluginFault) as told:
        bench.run(BY_SCALE)
    assert str(told.value).startswith(SCALE), told.value


@pytest.mark.parametrize(("category", "rule"), [(BY_CRITERION, CRITERION), (BY_GATE, GATE)])
def test_a_rule_that_hangs_is_named(bench: Bench, category: CategoryDefinition, rule: str) -> None:
    bench.behave("hang")
    with limited(bench, wall_seconds=6), pytest.raises(PluginFault) as told:
        bench.run(category)
    assert str(told.value).startswith(f"{rule}did not end within 6 seconds."), told.value


def test_time_of_the_processor_is_limited_too(bench: Bench) -> None:
    bench.behave("spin")
    said = f"{CRITERION}took more than 1 seconds of processor"
    with limited(bench, cpu_seconds=1), pytest.raises(PluginFault, match=said):
        bench.run(BY_CRITERION)


def test_results_larger_than_allowed_name_the_limit_and_no_rule(bench: Bench) -> None:
    bench.candidates(400_000)
    said = r"larger than 1 MiB\. Raise file_mib in config\.toml"
    with limited(bench, file_mib=1), pytest.raises(RunStopped, match=said):
        bench.run(BY_CRITERION)


def test_memory_that_the_engine_lacks_ends_the_run_and_not_the_test(bench: Bench) -> None:
    bench.candidates(3_000_000)
    with limited(bench), pytest.raises(RunRefused):
        bench.compute = Apart(RunLimits(memory_mib=700))
        bench.run(BY_CRITERION)


def test_a_plugin_that_was_changed_since_it_was_loaded_is_not_used(bench: Bench) -> None:
    bench.run(BY_CRITERION)
    plugin = bench.root / "plugins" / "misbehaving.py"
    source = plugin.read_text("utf-8")
    plugin.write_text(source + "\n# changed\n", "utf-8")
    bench.compute.close()
    try:
        with pytest.raises(PluginChanged, match="'misbehaving' was changed after it was loaded"):
            bench.run(BY_CRITERION)
    finally:
        plugin.write_text(source, "utf-8")
    bench.run(BY_CRITERION)


def test_rules_see_none_of_our_environment(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWARDS_SECRET", "hidden")
    bench.compute.close()
    bench.behave("environment")
    with pytest.raises(PluginFault, match=r"KeyError: 'AWARDS_SECRET'"):
        bench.run(BY_CRITERION)
