"""What a request needs and the application was built from."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from awards.web.assets import Assets
from awards.web.committee.door import Door
from awards.web.desk import CommitteeDesk
from awards.web.settings import WebSettings
from awards.web.site import PublicSite

_KEY = "awards"


@dataclass(frozen=True, kw_only=True)
class Committee:
    """What the committee's pages are made from, and who may see them."""

    desk: CommitteeDesk
    door: Door


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The objects that ``create_app`` was given or has made; ``committee`` is None
    where its pages are not served."""

    site: PublicSite
    settings: WebSettings
    assets: Assets
    committee: Committee | None = None


def keep_parts(app: Flask, parts: Parts) -> None:
    app.extensions[_KEY] = parts


def parts() -> Parts:
    """The parts of the application that answers the current request."""
    return cast(Parts, current_app.extensions[_KEY])
