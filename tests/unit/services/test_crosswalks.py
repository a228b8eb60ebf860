"""A crosswalk grows by reviewed files, and never contradicts itself."""

from collections.abc import Sequence

import pytest

from awards.services.crosswalks import CrosswalkContradicts, read_entries
from tests.unit.services.senders import Senders

NIB, OTHER_NIB, NPWP = "9120001234567", "9120007654321", "0012345678901000"


def entries(senders: Senders) -> list[tuple[str, ...]]:
    with senders.stores.database.reading() as records:
        found = records.crosswalks.current("company")
    return read_entries(senders.stores, found).rows()


def test_entries_are_kept_with_who_reviewed_them_by_scheme_and_id(senders: Senders) -> None:
    joined = senders.join(("NPWP", NPWP, "AA001"), ("NIB", NIB, "AA001"))
    assert joined.crosswalk is not None
    assert entries(senders) == [
        ("NIB", NIB, "AA001", "Panitia"),
        ("NPWP", NPWP, "AA001", "Panitia"),
    ]


def test_every_change_is_one_event_and_the_same_again_is_none(senders: Senders) -> None:
    for _ in range(2):
        senders.join(("NIB", NIB, "AA001"))
    senders.join(("NIB", OTHER_NIB, "BB001"))
    assert senders.actions().count("crosswalk.changed") == 2
    assert [each[1] for each in entries(senders)] == [NIB, OTHER_NIB]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (("NIB", 9120001234567.5, "AA001"), ("B2", "id-form")),
        (("NPWP", 1234567890123456, "AA001"), ("B2", "id-digits-lost")),
        (("KTP", "123", "AA001"), ("A2", "scheme-unknown")),
        ((None, "123", "AA001"), ("A2", "required")),
        (("NIB", NIB, "a"), ("C2", "id-form")),
        (("NIB", NIB, None), ("C2", "id-missing")),
        (("NPP", "AA001", "AA001"), ("B2", "joins-itself")),
    ],
)
def test_a_bad_entry_is_refused_by_its_address_and_nothing_is_saved(
    senders: Senders, row: Sequence[object], found: tuple[str, str]
) -> None:
    before = senders.actions()
    joined = senders.join(row, ("NIB", OTHER_NIB, "BB001"))
    assert [(each.address, each.code) for each in joined.file.refused] == [found]
    assert (joined.crosswalk, senders.actions()) == (None, before)


def test_an_id_that_stands_twice_is_refused_in_both_rows(senders: Senders) -> None:
    joined = senders.join(("NIB", NIB, "AA001"), ("NIB", NIB, "BB001"))
    found = [(each.address, each.code) for each in joined.file.refused]
    assert found == [("B2", "id-twice"), ("B3", "id-twice")]


def test_a_contradiction_names_row_and_both_candidates(senders: Senders) -> None:
    senders.join(("NIB", NIB, "AA001"))
    before = entries(senders)
    with pytest.raises(CrosswalkContradicts) as refused:
        senders.join(("NIB", OTHER_NIB, "BB001"), ("NIB", NIB, "CC001"))
    assert f"row 3: NIB {NIB} is joined to AA001 (by Panitia), the file says CC001" in str(
        refused.value
    )
    assert entries(senders) == before


def test_a_corrected_crosswalk_replaces_the_whole(senders: Senders) -> None:
    senders.join(("NIB", NIB, "AA001"), ("NIB", OTHER_NIB, "BB001"))
    senders.join(("NIB", NIB, "CC001"), replace=True)
    assert entries(senders) == [("NIB", NIB, "CC001", "Panitia")]


def test_a_number_is_joined_to_the_main_one_only(senders: Senders) -> None:
    senders.join(("NPP", "AA002", "AA001"))
    with pytest.raises(CrosswalkContradicts, match=r"NIB .* to AA002, which is AA001"):
        senders.join(("NIB", NIB, "AA002"))


def test_a_review_takes_the_rows_with_yes_and_counts_those_with_no(senders: Senders) -> None:
    titles = ("scheme", "id", "name", "candidate", "decision")
    joined = senders.join(
        ("NIB", NIB, "Maju", "AA001", "ya"),
        ("NIB", OTHER_NIB, "Lain", "BB001", "no"),
        ("NPWP", NPWP, "Nanti", "CC001", None),
        title=titles,
        decided=True,
    )
    assert (joined.added, joined.file.declined) == (1, 1)
    assert entries(senders) == [("NIB", NIB, "AA001", "Panitia")]


def test_a_review_refuses_what_is_neither_yes_nor_no(senders: Senders) -> None:
    titles = ("scheme", "id", "candidate", "decision")
    joined = senders.join(("NIB", NIB, "AA001", "mungkin"), title=titles, decided=True)
    assert [(each.address, each.code) for each in joined.file.refused] == [("D2", "not-yes-or-no")]
