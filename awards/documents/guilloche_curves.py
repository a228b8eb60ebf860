"""Curves of the line work, written as SVG path data.

One user unit is one millimeter; stroke widths are given in points, because a
printer thinks in points. Every curve is made of cubic Bézier pieces from its
exact derivative (control points P + P′·dt/3), so that few nodes give a smooth
line at any scale.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MM_PER_PT = 25.4 / 72

INK = "#14233B"
GOLD = "#94702A"
GOLD_LIGHT = "#C9AE72"
GROUND_TINT = "#F5EFE1"

Point = tuple[float, float]
Curve = Callable[[float], Point]


@dataclass(frozen=True, slots=True)
class Layer:
    """One ring of a rosette: hypotrochoids between two radii (mm).

    Choose `lobes` and `turns` coprime, and keep the pen's speed below 0.85 of
    the mean radius: near 1 the petals end in cusps that fill in when printed.
    """

    lobes: int
    turns: int
    inner: float
    outer: float
    color: str
    width_pt: float


def format_number(value: float) -> str:
    """Write *value* with at most three decimals and no needless character."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def trace(curve: Curve, slope: Curve, *, start: float, end: float, pieces: int) -> str:
    """Return path data of *curve* from *start* to *end*; *slope* is its derivative."""
    step = (end - start) / pieces
    x, y = (round(v, 3) for v in curve(start))
    head = f"M{format_number(x)} {format_number(y)}c"
    parts = []
    for i in range(pieces):
        t, u = start + i * step, start + (i + 1) * step
        (ax, ay), (bx, by) = curve(t), curve(u)
        (da, ea), (db, eb) = slope(t), slope(u)
        bx3, by3 = round(bx, 3), round(by, 3)
        third = step / 3
        piece = (ax + da * third, ay + ea * third, bx - db * third, by - eb * third, bx3, by3)
        parts.append(" ".join(format_number(v - (y if k % 2 else x)) for k, v in enumerate(piece)))
        x, y = bx3, by3
    return head + " ".join(parts)


def stroke(path: str, color: str, *, width_pt: float) -> str:
    """Return a path element drawn as a line."""
    return (
        f'<path d="{path}" fill="none" stroke="{color}" '
        f'stroke-width="{format_number(width_pt * MM_PER_PT)}" stroke-linejoin="round"/>'
    )


def fill(path: str, color: str) -> str:
    """Return a path element drawn as a flat shape."""
    return f'<path d="{path}" fill="{color}"/>'


def ring(center: Point, radius: float, *, color: str, width_pt: float, ground: str = "none") -> str:
    """Return a circle drawn as a line, filled with *ground*."""
    x, y = center
    return (
        f'<circle cx="{format_number(x)}" cy="{format_number(y)}" r="{format_number(radius)}" '
        f'fill="{ground}" stroke="{color}" '
        f'stroke-width="{format_number(width_pt * MM_PER_PT)}"/>'
    )


def draw_svg(width: float, height: float, *, body: str, origin: Point = (0, 0)) -> str:
    """Return an SVG document of *width* × *height* mm; *origin* is its upper left corner."""
    size = f"{format_number(width)} {format_number(height)}"
    x, y = (format_number(v) for v in origin)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{format_number(width)}mm" '
        f'height="{format_number(height)}mm" viewBox="{x} {y} {size}">{body}</svg>'
    )


def trace_hypotrochoid(center: Point, layer: Layer) -> str:
    """Return one closed hypotrochoid inside the ring of *layer*.

    z(t) = (R − r)·e^{it} + d·e^{−it(R − r)/r}, with R = lobes and r = turns: the line
    closes after `turns` revolutions and has `lobes` petals.
    """
    cx, cy = center
    mean = (layer.inner + layer.outer) / 2
    pen = (layer.outer - layer.inner) / 2
    k = (layer.lobes - layer.turns) / layer.turns

    def curve(t: float) -> Point:
        return (
            cx + mean * math.cos(t) + pen * math.cos(k * t),
            cy + mean * math.sin(t) - pen * math.sin(k * t),
        )

    def slope(t: float) -> Point:
        return (
            -mean * math.sin(t) - pen * k * math.sin(k * t),
            mean * math.cos(t) - pen * k * math.cos(k * t),
        )

    end = 2 * math.pi * layer.turns
    return trace(curve, slope, start=0, end=end, pieces=layer.lobes * 4) + "z"


def draw_rosette(center: Point, layers: Iterable[Layer]) -> str:
    """Return the *layers* drawn around *center*, the first one lowest."""
    return "".join(
        stroke(trace_hypotrochoid(center, layer), layer.color, width_pt=layer.width_pt)
        for layer in layers
    )
