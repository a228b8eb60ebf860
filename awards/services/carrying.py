"""Carry the holders of a category's first title over to another edition.

A provincial stage sends its best to the national one: with the figures that they won
by, under the seal of the run that they won with.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl

from awards.domain.errors import NotFound, Refused
from awards.domain.records import Decision, Edition, Part
from awards.intake.types import ColumnMap, Layout
from awards.sdk.rulebook import RuleBook
from awards.services.imports import Delivery, Imported, import_part, layout_of
from awards.services.lookup import category_of
from awards.services.sealed import SealedRun, read_run
from awards.services.stores import Act, Stores


def carry_over(
    stores: Stores, source: Edition, *, category: str, target: Edition, rulebook: RuleBook, act: Act
) -> Part:
    """Make the rows of those who hold the first title of a decided category a part of
    *target*, named after edition and category; carrying again replaces it.

    The part's sender is ``EDITION/CATEGORY`` and its letter the seal of the run, so
    that every figure leads back to the sealed one and from there to the cell that a
    sender filled. What was counted out of records is carried as it was counted: the
    target knows neither the records nor the register they were matched with. Types of
    record that are not ``carried``, such as a panel's scores, are given anew there.
    Raises `NotFound` when nothing is decided, and `Refused` when nobody holds the
    first title or a value does not pass the target's checks; nothing is saved then.
    """
    if source.code == target.code:
        raise Refused(f"Edition {source.code!r} cannot carry anybody over to itself.")
    definition = category_of(source, category)
    layout = _with_counted(layout_of(target, definition.kind, rulebook=rulebook))
    decision, sealed = _decided(stores, source, category)
    rows = _rows(sealed, _holders(decision, sealed, rulebook), layout)
    name = f"{source.code}-{category}"
    delivery = Delivery(
        part=name,
        sender=f"{source.code}/{category}",
        letter=decision.seal,
        as_of=source.definition.period_end,
    )
    with stores.archive.workspace() as work:
        _write(work / f"{name}.csv", rows)
        imported = import_part(
            stores,
            work / f"{name}.csv",
            edition=target.code,
            layout=layout,
            column_map=ColumnMap(columns={each: each for each in rows.columns}, numbers="en"),
            delivery=delivery,
            act=act,
            work=work,
        )
    return _taken(imported, rows)


def _with_counted(layout: Layout) -> Layout:
    """*layout* with the figures that were counted out of records among what is sent."""
    indicators = tuple(
        replace(each, tally=None) if each.tally and each.tally.record.carried else each
        for each in layout.indicators
    )
    return replace(layout, indicators=indicators)


def _taken(imported: Imported, rows: pl.DataFrame) -> Part:
    if imported.part is None:
        first = imported.inspection.refused[0]
        raise Refused(
            f"{rows['id'][(first.row or 2) - 2]} cannot be carried over: "
            f"{first.header or first.column}: {first.reason['en']}"
        )
    return imported.part


def _decided(stores: Stores, source: Edition, category: str) -> tuple[Decision, SealedRun]:
    with stores.database.reading() as records:
        decision = records.decisions.latest(source.code, category)
        if decision is None:
            raise NotFound(
                f"{source.code}/{category} is not decided yet. "
                f"Decide it first: awards decide {source.code}/{category}"
            )
        run = records.runs.get(decision.seal)
    return decision, read_run(stores, run)


def _holders(decision: Decision, sealed: SealedRun, rulebook: RuleBook) -> Sequence[str]:
    """Who holds the highest title of the first ladder; several where it is shared."""
    use = sealed.definition.ladders[0]
    ladder = rulebook.ladder(use.code)
    words = ladder.words(ladder.parameters.model_validate(use.parameters))
    first = next(iter(words))
    found = [each.candidate for each in decision.titles if each.title == first]
    if not found:
        raise Refused(
            f"Nobody holds the first title of {decision.edition}/{decision.category}, "
            "so there is nobody to carry over."
        )
    return found


def _rows(sealed: SealedRun, candidates: Iterable[str], layout: Layout) -> pl.DataFrame:
    """What the sealed snapshot says of *candidates*, as far as *layout* asks for it."""
    present = set(sealed.tables.table.collect_schema().names())
    wanted = [each for each in layout.targets if each in present]
    kept = sealed.tables.table.filter(pl.col("id").is_in(list(candidates)))
    return kept.select(wanted).sort("id").collect()


def _write(file: Path, rows: pl.DataFrame) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(rows.columns)
        writer.writerows([_text(each) for each in row] for row in rows.iter_rows())


def _text(value: object) -> str:
    """All digits of a number, none of them as an exponent."""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return "" if value is None else str(value)
