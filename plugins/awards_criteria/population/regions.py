"""The 38 regencies and cities of East Java as a frame for made-up figures."""

import numpy as np
import polars as pl

from awards.sdk import REGENCY_CITY

from .chance import Floats

EMPLOYED = 14_531_668
"""People in work in East Java, as the base of coverage in 2023."""

# Code, people (thousands, rounded), districts, kelurahan, desa. The totals are the
# published ones (666, 773, 7,721); people serve as weights and are shown nowhere.
_ROWS = """
35.01  586 12   5 166
35.02  949 21  26 281
35.03  731 14   5 152
35.04 1090 19  14 257
35.05 1224 22  28 220
35.06 1635 26   1 343
35.07 2654 33  12 378
35.08 1119 21   7 198
35.09 2537 31  22 226
35.10 1708 25  28 189
35.11  776 23  10 209
35.12  686 17   4 132
35.13 1152 24   5 325
35.14 1606 24  24 341
35.15 2083 18  28 319
35.16 1119 18   5 299
35.17 1318 21   4 302
35.18 1104 20  20 264
35.19  744 15   8 198
35.20  671 18  28 207
35.21  870 19   4 213
35.22 1301 28  11 419
35.23 1198 20  17 311
35.24 1344 27  12 462
35.25 1311 18  26 330
35.26 1060 18   8 273
35.27  970 14   6 180
35.28  850 13  11 178
35.29 1124 27   4 330
35.71  287  3  46   0
35.72  149  3  21   0
35.73  844  5  57   0
35.74  240  5  29   0
35.75  208  4  34   0
35.76  132  3  18   0
35.77  195  3  27   0
35.78 2874 31 153   0
35.79  213  3   5  19
"""
_NUMBERS = ("people", "districts", "kelurahan", "desa")
_INDUSTRY = {"35.78": 3.2, "35.15": 2.4, "35.25": 2.0, "35.14": 1.6, "35.16": 1.4, "35.73": 1.7}


def regions() -> pl.DataFrame:
    """``code``, ``name``, ``people``, ``districts``, ``kelurahan`` and ``desa``."""
    rows = [line.split() for line in _ROWS.split("\n") if line]
    return pl.DataFrame(
        {
            "code": [row[0] for row in rows],
            "name": [REGENCY_CITY.names[row[0]] for row in rows],
            **{name: [int(row[at]) for row in rows] for at, name in enumerate(_NUMBERS, 1)},
        }
    )


def business(frame: pl.DataFrame) -> Floats:
    """How much of the province's business each region has: by people, more in industry."""
    industry = frame["code"].replace_strict(_INDUSTRY, default=1.0, return_dtype=pl.Float64)
    weights = frame["people"].cast(pl.Float64) * industry
    return np.asarray(weights.to_numpy() / weights.sum())
