import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.sdk import Attribute
from awards.sdk.testing import check_scale
from tests.plugins.rules import STEADY, bundled, described, points

SCALE = Attribute(
    code="scale", title={"en": "Scale"}, values={"small": {"en": "Small"}, "large": {"en": "Large"}}
)
STEPS = ((0.0, 20.0), (50.0, 60.0), (90.0, 100.0))

SOUND: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("goalposts", {"low": 20, "high": 85}, {}),
    ("goalposts", {"low": 20, "high": 85}, {"less_is_better": True}),
    ("goalposts", {"low": 1, "high": 85, "logarithmic": True}, {}),
    ("goalposts", {"low": 1, "high": 85, "logarithmic": True}, {"less_is_better": True}),
    ("goalposts", {"low": 20, "high": 85, "capped": False}, {"bounded": False}),
    ("goalposts", {"low": 1, "high": 5, "capped": False, "logarithmic": True}, {"bounded": False}),
    ("min-max", {}, {}),
    ("min-max", {}, {"less_is_better": True}),
    ("target", {"target": 49}, {}),
    ("target", {"target": 7, "worst": 49}, {"less_is_better": True}),
    ("bands", {"table": STEPS}, {}),
    ("bands", {"table": [(0, 90), (7, 10)]}, {"less_is_better": True}),
    ("bands", {"table": {"small": STEPS}, "keyed_by": "scale"}, {"attributes": (SCALE,)}),
    ("bands", {"table": STEPS, "edges": "excluded"}, {}),
    ("bands", {"table": STEPS, "decimals": 1}, {}),
    ("bands", {"table": {"*": STEPS}, "keyed_by": "scale"}, {"attributes": (SCALE,)}),
    ("z-score", {}, {}),
    ("z-score", {"center": 60, "step": 15}, {"less_is_better": True}),
    ("z-score", {"normal_cdf": True}, {}),
    ("z-score", {"normal_cdf": True}, {"less_is_better": True}),
    ("z-score", {"capped": False}, {"bounded": False}),
    ("percentile", {}, {}),
    ("percentile", {"counting": "below"}, {"less_is_better": True}),
    ("percentile", {"counting": "reached"}, {}),
    ("rank", {}, {}),
    ("rank", {}, {"less_is_better": True}),
    ("rank", {"table": [100, 80, 60, 0]}, {}),
    ("rubric", {"steps": [(0, 0), (50, 60), (100, 100)], "off_steps": "missing"}, {}),
    ("rubric", {"step": 0.25, "maximum": 1, "off_steps": "missing"}, {"less_is_better": True}),
    ("distance", {"target": 49}, {}),
    ("distance", {"target": 7}, {"less_is_better": True}),
    ("distance", {"target": 49, "reach": 20}, {}),
    ("identity", {}, {}),
    ("identity", {"maximum": 49}, {"less_is_better": True}),
]


@pytest.mark.parametrize(("code", "parameters", "more"), SOUND)
def test_scale_is_sound(code: str, parameters: dict[str, Any], more: dict[str, Any]) -> None:
    check_scale(bundled().scale(code), parameters, **more)


VALUES = st.lists(st.none() | st.integers(-50, 200).map(float), min_size=1, max_size=10)


@STEADY
@given(VALUES, st.booleans(), st.booleans())
def test_goalposts_place_a_value_by_distance(
    values: list[float | None], less: bool, capped: bool
) -> None:
    def model(value: float | None) -> float | None:
        if value is None:
            return None
        reached = (value - 20.0) / 65.0
        earned = 100.0 * (1.0 - reached if less else reached)
        return min(max(earned, 0.0), 100.0) if capped else earned

    found = points("goalposts", values, less_is_better=less, low=20, high=85, capped=capped)
    assert found == [model(value) for value in values]


