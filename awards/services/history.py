"""Find the decided results of other categories that a category looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition, EarlierResults
from awards.domain.errors import NotFound
from awards.evaluation.digest import table_digest
from awards.evaluation.history import DecidedResults, history_table, needs_history
from awards.services.stores import Stores


@dataclass(frozen=True)
class History:
    """``table`` as a run is given it; ``described`` is what the manifest says of it: its
    digest, and edition, category and seal of every run that it is taken from."""

    table: pl.DataFrame
    described: dict[str, Any]


def collect_history(stores: Stores, definition: CategoryDefinition) -> History | None:
    """What *definition* looks at; None when it looks at nothing but its own data.

    Titles are those that were conferred. Raises `NotFound` for a category that is not
    decided yet, and `Altered` when the file of an earlier run is not what was sealed.
    """
    if not needs_history(definition):
        return None
    entrants, sent = _decided(stores, definition.entrants)
    earlier, before = _decided(stores, definition.earlier)
    table = history_table(definition, entrants=sent, earlier=before)
    digest = table_digest(table.lazy())
    return History(table, {"digest": digest, "entrants": entrants, "earlier": earlier})


def _decided(
    stores: Stores, named: Sequence[EarlierResults]
) -> tuple[list[dict[str, str]], list[DecidedResults]]:
    described, found = [], []
    for each in named:
        with stores.database.reading() as records:
            decision = records.decisions.latest(each.edition, each.category)
            if decision is None:
                raise NotFound(
                    f"{each.edition}/{each.category} is not decided yet, and this category looks "
                    f"at it. Decide it first: awards decide {each.edition}/{each.category}"
                )
            run = records.runs.get(decision.seal)
        path = stores.archive.checked(stores.archive.run_results(run.seal), run.results_sha256)
        titles = {one.candidate: one.title for one in decision.titles}
        described.append({"edition": each.edition, "category": each.category, "seal": run.seal})
        found.append(DecidedResults(pl.scan_parquet(path), titles))
    return described, found
