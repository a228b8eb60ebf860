"""One certificate, printed once, that the tests of this folder look at."""

from pathlib import Path

import pytest

from awards.documents.certificates import (
    CertificateText,
    Signatory,
    find_design,
    render_certificate,
)
from awards.documents.fonts import SERIF, Face, cut_faces


@pytest.fixture(scope="session")
def kawung() -> Path:
    return find_design("kawung")


@pytest.fixture(scope="session")
def surabaya() -> CertificateText:
    return CertificateText(
        language="id",
        issuer="Program Contoh IPM Jawa Timur",
        unit="Panitia Penghargaan",
        number="001/IPM-JATIM/2024",
        recipient="Kota Surabaya",
        place="Jawa Timur",
        rank="PERINGKAT I",
        category="Kategori Pemerintah Kabupaten dan Kota",
        award="Indeks Pembangunan Manusia 2024 (seri UHH SP2010)",
        city="Surabaya",
        date="29 Juli 2025",
        signatories=(
            Signatory("Ketua Panitia,", "(contoh)"),
            Signatory("Sekretaris Panitia,", "(contoh)"),
        ),
        serial="IPM24-0001-8K3F",
        verify_url="https://contoh.id/verify/mzxw6ytboi4dsmjqgaydambqga",
        seal="IPM JAWA TIMUR · PENGHARGAAN · 2024",
    )


@pytest.fixture(scope="session")
def certificate(surabaya: CertificateText, kawung: Path) -> bytes:
    return render_certificate(surabaya, kawung)


@pytest.fixture(scope="session")
def heavy() -> Face:
    return cut_faces(["Kota"]).find(SERIF, 600)


@pytest.fixture
def own_design(tmp_path: Path, kawung: Path) -> Path:
    """A copy of the bundled design that a test may spoil."""
    folder = tmp_path / "own"
    folder.mkdir()
    for file in kawung.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder
