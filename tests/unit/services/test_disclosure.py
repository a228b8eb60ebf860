"""What each disclosure level lets out: searched for in every byte that is public."""

import io
import json
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from awards.domain.published import PublishedCategory, RankingQuery
from tests.unit.services.world import (
    CANARY,
    CANARY_NAME,
    FAILED,
    FAILED_NAME,
    LACKING,
    LACKING_NAME,
    World,
)

WITHHELD_TEXTS = ("73.1337", "38.2601", "52.9173", "66.6133", "44.4177")
WITHHELD_NUMBERS = (CANARY, 38.2601, 52.9173, FAILED, LACKING)


def public_bytes(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every public file, those inside bundles too, and tables as text beside."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from opened(path.name, path.read_bytes())


def opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            for each in bundle.namelist():
                yield from opened(f"{name}/{each}", bundle.read(each))
    if name.endswith(".parquet"):
        yield f"{name} read", pl.read_parquet(content).write_csv().encode()


def found(folder: Path, *secrets: bytes) -> list[tuple[str, bytes]]:
    return [
        (name, secret)
        for name, content in public_bytes(folder)
        for secret in secrets
        if secret in content
    ]


def withheld_values() -> tuple[bytes, ...]:
    """The values as text and as the eight bytes of a float."""
    floats = (struct.pack("<d", number) for number in WITHHELD_NUMBERS)
    return (*(text.encode() for text in WITHHELD_TEXTS), *floats)


def folder_of(world: World, code: str) -> Path:
    edition = world.site.edition(code)
    assert edition is not None
    return world.stores.archive.public(edition.digest)


def category_of(world: World, code: str, category: str = "primary") -> PublishedCategory:
    edition = world.site.edition(code)
    found = edition.category(category) if edition else None
    assert found is not None
    return found


@pytest.mark.parametrize("level", ["winners", "places"])
def test_no_public_byte_holds_a_value_of_somebody_without_a_title(
    published: World, level: str
) -> None:
    assert found(folder_of(published, f"kop-{level}"), *withheld_values()) == []


def test_no_public_byte_names_anybody_but_winners(published: World) -> None:
    names = (CANARY_NAME, FAILED_NAME, LACKING_NAME, "K0005", "K0008", "K0009", "K0003")
    secrets = (name.encode() for name in names)
    assert found(folder_of(published, "kop-winners"), *secrets) == []


def test_places_name_the_ranked_and_never_the_refused(published: World) -> None:
    folder = folder_of(published, "kop-places")
    refused = (name.encode() for name in (FAILED_NAME, LACKING_NAME, "K0008", "K0009"))
    assert found(folder, *refused) == []
    assert found(folder, CANARY_NAME.encode())


def test_an_open_edition_shows_every_value_of_the_ranked(published: World) -> None:
    category = category_of(published, "kop-open")
    card = published.site.scorecard(category, "K0005")
    assert card is not None
    assert [each.raw for each in card.scores] == [CANARY, 38.2601, 52.9173]


@pytest.mark.parametrize("level", ["open", "winners", "places"])
def test_what_gates_said_is_in_no_ranking_at_any_level(published: World, level: str) -> None:
    folder = folder_of(published, f"kop-{level}") / "primary"
    table = pl.read_parquet(folder / "candidates" / "00000.parquet")
    named = [*table.columns, *pl.read_parquet_schema(folder / "values.parquet")]
    assert [name for name in named if "gate" in name or name == "standing"] == []
    assert "K0008" not in table["id"].to_list()
    tables = ("candidates/00000.parquet", "values.parquet", "ids.parquet")
    for name in (*tables, "ranking.csv", "ranking.json"):
        assert FAILED_NAME.encode() not in dict(opened(name, (folder / name).read_bytes()))[name]


def test_winners_are_listed_with_their_scorecards_and_the_others_counted(
    published: World,
) -> None:
    site, category = published.site, category_of(published, "kop-winners")
    page = site.ranking(category, RankingQuery())
    assert [(row.id, row.place, row.has_scorecard) for row in page.rows] == [
        ("K0001", 1, True),
        ("K0002", 2, True),
    ]
    assert (category.population, category.ranked, category.listed) == (None, 7, 2)
    assert site.scorecard(category, "K0005") is None
    assert site.ranking(category, RankingQuery(search="Kenari")).nearest != CANARY_NAME


def test_places_are_listed_for_all_and_scorecards_for_holders_of_titles(
    published: World,
) -> None:
    site, category = published.site, category_of(published, "kop-places")
    page = site.ranking(category, RankingQuery())
    assert [
        (row.place, row.id, row.has_scorecard, len(row.contributions)) for row in page.rows
    ] == [
        (1, "K0001", True, 3),
        (2, "K0002", True, 3),
        (3, "K0003", False, 0),
        (4, "K0004", False, 0),
        (5, "K0005", False, 0),
        (6, "K0006", False, 0),
        (7, "K0007", False, 0),
    ]
    assert site.scorecard(category, "K0005") is None
    assert site.scorecard(category, "K0001") is not None


def test_sorting_by_a_withheld_value_tells_nothing_of_its_order(published: World) -> None:
    category = category_of(published, "kop-places")
    page = published.site.ranking(category, RankingQuery(sort="active-share"))
    assert [row.place for row in page.rows] == [2, 1, 3, 4, 5, 6, 7]


def medians(category: PublishedCategory) -> dict[str, tuple[float | None, float | None]]:
    return {each.code: (each.median_raw, each.median_points) for each in category.criteria}


@pytest.mark.parametrize("level", ["winners", "places"])
def test_medians_over_fewer_than_five_values_are_withheld(published: World, level: str) -> None:
    primary = category_of(published, f"kop-{level}", "primary")
    assert medians(primary) == {
        "active-share": (75.0, 75.0),
        "surplus-share": (60.0, 60.0),
        "mentored-share": (None, None),
    }
    secondary = category_of(published, f"kop-{level}", "secondary")
    assert set(medians(secondary).values()) == {(None, None)}
    assert secondary.median_total is None
    assert primary.median_total is not None


@pytest.mark.parametrize("level", ["winners", "places"])
def test_counts_of_fewer_than_five_refused_are_withheld(published: World, level: str) -> None:
    category = category_of(published, f"kop-{level}")
    assert (category.ineligible, category.not_assessable) == (None, None)


def test_an_open_edition_tells_small_cells_too(published: World) -> None:
    primary = category_of(published, "kop-open", "primary")
    assert medians(primary)["mentored-share"] == (71.5, 71.5)
    assert (primary.ineligible or 0) + (primary.not_assessable or 0) == 2


@pytest.mark.parametrize("level", ["winners", "places"])
def test_the_public_bundle_cannot_be_computed_again_where_values_are_withheld(
    published: World, level: str
) -> None:
    path = folder_of(published, f"kop-{level}") / "primary" / "bundle.zip"
    with zipfile.ZipFile(path) as bundle:
        tables = [name for name in bundle.namelist() if name.endswith(".parquet")]
        manifest = json.loads(bundle.read("manifest.json"))
    assert tables == []
    assert manifest["result"]["digest"] == category_of(published, f"kop-{level}").result_digest


def test_rows_of_a_file_name_no_value_that_is_withheld(published: World) -> None:
    category = category_of(published, "kop-places")
    path = published.site.download(category, "ranking.json")
    assert path is not None
    rows = json.loads(path.read_text("utf-8"))
    named = [(row["id"], any(":" in name for name in row)) for row in rows]
    whole = published.site.ranking(category, RankingQuery()).rows
    assert named == [(row.id, row.has_scorecard) for row in whole]
    assert {values for _, values in named} == {True, False}


def lifted(world: World, code: str, category: str = "primary") -> set[str]:
    table = pl.read_parquet(folder_of(world, code) / category / "lifts.parquet")
    return set(table["id"])


def test_what_lifts_is_published_for_those_alone_whose_values_are_public(
    published: World,
) -> None:
    everybody = {f"K000{number}" for number in range(1, 8)}
    assert lifted(published, "kop-open") == everybody
    assert lifted(published, "kop-places") == {"K0001", "K0002"}
    assert lifted(published, "kop-winners") == {"K0001", "K0002"}
    card = published.site.scorecard(category_of(published, "kop-open"), "K0006")
    assert card is not None
    assert [(each.indicator, each.place) for each in card.goals[0].lifts] == [
        ("active", 5),
        ("surplus", 5),
    ]


def test_small_peer_groups_and_medians_are_public_at_the_open_level_alone(
    published: World,
) -> None:
    def peers(code: str, category: str) -> tuple[int, list[float | None]] | None:
        card = published.site.scorecard(
            category_of(published, code, category), "K0001" if category == "primary" else "K0011"
        )
        assert card is not None
        group = card.peers
        return (group.count, [each.points for each in group.medians]) if group else None

    assert peers("kop-open", "primary") == (7, [75.0, 60.0, 71.5])
    assert peers("kop-places", "primary") == (7, [75.0, 60.0, None])
    assert peers("kop-winners", "primary") == (7, [75.0, 60.0, None])
    assert peers("kop-open", "secondary") is not None
    assert peers("kop-places", "secondary") is None
