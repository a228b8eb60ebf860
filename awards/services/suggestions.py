"""Suggest which numbers belong to one firm, for people to decide."""

from pathlib import Path

import polars as pl

from awards.domain.errors import NotFound
from awards.domain.records import Edition
from awards.intake.refused_rows import harmless
from awards.sdk.types import Kind
from awards.services.crosswalks import current_entries
from awards.services.stores import Stores

_LEGAL_FORMS = (
    r"\b(?:pt|p t|cv|c v|ud|u d|pd|p d|fa|firma|nv|tbk|persero|perseroan terbatas|"
    r"perum|koperasi|yayasan)\b"
)
COLUMNS = (
    *("scheme", "id", "name", "region"),
    *("candidate", "candidate_name", "candidate_region", "why", "decision"),
)
MOST_OFFERED = 5
"""At most so many candidates are offered for one number."""


def suggest(stores: Stores, edition: Edition, *, kind: Kind, path: Path) -> int:
    """Write a CSV of likely matches for ids that no crosswalk entry joins; count them.

    Two numbers are likely one firm when their names are alike without legal form,
    case, punctuation and order of words, and their regions do not differ. Each
    row waits for yes or no under ``decision``. Raises `NotFound` when there are
    no data.
    """
    waiting = _waiting(stores, edition, kind)
    own = pl.col("scheme") == kind.scheme
    pairs = pl.concat([_others(waiting, own), _second_numbers(waiting.filter(own))])
    ordered = pairs.sort("scheme", "id", "candidate").select(COLUMNS)
    written = ordered.to_dict(as_series=False)
    safe = {name: [harmless(each or "") for each in cells] for name, cells in written.items()}
    pl.DataFrame(safe, schema=dict.fromkeys(COLUMNS, pl.String)).write_csv(path, include_bom=True)
    return pairs.height


def plain_words(name: pl.Expr) -> pl.Expr:
    """The words of *name* in the order of the alphabet, without the legal form."""
    lower = name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ")
    words = lower.str.replace_all(_LEGAL_FORMS, " ").str.strip_chars().str.split(" ")
    return words.list.eval(pl.element().filter(pl.element() != "")).list.sort().list.join(" ")


def _waiting(stores: Stores, edition: Edition, kind: Kind) -> pl.DataFrame:
    """Every number in the parts now in force that no entry joins, once: scheme, id,
    name, region and the plain ``words`` of the name."""
    with stores.database.reading() as records:
        parts = records.parts.current(edition.code, kind.code)
        _, crosswalk = current_entries(stores, records, kind.code)
    if not parts:
        raise NotFound(
            f"Edition {edition.code!r} has no data for {kind.code!r} yet: import a file first."
        )
    tables = [
        _people(stores.archive.checked(stores.archive.part(each.id), each.sha256)).with_columns(
            scheme=pl.lit(each.scheme or kind.scheme)
        )
        for each in parts
    ]
    stacked = pl.concat(tables).sort("scheme", "id", "name", nulls_last=True)
    once = stacked.unique(["scheme", "id"], keep="first", maintain_order=True)
    open_ = once.join(crosswalk, on=["scheme", "id"], how="anti", maintain_order="left")
    return open_.with_columns(words=plain_words(pl.col("name"))).filter(pl.col("words") != "")


def _people(path: Path) -> pl.DataFrame:
    read = pl.read_parquet(path)
    lacking = [each for each in ("name", "region") if each not in read.columns]
    return read.with_columns(pl.lit(None, pl.String).alias(each) for each in lacking).select(
        "id", "name", "region"
    )


def _others(waiting: pl.DataFrame, own: pl.Expr) -> pl.DataFrame:
    """Numbers of other schemes beside the candidates of that name."""
    mains = waiting.filter(own).select(
        "words", candidate="id", candidate_name="name", candidate_region="region"
    )
    others = waiting.filter(~own)
    here = others.join(mains, left_on=["words", "region"], right_on=["words", "candidate_region"])
    same = _told(here.with_columns(candidate_region="region"), "same name, same region")
    unplaced = others.filter(pl.col("region").is_null()).join(mains, on="words")
    nowhere = mains.filter(pl.col("candidate_region").is_null())
    placed = others.drop_nulls("region").join(nowhere, on="words")
    found = pl.concat([same, *(_told(each, "same name") for each in (unplaced, placed))])
    nth = pl.int_range(pl.len()).over("scheme", "id")
    return found.sort("scheme", "id", "candidate").filter(nth < MOST_OFFERED)


def _second_numbers(own: pl.DataFrame) -> pl.DataFrame:
    """Candidates of one name and region beside the one with the lowest number."""
    group = ["words", "region"]
    paired = own.sort("id").with_columns(
        candidate=pl.col("id").first().over(group),
        candidate_name=pl.col("name").first().over(group),
        candidate_region="region",
    )
    placed = pl.col("region").is_not_null()
    why = pl.when(placed).then(pl.lit("same name, same region")).otherwise(pl.lit("same name"))
    return _told(paired.filter(pl.col("id") != pl.col("candidate")), why)


def _told(pairs: pl.DataFrame, why: str | pl.Expr) -> pl.DataFrame:
    said = pl.lit(why) if isinstance(why, str) else why
    return pairs.with_columns(why=said, decision=pl.lit("")).select(COLUMNS)
