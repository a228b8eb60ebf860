"""Desa and kelurahan: as many per regency and city as there are, with made-up codes."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Floats, Ints, chance, part_of, split, stream
from .gaps import leave_out
from .governments import Governments, vulnerable, year_before
from .regions import regions
from .words import invented

PROVINCE_SIZE = 8_494
_KELURAHAN, _DESA = 1_001, 2_001
_EMPTY = {
    "employed_population": 0.002,
    "village_officials": 0.004,
    "village_officials_covered": 0.006,
    "vulnerable_workers": 0.01,
    "participants_before": 0.01,
}


@dataclass(frozen=True, kw_only=True)
class Villages:
    """One entry per village; ``region`` counts into the rows of `regions`."""

    id: pl.Series
    name: pl.Series
    region: Ints
    care: Floats
    employed: Ints
    officials: Ints


def draw_villages(seed: int, governments: Governments, *, size: int = PROVINCE_SIZE) -> Villages:
    """*size* of the province's villages; the people in work of all of them together
    are those of their governments."""
    dice = stream(seed, "villages")
    frame = _codes()
    region = frame["region"].to_numpy()
    care = 0.6 * governments.care[region] + 0.8 * dice.standard_normal(len(frame))
    employed = _employed(dice, governments, region)
    officials = np.where(frame["desa"].to_numpy(), 7 + dice.binomial(8, 0.5, len(frame)), 4)
    kept = np.sort(dice.choice(len(frame), size=size, replace=False))
    return Villages(
        id=frame["id"].gather(kept),
        name=_names(frame["desa"])[kept.tolist()],
        region=region[kept],
        care=care[kept],
        employed=employed[kept],
        officials=officials[kept].astype(np.int64),
    )


def village_table(seed: int, villages: Villages) -> pl.DataFrame:
    """``id``, ``name`` and the seven indicators that villages send, with empty cells."""
    dice = stream(seed, "village figures")
    active = part_of(dice, villages.employed, chance(-0.95 + 0.45 * villages.care))
    covered = part_of(dice, villages.officials, chance(1.8 + 1.2 * villages.care))
    table = pl.DataFrame(
        {
            "id": villages.id,
            "name": villages.name,
            "employed_population": villages.employed,
            "active_participants": active,
            "village_officials": villages.officials,
            "village_officials_covered": covered,
            **vulnerable(dice, villages.employed, care=villages.care),
            "participants_before": year_before(dice, active, care=villages.care),
        }
    )
    return leave_out(dice, table, shares=_EMPTY, care=villages.care)


def _codes() -> pl.DataFrame:
    """``id`` (``35.01.02.2003``), ``region`` and ``desa``, in the order of ids; the
    villages of a region are dealt to its districts in turn."""
    dealt = [_of_region(at, row) for at, row in enumerate(regions().iter_rows(named=True))]
    return pl.concat(dealt).sort("id")


def _of_region(at: int, region: dict[str, object]) -> pl.DataFrame:
    districts = pl.lit(region["districts"], pl.Int64)
    sorts = [("kelurahan", _KELURAHAN), ("desa", _DESA)]
    found = [
        pl.select(serial=pl.int_range(0, pl.lit(region[sort], pl.Int64)))
        .with_columns(
            district=pl.col("serial") % districts + 1,
            village=pl.col("serial") // districts + first,
        )
        .with_columns(desa=pl.lit(sort == "desa"), region=pl.lit(at, pl.Int64))
        for sort, first in sorts
    ]
    district, village = pl.col("district").cast(pl.String).str.zfill(2), pl.col("village")
    code = pl.format("{}.{}.{}", pl.lit(region["code"]), district, village)
    return pl.concat(found).select(id=code, region="region", desa="desa")


def _names(desa: pl.Series) -> pl.Series:
    """``Desa`` or ``Kelurahan`` and an invented word, each once in 8,494."""
    level = pl.select(pl.when(desa).then(pl.lit("Desa")).otherwise(pl.lit("Kelurahan"))).to_series()
    return level + " " + invented(np.arange(len(desa), dtype=np.int64))


def _employed(dice: np.random.Generator, governments: Governments, region: Ints) -> Ints:
    """The people in work of each region, shared out among its villages."""
    weights = np.exp(0.45 * dice.standard_normal(len(region)))
    found = np.zeros(len(region), dtype=np.int64)
    for at, employed in enumerate(governments.employed.tolist()):
        own = region == at
        found[own] = split(dice, employed, weights[own])
    return found
