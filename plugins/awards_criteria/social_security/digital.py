"""Whether reports and participants have moved to digital services."""

from awards.sdk import COMPANY, MISSING, Criterion, hookimpl, ratio, share

from .indicators import ACTIVE, APP_USERS, REPORTING_MONTHS

DIGITAL_REPORTING = Criterion(
    code="digital-reporting",
    title={"en": "Digital reporting (SIPP)", "id": "Pelaporan digital (SIPP)"},
    applies_to=(COMPANY,),
    indicators=(REPORTING_MONTHS,),
    measure=lambda i: share(i.sipp_months, of=12),
    unit="ratio",
)

APP_USE = Criterion(
    code="app-use",
    title={"en": "Participants who use the app", "id": "Peserta pengguna aplikasi"},
    applies_to=(COMPANY,),
    indicators=(APP_USERS, ACTIVE),
    measure=lambda i: ratio(i.app_users, i.active_participants, when_zero=MISSING),
    unit="ratio",
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (DIGITAL_REPORTING, APP_USE)
