"""Receive a file, say how it is to be read, and let go of it."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import cast

from awards.domain.errors import Refused
from awards.domain.records import Edition
from awards.domain.uploads import Asked, ColumnProfile, Upload
from awards.intake.types import ColumnMap, Layout, Numbers
from awards.sdk.rulebook import RuleBook
from awards.services.imports import Delivery, layout_of
from awards.services.stores import Act, Stores
from awards.storage.records import Records

MOST = 256 * 1024 * 1024
"""The largest file that is taken through a page; larger ones come by `awards import`."""

_UNSAFE = re.compile(r"[^\w .()\[\]+=,@-]+")
_SPOKEN = re.compile(r"[^a-z0-9]+")


class FileTooLarge(Refused):
    """A file is larger than pages take."""


def receive(
    stores: Stores,
    chunks: Iterable[bytes],
    *,
    name: str,
    edition: Edition,
    kind: str,
    asked: Asked,
    act: Act,
) -> Upload:
    """Keep the file that arrives in *chunks*, byte for byte, as an upload for *edition*.

    How the sender wrote columns the last time is taken over. Raises `FileTooLarge`, and
    `Refused` for an empty file; nothing is kept then.
    """
    upload_id = secrets.token_hex(12)
    with stores.archive.workspace() as work:
        folder = work / "upload"
        folder.mkdir()
        path = folder / safe_name(name)
        sha256, size = _write(chunks, path)
        upload = Upload(
            id=upload_id,
            edition=edition.code,
            kind=kind,
            file=path.name,
            sha256=sha256,
            size=size,
            by=act.by,
            at=act.at,
            asked=asked,
        )
        stores.archive.adopt_folder(folder, stores.archive.upload(upload_id))
    with stores.database.transaction() as records:
        profile = _profile(records, upload)
        upload = replace(upload, asked=_remembered(asked, profile))
        records.uploads.add(upload)
    return upload


def ask(stores: Stores, upload: Upload, *, asked: Asked, version: int) -> Upload:
    """Say anew how *upload* is to be read. Raises `EditConflict` when somebody else did."""
    refuse_closed(upload)
    with stores.database.transaction() as records:
        return records.uploads.ask(upload.id, asked, version=version)


def drop(stores: Stores, upload: Upload) -> None:
    """Let go of a file that did not become a part; its bytes are removed by the sweep."""
    refuse_closed(upload)
    with stores.database.transaction() as records:
        records.uploads.drop(upload.id)
    with stores.archive.workspace() as work:
        folder = stores.archive.upload(upload.id)
        if folder.is_dir():
            folder.rename(work / "dropped")


def refuse_closed(upload: Upload) -> None:
    if upload.made is not None:
        raise Refused(f"{upload.file} is part of the data already. Send a new file to replace it.")


def file_of(stores: Stores, upload: Upload) -> Path:
    """The received file, once its bytes were found to be those that arrived."""
    path = stores.archive.upload(upload.id) / upload.file
    return stores.archive.checked(path, upload.sha256)


def layout_for(upload: Upload, edition: Edition, *, rulebook: RuleBook) -> Layout:
    return layout_of(
        edition,
        upload.kind,
        rulebook=rulebook,
        scheme=upload.asked.scheme,
        records=upload.asked.records,
    )


def column_map_of(asked: Asked) -> ColumnMap:
    return ColumnMap(
        columns=dict(asked.columns),
        sheet=asked.sheet,
        header_row=asked.header_row,
        numbers=cast(Numbers | None, asked.numbers),
    )


def delivery_of(asked: Asked) -> Delivery:
    """Whoever accepts an upload was told before how many rows are left out."""
    return Delivery(
        part=asked.part,
        sender=asked.sender,
        letter=asked.letter,
        as_of=asked.as_of,
        accept_valid=True,
        add=asked.add,
        scheme=asked.scheme,
    )


def profile_of(upload: Upload) -> ColumnProfile | None:
    """What to remember of the sender; None where nobody is named, or rows were added."""
    asked = upload.asked
    if asked.sender is None or asked.add:
        return None
    return ColumnProfile(
        sender=asked.sender,
        kind=upload.kind,
        records=asked.records,
        columns=dict(asked.columns),
        sheet=asked.sheet,
        header_row=asked.header_row,
        numbers=asked.numbers,
    )


def safe_name(name: str) -> str:
    """A file's own name without folders, leading points and unusual signs."""
    bare = PurePath(name.replace("\\", "/")).name
    kept = _UNSAFE.sub("_", bare).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    return f"{stem[:80]}{dot}{suffix[:10]}" if stem else kept[:80] or "data"


def part_name(sender: str | None, records: str | None) -> str:
    """The usual name of a part: the type of record, the sender in plain letters, or main."""
    plain = _SPOKEN.sub("-", (sender or "").lower()).strip("-")[:40]
    return records or plain or "main"


def _write(chunks: Iterable[bytes], path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST:
                raise FileTooLarge(
                    f"{path.name} is larger than {MOST // 1_048_576} MB. Bring it in on the "
                    "server: awards import"
                )
            digest.update(chunk)
            file.write(chunk)
    if size == 0:
        raise Refused(f"{path.name} is empty (0 bytes). Send it again.")
    return digest.hexdigest(), size


def _profile(records: Records, upload: Upload) -> ColumnProfile | None:
    asked = upload.asked
    if asked.sender is None or asked.columns:
        return None
    return records.profiles.find(asked.sender, upload.kind, records=asked.records)


def _remembered(asked: Asked, profile: ColumnProfile | None) -> Asked:
    if profile is None:
        return asked
    return replace(asked, columns=dict(profile.columns), numbers=profile.numbers)
