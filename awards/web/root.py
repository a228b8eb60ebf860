"""Addresses without a language: the front door, static files, the health check."""

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from awards.web.caching import public
from awards.web.language import accepted_language
from awards.web.parts import parts

root = Blueprint("root", __name__)


@root.get("/")
@public()
def front_door() -> ResponseReturnValue:
    response = redirect(url_for("public.home", lang=accepted_language()))
    response.headers["Vary"] = "Accept-Language"
    return response


@root.get("/static/<version>/<name>")
@public("public, max-age=31536000, immutable")
def static(version: str, name: str) -> ResponseReturnValue:
    """Serve a static file; under another version than the present one it is gone."""
    asset = parts().assets.find(name)
    if asset is None or version != parts().assets.version:
        abort(404)
    return Response(asset.body, content_type=asset.content_type)


@root.get("/healthz")
def healthz() -> ResponseReturnValue:
    return Response("ok\n", content_type="text/plain; charset=utf-8")


def asset_address(name: str) -> str:
    """The address of a static file; a name that nothing bears is a fault at once."""
    assets = parts().assets
    if assets.find(name) is None:
        raise LookupError(f"there is no static file {name!r}")
    return url_for("root.static", version=assets.version, name=name)
