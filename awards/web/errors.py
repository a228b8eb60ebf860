"""Errors as pages: in the look of the site, with what to do and no detail of the inside."""

import secrets
from dataclasses import dataclass

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from awards.domain.errors import AwardsError, EditConflict, NotFound, Refused
from awards.services.attempts import HeldBack
from awards.web.account.layout import private_layout
from awards.web.areas import is_private
from awards.web.forms.pages import conflict_page
from awards.web.parts import parts
from awards.web.public.layout import plain_layout
from awards.web.refusals import words_of
from awards.web.words import gettext


@dataclass(frozen=True)
class ErrorPage:
    """What happened and what to do; ``reference`` finds the fault in the log."""

    status: int
    heading: str
    words: str
    reference: str | None = None


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(AwardsError, show_awards_error)
    app.register_error_handler(EditConflict, show_conflict)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_fault)


def show_awards_error(error: AwardsError) -> ResponseReturnValue:
    """Show the words of the error itself: they were written to be read."""
    return _show(ErrorPage(_status_of(error), _refused_heading(), words_of(error)))


def show_conflict(error: EditConflict) -> ResponseReturnValue:
    """Show both versions; what was typed can be sent again."""
    layout = private_layout(gettext("Somebody else changed this meanwhile"))
    page = conflict_page(error)
    return render_template("committee/conflict.html", layout=layout, page=page), 409


def show_stale_form(_error: CSRFError) -> ResponseReturnValue:
    """A form that was not made by this site, or for a session that has ended."""
    heading = gettext("This form can no longer be sent")
    words = gettext("Nothing was saved. Go back, load the page again, and send it once more.")
    return _show(ErrorPage(400, heading, words))


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        return "This site does not answer to that name.\n", 400, {"Content-Type": "text/plain"}
    if error.code is None or error.code < 400:
        return error.get_response()
    shown, status = _show(_page_for(error.code))
    return shown, status, _kept_headers(error)


def show_fault(error: Exception) -> ResponseReturnValue:
    """Show a reference number and nothing else; the log has the rest under it."""
    reference = secrets.token_hex(4)
    current_app.logger.error("fault %s", reference, exc_info=error)
    return _show(_page_for(500, reference=reference))


def _show(page: ErrorPage) -> tuple[str, int]:
    private = page.status < 500 and parts().committee is not None and is_private(request.path)
    layout = private_layout(page.heading) if private else plain_layout(page.heading)
    return render_template("pages/error.html", layout=layout, page=page), page.status


def _status_of(error: AwardsError) -> int:
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, HeldBack):
        return 429
    return 400 if isinstance(error, Refused) else 503


def _refused_heading() -> str:
    if request.method == "POST":
        return gettext("This cannot be done")
    return gettext("This cannot be shown")


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    return [each for each in error.get_headers() if each[0].lower() in {"allow", "retry-after"}]


def _page_for(status: int, *, reference: str | None = None) -> ErrorPage:
    heading, words = _words_for(status)
    return ErrorPage(status, heading, words, reference)


def _words_for(status: int) -> tuple[str, str]:
    known = {
        400: (
            gettext("This address cannot be understood"),
            gettext("Go back, or begin at the first page."),
        ),
        403: (
            gettext("This is not for your role"),
            gettext(
                "Your account is known, but this page belongs to another role, or to another "
                "stage of the edition. An administrator can say who has which role."
            ),
        ),
        404: (
            gettext("There is no such page"),
            gettext(
                "The address may be mistyped, or what it shows is not published. "
                "Begin at the first page, or check a certificate by its code."
            ),
        ),
        405: (
            gettext("This page can only be read"),
            gettext("Nothing was changed. Open it again from the first page."),
        ),
        410: (
            gettext("This page is gone"),
            gettext("It was public once and was taken back. Begin at the first page."),
        ),
    }
    return known.get(status) or (_general_heading(status), _general_words(status))


def _general_heading(status: int) -> str:
    if status >= 500:
        return gettext("Something went wrong on our side")
    return gettext("This request was refused")


def _general_words(status: int) -> str:
    if status >= 500:
        return gettext(
            "Nothing was lost. Try again in a minute; if it happens again, tell the "
            "committee the reference number."
        )
    return gettext("Go back, or begin at the first page.")
