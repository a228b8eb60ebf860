"""The difference between two runs, with names, values and what the runs were made of."""

from dataclasses import replace

import pytest

from awards.domain.differences import Counts, Stranger, ValueChange
from awards.domain.errors import Refused
from awards.services.differences import Choice, compare_runs
from awards.services.sealed import SealedRun
from tests.unit.services.world import ROWS, World

CHANGED = (
    "K0001,Koperasi Satu,primary,1,95,91,88.25",
    "K0002,Koperasi Dua,primary,1,90,90,",
    "K0003,Koperasi Tiga,primary,1,80,70,",
    "K0004,Koperasi Empat,primary,1,99,97,",
    "K0005,Koperasi Kenari,primary,0,73.1337,38.2601,52.9173",
    "K0006,Koperasi Enam,primary,1,55,50,",
    "K0008,Koperasi Terhenti,primary,1,66.6133,99,",
    "K0009,Koperasi Senyap,primary,1,,44.4177,",
    "K0014,Koperasi Baru,primary,1,50,50,",
)


@pytest.fixture
def runs(opened: World) -> tuple[SealedRun, SealedRun]:
    """Two editions' runs of the same category."""
    opened.deliver("kop-open", *ROWS)
    opened.deliver("kop-places", *CHANGED)
    before, after = (opened.evaluate(code) for code in ("kop-open", "kop-places"))
    return opened.sealed(before), opened.sealed(after)


def test_two_editions_are_compared_by_id(opened: World, runs: tuple[SealedRun, SealedRun]) -> None:
    found = compare_runs(*runs, rulebook=opened.rulebook)
    assert found.editions == ("kop-open", "kop-places")
    assert [each.what for each in found.changed] == ["snapshot"]
    assert found.counts == Counts(
        up=1, down=3, same=1, entered=1, left=1, unranked=1, new=1, gone=1
    )
    assert [(each.id, each.name) for each in found.new] == [("K0014", "Koperasi Baru")]
    assert found.gone == (
        Stranger(id="K0007", name="Koperasi Tujuh", place=7, total=pytest.approx(40.5)),
    )


def test_who_moved_is_told_with_the_criterion_and_the_values(
    opened: World, runs: tuple[SealedRun, SealedRun]
) -> None:
    found = compare_runs(*runs, rulebook=opened.rulebook)
    first = found.moved[0]
    assert (first.id, first.place, first.through) == ("K0004", (4, 1), "surplus-share")
    share = next(each for each in first.shares if each.criterion == "surplus-share")
    (value,) = share.values
    assert isinstance(value, ValueChange)
    assert (share.cause, value.indicator, value.before, value.after) == (
        "value",
        "surplus",
        60,
        97,
    )
    for each in found.moved:
        assert each.total[0] is not None
        assert each.total[1] is not None
        change = each.total[1] - each.total[0]
        assert sum(share.difference for share in each.shares) == pytest.approx(change, abs=1e-9)
    passed = next(each for each in found.moved if each.id == "K0001")
    assert (passed.place, passed.through, passed.shares) == ((1, 2), None, ())


def test_who_entered_and_left_is_told_with_the_gate(
    opened: World, runs: tuple[SealedRun, SealedRun]
) -> None:
    found = compare_runs(*runs, rulebook=opened.rulebook)
    (entered,), (left,) = found.entered, found.left
    assert (entered.id, entered.standing) == ("K0008", ("ineligible", "ranked"))
    assert entered.gates == (("audit-done", "fail", "pass"),)
    assert (left.id, left.place, left.gates) == (
        "K0005",
        (5, None),
        (("audit-done", "pass", "fail"),),
    )


def test_what_stood_in_for_a_value_that_went_is_named(
    opened: World, runs: tuple[SealedRun, SealedRun]
) -> None:
    chosen = Choice(candidates=("K0003",))
    (moved,) = compare_runs(*runs, rulebook=opened.rulebook, choice=chosen).moved
    causes = {each.criterion: (each.cause, each.source) for each in moved.shares}
    assert causes == {
        "active-share": ("weight", None),
        "surplus-share": ("weight", None),
        "mentored-share": ("absence", "policy:reweight"),
    }


def test_lists_are_cut_and_counts_are_not(opened: World, runs: tuple[SealedRun, SealedRun]) -> None:
    found = compare_runs(*runs, rulebook=opened.rulebook, choice=Choice(most=1))
    assert (len(found.moved), found.counts.down) == (1, 3)


def test_runs_of_another_kind_of_candidate_are_refused(
    opened: World, runs: tuple[SealedRun, SealedRun]
) -> None:
    before, after = runs
    other = after.definition.model_copy(update={"kind": "company"})
    strange = replace(after, definition=other)
    with pytest.raises(Refused, match="different kinds of candidates"):
        compare_runs(before, strange, rulebook=opened.rulebook)
