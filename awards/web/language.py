"""The language of a page: it stands in the address."""

from flask import request, url_for

from awards.domain.text import LANGUAGES
from awards.web.areas import PRIVATE


def addressed_language() -> str | None:
    """The language that the address names, first or after the name of a private area."""
    _, first, *rest = request.path.split("/", 3)
    named = rest[0] if first in PRIVATE and rest else first
    return named if named in LANGUAGES else None


def accepted_language() -> str:
    """The language that the browser asks for; else the first there is."""
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def choose_language() -> str:
    return addressed_language() or accepted_language()


def other_language() -> str:
    chosen = choose_language()
    return next(each for each in LANGUAGES if each != chosen)


def switched_address() -> str:
    """The address of the same page, with the same question, in the other language.

    The query is carried over as it was sent; given to ``url_for`` as arguments it
    could reach ``_scheme`` and ``_external``.
    """
    if request.endpoint is None or "." not in request.endpoint:
        return url_for("public.home", lang=other_language())
    arguments = {**(request.view_args or {}), "lang": other_language()}
    query = request.query_string.decode("ascii", "replace")
    return url_for(request.endpoint, **arguments) + (f"?{query}" if query else "")
