"""The kinds of candidate that the bundled rules speak of."""

from awards.sdk.types import Attribute, Kind

COMPANY = Kind(
    code="company",
    title={"en": "Company", "id": "Perusahaan"},
    scheme="NPP",
    id_title={"en": "Employer number (NPP)", "id": "Nomor pendaftaran perusahaan (NPP)"},
    id_pattern=r"[A-Z0-9]{4,20}",
    id_example="JJ012345",
    attributes=(
        Attribute(code="region", title={"en": "Region code", "id": "Kode wilayah"}),
        Attribute(code="sector", title={"en": "Sector", "id": "Sektor"}),
        Attribute(
            code="scale",
            title={"en": "Business scale", "id": "Skala usaha"},
            values=("micro", "small", "medium", "large"),
        ),
    ),
)
"""A company, identified by its registration number as an employer.

The form of that number is published nowhere: upper-case letters and digits are
accepted as they come.
"""
