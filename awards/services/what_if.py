"""Ask how places would be under other rules, and keep the question and its answer.

An answer is no run: it has no seal, no manifest and no place among the runs, so nothing
can be decided, published or certified on its strength.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import polars as pl

from awards.domain.canonical import canonical_json, json_digest
from awards.domain.errors import Refused
from awards.domain.records import Event, Run, WhatIf
from awards.evaluation.digest import table_digest
from awards.evaluation.history import with_history
from awards.evaluation.what_if import Changes, Stored, amend, rank_again, read_stored
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import read_run
from awards.services.stores import Act, Stores

FORMAT = "awards-what-if/1"
_REASON_LIMIT = 500


@dataclass(frozen=True, eq=False)
class Answer:
    """Places under *changes*: ``id``, ``before``, ``place``, ``total_before``,
    ``total``, ``title_before`` and ``title`` of every candidate, by id."""

    run: str
    changes: Changes
    table: pl.DataFrame

    def moved(self) -> pl.DataFrame:
        """The candidates whose place changes, best first."""
        changed = self.table.filter(pl.col("before").ne_missing(pl.col("place")))
        return changed.sort("place", "id", nulls_last=True)

    def retitled(self) -> pl.DataFrame:
        """The candidates whose title changes, best first."""
        changed = self.table.filter(pl.col("title_before").ne_missing(pl.col("title")))
        return changed.sort("place", "id", nulls_last=True)


class Questions:
    """Answers questions about runs; the columns of the last few stay in memory."""

    def __init__(self, stores: Stores, rulebook: RuleBook, *, runs_in_memory: int = 2) -> None:
        self._stores, self._rulebook, self._most = stores, rulebook, runs_in_memory
        self._stored: OrderedDict[str, Stored] = OrderedDict()

    def ask(self, run: Run, changes: Changes) -> Answer:
        """Rank the stored values of *run* under *changes*.

        Raises `Refused` for changes that its definition cannot have, and `Altered` for
        files that are not what was sealed.
        """
        stored = self._read(run)
        definition = amend(stored.definition, changes)
        table = rank_again(stored, definition, rulebook=self._rulebook)
        return Answer(run.seal, changes, table)

    def _read(self, run: Run) -> Stored:
        if run.seal not in self._stored:
            sealed = read_run(self._stores, run)
            tables = sealed.tables
            known = with_history(tables.table, sealed.definition, tables.history)
            self._stored[run.seal] = read_stored(tables.results, known, sealed.definition)
            if len(self._stored) > self._most:
                self._stored.popitem(last=False)
        self._stored.move_to_end(run.seal)
        return self._stored[run.seal]


def keep_what_if(stores: Stores, answer: Answer, *, reason: str, act: Act) -> WhatIf:
    """Keep the question, who asked it and why, and which places change.

    Raises `Refused` without a reason; nothing is kept then.
    """
    if not reason.strip() or len(reason) > _REASON_LIMIT:
        raise Refused(f"Say why it is kept, in 1 to {_REASON_LIMIT} characters: --reason TEXT")
    moved = answer.moved().select("id", "before", "place")
    said: dict[str, Any] = answer.changes.data()
    digest = json_digest(
        {"format": FORMAT, "run": answer.run, "changes": said, "places": table_digest(moved)}
    )
    with stores.archive.workspace() as prepared:
        path = prepared / "places.parquet"
        moved.write_parquet(path, compression="lz4")
        stores.archive.adopt(path, stores.archive.what_if(digest))
    kept = WhatIf(
        id=digest,
        run=answer.run,
        changes=said,
        reason=reason.strip(),
        moved=moved.height,
        by=act.by,
        at=act.at,
    )
    _record(stores, kept, act)
    return kept


def _record(stores: Stores, kept: WhatIf, act: Act) -> None:
    detail: dict[str, object] = {
        "run": kept.run,
        "changes": canonical_json(kept.changes).decode(),
        "reason": kept.reason,
        "moved": kept.moved,
    }
    with stores.database.transaction() as records:
        records.what_ifs.add(kept)
        event = Event(actor=act.by, action="what-if.kept", subject=kept.id, detail=detail)
        records.ledger.append(event, at=act.at)
