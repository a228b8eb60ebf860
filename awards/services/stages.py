"""In which stage an edition is, as far as its records tell."""

from awards.domain.records import Edition
from awards.domain.stages import Stage, latest
from awards.services.stores import Stores
from awards.storage.records import Records


def stage_of(stores: Stores, edition: Edition) -> Stage:
    """The latest stage that *edition* has something on record of."""
    with stores.database.reading() as records:
        return latest(_reached(records, edition))


def _reached(records: Records, edition: Edition) -> set[Stage]:
    code, categories = edition.code, edition.definition.categories
    kinds = {each.kind for each in categories}
    reached = {
        Stage.DATA: any(records.parts.current(code, kind) for kind in kinds),
        Stage.VERIFICATION: any(records.snapshots.latest(code, kind) for kind in kinds),
        Stage.EVALUATION: bool(records.runs.list(code)),
        Stage.DECISION: any(records.decisions.latest(code, each.code) for each in categories),
        Stage.PUBLISHED: records.publications.of(code) is not None,
    }
    return {stage for stage, there in reached.items() if there}
