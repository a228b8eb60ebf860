"""What a request needs and the application was built from."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from awards.web.assets import Assets
from awards.web.settings import WebSettings
from awards.web.site import PublicSite

_KEY = "awards"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The objects that ``create_app`` was given or has made."""

    site: PublicSite
    settings: WebSettings
    assets: Assets


def keep_parts(app: Flask, parts: Parts) -> None:
    app.extensions[_KEY] = parts


def parts() -> Parts:
    """The parts of the application that answers the current request."""
    return cast(Parts, current_app.extensions[_KEY])
