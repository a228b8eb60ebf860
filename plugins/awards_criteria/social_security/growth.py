"""Growth against a target: reaching the target is 1, standing still is 0."""

from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import (
    COMPANY,
    MISSING,
    REGENCY_CITY,
    Criterion,
    Parameters,
    growth,
    hookimpl,
    share,
)
from awards_criteria.kinds import VILLAGE

from .indicators import ACTIVE, BEFORE, CONTRIBUTIONS, CONTRIBUTIONS_BEFORE


class GrowthTarget(Parameters):
    """``target`` is the growth aimed at within a year: 0.05 for five percent."""

    target: Annotated[float, Field(gt=0)] = 0.05


def _reached(now: nw.Expr, before: nw.Expr, p: GrowthTarget) -> nw.Expr:
    return share(growth(now, before, when_zero=MISSING), of=p.target)


PARTICIPANT_GROWTH = Criterion(
    code="participant-growth",
    title={"en": "Growth of participants", "id": "Pertumbuhan peserta"},
    applies_to=(COMPANY, REGENCY_CITY, VILLAGE),
    indicators=(ACTIVE, BEFORE),
    measure=lambda i, p: _reached(i.active_participants, i.participants_before, p),
    applicable=lambda i, _: i.participants_before > 0,
    parameters=GrowthTarget,
    unit="ratio",
    description={
        "en": "Share of the targeted growth of active participants that was reached; "
        "not asked of who had none a year before",
        "id": "Bagian dari target pertumbuhan peserta aktif yang tercapai; "
        "tidak ditanyakan bila setahun sebelumnya belum ada peserta",
    },
)

CONTRIBUTION_GROWTH = Criterion(
    code="contribution-growth",
    title={"en": "Growth of contributions", "id": "Pertumbuhan iuran"},
    applies_to=(COMPANY,),
    indicators=(CONTRIBUTIONS, CONTRIBUTIONS_BEFORE),
    measure=lambda i, p: _reached(i.contributions, i.contributions_before, p),
    applicable=lambda i, _: i.contributions_before > 0,
    parameters=GrowthTarget,
    unit="ratio",
    description={
        "en": "Share of the targeted growth of contributions that was reached; "
        "not asked of who paid none a year before",
        "id": "Bagian dari target pertumbuhan iuran yang tercapai; "
        "tidak ditanyakan bila setahun sebelumnya belum ada iuran",
    },
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (PARTICIPANT_GROWTH, CONTRIBUTION_GROWTH)
