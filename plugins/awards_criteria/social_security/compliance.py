"""Whether workers are registered, wages reported and contributions paid."""

from awards.sdk import COMPANY, MISSING, Criterion, Gate, hookimpl, ratio, share

from .indicators import (
    ACTIVE,
    ARREARS,
    MONTHS_ON_TIME,
    PAID_WAGES,
    PROTECTED,
    REGISTERED,
    REPORTED_WAGES,
    WORKERS,
)

WORKER_COVERAGE = Criterion(
    code="worker-coverage",
    title={"en": "Workers covered", "id": "Cakupan tenaga kerja"},
    applies_to=(COMPANY,),
    indicators=(WORKERS, ACTIVE),
    measure=lambda i: ratio(i.active_participants, i.workers, when_zero=MISSING),
    unit="ratio",
    description={
        "en": "Active participants among all workers; registered ones do not count",
        "id": "Peserta aktif di antara seluruh tenaga kerja; yang baru terdaftar tidak dihitung",
    },
)

REGISTRATION = Criterion(
    code="worker-registration",
    title={"en": "Workers registered", "id": "Tenaga kerja terdaftar"},
    applies_to=(COMPANY,),
    indicators=(WORKERS, REGISTERED),
    measure=lambda i: ratio(i.registered_participants, i.workers, when_zero=MISSING),
    unit="ratio",
)

PROTECTION = Criterion(
    code="worker-protection",
    title={"en": "Workers protected by any scheme", "id": "Tenaga kerja terlindungi"},
    applies_to=(COMPANY,),
    indicators=(WORKERS, PROTECTED),
    measure=lambda i: ratio(i.protected_workers, i.workers, when_zero=MISSING),
    unit="ratio",
)

WAGE_REPORTING = Criterion(
    code="wage-reporting",
    title={"en": "Wages reported in full", "id": "Pelaporan upah"},
    applies_to=(COMPANY,),
    indicators=(PAID_WAGES, REPORTED_WAGES),
    measure=lambda i: ratio(i.reported_wages, i.paid_wages, when_zero=MISSING),
    unit="ratio",
    description={
        "en": "Wages reported as the base of contributions, among wages paid",
        "id": "Upah yang dilaporkan sebagai dasar iuran, di antara upah yang dibayar",
    },
)

PUNCTUALITY = Criterion(
    code="punctual-contributions",
    title={"en": "Contributions paid on time", "id": "Ketepatan pembayaran iuran"},
    applies_to=(COMPANY,),
    indicators=(MONTHS_ON_TIME,),
    measure=lambda i: share(i.months_paid_on_time, of=12),
    unit="ratio",
)

NO_ARREARS = Gate(
    code="contributions-settled",
    title={"en": "No arrears at the end of the period", "id": "Tanpa tunggakan di akhir periode"},
    reason={
        "en": "Contributions were in arrears at the end of the period.",
        "id": "Masih ada tunggakan iuran pada akhir periode.",
    },
    applies_to=(COMPANY,),
    indicators=(ARREARS,),
    passes=lambda i: i.arrears == 0,
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (WORKER_COVERAGE, REGISTRATION, PROTECTION, WAGE_REPORTING, PUNCTUALITY)


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (NO_ARREARS,)
