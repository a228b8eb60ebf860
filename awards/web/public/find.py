"""What an address names, or a 404 page."""

from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from awards.domain.published import PublishedCategory, PublishedEdition
from awards.web.parts import parts


@dataclass(frozen=True)
class Found:
    """A published category and its edition, and the addresses of its pages."""

    edition: PublishedEdition
    category: PublishedCategory

    def address(self, page: str, /, **more: str | int) -> str:
        """The address of a page of this category; *more* goes into path or query."""
        values: dict[str, Any] = {
            "edition": self.edition.code,
            "category": self.category.code,
            **more,
        }
        return url_for(f"public.{page}", **values)

    def scorecard(self, candidate: str) -> str:
        return self.address("scorecard", candidate=candidate)

    def candidate(self, candidate: str) -> str:
        """The scorecard or, in an edition that withholds some, the row in the ranking."""
        if self.edition.disclosure == "open":
            return self.scorecard(candidate)
        return self.address("ranking", q=candidate) + "#table"


def find_edition(code: str) -> PublishedEdition:
    return parts().site.edition(code) or abort(404)


def find_category(edition: str, category: str) -> Found:
    published = find_edition(edition)
    return Found(published, published.category(category) or abort(404))


def edition_address(edition: PublishedEdition) -> str:
    """The page of the edition; of its only category, if it has one only."""
    if len(edition.categories) == 1:
        return Found(edition, edition.categories[0]).address("ranking")
    return url_for("public.edition", edition=edition.code)
