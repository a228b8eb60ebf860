"""Published worlds to show: open, winners only, places only, a crowd, nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from awards.domain.definition import DisclosureLevel
from awards.domain.published import (
    CriterionHead,
    CriterionScore,
    Filter,
    GateHead,
    GroupHead,
    IndicatorHead,
    IndicatorValue,
    PublicCertificate,
    PublishedCategory,
    PublishedEdition,
    RankingRow,
    Scorecard,
    SourceCell,
    TitleHead,
)
from awards.domain.text import Sentence, Text
from tests.web.fake_site import FakeSite, key

CODE = "7Q2M-XK4D-9TBA-HV5R-3WNE-8CPJ-6G"
NAMES = (
    "Kota Surabaya",
    "Kota Malang",
    "Kota Madiun",
    "Kabupaten Sidoarjo",
    "Kabupaten Perkebunan dan Pengolahan Hasil Bumi Nusantara Sejahtera Bersama Selatan",
    "Kabupaten Tulungagung",
    "Kabupaten Kediri",
    "Kabupaten Sampang",
)


def both(en: str, id_: str) -> Text:
    return {"en": en, "id": id_}


PLACES = (both("First place", "Juara I"), both("Second place", "Juara II"), None)
GOALPOSTS = both("Goalposts", "Patokan")
ROOT = GroupHead(
    code="total",
    title=both("Total", "Nilai total"),
    weight=100,
    depth=0,
    color=0,
    aggregation=both("Weighted mean", "Rata-rata berbobot"),
    parent=None,
)
LEARNING = GroupHead(
    code="learning",
    title=both("Schooling", "Pendidikan"),
    weight=60,
    depth=1,
    color=1,
    aggregation=both("Weighted mean", "Rata-rata berbobot"),
    parent="total",
)
LIFE = replace(LEARNING, code="life", title=both("Life", "Umur harapan hidup"), weight=40, color=2)


def indicator(code: str, title: Text, unit: str) -> IndicatorHead:
    return IndicatorHead(
        code=code,
        title=title,
        unit=unit,
        description=None,
        source=both("BPS 2024, UHH SP2010 series", "BPS 2024, seri UHH SP2010"),
    )


def criterion(code: str, title: Text, unit: str, weight: float, group: str) -> CriterionHead:
    return CriterionHead(
        code=code,
        title=title,
        description=both("What it says", "Artinya"),
        unit=unit,
        group=group,
        weight=weight,
        scale=GOALPOSTS,
        scale_words=Sentence(
            both("From {low} to {high}.", "Dari {low} sampai {high}."), {"low": 0.0, "high": 84.5}
        ),
        less_is_better=False,
        missing="reweight",
        not_applicable="reweight",
        indicators=(indicator(f"{code}_value", title, unit),),
        plugin="awards_criteria.human_development 1.0",
        median_raw=50.0,
        median_points=50.0,
    )


CRITERIA = (
    criterion("expected", both("Expected schooling", "Harapan sekolah"), "years", 20, "learning"),
    criterion("mean", both("Mean schooling", "Rata-rata sekolah"), "years", 40, "learning"),
    criterion("life", both("Life expectancy", "Umur harapan hidup"), "percent", 40, "total"),
)


def points_of(number: int, count: int) -> float:
    return round(95 - 60 * number / max(count - 1, 1), 3)


def row(number: int, name: str, count: int, *, id_: str | None = None) -> RankingRow:
    """The candidate in place *number* + 1; all criteria have the same points."""
    points = points_of(number, count)
    titles = (*PLACES[:2], both("Third place", "Juara III"))
    return RankingRow(
        id=id_ or f"35.{number + 1:02}",
        name=name,
        place=number + 1,
        shared=False,
        total=points,
        title=titles[number] if number < 3 else None,
        class_=both("High", "Tinggi") if points >= 70 else both("Medium", "Sedang"),
        contributions=(points * 0.6, points * 0.4),
        has_scorecard=True,
    )


def share_place(rows: Sequence[RankingRow], number: int) -> tuple[RankingRow, ...]:
    """The rows with *number* and the one after it in one place with one total."""
    first = replace(rows[number], shared=True)
    second = replace(
        rows[number + 1],
        shared=True,
        place=first.place,
        total=first.total,
        contributions=first.contributions,
    )
    return (*rows[:number], first, second, *rows[number + 2 :])


def score(head: CriterionHead, points: float, *, missing: bool = False) -> CriterionScore:
    value = None if missing else points
    cell = SourceCell(
        file="ipm.xlsx", sheet="Data", address="D17", part="ipm", sender="BPS Jawa Timur"
    )
    weight = 0.0 if missing else head.weight
    return CriterionScore(
        code=head.code,
        raw=value,
        points=value,
        weight=weight,
        contribution=weight * points / 100,
        lost=weight - weight * points / 100,
        reason="missing" if missing else "measured",
        policy="reweight" if missing else None,
        values=(
            IndicatorValue(
                code=head.indicators[0].code, value=value, source=None if missing else cell
            ),
        ),
    )


def cards(rows: Sequence[RankingRow], *, without: int | None = 3) -> dict[str, Scorecard]:
    """Scorecards of all rows; the row *without* lacks the value of one criterion."""
    ends = [None, *rows, None]
    return {
        each.id: Scorecard(
            row=each,
            attributes=(("type", "city" if each.name.startswith("Kota") else "regency"),),
            scores=tuple(
                score(head, each.total, missing=number == without and head.code == "expected")
                for head in CRITERIA
            ),
            above=ends[number],
            below=ends[number + 2],
        )
        for number, each in enumerate(rows)
    }


PAID = GateHead(
    code="paid",
    title=both("Contributions paid", "Iuran lunas"),
    reason=both("Arrears must be settled.", "Tunggakan harus lunas."),
)
TYPE = Filter(
    code="type",
    title=both("Type", "Jenis"),
    values=(
        ("regency", both("Regency", "Kabupaten"), 5),
        ("city", both("City", "Kota"), 3),
    ),
)


def category(edition: str, rows: Sequence[RankingRow], **changes: object) -> PublishedCategory:
    held = sum(each.title is not None for each in rows)
    made = PublishedCategory(
        edition=edition,
        code="local",
        title=both("Regencies and cities", "Kabupaten dan kota"),
        kind="regency-city",
        kind_title=both("Regency or city", "Kabupaten/kota"),
        population=len(rows) + 2,
        ranked=len(rows),
        ineligible=1,
        not_assessable=1,
        listed=len(rows),
        median_total=65.0,
        decided_on=date(2025, 7, 29),
        minutes="BA-01/2025",
        weights_source=None,
        segments=(LEARNING, LIFE),
        groups=(ROOT, LEARNING),
        criteria=CRITERIA,
        gates=(PAID,),
        tie_breakers=(both("Life expectancy", "Umur harapan hidup"),),
        titles=(TitleHead(code="first", words=both("First place", "Juara I"), count=held),),
        classes=(TitleHead(code="high", words=both("High", "Tinggi"), count=4),),
        filters=(TYPE,),
        has_map=True,
        seal="9c41e07a" * 8,
        result_digest="ab12cd34" * 8,
        snapshot="0f1e2d3c" * 8,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def edition(
    year: int, categories: tuple[PublishedCategory, ...], *, level: DisclosureLevel = "open"
) -> PublishedEdition:
    return PublishedEdition(
        code=f"ipm-{year}",
        label=str(year),
        title=both(f"Human development {year}", f"Pembangunan manusia {year}"),
        program="ipm",
        program_title=both("Human development award", "Anugerah pembangunan manusia"),
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        time_zone="Asia/Jakarta",
        disclosure=level,
        notice=both("An example, no official award.", "Contoh, bukan penghargaan resmi."),
        sources=(both("BPS, 2020–2024", "BPS, 2020–2024"),),
        published_at=datetime(year + 1, 7, 29, 7, 5, tzinfo=UTC),
        digest="77aa" * 16,
        ledger=(1284, "7f3c9a1e04bd52e8" * 4),
        categories=categories,
    )


def squares(rows: Sequence[RankingRow]) -> bytes:
    """A map of squares in a line; the first is too small to be found."""
    features = []
    for number, each in enumerate(rows):
        x, size = 110 + number * 0.5, 0.05 if number == 0 else 0.5
        ring = [[x, -8], [x + size, -8], [x + size, -8 + size], [x, -8 + size], [x, -8]]
        features.append(
            {
                "type": "Feature",
                "properties": {"kode": each.id, "nama": each.name, "jenis": each.name.split()[0]},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def open_site(names: Sequence[str] = NAMES, shapes: bytes | None = None) -> FakeSite:
    """Two open editions; a missing value, a shared place and a long name among them."""
    site = FakeSite()
    for year in (2024, 2023):
        rows = tuple(row(number, name, len(names)) for number, name in enumerate(names))
        rows = share_place(rows, 4) if len(rows) > 5 else rows
        each = category(f"ipm-{year}", rows)
        site.published += (edition(year, (each,)),)
        site.rows[key(each)] = rows
        site.cards[key(each)] = cards(rows)
        site.shapes[key(each)] = shapes or squares(rows)
    site.issued = (certificate(site.rows["ipm-2024", "local"][0]),)
    return site


def certificate(holder: RankingRow, *, code: str = CODE, language: str = "id") -> PublicCertificate:
    return PublicCertificate(
        code=code,
        label="IPM24-0001",
        number="560/001/2025",
        edition="ipm-2024",
        edition_title=both("Human development 2024", "Pembangunan manusia 2024"),
        category="local",
        category_title=both("Regencies and cities", "Kabupaten dan kota"),
        candidate=holder.id,
        name=holder.name,
        title=holder.title or {},
        language=language,
        issued_on=date(2025, 8, 1),
        sha256="5e" * 32,
    )


def winners_site() -> FakeSite:
    """Only holders of titles are listed; the file behind knows no other."""
    rows = tuple(row(number, name, len(NAMES)) for number, name in enumerate(NAMES))[:3]
    made = category("ipm-2024", rows, ranked=8, population=10, listed=3)
    everybody = tuple(row(number, name, len(NAMES)) for number, name in enumerate(NAMES))
    return FakeSite(
        published=(edition(2024, (made,), level="winners"),),
        rows={key(made): rows},
        cards={key(made): cards(rows, without=None)},
        shapes={key(made): squares(everybody)},
    )


def places_site() -> FakeSite:
    """All places and totals; contributions and scorecards only of holders of titles."""
    every = tuple(row(number, name, len(NAMES)) for number, name in enumerate(NAMES))
    rows = tuple(
        each if each.title else replace(each, contributions=(), has_scorecard=False)
        for each in every
    )
    made = category("ipm-2024", rows, has_map=False)
    return FakeSite(
        published=(edition(2024, (made,), level="places"),),
        rows={key(made): rows},
        cards={key(made): cards(rows[:3], without=None)},
    )


def crowd_site(count: int = 66_150) -> FakeSite:
    """As many companies as one province has, in two categories."""
    rows = tuple(
        row(number, f"CV Contoh {number + 1}", count, id_=f"JJ{number + 1:06}")
        for number in range(count)
    )
    made = category("ipm-2024", rows, has_map=False, filters=())
    few = replace(made, code="few", title=both("The few", "Yang sedikit"), listed=3)
    return FakeSite(
        published=(edition(2024, (made, few)),),
        rows={key(made): rows, key(few): rows[:3]},
    )
