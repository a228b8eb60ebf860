"""Files that are written once, whole or not at all, and checked before they are used."""

import hashlib
import os
import shutil
from pathlib import Path

from awards.domain.errors import Altered
from awards.storage.errors import full_disk_in_words


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(path: Path, sha256: str) -> Path:
    """*path*, once its bytes were found to be those of *sha256*.

    Raises `Altered`, naming the file and both digests, before anything uses it.
    """
    found = sha256_of(path) if path.is_file() else "no file"
    if found != sha256:
        raise Altered(
            f"{path} is not the file that was sealed: expected {sha256}, found {found}. "
            "Put the original back from a backup."
        )
    return path


def adopt(temporary: Path, final: Path) -> Path:
    """Move the file *temporary* to *final*: on disk, whole, and never over another.

    Both lie on one file system. The same bytes already there are fine; other
    bytes raise `Altered` and stay as they are.
    """
    with full_disk_in_words(final.parent):
        _make_folders(final.parent)
        _sync(temporary)
        if final.exists():
            checked(final, sha256_of(temporary))
            temporary.unlink()
        else:
            temporary.rename(final)
            _sync(final.parent)
    return final


def adopt_folder(temporary: Path, final: Path) -> Path:
    """Move the folder *temporary*, with all in it, to *final*, like `adopt`."""
    with full_disk_in_words(final.parent):
        _make_folders(final.parent)
        for path in (*temporary.rglob("*"), temporary):
            _sync(path)
        if final.exists():
            _refuse_difference(temporary, final)
            shutil.rmtree(temporary)
        else:
            temporary.rename(final)
            _sync(final.parent)
    return final


def _refuse_difference(temporary: Path, final: Path) -> None:
    expected, found = _digests(temporary), _digests(final)
    for name in sorted(expected.keys() - found.keys() | found.keys() - expected.keys()):
        raise Altered(
            f"{final} is not the folder that was sealed: "
            f"{name} is {'missing' if name in expected else 'one file too many'}."
        )
    for name, sha256 in expected.items():
        checked(final / name, sha256)


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in files}


def _make_folders(folder: Path) -> None:
    if not folder.is_dir():
        _make_folders(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(path: Path) -> None:
    """Wait until *path*, a file or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
