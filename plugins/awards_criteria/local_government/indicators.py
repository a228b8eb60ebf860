"""What is counted of a regency, a city or a village."""

from awards.sdk import Indicator, Tally
from awards_criteria.records.types import INNOVATIONS, REGULATIONS


def _people(code: str, en: str, id_: str) -> Indicator:
    return Indicator(code=code, title={"en": en, "id": id_}, type=int, unit="people", minimum=0)


def _regulations(code: str, en: str, id_: str, *, forms: tuple[str, ...]) -> Indicator:
    tally = Tally(record=REGULATIONS, where={"form": forms})
    title = {"en": en, "id": id_}
    return Indicator(code=code, title=title, type=int, unit="", minimum=0, tally=tally)


EMPLOYED = _people("employed_population", "Employed population", "Penduduk bekerja")
COVERAGE_TARGET = Indicator(
    code="coverage_target",
    title={"en": "Target of coverage", "id": "Target cakupan"},
    type=float,
    unit="percent",
    minimum=0,
    maximum=100,
    source={
        "en": "Target set for the area; whose it is stands in the sender's letter",
        "id": "Target yang ditetapkan untuk wilayah; penetapnya disebut dalam surat pengirim",
    },
)
NON_CIVIL_STAFF = _people("non_civil_staff", "Non-civil-servant staff", "Pegawai non-ASN")
NON_CIVIL_COVERED = _people(
    "non_civil_staff_covered", "Non-civil-servant staff covered", "Pegawai non-ASN terlindungi"
)
OFFICIALS = _people("village_officials", "Village officials", "Perangkat desa")
OFFICIALS_COVERED = _people(
    "village_officials_covered", "Village officials covered", "Perangkat desa terlindungi"
)
VULNERABLE = _people("vulnerable_workers", "Vulnerable workers", "Pekerja rentan")

LOCAL_REGULATIONS = _regulations(
    "local_regulations", "Regional regulations (Perda)", "Peraturan daerah", forms=("perda",)
)
HEAD_REGULATIONS = _regulations(
    "head_regulations",
    "Regulations of the regent or mayor",
    "Peraturan bupati atau wali kota",
    forms=("perbup", "perwali"),
)
CIRCULARS = _regulations("circulars", "Circulars", "Surat edaran", forms=("edaran",))
INNOVATION_COUNT = Indicator(
    code="innovations_count",
    title={"en": "Innovations", "id": "Inovasi"},
    type=int,
    unit="",
    minimum=0,
    tally=Tally(record=INNOVATIONS),
)
