"""Two models of excellence: Malcolm Baldrige (until 2023) and EFQM with RADAR.

Baldrige: percents in steps of 5, item points = percent × the item's maximum; 550 points
for process, 450 for results, and a band of each. Category sums: NIST, Baldrige Excellence
Framework. Items and edges of bands are not verified: illustrative.

EFQM 2020: seven criteria of 100 or 200 points, 1000 in all (EFQM Model 2020). What RADAR
attribute caps a criterion, and by how much, is illustrative.
"""

from awards.sdk import (
    COMPANY,
    Cap,
    CategoryDefinition,
    Criterion,
    Group,
    Indicator,
    Leaf,
    Program,
    Text,
    Use,
    hookimpl,
)

from .making import FULL, as_given, percent, program

_PROCESS = {
    "1.1": 70,
    "1.2": 50,
    "2.1": 45,
    "2.2": 40,
    "3.1": 40,
    "3.2": 45,
    "4.1": 45,
    "4.2": 45,
    "5.1": 40,
    "5.2": 45,
    "6.1": 45,
    "6.2": 40,
}
_IN_FIVES = Use(code="rubric", parameters={"step": 5, "maximum": 100})
_RESULTS = {"7.1": 120, "7.2": 80, "7.3": 80, "7.4": 80, "7.5": 90}
PROCESS_EDGES = (0, 151, 201, 261, 321, 371, 431, 481)
RESULT_EDGES = (0, 126, 171, 211, 256, 301, 346, 391)


def _item(number: str) -> Indicator:
    return percent(
        f"baldrige_{number.replace('.', '_')}",
        {"en": f"Baldrige item {number}", "id": f"Butir Baldrige {number}"},
    )


ITEMS = tuple(_item(number) for number in (*_PROCESS, *_RESULTS))


def _points(code: str, title: Text, items: dict[str, int]) -> Group:
    return Group(
        code=code,
        title=dict(title),
        weight=sum(items.values()),
        aggregation=Use(code="sum"),
        children=tuple(
            Leaf(criterion=f"baldrige-{number.replace('.', '-')}", weight=most, scale=_IN_FIVES)
            for number, most in items.items()
        ),
    )


def _axis(of: str, out_of: int, edges: tuple[int, ...]) -> dict[str, object]:
    steps = [(str(band), edge) for band, edge in enumerate(edges, 1)]
    return {"of": of, "out_of": out_of, "steps": steps[::-1]}


_PAIRS = [(process, results) for process in range(8, 0, -1) for results in range(8, 0, -1)]
BANDS = Use(
    code="matrix",
    parameters={
        "rows": _axis("process", 550, PROCESS_EDGES),
        "columns": _axis("results", 450, RESULT_EDGES),
        "cells": [(str(p), str(r), f"band-{p}-{r}") for p, r in _PAIRS],
        "titles": [
            (
                f"band-{p}-{r}",
                {
                    "en": f"Process band {p}, results band {r}",
                    "id": f"Rentang proses {p}, rentang hasil {r}",
                },
            )
            for p, r in _PAIRS
        ],
    },
)

BALDRIGE = program(
    "keunggulan-baldrige",
    {"en": "Excellence (after Baldrige)", "id": "Keunggulan (menurut Baldrige)"},
    CategoryDefinition(
        code="perusahaan",
        title={"en": "Companies", "id": "Perusahaan"},
        kind="company",
        tree=Group(
            code="score",
            title={"en": "Points out of 1000", "id": "Nilai dari 1000"},
            aggregation=Use(code="sum"),
            children=(
                _points("process", {"en": "Process", "id": "Proses"}, _PROCESS),
                _points("results", {"en": "Results", "id": "Hasil"}, _RESULTS),
            ),
        ),
        ladders=(BANDS,),
    ),
    mark="MBE",
)

_CRITERIA = {1: 100, 2: 100, 3: 100, 4: 200, 5: 100, 6: 200, 7: 200}
_ENABLERS = ("approach", "deployment", "assessment")
_OUTCOMES = ("relevance", "performance")
_WORDS: dict[str, Text] = {
    "approach": {"en": "Approach", "id": "Pendekatan"},
    "deployment": {"en": "Deployment", "id": "Penerapan"},
    "assessment": {"en": "Assessment", "id": "Penilaian"},
    "relevance": {"en": "Relevance", "id": "Relevansi"},
    "performance": {"en": "Performance", "id": "Kinerja"},
}


def _attributes(number: int) -> tuple[str, ...]:
    return _OUTCOMES if number > 5 else _ENABLERS


RADAR = tuple(
    percent(
        f"efqm_{number}_{attribute}",
        {language: f"EFQM {number}: {words}" for language, words in _WORDS[attribute].items()},
    )
    for number in _CRITERIA
    for attribute in _attributes(number)
)


def _radar(number: int, points: int) -> Group:
    """The mean of the attributes, capped by the first: how sound or relevant it is."""
    codes = [f"efqm-{number}-{attribute}" for attribute in _attributes(number)]
    return Group(
        code=f"efqm-{number}",
        title={"en": f"Criterion {number}", "id": f"Kriteria {number}"},
        weight=points,
        children=tuple(Leaf(criterion=code, scale=FULL) for code in codes),
        cap=Cap(by=codes[0]),
    )


EFQM = program(
    "keunggulan-efqm",
    {"en": "Excellence (after EFQM)", "id": "Keunggulan (menurut EFQM)"},
    CategoryDefinition(
        code="perusahaan",
        title={"en": "Companies", "id": "Perusahaan"},
        kind="company",
        tree=Group(
            code="efqm",
            title={"en": "Points out of 1000", "id": "Nilai dari 1000"},
            aggregation=Use(code="sum"),
            children=tuple(_radar(number, points) for number, points in _CRITERIA.items()),
        ),
    ),
    mark="EFQM",
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return tuple(as_given(each, COMPANY) for each in (*ITEMS, *RADAR))


@hookimpl
def awards_register_programs() -> tuple[Program, ...]:
    return (BALDRIGE, EFQM)
