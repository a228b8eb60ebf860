"""Who is insured in the area: everybody at work, staff, officials, vulnerable workers."""

import narwhals as nw

from awards.sdk import (
    MISSING,
    REGENCY_CITY,
    Criterion,
    Values,
    hookimpl,
    ratio,
)
from awards_criteria.kinds import VILLAGE
from awards_criteria.social_security.indicators import ACTIVE, VULNERABLE_PAID_FOR

from .indicators import (
    COVERAGE_TARGET,
    EMPLOYED,
    NON_CIVIL_COVERED,
    NON_CIVIL_STAFF,
    OFFICIALS,
    OFFICIALS_COVERED,
    VULNERABLE,
)

UNIVERSAL_COVERAGE = Criterion(
    code="universal-coverage",
    title={"en": "Universal coverage", "id": "Cakupan semesta"},
    applies_to=(REGENCY_CITY, VILLAGE),
    indicators=(ACTIVE, EMPLOYED),
    measure=lambda i: ratio(i.active_participants, i.employed_population, when_zero=MISSING),
    unit="ratio",
    description={
        "en": "Active participants among the employed population, computed from both figures",
        "id": "Peserta aktif di antara penduduk bekerja, dihitung dari kedua angka",
    },
)

COVERAGE_AGAINST_TARGET = Criterion(
    code="coverage-against-target",
    title={"en": "Coverage against its target", "id": "Cakupan terhadap target"},
    applies_to=(REGENCY_CITY,),
    indicators=(ACTIVE, EMPLOYED, COVERAGE_TARGET),
    measure=lambda i: ratio(
        100.0 * i.active_participants, i.employed_population * i.coverage_target, when_zero=MISSING
    ),
    unit="ratio",
    description={
        "en": "Coverage of the employed population as a share of the target for the area",
        "id": "Cakupan penduduk bekerja sebagai bagian dari target wilayah",
    },
)

STAFF_COVERAGE = Criterion(
    code="non-civil-staff-coverage",
    title={"en": "Non-civil-servant staff covered", "id": "Cakupan pegawai non-ASN"},
    applies_to=(REGENCY_CITY,),
    indicators=(NON_CIVIL_STAFF, NON_CIVIL_COVERED),
    measure=lambda i: ratio(i.non_civil_staff_covered, i.non_civil_staff, when_zero=MISSING),
    applicable=lambda i: i.non_civil_staff > 0,
    unit="ratio",
)


def _has_officials(i: Values) -> nw.Expr:
    """Cities and urban wards need not have any: there, no figure means none."""
    urban = i.attribute("type").is_in(("city", "kelurahan"))
    return nw.coalesce(i.village_officials > 0, ~urban)


OFFICIALS_COVERAGE = Criterion(
    code="village-officials-coverage",
    title={"en": "Village officials covered", "id": "Cakupan perangkat desa"},
    applies_to=(REGENCY_CITY, VILLAGE),
    indicators=(OFFICIALS, OFFICIALS_COVERED),
    attributes=("type",),
    measure=lambda i: ratio(i.village_officials_covered, i.village_officials, when_zero=MISSING),
    applicable=_has_officials,
    unit="ratio",
    description={
        "en": "Village officials who are insured; not asked of a city without villages",
        "id": "Perangkat desa yang terlindungi; tidak ditanyakan kepada kota tanpa desa",
    },
)

VULNERABLE_COVERAGE = Criterion(
    code="vulnerable-workers-coverage",
    title={
        "en": "Vulnerable workers covered by the budget",
        "id": "Pekerja rentan terlindungi melalui anggaran",
    },
    applies_to=(REGENCY_CITY, VILLAGE),
    indicators=(VULNERABLE, VULNERABLE_PAID_FOR),
    measure=lambda i: ratio(i.vulnerable_workers_paid_for, i.vulnerable_workers, when_zero=MISSING),
    applicable=lambda i: i.vulnerable_workers > 0,
    unit="ratio",
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (
        UNIVERSAL_COVERAGE,
        COVERAGE_AGAINST_TARGET,
        STAFF_COVERAGE,
        OFFICIALS_COVERAGE,
        VULNERABLE_COVERAGE,
    )
