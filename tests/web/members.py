"""People with roles, and browsers in which they are signed in."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from awards.domain.boards import EffectBoard, NearMiss, TargetBoard
from awards.domain.people import EVERY_EDITION, Grant, Person, Role
from awards.domain.records import Edition, Event
from awards.domain.text import Text
from awards.jobs.bench import Bench
from awards.sdk.rulebook import RuleBook
from awards.services.accounts import Newcomer, invite
from awards.services.desk import Desk
from awards.services.links import Link
from awards.services.sessions import sign_in
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from awards.storage.keys import Keys
from awards.storage.mail import OutboxMailer
from awards.web.app import create_app
from awards.web.desk import CommitteeDesk
from awards.web.parts import Committee
from awards.web.settings import WebSettings
from tests.unit.storage.samples import EDITION
from tests.web.at_once import AtOnce
from tests.web.worlds import open_site

KEYS = Keys(
    session="a session key for tests",
    former=(),
    totp={"1": "a key for second factors"},
    recovery=("S2V5IGZvciByZWNvdmVyeSBjb2RlcywgMzIgYnl0ZXM=",),
    password="a key for passwords",
)
PASSWORD = "jembatan merah tanpa tiang"


class QuietDesk:
    """One edition, and nothing to say about it."""

    def editions(self) -> tuple[Edition, ...]:
        return (EDITION,)

    def edition(self, code: str) -> Edition | None:
        return EDITION if code == EDITION.code else None

    def has_run(self, _edition: Edition, _category: str) -> bool:
        return False

    def target_board(self, _edition: Edition, _chosen: str | None) -> TargetBoard | None:
        return None

    def effect_boards(self, _edition: Edition) -> tuple[EffectBoard, ...]:
        return ()

    def near_misses(self, _edition: Edition, _category: str) -> tuple[NearMiss, ...] | None:
        return None

    def words_of(self, _attribute: str, _code: str) -> Text | None:
        return None


@contextmanager
def open_office(
    folder: Path,
    *,
    settings: WebSettings | None = None,
    keys: Keys = KEYS,
    url: str | None = None,
    rulebook: RuleBook | None = None,
) -> Iterator["Office"]:
    """An application with one edition, an empty record of people, and an outbox; on SQLite,
    or on the database at *url*. With a *rulebook* its pages read the records, else a desk
    that says nothing."""
    database = open_database(url or f"sqlite:///{folder / 'awards.sqlite3'}")
    database.migrate()
    stores = Stores(database, Archive(folder))
    with database.transaction() as records:
        records.editions.add(EDITION, by="tests", at=now())
        event = Event(actor="tests", action="edition.opened", subject=EDITION.code)
        records.ledger.append(event, at=now())
    shown: CommitteeDesk = Desk(stores, rulebook) if rulebook else QuietDesk()
    rules = rulebook or RuleBook.__new__(RuleBook)
    yield office_over(stores, shown, rules, folder, settings=settings, keys=keys)
    database.close()


def office_over(
    stores: Stores,
    desk: CommitteeDesk,
    rulebook: RuleBook,
    folder: Path,
    *,
    settings: WebSettings | None = None,
    keys: Keys = KEYS,
) -> "Office":
    """An application over what *stores* hold, with an outbox in *folder*."""
    mailer = OutboxMailer(folder / "outbox")
    committee = Committee(
        desk=desk,
        stores=stores,
        rulebook=rulebook,
        mailer=mailer,
        keys=keys,
        jobs=AtOnce(Bench(stores, rulebook, now)),
    )
    app = create_app(open_site(), settings=settings or WebSettings(), committee=committee)
    return Office(app, stores, folder)


class Office:
    """The application, and ways to have people in it."""

    def __init__(self, app: Flask, stores: Stores, folder: Path) -> None:
        self.app, self.stores, self.folder = app, stores, folder

    def invite(self, name: str, *roles: Role, edition: str = EVERY_EDITION) -> tuple[Person, Link]:
        newcomer = Newcomer(name=name, mail=f"{name.lower().replace(' ', '.')}@example.org")
        grants = [
            Grant(role=each, edition=EVERY_EDITION if each is Role.ADMINISTRATOR else edition)
            for each in roles
        ]
        return invite(self.stores, newcomer, grants=grants, act=act())

    def client(
        self, *roles: Role, edition: str = EVERY_EDITION, name: str | None = None
    ) -> FlaskClient:
        """A browser in which somebody new with *roles* is signed in, just now."""
        person, _ = self.invite(name or f"Orang {time.monotonic_ns()}", *roles, edition=edition)
        return self.signed_in(person)

    def signed_in(self, person: Person, *, ago: float = 0) -> FlaskClient:
        """A browser in which *person* gave password and code *ago* seconds before."""
        token = sign_in(self.stores, person.id, counter=None, agent="tests", act=act(person.id))
        client = self.app.test_client()
        with client.session_transaction("/committee/en/") as session:
            session["_user_id"], session["_fresh"] = token, True
            session["fs_paa"] = time.time() - ago
        return client

    def person(self, person: str) -> Person:
        with self.stores.database.reading() as records:
            return records.people.get(person)

    def edition(self, code: str) -> Edition:
        with self.stores.database.reading() as records:
            return records.editions.get(code)

    def events(self) -> list[tuple[str, str, str]]:
        """Who did what to whom, by the ledger."""
        with self.stores.database.reading() as records:
            said = [each.event for each in records.ledger.entries()]
        return [(each.actor, each.action, each.subject) for each in said]

    def ledger_text(self) -> str:
        with self.stores.database.reading() as records:
            return "\n".join(each.body.decode() for each in records.ledger.entries())


def act(by: str = "tests") -> Act:
    return Act(by=by, at=now())


def now() -> datetime:
    return datetime.now(UTC)


def code_now(secret: str, *, at: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238)."""
    counter = int((time.time() if at is None else at) // 30)
    key = base64.b32decode(
        secret.replace("-", "").replace(" ", "").upper()
        + "=" * (-len(secret.replace("-", "").replace(" ", "")) % 8)
    )
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def token_in(page: str) -> str:
    """What protects the forms of a page."""
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def send(client: FlaskClient, address: str, /, *, page: str | None = None, **said: str):  # type: ignore[no-untyped-def]
    """Open *page* (the address itself without one) and send its form."""
    shown = client.get(page or address).get_data(as_text=True)
    return client.post(address, data={"csrf_token": token_in(shown), **said})