def test_logarithmic_goalposts_are_those_of_the_human_development_index() -> None:
    [low, middle, high] = points(
        "goalposts", [1007.436, 11000.0, 26572.352], low=1007.436, high=26572.352, logarithmic=True
    )
    expected = 100 * math.log(11000 / 1007.436) / math.log(26572.352 / 1007.436)
    assert (low, high) == (0.0, 100.0)
    assert middle == pytest.approx(expected, abs=1e-12)


def test_value_without_a_logarithm_counts_as_low_when_capped() -> None:
    more = {"low": 1.0, "high": 10.0, "logarithmic": True}
    assert points("goalposts", [0.0, -5.0, None], **more) == [0.0, 0.0, None]
    less = points("goalposts", [0.0, -5.0, None], less_is_better=True, **more)
    assert less == [100.0, 100.0, None]


def test_value_without_a_logarithm_has_no_points_when_not_capped() -> None:
    found = points("goalposts", [0.0, -5.0, 1.0], low=1, high=10, logarithmic=True, capped=False)
    assert found == [None, None, 0.0]


@STEADY
@given(VALUES, st.booleans())
def test_min_max_spreads_the_cohort_over_all_points(values: list[float | None], less: bool) -> None:
    known = [value for value in values if value is not None] or [0.0]
    low, high = min(known), max(known)

    def model(value: float | None) -> float | None:
        if value is None or low == high:
            return None if value is None else 100.0
        return 100.0 * ((high - value if less else value - low) / (high - low))

    assert points("min-max", values, less_is_better=less) == [model(value) for value in values]


def test_target_is_reached_exactly_at_the_target() -> None:
    assert points("target", [0.0, 24.5, 49.0, 60.0, -1.0, None], target=49) == [
        0.0,
        50.0,
        100.0,
        100.0,
        0.0,
        None,
    ]


