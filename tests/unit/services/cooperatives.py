"""A plugin with a small award for cooperatives, at every disclosure level.

Three criteria whose raw value is the figure itself, a gate, two categories that
share one file. One edition has no ladder, so nothing can be conferred in it.
"""

from datetime import date
from typing import Literal

from awards.sdk import (
    Attribute,
    CategoryDefinition,
    CertificateWording,
    Criterion,
    EditionDefinition,
    Gate,
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

COOPERATIVE = Kind(
    code="cooperative",
    title={"id": "Koperasi", "en": "Cooperative"},
    scheme="NIK",
    id_title={"id": "Nomor induk koperasi", "en": "Cooperative number"},
    id_pattern=r"K\d{4}",
    id_example="K0001",
    attributes=(
        Attribute(
            code="level",
            title={"id": "Tingkat", "en": "Level"},
            values={
                "primary": {"id": "Primer", "en": "Primary"},
                "secondary": {"id": "Sekunder", "en": "Secondary"},
            },
        ),
    ),
)


def _percent(code: str, title: str) -> Indicator:
    return Indicator(
        code=code, title={"id": title}, type=float, unit="percent", minimum=0, maximum=100
    )


AUDITED = Indicator(
    code="audited", title={"id": "Telah diaudit"}, type=int, unit="yes or no", minimum=0, maximum=1
)
ACTIVE = _percent("active", "Anggota aktif")
SURPLUS = _percent("surplus", "Sisa hasil usaha")
MENTORED = _percent("mentored", "Anggota binaan")


def _criterion(indicator: Indicator) -> Criterion:
    return Criterion(
        code=f"{indicator.code}-share",
        title=indicator.title,
        applies_to=(COOPERATIVE,),
        indicators=(indicator,),
        measure=lambda i: getattr(i, indicator.code),
        unit="percent",
    )


AUDIT = Gate(
    code="audit-done",
    title={"id": "Diaudit"},
    reason={"id": "Laporan keuangan harus sudah diaudit."},
    applies_to=(COOPERATIVE,),
    indicators=(AUDITED,),
    passes=lambda i: i.audited == 1,
)


def _category(level: str, *, ladders: tuple[Use, ...]) -> CategoryDefinition:
    identity = Use(code="identity")
    return CategoryDefinition(
        code=level,
        title={"id": f"Koperasi {level}"},
        kind="cooperative",
        where={"level": (level,)},
        gates=(Use(code="audit-done"),),
        tree=Group(
            code="all",
            title={"id": "Semua"},
            children=(
                Leaf(criterion="active-share", weight=40, scale=identity),
                Leaf(criterion="surplus-share", weight=40, scale=identity),
                Leaf(criterion="mentored-share", weight=20, scale=identity, missing="reweight"),
            ),
        ),
        ladders=ladders,
    )


_LADDERS = (
    Use(code="top-n", parameters={"titles": [{"id": "Terbaik I"}, {"id": "Terbaik II"}]}),
    Use(
        code="bands",
        parameters={"bands": [["good", {"id": "Baik"}, 60], ["fair", {"id": "Cukup"}, 0]]},
    ),
)


def _edition(
    name: str, disclosure: Literal["open", "winners", "places"], ladders: tuple[Use, ...] = _LADDERS
) -> EditionDefinition:
    return EditionDefinition(
        code=f"kop-{name}",
        label="2025",
        title={"id": f"Koperasi Berprestasi ({name})"},
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        disclosure=disclosure,
        certificate=CertificateWording(
            issuer={"id": "Dinas Koperasi"},
            unit={"id": "Panitia"},
            city="Surabaya",
            number="{serial:03d}/KOP/2025",
            serial="KOP25-{serial:04d}",
            ring={"id": "DINAS KOPERASI"},
            signatories=(Signatory(position={"id": "Ketua Panitia"}, name="(contoh)"),),
        ),
        categories=tuple(_category(level, ladders=ladders) for level in ("primary", "secondary")),
    )


@hookimpl
def awards_register_kinds() -> tuple[Kind, ...]:
    return (COOPERATIVE,)


@hookimpl
def awards_register_indicators() -> tuple[Indicator, ...]:
    return (AUDITED, ACTIVE, SURPLUS, MENTORED)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return tuple(_criterion(each) for each in (ACTIVE, SURPLUS, MENTORED))


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (AUDIT,)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    editions = (
        _edition("open", "open"),
        _edition("winners", "winners"),
        _edition("places", "places"),
        _edition("plain", "open", ladders=()),
    )
    definition = ProgramDefinition(code="kop", title={"id": "Koperasi"}, editions=editions)
    return (Program(definition=definition),)
