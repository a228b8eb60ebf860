"""Parts read by candidate: every sender's numbers taken through the crosswalk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.errors import Refused
from awards.domain.records import Part
from awards.evaluation.joining import Joined, join_ids
from awards.sdk.types import Kind
from awards.services.crosswalks import current_entries
from awards.services.stores import Stores

_LISTED = 5


class IdsNotJoined(Refused):
    """A sender's numbers belong to no candidate yet."""


@dataclass(frozen=True, kw_only=True)
class ByCandidate:
    """The tables of *parts* by part id, candidates as ``id``. ``crosswalk`` gives the
    digest of the kind's crosswalk by the kind's code, or is empty without one."""

    kind: Kind
    parts: tuple[Part, ...]
    tables: Mapping[str, pl.LazyFrame]
    crosswalk: Mapping[str, str]


def read_by_candidate(stores: Stores, parts: Sequence[Part], *, kind: Kind) -> ByCandidate:
    """Read *parts*, each checked against its digest, by candidate.

    Raises `IdsNotJoined` when ids of another scheme are in no entry of the crosswalk.
    """
    with stores.database.reading() as records:
        digest, crosswalk = current_entries(stores, records, kind.code)
    joined: dict[str, Joined] = {}
    for part in parts:
        path = stores.archive.checked(stores.archive.part(part.id), part.sha256)
        joined[part.id] = join_ids(part, pl.scan_parquet(path), crosswalk, kind=kind)
    _refuse_unknown(parts, joined)
    return ByCandidate(
        kind=kind,
        parts=tuple(parts),
        tables={part_id: each.table for part_id, each in joined.items()},
        crosswalk={kind.code: digest} if digest else {},
    )


def _refuse_unknown(parts: Sequence[Part], joined: Mapping[str, Joined]) -> None:
    told = []
    for part in parts:
        unknown = joined[part.id].unknown.unique().sort()
        if len(unknown):
            shown = ", ".join(unknown.head(_LISTED))
            told.append(f"{len(unknown)} of part {part.name!r} by {part.scheme}, such as {shown}")
    if told:
        edition, kind = parts[0].edition, parts[0].kind
        raise IdsNotJoined(
            f"No crosswalk entry joins these numbers to candidates: {'; '.join(told)}. Let likely "
            f"ones be suggested: awards crosswalk suggest --edition {edition} --kind {kind} "
            f"-o FILE.csv. Or bring in a crosswalk: awards crosswalk import FILE --kind {kind}"
        )
