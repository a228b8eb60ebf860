"""Criteria trees by kind of candidate. All weights are illustrative.

Dimensions of governments as published in Riau in 2025: Regulasi, Coverage, Inovasi,
Pemahaman. Of companies as published for the cycle of 2021: Kepatuhan, Digitalisasi,
Kepedulian, Wawancara.
"""

from typing import Any, Literal

from awards.sdk import Group, Leaf, Text, Use

Missing = Literal["ineligible", "reweight"]

_WHOLE = Use(code="goalposts", parameters={"low": 0, "high": 1})


def _share(
    criterion: str, weight: float, *, missing: Missing = "ineligible", **parameters: Any
) -> Leaf:
    """A ratio of which the whole earns all points."""
    return Leaf(
        criterion=criterion,
        weight=weight,
        scale=_WHOLE,
        missing=missing,
        parameters=parameters,
    )


def _group(
    code: str, title: Text, weight: float, *children: Leaf, least_share: float = 0.5
) -> Group:
    return Group(
        code=code,
        title=dict(title),
        weight=weight,
        children=children,
        least_share=least_share,
    )


def _interview(weight: float, missing: Missing) -> Leaf:
    return Leaf(criterion="interview", weight=weight, scale=Use(code="identity"), missing=missing)


def _care(weight: float) -> Group:
    """A company may have neither partners nor suppliers: a quarter must remain."""
    helped = Leaf(
        criterion="vulnerable-workers-helped",
        weight=6,
        scale=Use(code="target", parameters={"target": 0.1}),
        missing="reweight",
    )
    return _group(
        "kepedulian",
        {"en": "Care", "id": "Kepedulian"},
        weight,
        _share("partner-coverage", 8, missing="reweight"),
        _share("supply-chain-coverage", 6, missing="reweight"),
        helped,
        least_share=0.25,
    )


def company_tree(*, interview: Missing) -> Group:
    """*interview* says what becomes of a company that was not interviewed."""
    compliance = _group(
        "kepatuhan",
        {"en": "Compliance", "id": "Kepatuhan"},
        50,
        _share("worker-coverage", 15),
        _share("worker-registration", 5),
        _share("wage-reporting", 8),
        _share("scheme-completeness", 8),
        _share("punctual-contributions", 8),
        _share("participant-growth", 3, missing="reweight", target=0.05),
        _share("contribution-growth", 3, missing="reweight", target=0.1),
    )
    digital = _group(
        "digitalisasi",
        {"en": "Digital services", "id": "Digitalisasi"},
        15,
        _share("digital-reporting", 8),
        _share("app-use", 7),
    )
    return Group(
        code="perusahaan",
        title={"en": "Total", "id": "Nilai akhir"},
        children=(compliance, digital, _care(20), _interview(15, interview)),
    )


def government_tree(*, interview: Missing) -> Group:
    """Regencies and cities."""
    regulation = Leaf(
        criterion="regulation-ladder",
        weight=25,
        scale=Use(code="identity", parameters={"maximum": 3}),
    )
    coverage = _group(
        "coverage",
        {"en": "Coverage", "id": "Coverage"},
        40,
        _share("coverage-against-target", 15),
        _share("universal-coverage", 5),
        _share("non-civil-staff-coverage", 6),
        _share("village-officials-coverage", 5),
        _share("vulnerable-workers-coverage", 6),
        _share("participant-growth", 3, missing="reweight", target=0.05),
    )
    return Group(
        code="pemerintah-daerah",
        title={"en": "Total", "id": "Nilai akhir"},
        children=(
            _group("regulasi", {"en": "Regulation", "id": "Regulasi"}, 25, regulation),
            coverage,
            _group(
                "inovasi",
                {"en": "Innovation", "id": "Inovasi"},
                20,
                _share("innovation", 20, expected=3),
            ),
            _interview(15, interview),
        ),
    )


def village_tree(*, interview: Missing) -> Group:
    """Villages: no records say what villages put into rules, so regulation is left out."""
    coverage = _group(
        "coverage",
        {"en": "Coverage", "id": "Coverage"},
        60,
        _share("universal-coverage", 30),
        _share("village-officials-coverage", 12),
        _share("vulnerable-workers-coverage", 12),
        _share("participant-growth", 6, missing="reweight", target=0.05),
    )
    return Group(
        code="pemerintah-desa",
        title={"en": "Total", "id": "Nilai akhir"},
        children=(
            coverage,
            _group(
                "inovasi",
                {"en": "Innovation", "id": "Inovasi"},
                20,
                _share("innovation", 20, expected=2),
            ),
            _interview(20, interview),
        ),
    )
