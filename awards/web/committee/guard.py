"""Who is let in; for everybody else the committee's pages are not there."""

from ipaddress import ip_address
from typing import NoReturn

from flask import Response, abort, request

from awards.web.committee.door import COOKIE
from awards.web.parts import parts

PREFIX = "committee"
_ENTRANCE = f"{PREFIX}.enter"


def guard() -> None:
    """Before any request: answer an address of the committee as if it were unknown,
    unless the visitor has a session.

    That goes for what the router would say of it too: another method, a redirect.
    """
    if not request.path.lstrip("/").startswith(PREFIX):
        return
    knocks = request.endpoint == _ENTRANCE and request.method == "GET" and _is_local()
    if not knocks and not is_admitted():
        vanish()


def is_admitted() -> bool:
    committee = parts().committee
    return (
        committee is not None and _is_local() and committee.door.admits(request.cookies.get(COOKIE))
    )


def vanish() -> NoReturn:
    """Answer with the page that an unknown address gets, byte for byte."""
    request.url_rule = None
    request.view_args = None
    request.routing_exception = None
    abort(404)


def forbid_keeping(response: Response) -> Response:
    """Tell caches and search engines to leave the page alone."""
    if request.blueprint == PREFIX:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _is_local() -> bool:
    """Whether the address asked for is one of this machine: a proxy in front asks for
    another."""
    host = request.host.rpartition(":")[0] if ":" in request.host else request.host
    return is_loopback(host.strip("[]"))


def is_loopback(host: str) -> bool:
    """Whether *host* names this machine to itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
