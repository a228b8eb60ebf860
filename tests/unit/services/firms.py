"""A plugin with a small award for companies: figures that add up, partners, a panel."""

from datetime import date
from typing import Any

from awards.sdk import (
    COMPANY,
    MISSING,
    CategoryDefinition,
    CertificateWording,
    Criterion,
    EditionDefinition,
    Group,
    Indicator,
    Leaf,
    Program,
    ProgramDefinition,
    Signatory,
    Tally,
    Use,
    hookimpl,
    ratio,
)
from awards_criteria.records.types import PANEL_SCORES, PARTNERS


def _count(code: str, **more: Any) -> Indicator:
    return Indicator(code=code, title={"id": code}, type=int, unit="people", minimum=0, **more)


WORKERS = Indicator(
    code="workers",
    title={"en": "Workers", "id": "Tenaga kerja"},
    type=int,
    unit="people",
    minimum=0,
    combine="sum",
)
ACTIVE = _count("active", combine="sum")
WAGES = Indicator(
    code="wages", title={"id": "upah"}, type=float, unit="rupiah", minimum=0, combine="sum"
)
TARGET = _count("target", combine="latest")
BRANCHES = _count("branches")
COVERED_PARTNERS = _count(
    "covered_partners", tally=Tally(record=PARTNERS, registered={"partner_id": True})
)
PARTNERS_ALL = _count("partners_all", tally=Tally(record=PARTNERS))
UNDERSTANDING = Indicator(
    code="understanding",
    title={"id": "pemahaman"},
    type=float,
    unit="points",
    minimum=0,
    maximum=100,
    tally=Tally(record=PANEL_SCORES, how="mean", column="score"),
)


def _plain(*indicators: Indicator) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            code=each.code.replace("_", "-"),
            title={"id": each.code},
            applies_to=(COMPANY,),
            indicators=(each,),
            measure=lambda i, code=each.code: getattr(i, code),
            unit=each.unit,
        )
        for each in indicators
    )


COVERAGE = Criterion(
    code="coverage",
    title={"id": "Cakupan"},
    applies_to=(COMPANY,),
    indicators=(ACTIVE, WORKERS),
    measure=lambda i: ratio(i.active, i.workers, when_zero=MISSING),
    unit="ratio",
)
PLAIN = _plain(WAGES, TARGET, BRANCHES, PARTNERS_ALL, COVERED_PARTNERS, UNDERSTANDING)


def _edition(code: str) -> EditionDefinition:
    leaves = tuple(
        Leaf(criterion=each.code, scale=Use(code="min-max"), missing="reweight")
        for each in (COVERAGE, *PLAIN)
    )
    tree = Group(code="all", title={"id": "Semua"}, least_share=0, children=leaves)
    ladder = Use(code="top-n", parameters={"titles": ({"id": "Terbaik I"}, {"id": "Terbaik II"})})
    return EditionDefinition(
        code=code,
        label="2025",
        title={"id": "Penghargaan Perusahaan"},
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        disclosure="open",
        certificate=CertificateWording(
            issuer={"id": "Panitia"},
            unit={"id": "Sekretariat"},
            city="Surabaya",
            number="{serial:03d}/P",
            serial="P-{serial:04d}",
            ring={"id": "Jawa Timur"},
            signatories=(Signatory(position={"id": "Ketua Panitia"}, name="Ketua Panitia"),),
        ),
        categories=(
            CategoryDefinition(
                code="firms",
                title={"id": "Perusahaan"},
                kind="company",
                tree=tree,
                ladders=(ladder,),
            ),
        ),
    )


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (COVERAGE, *PLAIN)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    definition = ProgramDefinition(
        code="firms", title={"id": "Perusahaan"}, editions=(_edition("firms-2025"),)
    )
    return (Program(definition=definition),)
