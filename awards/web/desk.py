"""What the committee's pages ask for. Nothing of it is public."""

from typing import Protocol

from awards.domain.boards import EffectBoard, NearMiss, TargetBoard
from awards.domain.records import Edition
from awards.domain.text import Text


class CommitteeDesk(Protocol):
    """All that the committee's pages may ask; nothing here changes anything."""

    def editions(self) -> tuple[Edition, ...]:
        """Every edition on record, newest assessment period first."""

    def edition(self, code: str) -> Edition | None:
        """The edition, published or not."""

    def has_run(self, edition: Edition, category: str) -> bool:
        """Whether the category was evaluated."""

    def target_board(self, edition: Edition, chosen: str | None) -> TargetBoard | None:
        """The targets board, or None while the edition has no targets."""

    def effect_boards(self, edition: Edition) -> tuple[EffectBoard, ...]:
        """A board for each kind of candidate."""

    def near_misses(self, edition: Edition, category: str) -> tuple[NearMiss, ...] | None:
        """The list of the category's latest run, or None without one."""

    def words_of(self, attribute: str, code: str) -> Text | None:
        """The words of a region or of an attribute's value, if it has any."""
