"""The effect board: coverage of those honored, before and after, beside others."""

from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

from awards.domain.boards import Effect, EffectBoard
from awards.domain.records import Decision, Edition, Run, Snapshot
from awards.evaluation.effects import compare_changes
from awards.sdk.rulebook import RuleBook
from awards.services.stores import Stores
from awards.storage.records import Records

SHORTLIST = 10
"""The first so many places of a decided run count as shortlisted."""

_STRATA = ("scale", "sector", "type")
Reason = Literal["no-decision", "no-figures", "nobody-comparable"]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The indicators that coverage is made of: insured people, all people, and insured
    people of the period before."""

    insured: str
    people: str
    insured_before: str


COVERAGES = (
    Coverage(insured="active_participants", people="workers", insured_before="participants_before"),
    Coverage(
        insured="active_participants",
        people="employed_population",
        insured_before="participants_before",
    ),
)


def make_effect_boards(
    stores: Stores,
    edition: Edition,
    *,
    rulebook: RuleBook,
    coverages: tuple[Coverage, ...] = COVERAGES,
) -> tuple[EffectBoard, ...]:
    """A board for each kind that the edition judges.

    Those honored, or among the first `SHORTLIST` of a decided run, in the edition
    before are compared with others of the same scale, sector or type. Without an
    edition before, those of this edition are, by the indicator of the period before.
    """
    kinds = dict.fromkeys(each.kind for each in edition.definition.categories)
    return tuple(
        _board(stores, edition, kind, rulebook=rulebook, coverages=coverages) for kind in kinds
    )


def _board(
    stores: Stores,
    edition: Edition,
    kind: str,
    *,
    rulebook: RuleBook,
    coverages: tuple[Coverage, ...],
) -> EffectBoard:
    effect = _find_effect(stores, edition, kind, coverages)
    title = rulebook.kind(kind).title
    if isinstance(effect, str):
        return EffectBoard(kind=kind, title=title, effect=None, reason=effect)
    return EffectBoard(kind=kind, title=title, effect=effect, reason=None)


def _find_effect(
    stores: Stores, edition: Edition, kind: str, coverages: tuple[Coverage, ...]
) -> Effect | Reason:
    with stores.database.reading() as records:
        before = _edition_before(records, edition, kind)
        chosen = before or edition
        decided = _decided(records, chosen, kind)
        now = records.snapshots.latest(edition.code, kind)
        then = records.snapshots.latest(before.code, kind) if before else None
    if not decided:
        return "no-decision"
    table = _shares(stores, now, then, coverages) if now else None
    if table is None:
        return "no-figures"
    group = _group(stores, decided)
    compared = compare_changes(table.with_columns(honored=pl.col("id").is_in(group)))
    if compared is None:
        return "nobody-comparable"
    return Effect(
        **(asdict(compared) | {"honored": compared.honored, "others": compared.others}),
        basis="editions" if before else "one-edition",
        before_label=chosen.definition.label if before else "",
        after_label=edition.definition.label,
    )


def _edition_before(records: Records, edition: Edition, kind: str) -> Edition | None:
    """The last earlier edition of the program in which such candidates were decided on."""
    found = [
        each
        for each in records.editions.list()
        if each.program == edition.program
        and each.definition.period_end < edition.definition.period_start
        and records.snapshots.latest(each.code, kind)
        and _decided(records, each, kind)
    ]
    return max(found, key=lambda each: each.definition.period_end, default=None)


def _decided(records: Records, edition: Edition, kind: str) -> list[tuple[Decision, Run]]:
    codes = [each.code for each in edition.definition.categories if each.kind == kind]
    decisions = [records.decisions.latest(edition.code, code) for code in codes]
    return [(each, records.runs.get(each.seal)) for each in decisions if each]


def _group(stores: Stores, decided: list[tuple[Decision, Run]]) -> list[str]:
    found: set[str] = set()
    for decision, run in decided:
        path = stores.archive.checked(stores.archive.run_results(run.seal), run.results_sha256)
        results = pl.scan_parquet(path)
        shortlisted = results.filter(pl.col("place") <= SHORTLIST).select("id").collect()
        found |= {each.candidate for each in decision.titles} | set(shortlisted["id"])
    return sorted(found)


def _shares(
    stores: Stores, now: Snapshot, then: Snapshot | None, coverages: tuple[Coverage, ...]
) -> pl.DataFrame | None:
    """``id``, ``stratum``, ``before`` and ``after`` of candidates, or None without figures."""
    current = _read(stores, now, coverages)
    earlier = _read(stores, then, coverages) if then else current
    for each in coverages:
        insured = each.insured if then else each.insured_before
        if {each.insured, each.people} <= set(current.columns) and {insured, each.people} <= set(
            earlier.columns
        ):
            before = earlier.select("id", before=_share(insured, each.people))
            after = current.select("id", _stratum(current), after=_share(each.insured, each.people))
            return after.join(before, on="id").sort("id")
    return None


def _share(part: str, whole: str) -> pl.Expr:
    """The share, missing where there is nobody; more than the whole counts as the whole."""
    share = pl.col(part).cast(pl.Float64) / pl.col(whole)
    return pl.when(pl.col(whole) > 0).then(share.clip(upper_bound=1.0))


def _stratum(table: pl.DataFrame) -> pl.Expr:
    names = [name for name in _STRATA if name in table.columns]
    if not names:
        return pl.lit("").alias("stratum")
    texts = [pl.col(name).fill_null("") for name in names]
    return pl.concat_str(texts, separator="/").alias("stratum")


def _read(stores: Stores, snapshot: Snapshot, coverages: tuple[Coverage, ...]) -> pl.DataFrame:
    archive = stores.archive
    path = archive.checked(archive.snapshot_table(snapshot.id), snapshot.sha256)
    frame = pl.scan_parquet(path)
    known = {name for each in coverages for name in asdict(each).values()}
    wanted = {"id", *_STRATA, *known}
    present = [each for each in frame.collect_schema().names() if each in wanted]
    return frame.select(present).collect()
