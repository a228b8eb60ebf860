"""What public pages ask for: nothing else is within a visitor's reach."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.published import (
    HistoryPoint,
    MapValue,
    PublicCertificate,
    PublishedCategory,
    PublishedEdition,
    RankingPage,
    RankingQuery,
    RankingRow,
    Scorecard,
)


class PublicSite(Protocol):
    """All that public pages may ask. ``None`` or an empty tuple means "not public",
    whatever the reason."""

    def editions(self) -> tuple[PublishedEdition, ...]:
        """Published editions, newest assessment period first."""

    def edition(self, code: str) -> PublishedEdition | None:
        """The edition, or None while it is not published."""

    def ranking(self, category: PublishedCategory, query: RankingQuery) -> RankingPage:
        """The rows a visitor asked for; a page past the last is the last."""

    def every_row(self, category: PublishedCategory, query: RankingQuery) -> Iterator[RankingRow]:
        """Every row that a visitor asked for, whatever page was named."""

    def holders(self, category: PublishedCategory) -> tuple[RankingRow, ...]:
        """Holders of a title, best first."""

    def scorecard(self, category: PublishedCategory, candidate: str) -> Scorecard | None:
        """The candidate's scorecard, or None where values are withheld."""

    def history(self, category: PublishedCategory, candidate: str) -> tuple[HistoryPoint, ...]:
        """The candidate in every published edition of the program with the same
        category code, oldest first."""

    def map_values(
        self, category: PublishedCategory, criterion: str | None
    ) -> tuple[MapValue, ...]:
        """Totals (None) or raw values of a criterion for all areas, by place."""

    def geometry(self, category: PublishedCategory) -> bytes | None:
        """The GeoJSON of the category's kind; each feature's property ``kode``
        is the candidate's id."""

    def download(self, category: PublishedCategory, name: str) -> Path | None:
        """A public file of the category: ``manifest.json``, ``bundle.zip``,
        ``ranking.csv`` or ``ranking.json``."""

    def certificates(self, category: PublishedCategory) -> tuple[PublicCertificate, ...]:
        """Certificates issued for the category so far."""

    def certificate(self, code: str) -> PublicCertificate | None:
        """The certificate, or None for an unknown code and before publication."""

    def certificate_file(self, code: str) -> Path | None:
        """The certificate as PDF, under the same rule."""

    def checkpoint(self) -> SignedCheckpoint | None:
        """The ledger's last checkpoint, or None before anything was signed."""
