import json
from collections.abc import Sequence

from awards.documents.maps import draw_areas

Square = tuple[float, float, float]


def square(x: float, y: float, size: float) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def collection(areas: dict[str, Sequence[Square]]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code, "nama": f"Kota {code}", "jenis": "Kota"},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[square(*each)] for each in squares],
            },
        }
        for code, squares in areas.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_areas_fill_the_drawing_and_keep_their_shape() -> None:
    drawing = draw_areas(collection({"A": [(0, 0, 1)], "B": [(1, 0, 1)]}), width=216)
    assert drawing.width == 216
    assert drawing.height == 117
    assert [each.id for each in drawing.areas] == ["A", "B"]
    assert drawing.areas[0].path == ("M8.0 108.0L108.0 108.0L108.0 8.0L8.0 8.0L8.0 108.0Z")
    assert (drawing.areas[0].x, drawing.areas[0].y) == (58, 58)


def test_small_areas_get_a_circle_and_come_last() -> None:
    drawing = draw_areas(collection({"A": [(0.5, 0.5, 0.01)], "B": [(0, 0, 1)]}))
    assert [(each.id, each.small) for each in drawing.areas] == [("B", False), ("A", True)]


def test_islands_far_out_are_left_out_of_the_frame() -> None:
    near = draw_areas(collection({"A": [(0, 0, 1)], "B": [(1, 0, 1)]}))
    far = draw_areas(collection({"A": [(0, 0, 1), (0, 9, 0.1)], "B": [(1, 0, 1)]}))
    assert far == near


def test_labels_do_not_lie_on_each_other() -> None:
    areas = {f"{n:02}": [(n * 0.01, 0.0, 0.005)] for n in range(40)}
    drawing = draw_areas(collection({**areas, "big": [(-2, -2, 4)]}))
    boxes = sorted((label.x, label.y) for label in drawing.labels)
    assert 0 < len(boxes) < 41
    texts = [label.text for label in drawing.labels]
    assert len(set(texts)) == len(texts)
