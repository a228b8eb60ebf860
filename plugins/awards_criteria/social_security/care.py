"""Care beyond one's own workers: partners, suppliers, vulnerable workers."""

from datetime import date

from awards.sdk import COMPANY, MISSING, Criterion, hookimpl, ratio

from .contributions import least_for_self_employed
from .indicators import (
    PARTNER_ENTERPRISES,
    PARTNERS_COVERED,
    SUPPLIERS,
    SUPPLIERS_REGISTERED,
    VULNERABLE_PAID_FOR,
    WORKERS,
)

_LEAST = f"{least_for_self_employed(date(2024, 12, 31)):,}"

PARTNER_COVERAGE = Criterion(
    code="partner-coverage",
    title={"en": "Partner enterprises covered", "id": "Cakupan usaha binaan"},
    applies_to=(COMPANY,),
    indicators=(PARTNER_ENTERPRISES, PARTNERS_COVERED),
    measure=lambda i: ratio(
        i.partner_enterprises_covered, i.partner_enterprises, when_zero=MISSING
    ),
    applicable=lambda i: i.partner_enterprises > 0,
    unit="ratio",
    description={
        "en": "Partner enterprises found in the register of employers; "
        "not asked of who has no partners",
        "id": "Usaha binaan yang ditemukan dalam daftar pemberi kerja; "
        "tidak ditanyakan bila tidak ada binaan",
    },
)

SUPPLY_CHAIN_COVERAGE = Criterion(
    code="supply-chain-coverage",
    title={"en": "Suppliers covered", "id": "Cakupan rantai pasok"},
    applies_to=(COMPANY,),
    indicators=(SUPPLIERS, SUPPLIERS_REGISTERED),
    measure=lambda i: ratio(i.suppliers_registered, i.suppliers, when_zero=MISSING),
    applicable=lambda i: i.suppliers > 0,
    unit="ratio",
    description={
        "en": "Suppliers that are registered employers; not asked of who has none",
        "id": "Pemasok yang terdaftar sebagai pemberi kerja; tidak ditanyakan bila tidak ada",
    },
)

VULNERABLE_WORKERS_HELPED = Criterion(
    code="vulnerable-workers-helped",
    title={"en": "Contributions for vulnerable workers", "id": "Iuran untuk pekerja rentan"},
    applies_to=(COMPANY,),
    indicators=(VULNERABLE_PAID_FOR, WORKERS),
    measure=lambda i: ratio(i.vulnerable_workers_paid_for, i.workers, when_zero=MISSING),
    unit="ratio",
    description={
        "en": "Vulnerable workers whose JKK and JKM the company pays, for each of its own "
        f"workers; the least contribution is Rp{_LEAST} a month",
        "id": "Pekerja rentan yang JKK dan JKM-nya dibayar perusahaan, per tenaga kerja sendiri; "
        f"iuran paling sedikit Rp{_LEAST.replace(',', '.')} sebulan",
    },
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (PARTNER_COVERAGE, SUPPLY_CHAIN_COVERAGE, VULNERABLE_WORKERS_HELPED)
