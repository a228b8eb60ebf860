"""What a request needs and the application was built from."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from awards.jobs.tasks import Jobs
from awards.sdk.rulebook import RuleBook
from awards.services.mail import Mailer
from awards.services.stores import Stores
from awards.storage.keys import Keys
from awards.web.assets import Assets
from awards.web.desk import CommitteeDesk
from awards.web.settings import WebSettings
from awards.web.site import PublicSite

_KEY = "awards"


@dataclass(frozen=True, kw_only=True)
class Committee:
    """What the pages behind a sign-in are made from: ``stores`` is what acts work on,
    ``jobs`` where what takes long is begun."""

    desk: CommitteeDesk
    stores: Stores
    rulebook: RuleBook
    mailer: Mailer
    keys: Keys
    jobs: Jobs


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The objects that ``create_app`` was given or has made; ``committee`` is None
    where only public pages are served."""

    site: PublicSite
    settings: WebSettings
    assets: Assets
    committee: Committee | None = None


def keep_parts(app: Flask, parts: Parts) -> None:
    app.extensions[_KEY] = parts


def parts() -> Parts:
    """The parts of the application that answers the current request."""
    return cast(Parts, current_app.extensions[_KEY])
