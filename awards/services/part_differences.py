"""How the rows of a file differ from those that are there: new, gone, changed, far off."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from awards.domain.records import Edition
from awards.domain.uploads import Upload
from awards.services.stores import Stores
from awards.storage.records import Records

THRESHOLD = 0.25
"""A figure that moved by more than this share of what it was is listed as changed."""

FAR = 3.5
"""Modified z-score from which a figure is far from the others (Iglewicz and Hoaglin 1993)."""

BINS = 24
_LISTED = 50
_KEYS = ("id", "name", "source_row", "source_file")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One figure of one candidate, before and now."""

    id: str
    name: str
    code: str
    before: float | None
    now: float | None


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How the figures of one indicator lie: counts in equal steps from low to high, and
    those that are far from the others."""

    code: str
    low: float
    high: float
    bins: tuple[int, ...]
    far: int


@dataclass(frozen=True, kw_only=True)
class PartDifference:
    """``against`` is ``part``, ``snapshot``, or None where there was nothing before.

    Lists hold the first of those that are counted.
    """

    against: str | None
    rows_before: int
    new: int
    gone: int
    changed: int
    new_ids: tuple[str, ...] = ()
    gone_ids: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    far: tuple[Moved, ...] = ()
    spreads: tuple[Spread, ...] = ()


def compare_rows(
    stores: Stores, upload: Upload, edition: Edition, accepted: Path
) -> PartDifference | None:
    """Compare the *accepted* rows with the part that they replace, else with the latest
    snapshot. None for records, of which a candidate has many."""
    if upload.asked.records is not None:
        return None
    table = pl.read_parquet(accepted)
    figures = [name for name, kind in table.schema.items() if kind.is_numeric()]
    codes = [each for each in figures if each not in _KEYS and table[each].count()]
    with stores.database.reading() as records:
        against, path = _before(stores, records, upload, edition)
    far, spreads = _far_off(table, codes)
    if path is None:
        empty = PartDifference(against=None, rows_before=0, new=table.height, gone=0, changed=0)
        return _with_figures(empty, far, spreads)
    before = pl.read_parquet(path)
    known = [each for each in codes if each in before.columns]
    return _with_figures(_compared(table, before, known, against=against), far, spreads)


def _before(
    stores: Stores, records: Records, upload: Upload, edition: Edition
) -> tuple[str | None, Path | None]:
    part = records.parts.named(edition.code, upload.kind, upload.asked.part)
    if part is not None:
        return "part", stores.archive.checked(stores.archive.part(part.id), part.sha256)
    latest = records.snapshots.latest(edition.code, upload.kind)
    if latest is None:
        return None, None
    table = stores.archive.snapshot_table(latest.id)
    return "snapshot", stores.archive.checked(table, latest.sha256)


def _with_figures(
    found: PartDifference, far: tuple[Moved, ...], spreads: tuple[Spread, ...]
) -> PartDifference:
    return PartDifference(**{**vars(found), "far": far, "spreads": spreads})


def _compared(
    table: pl.DataFrame, before: pl.DataFrame, codes: Sequence[str], *, against: str | None
) -> PartDifference:
    once = table.unique("id", keep="first", maintain_order=True)
    earlier = before.unique("id", keep="first", maintain_order=True)
    new = once.join(earlier, on="id", how="anti", maintain_order="left")["id"]
    gone = earlier.join(once, on="id", how="anti", maintain_order="left")["id"]
    moved = _moved(once, earlier, codes)
    return PartDifference(
        against=against,
        rows_before=before.height,
        new=len(new),
        gone=len(gone),
        changed=moved.height,
        new_ids=tuple(new.head(_LISTED)),
        gone_ids=tuple(gone.head(_LISTED)),
        moved=tuple(Moved(**row) for row in moved.head(_LISTED).iter_rows(named=True)),
    )


def _moved(now: pl.DataFrame, before: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
    """The figures that moved by more than the threshold, came or went; the largest first."""
    if not codes:
        return _EMPTY
    long = _long(now, codes).join(_long(before, codes), on=["id", "code"], how="inner")
    old, new = pl.col("value_right"), pl.col("value")
    share = (new - old).abs() / old.abs()
    came_or_went = new.is_null() != old.is_null()
    far = pl.when(old == 0).then(new != 0).otherwise(share > THRESHOLD).fill_null(False)
    found = long.filter(came_or_went | far).sort(
        share, "id", "code", descending=[True, False, False]
    )
    return found.select("id", "name", "code", before=old, now=new)


def _long(table: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
    named = table if "name" in table.columns else table.with_columns(name=pl.lit(""))
    floats = named.select(
        "id", pl.col("name").fill_null(""), *(pl.col(each).cast(pl.Float64) for each in codes)
    )
    return floats.unpivot(codes, index=["id", "name"], variable_name="code", value_name="value")


_EMPTY = pl.DataFrame(
    schema={
        "id": pl.String,
        "name": pl.String,
        "code": pl.String,
        "before": pl.Float64,
        "now": pl.Float64,
    }
)


def _far_off(
    table: pl.DataFrame, codes: Sequence[str]
) -> tuple[tuple[Moved, ...], tuple[Spread, ...]]:
    found: list[Moved] = []
    spreads = []
    for code in codes:
        values = table.select(
            "id", pl.col("name").fill_null(""), value=pl.col(code).cast(pl.Float64)
        )
        far = _far(values.drop_nulls("value"))
        spreads.append(_spread(code, values["value"].drop_nulls(), far.height))
        for id_, name, value in far.head(_LISTED - len(found)).iter_rows():
            found.append(Moved(id=id_, name=name, code=code, before=None, now=value))
    return tuple(found), tuple(spreads)


def _far(values: pl.DataFrame) -> pl.DataFrame:
    """The rows whose modified z-score (0.6745 · |x − median| / MAD) passes the limit."""
    middle = values["value"].median()
    spread = (values["value"] - middle).abs().median()
    if not isinstance(spread, float) or spread == 0:
        return values.head(0)
    score = 0.6745 * (pl.col("value") - middle).abs() / spread
    return values.filter(score > FAR).sort(score, descending=True, maintain_order=True)


def _spread(code: str, values: pl.Series, far: int) -> Spread:
    low, high = float(values.min() or 0.0), float(values.max() or 0.0)  # type: ignore[arg-type]
    width = (high - low) / BINS or 1.0
    at = ((values - low) / width).floor().clip(0, BINS - 1).cast(pl.Int64)
    counts = dict(at.value_counts().iter_rows())
    return Spread(
        code=code, low=low, high=high, bins=tuple(counts.get(n, 0) for n in range(BINS)), far=far
    )
