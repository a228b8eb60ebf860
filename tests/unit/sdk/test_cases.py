import pytest

from awards.sdk import Indicator
from awards.sdk.cases import edge_frame, edge_rows, edge_values


def indicator(code: str = "x", **more: object) -> Indicator:
    declared = {"title": {"en": code}, "type": float, "unit": "x"}
    return Indicator(code=code, **(declared | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bounds", "values"),
    [
        ({"minimum": 0, "maximum": 12}, (0.0, 1.0, 6.0, 12.0)),
        ({"minimum": 20, "maximum": 85}, (20.0, 52.5, 85.0)),
        ({"minimum": 20, "maximum": 85, "type": int}, (20.0, 52.0, 85.0)),
        ({"minimum": 5, "maximum": 5}, (5.0,)),
        ({}, (-1_000_000.0, 0.0, 1.0, 1_000_000.0)),
    ],
)
def test_edge_values_stay_within_bounds(
    bounds: dict[str, object], values: tuple[float, ...]
) -> None:
    assert edge_values(indicator(**bounds)) == values


def test_edge_rows_have_every_indicator_missing_zero_and_at_both_bounds() -> None:
    pair = (
        indicator("x", minimum=0, maximum=2, type=int),
        indicator("y", minimum=-1, maximum=1),
    )
    rows = list(edge_rows(pair))
    assert {(None, None), (0.0, -1.0), (2.0, 1.0), (0.0, 0.0), (None, 0.0), (1.0, None)} <= set(
        rows
    )
    frame = edge_frame(pair)
    assert frame.rows() == rows
