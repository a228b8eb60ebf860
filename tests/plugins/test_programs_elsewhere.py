"""Each program elsewhere on a few candidates, worked out by hand."""

from typing import Any

import polars as pl
import pytest

from awards.evaluation.errors import RunRefused
from awards.evaluation.history import DecidedResults, history_table
from awards.evaluation.pipeline import evaluate
from awards.sdk import CategoryDefinition
from tests.plugins.rules import bundled


def category_of(program: str) -> CategoryDefinition:
    [edition] = bundled().program(program).definition.editions
    [category] = edition.categories
    return category


def judged(program: str, data: dict[str, list[Any]], **more: Any) -> pl.DataFrame:
    height = len(next(iter(data.values())))
    table = pl.DataFrame({"id": [f"N{at}" for at in range(height)], **data}, strict=False)
    found = evaluate(table.lazy(), category_of(program), rulebook=bundled(), **more)
    return found.results.collect()


def totals(results: pl.DataFrame) -> list[float]:
    return [round(each, 6) for each in results["total"].to_list()]


def test_colors_of_compliance_ask_for_more_step_by_step() -> None:
    # The five that come as far as the summary score 100, 110, 90, 120, 80: the mean is
    # 100, so N0, which scores just that, stays blue; N6 is large and was not audited.
    data = {
        "proper_compliance": [100, 100, 100, 100, 100, 70, 100, 20],
        "proper_energy_use": [10, 9000, 10, 10, 10, 10, 6000, 10],
        "proper_energy_audit": [0, 1, 0, 0, 0, 0, 0, 0],
        "proper_drkpl": [100, 110, 90, 120, 80, 150, 150, 150],
        "proper_management_system": [90, 90, 90, 61, 90, 90, 90, 90],
        "proper_green_documents": [90, 90, 90, 90, 90, 90, 90, 90],
    }
    titles = ({"N1": "green", "N3": "green"}, {"N1": "gold", "N3": "green"}, {"N1": "green"})
    before = [
        DecidedResults(
            pl.LazyFrame(
                {"id": ["N1"], "standing": [0], "place": [1], "total": [90.0]},
            ),
            held,
        )
        for held in titles
    ]
    definition = category_of("warna-lingkungan")
    history = history_table(definition, entrants=(), earlier=before).lazy()
    found = judged("warna-lingkungan", data, history=history)
    assert found["title:0"].to_list() == [
        *("blue", "gold", "blue", "green", "blue", "red", "blue", "black")
    ]


def test_innovations_are_averaged_over_ten_at_least_and_predicates_leave_no_gap() -> None:
    # SID: 300 / max(10, 3) = 30; 1200 / max(10, 15) = 80; none = 0.
    data = {
        "iga_profile": [50.0, 100.0, 0.0],
        "iga_scores": [300.0, 1200.0, 0.0],
        "iga_innovations": [3, 15, 0],
    }
    found = judged("inovasi-daerah", data)
    assert totals(found) == [
        pytest.approx(0.252 * 50 + 0.748 * 30),
        pytest.approx(0.252 * 100 + 0.748 * 80),
        0.0,
    ]
    assert found["title:0"].to_list() == ["inovatif", "sangat-inovatif", "tidak-dapat-dinilai"]


@pytest.mark.parametrize(
    ("total", "predicate"),
    [
        (60.005, "sangat-inovatif"),
        (60.004999, "inovatif"),
        (34.995, "inovatif"),
        (34.994999, "kurang-inovatif"),
        (0.004, "tidak-dapat-dinilai"),
    ],
)
def test_totals_between_published_edges_are_rounded_to_two_decimals(
    total: float, predicate: str
) -> None:
    data = {"iga_profile": [total], "iga_scores": [10 * total], "iga_innovations": [10]}
    found = judged("inovasi-daerah", data)
    assert (round(found["total"].item(), 9), found["title:0"].item()) == (total, predicate)


