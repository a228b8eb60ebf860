"""XML read as a stream of elements, with nothing declared and nothing fetched."""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from awards.intake.archive import CHUNK
from awards.intake.errors import UnreadableFile

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def read_elements(stream: IO[bytes], start: Start, end: End | None = None) -> None:
    """Call *start* and *end* with each element's local name, attributes by theirs.

    Raises `UnreadableFile` for a DOCTYPE and for what is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: start(_local(name), _locals(attributes))
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableFile("damaged", found=f"XML, {error}") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _locals(attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes by local name; LibreOffice's extensions, which repeat names of the
    standard with other meanings, as ``calcext:…``."""
    return {
        ("calcext:" if "calcext" in name else "") + _local(name): value
        for name, value in attributes.items()
    }


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile("doctype", part="XML")
