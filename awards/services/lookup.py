"""Find an edition, a category or a run by what people call it."""

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import NotFound
from awards.domain.records import Edition


def category_of(edition: Edition, code: str) -> CategoryDefinition:
    """The category *code* of *edition*; raises `NotFound`, naming those there are."""
    found = edition.definition.category(code)
    if found is None:
        known = ", ".join(each.code for each in edition.definition.categories)
        raise NotFound(f"Edition {edition.code!r} has no category {code!r}. It has: {known}.")
    return found


def split_address(address: str) -> tuple[str, str]:
    """``EDITION/CATEGORY`` taken apart; raises `NotFound` for another form."""
    edition, slash, category = address.partition("/")
    if not (edition and slash and category):
        raise NotFound(f"{address!r} is not of the form EDITION/CATEGORY, like ipm-2024/kota.")
    return edition, category
