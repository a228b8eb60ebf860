"""What the committee asks, answered from the records; nothing is changed."""

from functools import lru_cache

from awards.domain.boards import EffectBoard, NearMiss, TargetBoard
from awards.domain.errors import NotFound
from awards.domain.records import Edition
from awards.domain.text import Text
from awards.sdk.rulebook import RuleBook
from awards.services.effects import make_effect_boards
from awards.services.near_misses import list_near_misses
from awards.services.sealed import read_run
from awards.services.stores import Stores
from awards.services.target_boards import make_target_board

_LISTS_KEPT = 16


class Desk:
    """The boards of an instance. A run never changes, so its list is kept."""

    def __init__(self, stores: Stores, rulebook: RuleBook) -> None:
        self._stores, self._rulebook = stores, rulebook
        self._list = lru_cache(maxsize=_LISTS_KEPT)(self._list_of)

    def editions(self) -> tuple[Edition, ...]:
        with self._stores.database.reading() as records:
            found = records.editions.list()
        return tuple(
            sorted(found, key=lambda each: (each.definition.period_end, each.code), reverse=True)
        )

    def edition(self, code: str) -> Edition | None:
        try:
            with self._stores.database.reading() as records:
                return records.editions.get(code)
        except NotFound:
            return None

    def has_run(self, edition: Edition, category: str) -> bool:
        with self._stores.database.reading() as records:
            return records.runs.latest(edition.code, category) is not None

    def target_board(self, edition: Edition, chosen: str | None) -> TargetBoard | None:
        return make_target_board(self._stores, edition, chosen=chosen, rulebook=self._rulebook)

    def effect_boards(self, edition: Edition) -> tuple[EffectBoard, ...]:
        return make_effect_boards(self._stores, edition, rulebook=self._rulebook)

    def near_misses(self, edition: Edition, category: str) -> tuple[NearMiss, ...] | None:
        """Raises `Altered` when the run's files are not those that were sealed."""
        with self._stores.database.reading() as records:
            run = records.runs.latest(edition.code, category)
        return None if run is None else self._list(run.seal)

    def _list_of(self, seal: str) -> tuple[NearMiss, ...]:
        with self._stores.database.reading() as records:
            run = records.runs.get(seal)
        return list_near_misses(read_run(self._stores, run), rulebook=self._rulebook)

    def words_of(self, attribute: str, code: str) -> Text | None:
        """The words of a region or of an attribute's value, if it has any."""
        for kind in self._rulebook.kinds.values():
            if attribute == "region" and code in kind.names:
                return {"en": kind.names[code]}
            for each in kind.attributes:
                if each.code == attribute and code in each.values:
                    return each.values[code]
        return None
