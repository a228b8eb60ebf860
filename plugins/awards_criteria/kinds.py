"""The kinds of candidate that come with the application."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import narwhals as nw

from awards.sdk import COMPANY, REGENCY_CITY, Attribute, Kind, Text, hookimpl

_DATA = Path(__file__).parent / "data"
_REGION_CODE: Text = {"en": "Region code", "id": "Kode wilayah"}
_EMPLOYER_NUMBER: Text = {"en": "Employer number (NPP)", "id": "Nomor pendaftaran perusahaan (NPP)"}


@cache
def _provinces() -> Mapping[str, str]:
    """Codes and names of Kepmendagri 300.2.2-2138/2025."""
    with (_DATA / "provinsi_38.csv").open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


PROVINCE = Kind(
    code="province",
    title={"en": "Province", "id": "Provinsi"},
    scheme="Kemendagri",
    id_title=_REGION_CODE,
    id_pattern=r"\d{2}",
    id_example="35",
    names=_provinces(),
)


def _type_of_village(code: nw.Expr) -> nw.Expr:
    """The last four digits begin with 1 for a kelurahan, 2 for a desa, 3 for a desa adat."""
    first = code.str.slice(9, 1)
    rest = nw.when(first == "2").then(nw.lit("desa")).otherwise(nw.lit("desa-adat"))
    return nw.when(first == "1").then(nw.lit("kelurahan")).otherwise(rest)


VILLAGE = Kind(
    code="village",
    title={"en": "Village or urban ward", "id": "Desa atau kelurahan"},
    scheme="Kemendagri",
    id_title=_REGION_CODE,
    id_pattern=r"\d{2}\.\d{2}\.\d{2}\.[123]\d{3}",
    id_example="35.14.02.2001",
    attributes=(
        Attribute(
            code="type",
            title={"en": "Type", "id": "Jenis"},
            values={
                "kelurahan": {"en": "Urban ward", "id": "Kelurahan"},
                "desa": {"en": "Village", "id": "Desa"},
                "desa-adat": {"en": "Customary village", "id": "Desa adat"},
            },
            derived=_type_of_village,
        ),
        Attribute(
            code="region",
            title={"en": "Regency or city", "id": "Kabupaten atau kota"},
            derived=lambda code: code.str.slice(0, 5),
        ),
    ),
)
"""A village, identified by its region code, which also tells its type and its regency
or city; of more than 80,000 no list comes along, so names come with the data."""


def _employer(code: str, *, title: Text) -> Kind:
    """A kind of candidate that is known as an employer, like a company."""
    return Kind(
        code=code,
        title=title,
        scheme=COMPANY.scheme,
        id_title=_EMPLOYER_NUMBER,
        id_pattern=COMPANY.id_pattern,
        id_example=COMPANY.id_example,
        attributes=(Attribute(code="region", title=_REGION_CODE),),
    )


HOSPITAL = _employer("hospital", title={"en": "Hospital", "id": "Rumah sakit"})
UNIVERSITY = _employer("university", title={"en": "University", "id": "Perguruan tinggi"})


@hookimpl
def awards_register_kinds() -> tuple[Kind, ...]:
    return (COMPANY, PROVINCE, REGENCY_CITY, VILLAGE, HOSPITAL, UNIVERSITY)
