"""Two presets on real data: the index 2020 to 2024, and a wider index of 2021."""

from datetime import date
from pathlib import Path

from awards.sdk import (
    CategoryDefinition,
    CertificateWording,
    EditionDefinition,
    Group,
    Leaf,
    Program,
    ProgramDefinition,
    Robustness,
    Sample,
    Signatory,
    Use,
    hookimpl,
)

from .index import METHOD, index_tree

_DATA = Path(__file__).parent / "data"
_INDEX = {"en": "Human development index", "id": "Indeks Pembangunan Manusia"}
_NOTICE = {
    "en": "The figures are real data of BPS. The program and its titles are an example, "
    "not an official award.",
    "id": "Angka indikator: data nyata BPS. Program dan gelar di halaman ini contoh; "
    "bukan penghargaan resmi.",
}
_NOTICE_2021 = {
    "en": "The figures are real data of BPS. The program, its weights and its titles are an "
    "example, not an official award.",
    "id": "Angka indikator: data nyata BPS. Program, bobot, dan gelar di halaman ini contoh; "
    "bukan penghargaan resmi.",
}
_SERIES = {
    "en": "BPS, human development index of East Java, series UHH SP2010",
    "id": "BPS, Indeks Pembangunan Manusia Jawa Timur, seri UHH SP2010",
}
_COLUMNS = {
    "id": "kode",
    "name": "nama",
    "life_expectancy": "uhh",
    "expected_schooling": "hls",
    "mean_schooling": "rls",
    "adjusted_spending": "pengeluaran_ribu",
}
_WELFARE_COLUMNS = {
    "poverty": "penduduk_miskin_pct",
    "proper_sanitation": "sanitasi_layak_pct",
    "safe_water": "air_minum_layak_pct",
    "open_unemployment": "tpt_pct",
}
_TITLES = Use(
    code="top-n",
    parameters={
        "titles": [
            {"en": "First place", "id": "Peringkat I"},
            {"en": "Second place", "id": "Peringkat II"},
            {"en": "Third place", "id": "Peringkat III"},
        ]
    },
)
_STATUS = Use(
    code="bands",
    parameters={
        "bands": [
            ["very-high", {"en": "Very high", "id": "Sangat tinggi"}, 80],
            ["high", {"en": "High", "id": "Tinggi"}, 70],
            ["medium", {"en": "Medium", "id": "Sedang"}, 60],
            ["low", {"en": "Low", "id": "Rendah"}, 0],
        ]
    },
)
_CATEGORY_TITLE = {"en": "Regency and city governments", "id": "Pemerintah kabupaten dan kota"}
_ON_CERTIFICATE = {
    "en": "Category: Regency and City Governments",
    "id": "Kategori Pemerintah Kabupaten dan Kota",
}


def _certificate(mark: str, year: int) -> CertificateWording:
    return CertificateWording(
        issuer={"en": "Example program for East Java", "id": "Program contoh Jawa Timur"},
        unit={
            "en": "Committee of the example program",
            "id": "Panitia program contoh; bukan penghargaan resmi",
        },
        city="Surabaya",
        number=f"{{serial:03d}}/{mark}/{year}",
        serial=f"{mark}{year % 100}-{{serial:04d}}",
        ring={"en": "EXAMPLE AWARD · EAST JAVA", "id": "PENGHARGAAN CONTOH · JAWA TIMUR"},
        signatories=(
            Signatory(
                position={"en": "Chair of the Committee", "id": "Ketua Panitia"}, name="(contoh)"
            ),
            Signatory(
                position={"en": "Secretary of the Committee", "id": "Sekretaris Panitia"},
                name="(contoh)",
            ),
        ),
    )


