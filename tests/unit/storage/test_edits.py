"""A thing of the tests' own that two persons edit, on both databases."""

import random
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from awards.domain.errors import EditConflict, NotFound
from awards.domain.ledger import verify_chain
from awards.domain.records import Event
from awards.storage.database import Database
from awards.storage.edits import edit_row
from tests.unit.storage.samples import NOON

TIMES = 200
SEED = 20260306


class Tables(DeclarativeBase):
    pass


class WeightRow(Tables):
    __tablename__ = "tested_weight"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    weight: Mapped[int]
    version: Mapped[int]


@pytest.fixture
def weights(database: Database) -> Iterator[Database]:
    with database._writing.begin() as connection:
        Tables.metadata.create_all(connection)
    with database.transaction() as records:
        records.ledger._session.add(WeightRow(code="coverage", weight=10, version=1))
        records.ledger.append(said(10), at=NOON)
    return database


def said(weight: int) -> Event:
    return Event(
        actor="Anggota", action="weight.changed", subject="coverage", detail={"weight": weight}
    )


def edit(database: Database, *, weight: int, based_on: int, code: str = "coverage") -> int:
    with database.transaction() as records:
        session = records.ledger._session
        made = edit_row(
            session, WeightRow.code, code, based_on=based_on, changes={"weight": weight}
        )
        records.ledger.append(said(weight), at=NOON)
    return made


def stored(database: Database) -> tuple[int, int]:
    """The weight on record and its version."""
    with database.reading() as records:
        row = records.ledger._session.get_one(WeightRow, "coverage")
        return row.weight, row.version


def test_the_second_is_told_what_the_first_saved(weights: Database) -> None:
    assert edit(weights, weight=20, based_on=1) == 2
    with pytest.raises(EditConflict, match="nothing was saved") as told:
        edit(weights, weight=30, based_on=1)
    assert (told.value.current, told.value.version) == ({"weight": 20}, 2)
    assert stored(weights) == (20, 2)
    assert edit(weights, weight=30, based_on=told.value.version) == 3


def test_what_is_not_there_any_more_is_said_to_be(weights: Database) -> None:
    with pytest.raises(NotFound, match="'other' is not there any more"):
        edit(weights, weight=20, based_on=1, code="other")
    assert stored(weights) == (10, 1)


def test_of_two_who_edit_the_same_one_wins_each_time_and_no_change_is_lost(
    weights: Database,
) -> None:
    chance, won = random.Random(SEED), list[int]()
    for time in range(TIMES):
        _, version = stored(weights)
        outcomes = race(weights, [10 * time, 10 * time + 1], version, chance)
        winners = [weight for weight, conflict in outcomes if conflict is None]
        assert len(winners) == 1
        assert stored(weights) == (winners[0], version + 1)
        conflict = next(each for _, each in outcomes if each is not None)
        assert (conflict.current, conflict.version) == ({"weight": winners[0]}, version + 1)
        won.append(winners[0])
    with weights.reading() as records:
        entries = list(records.ledger.entries())
    assert verify_chain(entries).fault is None
    assert [each.event.detail["weight"] for each in entries] == [10, *won]


def race(
    database: Database, values: list[int], version: int, chance: random.Random
) -> list[tuple[int, EditConflict | None]]:
    outcomes: list[tuple[int, EditConflict | None]] = []
    barrier = threading.Barrier(len(values))

    def save(weight: int) -> None:
        barrier.wait()
        try:
            edit(database, weight=weight, based_on=version)
        except EditConflict as conflict:
            outcomes.append((weight, conflict))
        else:
            outcomes.append((weight, None))

    threads = [threading.Thread(target=save, args=(each,)) for each in values]
    chance.shuffle(threads)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
