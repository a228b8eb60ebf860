"""What a run says of itself, and the seal over it.

A manifest holds no time, place or person: the same inputs, rules and versions
give the same seal. Who ran it and when stands in the ledger.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import polars as pl

from awards import __version__
from awards.domain.canonical import json_digest
from awards.domain.definition import CategoryDefinition
from awards.domain.records import Edition, Snapshot
from awards.sdk.rulebook import RuleBook

FORMAT = "awards-run/1"


@dataclass(frozen=True)
class Written:
    """The tables of a run as they can be read from their files, and their digests."""

    results: pl.LazyFrame
    sources: pl.LazyFrame
    results_digest: str
    sources_digest: str


def make_manifest(
    written: Written,
    *,
    edition: Edition,
    definition: CategoryDefinition,
    snapshot: Snapshot,
    rulebook: RuleBook,
    history: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The manifest of a run as JSON data; *history* describes the results of others that
    it looked at."""
    looked_at = {"history": dict(history)} if history else {}
    data = definition.model_dump(mode="json")
    results, sources = written.results, written.sources
    rows, ranked = results.select(pl.len(), pl.col("place").count()).collect().row(0)
    return {
        "format": FORMAT,
        "edition": edition.code,
        "program": edition.program,
        "category": {"code": definition.code, "digest": json_digest(data), "definition": data},
        "inputs": {"snapshot": snapshot.id, "rows": snapshot.rows, **looked_at},
        "rules": rules_of(definition, rulebook),
        "versions": versions(),
        "precision": "1e-9",
        "randomness": "none",
        "result": {
            "digest": written.results_digest,
            "rows": rows,
            "ranked": ranked,
            "columns": results.collect_schema().names(),
        },
        "sources": {
            "digest": written.sources_digest,
            "rows": sources.select(pl.len()).collect().item(),
        },
    }


def seal_of(manifest: Mapping[str, Any]) -> str:
    """SHA-256 over the manifest's RFC 8785 form, as 64 hexadecimal digits."""
    return json_digest(dict(manifest))


def versions() -> dict[str, str]:
    """Versions of everything whose change may change a result."""
    return {
        "awards": __version__,
        "narwhals": version("narwhals"),
        "numpy": version("numpy"),
        "polars": pl.__version__,
        "python": platform.python_version(),
    }


def rules_of(definition: CategoryDefinition, rulebook: RuleBook) -> list[dict[str, str]]:
    """The plugins whose rules the category uses, with their source digests."""
    used = {f"kind:{definition.kind}"}
    used |= {f"gate:{gate.code}" for use in definition.gates for gate in rulebook.gates_in(use)}
    used |= {f"ladder:{use.code}" for use in definition.ladders}
    used |= {f"aggregation:{each.aggregation.code}" for each in definition.tree.groups()}
    for leaf in definition.tree.leaves():
        used |= {f"criterion:{leaf.code}", f"scale:{leaf.scale.code}"}
        used |= {f"criterion:{leaf.denominator}"}
    tallies = (each.tally for each in rulebook.indicators_of(definition))
    used |= {f"record:{tally.record.code}" for tally in tallies if tally}
    return [
        {"plugin": each.name, "version": each.version, "digest": each.digest}
        for each in sorted(rulebook.plugins, key=lambda plugin: plugin.name)
        if used & set(each.adds)
    ]
