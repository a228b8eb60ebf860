"""The kinds of candidate that the bundled rules speak of."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import narwhals as nw

from awards.sdk.types import Attribute, Kind, Scheme

_DATA = Path(__file__).parent / "data"

COMPANY = Kind(
    code="company",
    title={"en": "Company", "id": "Perusahaan"},
    scheme="NPP",
    id_title={"en": "Employer number (NPP)", "id": "Nomor pendaftaran perusahaan (NPP)"},
    id_pattern=r"[A-Z0-9]{4,20}",
    id_example="JJ012345",
    attributes=(
        Attribute(code="region", title={"en": "Region code", "id": "Kode wilayah"}),
        Attribute(
            code="sector",
            title={"en": "Sector", "id": "Sektor"},
            values={
                "agriculture": {"en": "Agriculture and fishery", "id": "Pertanian dan perikanan"},
                "mining": {"en": "Mining", "id": "Pertambangan"},
                "manufacturing": {"en": "Manufacturing", "id": "Manufaktur"},
                "construction": {"en": "Construction", "id": "Konstruksi"},
                "trade-services": {"en": "Trade and services", "id": "Perdagangan dan jasa"},
                "finance": {"en": "Finance", "id": "Keuangan"},
                "education": {"en": "Education", "id": "Pendidikan"},
                "health": {"en": "Health", "id": "Kesehatan"},
                "public-service": {"en": "Public services", "id": "Layanan publik"},
            },
        ),
        Attribute(
            code="scale",
            title={"en": "Business scale", "id": "Skala usaha"},
            values={
                "micro": {"en": "Micro", "id": "Mikro"},
                "small": {"en": "Small", "id": "Kecil"},
                "medium": {"en": "Medium", "id": "Menengah"},
                "large": {"en": "Large", "id": "Besar"},
            },
        ),
    ),
    other_schemes=(
        Scheme(
            code="NIB",
            title={"en": "Business number (NIB)", "id": "Nomor induk berusaha (NIB)"},
            pattern=r"[0-9]{13}",
            example="9120001234567",
        ),
        Scheme(
            code="NPWP",
            title={"en": "Taxpayer number (NPWP)", "id": "Nomor pokok wajib pajak (NPWP)"},
            pattern=r"[0-9]{16}",
            example="0012345678901000",
        ),
    ),
)
"""A company, identified by its registration number as an employer.

The form of that number is published nowhere: upper-case letters and digits are
accepted as they come. A NIB has 13 digits; a NPWP has had 16 since July 2022, of
which the first is 0 for a body.
"""


@cache
def _regencies_and_cities() -> Mapping[str, str]:
    """Codes and names of Kepmendagri 300.2.2-2138/2025."""
    with (_DATA / "kabkota_514.csv").open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


def _type_of_region(code: nw.Expr) -> nw.Expr:
    """Cities are numbered 71 to 99 within their province, regencies 01 to 69."""
    city = code.str.slice(3, 1).is_in(["7", "8", "9"])
    return nw.when(city).then(nw.lit("city")).otherwise(nw.lit("regency"))


REGENCY_CITY = Kind(
    code="regency-city",
    title={"en": "Regency or city", "id": "Kabupaten atau kota"},
    scheme="Kemendagri",
    id_title={"en": "Region code", "id": "Kode wilayah"},
    id_pattern=r"\d{2}\.\d{2}",
    id_example="35.78",
    attributes=(
        Attribute(
            code="type",
            title={"en": "Type", "id": "Jenis"},
            values={
                "regency": {"en": "Regency", "id": "Kabupaten"},
                "city": {"en": "City", "id": "Kota"},
            },
            derived=_type_of_region,
        ),
    ),
    names=_regencies_and_cities(),
    geometry=_DATA / "jatim_kabkota_38.geojson",
)
"""A regency or city, identified by its region code; seven names in East Java are
borne by a regency and a city both."""
