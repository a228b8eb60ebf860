"""Regencies and cities: made-up figures in a real frame."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Floats, Ints, chance, part_of, rounded, split, stream
from .regions import EMPLOYED, regions

_STAFF_PER_THOUSAND = 5.5
_OFFICIALS_PER_VILLAGE = 11
_EMPTY_TARGET = 2


@dataclass(frozen=True, kw_only=True)
class Governments:
    """One entry per row of `regions`; ``care`` is what drives all of its figures."""

    care: Floats
    employed: Ints
    active: Ints


def draw_governments(seed: int) -> Governments:
    """The 38 governments: who works there, and who of them is insured."""
    dice = stream(seed, "governments")
    frame = regions()
    care = dice.standard_normal(len(frame))
    industry = frame["code"].is_in(["35.78", "35.15", "35.25", "35.71", "35.73"]).to_numpy()
    employed = split(dice, EMPLOYED, frame["people"].cast(pl.Float64).to_numpy())
    share = chance(-0.85 + 0.35 * care + 0.8 * industry)
    return Governments(care=care, employed=employed, active=part_of(dice, employed, share))


def government_table(seed: int, governments: Governments) -> pl.DataFrame:
    """``id``, ``name`` and the ten indicators that governments send; a city without
    a single desa has no village officials, and two governments declare no target."""
    dice = stream(seed, "government figures")
    frame = regions()
    return pl.DataFrame(
        {
            "id": frame["code"],
            "name": frame["name"],
            "employed_population": governments.employed,
            "active_participants": governments.active,
            "coverage_target": _targets(dice, governments),
            **_staff(dice, governments, people=frame["people"].to_numpy()),
            **_officials(dice, governments, desa=frame["desa"].to_numpy()),
            **vulnerable(dice, governments.employed, care=governments.care),
            "participants_before": year_before(dice, governments.active, care=governments.care),
        }
    )


def vulnerable(dice: np.random.Generator, employed: Ints, *, care: Floats) -> dict[str, Ints]:
    """Poor informal workers, and for how many of them the budget pays."""
    found = part_of(dice, employed, 0.07 + 0.06 * dice.random(len(employed)))
    return {
        "vulnerable_workers": found,
        "vulnerable_workers_paid_for": part_of(dice, found, chance(-1.1 + 0.8 * care)),
    }


def year_before(dice: np.random.Generator, active: Ints, *, care: Floats) -> Ints:
    grown = np.exp(0.05 + 0.03 * care + 0.05 * dice.standard_normal(len(active)))
    return np.maximum(rounded(active / grown), 1)


def _targets(dice: np.random.Generator, governments: Governments) -> pl.Series:
    """In percent of people in work, to two places."""
    reached = 100 * governments.active / governments.employed
    targets = np.round(reached + 4 + 3 * dice.standard_normal(len(reached)), 2)
    without = dice.choice(len(reached), size=_EMPTY_TARGET, replace=False)
    declared = ~np.isin(np.arange(len(reached)), without)
    return pl.select(pl.when(pl.Series(declared)).then(pl.Series(targets))).to_series()


def _staff(dice: np.random.Generator, governments: Governments, *, people: Ints) -> dict[str, Ints]:
    staff = rounded(_STAFF_PER_THOUSAND * people * np.exp(0.2 * dice.standard_normal(len(people))))
    covered = part_of(dice, staff, chance(1.4 + 1.1 * governments.care))
    return {"non_civil_staff": staff, "non_civil_staff_covered": covered}


def _officials(
    dice: np.random.Generator, governments: Governments, *, desa: Ints
) -> dict[str, Ints]:
    officials = _OFFICIALS_PER_VILLAGE * desa
    covered = part_of(dice, officials, chance(2.0 + 1.2 * governments.care))
    return {"village_officials": officials, "village_officials_covered": covered}
