"""Lifts that would tell of others are not published."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from awards.domain.definition import DisclosureLevel
from awards.sdk import Use
from awards.services.published_lifts import write_explained
from awards.services.sealed import SealedRun
from awards.storage.explained import read_goals
from tests.unit.services.test_bundles import sealed_of
from tests.unit.services.world import World


def listed(sealed: SealedRun, *ids: str) -> pl.LazyFrame:
    ranked = sealed.tables.results.filter(pl.col("id").is_in(ids)).sort("place")
    return ranked.with_columns(withheld=False)


def goals_of(
    world: World, sealed: SealedRun, folder: Path, *ids: str, level: DisclosureLevel
) -> list[int]:
    """How many lifts to a better place are published of each of *ids*."""
    write_explained(
        sealed, listed(sealed, *ids), level=level, rulebook=world.rulebook, folder=folder
    )
    found = [read_goals(folder, each) for each in ids]
    return [len(goals[0].lifts) if goals else -1 for goals in found]


def with_scale(sealed: SealedRun, scale: Use) -> SealedRun:
    tree = sealed.definition.tree
    children = (tree.children[0].model_copy(update={"scale": scale}), *tree.children[1:])
    changed = tree.model_copy(update={"children": children})
    return replace(sealed, definition=sealed.definition.model_copy(update={"tree": changed}))


def test_among_winners_only_who_follows_listed_ones_has_lifts(
    published: World, tmp_path: Path
) -> None:
    sealed = sealed_of(published)
    ids = ("K0001", "K0002", "K0004")
    assert goals_of(published, sealed, tmp_path, *ids, level="winners") == [0, 2, -1]
    assert goals_of(published, sealed, tmp_path, *ids, level="places") == [0, 2, 2]


def test_where_points_depend_on_others_no_lifts_are_published(
    published: World, tmp_path: Path
) -> None:
    sealed = with_scale(sealed_of(published), Use(code="min-max"))
    levels: tuple[DisclosureLevel, ...] = ("open", "winners", "places")
    for level in levels:
        assert goals_of(published, sealed, tmp_path, "K0002", level=level) == [-1]


@pytest.mark.parametrize(("breakers", "count"), [((), 2), (("active-share",), 1)])
def test_no_lift_that_a_tie_breaker_decides_tells_of_it(
    published: World, tmp_path: Path, breakers: tuple[str, ...], count: int
) -> None:
    """K0004 passes K0003 by an equal total with more active members; K0003 has 74.3."""
    sealed = sealed_of(published)
    definition = sealed.definition.model_copy(update={"tie_breakers": breakers})
    tied = replace(sealed, definition=definition)
    write_explained(
        tied, listed(tied, "K0004"), level="places", rulebook=published.rulebook, folder=tmp_path
    )
    lifts = read_goals(tmp_path, "K0004")[0].lifts
    assert len(lifts) == count
