"""A plugin for the benchmark of large files: 12 figures of made-up micro-enterprises."""

from datetime import date

from awards.sdk import (
    Attribute,
    CategoryDefinition,
    CertificateWording,
    Criterion,
    EditionDefinition,
    Group,
    Indicator,
    Kind,
    Leaf,
    Program,
    ProgramDefinition,
    Signatory,
    Use,
    hookimpl,
)

ENTERPRISE = Kind(
    code="made-up-enterprise",
    title={"en": "Made-up micro-enterprise"},
    scheme="NIB",
    id_title={"en": "Business number (NIB)"},
    id_pattern=r"\d{13}",
    id_example="1234567890123",
    attributes=(
        Attribute(code="region", title={"en": "Region"}),
        Attribute(
            code="sector", title={"en": "Sector"}, values={each: {"en": each} for each in "ABCFGHI"}
        ),
    ),
)
COUNTS = tuple(
    Indicator(
        code=f"count_{number}",
        title={"en": f"Count {number}"},
        type=int,
        unit="people",
        minimum=0,
        combine="refuse",
    )
    for number in range(6)
)
AMOUNTS = tuple(
    Indicator(
        code=f"amount_{number}", title={"en": f"Amount {number}"}, type=float, unit="IDR", minimum=0
    )
    for number in range(6)
)


def _criterion(indicator: Indicator) -> Criterion:
    return Criterion(
        code=indicator.code.replace("_", "-"),
        title=indicator.title,
        applies_to=(ENTERPRISE,),
        indicators=(indicator,),
        measure=lambda i: getattr(i, indicator.code),
        unit=indicator.unit,
    )


CRITERIA = tuple(_criterion(each) for each in (*COUNTS, *AMOUNTS))
EDITION = EditionDefinition(
    code="large",
    label="2026",
    title={"en": "A large edition"},
    period_start=date(2026, 1, 1),
    period_end=date(2026, 12, 31),
    certificate=CertificateWording(
        issuer={"en": "Nobody"},
        unit={"en": "Nobody"},
        city="Surabaya",
        number="{serial}",
        serial="L-{serial:08d}",
        ring={"en": "NOBODY"},
        signatories=(Signatory(position={"en": "Nobody"}, name="(nobody)"),),
    ),
    categories=(
        CategoryDefinition(
            code="all",
            title={"en": "All"},
            kind="made-up-enterprise",
            tree=Group(
                code="sum",
                title={"en": "Sum"},
                children=tuple(
                    Leaf(criterion=each.code, weight=1, scale=Use(code="min-max"))
                    for each in CRITERIA
                ),
            ),
        ),
    ),
)


@hookimpl
def awards_register_kinds() -> tuple[Kind, ...]:
    return (ENTERPRISE,)


@hookimpl
def awards_register_indicators() -> tuple[Indicator, ...]:
    return (*COUNTS, *AMOUNTS)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return CRITERIA


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    definition = ProgramDefinition(
        code="made-up", title={"en": "Made up for a benchmark"}, editions=(EDITION,)
    )
    return (Program(definition=definition),)
