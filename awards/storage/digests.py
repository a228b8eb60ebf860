"""The digests of a published folder: recorded when it is prepared, so that nobody has to
hash all of it to look at a page."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from awards.domain.errors import Altered
from awards.storage.files import checked, sha256_of

DIGESTS = "SHA256SUMS"


def write_digests(folder: Path) -> str:
    """Record the digest of every file below *folder*, in a file beside them; return the
    digest of that file, which is the folder's.

    Its lines are those of ``sha256sum``: digest, two spaces, relative name.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    content = "".join(lines).encode()
    (folder / DIGESTS).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def read_digests(folder: Path, *, digest: str) -> Mapping[str, str]:
    """The recorded digests by relative name. Raises `Altered` unless theirs is *digest* and
    the folder holds these files and no other."""
    lines = checked(folder / DIGESTS, digest).read_text("utf-8").splitlines()
    found = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(there ^ {*found, DIGESTS}):
        raise Altered(f"{name} is {'missing' if name in found else 'one file too many'}.")
    return found
