"""Records that several candidates claim, as they are explained to each of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from awards.sdk.records import RecordType
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A record of the candidate that others claim too. ``counted`` says for whom it
    counts: ``each`` or ``none``."""

    record: str
    key: tuple[str, ...]
    others: tuple[str, ...]
    counted: str


def claims_of(sealed: SealedRun, candidate: str, *, rulebook: RuleBook) -> tuple[Claim, ...]:
    """The records of *candidate* that others claim, by type and key."""
    tallies = (each.tally for each in rulebook.indicators_of(sealed.definition))
    types = {each.record.code: each.record for each in tallies if each}
    return tuple(
        claim
        for code, table in sealed.tables.records.items()
        if code in types
        for claim in _claims(table, types[code], candidate)
    )


def _claims(table: pl.LazyFrame, record: RecordType, candidate: str) -> Iterator[Claim]:
    claimed = table.filter(pl.col("claims") > 1)
    own = claimed.filter(pl.col("candidate") == candidate).select(record.key)
    found = claimed.join(own, on=record.key, how="semi").collect().sort(*record.key, "candidate")
    for key, rows in found.partition_by(record.key, as_dict=True, maintain_order=True).items():
        yield Claim(
            record=record.code,
            key=tuple(str(each) for each in key),
            others=tuple(each for each in rows["candidate"].unique().sort() if each != candidate),
            counted=record.claimed_twice or "each",
        )
