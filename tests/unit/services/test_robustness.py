"""How firm places are, sealed beside a run; and what-ifs, which never become one."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from awards.domain.canonical import canonical_json, json_digest
from awards.domain.definition import Robustness
from awards.domain.errors import Altered, NotFound, Refused
from awards.domain.published import RankingQuery
from awards.domain.records import Edition, RobustnessRecord, Run
from awards.evaluation.what_if import Changes
from awards.services.publication import publish
from awards.services.robustness import firmness_of, make_robustness, robustness_of
from awards.services.robustness_check import verify_robustness
from awards.services.what_if import Questions, keep_what_if
from tests.unit.services.test_disclosure import category_of, folder_of, found, withheld_values
from tests.unit.services.world import ACT, CANARY_NAME, World


def make(world: World, run: Run, *, draws: int = 50, public: bool = False) -> RobustnessRecord:
    rules = Robustness(public=public)
    return make_robustness(
        world.stores, run, rules=rules, rulebook=world.rulebook, draws=draws, act=ACT
    )


@pytest.fixture
def run(imported: World) -> Run:
    return imported.evaluate("kop-open")


def test_it_is_sealed_beside_the_run_that_it_names(imported: World, run: Run) -> None:
    before = imported.files()
    record = make(imported, run)
    assert (record.run, imported.actions()[-1]) == (run.seal, "robustness.sealed")
    kept = robustness_of(imported.stores, run.seal)
    assert kept is not None
    assert (kept.seal, kept.manifest["run"]) == (record.seal, run.seal)
    assert json_digest(kept.manifest) == record.seal
    assert kept.manifest["seed"] == int(run.seal[:12], 16)
    assert kept.manifest["varies"] == "weights, scales and aggregations, not facts"
    assert before.items() <= imported.files().items()
    firm = firmness_of(kept, "K0001")
    assert firm is not None
    assert (firm.draws, firm.place, firm.interval[0]) == (50, 1, 1)
    assert firmness_of(kept, "K0008") is None


def test_the_same_again_is_the_same_seal_and_no_second_event(imported: World, run: Run) -> None:
    first = make(imported, run)
    acts = imported.actions()
    assert (make(imported, run), imported.actions()) == (first, acts)
    assert make(imported, run, draws=51).seal != first.seal


def test_computed_again_it_is_the_same(imported: World, run: Run) -> None:
    answer = verify_robustness(imported.stores, make(imported, run), rulebook=imported.rulebook)
    assert (answer.answer, answer.differing, answer.versions) == ("same", 0, ())


def test_a_changed_byte_is_altered(imported: World, run: Run) -> None:
    record = make(imported, run)
    path = imported.stores.archive.robustness_table(record.seal)
    pl.read_parquet(path).with_columns(low=pl.lit(1, pl.Int32)).write_parquet(path)
    with pytest.raises(Altered):
        verify_robustness(imported.stores, record, rulebook=imported.rulebook)


def forged(world: World, record: RobustnessRecord, **changes: object) -> RobustnessRecord:
    """*record* as if its manifest had been sealed with *changes*."""
    archive = world.stores.archive
    manifest = json.loads((archive.robustness(record.seal) / "manifest.json").read_bytes())
    seal = json_digest(manifest | changes)
    folder = archive.robustness(seal)
    folder.mkdir()
    (folder / "manifest.json").write_bytes(canonical_json(manifest | changes))
    (folder / "robustness.parquet").write_bytes(archive.robustness_table(record.seal).read_bytes())
    return replace(record, seal=seal)


def test_other_results_are_altered_and_with_other_versions_not_comparable(
    imported: World, run: Run
) -> None:
    record = make(imported, run)
    lied = forged(imported, record, criteria=[])
    answer = verify_robustness(imported.stores, lied, rulebook=imported.rulebook)
    assert answer.answer == "altered"
    old = forged(imported, record, criteria=[], versions={"numba": "0.1"})
    answer = verify_robustness(imported.stores, old, rulebook=imported.rulebook)
    assert answer.answer == "not_comparable"
    assert ("numba", "0.1") in {(name, then) for name, then, _ in answer.versions}


def test_places_that_points_do_not_give_again_are_refused_and_nothing_is_kept(
    imported: World, run: Run
) -> None:
    path = imported.stores.archive.run_results(run.seal)
    results = pl.read_parquet(path)
    results.with_columns(pl.col("place").reverse()).write_parquet(path)
    before = imported.files(), imported.actions()
    with pytest.raises(Altered):
        make(imported, run)
    with pytest.raises(Refused, match="draws"):
        make(imported, imported.evaluate("kop-winners"), draws=0)
    assert before[0].keys() - imported.files().keys() == set()
    assert robustness_of(imported.stores, run.seal) is None


def published_with(world: World, code: str, *, public: bool) -> Edition:
    """The edition *code* decided and published, its intervals declared *public* or not."""
    edition = world.edition(code)
    definition = edition.definition.model_copy(update={"robustness": Robustness(public=public)})
    for category in definition.categories:
        run = world.evaluate(code, category.code)
        make(world, run)
        world.decide(run)
    declared = replace(edition, definition=definition)
    publish(world.stores, declared, rulebook=world.rulebook, act=ACT)
    return declared


def intervals(world: World, code: str) -> dict[str, bool]:
    """Who has an interval on the ranking page."""
    page = world.site.ranking(category_of(world, code), RankingQuery())
    return {row.id: row.interval is not None for row in page.rows}


def test_intervals_are_public_only_where_the_rules_say_so(imported: World) -> None:
    published_with(imported, "kop-open", public=False)
    category = category_of(imported, "kop-open")
    assert (category.robustness, set(intervals(imported, "kop-open").values())) == (None, {False})


def test_at_open_everybody_listed_has_an_interval(imported: World) -> None:
    published_with(imported, "kop-open", public=True)
    category = category_of(imported, "kop-open")
    assert category.robustness is not None
    assert set(intervals(imported, "kop-open").values()) == {True}
    card = imported.site.scorecard(category, "K0005")
    assert card is not None and card.row.interval is not None


@pytest.mark.parametrize("level", ["winners", "places"])
def test_below_open_only_holders_of_titles_have_one_and_no_value_leaks(
    imported: World, level: str
) -> None:
    published_with(imported, f"kop-{level}", public=True)
    folder = folder_of(imported, f"kop-{level}")
    assert found(folder, *withheld_values()) == []
    shown = intervals(imported, f"kop-{level}")
    assert {one for one, has in shown.items() if has} == {"K0001", "K0002"}
    if level == "winners":
        assert found(folder, CANARY_NAME.encode(), b"K0005") == []
    else:
        values = pl.read_parquet(folder / "primary" / "values.parquet")
        assert values.select("interval:low", "position").height == 2
        listed = pl.read_parquet(folder / "primary" / "candidates" / "*.parquet")
        assert (listed.height, "interval:low" in listed.columns) == (7, False)


def test_nothing_of_it_stands_on_a_certificate(imported: World, tmp_path: Path) -> None:
    published_with(imported, "kop-open", public=True)
    run = imported.evaluate("kop-open")
    kept = robustness_of(imported.stores, run.seal)
    certificates = imported.issue("kop-open", "primary")
    for each in certificates:
        path = imported.stores.archive.certificate(each.sha256)
        assert kept is not None and kept.seal.encode() not in path.read_bytes()


def leaf_of(world: World) -> str:
    tree = world.edition("kop-open").definition.categories[0].tree
    return list(tree.leaves())[-1].code


def test_a_what_if_is_kept_with_who_when_why_and_what_moves(imported: World, run: Run) -> None:
    changes = Changes(weights={leaf_of(imported): 1000.0})
    answer = Questions(imported.stores, imported.rulebook).ask(run, changes)
    kept = keep_what_if(imported.stores, answer, reason=" Asked by a member ", act=ACT)
    assert (kept.by, kept.at, kept.reason) == (ACT.by, ACT.at, "Asked by a member")
    assert kept.moved == answer.moved().height > 0
    places = pl.read_parquet(imported.stores.archive.what_if(kept.id))
    assert places.equals(answer.moved().select("id", "before", "place"))
    assert imported.actions()[-1] == "what-if.kept"
    with imported.stores.database.reading() as records:
        assert records.what_ifs.list(run.seal) == (kept,)


def test_a_what_if_is_no_run_and_nothing_can_be_decided_on_it(imported: World, run: Run) -> None:
    changes = Changes(weights={leaf_of(imported): 1000.0})
    answer = Questions(imported.stores, imported.rulebook).ask(run, changes)
    kept = keep_what_if(imported.stores, answer, reason="Why not", act=ACT)
    with imported.stores.database.reading() as records:
        latest = records.runs.latest("kop-open", "primary")
        with pytest.raises(NotFound):
            records.runs.get(kept.id)
    assert latest == run
    with pytest.raises((Altered, NotFound)):
        imported.decide(replace(run, seal=kept.id))


def test_without_a_reason_nothing_is_kept(imported: World, run: Run) -> None:
    changes = Changes(weights={leaf_of(imported): 2.0})
    answer = Questions(imported.stores, imported.rulebook).ask(run, changes)
    before = imported.files(), imported.actions()
    with pytest.raises(Refused, match="reason"):
        keep_what_if(imported.stores, answer, reason="  ", act=ACT)
    assert (imported.files(), imported.actions()) == before


def test_asking_changes_nothing(imported: World, run: Run) -> None:
    before = imported.files(), imported.actions()
    questions = Questions(imported.stores, imported.rulebook, runs_in_memory=1)
    changes = Changes(weights={leaf_of(imported): 2.0})
    first = questions.ask(run, changes).table
    assert questions.ask(run, changes).table.equals(first)
    assert (imported.files(), imported.actions()) == before
