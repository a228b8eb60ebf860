"""The stages of an edition are passed in order, each asking for what it needs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.definition import EditionDefinition
from awards.domain.stages import (
    OPTIONAL,
    ORDER,
    WORDS,
    Progress,
    Stage,
    following,
    is_before,
    lacking,
)
from tests.unit.storage.samples import DEFINITION

READY = Progress(is_locked=True, is_published=True, runs=3)
courses = st.sets(st.sampled_from(sorted(OPTIONAL))).map(
    lambda left_out: tuple(each for each in ORDER if each not in left_out)
)


def with_stages(*stages: Stage | dict[str, object]) -> dict[str, object]:
    listed = [each if isinstance(each, dict) else {"stage": each} for each in stages]
    return DEFINITION.model_dump(mode="json") | {"stages": listed}


@given(courses)
def test_a_course_is_passed_from_draft_to_its_end_without_a_gap(course: tuple[Stage, ...]) -> None:
    passed = [course[0]]
    while (due := following(passed[-1], course)) is not None:
        passed.append(due)
    assert tuple(passed) == course
    assert all(is_before(one, other) for one, other in pairwise(passed))


@given(st.sampled_from(ORDER), st.sampled_from(ORDER))
def test_a_later_stage_asks_for_all_that_an_earlier_one_asks_for(one: Stage, other: Stage) -> None:
    bare = Progress(
        is_locked=False,
        kinds_without_data=("company",),
        unverified=2,
        categories_without_run=("large",),
        open_objections=1,
        undecided_categories=("large",),
    )
    earlier, later = sorted((one, other), key=ORDER.index)
    assert set(map(str, lacking(earlier, bare))) <= set(map(str, lacking(later, bare)))


def test_an_edition_that_has_everything_may_enter_any_stage() -> None:
    assert {lacking(each, READY) for each in ORDER} == {()}


def test_what_is_lacking_is_named() -> None:
    progress = Progress(is_locked=True, kinds_without_data=("village",), open_objections=2)
    assert [each["en"] for each in lacking(Stage.VERIFICATION, progress)] == [
        "There is no data for village. Bring a file in."
    ]
    assert [each["id"] for each in lacking(Stage.DECISION, progress)] == [
        "Belum ada data untuk village. Masukkan berkasnya.",
        "2 sanggahan belum dijawab.",
    ]


def test_every_stage_has_words_in_both_languages() -> None:
    assert {tuple(sorted(WORDS[each])) for each in Stage} == {("en", "id")}


def test_an_edition_without_a_plan_takes_every_stage() -> None:
    assert DEFINITION.course == ORDER


@pytest.mark.parametrize(
    ("stages", "message"),
    [
        ((Stage.DATA, Stage.DRAFT), "in their order"),
        ((Stage.DRAFT, Stage.DATA), "cannot be left out: rules-locked"),
        (
            (
                Stage.DRAFT,
                Stage.RULES_LOCKED,
                {"stage": Stage.DATA, "planned": "2025-03-01"},
                {"stage": Stage.EVALUATION, "planned": "2025-02-01"},
                Stage.DECISION,
                Stage.PUBLISHED,
            ),
            "planned before the one it follows",
        ),
    ],
)
def test_a_course_that_cannot_be_is_refused(
    stages: tuple[Stage | dict[str, object], ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        EditionDefinition.model_validate(with_stages(*stages))


def test_no_edition_bears_the_name_of_a_page() -> None:
    with pytest.raises(ValueError, match="'verify' is the name of a page"):
        EditionDefinition.model_validate(DEFINITION.model_dump(mode="json") | {"code": "verify"})
