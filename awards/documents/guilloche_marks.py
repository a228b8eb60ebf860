"""Kawung and the smaller pieces of line work: ground, rule, lens, emblem, seal."""

import math

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from awards.documents.fonts import Face
from awards.documents.guilloche_curves import (
    GOLD,
    GOLD_LIGHT,
    GROUND_TINT,
    INK,
    Layer,
    Point,
    draw_rosette,
    draw_svg,
    fill,
    format_number,
    ring,
    stroke,
    trace,
)
from awards.domain.errors import Refused


class SealTextTooLong(Refused):
    """The ring of the seal has no room for its text."""


def draw_kawung_mark(center: Point, radius: float, *, color: str) -> str:
    """Return four lenses around a point: the only pictorial element."""
    cx, cy = center
    bulge = radius * 0.46
    parts = []
    for quarter in range(4):
        angle = math.pi / 4 + quarter * math.pi / 2
        ux, uy = math.cos(angle), math.sin(angle)
        near = (cx + ux * radius * 0.14, cy + uy * radius * 0.14)
        far = (cx + ux * radius, cy + uy * radius)
        parts.append(trace_lens(near, far, bulge=(-uy * bulge, ux * bulge)))
    return fill("".join(parts), color)


def trace_lens(start: Point, end: Point, *, bulge: Point) -> str:
    """Return a closed lens from *start* to *end*; *bulge* leads to its control points."""
    (x0, y0), (x1, y1), (bx, by) = start, end, bulge
    mx, my = (x0 + x1) / 2, (y0 + y1) / 2
    n = format_number
    return (
        f"M{n(x0)} {n(y0)}Q{n(mx + bx)} {n(my + by)} {n(x1)} {n(y1)}"
        f"Q{n(mx - bx)} {n(my - by)} {n(x0)} {n(y0)}z"
    )


def draw_ground(width: float, height: float, *, inset: float, pitch: float = 5.6) -> str:
    """Return kawung in outline over the field *inset* mm from the trim.

    Four lenses meet at every second node of a square grid of about *pitch* mm (rounded
    to an even count on both axes). Hairlines in one flat color: about 3 % coverage.
    """
    columns, rows = (_even((side - 2 * inset) / pitch) for side in (width, height))
    px, py = (width - 2 * inset) / columns, (height - 2 * inset) / rows
    cells = (
        _trace_cell((inset + (i + 0.5) * px, inset + (j + 0.5) * py), (px, py), (i + j) % 2 == 0)
        for j in range(rows)
        for i in range(columns)
    )
    return stroke("".join(cells), GROUND_TINT, width_pt=0.25)


def _even(count: float) -> int:
    whole = round(count)
    return whole + whole % 2


def _trace_cell(center: Point, pitch: Point, falling: bool) -> str:
    (cx, cy), (px, py) = center, pitch
    side = 1 if falling else -1
    ax, ay = px * 0.45 * side, py * 0.45
    bulge = (-py * 0.36 * side, px * 0.36)
    seed_x, seed_y = ax * 0.3, ay * 0.3
    n = format_number
    seed = f"M{n(cx - seed_x)} {n(cy - seed_y)}L{n(cx + seed_x)} {n(cy + seed_y)}"
    return trace_lens((cx - ax, cy - ay), (cx + ax, cy + ay), bulge=bulge) + seed


def draw_swelled_rule(length: float = 70.0, half: float = 1.5) -> str:
    """Return a braided rule that swells in the middle and dies out at both ends."""
    strands = "".join(_trace_braid(length, half, phase=math.pi * j / 3) for j in range(6))
    body = stroke(strands, GOLD, width_pt=0.22)
    return draw_svg(length, half * 2 + 0.4, body=body, origin=(0, -half - 0.2))


def _trace_braid(length: float, half: float, *, phase: float, waves: int = 9) -> str:
    omega = 2 * math.pi * waves / length

    def height(s: float) -> float:
        return half * math.sin(math.pi * s / length) ** 2

    def curve(s: float) -> Point:
        return s, height(s) * math.sin(omega * (s - length / 2) + phase)

    def slope(s: float) -> Point:
        u = math.pi * s / length
        rise = half * 2 * math.sin(u) * math.cos(u) * math.pi / length
        angle = omega * (s - length / 2) + phase
        return 1.0, rise * math.sin(angle) + height(s) * omega * math.cos(angle)

    return trace(curve, slope, start=0, end=length, pieces=waves * 8)


def draw_long_lens(length: float = 20.0, thickness: float = 0.55) -> str:
    """Return one long kawung lens: the solid rule beside the rank."""
    middle = thickness / 2
    body = fill(trace_lens((0, middle), (length, middle), bulge=(0, -thickness)), GOLD)
    return draw_svg(length, thickness, body=body)


