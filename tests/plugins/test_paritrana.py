"""The presets after the award: structure as published, weights illustrative, no real names."""

from awards.sdk import EditionDefinition, Group
from tests.plugins.rules import bundled


def edition(program: str) -> EditionDefinition:
    [found] = bundled().program(program).definition.editions
    return found


PROVINCIAL, NATIONAL = edition("paritrana-jatim"), edition("paritrana-nasional")


def dimensions(tree: Group) -> dict[str, float]:
    return {each.code: each.weight for each in tree.children}


def test_both_stages_have_the_same_categories() -> None:
    categories = {
        "kabupaten-kota": ("regency-city", {}),
        "desa-kelurahan": ("village", {}),
        "usaha-besar": ("company", {"scale": ("large",)}),
        "usaha-menengah": ("company", {"scale": ("medium",)}),
        "usaha-kecil-mikro": ("company", {"scale": ("small", "micro")}),
    }
    for each in (PROVINCIAL, NATIONAL):
        assert {one.code: (one.kind, one.where) for one in each.categories} == categories
    assert (PROVINCIAL.code, NATIONAL.code) == ("paritrana-jatim-2024", "paritrana-nasional-2024")


def test_trees_have_the_published_dimensions() -> None:
    trees = {each.code: dimensions(each.tree) for each in PROVINCIAL.categories}
    companies = {"kepatuhan": 50, "digitalisasi": 15, "kepedulian": 20, "interview": 15}
    assert trees == {
        "kabupaten-kota": {"regulasi": 25, "coverage": 40, "inovasi": 20, "interview": 15},
        "desa-kelurahan": {"coverage": 60, "inovasi": 20, "interview": 20},
        "usaha-besar": companies,
        "usaha-menengah": companies,
        "usaha-kecil-mikro": companies,
    }


def test_no_category_claims_a_source_for_its_weights() -> None:
    categories = (*PROVINCIAL.categories, *NATIONAL.categories)
    assert {each.weights_source for each in categories} == {None}


def test_everything_says_that_it_is_an_example() -> None:
    for each in (PROVINCIAL, NATIONAL):
        assert each.notice is not None
        assert each.notice["id"].startswith("Contoh.")
        assert {one.name for one in each.certificate.signatories} == {"(contoh)"}
        assert "contoh" in each.title["id"]
        assert each.disclosure == "winners"


def test_companies_pass_two_gates_and_governments_none() -> None:
    gates = {each.code: [use.code for use in each.gates] for each in PROVINCIAL.categories}
    both = ["mandatory-schemes", "contributions-settled"]
    assert gates == {
        "kabupaten-kota": [],
        "desa-kelurahan": [],
        "usaha-besar": both,
        "usaha-menengah": both,
        "usaha-kecil-mikro": both,
    }


def test_three_places_bear_titles() -> None:
    for category in PROVINCIAL.categories:
        [use] = category.ladders
        ladder = bundled().ladder(use.code)
        words = ladder.words(ladder.parameters.model_validate(use.parameters))
        said = [each["id"] for each in words.values()]
        assert said == ["Peringkat I", "Peringkat II", "Peringkat III"]


def test_an_interview_that_was_not_held_excludes_from_the_national_stage_only() -> None:
    policies = [
        {
            leaf.missing
            for one in each.categories
            for leaf in one.tree.leaves()
            if leaf.code == "interview"
        }
        for each in (PROVINCIAL, NATIONAL)
    ]
    assert policies == [{"reweight"}, {"ineligible"}]
