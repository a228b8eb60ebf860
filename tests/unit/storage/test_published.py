"""Reading what is published: pages, search, scorecards, history, maps."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from awards.domain.published import PublishedCategory, RankingQuery, RankingRow
from awards.storage.archive import Archive
from awards.storage.database import open_database
from awards.storage.published import PublishedFiles
from tests.conftest import Demo


@pytest.fixture(scope="module")
def site(demo: Demo) -> Iterator[PublishedFiles]:
    database = open_database(f"sqlite:///{demo.root / 'awards.sqlite3'}")
    yield PublishedFiles(database, Archive(demo.root))
    database.close()


@pytest.fixture(scope="module")
def ranking(site: PublishedFiles) -> PublishedCategory:
    edition = site.edition("ipm-2024")
    assert edition is not None
    return edition.categories[0]


def ids(site: PublishedFiles, category: PublishedCategory, **asked: object) -> list[str]:
    return [row.id for row in site.ranking(category, RankingQuery(**asked)).rows]  # type: ignore[arg-type]


def test_editions_come_newest_period_first(site: PublishedFiles) -> None:
    assert [each.code for each in site.editions()] == [
        "ipm-2024",
        "ipm-2023",
        "ipm-2022",
        "kesejahteraan-2021",
        "ipm-2021",
        "ipm-2020",
    ]


def test_pages_cut_the_ranking_without_gap_or_overlap(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    pages = [site.ranking(ranking, RankingQuery(size=10, page=page)) for page in (1, 2, 3, 4)]
    places = [row.place for page in pages for row in page.rows]
    assert places == list(range(1, 39))
    assert {(page.total, page.pages) for page in pages} == {(38, 4)}


@pytest.mark.parametrize(("page", "shown"), [(99, 4), (0, 1), (-5, 1)])
def test_a_page_out_of_range_is_the_nearest_there_is(
    site: PublishedFiles, ranking: PublishedCategory, page: int, shown: int
) -> None:
    assert site.ranking(ranking, RankingQuery(size=10, page=page)).page == shown


@pytest.mark.parametrize(("size", "rows"), [(0, 1), (-1, 1), (10**9, 38)])
def test_the_size_of_a_page_is_bounded(
    site: PublishedFiles, ranking: PublishedCategory, size: int, rows: int
) -> None:
    assert len(site.ranking(ranking, RankingQuery(size=size)).rows) == rows


def test_contributions_sum_to_the_total(site: PublishedFiles, ranking: PublishedCategory) -> None:
    for row in site.ranking(ranking, RankingQuery()).rows:
        assert sum(row.contributions) == pytest.approx(row.total, abs=1e-9)


@pytest.mark.parametrize("search", ["malang", "MALANG", "  Malang "])
def test_a_name_is_found_in_any_case(
    site: PublishedFiles, ranking: PublishedCategory, search: str
) -> None:
    assert sorted(ids(site, ranking, search=search)) == ["35.07", "35.73"]


def test_a_code_is_found_by_its_beginning(site: PublishedFiles, ranking: PublishedCategory) -> None:
    assert ids(site, ranking, search="35.78") == ["35.78"]
    assert ids(site, ranking, search="5.78") == []


@pytest.mark.parametrize("search", [".*", "(", "[a", "%", "_", "\\", "' OR 1=1 --", "\0"])
def test_a_search_is_text_and_never_a_pattern(
    site: PublishedFiles, ranking: PublishedCategory, search: str
) -> None:
    assert ids(site, ranking, search=search) == []


def test_a_misspelled_name_is_answered_with_the_nearest(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    page = site.ranking(ranking, RankingQuery(search="surabya"))
    assert (page.total, page.nearest) == (0, "Kota Surabaya")


def test_filters_and_titles_narrow_the_ranking(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    cities = ids(site, ranking, filters=(("type", "city"),))
    assert (len(cities), {each[3] for each in cities}) == (9, {"7"})
    assert ids(site, ranking, titled=True) == [row.id for row in site.holders(ranking)]
    assert len(site.holders(ranking)) == 3


def test_a_filter_or_sort_that_is_not_offered_changes_nothing(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    whole = ids(site, ranking)
    assert ids(site, ranking, filters=(("total", "1"),)) == whole
    assert ids(site, ranking, sort="withheld") == whole


def test_a_ranking_is_sorted_by_name_or_by_what_a_segment_contributes(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    names = [row.name for row in site.ranking(ranking, RankingQuery(sort="name")).rows]
    assert names == sorted(names)
    code = ranking.segments[1].code
    rows = site.ranking(ranking, RankingQuery(sort=code)).rows
    parts = [row.contributions[1] for row in rows]
    assert parts == sorted(parts, reverse=True)


def test_a_scorecard_tells_neighbors_and_cells(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    second = site.ranking(ranking, RankingQuery()).rows[1]
    card = site.scorecard(ranking, second.id)
    assert card is not None
    assert card.row == second
    assert (card.above, card.below) == (
        site.ranking(ranking, RankingQuery()).rows[0],
        site.ranking(ranking, RankingQuery()).rows[2],
    )
    sources = [each.source for score in card.scores for each in score.values]
    assert {source.file for source in sources if source} == {"ipm_jatim_2020_2024.csv"}


def test_the_first_has_nobody_above_and_the_last_nobody_below(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    rows = site.ranking(ranking, RankingQuery()).rows
    first, last = site.scorecard(ranking, rows[0].id), site.scorecard(ranking, rows[-1].id)
    assert first is not None
    assert last is not None
    assert (first.above, last.below) == (None, None)


def test_an_unknown_candidate_has_no_scorecard(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    assert site.scorecard(ranking, "99.99") is None
    assert site.history(ranking, "99.99") == ()


def test_history_is_told_within_the_program_oldest_first(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    points = site.history(ranking, "35.78")
    assert [point.edition for point in points] == [f"ipm-{year}" for year in range(2020, 2025)]
    assert {point.ranked for point in points} == {38}


def test_a_map_is_colored_by_total_or_by_a_criterion(
    site: PublishedFiles, ranking: PublishedCategory
) -> None:
    totals = site.map_values(ranking, None)
    rows = site.ranking(ranking, RankingQuery()).rows
    assert [(each.id, each.value) for each in totals] == [(row.id, row.total) for row in rows]
    assert len(site.map_values(ranking, ranking.criteria[0].code)) == 38
    assert site.map_values(ranking, "no-such-criterion") == ()
    assert b"FeatureCollection" in (site.geometry(ranking) or b"")


def in_pages(
    site: PublishedFiles, category: PublishedCategory, asked: RankingQuery
) -> list[RankingRow]:
    pages = range(1, site.ranking(category, asked).pages + 1)
    return [row for page in pages for row in site.ranking(category, replace(asked, page=page)).rows]


def alike(row: RankingRow, search: str) -> bool:
    return search in row.name.casefold() or row.id.startswith(search)


ORDERS: dict[str, Callable[[RankingRow], Any]] = {
    "place": lambda row: 0,
    "name": lambda row: row.name,
    "health": lambda row: -row.contributions[0],
}


@pytest.mark.parametrize("search", ["", "kota", "ma", "35.7"])
@pytest.mark.parametrize("narrowed", [False, True])
@pytest.mark.parametrize("order", list(ORDERS))
def test_pages_follow_each_other_however_the_ranking_is_narrowed_and_sorted(
    site: PublishedFiles, ranking: PublishedCategory, search: str, narrowed: bool, order: str
) -> None:
    asked = RankingQuery(
        search=search,
        filters=(("type", "city"),) if narrowed else (),
        sort=ranking.segments[0].code if order == "health" else order,
        size=7,
    )
    whole = site.ranking(ranking, RankingQuery()).rows
    kept = [row for row in whole if alike(row, search) and (not narrowed or row.id[3] == "7")]
    assert in_pages(site, ranking, asked) == sorted(kept, key=ORDERS[order])
