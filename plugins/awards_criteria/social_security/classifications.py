"""Scales of enterprises by law and by the agencies that use them.

Bounds read "more than … up to and including …". Of the two laws only the years were
seen in a source, so each is taken to hold for whole years.
"""

from datetime import date

from awards.sdk import COMPANY, Brackets, Classification, Text, hookimpl

from .indicators import CAPITAL, SALES, WORKERS

_WORDS: dict[str, Text] = {
    "micro": {"en": "Micro", "id": "Mikro"},
    "small": {"en": "Small", "id": "Kecil"},
    "medium": {"en": "Medium", "id": "Menengah"},
    "large": {"en": "Large", "id": "Besar"},
}
_BY_SALES = Brackets(
    indicator=SALES, steps=((2_000, "micro"), (15_000, "small"), (50_000, "medium")), above="large"
)
_BY_CAPITAL = Brackets(
    indicator=CAPITAL, steps=((1_000, "micro"), (5_000, "small"), (10_000, "medium")), above="large"
)

PP_7_2021 = Classification(
    code="pp-7-2021",
    title={"en": "Scale by PP 7/2021", "id": "Skala usaha menurut PP 7/2021"},
    attribute="scale",
    kinds=(COMPANY,),
    tables=(_BY_SALES, _BY_CAPITAL),
    values=_WORDS,
    valid_from=date(2021, 1, 1),
    source={"en": "PP 7/2021, article 35", "id": "PP 7/2021 pasal 35"},
)
"""By annual sales; by capital for an enterprise that is new and has none yet."""

UU_20_2008 = Classification(
    code="uu-20-2008",
    title={"en": "Scale by UU 20/2008", "id": "Skala usaha menurut UU 20/2008"},
    attribute="scale",
    kinds=(COMPANY,),
    tables=(
        Brackets(
            indicator=SALES,
            steps=((300, "micro"), (2_500, "small"), (50_000, "medium")),
            above="large",
        ),
    ),
    values=_WORDS,
    valid_from=date(2008, 7, 4),
    valid_to=date(2020, 12, 31),
    source={
        "en": "UU 20/2008, article 6, annual sales",
        "id": "UU 20/2008 pasal 6, hasil penjualan tahunan",
    },
)

HEAD_COUNT = Classification(
    code="head-count",
    title={"en": "Scale by workers (occupational safety)", "id": "Skala menurut tenaga kerja (K3)"},
    attribute="scale",
    kinds=(COMPANY,),
    tables=(Brackets(indicator=WORKERS, steps=((49, "small"), (100, "medium")), above="large"),),
    values={code: _WORDS[code] for code in ("small", "medium", "large")},
    source={"en": "Practice of the zero accident award", "id": "Praktik penghargaan nihil celaka"},
)

AGENCY_LABEL = Classification(
    code="agency-label",
    title={"en": "Scale in the agency's words", "id": "Skala dalam sebutan BPJS Ketenagakerjaan"},
    attribute="scale",
    kinds=(COMPANY,),
    tables=(_BY_SALES, _BY_CAPITAL),
    values=_WORDS | {"large": {"en": "Platinum (large)", "id": "Platinum (besar)"}},
    valid_from=date(2021, 1, 1),
    source={
        "en": "The agency calls large companies platinum; bounds of PP 7/2021",
        "id": "BPJS Ketenagakerjaan menyebut perusahaan besar platinum; batas PP 7/2021",
    },
)


@hookimpl
def awards_register_classifications() -> tuple[Classification, ...]:
    return (PP_7_2021, UU_20_2008, HEAD_COUNT, AGENCY_LABEL)
