"""Line work that is drawn once in a process and then replayed into every PDF."""

import zlib
from collections.abc import Callable, Container
from functools import lru_cache
from html import escape
from threading import Lock
from typing import Any
from xml.etree import ElementTree

from weasyprint.images import SVGImage

from awards.documents.fonts import SANS, SERIF, Face, cut_faces
from awards.documents.guilloche_curves import GOLD, draw_svg, format_number
from awards.documents.guilloche_frame import Border, draw_frame
from awards.documents.guilloche_marks import (
    draw_emblem,
    draw_ground,
    draw_long_lens,
    draw_seal,
    draw_swelled_rule,
)

PAGE_MM = (297.0, 210.0)
MICROTEXT_MM, MICROTEXT_PT = 253.0, 1.9


class RecordedPicture(SVGImage):  # type: ignore[misc]  # WeasyPrint has no types
    """An SVG picture whose drawing operators are kept, compressed, after the first drawing.

    Drawing the border takes half a second, replaying it next to nothing. Given to
    WeasyPrint through its image cache. Only for pictures of plain paths: text would
    need the fonts of each document.
    """

    def __init__(self, svg: str) -> None:
        tree = ElementTree.fromstring(svg)  # noqa: S314  # drawn by this program
        super().__init__(tree, None, None, None)
        self._recording = Lock()
        self._drawn: dict[tuple[float, float], tuple[bytes, dict[str, Any]]] = {}

    def draw(self, stream: Any, concrete_width: float, concrete_height: float, _style: Any) -> None:
        """Draw the picture as a group of its own, from the record if there is one."""
        size = (concrete_width, concrete_height)
        group = stream.add_group(0, 0, *size)
        with self._recording:
            if size not in self._drawn:
                super().draw(group, *size, _style)
                states = dict(group.extra["Resources"]["ExtGState"])
                self._drawn[size] = (_compress(group), states)
        operators, states = self._drawn[size]
        group.stream[:] = [operators]
        group.compress = False
        group.extra["Filter"] = "/FlateDecode"
        group.extra["Resources"]["ExtGState"].update(states)
        stream.draw_x_object(group.id)


def _compress(group: Any) -> bytes:
    operators = (item if isinstance(item, bytes) else item.data for item in group.stream)
    return zlib.compress(b"\n".join(operators))


_LINE_WORK: dict[str, Callable[[], str]] = {
    "frame.svg": lambda: draw_svg(*PAGE_MM, body=draw_frame(*PAGE_MM, Border())),
    "ground.svg": lambda: draw_svg(*PAGE_MM, body=draw_ground(*PAGE_MM, inset=Border().inset)),
    "rule.svg": draw_swelled_rule,
    "lens.svg": draw_long_lens,
    "emblem-left.svg": draw_emblem,
    "emblem-right.svg": lambda: draw_emblem(second=True),
}
LINE_WORK = tuple(_LINE_WORK)
SEAL = "seal.svg"


def draw_pictures(seal_text: str, *, without: Container[str] = ()) -> dict[str, RecordedPicture]:
    """Return all line work by name, the seal included, but for the names in *without*."""
    pictures = {name: draw_line_work(name) for name in LINE_WORK if name not in without}
    if SEAL not in without:
        pictures[SEAL] = draw_seal_picture(seal_text)
    return pictures


@lru_cache(maxsize=16)
def draw_line_work(name: str) -> RecordedPicture:
    """Return one of `LINE_WORK`."""
    return RecordedPicture(_LINE_WORK[name]())


@lru_cache(maxsize=16)
def draw_seal_picture(text: str) -> RecordedPicture:
    """Return the seal with *text* on its ring, or raise `SealTextTooLong`."""
    spaced = f"{text.strip(' ·')} · "
    return RecordedPicture(draw_seal(spaced, cut_faces([text]).find(SERIF, 600)))


def draw_microtext(text: str, face: Face) -> str:
    """Return *text* repeated over 253 mm in letters of about 1.9 pt, on a white strip.

    Whole repeats only; the size of the letters takes up the rest. It reads as a hairline
    at arm's length and carries the certificate's own number and serial.
    """
    unit = f"{text} · "
    times = max(1, round(MICROTEXT_MM / face.measure_mm(unit, MICROTEXT_PT)))
    line = (unit * times).rstrip(" ·")
    size = MICROTEXT_MM / face.measure(line)
    body = (
        f'<rect width="{format_number(MICROTEXT_MM)}" height="1" fill="#fff"/>'
        f'<text x="{format_number(MICROTEXT_MM / 2)}" y=".72" text-anchor="middle" '
        f'font-family="{SANS}" font-weight="600" font-size="{size:.4f}" fill="{GOLD}">'
        f"{escape(line, quote=False)}</text>"
    )
    return draw_svg(MICROTEXT_MM, 1, body=body)
