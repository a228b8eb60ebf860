"""Every address of the committee. None of them changes anything on record."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from awards.domain.records import Edition
from awards.web.committee.door import COOKIE, SESSION_SECONDS
from awards.web.committee.effect import effect_page
from awards.web.committee.guard import PREFIX, vanish
from awards.web.committee.home import committee_home
from awards.web.committee.layout import committee, committee_layout, find_edition
from awards.web.committee.near import near_csv, near_page
from awards.web.committee.near_query import read_near_query, select_misses
from awards.web.committee.targets import targets_page
from awards.web.language import accepted_language, choose_language
from awards.web.words import gettext

_LANGUAGE = "/<any(id, en):lang>"

desk = Blueprint(PREFIX, __name__, url_prefix=f"/{PREFIX}")


@desk.url_value_preprocessor
def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values:
        values.pop("lang", None)


@desk.app_url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.startswith(f"{PREFIX}."):
        values.setdefault("lang", choose_language())


@desk.get("/enter/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Let in who brings an unused link; any other finds nothing here."""
    cookie = committee().door.enter(token)
    if cookie is None:
        vanish()
    response = redirect(url_for(".home", lang=accepted_language()), 303)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=SESSION_SECONDS,
        path=f"/{PREFIX}",
        httponly=True,
        samesite="Strict",
    )
    return response


@desk.get(f"{_LANGUAGE}/")
def home() -> ResponseReturnValue:
    layout = committee_layout(gettext("Committee"), current="home")
    return render_template("committee/home.html", layout=layout, page=committee_home())


@desk.get(f"{_LANGUAGE}/<edition>/targets")
def targets(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    board = committee().desk.target_board(found, request.args.get("figure") or None)
    layout = committee_layout(gettext("Targets"), edition=found, current="targets")
    page = targets_page(found, board)
    return render_template("committee/targets.html", layout=layout, page=page)


@desk.get(f"{_LANGUAGE}/<edition>/effect")
def effect(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    layout = committee_layout(gettext("Before and after"), edition=found, current="effect")
    page = effect_page(found, committee().desk.effect_boards(found))
    return render_template("committee/effect.html", layout=layout, page=page)


@desk.get(f"{_LANGUAGE}/<edition>/near")
def near(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    category = _category(found)
    misses = committee().desk.near_misses(found, category)
    layout = committee_layout(gettext("Near misses"), edition=found, current="near")
    page = near_page(found, category, misses, read_near_query(request.args))
    return render_template("committee/near.html", layout=layout, page=page)


@desk.get(f"{_LANGUAGE}/<edition>/near.csv")
def near_csv_file(edition: str) -> ResponseReturnValue:
    """The list as asked for, all rows of it."""
    found = find_edition(edition)
    category = _category(found)
    misses = committee().desk.near_misses(found, category) or ()
    chosen = select_misses(misses, read_near_query(request.args))
    response = Response(near_csv(chosen), content_type="text/csv; charset=utf-8")
    name = f"{found.code}-{category}-near-misses.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _category(edition: Edition) -> str:
    """The category asked for; else the first that was evaluated, or the first."""
    codes = [each.code for each in edition.definition.categories]
    asked = request.args.get("category")
    if asked:
        return asked if asked in codes else abort(404)
    desk_ = committee().desk
    return next((code for code in codes if desk_.has_run(edition, code)), codes[0])
