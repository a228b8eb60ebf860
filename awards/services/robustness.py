"""Say how firm the places of a run are, under a seal that names the run."""

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import polars as pl

from awards.domain.canonical import canonical_json
from awards.domain.definition import CategoryDefinition, Robustness
from awards.domain.errors import Altered
from awards.domain.records import Event, RobustnessRecord, Run
from awards.evaluation.digest import table_digest
from awards.evaluation.history import with_history
from awards.evaluation.manifest import rules_of, seal_of, versions
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun, read_run
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of
from awards.storage.files import checked

FORMAT = "awards-robustness/1"
DRAWS = 2_000
MOST_DRAWS = 10_000
MOST_CANDIDATES = 100_000
"""With more, it is made on request only."""

METHODS = {
    "weights": "dirichlet/1",
    "scales": "respread-points/1",
    "swaps": "one-weight/1",
    "dominance": "bits/1",
    "groups": "interval-reaches-first/1",
}
VARIES = "weights, scales and aggregations, not facts"


@dataclass(frozen=True, eq=False)
class SealedRobustness:
    """What was said, as its files say it. ``table``: a row for each ranked candidate,
    sorted by id; `docs/robustness.md` describes its columns."""

    seal: str
    manifest: dict[str, Any]
    table: pl.LazyFrame


def can_be_varied(definition: CategoryDefinition) -> bool:
    """Whether places follow from totals and tie-breakers of the tree alone; a margin and
    counts of full points are not varied."""
    return definition.margin is None and all(
        isinstance(each, str) for each in definition.tie_breakers
    )


def make_robustness(
    stores: Stores,
    run: Run,
    *,
    rules: Robustness,
    rulebook: RuleBook,
    draws: int = DRAWS,
    act: Act,
) -> RobustnessRecord:
    """Vary what *rules* say around the stored points of *run*, and seal what comes out.

    The seed is the beginning of the run's seal, so nobody picks a lucky one; the same
    run, rules and versions give the same seal. Raises `Refused` where places cannot be
    varied; nothing is written then.
    """
    sealed = read_run(stores, run)
    manifest, table = compute(sealed, rules=rules, rulebook=rulebook, draws=draws)
    seal = seal_of(manifest)
    with stores.archive.workspace() as prepared:
        folder = prepared / "robustness"
        folder.mkdir()
        table.write_parquet(folder / "robustness.parquet", compression="lz4")
        (folder / "manifest.json").write_bytes(canonical_json(manifest))
        record = RobustnessRecord(
            seal=seal,
            run=run.seal,
            digest=manifest["result"]["digest"],
            sha256=sha256_of(folder / "robustness.parquet"),
        )
        stores.archive.adopt_folder(folder, stores.archive.robustness(seal))
    return _keep(stores, record, manifest, act)


def _keep(
    stores: Stores, record: RobustnessRecord, manifest: dict[str, Any], act: Act
) -> RobustnessRecord:
    detail: dict[str, object] = {
        "run": record.run,
        "result": record.digest,
        "draws": manifest["draws"],
    }
    with stores.database.transaction() as records:
        known = records.robustness.find(record.seal)
        if known is not None:
            return known
        records.robustness.add(record)
        event = Event(actor=act.by, action="robustness.sealed", subject=record.seal, detail=detail)
        records.ledger.append(event, at=act.at)
    return record


def compute(
    sealed: SealedRun, *, rules: Robustness, rulebook: RuleBook, draws: int
) -> tuple[dict[str, Any], pl.DataFrame]:
    """Manifest and table for a run."""
    # Compiled code takes a second to import, which other acts need not wait for.
    from awards.evaluation.robustness.assess import Plan, assess  # noqa: PLC0415

    plan = Plan(rules=rules, draws=draws, seed=int(sealed.seal[:12], 16))
    found = assess(
        sealed.tables.results,
        with_history(sealed.tables.table, sealed.definition, sealed.tables.history),
        sealed.definition,
        rulebook=rulebook,
        plan=plan,
    )
    manifest = {
        "format": FORMAT,
        "run": sealed.seal,
        "edition": sealed.manifest["edition"],
        "category": sealed.definition.code,
        "varies": VARIES,
        "methods": METHODS,
        **found.facts,
        "rules": rules_of(sealed.definition, rulebook),
        "versions": versions() | {"numba": version("numba")},
        "precision": "1e-9",
        "result": {
            "digest": table_digest(found.table),
            "rows": found.table.height,
            "columns": found.table.columns,
        },
    }
    return manifest, found.table


def robustness_of(stores: Stores, run: str) -> SealedRobustness | None:
    """The latest for the run with this seal, or None."""
    with stores.database.reading() as records:
        record = records.robustness.of(run)
    return None if record is None else read_robustness(stores, record)


def read_robustness(stores: Stores, record: RobustnessRecord) -> SealedRobustness:
    """What was sealed as *record*. Raises `Altered`, naming the file, for one that is
    not what was sealed."""
    archive = stores.archive
    path = archive.checked(archive.robustness_table(record.seal), record.sha256)
    said = checked(archive.robustness(record.seal) / "manifest.json", record.seal)
    manifest = json.loads(said.read_bytes())
    if manifest["run"] != record.run:
        raise Altered(f"Robustness {record.seal[:12]} names another run than its record.")
    return SealedRobustness(record.seal, manifest, pl.scan_parquet(path))


@dataclass(frozen=True, kw_only=True)
class Firmness:
    """How firm the place of one candidate is. ``interval`` holds 90 percent of the draws;
    ``group`` numbers those that cannot be told apart; ``ahead`` is the share of draws in
    which it is before the next; ``chances`` pairs titles with their share of draws."""

    draws: int
    place: int
    median: int
    interval: tuple[int, int]
    group: int
    ahead: float | None
    swap_node: str | None
    swap_weight: float | None
    dominates: int
    dominated: int
    chances: tuple[tuple[str, float], ...]


def firmness_of(robustness: SealedRobustness, candidate: str) -> Firmness | None:
    """That of *candidate*, or None for one without a place."""
    found = robustness.table.filter(pl.col("id") == candidate).collect()
    return firmness_rows(robustness, found)[0] if found.height else None


def firmness_rows(robustness: SealedRobustness, rows: pl.DataFrame) -> tuple[Firmness, ...]:
    """*rows* of the table as values, in their order."""
    return tuple(_firmness(each, robustness) for each in rows.iter_rows(named=True))


def _firmness(row: dict[str, Any], robustness: SealedRobustness) -> Firmness:
    plain = ("place", "median", "group", "ahead", "swap_node", "swap_weight")
    titles = [name for name in row if name.startswith("chance:")]
    return Firmness(
        draws=robustness.manifest["draws"],
        interval=(row["low"], row["high"]),
        dominates=row["dominates"],
        dominated=row["dominated"],
        chances=tuple((name.removeprefix("chance:"), row[name]) for name in titles),
        **{name: row[name] for name in plain},
    )
