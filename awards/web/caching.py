"""Who may keep an answer: nobody, unless its route was declared public."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "awards_cache_control"
_CACHEABLE = frozenset({200, 206, 301, 302, 304, 308})


def public(policy: str = "public, max-age=60") -> Callable[[View], View]:
    """Declare that what the view answers is the same for everybody.

    Such a view must not touch the session, or one visitor's page reaches another.
    """

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, policy)
        return view

    return mark


def declared_policy(endpoint: str | None) -> str | None:
    """The policy that the view behind *endpoint* was declared with, or None."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, _ATTRIBUTE, None)


def set_cache_policy(response: Response) -> Response:
    """Forbid keeping the answer, or allow it and answer "not changed" where it is not.

    Files answer that by themselves; rows that are written one by one never do.
    """
    policy = declared_policy(request.endpoint)
    if policy is None or response.status_code not in _CACHEABLE:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = policy
    if response.status_code == 200 and not response.is_streamed:
        response.add_etag()
        response.make_conditional(request)
    return response
