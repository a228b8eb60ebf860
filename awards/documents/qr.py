"""QR codes as line work, large enough for a cheap camera."""

import segno

from awards.documents.guilloche_curves import INK, draw_svg, format_number
from awards.domain.errors import Refused

MODULE_MM = 0.7
SMALLEST_MM, LARGEST_MM = 21.0, 26.0


class AddressTooLong(Refused):
    """The address makes a QR code finer than a cheap camera can read on paper."""


def list_modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR code for *address*, without quiet zone, True for dark.

    Raises `AddressTooLong` when a module would be smaller than 0.7 mm.
    """
    code = segno.make(address, error="m", micro=False)
    rows = tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=0))
    if len(rows) * MODULE_MM > LARGEST_MM:
        raise AddressTooLong(
            f"The address {address} ({len(address)} characters) is too long for the QR code "
            f"of a certificate: its squares would be smaller than {MODULE_MM} mm. "
            "Use a shorter address; up to 84 characters fit."
        )
    return rows


def draw_qr(address: str) -> str:
    """Return the QR code for *address* as SVG, 21 to 26 mm wide, dark on nothing.

    The quiet zone is the white plate of the page. Dark modules of a row are one
    shape, so that no viewer shows seams.
    """
    rows = list_modules(address)
    count = len(rows)
    size = max(SMALLEST_MM, count * MODULE_MM)
    scale = size / count
    path = "".join(_trace_row(row, y) for y, row in enumerate(rows))
    body = f'<path transform="scale({scale:.6f})" d="{path}" fill="{INK}"/>'
    return draw_svg(size, size, body=body)


def _trace_row(row: tuple[bool, ...], y: int) -> str:
    parts, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end]:
            end += 1
        if end > x:
            parts.append(f"M{format_number(x)} {y}h{end - x}v1h-{end - x}z")
        x = end + 1
    return "".join(parts)
