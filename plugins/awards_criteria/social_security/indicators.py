"""What is counted of a company and its workers.

Registered, active and protected are three counts: registered workers have been
enrolled, active ones have paid contributions in force, protected ones are covered
by any scheme, theirs or another's. What branches of one company count adds up.
"""

from awards.sdk import Indicator, Tally, Text
from awards_criteria.records.types import PARTNERS


def _people(code: str, en: str, id_: str, *, description: Text | None = None) -> Indicator:
    return Indicator(
        code=code,
        title={"en": en, "id": id_},
        type=int,
        unit="people",
        minimum=0,
        combine="sum",
        description=description,
    )


def _enterprises(code: str, en: str, id_: str, *, tally: Tally | None = None) -> Indicator:
    return Indicator(
        code=code,
        title={"en": en, "id": id_},
        type=int,
        unit="",
        minimum=0,
        combine="refuse" if tally else "sum",
        tally=tally,
    )


def _months(code: str, en: str, id_: str) -> Indicator:
    title = {"en": en, "id": id_}
    return Indicator(code=code, title=title, type=int, unit="months", minimum=0, maximum=12)


def _money(code: str, en: str, id_: str) -> Indicator:
    return Indicator(
        code=code,
        title={"en": en, "id": id_},
        type=float,
        unit="thousand_rupiah",
        minimum=0,
        combine="sum",
    )


def _size(code: str, en: str, id_: str) -> Indicator:
    """A figure of the whole enterprise, which its branches do not add up to."""
    title = {"en": en, "id": id_}
    return Indicator(code=code, title=title, type=float, unit="million_rupiah", minimum=0)


WORKERS = _people("workers", "Workers", "Tenaga kerja")
REGISTERED = _people(
    "registered_participants",
    "Registered participants",
    "Peserta terdaftar",
    description={
        "en": "Workers who have been enrolled, whether or not contributions are paid",
        "id": "Tenaga kerja yang sudah didaftarkan, baik iurannya dibayar maupun tidak",
    },
)
ACTIVE = _people(
    "active_participants",
    "Active participants",
    "Peserta aktif",
    description={
        "en": "Workers whose contributions are paid at the end of the period",
        "id": "Tenaga kerja yang iurannya terbayar pada akhir periode",
    },
)
PROTECTED = _people(
    "protected_workers",
    "Protected workers",
    "Tenaga kerja terlindungi",
    description={
        "en": "Workers covered by any scheme during the period, whoever paid",
        "id": "Tenaga kerja yang terlindungi program apa pun selama periode, siapa pun pembayarnya",
    },
)
BEFORE = _people(
    "participants_before", "Active participants a year before", "Peserta aktif setahun sebelumnya"
)

WORK_ACCIDENT = _people("jkk_participants", "Insured for work accidents (JKK)", "Peserta JKK")
DEATH = _people("jkm_participants", "Insured for death (JKM)", "Peserta JKM")
OLD_AGE = _people("jht_participants", "Insured for old age (JHT)", "Peserta JHT")
PENSION = _people("jp_participants", "Insured for a pension (JP)", "Peserta JP")

PAID_WAGES = _money("paid_wages", "Wages paid in the period", "Upah yang dibayar selama periode")
REPORTED_WAGES = _money(
    "reported_wages", "Wages reported in the period", "Upah yang dilaporkan selama periode"
)
MONTHS_ON_TIME = _months("months_paid_on_time", "Months paid on time", "Bulan iuran tepat waktu")
ARREARS = _money(
    "arrears", "Arrears at the end of the period", "Tunggakan iuran pada akhir periode"
)
CONTRIBUTIONS = _money(
    "contributions", "Contributions paid in the period", "Iuran dibayar selama periode"
)
CONTRIBUTIONS_BEFORE = _money(
    "contributions_before", "Contributions a year before", "Iuran setahun sebelumnya"
)

SUPPLIERS = _enterprises("suppliers", "Suppliers", "Pemasok")
SUPPLIERS_REGISTERED = _enterprises(
    "suppliers_registered", "Suppliers that are registered", "Pemasok yang terdaftar"
)
PARTNER_ENTERPRISES = _enterprises(
    "partner_enterprises", "Partner enterprises", "Usaha binaan", tally=Tally(record=PARTNERS)
)
PARTNERS_COVERED = _enterprises(
    "partner_enterprises_covered",
    "Partner enterprises that are registered",
    "Usaha binaan yang terdaftar",
    tally=Tally(record=PARTNERS, registered={"partner_id": True}),
)
VULNERABLE_PAID_FOR = _people(
    "vulnerable_workers_paid_for",
    "Vulnerable workers paid for",
    "Pekerja rentan yang dibayarkan iurannya",
)

REPORTING_MONTHS = _months(
    "sipp_months", "Months reported through SIPP", "Bulan pelaporan melalui SIPP"
)
APP_USERS = _people("app_users", "Participants who use the app", "Peserta pengguna aplikasi")

SALES = _size("annual_sales", "Annual sales", "Hasil penjualan tahunan")
CAPITAL = _size(
    "capital", "Capital without land and buildings", "Modal usaha di luar tanah dan bangunan"
)
