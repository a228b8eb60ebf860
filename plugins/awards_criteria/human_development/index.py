"""The tree of the human development index (IPM), as BPS computes it.

Formula: ``100 · ∛(health · education · spending)`` with health =
(uhh − 20) / 65, education = (hls / 18 + rls / 15) / 2, spending =
(ln P − ln 1 007 436) / (ln 26 572 352 − ln 1 007 436), P in rupiah per person
and year; each part is kept within 0 to 1. Source: BPS, Indeks Pembangunan
Manusia, new method.
"""

from awards.sdk import Group, Leaf, Use

METHOD = {
    "en": "BPS, human development index, new method: three dimensions, equal weights",
    "id": "BPS, Indeks Pembangunan Manusia metode baru: tiga dimensi, bobot sama",
}


def _between(low: float, high: float, *, logarithmic: bool = False) -> Use:
    parameters = {"low": low, "high": high, "logarithmic": logarithmic}
    return Use(code="goalposts", parameters=parameters)


EDUCATION = Group(
    code="education",
    title={"en": "Education", "id": "Pendidikan"},
    least_share=1,
    children=(
        Leaf(criterion="expected-schooling", scale=_between(0, 18)),
        Leaf(criterion="mean-schooling", scale=_between(0, 15)),
    ),
)


def index_tree(code: str, *, title: dict[str, str], weight: float = 1.0) -> Group:
    """The index as a criteria tree or as a group in a larger one."""
    return Group(
        code=code,
        title=title,
        weight=weight,
        aggregation=Use(code="geometric"),
        least_share=1,
        children=(
            Leaf(criterion="life-expectancy", scale=_between(20, 85)),
            EDUCATION,
            Leaf(
                criterion="adjusted-spending",
                scale=_between(1007.436, 26572.352, logarithmic=True),
            ),
        ),
    )
