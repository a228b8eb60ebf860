"""Try the rules of a category before they are locked: on made-up or last year's data.

A trial is shown and forgotten. It has no seal and can become no result.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import polars as pl

from awards.domain.definition import CategoryDefinition, EditionDefinition
from awards.domain.errors import NotFound
from awards.domain.records import Edition
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.evaluation.pipeline import evaluate
from awards.intake.types import ColumnMap
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Program, Sample
from awards.services.editions import open_with
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database

SHOWN = 10
SIZE = 400
"""Made-up companies of a trial; other kinds come in proportion."""
_SEED = 7
_DECREE = "–"


@dataclass(frozen=True, kw_only=True)
class TrialRow:
    """One of the first places of a trial."""

    id: str
    name: str
    place: int
    total: float


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How a criterion came out: how many candidates have a value, and the median of
    their points; None where nobody has points."""

    criterion: str
    measured: int
    median: float | None


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the rules of a category would do with *data*, which are not the edition's."""

    data: str
    candidates: int
    ranked: int
    ineligible: int
    not_assessable: int
    first: tuple[TrialRow, ...]
    criteria: tuple[Measured, ...]
    decides_most: str | None
    """The criterion whose points vary most, weight counted; None where none varies."""


def try_on_edition(
    stores: Stores, definition: CategoryDefinition, *, edition: str, rulebook: RuleBook
) -> Trial:
    """Try *definition* on the latest snapshot of another *edition*.

    Raises `NotFound` when it has none of that kind, and what `evaluate` raises.
    """
    with stores.database.reading() as records:
        snapshot = records.snapshots.latest(edition, definition.kind)
    if snapshot is None:
        raise NotFound(
            f"Edition {edition!r} has no locked data for {definition.kind!r} to try on. "
            "Choose another edition, or made-up data."
        )
    path = stores.archive.checked(stores.archive.snapshot_table(snapshot.id), snapshot.sha256)
    return _try(pl.scan_parquet(path), definition, data=edition, rulebook=rulebook)


def try_on_made_up(
    edition: Edition, definition: CategoryDefinition, *, rulebook: RuleBook, act: Act
) -> Trial:
    """Try *definition* on data that the edition's program brings along or makes up.

    Raises `NotFound` when the program has none for the kind, and what `evaluate` raises.
    """
    program = rulebook.program(edition.program)
    with TemporaryDirectory(prefix="awards-trial-") as folder:
        samples = [each for each in _samples(program, Path(folder)) if each.kind == definition.kind]
        if not samples:
            raise NotFound(
                f"The program {program.code!r} has no data of its own for {definition.kind!r}. "
                "Choose an edition to try on."
            )
        stores = _scratch(Path(folder))
        try:
            alone = _alone(edition.definition, definition, rulebook)
            opened = open_with(
                stores, alone, program=program.code, rulebook=rulebook, act=act, decree=_DECREE
            )
            for each in samples:
                _import(stores, opened, each, rulebook=rulebook, act=act)
            take_snapshot(stores, opened, kind=definition.kind, rulebook=rulebook, act=act)
            return try_on_edition(stores, definition, edition=opened.code, rulebook=rulebook)
        finally:
            stores.database.close()


def _alone(
    edition: EditionDefinition, category: CategoryDefinition, rulebook: RuleBook
) -> EditionDefinition:
    """*edition* with nothing but *category*."""
    classified = rulebook.classifications_of(edition, kind=category.kind)
    codes = tuple(each.code for each in classified)
    return edition.model_copy(update={"categories": (category,), "classifications": codes})


def _samples(program: Program, folder: Path) -> tuple[Sample, ...]:
    """Made-up files, or those of the latest edition that has any of its own."""
    if program.generated:
        return program.generated[-1].make(folder, _SEED, SIZE)
    latest = max((each.edition for each in program.samples), default=None)
    return tuple(each for each in program.samples if each.edition == latest)


def _scratch(folder: Path) -> Stores:
    """An instance that is gone after the trial."""
    database = open_database(f"sqlite:///{folder / 'trial.sqlite3'}")
    database.migrate()
    return Stores(database, Archive(folder))


def _import(
    stores: Stores, edition: Edition, sample: Sample, *, rulebook: RuleBook, act: Act
) -> None:
    with stores.archive.workspace() as work:
        import_part(
            stores,
            sample.file,
            edition=edition.code,
            layout=layout_of(edition, sample.kind, rulebook=rulebook, records=sample.records),
            column_map=ColumnMap(columns=sample.columns, rows=sample.rows, numbers=sample.numbers),
            delivery=Delivery(part=sample.part, sender=sample.sender, accept_valid=True),
            act=act,
            work=work,
        )


def _try(
    table: pl.LazyFrame, definition: CategoryDefinition, *, data: str, rulebook: RuleBook
) -> Trial:
    results = evaluate(table, definition, rulebook=rulebook).results.collect()
    standing = results["standing"].to_list()
    points = [columns.points(leaf.code) for leaf in definition.tree.leaves()]
    return Trial(
        data=data,
        candidates=results.height,
        ranked=standing.count(Standing.RANKED),
        ineligible=standing.count(Standing.INELIGIBLE),
        not_assessable=standing.count(Standing.NOT_ASSESSABLE),
        first=_first(results, table),
        criteria=tuple(
            Measured(
                criterion=leaf.code,
                measured=results[columns.raw(leaf.code)].count(),
                median=cast(float | None, results[name].median()),
            )
            for leaf, name in zip(definition.tree.leaves(), points, strict=True)
        ),
        decides_most=_decides_most(results, definition),
    )


def _first(results: pl.DataFrame, table: pl.LazyFrame) -> tuple[TrialRow, ...]:
    best = results.drop_nulls("place").sort("place", "id").head(SHOWN)
    known = "name" in table.collect_schema()
    names = table.select("id", name=pl.col("name") if known else pl.lit(None, pl.String))
    joined = best.lazy().join(names, on="id", how="left", maintain_order="left").collect()
    return tuple(
        TrialRow(id=one, name=name or one, place=place, total=total)
        for one, name, place, total in joined.select("id", "name", "place", "total").iter_rows()
    )


def _decides_most(results: pl.DataFrame, definition: CategoryDefinition) -> str | None:
    spreads = results.select(
        (pl.col(columns.points(leaf.code)) * pl.col(columns.weight(leaf.code)))
        .std()
        .fill_null(0.0)
        .alias(leaf.code)
        for leaf in definition.tree.leaves()
    ).row(0, named=True)
    most = max(spreads, key=lambda code: spreads[code])
    return most if spreads[most] > 0 else None
