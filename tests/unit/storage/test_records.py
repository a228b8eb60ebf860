from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from awards.domain.errors import NotFound, Refused
from awards.domain.records import Certificate
from awards.storage.database import Database
from awards.storage.records import Records
from tests.unit.storage.samples import (
    CERTIFICATE,
    DECISION,
    EDITION,
    NOON,
    PART,
    PUBLICATION,
    RUN,
    SNAPSHOT,
    digest,
    edition,
    event,
)


@contextmanager
def writing(database: Database) -> Iterator[Records]:
    with database.transaction() as records:
        yield records
        records.ledger.append(event(), at=NOON)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with an edition, a part, a snapshot and a run."""
    with writing(database) as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
        records.parts.add(PART)
        records.snapshots.add(SNAPSHOT)
        records.runs.add(RUN)
    return database


def test_what_was_added_is_read_back_equal(filled: Database) -> None:
    with writing(filled) as records:
        decision = records.decisions.add(DECISION)
        records.certificates.add(CERTIFICATE)
        records.publications.put(PUBLICATION)
    with filled.reading() as records:
        assert records.editions.get("ipm-2024") == EDITION
        assert records.parts.get("part-1") == PART
        assert records.snapshots.get(SNAPSHOT.id) == SNAPSHOT
        assert records.runs.get(RUN.seal) == RUN
        assert records.decisions.latest("ipm-2024", "regency-city") == decision
        assert records.certificates.by_code(CERTIFICATE.code) == CERTIFICATE
        assert records.publications.of("ipm-2024") == PUBLICATION
    assert decision == replace(DECISION, id=1)


def test_an_empty_database_has_nothing(database: Database) -> None:
    with database.reading() as records:
        assert records.editions.list() == ()
        assert not records.editions.has("ipm-2024")
        assert records.parts.current("ipm-2024", "regency-city") == ()
        assert records.parts.named("ipm-2024", "regency-city", "bps") is None
        assert records.snapshots.latest("ipm-2024", "regency-city") is None
        assert records.runs.latest("ipm-2024", "regency-city") is None
        assert records.runs.list("ipm-2024") == ()
        assert records.decisions.latest("ipm-2024", "regency-city") is None
        assert records.certificates.by_code("x") is None
        assert records.certificates.list("ipm-2024") == ()
        assert records.publications.current() == ()
        assert records.publications.of("ipm-2024") is None
        assert records.ledger.head() is None
        assert list(records.ledger.entries()) == []


def test_an_unknown_edition_is_refused_with_the_near_names(filled: Database) -> None:
    with (
        pytest.raises(NotFound, match=r"called 'ipm-2042'\. Did you mean ipm-2024\?"),
        filled.reading() as records,
    ):
        records.editions.get("ipm-2042")


def test_an_unknown_name_without_a_near_one_is_refused_with_the_known(filled: Database) -> None:
    with filled.reading() as records:
        with pytest.raises(NotFound, match="Known: part-1"):
            records.parts.get("xyz")
        with pytest.raises(NotFound, match=f"Known: {SNAPSHOT.id}"):
            records.snapshots.get("xyz")
        with pytest.raises(NotFound, match=f"Known: {RUN.seal[:12]}"):
            records.runs.get("xyzxyz")


def test_an_edition_cannot_be_added_twice(filled: Database) -> None:
    with (
        pytest.raises(Refused, match="'ipm-2024' is already on record"),
        writing(filled) as records,
    ):
        records.editions.add(edition("ipm-2025"), by="Panitia", at=NOON)
        records.editions.add(EDITION, by="Panitia", at=NOON)
    with filled.reading() as records:
        assert records.editions.list() == (EDITION,)


def test_editions_are_listed_in_the_order_they_were_added(filled: Database) -> None:
    with writing(filled) as records:
        records.editions.add(edition("ipm-2023"), by="Panitia", at=NOON)
    with filled.reading() as records:
        assert [each.code for each in records.editions.list()] == ["ipm-2024", "ipm-2023"]


def test_a_part_replaces_the_one_of_its_name_and_leaves_the_others(filled: Database) -> None:
    other = replace(PART, id="part-0", name="another")
    newer = replace(PART, id="part-2", rows=39)
    with writing(filled) as records:
        records.parts.add(other)
        records.parts.add(newer)
    with filled.reading() as records:
        assert records.parts.current("ipm-2024", "regency-city") == (other, newer)
        assert records.parts.named("ipm-2024", "regency-city", "bps") == newer
        assert records.parts.get("part-1") == PART


def test_another_part_cannot_take_the_id_of_one_on_record(filled: Database) -> None:
    with (
        pytest.raises(Refused, match="Another part is on record as 'part-1'"),
        writing(filled) as records,
    ):
        records.parts.add(replace(PART, sha256=digest("another")))
    with filled.reading() as records:
        assert records.parts.get("part-1") == PART


def test_what_was_replaced_and_put_back_is_in_force_again(filled: Database) -> None:
    snapshot = replace(SNAPSHOT, id=digest("a later snapshot"))
    run = replace(RUN, seal=digest("a later manifest"), snapshot=snapshot.id)
    for part, taken, sealed in (
        (replace(PART, id="part-2"), snapshot, run),
        (PART, SNAPSHOT, RUN),
    ):
        with writing(filled) as records:
            records.parts.add(part)
            records.snapshots.add(taken)
            records.runs.add(sealed)
        with filled.reading() as records:
            assert records.parts.current("ipm-2024", "regency-city") == (part,)
            assert records.snapshots.latest("ipm-2024", "regency-city") == taken
            assert records.runs.latest("ipm-2024", "regency-city") == sealed
    with writing(filled) as records:
        records.parts.add(replace(PART, id="part-3"))
    with filled.reading() as records:
        assert records.parts.current("ipm-2024", "regency-city") == (replace(PART, id="part-3"),)


def test_a_file_name_in_decomposed_letters_is_no_obstacle(filled: Database) -> None:
    source = replace(PART.sources[0], name="ipm e\u0301.xlsx")
    with filled.transaction() as records:
        records.parts.add(replace(PART, sources=(source,)))
    with filled.reading() as records:
        assert records.parts.get("part-1") == PART


def test_a_part_of_an_unknown_edition_is_not_saved(filled: Database) -> None:
    with pytest.raises(IntegrityError), writing(filled) as records:
        records.parts.add(replace(PART, id="part-9", edition="nowhere"))
    with filled.reading() as records:
        assert records.parts.current("nowhere", "regency-city") == ()


def test_adding_what_is_the_latest_again_does_nothing(filled: Database) -> None:
    with filled.transaction() as records:
        records.parts.add(PART)
        records.snapshots.add(SNAPSHOT)
        records.runs.add(RUN)
    with filled.reading() as records:
        assert records.runs.list("ipm-2024") == (RUN,)


def test_the_latest_snapshot_and_run_are_those_added_last(filled: Database) -> None:
    snapshot = replace(SNAPSHOT, id=digest("a later snapshot"))
    run = replace(RUN, seal=digest("a later manifest"), snapshot=snapshot.id)
    with writing(filled) as records:
        records.snapshots.add(snapshot)
        records.runs.add(run)
    with filled.reading() as records:
        assert records.snapshots.latest("ipm-2024", "regency-city") == snapshot
        assert records.runs.latest("ipm-2024", "regency-city") == run
        assert records.runs.list("ipm-2024") == (RUN, run)


def test_a_run_is_found_by_the_beginning_of_its_seal(filled: Database) -> None:
    with filled.reading() as records:
        assert records.runs.get(RUN.seal[:6]) == RUN
        assert records.runs.get(RUN.seal[:6].upper()) == RUN


def test_five_characters_are_too_few_to_name_a_run(filled: Database) -> None:
    with (
        filled.reading() as records,
        pytest.raises(NotFound, match="at least 6 characters of a seal"),
    ):
        records.runs.get(RUN.seal[:5])


def test_a_wildcard_finds_no_run(filled: Database) -> None:
    with filled.reading() as records, pytest.raises(NotFound):
        records.runs.get("%%%%%%")


def test_a_beginning_that_two_runs_share_names_neither(filled: Database) -> None:
    with writing(filled) as records:
        records.runs.add(replace(RUN, seal=RUN.seal[:60] + "0000"))
    with (
        filled.reading() as records,
        pytest.raises(NotFound, match="Several runs begin with"),
    ):
        records.runs.get(RUN.seal[:12])


def test_the_latest_decision_is_the_one_added_last(filled: Database) -> None:
    with writing(filled) as records:
        records.decisions.add(DECISION)
        corrected = records.decisions.add(replace(DECISION, minutes="BA-02/2025"))
    with filled.reading() as records:
        assert records.decisions.latest("ipm-2024", "regency-city") == corrected


def test_serials_count_without_a_gap_within_each_edition(filled: Database) -> None:
    second = replace(CERTIFICATE, code="b" * 26, serial=2, category="villages")
    with writing(filled) as records:
        records.editions.add(edition("ipm-2023"), by="Panitia", at=NOON)
        assert records.certificates.next_serial("ipm-2024") == 1
        records.certificates.add(CERTIFICATE)
        assert records.certificates.next_serial("ipm-2024") == 2
        records.certificates.add(second)
        assert records.certificates.next_serial("ipm-2023") == 1
    with filled.reading() as records:
        assert records.certificates.list("ipm-2024") == (CERTIFICATE, second)
        assert records.certificates.list("ipm-2024", "villages") == (second,)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (replace(CERTIFICATE, code="b" * 26, serial=1), "serial 1 of ipm-2024 is not the next"),
        (replace(CERTIFICATE, code="b" * 26, serial=3), "serial 3 of ipm-2024 is not the next"),
        (replace(CERTIFICATE, serial=2), "this code is already on record"),
    ],
)
def test_a_serial_or_code_is_given_once(filled: Database, bad: Certificate, reason: str) -> None:
    with writing(filled) as records:
        records.certificates.add(CERTIFICATE)
    with pytest.raises(Refused, match=reason), writing(filled) as records:
        records.certificates.add(bad)
    with filled.reading() as records:
        assert records.certificates.list("ipm-2024") == (CERTIFICATE,)


def test_a_certificate_code_that_could_be_guessed_is_not_saved(filled: Database) -> None:
    with pytest.raises(IntegrityError), writing(filled) as records:
        records.certificates.add(replace(CERTIFICATE, code="short"))
    with filled.reading() as records:
        assert records.certificates.list("ipm-2024") == ()


def test_a_publication_takes_the_place_of_the_one_before(filled: Database) -> None:
    newer = replace(PUBLICATION, digest=digest("newer"))
    older = replace(PUBLICATION, edition="ipm-2023")
    with writing(filled) as records:
        records.editions.add(edition("ipm-2023"), by="Panitia", at=NOON)
        records.publications.put(PUBLICATION)
        records.publications.put(older)
        records.publications.put(newer)
    with filled.reading() as records:
        assert records.publications.of("ipm-2024") == newer
        assert records.publications.current() == (older, newer)
