"""Safety at work: the audit matrix of SMK3, and hours without an accident.

SMK3: score = criteria met / criteria of the tier × 100, tiers of 64, 122 and 166
criteria; below 60 poor, 60 to 84 good, from 85 satisfactory (PP 50/2012, which states
whole percents: rounding down is illustrative). Which cell earns a gold or a silver flag
is illustrative.

Zero Accident: above 100 workers 6,000,000 hours, 50 to 100 workers 1,000,000, up to 49
workers 300,000, each or three years in a row. An accident, of a subcontractor too, sets
the counter back to zero. Source: Permenakertrans 01/2007.
"""

import narwhals as nw

from awards.sdk import (
    COMPANY,
    Attribute,
    CategoryDefinition,
    Criterion,
    Gate,
    GateUse,
    Group,
    Kind,
    Leaf,
    Program,
    Use,
    Values,
    hookimpl,
    ratio,
    step_table,
)

from .making import as_given, gate, number, percent, program

WORKPLACE = Kind(
    code="audited-workplace",
    title={"en": "Audited workplace", "id": "Tempat kerja yang diaudit"},
    scheme=COMPANY.scheme,
    id_title=COMPANY.id_title,
    id_pattern=COMPANY.id_pattern,
    id_example=COMPANY.id_example,
    attributes=(
        Attribute(
            code="tier",
            title={"en": "Tier of the audit", "id": "Tingkat penerapan"},
            values={
                "awal": {"en": "Initial (64 criteria)", "id": "Awal (64 kriteria)"},
                "transisi": {"en": "Transition (122 criteria)", "id": "Transisi (122 kriteria)"},
                "lanjutan": {"en": "Advanced (166 criteria)", "id": "Lanjutan (166 kriteria)"},
            },
        ),
    ),
)
MET = percent("smk3_percent_met", {"en": "Criteria met", "id": "Kriteria terpenuhi"})

_GOLD, _SILVER = "bendera-emas", "bendera-perak"
_MATRIX = Use(
    code="matrix",
    parameters={
        "rows": {"attribute": "tier"},
        "columns": {"steps": [("memuaskan", 85), ("baik", 60), ("kurang", 0)]},
        "cells": [
            ("lanjutan", "memuaskan", _GOLD),
            ("lanjutan", "baik", _SILVER),
            ("transisi", "memuaskan", _GOLD),
            ("transisi", "baik", _SILVER),
            ("awal", "memuaskan", _SILVER),
            ("awal", "baik", "sertifikat"),
        ],
        "titles": [
            (_GOLD, {"en": "Gold flag", "id": "Bendera emas"}),
            (_SILVER, {"en": "Silver flag", "id": "Bendera perak"}),
            ("sertifikat", {"en": "Certificate", "id": "Sertifikat"}),
        ],
    },
)

AUDIT = program(
    "audit-smk3",
    {"en": "Safety audit (after SMK3)", "id": "Audit SMK3 (contoh)"},
    CategoryDefinition(
        code="tempat-kerja",
        title={"en": "Workplaces", "id": "Tempat kerja"},
        kind="audited-workplace",
        tree=Group(
            code="audit",
            title={"en": "Audit", "id": "Audit"},
            children=(Leaf(criterion="smk3-percent-met", scale=Use(code="identity")),),
        ),
        ladders=(_MATRIX,),
    ),
    mark="SMK3",
)

WORKERS = number("za_workers", {"en": "Workers", "id": "Tenaga kerja"}, unit="people")
YEARS = (
    ("first", "first of three years", "tahun pertama dari tiga"),
    ("second", "second of three years", "tahun kedua dari tiga"),
    ("third", "last of three years", "tahun terakhir dari tiga"),
)
HOURS = tuple(
    number(
        f"za_hours_{code}",
        {
            "en": f"Hours worked, overtime and subcontractors too, {english}",
            "id": f"Jam kerja termasuk lembur dan subkontraktor, {words}",
        },
        unit="hours",
    )
    for code, english, words in YEARS
)
ACCIDENTS = tuple(
    number(
        f"za_accidents_{code}",
        {
            "en": f"Accidents with lost time, subcontractors too, {english}",
            "id": f"Kecelakaan kerja termasuk subkontraktor, {words}",
        },
        unit="accidents",
    )
    for code, english, words in YEARS
)


def _counter(i: Values) -> nw.Expr:
    """Hours since the last year with an accident."""
    hours = [getattr(i, each.code) for each in HOURS]
    safe = [getattr(i, each.code) == 0 for each in ACCIDENTS]
    counter = nw.when(safe[0]).then(hours[0]).otherwise(0.0 * hours[0])
    for own, kept in zip(hours[1:], safe[1:], strict=True):
        counter = nw.when(kept).then(counter + own).otherwise(0.0 * own)
    return counter


def _needed(i: Values) -> nw.Expr:
    return step_table(i.za_workers, ((0, 300_000), (50, 1_000_000), (101, 6_000_000)))


COUNTED = Criterion(
    code="za-hours-counted",
    title={"en": "Hours without an accident", "id": "Jam kerja tanpa kecelakaan"},
    applies_to=(COMPANY,),
    indicators=(WORKERS, *HOURS, *ACCIDENTS),
    measure=lambda i: ratio(_counter(i), _needed(i), when_zero=0.0),
    unit="ratio",
)
ENOUGH_HOURS = gate(
    "za-enough-hours",
    {"en": "Enough hours", "id": "Jam kerja cukup"},
    {
        "en": "Too few hours since the last accident for this number of workers.",
        "id": "Jam kerja sejak kecelakaan terakhir belum cukup untuk jumlah tenaga kerja ini.",
    },
    lambda i: _counter(i) >= _needed(i),
    *(WORKERS, *HOURS, *ACCIDENTS),
)
THREE_YEARS = gate(
    "za-three-years",
    {"en": "Three years", "id": "Tiga tahun"},
    {
        "en": "There was an accident within three years.",
        "id": "Ada kecelakaan dalam tiga tahun.",
    },
    lambda i: i.za_accidents_first + i.za_accidents_second + i.za_accidents_third == 0,
    *ACCIDENTS,
)

_TITLES = [
    {
        "code": "piala",
        "words": {"en": "Trophy of the sector", "id": "Piala sektor"},
        "place": 1,
        "within": "sector",
    },
    {"code": "piagam", "words": {"en": "Certificate", "id": "Piagam"}},
]

ZERO_ACCIDENT = program(
    "nihil-kecelakaan",
    {"en": "Zero accident (example)", "id": "Kecelakaan nihil (contoh)"},
    CategoryDefinition(
        code="perusahaan",
        title={"en": "Companies", "id": "Perusahaan"},
        kind="company",
        gates=(GateUse(code="za-enough-hours", alternatives=(Use(code="za-three-years"),)),),
        tree=Group(
            code="hours",
            title={"en": "Hours", "id": "Jam kerja"},
            children=(
                Leaf(
                    criterion="za-hours-counted",
                    scale=Use(code="goalposts", parameters={"low": 0, "high": 10}),
                ),
            ),
        ),
        ladders=(Use(code="levels", parameters={"levels": _TITLES}),),
        weights_source={
            "en": "Permenakertrans 01/2007",
            "id": "Permenakertrans 01/2007",
        },
    ),
    mark="ZAA",
)


@hookimpl
def awards_register_kinds() -> tuple[Kind, ...]:
    return (WORKPLACE,)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (as_given(MET, WORKPLACE), COUNTED)


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (ENOUGH_HOURS, THREE_YEARS)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    return (AUDIT, ZERO_ACCIDENT)
