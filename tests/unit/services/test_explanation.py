"""Explaining a run and a candidate of it."""

import json

import pytest

from awards.domain.errors import NotFound
from awards.services.explanation import explain_candidate, summarize_run
from tests.unit.services.test_bundles import sealed_of
from tests.unit.services.world import World


def test_a_run_is_summed_up_by_counts_and_first_places(published: World) -> None:
    summary = summarize_run(sealed_of(published), rulebook=published.rulebook)
    assert (summary.population, summary.ranked) == (9, 7)
    assert summary.ineligible + summary.not_assessable == 2
    assert [(line.place, line.id, line.title) for line in summary.first[:3]] == [
        (1, "K0001", "place-1"),
        (2, "K0002", "place-2"),
        (3, "K0003", None),
    ]


def test_a_candidate_is_explained_down_to_the_source_cell(published: World) -> None:
    explained = explain_candidate(sealed_of(published), "K0002", rulebook=published.rulebook)
    assert (explained.name, explained.standing) == ("Koperasi Dua", "place 2 of 7")
    assert explained.total == pytest.approx(90.0)
    first, _, third = explained.criteria
    assert (first.score.raw, first.score.points, first.score.weight) == (90.0, 90.0, 50.0)
    assert first.score.contribution == pytest.approx(45.0)
    (value,) = first.score.values
    assert value.source is not None
    assert (value.source.file, value.source.address) == ("data.csv", "E3")
    assert (value.source.part, value.source.sender) == ("main", "Dinas")
    assert (third.score.reason, third.score.policy, third.score.weight) == (
        "missing",
        "reweight",
        0.0,
    )


def test_a_value_of_a_completed_part_is_found_in_its_own_file(opened: World) -> None:
    opened.deliver("kop-open", "K0001,Koperasi Satu,primary,1,95,91,88.25")
    opened.deliver(
        "kop-open",
        "90,K0002,primary,Koperasi Dua,80,1",
        head="surplus,id,level,name,active,audited",
        add=True,
    )
    sealed = opened.sealed(opened.evaluate("kop-open"))
    cells = {}
    for candidate in ("K0001", "K0002"):
        explained = explain_candidate(sealed, candidate, rulebook=opened.rulebook)
        sources = [each.score.values[0].source for each in explained.criteria[:2]]
        cells[candidate] = [source.address for source in sources if source]
    assert cells == {"K0001": ["E2", "F2"], "K0002": ["E2", "A2"]}


def test_the_committee_reads_which_gate_failed(published: World) -> None:
    explained = explain_candidate(sealed_of(published), "K0008", rulebook=published.rulebook)
    assert (explained.standing, explained.place) == ("not eligible", None)
    assert [(gate.outcome, gate.failed, gate.reason) for gate in explained.gates] == [
        ("fail", True, "Laporan keuangan harus sudah diaudit.")
    ]


def test_without_a_candidate_the_first_place_is_explained(published: World) -> None:
    explained = explain_candidate(sealed_of(published), None, rulebook=published.rulebook)
    assert explained.id == "K0001"
    assert json.loads(json.dumps(explained.data()))["place"] == 1


def test_an_unknown_candidate_is_refused_with_what_ids_look_like(published: World) -> None:
    with pytest.raises(NotFound, match=r"no candidate 'K9999'\. Ids look like K0001"):
        explain_candidate(sealed_of(published), "K9999", rulebook=published.rulebook)


def test_a_candidate_is_told_its_peers_and_where_it_stands_out(published: World) -> None:
    explained = explain_candidate(sealed_of(published), "K0001", rulebook=published.rulebook)
    assert explained.peers is not None
    assert (explained.peers.attributes, explained.peers.count) == ((), 7)
    assert [(each.code, each.points) for each in explained.peers.medians] == [
        ("active-share", 75.0),
        ("surplus-share", 60.0),
        ("mentored-share", 71.5),
    ]
    assert [(each.code, each.basis) for each in explained.traits] == [
        ("surplus-share", "peers"),
        ("active-share", "peers"),
        ("mentored-share", "peers"),
    ]
    assert [each.lead for each in explained.traits] == pytest.approx([12.4, 8.0, 3.35])


def test_what_would_lift_a_candidate_is_told_for_the_place_and_each_ladder(
    published: World,
) -> None:
    sealed = sealed_of(published)
    explained = explain_candidate(sealed, "K0006", rulebook=published.rulebook)
    place, title, class_ = explained.goals
    assert [(each.indicator, each.to, each.place) for each in place.lifts] == [
        ("active", 60.29, 5),
        ("surplus", 55.29, 5),
    ]
    assert (title.lifts, title.why_not) == ((), "out-of-reach")
    assert class_.ladder == 1
    first = explain_candidate(sealed, "K0001", rulebook=published.rulebook)
    assert [each.why_not for each in first.goals] == ["first", "highest", "highest"]
    refused = explain_candidate(sealed, "K0008", rulebook=published.rulebook)
    assert (refused.goals, refused.traits) == ((), ())


def test_an_absent_value_is_told_with_its_place_under_every_policy(published: World) -> None:
    explained = explain_candidate(sealed_of(published), "K0002", rulebook=published.rulebook)
    effects = {each.policy: (each.in_force, each.place) for each in explained.policies}
    assert {each.criterion for each in explained.policies} == {"mentored-share"}
    assert effects["reweight"] == (True, 2)
    assert effects["ineligible"] == (False, None)
    assert effects["zero"] == (False, 3)
    assert effects["median"] == (False, 2)
