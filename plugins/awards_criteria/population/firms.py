"""What a made-up company is before anybody measures it: place, sector, scale, size."""

from dataclasses import dataclass

import numpy as np

from .chance import Floats, Ints, chance, rounded
from .regions import business, regions

SCALES = ("micro", "small", "medium", "large")
SECTORS = (
    "trade-services",
    "manufacturing",
    "construction",
    "agriculture",
    "finance",
    "education",
    "health",
    "mining",
    "public-service",
)
MICRO, SMALL, MEDIUM, LARGE = range(4)

_SHARE_OF_SCALE = (0.46, 0.34, 0.12, 0.08)
"""Of companies that pay contributions; of all enterprises nearly every one is micro."""
_SECTOR_BY_SCALE = np.array(
    [
        (0.58, 0.14, 0.05, 0.12, 0.02, 0.04, 0.03, 0.01, 0.01),
        (0.44, 0.18, 0.13, 0.08, 0.04, 0.06, 0.05, 0.01, 0.01),
        (0.32, 0.26, 0.14, 0.07, 0.05, 0.06, 0.06, 0.02, 0.02),
        (0.22, 0.42, 0.09, 0.06, 0.06, 0.05, 0.06, 0.02, 0.02),
    ]
)
_WORKERS = np.array([(3.2, 0.55), (12.0, 0.60), (48.0, 0.70), (165.0, 1.15)])
_WORKERS_BOUNDS = np.array([(1, 19), (3, 99), (10, 600), (40, 32_000)])
# PP 7/2021 article 35 in millions of rupiah: above the first, up to the second figure.
_SALES_BOUNDS = np.array([(60, 2_000), (2_000, 15_000), (15_000, 50_000), (50_000, 9_000_000)])
_CAPITAL_BOUNDS = np.array([(15, 1_000), (1_000, 5_000), (5_000, 10_000), (10_000, 2_500_000)])
_CARE_BY_SCALE = np.array([-0.55, -0.15, 0.25, 0.75])


@dataclass(frozen=True, kw_only=True)
class Firms:
    """One entry per company. ``scale`` and ``sector`` count into `SCALES` and
    `SECTORS`, ``region`` into the rows of `regions`. ``care`` says, around 0, how
    well it does by its workers: nobody measures it, and everything depends on it."""

    serial: Ints
    region: Ints
    scale: Ints
    sector: Ints
    care: Floats
    workers: Ints
    sales: Floats
    capital: Floats

    def __len__(self) -> int:
        return len(self.serial)


def draw_firms(dice: np.random.Generator, serials: Ints, *, scale: int | None = None) -> Firms:
    """A company for each of *serials*; all of one *scale* where that is given."""
    count = len(serials)
    scales = (
        dice.choice(len(SCALES), size=count, p=_SHARE_OF_SCALE)
        if scale is None
        else np.full(count, scale)
    )
    size = dice.standard_normal(count)
    frame = regions()
    return Firms(
        serial=serials,
        region=dice.choice(len(frame), size=count, p=business(frame)),
        scale=scales,
        sector=_sectors(dice, scales),
        care=_CARE_BY_SCALE[scales] + dice.standard_normal(count),
        workers=_workers(scales, size),
        sales=_money(dice, _SALES_BOUNDS[scales], size),
        capital=_money(dice, _CAPITAL_BOUNDS[scales], size),
    )


def _sectors(dice: np.random.Generator, scales: Ints) -> Ints:
    limits = _SECTOR_BY_SCALE.cumsum(axis=1)[scales]
    drawn = dice.random(len(scales)) * limits[:, -1]
    return np.asarray((drawn[:, None] >= limits).sum(axis=1), dtype=np.int64)


def _workers(scales: Ints, size: Floats) -> Ints:
    """Log-normal within a scale, cut off at what is believable for it."""
    median, spread = _WORKERS[scales].T
    low, high = _WORKERS_BOUNDS[scales].T
    return rounded(np.clip(median * np.exp(spread * size), low, high))


def _money(dice: np.random.Generator, bounds: Floats, size: Floats) -> Floats:
    """An amount within the bounds of the scale that grows with *size*.

    Above the lower bound and up to the upper one, which a few meet exactly.
    """
    low, high = bounds.T
    where = chance(1.2 * size + 0.9 * dice.standard_normal(len(size)) - 0.8)
    where = np.where(dice.random(len(size)) < 0.001, 1.0, where)
    amount = np.rint(10 * np.exp(np.log(low) + where * np.log(high / low))) / 10
    return np.asarray(np.clip(amount, low + 0.1, high))