def _index_edition(year: int) -> EditionDefinition:
    return EditionDefinition(
        code=f"ipm-{year}",
        label=str(year),
        title={
            "en": f"Human development index of East Java {year} (series UHH SP2010)",
            "id": f"Indeks Pembangunan Manusia Jawa Timur {year} (seri UHH SP2010)",
        },
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        disclosure="open",
        notice=_NOTICE,
        sources=(_SERIES,),
        certificate=_certificate("IPM", year),
        categories=(
            CategoryDefinition(
                code="kabupaten-kota",
                title=_CATEGORY_TITLE,
                certificate_title=_ON_CERTIFICATE,
                kind="regency-city",
                gates=(Use(code="components-published"),),
                tree=index_tree("ipm", title=_INDEX),
                ladders=(_TITLES, _STATUS),
                weights_source=METHOD,
            ),
        ),
    )


def _index_sample(year: int) -> Sample:
    return Sample(
        edition=f"ipm-{year}",
        kind="regency-city",
        part="bps-ipm",
        file=_DATA / "ipm_jatim_2020_2024.csv",
        columns=_COLUMNS,
        rows={"tahun": str(year)},
        sender="BPS",
    )


INDEX = Program(
    definition=ProgramDefinition(
        code="ipm",
        title={"en": "Human development, East Java", "id": "Pembangunan Manusia Jawa Timur"},
        editions=tuple(_index_edition(year) for year in range(2020, 2025)),
    ),
    samples=tuple(_index_sample(year) for year in range(2020, 2025)),
)


def _compared(criterion: str, weight: float) -> Leaf:
    return Leaf(criterion=criterion, weight=weight, scale=Use(code="min-max"))


def _towards_all(criterion: str, weight: float) -> Leaf:
    target = Use(code="target", parameters={"target": 100})
    return Leaf(criterion=criterion, weight=weight, scale=target)


_WELFARE_TREE = Group(
    code="welfare",
    title={"en": "Welfare", "id": "Kesejahteraan"},
    children=(
        index_tree("ipm", title=_INDEX, weight=45),
        Group(
            code="economy",
            title={"en": "Economy and work", "id": "Ekonomi dan kerja"},
            weight=35,
            children=(_compared("poverty", 20), _compared("open-unemployment", 15)),
        ),
        Group(
            code="basic-services",
            title={"en": "Basic services", "id": "Layanan dasar"},
            weight=20,
            children=(_towards_all("proper-sanitation", 10), _towards_all("safe-water", 10)),
        ),
    ),
)

WELFARE = Program(
    definition=ProgramDefinition(
        code="kesejahteraan",
        title={"en": "Welfare, East Java", "id": "Kesejahteraan Jawa Timur"},
        editions=(
            EditionDefinition(
                code="kesejahteraan-2021",
                label="2021",
                title={
                    "en": "Welfare index of East Java 2021 (example)",
                    "id": "Indeks Kesejahteraan Jawa Timur 2021 (contoh)",
                },
                period_start=date(2021, 1, 1),
                period_end=date(2021, 12, 31),
                disclosure="open",
                notice=_NOTICE_2021,
                sources=(
                    _SERIES,
                    {
                        "en": "BPS, poverty, sanitation, water and unemployment 2021",
                        "id": "BPS, kemiskinan, sanitasi, air minum, dan pengangguran 2021",
                    },
                ),
                certificate=_certificate("KSJ", 2021),
                robustness=Robustness(public=True),
                categories=(
                    CategoryDefinition(
                        code="kabupaten-kota",
                        title=_CATEGORY_TITLE,
                        certificate_title=_ON_CERTIFICATE,
                        kind="regency-city",
                        gates=(Use(code="components-published"),),
                        tree=_WELFARE_TREE,
                        tie_breakers=("ipm", "poverty"),
                        ladders=(_TITLES,),
                    ),
                ),
            ),
        ),
    ),
    samples=(
        Sample(
            edition="kesejahteraan-2021",
            kind="regency-city",
            part="bps-2021",
            file=_DATA / "indikator_jatim_2021.csv",
            columns=_COLUMNS | _WELFARE_COLUMNS,
            rows={"tahun": "2021"},
            sender="BPS",
        ),
    ),
)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    return (INDEX, WELFARE)
