"""Geometry of a map: areas of a GeoJSON file projected into a drawing.

The projection is equirectangular, true in scale along the middle latitude: right
for a region a few degrees wide.
"""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Point = tuple[float, float]
Ring = Sequence[Point]
Box = tuple[float, float, float, float]

_PADDING = 8.0
_SMALL = 1000.0
"""Areas below this many square units (of a drawing 672 wide) get a circle."""


@dataclass(frozen=True)
class Area:
    """One area as drawn. ``x, y`` is the middle of its largest part, ``width`` the
    breadth of that part; ``small`` asks for a circle, or nobody finds it."""

    id: str
    name: str
    path: str
    x: float
    y: float
    width: float
    small: bool


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Drawing:
    """A map; areas that get a circle come last, so that nothing covers them."""

    width: float
    height: float
    areas: tuple[Area, ...]
    labels: tuple[Label, ...]


@lru_cache(maxsize=16)
def draw_areas(geojson: bytes, *, width: float = 672) -> Drawing:
    """Draw every feature that has a ``kode``; ``nama`` and ``jenis`` give the labels."""
    features = [each for each in json.loads(geojson)["features"] if each["geometry"]]
    shapes = [(each["properties"], list(_rings(each["geometry"]))) for each in features]
    frame = _bounds([_largest(rings) for _, rings in shapes])
    project, height = _projection(frame, width)
    areas = [
        _area(properties, [ring for ring in rings if _within(ring, frame)], project)
        for properties, rings in shapes
    ]
    ordered = tuple(sorted(areas, key=lambda each: (each.small, each.id)))
    return Drawing(width, height, ordered, _labels(ordered, width))


def _rings(geometry: dict[str, object]) -> Iterator[Ring]:
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for polygon in polygons:  # type: ignore[attr-defined]
        yield from polygon


class _Projection:
    def __init__(self, west: float, north: float, stretch: float, scale: float) -> None:
        self._west, self._north = west, north
        self._stretch, self._scale = stretch, scale

    def __call__(self, point: Point) -> Point:
        x = (point[0] - self._west) * self._stretch * self._scale + _PADDING
        return x, (self._north - point[1]) * self._scale + _PADDING


def _largest(rings: Iterable[Ring]) -> Ring:
    return max(rings, key=lambda ring: abs(_size(ring)))


def _bounds(rings: Iterable[Ring]) -> Box:
    """West, south, east and north of all points."""
    points = [point for ring in rings for point in ring]
    eastings, northings = zip(*points, strict=True)
    return min(eastings), min(northings), max(eastings), max(northings)


def _within(ring: Ring, frame: Box) -> bool:
    """Whether the ring lies in the frame of the largest parts; islands far out do not,
    and would make everything else small."""
    west, south, east, north = _bounds([ring])
    return west >= frame[0] and south >= frame[1] and east <= frame[2] and north <= frame[3]


def _projection(frame: Box, width: float) -> tuple[_Projection, float]:
    west, south, east, north = frame
    stretch = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * _PADDING) / max((east - west) * stretch, 1e-9)
    height = math.ceil((north - south) * scale + 2 * _PADDING)
    return _Projection(west, north, stretch, scale), height


def _area(properties: dict[str, str], rings: Sequence[Ring], project: _Projection) -> Area:
    drawn = [[project(point) for point in ring] for ring in rings]
    largest = _largest(drawn)
    x, y = _middle(largest)
    return Area(
        id=str(properties["kode"]),
        name=_short_name(properties),
        path="".join(_path(ring) for ring in drawn),
        x=round(x, 1),
        y=round(y, 1),
        width=max(point[0] for point in largest) - min(point[0] for point in largest),
        small=sum(abs(_size(ring)) for ring in drawn) < _SMALL,
    )


def _short_name(properties: dict[str, str]) -> str:
    name = properties.get("nama", "")
    return name.removeprefix(properties.get("jenis", "")).strip() or name


def _path(ring: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


def _size(ring: Ring) -> float:
    """Signed area, by the shoelace formula."""
    following = [*ring[1:], ring[0]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2


def _middle(ring: Ring) -> Point:
    """Center of mass; of a ring without area, its first point."""
    size = _size(ring)
    if abs(size) < 1e-9:
        return ring[0]
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    return x / (6 * size), y / (6 * size)


_LETTER, _LINE = 6.6, 13.0


def _labels(areas: Sequence[Area], width: float) -> tuple[Label, ...]:
    """Names where there is room, each once: circles first, then broad areas."""
    placed: list[tuple[Label, Box]] = []
    circles = [(each.x - 7, each.y - 7, each.x + 7, each.y + 7) for each in areas if each.small]
    for area in sorted(areas, key=lambda each: (not each.small, -each.width)):
        for label in _candidates(area):
            box = _box(label)
            if any(label.text == other.text for other, _ in placed):
                break
            taken = [other for _, other in placed] + (circles if not area.small else [])
            if _inside(box, width) and not any(_overlap(box, other) for other in taken):
                placed.append((label, box))
                break
    return tuple(label for label, _ in placed)


def _candidates(area: Area) -> Iterator[Label]:
    if area.small:
        yield Label(area.name, round(area.x + 9, 1), round(area.y + 4, 1), "start")
        yield Label(area.name, round(area.x - 9, 1), round(area.y + 4, 1), "end")
    elif len(area.name) * _LETTER <= area.width * 0.9:
        yield Label(area.name, area.x, round(area.y + 4, 1), "middle")


def _box(label: Label) -> Box:
    length = len(label.text) * _LETTER
    left = {"start": 0.0, "middle": length / 2, "end": length}[label.anchor]
    return label.x - left, label.y - _LINE, label.x - left + length, label.y + 3


def _inside(box: Box, width: float) -> bool:
    return box[0] >= 0 and box[2] <= width


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
