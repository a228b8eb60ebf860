"""The ZIP behind a workbook, unpacked in a stream and counted before anything trusts it."""

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from awards.intake.errors import UnreadableFile
from awards.intake.limits import Limits

CHUNK = 1 << 20
RATIO_FLOOR = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DOCTYPE = re.compile(rb"<!doctype", re.IGNORECASE)
_OVERLAP = 16
_LOCAL_HEADER = 30


def open_archive(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The archive, once every entry was unpacked and counted.

    Sizes are those of the bytes that came out: what the directory claims is not
    believed. Raises `UnreadableFile`.
    """
    try:
        archive = zipfile.ZipFile(path)
        _check_entries(archive, limits)
        _check_sizes(archive, path.stat().st_size, limits)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:
        raise UnreadableFile("damaged", found=type(error).__name__) from error
    return archive


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _check_entries(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise UnreadableFile("too-many-entries", size=len(entries), limit=limits.entries)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise UnreadableFile("damaged", found="one name twice")
    for entry in entries:
        _check_entry(entry)
    _check_overlap(entries)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise UnreadableFile("encrypted")
    if entry.compress_type not in _METHODS:
        raise UnreadableFile("damaged", found=f"method {entry.compress_type}")
    name = entry.filename
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise UnreadableFile("damaged", found="a name that leads outside")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableFile("damaged", found="a symbolic link")


def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnreadableFile("damaged", found="parts that overlap")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def _check_sizes(archive: zipfile.ZipFile, file_bytes: int, limits: Limits) -> None:
    tight = max(RATIO_FLOOR, limits.ratio * file_bytes)
    total = 0
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            for chunk in _checked(stream, entry.filename):
                total += len(chunk)
                if total > limits.unpacked_bytes:
                    raise UnreadableFile("unpacked-too-large", limit=limits.unpacked_bytes)
                if total > tight:
                    raise UnreadableFile("packed-too-tightly", limit=limits.ratio)


def _checked(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """The chunks of a part; a DOCTYPE or, in XML, another encoding than UTF-8 is refused."""
    markup = name.endswith((".xml", ".rels", ".vml"))
    tail = b""
    for chunk in chunks(stream):
        if _DOCTYPE.search(tail + chunk):
            raise UnreadableFile("doctype", part=name)
        if markup and b"\0" in chunk:
            raise UnreadableFile("damaged", found=f"{name} is not UTF-8")
        tail = chunk[-_OVERLAP:]
        yield chunk