def test_target_falls_to_the_worst_where_less_is_better() -> None:
    found = points("target", [0.0, 5.0, 12.5, 20.0, 30.0], less_is_better=True, target=5, worst=20)
    assert found == [100.0, 100.0, 50.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("less", "parameters", "words"),
    [(True, {"target": 5}, "give `worst`"), (False, {"target": 5, "worst": 9}, "leave it out")],
)
def test_target_refuses_a_worst_that_contradicts_the_direction(
    less: bool, parameters: dict[str, float], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        points("target", [1.0], less_is_better=less, **parameters)


def test_band_edges_belong_to_the_band_above() -> None:
    values = [-1.0, 0.0, 49.999, 50.0, 90.0, 1e9, None]
    assert points("bands", values, table=STEPS) == [0.0, 20.0, 20.0, 60.0, 100.0, 100.0, None]


def test_value_under_the_first_edge_earns_what_is_stated() -> None:
    assert points("bands", [-1.0], table=STEPS, below=5) == [5.0]
    less = points("bands", [-1.0, 3.0], table=[(0, 90), (7, 10)], less_is_better=True)
    assert less == [100.0, 90.0]


def test_bands_are_looked_up_by_attribute_and_missing_without_a_table() -> None:
    found = points(
        "bands",
        [10.0, 10.0, 10.0, 10.0, None],
        attributes={"scale": ["small", "large", "giant", None, "small"]},
        table={"small": [(0, 10), (5, 80)], "large": [(0, 10), (50, 80)]},
        keyed_by="scale",
    )
    assert found == [80.0, 10.0, None, None, None]


@pytest.mark.parametrize(("less", "last"), [(True, 90.0), (False, 1.0)])
def test_bands_refuse_a_table_against_the_direction(less: bool, last: float) -> None:
    with pytest.raises(ValueError, match="is better here, but the table gives the last band"):
        points("bands", [1.0], less_is_better=less, table=[(0, 50), (1, last)])


def test_identity_takes_points_as_they_are() -> None:
    values = [0.0, 33.3, 100.0, 120.0, -3.0, None]
    assert points("identity", values) == [0.0, 33.3, 100.0, 100.0, 0.0, None]
    assert points("identity", values[:3], less_is_better=True) == [100.0, 66.7, 0.0]


@STEADY
@given(st.integers(1, 500))
def test_identity_gives_all_points_for_the_maximum(maximum: int) -> None:
    assert points("identity", [float(maximum)] * 2, maximum=maximum) == [100.0, 100.0]


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("goalposts", {"low": 5, "high": 5}),
        ("goalposts", {"low": 6, "high": 5}),
        ("goalposts", {"low": 0, "high": 5, "logarithmic": True}),
        ("goalposts", {"low": 0, "high": float("inf")}),
        ("goalposts", {"low": 0}),
        ("min-max", {"low": 0}),
        ("target", {"target": 0}),
        ("target", {"target": 5, "worst": 5}),
        ("bands", {"table": []}),
        ("bands", {"table": {}, "keyed_by": "scale"}),
        ("bands", {"table": [(1, 5), (1, 6)]}),
        ("bands", {"table": [(2, 5), (1, 6)]}),
        ("bands", {"table": [(0, 101)]}),
        ("bands", {"table": [(0, 1)], "keyed_by": "scale"}),
        ("bands", {"table": {"small": [(0, 1)]}}),
        ("identity", {"maximum": 0}),
        ("z-score", {"step": 0}),
        ("z-score", {"normal_cdf": True, "center": 50}),
        ("percentile", {"counting": "all"}),
        ("rank", {"table": [50]}),
        ("rank", {"table": [50, 60]}),
        ("rubric", {}),
        ("rubric", {"step": 5}),
        ("rubric", {"step": 5, "maximum": 99}),
        ("rubric", {"steps": [(0, 0), (1, 100)], "step": 1, "maximum": 1}),
        ("rubric", {"steps": [(1, 0), (0, 100)]}),
        ("distance", {"target": 5, "reach": 0}),
        ("bands", {"table": STEPS, "edges": "both"}),
    ],
)
def test_parameters_that_mean_nothing_are_refused(code: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        bundled().scale(code).parameters(**parameters)


@pytest.mark.parametrize(
    ("code", "less", "parameters", "english"),
    [
        ("goalposts", False, {"low": 20, "high": 85}, "20.0 earns 0 points and 85.0 earns 100."),
        ("goalposts", True, {"low": 20, "high": 85}, "85.0 earns 0 points and 20.0 earns 100."),
        (
            "goalposts",
            False,
            {"low": 1, "high": 9, "logarithmic": True, "capped": False},
            "1.0 earns 0 points and 9.0 earns 100; distances are measured on a logarithmic scale; "
            "points may fall outside 0 to 100.",
        ),
        (
            "min-max",
            True,
            {},
            "The highest value of all candidates earns 0 points and the lowest 100; "
            "if all are equal, all earn 100.",
        ),
        (
            "target",
            False,
            {"target": 49},
            "49.0 or more earns 100 points; less earns points in proportion.",
        ),
        (
            "target",
            True,
            {"target": 5, "worst": 20},
            "5.0 or less earns 100 points, 20.0 or more earns 0; between them in proportion.",
        ),
        (
            "bands",
            False,
            {"table": STEPS},
            "Points by band. below 0.0 = 0.0, from 0.0 = 20.0, from 50.0 = 60.0, "
            "from 90.0 = 100.0.",
        ),
        (
            "bands",
            False,
            {"table": {"small": [(1, 2)], "large": [(3, 4)]}, "keyed_by": "scale"},
            "Points by band. small: below 1.0 = 0.0, from 1.0 = 2.0; "
            "large: below 3.0 = 0.0, from 3.0 = 4.0.",
        ),
        (
            "identity",
            True,
            {"maximum": 10},
            "The value itself is the points: 10.0 earns 0 and 0.0 earns 100.",
        ),
    ],
)
def test_scale_says_itself_in_words(
    code: str, less: bool, parameters: dict[str, Any], english: str
) -> None:
    said = described(code, less_is_better=less, **parameters)
    assert said["en"] == english
    assert set(said) == {"en", "id"}
    assert "{" not in said["id"]
