"""The few operations in which engines differ; everything else is expressions."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import narwhals as nw
import polars as pl

Frame = nw.LazyFrame[pl.LazyFrame]
"""A query over candidates, on whichever engine holds them."""


class Engine(Protocol):
    """Works on the rows of candidates. What it is given and what it returns as tables of
    Polars has the candidates in the order of their ids."""

    def refusing(self, category: str) -> AbstractContextManager[None]:
        """Turns what the engine does not do for *category* into `RunRefused`, in words."""

    def distribute(self, candidates: pl.LazyFrame) -> Frame:
        """*candidates*, sorted by id, as the engine holds them."""

    def keep(self, frame: Frame) -> Frame:
        """*frame*, of which several things will be asked: computed once, where that pays."""

    def figures(self, frame: Frame, **wanted: nw.Expr) -> Mapping[str, float | None]:
        """One number for all rows of *frame* under each name. None of *wanted* may be a
        sum: an engine adds in an order of its own."""

    def table(self, frame: Frame, **columns: nw.Expr) -> pl.LazyFrame:
        """*columns* of the rows of *frame*, to be read on this machine."""

    def beside(self, frame: Frame, columns: pl.DataFrame) -> Frame:
        """*frame*, of all candidates, with *columns*, a row for each of them."""

    def gather(self, scored: Frame, names: Sequence[str]) -> pl.LazyFrame:
        """*scored*, of all candidates, to be read on this machine: at least *names*."""