def draw_emblem(size: float = 17.0, *, second: bool = False) -> str:
    """Return a neutral round mark; a design puts its official file in its place."""
    r = size / 2 - 0.2
    rings = ring((0, 0), r, color=INK, width_pt=0.8, ground="#fff") + ring(
        (0, 0), r * 0.90, color=INK, width_pt=0.25
    )
    body = _draw_diamond(r) if second else _draw_flower(r)
    return draw_svg(size, size, body=rings + body, origin=(-size / 2, -size / 2))


def _draw_flower(r: float) -> str:
    petals = draw_rosette((0, 0), [Layer(36, 11, r * 0.40, r * 0.84, INK, 0.22)])
    return petals + draw_kawung_mark((0, 0), r * 0.34, color=GOLD)


def _draw_diamond(r: float) -> str:
    petals = draw_rosette((0, 0), [Layer(28, 9, r * 0.60, r * 0.84, INK, 0.22)])
    outer, inner = (_trace_diamond(r * k) for k in (0.40, 0.20))
    return petals + stroke(outer, GOLD, width_pt=1.1) + fill(inner, GOLD)


def _trace_diamond(s: float) -> str:
    n = format_number
    return f"M0 {n(-s)}L{n(s)} 0L0 {n(s)}L{n(-s)} 0z"


def draw_seal(text: str, face: Face, *, size: float = 30.0, weight: float = 1.0) -> str:
    """Return the printed seal: engine-turned rings, *text* on a circle, kawung inside.

    *weight* multiplies the line widths, for a seal that is printed reduced.
    Raises `SealTextTooLong` when the ring has no room for *text*.
    """
    r = size / 2 - 0.2
    outside = (
        Layer(72, 11, r * 0.84, r, GOLD, 0.22 * weight),
        Layer(72, 5, r * 0.86, r * 0.97, GOLD_LIGHT, 0.18 * weight),
    )
    inside = (
        Layer(32, 13, r * 0.22, r * 0.58, GOLD, 0.20 * weight),
        Layer(32, 11, r * 0.32, r * 0.54, GOLD_LIGHT, 0.18 * weight),
    )
    body = (
        f'<circle r="{format_number(r)}" fill="#fff"/>',
        draw_rosette((0, 0), outside),
        ring((0, 0), r * 0.82, color=GOLD, width_pt=0.5 * weight),
        ring((0, 0), r * 0.605, color=GOLD, width_pt=0.25 * weight),
        fill(trace_ring_text(text, face, radius=r * 0.713, size=r * 0.17), INK),
        draw_rosette((0, 0), inside),
        draw_kawung_mark((0, 0), r * 0.20, color=INK),
    )
    return draw_svg(size, size, body="".join(body), origin=(-size / 2, -size / 2))


def trace_ring_text(text: str, face: Face, *, radius: float, size: float) -> str:
    """Return *text* as outlines, spread over a whole circle of *radius* mm.

    The part before the first " ·" is centered at twelve o'clock. Raises
    `SealTextTooLong` when the letters would overlap.
    """
    advances = [face.measure(letter) * size for letter in text]
    gap = (2 * math.pi * radius - sum(advances)) / len(text)
    if gap < 0:
        raise SealTextTooLong(
            f"The seal has no room for “{text.strip(' ·')}”. "
            "Give a shorter text, about 40 characters."
        )
    lead = len(text.split(" ·", maxsplit=1)[0])
    position = -(sum(advances[:lead]) + gap * (lead - 1)) / 2
    parts = []
    for letter, advance in zip(text, advances, strict=True):
        angle = (position + advance / 2) / radius
        parts.append(_trace_letter(letter, face, angle=angle, radius=radius, size=size))
        position += advance + gap
    return "".join(parts)


def _trace_letter(letter: str, face: Face, *, angle: float, radius: float, size: float) -> str:
    """Return one letter turned by *angle* so that its middle stands on the circle."""
    scale = size / face.units_per_em
    cos, sin = math.cos(angle), math.sin(angle)
    left = -face.measure(letter) * size / 2
    base = -radius + face.cap_height * size / 2
    origin = (left * cos - base * sin, left * sin + base * cos)
    pen = SVGPathPen(face.glyphs, ntos=format_number)
    turned = (scale * cos, scale * sin, scale * sin, -scale * cos, *origin)
    face.glyphs[face.glyph_name(letter)].draw(TransformPen(pen, turned))
    commands: str = pen.getCommands()
    return commands
