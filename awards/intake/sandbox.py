"""The parent's side of reading: start the child, wait with a clock, believe no more than needed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

import awards
from awards.intake.cells import completed
from awards.intake.child import ANSWER
from awards.intake.errors import UnreadableFile
from awards.intake.limits import Limits, usual_limits

_JOB = "job.json"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet's cells as `awards.intake.cells` names them, rows from the first on, in
    batches that are read one at a time.

    ``merged`` holds (top, left, bottom, right), counted from 0.
    """

    name: str | None
    cells: tuple[pl.LazyFrame, ...]
    width: int
    merged: tuple[tuple[int, int, int, int], ...]

    def batches(self) -> Iterator[pl.DataFrame]:
        """The cells, all batches ``width`` wide."""
        for each in self.cells:
            # In one chunk: Polars fails on text of which a filter leaves some chunks empty.
            yield completed(each.collect().rechunk(), self.width)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The sheets that may hold the table: those that are visible, or the one asked for."""

    format: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[Sheet, ...]


@contextmanager
def read_cells(
    source: Path, work: Path, *, sheet: str | None, limits: Limits | None = None
) -> Iterator[Reading]:
    """Parse *source* in a process of its own; its cells lie in *work* until the end.
    The usual *limits* are those of the kind of file.

    Raises `UnreadableFile`, also when that process dies or takes too long.
    """
    limits = limits or usual_limits(source)
    if source.stat().st_size > limits.file_bytes:
        size = source.stat().st_size
        raise UnreadableFile("file-too-large", size=size, limit=limits.file_bytes)
    with _folder(work) as folder:
        _run_child(source, folder, sheet=sheet, limits=limits)
        answer = _answer(folder)
        if "refused" in answer:
            raise UnreadableFile(answer["refused"], **answer["values"])
        yield _reading(answer, folder)


@contextmanager
def _folder(work: Path) -> Iterator[Path]:
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=work, prefix="reading-"))
    try:
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_child(source: Path, folder: Path, *, sheet: str | None, limits: Limits) -> None:
    job = {
        "source": str(source.resolve()),
        "folder": str(folder),
        "sheet": sheet,
        "limits": asdict(limits),
    }
    (folder / _JOB).write_text(json.dumps(job), encoding="utf-8")
    child = _start_child(folder)
    try:
        child.wait(timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("time", limit=limits.wall_seconds) from error
    finally:
        _end_group(child)
    _check_end(child.returncode, limits)


def _start_child(folder: Path) -> subprocess.Popen[bytes]:
    """Our own module, no shell, and no word of the sender's on the command line."""
    with (folder / _JOB).open("rb") as job:
        return subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", "awards.intake.child"],
            stdin=job,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=child_environment(folder),
            start_new_session=True,
        )


def child_environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but the way to the package; secrets stay here."""
    return {
        "PYTHONPATH": str(Path(awards.__file__).resolve().parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(folder),
        "POLARS_MAX_THREADS": "1",
    }


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and whatever it may have started; wait, so that no zombie stays."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _check_end(status: int, limits: Limits) -> None:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableFile("time", limit=limits.cpu_seconds)
    if status == -signal.SIGABRT:
        raise UnreadableFile("memory", limit=limits.memory_bytes)
    if status != 0:
        raise UnreadableFile("reader-died", found=f"status {status}")


def _answer(folder: Path) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile("reader-died", found="no answer") from error
    return answer


def _reading(answer: dict[str, Any], folder: Path) -> Reading:
    return Reading(
        format=answer["format"],
        encoding=answer["encoding"],
        delimiter=answer["delimiter"],
        sheets=tuple(_sheet(each, folder) for each in answer["sheets"]),
    )


def _sheet(described: dict[str, Any], folder: Path) -> Sheet:
    return Sheet(
        name=described["name"],
        cells=tuple(pl.scan_parquet(folder / file) for file in described["files"]),
        width=described["width"],
        merged=tuple((box[0], box[1], box[2], box[3]) for box in described["merged"]),
    )
