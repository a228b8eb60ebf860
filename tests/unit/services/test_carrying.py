"""The holders of the first title go on to another edition."""

from dataclasses import replace

import polars as pl
import pytest

from awards.domain.errors import NotFound, Refused
from awards.domain.records import Part
from awards.services.carrying import carry_over
from awards.services.decisions import decide, propose
from tests.unit.services.world import ACT, MINUTES, World

FROM, TO = "kop-open", "kop-winners"


def carry(world: World, category: str = "primary", *, target: str = TO) -> Part:
    return carry_over(
        world.stores,
        world.edition(FROM),
        category=category,
        target=world.edition(target),
        rulebook=world.rulebook,
        act=ACT,
    )


def rows_of(world: World, part: Part) -> pl.DataFrame:
    return pl.read_parquet(world.stores.archive.part(part.id))


def test_the_first_goes_on_with_its_figures_under_the_seal_of_the_run(imported: World) -> None:
    run = imported.evaluate(FROM)
    imported.decide(run)
    before = imported.actions()
    part = carry(imported)
    assert (part.edition, part.name, part.sender, part.letter, part.rows) == (
        TO,
        "kop-open-primary",
        "kop-open/primary",
        run.seal,
        1,
    )
    assert part.as_of == imported.edition(FROM).definition.period_end
    [row] = rows_of(imported, part).drop("source_file", "source_row").rows(named=True)
    assert row == {
        "id": "K0001",
        "name": "Koperasi Satu",
        "level": "primary",
        "audited": 1,
        "active": 95.0,
        "surplus": 91.0,
        "mentored": 88.25,
    }
    assert imported.actions() == [*before, "part.imported"]


def test_all_digits_are_carried(opened: World) -> None:
    opened.deliver(FROM, "K0001,Satu,primary,1,12.345678901234567,0.0000001,33.333333333333336")
    opened.decide(opened.evaluate(FROM))
    sealed = rows_of(opened, opened.parts(FROM)[0])
    carried = rows_of(opened, carry(opened))
    columns = ["id", "active", "surplus", "mentored"]
    assert carried.select(columns).rows() == sealed.select(columns).rows()


def test_all_who_share_the_first_title_go_on(opened: World) -> None:
    opened.deliver(
        FROM,
        "K0001,Satu,primary,1,90,90,90",
        "K0002,Dua,primary,1,90,90,90",
        "K0003,Tiga,primary,1,10,10,10",
    )
    opened.decide(opened.evaluate(FROM))
    assert rows_of(opened, carry(opened))["id"].to_list() == ["K0001", "K0002"]


def test_carrying_again_replaces_what_was_carried(imported: World) -> None:
    imported.decide(imported.evaluate(FROM))
    first = carry(imported)
    assert carry(imported) == first
    assert [each.name for each in imported.parts(TO)] == ["kop-open-primary", "main"]


def test_what_was_carried_is_judged_there(opened: World) -> None:
    opened.deliver(FROM, "K0001,Satu,primary,1,90,80,70")
    opened.decide(opened.evaluate(FROM))
    part = carry(opened)
    assert opened.snapshot(TO).parts == (part.id,)


def test_nothing_is_carried_before_it_is_decided(imported: World) -> None:
    imported.evaluate(FROM)
    before = imported.ledger(), imported.files()
    with pytest.raises(NotFound, match="kop-open/primary is not decided yet"):
        carry(imported)
    assert (imported.ledger(), imported.files()) == before


def test_nobody_goes_on_where_the_first_title_was_not_conferred(imported: World) -> None:
    sealed = imported.sealed(imported.evaluate(FROM))
    second = propose(sealed, rulebook=imported.rulebook)[1:]
    decide(imported.stores, sealed, titles=second, minutes=MINUTES, second="S", act=ACT)
    before = imported.ledger(), imported.files()
    with pytest.raises(Refused, match="Nobody holds the first title of kop-open/primary"):
        carry(imported)
    assert (imported.ledger(), imported.files()) == before


def test_an_edition_does_not_feed_itself(imported: World) -> None:
    imported.decide(imported.evaluate(FROM))
    with pytest.raises(Refused, match="cannot carry anybody over to itself"):
        carry(imported, target=FROM)


def test_an_edition_that_judges_no_such_kind_takes_nobody(imported: World) -> None:
    imported.decide(imported.evaluate(FROM))
    other = imported.rulebook.program("ipm").definition.editions[0]
    elsewhere = replace(imported.edition(TO), code=other.code, definition=other)
    with pytest.raises(NotFound, match="judges no 'cooperative'"):
        carry_over(
            imported.stores,
            imported.edition(FROM),
            category="primary",
            target=elsewhere,
            rulebook=imported.rulebook,
            act=ACT,
        )
