"""The page of the ledger, with words and addresses ready to show."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from awards.domain.ledger import LedgerEntry
from awards.domain.ledger_pages import EventPage, EventQuery
from awards.services.ledger_reading import LedgerView, read_events
from awards.web.committee.layout import committee, plain_crumbs
from awards.web.formats import format_digest, formats
from awards.web.public.layout import Link
from awards.web.public.pager import Pager
from awards.web.words import gettext

ZONE = "Asia/Jakarta"
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_NAMES = ("action", "actor", "subject", "since", "until")


@dataclass(frozen=True, kw_only=True)
class EventRow:
    number: str
    moment: str
    actor: str
    action: str
    subject: str
    detail: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of the form: what was typed, and why it cannot be read, if so."""

    name: str
    label: str
    typed: str
    problem: str | None


@dataclass(frozen=True, kw_only=True)
class EventsPage:
    """``chosen`` is the act that is shown, empty for all."""

    crumbs: tuple[Link, ...]
    action: str
    actions: tuple[str, ...]
    chosen: str
    fields: tuple[Asked, ...]
    rows: tuple[EventRow, ...]
    pager: Pager


def events_page(said: Mapping[str, str]) -> EventsPage:
    asked = {name: said.get(name, "").strip()[:200] for name in _NAMES}
    since, until = _day(asked["since"]), _day(asked["until"])
    page = said.get("page", "1")
    query = EventQuery(
        action=asked["action"],
        actor=asked["actor"],
        subject=asked["subject"],
        since=since,
        before=None if until is None else until + timedelta(days=1),
        page=int(page) if page.isdecimal() and len(page) < 10 else 1,
    )
    view = read_events(committee().stores.database, query)
    return EventsPage(
        crumbs=plain_crumbs(Link("", gettext("The ledger"), current=True)),
        action=url_for("committee.ledger"),
        actions=view.actions,
        chosen=asked["action"],
        fields=tuple(_fields(asked)),
        rows=tuple(_row(each, view) for each in view.page.entries),
        pager=_pager(view.page, asked),
    )


def _day(text: str) -> datetime | None:
    """The beginning of the day that was typed as 2026-03-01, 1/3/2026 or 1-3-2026."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    numbers = [int(each) for each in match.groups() if each]
    year, month, day = numbers if match[1] else reversed(numbers)
    try:
        return datetime(year, month, day, tzinfo=ZoneInfo(ZONE))
    except ValueError:
        return None


def _fields(asked: Mapping[str, str]) -> Iterator[Asked]:
    labels = {
        "subject": gettext("On what"),
        "actor": gettext("Who, by their id"),
        "since": gettext("From day"),
        "until": gettext("To day"),
    }
    for name, label in labels.items():
        typed = asked[name]
        unread = name in ("since", "until") and typed and _day(typed) is None
        problem = gettext("Write a day, such as 1/3/2026.") if unread else None
        yield Asked(name=name, label=label, typed=typed, problem=problem)


def _row(entry: LedgerEntry, view: LedgerView) -> EventRow:
    event, words = entry.event, formats()
    return EventRow(
        number=words.count(entry.seq),
        moment=words.moment(entry.at, ZONE),
        actor=view.names.get(event.actor, event.actor),
        action=event.action,
        subject=view.names.get(event.subject, event.subject),
        detail=json.dumps(event.detail, ensure_ascii=False) if event.detail else "",
        digest=format_digest(entry.hash.hex()),
    )


def _pager(found: EventPage, asked: Mapping[str, str]) -> Pager:
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}

    def address(page: int) -> str | None:
        there = 1 <= page <= found.pages
        return url_for("committee.ledger", _anchor="table", page=page, **given) if there else None

    words = formats()
    return Pager(
        words=gettext(
            "Page %(page)s of %(pages)s, %(total)s events",
            page=words.count(found.page),
            pages=words.count(found.pages),
            total=words.count(found.total),
        ),
        previous=address(found.page - 1),
        links=(),
        next=address(found.page + 1),
        jump=None,
        sizes=(),
        carried=(),
    )
