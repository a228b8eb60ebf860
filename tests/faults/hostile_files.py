"""Files made to hurt, from a seed: the same number gives the same bytes."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.unit.intake.files import inline, ods_number, ods_parts, ods_text, xlsx_parts

Parts = Mapping[str, str | bytes]

_NASTY = (
    b"\0",
    b"\xff\xfe",
    b'"',
    b"<",
    b">",
    b"&#x0;",
    b"]]>",
    b"<!DOCTYPE a>",
    b"XFD1048576",
    b"99999999999999999999",
    b"-1",
    b"1e999",
    b"NaN",
    b'r="A1"',
    b't="s"',
    b't="e"',
    b't="d"',
    b";;;;",
    b"\r",
    "٣".encode(),
    "\u202e".encode(),
    b"=cmd|'/c calc'!A0",
)


def archive(parts: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of *parts*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def healthy_xlsx() -> dict[str, str]:
    rows = [
        f'<row r="{row}">{inline(f"A{row}", candidate)}<c r="B{row}" s="0"><v>{row}.5</v></c></row>'
        for row, candidate in enumerate(("35.07", "35.17", "35.78"), 2)
    ]
    titles = f'<row r="1">{inline("A1", "id")}{inline("B1", "poverty")}</row>'
    styles = '<cellXfs count="1"><xf numFmtId="0"/></cellXfs>'
    dimension = '<dimension ref="A1:B4"/>'
    return xlsx_parts(titles + "".join(rows), dimension=dimension, styles=styles)


def healthy_ods() -> dict[str, str]:
    rows = [ods_text("id") + ods_text("poverty"), ods_text("35.07") + ods_number(9.5)]
    return ods_parts("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


def healthy_csv() -> bytes:
    return b'id;name;poverty\n35.07;"Kab. Malang";9,5\n35.17;Jombang;8,75\n35.78;Surabaya;4,1\n'


def mutated(data: bytes, dice: random.Random) -> bytes:
    """*data* with a few bytes flipped, cut, doubled or replaced by something nasty."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(changed) + 1)
        length = dice.choice((1, 2, 8, 64))
        act = dice.randrange(5)
        if act == 0:
            changed[at : at + 1] = bytes([dice.randrange(256)])
        elif act == 1:
            del changed[at : at + length]
        elif act == 2:
            changed[at:at] = changed[max(0, at - length) : at]
        elif act == 3:
            changed[at:at] = dice.choice(_NASTY)
        else:
            changed[at : at + length] = dice.randbytes(length)
    return bytes(changed)


def hostile_bytes(number: int) -> bytes:
    """The file of that number: a mutation of a CSV, of an archive, or of a part within one."""
    dice = random.Random(number)
    makers: tuple[Callable[[random.Random], bytes], ...] = (
        lambda dice: mutated(healthy_csv(), dice),
        lambda dice: mutated(healthy_csv().decode().encode(dice.choice(("utf-16", "cp500"))), dice),
        lambda dice: mutated(archive(healthy_xlsx()), dice),
        lambda dice: _with_mutated_part(healthy_xlsx(), dice),
        lambda dice: _with_mutated_part(healthy_ods(), dice),
        lambda dice: _cut(archive(healthy_xlsx()), dice),
        lambda dice: dice.randbytes(dice.randrange(1, 2_000)),
        lambda dice: b"PK\x03\x04" + dice.randbytes(dice.randrange(1, 2_000)),
    )
    return makers[number % len(makers)](dice)


def overlapping_archive() -> bytes:
    """An XLSX whose directory names one part's bytes a second time."""
    data = archive(healthy_xlsx() | {"xl/worksheets/sheet2.xml": "<worksheet/>"})
    first = data.index(b"PK\x01\x02")
    last = data.rindex(b"PK\x01\x02")
    offset = data[first + 42 : first + 46]
    return data[: last + 42] + offset + data[last + 46 :]


def with_false_size(size: int) -> bytes:
    """An XLSX whose directory understates how large its sheet unpacks."""
    data = bytearray(archive(healthy_xlsx()))
    name = data.rindex(b"xl/worksheets/sheet1.xml")
    entry = data.rindex(b"PK\x01\x02", 0, name)
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


def _with_mutated_part(parts: Mapping[str, str], dice: random.Random) -> bytes:
    name = dice.choice(sorted(parts))
    return archive({**parts, name: mutated(parts[name].encode(), dice)})


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data))]
