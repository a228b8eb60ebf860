"""How companies insure their workers: counts and amounts that hang together.

Amounts are in thousands of rupiah for the year. Everything follows from a company's
``care``, its scale and its workers, so that coverage, punctuality, wages reported
and arrears go the same way without being the same.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Floats, Ints, chance, part_of, rounded
from .firms import Firms

_WAGES = 2_250.0
_MINIMUM_WAGES = np.array([2_350.0, 2_500.0, 3_100.0, 3_900.0])
# The employer's rate for accidents by sector (PP 44/2015), in the order of `SECTORS`.
_ACCIDENTS = np.array([0.0024, 0.0089, 0.0174, 0.0054, 0.0024, 0.0024, 0.0054, 0.0174, 0.0024])
_DEATH, _OLD_AGE, _PENSION = 0.003, 0.057, 0.03
_FULL = np.array([-0.9, -0.3, 0.5, 1.1])
"""Logit, by scale, of covering every single worker."""
_SUPPLIERS = np.array([0.6, 2.5, 12.0, 45.0])


@dataclass(frozen=True, kw_only=True)
class _Insured:
    registered: Ints
    protected: Ints
    active: Ints


def measure_firms(dice: np.random.Generator, firms: Firms) -> pl.DataFrame:
    """The 22 indicators, one row per company, without a gap yet."""
    insured = _insured(dice, firms)
    schemes = _schemes(dice, firms, insured.active)
    wages = _wages(dice, firms, insured)
    paid = _payments(dice, firms, insured, schemes, reported=wages["reported_wages"])
    return pl.DataFrame(
        {
            "workers": firms.workers,
            "registered_participants": insured.registered,
            "active_participants": insured.active,
            "protected_workers": insured.protected,
            **schemes,
            **wages,
            **paid,
            **_commitment(dice, firms, insured),
            "annual_sales": firms.sales,
            "capital": firms.capital,
        }
    )


def _insured(dice: np.random.Generator, firms: Firms) -> _Insured:
    """Registered, protected and active, each at most the one before."""
    own = firms.care + 0.5 * dice.standard_normal(len(firms))
    full = dice.random(len(firms)) < chance(_FULL[firms.scale] + 1.3 * own)
    share = np.where(full, 1.0, chance(0.9 + 0.9 * own))
    registered = np.maximum(part_of(dice, firms.workers, share), 1)
    protected = part_of(dice, registered, np.where(full, 1.0, chance(3.2 + own)))
    active = part_of(dice, protected, np.where(full, 1.0, chance(2.6 + own)))
    return _Insured(registered=registered, protected=protected, active=active)


def _schemes(dice: np.random.Generator, firms: Firms, active: Ints) -> dict[str, Ints]:
    """Members of the four schemes; the pension is what is left out most often."""
    work = np.where(dice.random(len(firms)) < 0.995, active, part_of(dice, active, 0.8))
    return {
        "jkk_participants": work,
        "jkm_participants": work,
        "jht_participants": _scheme(dice, firms, active, logits=(-0.4, 2.2, 3.6, 4.4)),
        "jp_participants": _scheme(dice, firms, active, logits=(-2.4, -1.1, 2.4, 3.4)),
    }


def _scheme(
    dice: np.random.Generator, firms: Firms, active: Ints, *, logits: tuple[float, ...]
) -> Ints:
    taken = dice.random(len(firms)) < chance(np.array(logits)[firms.scale] + firms.care)
    whole = dice.random(len(firms)) < chance(2.5 + firms.care)
    members = np.where(whole, active, part_of(dice, active, 0.85))
    return np.where(taken, members, 0)


def _wages(dice: np.random.Generator, firms: Firms, insured: _Insured) -> dict[str, Ints]:
    """What all workers earned in the year, and what was reported of the insured."""
    usual = _MINIMUM_WAGES[firms.scale] * np.exp(0.22 * dice.standard_normal(len(firms)))
    each = 12 * np.maximum(usual, _WAGES)
    honest = dice.random(len(firms)) < chance(0.4 + 1.1 * firms.care)
    lowered = 0.55 + 0.44 * chance(firms.care + dice.standard_normal(len(firms)))
    return {
        "paid_wages": rounded(each * firms.workers),
        "reported_wages": rounded(each * insured.active * np.where(honest, 1.0, lowered)),
    }


def _payments(
    dice: np.random.Generator,
    firms: Firms,
    insured: _Insured,
    schemes: dict[str, Ints],
    *,
    reported: Ints,
) -> dict[str, Ints]:
    months = _months(dice, firms, logit=1.9, atom=0.6)
    due = rounded(reported * _rate(firms, insured, schemes))
    behind = (months < 12) & (dice.random(len(firms)) < chance(-0.9 - 0.9 * firms.care))
    owed = rounded(due * dice.beta(1.2, 8.0, len(firms)))
    before, due_before = _year_before(dice, firms, insured, due=due)
    return {
        "months_paid_on_time": months,
        "arrears": np.where(behind, np.minimum(np.maximum(owed, 50), due), 0),
        "participants_before": before,
        "contributions": due,
        "contributions_before": due_before,
    }


def _rate(firms: Firms, insured: _Insured, schemes: dict[str, Ints]) -> Floats:
    """The share of reported wages that is due, by the schemes that members are in."""
    members = np.maximum(insured.active, 1)
    old_age = _OLD_AGE * schemes["jht_participants"] / members
    pension = _PENSION * schemes["jp_participants"] / members
    return np.asarray(_ACCIDENTS[firms.sector] + _DEATH + old_age + pension)


def _year_before(
    dice: np.random.Generator, firms: Firms, insured: _Insured, *, due: Ints
) -> tuple[Ints, Ints]:
    """Members and contributions a year earlier; nothing for companies that are new."""
    grown = np.exp(0.03 + 0.03 * firms.care + 0.12 * dice.standard_normal(len(firms)))
    raised = np.exp(0.045 + 0.03 * dice.standard_normal(len(firms)))
    old = dice.random(len(firms)) >= 0.03
    before = np.where(old, np.maximum(rounded(insured.active / grown), 1), 0)
    return before, np.where(old, rounded(due / (grown * raised)), 0)


def _commitment(dice: np.random.Generator, firms: Firms, insured: _Insured) -> dict[str, Ints]:
    suppliers = dice.poisson(
        _SUPPLIERS[firms.scale] * np.exp(0.5 * dice.standard_normal(len(firms)))
    )
    cared = dice.random(len(firms)) < chance(
        np.array([-5.0, -3.5, -1.6, 0.2])[firms.scale] + 0.9 * firms.care
    )
    paid_for = rounded(0.06 * firms.workers * np.exp(0.8 * dice.standard_normal(len(firms))) + 1)
    return {
        "suppliers": suppliers,
        "suppliers_registered": part_of(dice, suppliers, chance(-0.2 + 0.7 * firms.care)),
        "vulnerable_workers_paid_for": np.where(cared, paid_for, 0),
        "sipp_months": _months(dice, firms, logit=1.4, atom=0.2),
        "app_users": part_of(dice, insured.active, chance(-0.3 + 0.6 * firms.care)),
    }


def _months(dice: np.random.Generator, firms: Firms, *, logit: float, atom: float) -> Ints:
    """Months of twelve in which it went well; all of them for the more careful."""
    always = dice.random(len(firms)) < chance(atom + 1.2 * firms.care)
    drawn = part_of(dice, np.full(len(firms), 12), chance(logit + 0.8 * firms.care))
    return np.where(always, 12, drawn)
