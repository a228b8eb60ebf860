"""What BPS publishes of every regency and city."""

from awards.sdk import Indicator, Text

_SERIES: Text = {
    "en": "BPS, human development index, series UHH SP2010",
    "id": "BPS, Indeks Pembangunan Manusia, seri UHH SP2010",
}
_WELFARE: Text = {
    "en": "BPS, welfare indicators of East Java 2021",
    "id": "BPS, indikator kesejahteraan Jawa Timur 2021",
}


def _years(
    code: str, *, title: Text, description: Text, minimum: float, maximum: float
) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        type=float,
        unit="years",
        minimum=minimum,
        maximum=maximum,
        source=_SERIES,
        description=description,
    )


def _percent(code: str, *, title: Text, description: Text) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        type=float,
        unit="percent",
        minimum=0,
        maximum=100,
        source=_WELFARE,
        description=description,
    )


LIFE_EXPECTANCY = _years(
    "life_expectancy",
    title={"en": "Life expectancy at birth", "id": "Umur harapan hidup saat lahir"},
    description={
        "en": "Expected length of life of a child born in the year",
        "id": "Perkiraan rata-rata umur bayi yang lahir tahun itu",
    },
    minimum=20,
    maximum=100,
)
EXPECTED_SCHOOLING = _years(
    "expected_schooling",
    title={"en": "Expected years of schooling", "id": "Harapan lama sekolah"},
    description={
        "en": "Schooling that a child of seven may expect",
        "id": "Lama sekolah yang dapat diharapkan anak usia 7 tahun",
    },
    minimum=0,
    maximum=30,
)
MEAN_SCHOOLING = _years(
    "mean_schooling",
    title={"en": "Mean years of schooling", "id": "Rata-rata lama sekolah"},
    description={
        "en": "Schooling that people of 25 and over have had",
        "id": "Lama sekolah yang sudah ditempuh penduduk 25 tahun ke atas",
    },
    minimum=0,
    maximum=30,
)
ADJUSTED_SPENDING = Indicator(
    code="adjusted_spending",
    title={"en": "Adjusted spending per person", "id": "Pengeluaran per orang disesuaikan"},
    type=float,
    unit="thousand_rupiah",
    minimum=0,
    source=_SERIES,
    description={
        "en": "Real spending per person and year, adjusted for prices",
        "id": "Pengeluaran riil per orang setahun yang disesuaikan",
    },
)
POVERTY = _percent(
    "poverty",
    title={"en": "People in poverty", "id": "Penduduk miskin"},
    description={
        "en": "Share of people below the poverty line",
        "id": "Bagian penduduk di bawah garis kemiskinan",
    },
)
UNEMPLOYMENT = _percent(
    "open_unemployment",
    title={"en": "Open unemployment", "id": "Pengangguran terbuka"},
    description={
        "en": "Share of the labor force that looks for work",
        "id": "Bagian angkatan kerja yang mencari kerja",
    },
)
SANITATION = _percent(
    "proper_sanitation",
    title={"en": "Proper sanitation", "id": "Sanitasi layak"},
    description={
        "en": "Households with access to proper sanitation",
        "id": "Rumah tangga dengan akses sanitasi layak",
    },
)
SAFE_WATER = _percent(
    "safe_water",
    title={"en": "Safe drinking water", "id": "Air minum layak"},
    description={
        "en": "Households with access to safe drinking water",
        "id": "Rumah tangga dengan akses air minum layak",
    },
)

COMPONENTS = (LIFE_EXPECTANCY, EXPECTED_SCHOOLING, MEAN_SCHOOLING, ADJUSTED_SPENDING)
