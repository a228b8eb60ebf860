"""Rows worked on by Polars, in this process; what a run uses unless told otherwise."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

import narwhals as nw
import polars as pl

from awards.evaluation.engines.engine import Frame


class Polars:
    """Queries over the snapshot's file, which run some rows at a time."""

    def refusing(self, category: str) -> AbstractContextManager[None]:  # noqa: ARG002
        """Nothing: rules are written for Polars."""
        return nullcontext()

    def distribute(self, candidates: pl.LazyFrame) -> Frame:
        return nw.from_native(candidates)

    def keep(self, frame: Frame) -> Frame:
        return frame

    def figures(self, frame: Frame, **wanted: nw.Expr) -> Mapping[str, float | None]:
        row = frame.select(**wanted).to_native().collect(engine="streaming")
        return row.row(0, named=True)

    def table(self, frame: Frame, **columns: nw.Expr) -> pl.LazyFrame:
        return frame.select(**columns).to_native()

    def beside(self, frame: Frame, columns: pl.DataFrame) -> Frame:
        return nw.from_native(pl.concat([frame.to_native(), columns.lazy()], how="horizontal"))

    def gather(self, scored: Frame, names: Sequence[str]) -> pl.LazyFrame:  # noqa: ARG002
        """The query as it is: with all columns, and nothing computed yet."""
        return scored.to_native()


POLARS = Polars()
