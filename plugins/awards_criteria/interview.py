"""The interview: what the panel's sheets say on average."""

from awards.sdk import COMPANY, REGENCY_CITY, Criterion, Indicator, Tally, hookimpl

from .kinds import VILLAGE
from .records.types import PANEL_SCORES

INTERVIEW_SCORE = Indicator(
    code="interview_score",
    title={"en": "Mean score of the panel", "id": "Rata-rata nilai panel"},
    type=float,
    unit="points",
    minimum=0,
    maximum=100,
    tally=Tally(record=PANEL_SCORES, how="mean", column="score"),
    description={
        "en": "Mean of the scores that jurors gave; a score that was not given is not zero",
        "id": "Rata-rata nilai yang diberikan juri; nilai yang tidak diberikan bukan nol",
    },
)

INTERVIEW = Criterion(
    code="interview",
    title={"en": "Understanding (interview)", "id": "Pemahaman (wawancara)"},
    applies_to=(COMPANY, REGENCY_CITY, VILLAGE),
    indicators=(INTERVIEW_SCORE,),
    measure=lambda i: i.interview_score,
    unit="points",
    description=INTERVIEW_SCORE.description,
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (INTERVIEW,)
