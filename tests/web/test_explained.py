"""Lifts and peers on a scorecard."""

from dataclasses import replace

import pytest

from awards.domain.explained import Goal, Lift, PeerGroup, PeerMedian, PolicyEffect
from awards.domain.published import PublishedRobustness, Scorecard
from tests.web.fake_site import FakeSite
from tests.web.pages import Page, read, visit
from tests.web.worlds import CRITERIA, both, open_site

ADDRESS = "/en/ipm-2024/local/c/35.03"
KEY = ("ipm-2024", "local")
LIFT = Lift(
    indicator="life_value",
    words=both("Life expectancy", "Umur harapan hidup"),
    unit="percent",
    by=0.73,
    to=75.33,
    criteria=("life",),
    total=86.0,
    place=11,
)
PEOPLE = replace(LIFT, words=both("Insured", "Terlindungi"), unit="people", by=-27, to=120)
PLACE = Goal(ladder=None, words=None, lifts=(LIFT, PEOPLE))
BANDS = both("Bands", "Rentang")
GROUP = PeerGroup(
    attributes=(("type", "city"),),
    count=6,
    total=60.0,
    medians=tuple(PeerMedian(code=each.code, raw=50.0, points=50.0) for each in CRITERIA),
)


def site_with(**changes: object) -> FakeSite:
    site = open_site()
    card: Scorecard = site.cards[KEY]["35.03"]
    site.cards[KEY]["35.03"] = replace(card, **changes)  # type: ignore[arg-type]
    return site


def words(**changes: object) -> str:
    return Page(read(visit(site_with(**changes)), ADDRESS)).words


def test_a_lift_says_by_how_much_from_what_and_where_it_leads() -> None:
    told = words(goals=(PLACE,))
    assert "What would lift it one place Any one of these is enough" in told
    assert (
        "Life expectancy +0.73 percentage points from 74.60% to 75.33% total 86.00, place 11"
    ) in told
    assert "Insured −27 people from 147 people to 120 people" in told


def test_the_title_that_lifts_reach_is_named_once_or_with_each() -> None:
    high, higher = both("High", "Tinggi"), both("Very high", "Sangat tinggi")
    goal = Goal(ladder=1, words=BANDS, lifts=(LIFT, PEOPLE), aims=(high, high))
    told = words(goals=(goal,))
    assert "What would lead to: High Any one of these" in told
    assert "place 11: High" not in told
    told = words(goals=(replace(goal, aims=(high, higher)),))
    assert "What would lead to: High, Very high" in told
    assert "place 11: Very high" in told


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("first", "It is in the first place"),
        ("out-of-reach", "No single figure alone"),
        ("too-many", "Points depend on the other candidates"),
    ],
)
def test_where_nothing_lifts_the_page_says_why(why: str, said: str) -> None:
    goal = Goal(ladder=None, words=None, lifts=(), why_not=why)  # type: ignore[arg-type]
    assert said in words(goals=(goal,))


@pytest.mark.parametrize("why", ["highest", "out-of-reach"])
def test_a_title_that_nothing_leads_to_is_no_goal(why: str) -> None:
    goal = Goal(ladder=1, words=BANDS, lifts=(), why_not=why)  # type: ignore[arg-type]
    assert "What would" not in words(goals=(goal,))


def test_peers_stand_beside_the_candidate_with_what_stands_out() -> None:
    told = words(peers=GROUP)
    assert "Medians of the 6 ranked candidates alike in: City." in told
    assert "Strong: Mean schooling" in told
    assert "Total 77.86 60.00 +17.86" in told


def test_without_anything_to_tell_the_page_has_no_such_part() -> None:
    told = words()
    assert "Beside its peers" not in told
    assert "What would lift" not in told


def effect(policy: str, place: int | None, lower: int | None, **more: bool) -> PolicyEffect:
    total = None if place is None else 70.0
    return PolicyEffect(
        criterion="life",
        policy=policy,
        in_force=more.get("in_force", False),
        place=place,
        total=total,
        lower=lower,
    )


def test_an_absent_value_is_told_with_its_place_under_other_rules() -> None:
    effects = (
        effect("zero", 6, 3),
        effect("reweight", 4, 1),
        effect("median", 3, 0, in_force=True),
        effect("mean", 2, -1),
        effect("ineligible", None, None),
    )
    told = words(policies=effects)
    assert "What absent values would mean under other rules" in told
    assert "the criterion gives no points 70.00 6 3 places lower" in told
    assert "its weight goes to the other criteria of the group 70.00 4 1 place lower" in told
    assert "the median of the category stands in 70.00 3 in force" in told
    assert "1 place higher" in told
    assert "whoever lacks the value is not ranked – not ranked –" in told


def test_how_much_is_measured_is_told_where_something_is_not() -> None:
    card = open_site().cards[KEY]["35.03"]
    first, second, *rest = card.scores
    lacking = replace(first, reason="missing", raw=None, policy="zero")
    spared = replace(second, reason="not_applicable", raw=None, policy="reweight")
    told = words(scores=(lacking, spared, *rest))
    count = len(card.scores) - 1
    assert f"Measured are {count - 1} of the {count} criteria that concern it." in told
    assert "Measured are" not in words()


def test_the_range_of_a_place_stands_beside_it_with_what_was_varied() -> None:
    site = open_site()
    firm = PublishedRobustness(seal="f" * 64, draws=2_000)
    edition = site.published[0]
    categories = tuple(replace(each, robustness=firm) for each in edition.categories)
    card = site.cards[KEY]["35.03"]
    row = replace(card.row, interval=(2, 5))
    site.cards[KEY]["35.03"] = replace(card, row=row)
    kept = (each for each in site.rows[KEY] if each.id != row.id)
    told = replace(
        site,
        published=(replace(edition, categories=categories), *site.published[1:]),
        rows={**site.rows, KEY: (row, *kept)},
    )
    varied = "It varies weights and scales, not facts."
    pages = [Page(read(visit(told), each)).words for each in (ADDRESS, "/en/ipm-2024/local/")]
    assert [("range 2–5" in each, "90% of 2,000" in each, varied in each) for each in pages] == [
        (True, True, True)
    ] * 2
    assert "not facts" not in words()
