"""The certificate design that comes with the application."""

from pathlib import Path

from awards.sdk import CertificateDesign, hookimpl

KAWUNG = CertificateDesign(
    code="kawung",
    title={"en": "Kawung, A4 landscape", "id": "Kawung, A4 mendatar"},
    folder=Path("kawung"),
)


@hookimpl
def awards_register_certificate_designs() -> tuple[CertificateDesign, ...]:
    return (KAWUNG,)
