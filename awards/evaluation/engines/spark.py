"""Rows worked on by Spark, on as many machines as it has.

Candidates are numbered in the order of their ids on the way there, and that number
brings every row that comes back to its place. Tables travel as Parquet in a folder that
the driver and all workers see under the same name.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from awards.evaluation.engines.engine import Frame
from awards.evaluation.errors import RunRefused

ROW = ":row"
"""The number of a candidate in the order of ids, from 0."""


class Spark:
    """Queries over what was laid down in *folder*, which must be empty."""

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._session, self._folder = session, folder
        self._numbers, self._rows = count(), 0

    def refusing(self, category: str) -> AbstractContextManager[None]:
        return refusing(f"a rule of category {category!r}")

    def distribute(self, candidates: pl.LazyFrame) -> Frame:
        self._rows = candidates.select(pl.len()).collect(engine="streaming").item()
        return self._laid_down(candidates)

    def keep(self, frame: Frame) -> Frame:
        """Also what makes long rules short to plan: a step begins at a table again."""
        with refusing("raw values"):
            return self._read(self._write(_native(frame))[0].parent)

    def figures(self, frame: Frame, **wanted: nw.Expr) -> Mapping[str, float | None]:
        with refusing("figures of cohorts"):
            [row] = _native(frame.select(**wanted)).collect()
        return dict(row.asDict())

    def table(self, frame: Frame, **columns: nw.Expr) -> pl.LazyFrame:
        with refusing("values of cohorts"):
            files = self._write(_native(frame.select(nw.col(ROW), **columns)))
        return pl.scan_parquet(files).sort(ROW).drop(ROW)

    def beside(self, frame: Frame, columns: pl.DataFrame) -> Frame:
        with refusing("positions in cohorts"):
            return frame.join(self._laid_down(columns.lazy()), on=ROW, how="left")

    def gather(self, scored: Frame, names: Sequence[str]) -> pl.LazyFrame:
        """Computed once, sorted and written by the workers."""
        with refusing("points"):
            files = self._write(_native(scored.select(ROW, *names)).sort(ROW))
        found = pl.scan_parquet(files)
        _refuse_lost_rows(found, self._rows)
        return found.select(names)

    def _laid_down(self, table: pl.LazyFrame) -> Frame:
        path = self._path()
        numbered = table.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))
        numbered.sink_parquet(path)
        with refusing("the snapshot"):
            return self._read(path)

    def _read(self, path: Path) -> Frame:
        found: Any = nw.from_native(self._session.read.parquet(path.as_uri()))
        frame: Frame = found
        return frame

    def _write(self, frame: DataFrame) -> list[Path]:
        path = self._path()
        frame.write.parquet(path.as_uri())
        return sorted(path.glob("part-*.parquet"))

    def _path(self) -> Path:
        return self._folder.resolve() / f"{next(self._numbers)}.parquet"


@contextmanager
def spark_session(address: str, **settings: str) -> Iterator[SparkSession]:
    """The Spark at *address*: a master such as ``local[2]`` or ``spark://HOST:7077``, or
    ``sc://HOST`` for Spark Connect. One that this process has already is used as it is
    and left running, without *settings*. Raises `RunRefused` where none can be had."""
    running = SparkSession.getActiveSession()
    session = running
    if session is None:
        with refusing("anything"):
            session = _started(address, settings)
    try:
        yield session
    finally:
        if running is None:
            session.stop()


def _started(address: str, settings: Mapping[str, str]) -> SparkSession:
    builder = SparkSession.builder.appName("awards")
    remote = address.startswith("sc://")
    builder = builder.remote(address) if remote else builder.master(address)
    own = _SETTINGS if remote else _SETTINGS | _QUIET
    for name, value in {**own, **settings}.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        return builder.getOrCreate()


_SETTINGS = {"spark.sql.ansi.enabled": "true", "spark.sql.caseSensitive": "true"}
"""What expressions mean: what overflows is refused, not wrapped around."""
_QUIET = {
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


_NOT_DONE = (PySparkException, Py4JError, NotImplementedError)


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Turn what Spark does not do into `RunRefused`, in words."""
    try:
        yield
    except (*_NOT_DONE, ValueError, TypeError, AttributeError) as error:
        told = str(error).strip().splitlines() or [type(error).__name__]
        raise RunRefused(
            f"Spark does not compute {what}: {told[0]} Evaluate on Polars: --engine polars"
        ) from error


def _native(frame: Frame) -> DataFrame:
    native: Any = frame.to_native()
    found: DataFrame = native
    return found


def _refuse_lost_rows(found: pl.LazyFrame, rows: int) -> None:
    in_place = (pl.col(ROW) == pl.int_range(pl.len(), dtype=pl.Int64)).all()
    there, ordered = found.select(pl.len(), ordered=in_place).collect().row(0)
    if (there, ordered) != (rows, True):
        raise RunRefused(
            f"Spark returned {there} rows of {rows}, or not in their order. Nothing was written. "
            "See that its workers and this machine see one folder."
        )
