"""Nobody gets past here but by a row of the permission table."""

from urllib.parse import quote

from flask import abort, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.wrappers import Response

from awards.domain.permissions import Rule
from awards.domain.stages import Stage
from awards.web import acting
from awards.web.areas import is_private
from awards.web.language import choose_language
from awards.web.parts import parts
from awards.web.permissions import OPEN, rule_for
from awards.web.words import gettext


def guard() -> ResponseReturnValue | None:
    """Before any request: answer it, or let it pass.

    Who is not signed in is led to signing in; who is, without the role, reads that.
    What belongs to an edition in which somebody has no role at all is not there.
    """
    if request.endpoint is None or request.blueprint in OPEN:
        return None
    rule = rule_for(request.endpoint, request.method)
    if rule is None:
        current_app.logger.error("no permission row: %s %s", request.method, request.endpoint)
        abort(403)
    edition = (request.view_args or {}).get("edition")
    return _check(rule, edition)


def may(endpoint: str, *, edition: str | None = None, method: str = "GET") -> bool:
    """Whether who is signed in may do this; for links that are shown or left out."""
    rule = rule_for(endpoint, method)
    stage = _stage(edition) if edition else None
    return rule is not None and rule.admits(acting.person(), edition=edition, stage=stage)


def is_fresh() -> bool:
    """Whether the second factor was given within the last minutes."""
    settings = current_app.config
    return bool(
        check_and_update_authn_fresh(
            settings["SECURITY_FRESHNESS"], settings["SECURITY_FRESHNESS_GRACE_PERIOD"]
        )
    )


def forbid_keeping(response: Response) -> Response:
    """Tell caches and search engines to leave pages behind a sign-in alone."""
    if is_private(request.path):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "same-origin"  # Flask-WTF compares it on HTTPS
    return response


def _check(rule: Rule, edition: str | None) -> ResponseReturnValue | None:
    stage = _stage(edition) if edition is not None and acting.visitor() else None
    if not rule.admits(acting.person(), edition=edition, stage=stage):
        return _refuse(edition)
    if rule.fresh and not is_fresh():
        return redirect(url_for("account.confirm", lang=choose_language(), next=_here()), _again())
    return None


def _refuse(edition: str | None) -> ResponseReturnValue:
    person = acting.person()
    if person is None:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            flash(gettext("Your session has ended, so nothing was saved. Sign in again."))
        return redirect(url_for("account.sign_in", lang=choose_language(), next=_here()), 303)
    return abort(404 if edition is not None and not person.roles_in(edition) else 403)


def _stage(edition: str) -> Stage:
    """Answers as for an unknown address when there is no such edition.

    Looked up once in a request: links ask again and again.
    """
    known: dict[str, Stage] = g.setdefault("awards_stages", {})
    if edition not in known:
        committee = parts().committee or abort(404)
        found = committee.desk.edition(edition) or abort(404)
        known[edition] = found.stage
    return known[edition]


def _here() -> str:
    query = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{query}" if query else "")


def _again() -> int:
    """What was sent is sent on to the question for the code, which keeps it."""
    return 307 if request.method == "POST" else 303
