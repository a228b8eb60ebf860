"""The woven border: chains of knots along four sides, a rosette in each corner."""

import math
from dataclasses import dataclass

from awards.documents.guilloche_curves import (
    GOLD,
    GOLD_LIGHT,
    INK,
    MM_PER_PT,
    Layer,
    Point,
    draw_rosette,
    format_number,
    ring,
    stroke,
    trace,
)
from awards.documents.guilloche_marks import draw_kawung_mark


@dataclass(frozen=True, slots=True)
class Border:
    """Measures of a border in mm from the trim; `knot` is a wish, rounded to an odd count."""

    margin: float = 8.0
    band: float = 8.5
    knot: float = 12.5
    corner: float = 6.9

    @property
    def inset(self) -> float:
        """Distance from the trim to the inner hairline."""
        return self.margin + self.band

    @property
    def axis(self) -> float:
        """Distance from the trim to the center line of the band."""
        return self.margin + self.band / 2


@dataclass(frozen=True, slots=True)
class Strands:
    """A bundle of strands whose envelope swells and pinches together.

    `half` is the half width of the band (mm), `cycles` the oscillations of a strand
    in one knot, `shift` the phase of the envelope (π fills the pinches of another
    bundle), `pinch` 0 for a straight ribbon and 1 for a point between the knots.
    """

    half: float
    cycles: int
    count: int
    pinch: float
    color: str
    width_pt: float
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the page: where it starts, how long it is, how many knots it holds."""

    start: float
    across: float
    length: float
    knots: int
    upright: bool

    def place(self, along: float, off: float) -> Point:
        """Return the page's point *along* the side and *off* its axis."""
        point = (self.start + along, self.across + off)
        return point[::-1] if self.upright else point


def draw_frame(width: float, height: float, border: Border) -> str:
    """Return the border of a page of *width* × *height* mm: bands, hairlines, corners."""
    axis = border.axis
    corners = [(x, y) for x in (axis, width - axis) for y in (axis, height - axis)]
    return "".join(
        (
            *(draw_band(side, border.band / 2) for side in list_sides(width, height, border)),
            draw_hairline(width, height, inset=border.margin, width_pt=0.75),
            draw_hairline(width, height, inset=border.inset, width_pt=0.4),
            *(draw_corner(corner, border.corner) for corner in corners),
        )
    )


def list_sides(width: float, height: float, border: Border) -> tuple[Side, ...]:
    """Return the four sides, each with an odd whole number of knots."""
    axis = border.axis
    sides = []
    for upright, along, across in ((False, width, height), (True, height, width)):
        length = along - 2 * axis
        knots = round(length / border.knot)
        knots += 1 - knots % 2
        sides += [
            Side(axis, position, length, knots, upright) for position in (axis, across - axis)
        ]
    return tuple(sides)


def draw_band(side: Side, half: float) -> str:
    """Return the three bundles of one side: gold, light gold in its pinches, ink inside."""
    bundles = (
        Strands(half * 0.92, 1, 14, 0.62, GOLD, 0.20),
        Strands(half * 0.92, 1, 10, 0.62, GOLD_LIGHT, 0.18, math.pi),
        Strands(half * 0.40, 2, 6, 0.5, INK, 0.18),
    )
    return "".join(
        stroke(
            "".join(trace_strand(side, bundle, number=n) for n in range(bundle.count)),
            bundle.color,
            width_pt=bundle.width_pt,
        )
        for bundle in bundles
    )


def trace_strand(side: Side, strands: Strands, *, number: int) -> str:
    """Return one strand, y(s) = h(s)·sin(ω s + φ), with h(s) swelling once a knot."""
    envelope = 2 * math.pi * side.knots / side.length
    wave = envelope * strands.cycles
    phase = 2 * math.pi * number / strands.count
    half, pinch, middle = strands.half, strands.pinch, side.length / 2

    def height(s: float) -> float:
        swell = math.cos(envelope * (s - middle) + strands.shift)
        return half * (1 - pinch / 2 + pinch / 2 * swell)

    def rise(s: float) -> float:
        return -half * pinch / 2 * envelope * math.sin(envelope * (s - middle) + strands.shift)

    def curve(s: float) -> Point:
        return side.place(s, height(s) * math.sin(wave * (s - middle) + phase))

    def slope(s: float) -> Point:
        angle = wave * (s - middle) + phase
        across = rise(s) * math.sin(angle) + height(s) * wave * math.cos(angle)
        return (across, 1.0) if side.upright else (1.0, across)

    pieces = side.knots * max(8, strands.cycles * 6)
    return trace(curve, slope, start=0, end=side.length, pieces=pieces)


def draw_hairline(width: float, height: float, *, inset: float, width_pt: float) -> str:
    """Return a thin rectangle *inset* mm from the trim."""
    at, wide, high = (format_number(v) for v in (inset, width - 2 * inset, height - 2 * inset))
    return (
        f'<rect x="{at}" y="{at}" width="{wide}" height="{high}" fill="none" '
        f'stroke="{INK}" stroke-width="{format_number(width_pt * MM_PER_PT)}"/>'
    )


def draw_corner(center: Point, radius: float) -> str:
    """Return a corner rosette; its ring is a real line that the hairlines butt against."""
    q = radius * 0.93
    layers = (
        Layer(40, 17, 0.54 * q, q, GOLD, 0.20),
        Layer(40, 7, 0.72 * q, 0.92 * q, GOLD_LIGHT, 0.18),
        Layer(20, 9, 0.24 * q, 0.62 * q, INK, 0.20),
    )
    return (
        ring(center, radius, color=INK, width_pt=0.6, ground="#fff")
        + draw_rosette(center, layers)
        + draw_kawung_mark(center, radius * 0.17, color=GOLD)
    )
