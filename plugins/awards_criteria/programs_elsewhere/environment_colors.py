"""PROPER: colors of environmental compliance, each asking for more than the one below.

Decision path: compliance of 100 percent, else red or black; where energy use is 6,000
TOE or more, an energy audit; a summary document (DRKPL) above the mean of those who
came so far; an environmental management system above 60; green documents; and for gold
green or gold in the three years before. Source: Permen LHK 1/2021 and the ministry's
guidance of 2021. The passing grades of green and gold, and what parts red from black,
are not published: illustrative.
"""

from typing import Annotated

from pydantic import Field

from awards.sdk import (
    CategoryDefinition,
    CohortFigure,
    Criterion,
    EarlierResults,
    Gate,
    GateUse,
    Group,
    Leaf,
    Parameters,
    Program,
    Text,
    Use,
    hookimpl,
)

from .making import COMPANY, FULL, as_given, gate, number, percent, program

COMPLIANCE = percent("proper_compliance", {"en": "Compliance", "id": "Ketaatan"})
ENERGY = number(
    "proper_energy_use", {"en": "Energy used in the year", "id": "Pemakaian energi"}, unit="TOE"
)
AUDITED = number(
    "proper_energy_audit",
    {"en": "Energy audited (1 = yes)", "id": "Audit energi (1 = ya)"},
    unit="yes",
    most=1,
)
SUMMARY = number(
    "proper_drkpl",
    {"en": "Summary of environmental performance (DRKPL)", "id": "Nilai DRKPL"},
    unit="points",
    most=150,
)
SYSTEM = number(
    "proper_management_system",
    {"en": "Environmental management system", "id": "Sistem manajemen lingkungan"},
    unit="points",
    most=100,
)
GREEN = percent("proper_green_documents", {"en": "Green documents", "id": "Dokumen hijau"})

COMPLIANT = gate(
    "proper-compliant",
    {"en": "Full compliance", "id": "Taat sepenuhnya"},
    {"en": "Compliance is below 100 percent.", "id": "Ketaatan di bawah 100 persen."},
    lambda i: i.proper_compliance >= 100,
    COMPLIANCE,
)
LARGE_USER = gate(
    "proper-large-energy-user",
    {"en": "Large user of energy", "id": "Pengguna energi besar"},
    {"en": "Uses less than 6,000 TOE.", "id": "Memakai kurang dari 6.000 TOE."},
    lambda i: i.proper_energy_use >= 6000,
    ENERGY,
)
ENERGY_AUDITED = gate(
    "proper-energy-audited",
    {"en": "Energy audited", "id": "Energi diaudit"},
    {
        "en": "Users of 6,000 TOE or more need an energy audit.",
        "id": "Pengguna 6.000 TOE atau lebih wajib melakukan audit energi.",
    },
    lambda i: i.proper_energy_audit == 1,
    AUDITED,
)
ABOVE_MEAN = Gate(
    code="proper-drkpl-above-mean",
    title={"en": "Summary above the mean", "id": "Nilai DRKPL di atas rata-rata"},
    reason={
        "en": "The summary does not score above the mean of the participants.",
        "id": "Nilai DRKPL tidak di atas rata-rata peserta.",
    },
    applies_to=(COMPANY,),
    indicators=(SUMMARY,),
    passes=lambda i: i.proper_drkpl > i.cohort("mean", "proper_drkpl"),
    cohort=(CohortFigure(statistic="mean", indicator=SUMMARY),),
)
SYSTEM_ABOVE_60 = gate(
    "proper-management-system",
    {"en": "Management system above 60", "id": "Sistem manajemen di atas 60"},
    {
        "en": "The management system scores 60 or less.",
        "id": "Nilai sistem manajemen 60 atau kurang.",
    },
    lambda i: i.proper_management_system > 60,
    SYSTEM,
)


class PassingGrade(Parameters):
    """``least`` is the passing grade in percent."""

    least: Annotated[float, Field(ge=0, le=100)] = 60.0


PASSING_GRADE = Gate(
    code="proper-passing-grade",
    title={"en": "Passing grade of the documents", "id": "Nilai lulus dokumen"},
    reason={
        "en": "The documents are below the passing grade.",
        "id": "Dokumen di bawah nilai lulus.",
    },
    applies_to=(COMPANY,),
    indicators=(GREEN,),
    passes=lambda i, p: i.proper_green_documents >= p.least,
    parameters=PassingGrade,
)


def _level(code: str, words: Text, **conditions: object) -> dict[str, object]:
    return {"code": code, "words": dict(words), **conditions}


_BLUE = ("proper-compliant",)
_GREEN = (
    *_BLUE,
    *("proper-energy-audited", "proper-drkpl-above-mean", "proper-management-system"),
    "green-grade",
)
LEVELS = Use(
    code="levels",
    parameters={
        "levels": [
            _level(
                "gold", {"en": "Gold", "id": "Emas"}, gates=(*_GREEN, "gold-grade", "held-before")
            ),
            _level("green", {"en": "Green", "id": "Hijau"}, gates=_GREEN),
            _level("blue", {"en": "Blue", "id": "Biru"}, gates=_BLUE),
            _level("red", {"en": "Red", "id": "Merah"}, of="proper-compliance", least=50),
            _level("black", {"en": "Black", "id": "Hitam"}),
        ]
    },
)


def _step(code: str, **more: object) -> GateUse:
    return GateUse.model_validate({"code": code, "decides": "titles", **more})


CATEGORY = CategoryDefinition(
    code="perusahaan",
    title={"en": "Companies", "id": "Perusahaan"},
    kind="company",
    earlier=tuple(
        EarlierResults(edition=f"warna-lingkungan-{year}", category="perusahaan")
        for year in (2024, 2023, 2022)
    ),
    gates=(
        _step("proper-compliant"),
        _step("proper-energy-audited", when=[{"code": "proper-large-energy-user"}]),
        _step("proper-drkpl-above-mean"),
        _step("proper-management-system"),
        _step("proper-passing-grade", name="green-grade", parameters={"least": 60}),
        _step("proper-passing-grade", name="gold-grade", parameters={"least": 85}),
        _step("held-before", parameters={"titles": ["green", "gold"], "editions": 3}),
    ),
    tree=Group(
        code="performance",
        title={"en": "Performance", "id": "Kinerja"},
        aggregation=Use(code="sum"),
        children=(
            Leaf(criterion="proper-compliance", weight=100, scale=FULL),
            Leaf(
                criterion="proper-drkpl",
                weight=150,
                scale=Use(code="identity", parameters={"maximum": 150}),
                missing="zero",
            ),
        ),
    ),
    ladders=(LEVELS,),
)

PROPER = program(
    "warna-lingkungan",
    {"en": "Colors of compliance (after PROPER)", "id": "Warna ketaatan (menurut PROPER)"},
    CATEGORY,
    mark="PRP",
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (as_given(COMPLIANCE, COMPANY), as_given(SUMMARY, COMPANY))


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (COMPLIANT, LARGE_USER, ENERGY_AUDITED, ABOVE_MEAN, SYSTEM_ABOVE_60, PASSING_GRADE)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    return (PROPER,)
