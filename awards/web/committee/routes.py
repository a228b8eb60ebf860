"""The boards: what the committee reads about an edition. Nothing here changes anything."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from awards.domain.records import Edition
from awards.web.committee.blueprint import desk
from awards.web.committee.effect import effect_page
from awards.web.committee.home import committee_home
from awards.web.committee.layout import committee, committee_layout, find_edition
from awards.web.committee.near import near_csv, near_page
from awards.web.committee.near_query import read_near_query, select_misses
from awards.web.committee.targets import targets_page
from awards.web.words import gettext


@desk.get("/")
def home() -> ResponseReturnValue:
    layout = committee_layout(gettext("Committee"), current="home")
    return render_template("committee/home.html", layout=layout, page=committee_home())


@desk.get("/<edition>/targets")
def targets(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    board = committee().desk.target_board(found, request.args.get("figure") or None)
    layout = committee_layout(gettext("Targets"), edition=found, current="targets")
    page = targets_page(found, board)
    return render_template("committee/targets.html", layout=layout, page=page)


@desk.get("/<edition>/effect")
def effect(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    layout = committee_layout(gettext("Before and after"), edition=found, current="effect")
    page = effect_page(found, committee().desk.effect_boards(found))
    return render_template("committee/effect.html", layout=layout, page=page)


@desk.get("/<edition>/near")
def near(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    category = _category(found)
    misses = committee().desk.near_misses(found, category)
    layout = committee_layout(gettext("Near misses"), edition=found, current="near")
    page = near_page(found, category, misses, read_near_query(request.args))
    return render_template("committee/near.html", layout=layout, page=page)


@desk.get("/<edition>/near.csv")
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
