"""Addresses of the public pages: read the question, call one page, show it."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue

from awards.documents.maps import draw_areas
from awards.web.caching import public
from awards.web.formats import formats
from awards.web.language import choose_language, other_language
from awards.web.parts import parts
from awards.web.public.downloads import FILES, ranking_as_csv, ranking_as_json
from awards.web.public.edition import edition_page
from awards.web.public.find import Found, edition_address, find_category, find_edition
from awards.web.public.home import home_page
from awards.web.public.layout import category_layout, edition_layout, plain_layout
from awards.web.public.ledger import ledger_page
from awards.web.public.map import map_page, read_map_question
from awards.web.public.method import method_page
from awards.web.public.query import narrows, read_query
from awards.web.public.ranking import category_heading, ranking_view
from awards.web.public.scorecard import scorecard_page
from awards.web.public.verify import certificate_page, read_code, verify_page
from awards.web.words import gettext

_FILE_NAMES = ", ".join(f"'{name}'" for name in FILES)

pages = Blueprint("public", __name__, url_prefix="/<any(id, en):lang>")


@pages.url_value_preprocessor
def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views need not be told: the language is read from the address where words are made."""
    if values:
        values.pop("lang", None)


@pages.app_url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.startswith("public."):
        values.setdefault("lang", choose_language())


@pages.get("/")
@public()
def home() -> ResponseReturnValue:
    layout = plain_layout(gettext("Published editions"), current="home")
    return render_template("pages/home.html", layout=layout, page=home_page())


@pages.get("/ledger")
@public()
def ledger() -> ResponseReturnValue:
    layout = plain_layout(gettext("The ledger"))
    return render_template("pages/ledger.html", layout=layout, page=ledger_page())


@pages.get("/ledger/checkpoint.txt")
@public()
def checkpoint_file() -> ResponseReturnValue:
    signed = parts().site.checkpoint()
    if signed is None:
        abort(404)
    return Response(signed.note, content_type="text/plain; charset=utf-8")


@pages.get("/accessibility")
@public()
def accessibility() -> ResponseReturnValue:
    layout = plain_layout(gettext("Accessibility"))
    return render_template("pages/accessibility.html", layout=layout)


@pages.get("/privacy")
@public()
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html", layout=plain_layout(gettext("Privacy")))


@pages.get("/verify")
@public()
def verify() -> ResponseReturnValue:
    code = read_code(request.args.get("code", ""))
    if code:
        return redirect(url_for("public.certificate", code=code))
    layout = plain_layout(gettext("Verify a certificate"), current="verify")
    return render_template("pages/verify.html", layout=layout, page=verify_page(unknown=False))


@pages.get("/verify/<code>")
@public()
def certificate(code: str) -> ResponseReturnValue:
    """Show the certificate; unknown and unpublished codes get the same bytes."""
    found = parts().site.certificate(code)
    if found is None:
        return _unknown_certificate()
    layout = plain_layout(gettext("Genuine certificate"), current="verify")
    return render_template("pages/certificate.html", layout=layout, page=certificate_page(found))


def _unknown_certificate() -> ResponseReturnValue:
    switch = url_for("public.verify", lang=other_language())
    layout = plain_layout(gettext("No such certificate"), current="verify", switch_href=switch)
    return render_template("pages/verify.html", layout=layout, page=verify_page(unknown=True)), 404


@pages.get("/verify/<code>/certificate.pdf")
@public()
def certificate_file(code: str) -> ResponseReturnValue:
    path = parts().site.certificate_file(code)
    if path is None:
        return _unknown_certificate()
    return send_file(path, mimetype="application/pdf", as_attachment=True, download_name=path.name)


@pages.get("/<edition>/")
@public()
def edition(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    if len(found.categories) == 1:
        return redirect(edition_address(found))
    layout = edition_layout(formats().text(found.title), found)
    return render_template("pages/edition.html", layout=layout, page=edition_page(found))


@pages.get("/<edition>/<category>/")
@public()
def ranking(edition: str, category: str) -> ResponseReturnValue:
    found = find_category(edition, category)
    query = read_query(found.category, request.args)
    layout = category_layout(_title(found), found, current="ranking")
    return render_template("pages/ranking.html", layout=layout, page=ranking_view(found, query))


@pages.get("/<edition>/<category>/c/<candidate>")
@public()
def scorecard(edition: str, category: str, candidate: str) -> ResponseReturnValue:
    found = find_category(edition, category)
    card = parts().site.scorecard(found.category, candidate) or abort(404)
    layout = category_layout(f"{card.row.name}, {_title(found)}", found, current="ranking")
    return render_template("pages/scorecard.html", layout=layout, page=scorecard_page(found, card))


@pages.get("/<edition>/<category>/method")
@public()
def method(edition: str, category: str) -> ResponseReturnValue:
    found = find_category(edition, category)
    title = f"{gettext('Method')}, {_title(found)}"
    layout = category_layout(title, found, current="method")
    return render_template("pages/method.html", layout=layout, page=method_page(found))


@pages.get("/<edition>/<category>/map", endpoint="map")
@public()
def area_map(edition: str, category: str) -> ResponseReturnValue:
    found = find_category(edition, category)
    geometry = parts().site.geometry(found.category) if found.category.has_map else None
    question = read_map_question(
        found, request.args.get("by", ""), request.args.get("classes") or "round"
    )
    code = question.criterion.code if question.criterion else None
    page = map_page(
        found,
        question,
        drawing=draw_areas(geometry or abort(404)),
        values=parts().site.map_values(found.category, code),
    )
    layout = category_layout(f"{gettext('Map')}, {_title(found)}", found, current="map")
    return render_template("pages/map.html", layout=layout, page=page)


@pages.get(f"/<edition>/<category>/<any({_FILE_NAMES}):name>")
@public()
def download(edition: str, category: str, name: str) -> ResponseReturnValue:
    """Send a public file; a narrowed or sorted ranking is written row by row."""
    found = find_category(edition, category)
    query = read_query(found.category, request.args)
    asked = name.startswith("ranking.") and (narrows(query) or query.sort != "place")
    path = None if asked else parts().site.download(found.category, name)
    filename = f"{found.edition.code}-{found.category.code}-{name}"
    if path is not None:
        return send_file(path, mimetype=FILES[name], as_attachment=True, download_name=filename)
    if not name.startswith("ranking."):
        abort(404)
    write = ranking_as_csv if name.endswith(".csv") else ranking_as_json
    response = Response(stream_with_context(write(found, query)), content_type=FILES[name])
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _title(found: Found) -> str:
    return category_heading(found, formats())
