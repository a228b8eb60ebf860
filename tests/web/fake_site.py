"""A public site made of values: what publication prepares, without files behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

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

Key = tuple[str, str]


@dataclass(kw_only=True)
class FakeSite:
    """Answers from tables keyed by edition and category. A candidate's attributes are
    those of its scorecard; a category's certificates are those that name it."""

    published: tuple[PublishedEdition, ...] = ()
    rows: dict[Key, tuple[RankingRow, ...]] = field(default_factory=dict)
    cards: dict[Key, dict[str, Scorecard]] = field(default_factory=dict)
    values: dict[Key, tuple[MapValue, ...]] = field(default_factory=dict)
    shapes: dict[Key, bytes] = field(default_factory=dict)
    files: dict[tuple[str, str, str], Path] = field(default_factory=dict)
    issued: tuple[PublicCertificate, ...] = ()
    papers: dict[str, Path] = field(default_factory=dict)
    signed: SignedCheckpoint | None = None

    def checkpoint(self) -> SignedCheckpoint | None:
        return self.signed

    def editions(self) -> tuple[PublishedEdition, ...]:
        return self.published

    def edition(self, code: str) -> PublishedEdition | None:
        return next((each for each in self.published if each.code == code), None)

    def ranking(self, category: PublishedCategory, query: RankingQuery) -> RankingPage:
        rows = list(self.every_row(category, query))
        pages = max(-(-len(rows) // query.size), 1)
        page = min(query.page, pages)
        shown = tuple(rows[(page - 1) * query.size : page * query.size])
        near = None if rows else self._near(category, query)
        return RankingPage(rows=shown, total=len(rows), page=page, pages=pages, nearest=near)

    def every_row(self, category: PublishedCategory, query: RankingQuery) -> Iterator[RankingRow]:
        rows = [each for each in self.rows[key(category)] if self._fits(category, each, query)]
        if query.sort == "name":
            rows.sort(key=lambda each: each.name)
        elif query.sort != "place":
            number = [each.code for each in category.segments].index(query.sort)
            rows.sort(key=lambda each: -each.contributions[number])
        return iter(rows)

    def holders(self, category: PublishedCategory) -> tuple[RankingRow, ...]:
        return tuple(each for each in self.rows[key(category)] if each.title)

    def scorecard(self, category: PublishedCategory, candidate: str) -> Scorecard | None:
        return self.cards.get(key(category), {}).get(candidate)

    def history(self, category: PublishedCategory, candidate: str) -> tuple[HistoryPoint, ...]:
        return tuple(
            HistoryPoint(
                edition=edition.code,
                label=edition.label,
                category=each.code,
                place=row.place,
                ranked=each.ranked,
                total=row.total,
            )
            for edition in reversed(self.published)
            for each in edition.categories
            for row in self.rows[key(each)]
            if each.code == category.code and row.id == candidate
        )

    def map_values(
        self, category: PublishedCategory, criterion: str | None
    ) -> tuple[MapValue, ...]:
        if criterion is None:
            return tuple(
                MapValue(id=each.id, name=each.name, place=each.place, value=each.total)
                for each in self.rows[key(category)]
            )
        cards = self.cards[key(category)].values()
        return tuple(
            MapValue(id=card.row.id, name=card.row.name, place=card.row.place, value=score.raw)
            for card in cards
            for score in card.scores
            if score.code == criterion
        )

    def geometry(self, category: PublishedCategory) -> bytes | None:
        return self.shapes.get(key(category))

    def download(self, category: PublishedCategory, name: str) -> Path | None:
        return self.files.get((*key(category), name))

    def certificates(self, category: PublishedCategory) -> tuple[PublicCertificate, ...]:
        return tuple(each for each in self.issued if (each.edition, each.category) == key(category))

    def certificate(self, code: str) -> PublicCertificate | None:
        return next((each for each in self.issued if each.code == code), None)

    def certificate_file(self, code: str) -> Path | None:
        return self.papers.get(code)

    def _fits(self, category: PublishedCategory, row: RankingRow, query: RankingQuery) -> bool:
        card = self.cards.get(key(category), {}).get(row.id)
        attributes = dict(card.attributes) if card else {}
        return (
            query.search.casefold() in f"{row.id} {row.name}".casefold()
            and (row.title is not None or not query.titled)
            and all(attributes.get(code) == value for code, value in query.filters)
        )

    def _near(self, category: PublishedCategory, query: RankingQuery) -> str | None:
        names = [each.name for each in self.rows[key(category)]]
        return next(iter(get_close_matches(query.search, names, n=1, cutoff=0.3)), None)


def key(category: PublishedCategory) -> Key:
    return category.edition, category.code


def with_certificate(site: FakeSite, certificate: PublicCertificate, paper: Path) -> FakeSite:
    """The site after *certificate* was issued."""
    return replace(
        site,
        issued=(*site.issued, certificate),
        papers={**site.papers, certificate.code: paper},
    )
