"""Where the files of an instance lie, and a place to prepare them."""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from awards.storage import files
from awards.storage.errors import full_disk_in_words
from awards.storage.files import sha256_of

__all__ = ["Archive", "sha256_of"]

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}")


class Archive:
    """The files under *root*, each under the digest or id that it is on record with.

    Nothing is written in place: prepare it in a `workspace`, then `adopt` it.
    """

    adopt = staticmethod(files.adopt)
    adopt_folder = staticmethod(files.adopt_folder)
    checked = staticmethod(files.checked)

    def __init__(self, root: Path) -> None:
        self.root = root

    def source(self, sha256: str) -> Path:
        """A received file, byte for byte."""
        return self._place("sources", sha256)

    def part(self, part_id: str) -> Path:
        """The Parquet file of a part."""
        return self._place("parts", part_id, suffix=".parquet")

    def crosswalk(self, digest: str) -> Path:
        """The Parquet file of a crosswalk."""
        return self._place("crosswalks", digest, suffix=".parquet")

    def snapshot(self, snapshot_id: str) -> Path:
        """The folder of a snapshot: ``snapshot.json`` and the tables it names."""
        return self._place("snapshots", snapshot_id)

    def snapshot_table(self, snapshot_id: str) -> Path:
        return self.snapshot(snapshot_id) / "snapshot.parquet"

    def snapshot_description(self, snapshot_id: str) -> Path:
        return self.snapshot(snapshot_id) / "snapshot.json"

    def run(self, seal: str) -> Path:
        """The folder of a run: results, sources and manifest."""
        return self._place("runs", seal)

    def run_results(self, seal: str) -> Path:
        return self.run(seal) / "results.parquet"

    def run_sources(self, seal: str) -> Path:
        return self.run(seal) / "sources.parquet"

    def run_manifest(self, seal: str) -> Path:
        return self.run(seal) / "manifest.json"

    def robustness(self, seal: str) -> Path:
        """The folder of what is said of how firm a run's places are."""
        return self._place("robustness", seal)

    def robustness_table(self, seal: str) -> Path:
        return self.robustness(seal) / "robustness.parquet"

    def what_if(self, digest: str) -> Path:
        """The Parquet file of the places that a kept what-if changes."""
        return self._place("what-ifs", digest, suffix=".parquet")

    def public(self, digest: str) -> Path:
        """The folder of an edition's prepared public data."""
        return self._place("public", digest)

    def certificate(self, sha256: str) -> Path:
        """An issued certificate."""
        return self._place("certificates", sha256, suffix=".pdf")

    def upload(self, upload_id: str) -> Path:
        """The folder of a file on its way to becoming a part, and what was found in it."""
        return self._place("uploads", upload_id)

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """A new empty folder on the archive's file system, removed at the end.

        A full disk inside raises `StorageFull`.
        """
        with full_disk_in_words(self.root):
            folder, lock = self._open_workspace()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)

    def orphans(self) -> tuple[Path, ...]:
        """The workspaces of processes that are no more."""
        folder = self.root / "tmp"
        found = sorted(folder.iterdir()) if folder.is_dir() else ()
        return tuple(path for path in found if path.is_dir() and _is_orphan(path))

    def sweep(self) -> tuple[Path, ...]:
        """Remove the workspaces of processes that are no more; tell which."""
        temporaries = self._temporaries()
        with _locked(temporaries, fcntl.LOCK_EX):
            orphans = tuple(path for path in sorted(temporaries.iterdir()) if _is_orphan(path))
            for path in orphans:
                shutil.rmtree(path)
        return orphans

    def _open_workspace(self) -> tuple[Path, int]:
        temporaries = self._temporaries()
        # The shared lock keeps a sweep out between making the folder and locking it.
        with _locked(temporaries, fcntl.LOCK_SH):
            folder = temporaries / secrets.token_hex(8)
            folder.mkdir()
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_SH)
        return folder, lock

    def _temporaries(self) -> Path:
        folder = self.root / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _place(self, shelf: str, name: str, *, suffix: str = "") -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot name a file of the archive")
        return self.root / shelf / f"{name}{suffix}"


def _is_orphan(folder: Path) -> bool:
    """Whether no living process holds the lock that `workspace` takes."""
    try:
        with _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return True
    except BlockingIOError:
        return False


@contextmanager
def _locked(folder: Path, kind: int) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)
