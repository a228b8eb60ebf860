"""Outliers, cohorts, what stands in and what is known: sealed, verified and explained."""

from dataclasses import replace
from pathlib import Path

import pytest

from awards.domain.definition import (
    CategoryDefinition,
    DisclosureLevel,
    EditionDefinition,
    Group,
    Leaf,
    Winsorize,
)
from awards.sdk import Use
from awards.services.explanation import Availability, Explained, explain_candidate
from awards.services.heads import criterion_heads
from awards.services.policies import policy_effects
from awards.services.published_lifts import write_explained
from awards.services.runs import evaluate_category
from awards.services.sealed import SealedRun
from awards.services.verification import verify_run
from awards.storage.explained import read_policies
from tests.unit.services.world import ACT, World

ROWS = (
    *(f"K000{at},Koperasi {at},primary,1,{at},50,{at}0" for at in range(1, 8)),
    "K0008,Koperasi Kaya,primary,1,99,50,80",
    "K0009,Koperasi Senyap,primary,1,4,50,",
    "K0010,Koperasi Gelap,primary,1,4,,",
)
MIN_MAX = Use(code="min-max")


def declared(definition: CategoryDefinition) -> CategoryDefinition:
    """Primary cooperatives by other rules."""
    children = (
        Leaf(criterion="active-share", weight=2, scale=MIN_MAX, winsorize=Winsorize()),
        Leaf(criterion="surplus-share", scale=MIN_MAX, cohort="level", missing="zero"),
        Leaf(
            criterion="mentored-share",
            scale=Use(code="identity"),
            missing="group-mean",
            missing_by="level",
        ),
    )
    tree = Group(code="all", title={"id": "Semua"}, children=children)
    return definition.model_copy(update={"tree": tree, "least_availability": 0.6})


def changed(definition: EditionDefinition) -> EditionDefinition:
    categories = tuple(
        declared(each) if each.code == "primary" else each for each in definition.categories
    )
    return definition.model_copy(update={"categories": categories})


@pytest.fixture
def sealed(opened: World) -> SealedRun:
    opened.deliver("kop-open", *ROWS)
    edition = opened.edition("kop-open")
    run = evaluate_category(
        opened.stores,
        replace(edition, definition=changed(edition.definition)),
        category="primary",
        snapshot=opened.snapshot("kop-open"),
        rulebook=opened.rulebook,
        act=ACT,
    )
    return opened.sealed(run)


def explained(opened: World, sealed: SealedRun, candidate: str) -> Explained:
    return explain_candidate(sealed, candidate, rulebook=opened.rulebook)


def test_run_lists_outliers_and_what_stood_in_and_is_the_same_again(
    opened: World, sealed: SealedRun
) -> None:
    assert sealed.tables.sources.collect().rows() == [
        ("K0008", "active-share", "winsorized", 99.0, 7.0),
        ("K0009", "mentored-share", "policy:group-mean", None, None),
    ]
    assert verify_run(sealed, rulebook=opened.rulebook).answer == "same"


def test_outlier_is_explained_with_what_it_counted_as(opened: World, sealed: SealedRun) -> None:
    first = explained(opened, sealed, "K0008").criteria[0].score
    assert (first.raw, first.treated, first.points) == (99.0, 7.0, 100.0)
    assert explained(opened, sealed, "K0007").criteria[0].score.treated is None


def test_other_policies_are_shown_for_what_is_missing(opened: World, sealed: SealedRun) -> None:
    found = explained(opened, sealed, "K0009")
    assert found.availability == Availability(measured=2, arising=3)
    told = {each.policy: (each.in_force, each.place, each.lower) for each in found.policies}
    assert told == {
        "group-mean": (True, 5, 0),
        "ineligible": (False, None, None),
        "zero": (False, 6, 1),
        "reweight": (False, 5, 0),
        "median": (False, 5, 0),
        "mean": (False, 5, 0),
        "group-median": (False, 5, 0),
    }


def test_too_little_being_known_is_told_like_a_gate(opened: World, sealed: SealedRun) -> None:
    found = explained(opened, sealed, "K0010")
    assert found.standing == "not assessable"
    last = found.gates[-1]
    assert (last.title, last.outcome, last.failed) == ("Data availability", "not assessable", True)
    assert "60%" in last.reason
    assert explained(opened, sealed, "K0009").gates[-1].outcome == "pass"


def test_method_says_in_words_what_is_done_to_values(opened: World, sealed: SealedRun) -> None:
    heads = criterion_heads(
        sealed.definition, sealed.tables.results, rulebook=opened.rulebook, everything=True
    )
    said = [[each.text["en"] for each in head.treatments] for head in heads]
    assert said[0][0].startswith("While the values are far from symmetric")
    assert heads[0].treatments[1].values == {"count": 1}
    assert said[1:] == [
        ["Candidates are compared only with those that have the same: Level."],
        ["What stands in for a missing value comes from those with the same: Level."],
    ]
    assert all(set(each.text) == {"en", "id"} for head in heads for each in head.treatments)


def test_how_many_were_drawn_in_is_told_only_where_everything_may_be(
    opened: World, sealed: SealedRun
) -> None:
    told = [
        len(
            criterion_heads(
                sealed.definition,
                sealed.tables.results,
                rulebook=opened.rulebook,
                everything=everything,
            )[0].treatments
        )
        for everything in (True, False)
    ]
    assert told == [2, 1]


def test_policies_of_all_are_those_that_each_is_explained_by(
    opened: World, sealed: SealedRun
) -> None:
    ids = ("K0001", "K0008", "K0009", "K0010")
    found = policy_effects(sealed, ids, rulebook=opened.rulebook)
    assert set(found) == {"K0009", "K0010"}
    assert found["K0009"] == explained(opened, sealed, "K0009").policies


@pytest.mark.parametrize(("level", "told"), [("open", 7), ("places", 0), ("winners", 0)])
def test_other_policies_are_published_only_where_everything_is(
    opened: World, sealed: SealedRun, tmp_path: Path, level: DisclosureLevel, told: int
) -> None:
    listed = sealed.tables.results.drop_nulls("place").sort("place").with_columns(withheld=False)
    write_explained(sealed, listed, level=level, rulebook=opened.rulebook, folder=tmp_path)
    assert len(read_policies(tmp_path, "K0009")) == told
    assert read_policies(tmp_path, "K0001") == ()
