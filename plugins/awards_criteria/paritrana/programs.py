"""The provincial stage of East Java and the national one, both for 2024, as examples.

The provincial stage ranks everybody on the data and, where one was held, on the
interview; the national one only those that were interviewed.
"""

from datetime import date

from awards.sdk import (
    CategoryDefinition,
    EditionDefinition,
    Generated,
    Group,
    Program,
    ProgramDefinition,
    Text,
    Use,
    hookimpl,
)
from awards_criteria.population.edition import generated

from .trees import Missing, company_tree, government_tree, village_tree
from .wording import DIMENSIONS, FIRST_THREE, NOTICE, certificate

_GATES = (Use(code="mandatory-schemes"), Use(code="contributions-settled"))


def _companies(code: str, title: Text, *scales: str, tree: Group) -> CategoryDefinition:
    return CategoryDefinition(
        code=code,
        title=dict(title),
        certificate_title={"en": f"Category: {title['en']}", "id": f"Kategori {title['id']}"},
        kind="company",
        where={"scale": scales},
        gates=_GATES,
        tree=tree,
        tie_breakers=("worker-coverage", "kepatuhan"),
        ladders=(FIRST_THREE,),
    )


def _governments(code: str, title: Text, kind: str, *, tree: Group) -> CategoryDefinition:
    return CategoryDefinition(
        code=code,
        title=dict(title),
        certificate_title={"en": f"Category: {title['en']}", "id": f"Kategori {title['id']}"},
        kind=kind,
        tree=tree,
        tie_breakers=("universal-coverage", "coverage"),
        ladders=(FIRST_THREE,),
    )


def _categories(interview: Missing) -> tuple[CategoryDefinition, ...]:
    companies = company_tree(interview=interview)
    return (
        _governments(
            "kabupaten-kota",
            {"en": "Regency and city governments", "id": "Pemerintah Kabupaten/Kota"},
            "regency-city",
            tree=government_tree(interview=interview),
        ),
        _governments(
            "desa-kelurahan",
            {"en": "Villages and urban wards", "id": "Desa/Kelurahan"},
            "village",
            tree=village_tree(interview=interview),
        ),
        _companies(
            "usaha-besar",
            {"en": "Large enterprises", "id": "Badan Usaha Skala Besar"},
            "large",
            tree=companies,
        ),
        _companies(
            "usaha-menengah",
            {"en": "Medium enterprises", "id": "Badan Usaha Skala Menengah"},
            "medium",
            tree=companies,
        ),
        _companies(
            "usaha-kecil-mikro",
            {"en": "Small and micro enterprises", "id": "Badan Usaha Kecil/Mikro"},
            "small",
            "micro",
            tree=companies,
        ),
    )


def _program(
    code: str,
    title: Text,
    *,
    mark: str,
    city: str,
    area: Text,
    interview: Missing,
    generated: tuple[Generated, ...] = (),
) -> Program:
    edition = EditionDefinition(
        code=f"{code}-2024",
        label="2024",
        title={language: f"{words} 2024" for language, words in title.items()},
        period_start=date(2024, 1, 1),
        period_end=date(2024, 12, 31),
        disclosure="winners",
        notice=dict(NOTICE),
        sources=(dict(DIMENSIONS),),
        certificate=certificate(mark, city=city, area=area),
        classifications=("pp-7-2021",),
        categories=_categories(interview),
    )
    definition = ProgramDefinition(code=code, title=dict(title), editions=(edition,))
    return Program(definition=definition, generated=generated)


EAST_JAVA = _program(
    "paritrana-jatim",
    {"en": "Worker protection, East Java (example)", "id": "Paritrana Jawa Timur (contoh)"},
    mark="PJT",
    city="Surabaya",
    area={"en": "East Java", "id": "Jawa Timur"},
    interview="reweight",
    generated=(generated("paritrana-jatim-2024"),),
)

NATIONAL = _program(
    "paritrana-nasional",
    {"en": "Worker protection, national (example)", "id": "Paritrana Nasional (contoh)"},
    mark="PNS",
    city="Jakarta",
    area={"en": "national stage", "id": "tingkat nasional"},
    interview="ineligible",
)


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    return (EAST_JAVA, NATIONAL)
