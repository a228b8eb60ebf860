"""Made-up micro-enterprises by the million, the rules that judge them, and the same
scoring as a script that somebody would write by hand."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from awards.domain.canonical import canonical_json, json_digest
from awards.domain.definition import CertificateWording, EditionDefinition, Signatory
from awards.domain.records import Edition, Event, Snapshot
from awards.evaluation.digest import table_digest
from awards.registry import load_plugins
from awards.sdk import (
    COMPANY,
    MISSING,
    CategoryDefinition,
    Criterion,
    Gate,
    Group,
    Indicator,
    Leaf,
    Use,
    ratio,
)
from awards.sdk.rulebook import RuleBook
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of

RATIOS = tuple((f"covered_{number}", f"all_{number}") for number in range(7))
PLAIN = ("months_late", "growth")
MIN_MAX, GOALPOSTS = Use(code="min-max"), Use(code="goalposts", parameters={"low": 0, "high": 1})
EDGES = [[0, 0], [0.25, 40], [0.5, 60], [0.75, 80], [1, 100]]
BANDS = Use(code="bands", parameters={"table": EDGES})
LATE = Use(code="identity", parameters={"maximum": 12})
SCALES = (MIN_MAX, MIN_MAX, GOALPOSTS, GOALPOSTS, BANDS, BANDS, GOALPOSTS, LATE, MIN_MAX)
TITLES = Use(code="top-n")


def write_population(path: Path, rows: int) -> None:
    """16 indicators, name, region, sector and scale of *rows* firms, sorted by id; the
    numbers come from a fixed seed, and one in fifty is missing."""
    row = pl.int_range(rows, dtype=pl.Int64)
    dice = [row.hash(seed) for seed in range(2 * len(RATIOS) + 4)]
    facts: dict[str, pl.Expr] = {}
    for at, (covered, all_) in enumerate(RATIOS):
        whole = 1 + dice[2 * at] % 40
        part = (dice[2 * at + 1] % 41).clip(0, whole)
        facts[covered] = pl.when(dice[2 * at + 1] % 53 > 0).then(part).cast(pl.Int32)
        facts[all_] = whole.cast(pl.Int32)
    facts["months_late"] = (dice[-1] % 13).cast(pl.Int32)
    facts["growth"] = (dice[-2] % 2001).cast(pl.Float64) / 10 - 50
    words = pl.Series(["Berkah", "Makmur", "Sinar", "Jaya", "Abadi", "Sentosa", "Mulia", "Rahayu"])
    sectors = pl.Series(["A", "C", "F", "G", "H", "I", "S"])
    scales = pl.Series(["micro", "small", "medium", "large"])
    one, two = (pl.lit(words).gather(dice[-3] % 8), pl.lit(words).gather(dice[-4] % 8))
    table = pl.LazyFrame({"row": pl.int_range(rows, eager=True)}).select(
        id="M" + row.cast(pl.String).str.zfill(9),
        name="UD " + one + " " + two + " " + (dice[0] % 99_991).cast(pl.String),
        region="35." + (1 + dice[1] % 38).cast(pl.String).str.zfill(2),
        sector=pl.lit(sectors).gather(dice[2] % 7),
        scale=pl.lit(scales).gather((dice[3] % 100 > 60).cast(pl.UInt32)),
        **facts,
    )
    table.sink_parquet(path)


@cache
def rules() -> tuple[RuleBook, CategoryDefinition]:
    """Nine criteria in three groups, on five kinds of scale, behind two gates."""
    book = load_plugins(entry_points=False).rulebook
    criteria = [_share(covered, all_) for covered, all_ in RATIOS]
    criteria += [_plain("months_late", less_is_better=True), _plain("growth")]
    leaves = [
        Leaf(criterion=each.code, weight=number + 1.0, scale=scale, missing="reweight")
        for number, (each, scale) in enumerate(zip(criteria, SCALES, strict=True))
    ]
    groups = [
        Group(code=code, title={"en": code}, children=tuple(own), weight=weight, **how)
        for code, own, weight, how in (
            ("reach", leaves[:3], 3.0, {"aggregation": Use(code="geometric")}),
            ("width", leaves[3:6], 2.0, {}),
            ("care", leaves[6:], 1.0, {}),
        )
    ]
    category = CategoryDefinition(
        code="micro",
        title={"en": "Micro-enterprises"},
        kind=COMPANY.code,
        gates=tuple(Use(code=each.code) for each in GATES),
        tree=Group(code="all", title={"en": "All"}, children=tuple(groups)),
        ladders=(TITLES,),
    )
    found = {each.code: each for each in criteria}
    gates = {each.code: each for each in GATES}
    return replace(
        book, criteria={**book.criteria, **found}, gates={**book.gates, **gates}
    ), category


def _indicator(code: str) -> Indicator:
    kind = float if code == "growth" else int
    return Indicator(code=code, title={"en": code}, type=kind, unit="persons")


def _share(covered: str, all_: str) -> Criterion:
    return Criterion(
        code=covered.replace("_", "-"),
        title={"en": covered},
        applies_to=(COMPANY,),
        indicators=(_indicator(covered), _indicator(all_)),
        measure=lambda i: ratio(getattr(i, covered), getattr(i, all_), when_zero=MISSING),
        unit="ratio",
    )


def _plain(code: str, *, less_is_better: bool = False) -> Criterion:
    return Criterion(
        code=code.replace("_", "-"),
        title={"en": code},
        applies_to=(COMPANY,),
        indicators=(_indicator(code),),
        measure=lambda i: getattr(i, code),
        unit="points",
        less_is_better=less_is_better,
    )


GATES = (
    Gate(
        code="on-time",
        title={"en": "On time"},
        reason={"en": "Some months on time"},
        applies_to=(COMPANY,),
        indicators=(_indicator("months_late"),),
        passes=lambda i: i.months_late < 12,
    ),
    Gate(
        code="not-shrinking",
        title={"en": "Not shrinking"},
        reason={"en": "Not shrinking by half"},
        applies_to=(COMPANY,),
        indicators=(_indicator("growth"),),
        passes=lambda i: i.growth > -49,
    ),
)


def by_hand(snapshot: Path, written: Path) -> None:
    """The same scoring as one lazy query over everybody: raw values and points of all
    criteria, values of groups, total and place. No gates, reasons, weights or seal."""
    raws = [pl.col(covered) / pl.col(all_) for covered, all_ in RATIOS]
    raws += [pl.col("months_late").cast(pl.Float64), pl.col("growth")]
    names = [f"c{number}" for number in range(len(raws))]
    table = pl.scan_parquet(snapshot).select(
        "id", **{f"raw:{name}": raw for name, raw in zip(names, raws, strict=True)}
    )
    points = [_points_by_hand(pl.col(f"raw:{name}"), at) for at, name in enumerate(names)]
    scored = table.with_columns(
        **{f"points:{name}": each for name, each in zip(names, points, strict=True)}
    )
    reach, width, care = ([pl.col(f"points:{n}") for n in names[at : at + 3]] for at in (0, 3, 6))
    grouped = scored.with_columns(
        reach=_mean([each.log() for each in reach], 1).exp(),
        width=_mean(width, 4),
        care=_mean(care, 7),
    )
    total = (pl.col("reach") * 3 + pl.col("width") * 2 + pl.col("care")) / 6
    compared = (pl.col("total").fill_nan(None) * 1e9).round().cast(pl.Int64)
    place = compared.rank("min", descending=True).cast(pl.Int32)
    grouped.with_columns(total=total).with_columns(place=place).sink_parquet(written)


def _points_by_hand(raw: pl.Expr, at: int) -> pl.Expr:
    if SCALES[at] == MIN_MAX:
        return (raw - raw.min()) / (raw.max() - raw.min()) * 100
    if SCALES[at] == GOALPOSTS:
        return raw.clip(0, 1) * 100
    if SCALES[at] == LATE:
        return 100 - raw / 12 * 100
    found = pl.when(raw >= 1).then(100.0)
    for edge, points in ((0.75, 80.0), (0.5, 60.0), (0.25, 40.0), (0.0, 0.0)):
        found = found.when(raw >= edge).then(points)
    return found


def _mean(points: list[pl.Expr], first: int) -> pl.Expr:
    """The weighted mean of what is not missing."""
    weights = range(first, first + len(points))
    whole = pl.sum_horizontal(
        pl.when(each.is_not_null()).then(weight)
        for each, weight in zip(points, weights, strict=True)
    )
    return (
        pl.sum_horizontal(each * weight for each, weight in zip(points, weights, strict=True))
        / whole
    )


def open_edition_with(
    stores: Stores, snapshot: Path, category: CategoryDefinition, *, act: Act
) -> Snapshot:
    """Put the snapshot on record, with an edition that publishes all places."""
    table = pl.scan_parquet(snapshot)
    folder = snapshot.parent / "snapshot"
    folder.mkdir()
    snapshot.rename(folder / "snapshot.parquet")
    table = pl.scan_parquet(folder / "snapshot.parquet")
    table.select("id").sink_parquet(folder / "cells.parquet")
    nothing = {"id": "", "indicator": "", "part": 0, "file": 0, "row": 0, "value": 0.0}
    pl.DataFrame([nothing]).clear().write_parquet(folder / "more_cells.parquet")
    description: dict[str, object] = {"parts": [], "records": {}} | {
        name: table_digest(pl.scan_parquet(folder / f"{file}.parquet"))
        for name, file in (
            ("table", "snapshot"),
            ("cells", "cells"),
            ("more_cells", "more_cells"),
        )
    }
    (folder / "snapshot.json").write_bytes(canonical_json(description))
    found = Snapshot(
        id=json_digest(description),
        edition="micro",
        kind=COMPANY.code,
        parts=(),
        rows=table.select(pl.len()).collect().item(),
        sha256=sha256_of(folder / "snapshot.parquet"),
    )
    stores.archive.adopt_folder(folder, stores.archive.snapshot(found.id))
    with stores.database.transaction() as records:
        records.editions.add(edition(category), by=act.by, at=act.at)
        records.snapshots.add(found)
        for action, subject in (("edition.opened", "micro"), ("snapshot.taken", found.id)):
            records.ledger.append(Event(actor=act.by, action=action, subject=subject), at=act.at)
    return found


def edition(category: CategoryDefinition) -> Edition:
    wording = CertificateWording(
        issuer={"en": "Committee"},
        unit={"en": "Office"},
        city="Surabaya",
        number="{serial:03d}",
        serial="{serial:04d}",
        ring={"en": "Ring"},
        signatories=(Signatory(position={"en": "Chair"}, name="Ketua Panitia"),),
    )
    definition = EditionDefinition(
        code="micro",
        label="2025",
        title={"en": "Micro-enterprises"},
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        disclosure="places",
        certificate=wording,
        categories=(category,),
    )
    return Edition(
        code="micro", program="bench", program_title={"en": "Bench"}, definition=definition
    )
