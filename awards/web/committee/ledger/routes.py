"""The address of the ledger."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from awards.web.committee.blueprint import desk
from awards.web.committee.layout import committee_layout
from awards.web.committee.ledger.models import events_page
from awards.web.words import gettext


@desk.get("/ledger")
def ledger() -> ResponseReturnValue:
    layout = committee_layout(gettext("The ledger"), current="ledger")
    return render_template("committee/ledger.html", layout=layout, page=events_page(request.args))
