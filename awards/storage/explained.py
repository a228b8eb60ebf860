"""Peer groups, lifts and effects of policies of a published category, as files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import TypeAdapter

from awards.domain.explained import Goal, PeerGroup, PolicyEffect

_PEERS, _GOALS, _POLICIES = "peers.json", "lifts.parquet", "policies.json"
_GROUPS = TypeAdapter(tuple[PeerGroup, ...])
_OF_ONE = TypeAdapter(tuple[Goal, ...])
_EFFECTS = TypeAdapter(dict[str, tuple[PolicyEffect, ...]])


def write_peers(groups: tuple[PeerGroup, ...], folder: Path) -> None:
    (folder / _PEERS).write_bytes(_GROUPS.dump_json(groups))


def write_goals(goals: Mapping[str, tuple[Goal, ...]], folder: Path) -> None:
    rows = [(one, _OF_ONE.dump_json(found).decode()) for one, found in goals.items()]
    schema = {"id": pl.String, "goals": pl.String}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(folder / _GOALS)


def write_policies(effects: Mapping[str, tuple[PolicyEffect, ...]], folder: Path) -> None:
    (folder / _POLICIES).write_bytes(_EFFECTS.dump_json(dict(effects)))


def read_peers(folder: Path, row: Mapping[str, Any]) -> PeerGroup | None:
    """The published peer group that a candidate with the attributes in *row* belongs to;
    None where it is too small to be told of, or was never prepared."""
    path = folder / _PEERS
    groups = _GROUPS.validate_json(path.read_bytes()) if path.is_file() else ()
    return group_of(groups, row)


def group_of(groups: tuple[PeerGroup, ...], row: Mapping[str, Any]) -> PeerGroup | None:
    """The one of *groups* that a candidate with the attributes in *row* belongs to."""

    def fits(group: PeerGroup) -> bool:
        return all(row.get(code) == value for code, value in group.attributes)

    return next(filter(fits, groups), None)


def read_goals(folder: Path, candidate: str) -> tuple[Goal, ...]:
    """What would lift *candidate*; nothing where that was not prepared for it."""
    path = folder / _GOALS
    if not path.is_file():
        return ()
    own = pl.scan_parquet(path).filter(pl.col("id") == candidate).collect()
    return _OF_ONE.validate_json(own["goals"][0]) if own.height else ()


def read_policies(folder: Path, candidate: str) -> tuple[PolicyEffect, ...]:
    """What other policies for its absent values would have meant to *candidate*; nothing
    where that may not be told, or was not prepared."""
    path = folder / _POLICIES
    return _EFFECTS.validate_json(path.read_bytes()).get(candidate, ()) if path.is_file() else ()
