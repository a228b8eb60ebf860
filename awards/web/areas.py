"""Which parts of the site have sessions: all others never see a cookie."""

PRIVATE = frozenset({"account", "committee", "jury"})
"""First segments of addresses behind a sign-in; the language is their second."""


def area_of(path: str) -> str:
    """The first segment of an address."""
    return path.split("/", 2)[1] if path.startswith("/") else ""


def is_private(path: str) -> bool:
    return area_of(path) in PRIVATE
