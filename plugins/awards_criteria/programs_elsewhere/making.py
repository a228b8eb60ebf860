"""Short ways to declare what the programs of this package are made of."""

from collections.abc import Callable
from datetime import date

import narwhals as nw

from awards.sdk import (
    COMPANY,
    REGENCY_CITY,
    CategoryDefinition,
    CertificateWording,
    Criterion,
    EditionDefinition,
    Gate,
    Indicator,
    Kind,
    Program,
    ProgramDefinition,
    Signatory,
    Text,
    Use,
    Values,
)

FULL = Use(code="identity")


def percent(code: str, title: Text) -> Indicator:
    """A score of 0 to 100 that assessors give."""
    return Indicator(code=code, title=title, type=float, unit="percent", minimum=0, maximum=100)


def number(code: str, title: Text, *, unit: str, most: float | None = None) -> Indicator:
    """A measured figure of zero or more."""
    return Indicator(code=code, title=title, type=float, unit=unit, minimum=0, maximum=most)


def as_given(indicator: Indicator, kind: Kind) -> Criterion:
    """The criterion whose raw value is the figure itself."""
    return Criterion(
        code=indicator.code.replace("_", "-"),
        title=indicator.title,
        applies_to=(kind,),
        indicators=(indicator,),
        measure=lambda i: getattr(i, indicator.code),
        unit=indicator.unit,
    )


def gate(
    code: str,
    title: Text,
    reason: Text,
    passes: Callable[[Values], nw.Expr],
    *indicators: Indicator,
) -> Gate:
    """A gate for companies that reads *indicators*."""
    return Gate(
        code=code,
        title=title,
        reason=reason,
        applies_to=(COMPANY,),
        indicators=indicators,
        passes=passes,
    )


NOTICE = {
    "en": "An example of how another program scores. Figures that no published rule gives are "
    "illustrative.",
    "id": "Contoh cara penilaian program lain. Angka yang tidak diatur aturan yang terbit bersifat "
    "ilustrasi.",
}


def program(code: str, title: Text, *categories: CategoryDefinition, mark: str) -> Program:
    """A program of one edition without data."""
    edition = EditionDefinition(
        code=f"{code}-2025",
        label="2025",
        title={language: f"{words} 2025" for language, words in title.items()},
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        notice=dict(NOTICE),
        certificate=CertificateWording(
            issuer={"en": "Example program", "id": "Program contoh"},
            unit={"en": "Committee", "id": "Panitia"},
            city="Jakarta",
            number=f"{{serial:03d}}/{mark}/2025",
            serial=f"{mark}25-{{serial:04d}}",
            ring={"en": "EXAMPLE", "id": "CONTOH"},
            signatories=(
                Signatory(position={"en": "Chair", "id": "Ketua Panitia"}, name="(contoh)"),
            ),
        ),
        categories=categories,
    )
    return Program(definition=ProgramDefinition(code=code, title=dict(title), editions=(edition,)))


__all__ = [
    "COMPANY",
    "FULL",
    "REGENCY_CITY",
    "as_given",
    "gate",
    "number",
    "percent",
    "program",
]
