"""What a file is by its first bytes: its name and extension are only what it is called."""

from pathlib import Path

from awards.intake.errors import UnreadableFile

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"{\\rtf", "a text document"),
)
_PAGES = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg")


def refuse_other_formats(head: bytes, source: Path) -> None:
    """Raise `UnreadableFile` for what is neither a ZIP nor text; *head* is its beginning."""
    if head.startswith(COMPOUND):
        raise _compound(source)
    for signature, found in _OTHERS:
        if head.startswith(signature):
            raise UnreadableFile("not-a-table", found=found)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise UnreadableFile("not-a-table", found="a web page or XML")


def _compound(source: Path) -> UnreadableFile:
    if _ENCRYPTED in source.read_bytes():
        return UnreadableFile("encrypted")
    return UnreadableFile("old-workbook", found="XLS")
