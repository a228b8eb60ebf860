"""Two Indonesian indices of governments: innovation (IGA) and child-friendly (Layak Anak).

IGA: SID = Σ scores of all innovations / max(10, n), n being their number; the aspects
weigh 25.2 and 74.8 percent (2023). Predicates: 60.01 to 100, 35.00 to 60, 0.01 to 34.99,
0; totals are rounded to two decimals first, halves up, so that nothing falls into the
gaps between them (the published rule does not say so). Source: Kemendagri, Indeks
Inovasi Daerah 2023. The most that one innovation scores is illustrative.

Layak Anak: 24 indicators, 1000 points: 500 Pratama, 601 Madya, 701 Nindya, 801 Utama, 901
KLA, below 500 none. Sources differ by a point on where Pratama begins; points are
rounded to whole ones first. Split of the points among indicators: illustrative.
"""

from awards.sdk import (
    CategoryDefinition,
    Criterion,
    Group,
    Indicator,
    Leaf,
    Program,
    RecordColumn,
    RecordType,
    Tally,
    Use,
    at_least,
    hookimpl,
    ratio,
)

from .making import REGENCY_CITY, as_given, number, percent, program

MOST_PER_INNOVATION = 100.0

INNOVATIONS = RecordType(
    code="iga-innovations",
    title={"en": "Innovations as scored", "id": "Inovasi dan skornya"},
    columns=(
        RecordColumn(code="innovation", title={"en": "Innovation", "id": "Inovasi"}),
        RecordColumn(
            code="score",
            title={"en": "Score of all its indicators", "id": "Skor semua indikatornya"},
            type=float,
            minimum=0,
            maximum=MOST_PER_INNOVATION,
        ),
    ),
    key=("innovation",),
    claimed_twice=None,
)
SCORES = Indicator(
    code="iga_scores",
    title={"en": "Scores of all innovations", "id": "Jumlah skor inovasi"},
    type=float,
    unit="points",
    tally=Tally(record=INNOVATIONS, how="sum", column="score"),
)
COUNT = Indicator(
    code="iga_innovations",
    title={"en": "Innovations", "id": "Banyaknya inovasi"},
    type=int,
    unit="innovations",
    tally=Tally(record=INNOVATIONS),
)
PROFILE = percent(
    "iga_profile", {"en": "Profile of the government (SPD)", "id": "Satuan Pemerintah Daerah"}
)

SMOOTHED = Criterion(
    code="iga-smoothed-scores",
    title={"en": "Innovations (SID)", "id": "Satuan Inovasi Daerah"},
    applies_to=(REGENCY_CITY,),
    indicators=(SCORES, COUNT),
    measure=lambda i: ratio(i.iga_scores, at_least(i.iga_innovations, 10), when_zero=0.0),
    unit="points",
)

_PREDICATES = [
    ("sangat-inovatif", {"en": "Very innovative", "id": "Sangat Inovatif"}, 60.01),
    ("inovatif", {"en": "Innovative", "id": "Inovatif"}, 35.0),
    ("kurang-inovatif", {"en": "Little innovative", "id": "Kurang Inovatif"}, 0.01),
    ("tidak-dapat-dinilai", {"en": "Cannot be assessed", "id": "Tidak Dapat Dinilai"}, 0.0),
]

IGA = program(
    "inovasi-daerah",
    {"en": "Regional innovation (after IGA)", "id": "Inovasi daerah (menurut IGA)"},
    CategoryDefinition(
        code="kabupaten-kota",
        title={"en": "Regencies and cities", "id": "Kabupaten dan kota"},
        kind="regency-city",
        tree=Group(
            code="iid",
            title={"en": "Innovation index", "id": "Indeks Inovasi Daerah"},
            aggregation=Use(code="sum"),
            children=(
                Leaf(criterion="iga-profile", weight=25.2, scale=Use(code="identity")),
                Leaf(
                    criterion="iga-smoothed-scores",
                    weight=74.8,
                    scale=Use(code="identity", parameters={"maximum": MOST_PER_INNOVATION}),
                ),
            ),
        ),
        ladders=(Use(code="bands", parameters={"bands": _PREDICATES, "decimals": 2}),),
    ),
    mark="IGA",
)

CLUSTERS = tuple(
    number(f"kla_{code}", {"en": english, "id": words}, unit="points", most=most)
    for code, english, words, most in (
        ("kelembagaan", "Institutions", "Kelembagaan", 200.0),
        ("hak_sipil", "Civil rights", "Hak sipil dan kebebasan", 150.0),
        ("keluarga", "Family and care", "Lingkungan keluarga", 150.0),
        ("kesehatan", "Health and welfare", "Kesehatan dasar dan kesejahteraan", 200.0),
        ("pendidikan", "Education and culture", "Pendidikan dan budaya", 150.0),
        ("perlindungan", "Special protection", "Perlindungan khusus", 150.0),
    )
)

_LEVELS = [
    ("kla", {"en": "Child-friendly", "id": "KLA"}, 901.0),
    ("utama", {"en": "Utama", "id": "Utama"}, 801.0),
    ("nindya", {"en": "Nindya", "id": "Nindya"}, 701.0),
    ("madya", {"en": "Madya", "id": "Madya"}, 601.0),
    ("pratama", {"en": "Pratama", "id": "Pratama"}, 500.0),
]


def _cluster(indicator: Indicator) -> Leaf:
    most = indicator.maximum or 0.0
    scale = Use(code="identity", parameters={"maximum": most})
    return Leaf(criterion=indicator.code.replace("_", "-"), weight=most, scale=scale)


CHILDREN = program(
    "layak-anak",
    {"en": "Child-friendly regions (example)", "id": "Kabupaten/kota layak anak (contoh)"},
    CategoryDefinition(
        code="kabupaten-kota",
        title={"en": "Regencies and cities", "id": "Kabupaten dan kota"},
        kind="regency-city",
        tree=Group(
            code="kla",
            title={"en": "Points out of 1000", "id": "Nilai dari 1000"},
            aggregation=Use(code="sum", parameters={"maximum": 1000}),
            children=tuple(_cluster(each) for each in CLUSTERS),
        ),
        ladders=(Use(code="bands", parameters={"bands": _LEVELS, "decimals": 0, "out_of": 1000}),),
    ),
    mark="KLA",
)


@hookimpl
def awards_register_records() -> tuple[RecordType, ...]:
    return (INNOVATIONS,)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    clusters = tuple(as_given(each, REGENCY_CITY) for each in CLUSTERS)
    return (as_given(PROFILE, REGENCY_CITY), SMOOTHED, *clusters)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    return (IGA, CHILDREN)