def test_levels_of_child_friendly_regions_are_read_off_whole_points() -> None:
    codes = ("kelembagaan", "hak_sipil", "keluarga", "kesehatan", "pendidikan", "perlindungan")
    full = (200.0, 150.0, 150.0, 200.0, 150.0, 150.0)
    wanted = (1000.0, 900.5, 900.4, 701.0, 600.5, 500.0, 499.4)
    data = {
        f"kla_{code}": [most * each / 1000 for each in wanted]
        for code, most in zip(codes, full, strict=True)
    }
    found = judged("layak-anak", data)
    assert found["title:0"].to_list() == [
        *("kla", "kla", "utama", "nindya", "madya", "pratama", None)
    ]


def test_flag_depends_on_tier_and_percent() -> None:
    data = {
        "tier": ["lanjutan", "lanjutan", "awal", "awal", "transisi", None],
        "smk3_percent_met": [85.0, 84.9, 85.0, 60.0, 59.0, 100.0],
    }
    found = judged("audit-smk3", data)
    assert found["title:0"].to_list() == [
        *("bendera-emas", "bendera-perak", "bendera-perak", "sertifikat", None, None)
    ]


def test_hours_count_since_the_last_accident_and_three_years_are_an_alternative() -> None:
    # N0: 2 + 3 million hours, after an accident in the first year, of 1 million needed.
    # N1: too few hours, but no accident in three years. N2: an accident in the last year.
    # N3: 101 workers need 6 million hours. N4: in another sector.
    data = {
        "sector": ["mining", "mining", "mining", "mining", "finance"],
        "za_workers": [60, 10, 60, 101, 49],
        "za_hours_first": [9e6, 1e4, 9e6, 9e6, 1e5],
        "za_hours_second": [2e6, 1e4, 9e6, 2e6, 1e5],
        "za_hours_third": [3e6, 1e4, 9e6, 3e6, 1e5],
        "za_accidents_first": [1, 0, 0, 1, 0],
        "za_accidents_second": [0, 0, 0, 0, 0],
        "za_accidents_third": [0, 0, 1, 0, 0],
    }
    found = judged("nihil-kecelakaan", data)
    assert found["gate:za-enough-hours"].to_list() == [0, 0, 1, 1, 0]
    assert found["raw:za-hours-counted"].to_list() == pytest.approx([5.0, 0.1, 0.0, 5 / 6, 1.0])
    assert found["title:0"].to_list() == ["piala", "piagam", None, None, "piala"]


def test_points_of_items_add_up_to_a_thousand_and_give_a_band_of_each_side() -> None:
    category = category_of("keunggulan-baldrige")
    codes = [leaf.code.replace("-", "_") for leaf in category.tree.leaves()]
    assert sum(leaf.weight for leaf in category.tree.leaves()) == 1000
    # Half of all: 275 of 550 is process band 4, 225 of 450 results band 4.
    data = {code: [50.0, 50.0 if code < "baldrige_7" else 0.0, 100.0] for code in codes}
    found = judged("keunggulan-baldrige", data)
    assert totals(found) == [50.0, 27.5, 100.0]
    assert found["title:0"].to_list() == ["band-4-4", "band-4-1", "band-8-8"]


def test_an_item_is_scored_in_steps_of_five_percent() -> None:
    category = category_of("keunggulan-baldrige")
    codes = [leaf.code.replace("-", "_") for leaf in category.tree.leaves()]
    with pytest.raises(RunRefused, match=r"N0 has 52 in criterion .baldrige-1-1"):
        judged(
            "keunggulan-baldrige", {code: [52.0 if code[-3:] == "1_1" else 50.0] for code in codes}
        )


def test_criterion_of_radar_is_no_better_than_its_first_attribute() -> None:
    category = category_of("keunggulan-efqm")
    codes = [leaf.code.replace("-", "_") for leaf in category.tree.leaves()]
    data = {code: [80.0] for code in codes}
    data |= {"efqm_4_approach": [50.0], "efqm_4_deployment": [100.0], "efqm_4_assessment": [90.0]}
    found = judged("keunggulan-efqm", data)
    assert found["value:efqm-4"].item() == 50.0  # the mean is 80
    assert totals(found) == [(800 * 80 + 200 * 50) / 1000]


def test_figures_that_nobody_published_are_called_illustrative() -> None:
    names = ("warna-lingkungan", "inovasi-daerah", "layak-anak", "audit-smk3")
    names += ("keunggulan-baldrige", "keunggulan-efqm")
    assert [category_of(name).weights_source for name in names] == [None] * 6
