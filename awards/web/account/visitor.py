"""Who is signed in, in the shape that Flask-Security asks for."""

from datetime import UTC, datetime
from typing import Any

from flask_security import RoleMixin, UserDatastore, UserMixin

from awards.domain.people import Person, SignIn
from awards.services.sessions import find_session
from awards.services.stores import Stores


class Visitor(UserMixin):
    """A person in one browser.

    Flask-Login keeps ``fs_uniquifier`` in the cookie: it is the token of the session,
    so that ending the session, or disabling the person, counts from the next request on.
    """

    fs_uniquifier = ""

    def __init__(self, person: Person, session: SignIn | None = None, token: str = "") -> None:
        self.person = person
        self.session = session
        self.active = person.active
        self.email = person.mail
        self.fs_uniquifier = token
        self.roles: list[RoleMixin] = []
        self.mf_recovery_codes: list[str] = []
        self.current_login_at = session.at if session else datetime.now(UTC)
        self.current_login_ip = None
        self.login_count = 0


class Visitors(UserDatastore):
    """Finds visitors by the token of their session.

    It writes nothing: every change is an act of `awards.services`, with its event.
    """

    def __init__(self, stores: Stores) -> None:
        super().__init__(Visitor, RoleMixin)
        self._stores = stores

    def find_user(self, case_insensitive: bool = False, **given: Any) -> Visitor | None:  # noqa: ARG002
        """The visitor with the session ``fs_uniquifier``, or None."""
        token = str(given.get("fs_uniquifier") or "")
        found = find_session(self._stores, token, at=datetime.now(UTC)) if token else None
        return Visitor(found[1], found[0], token) if found else None

    def put(self, model: Visitor) -> Visitor:
        return model

    def commit(self) -> None:
        """Nothing is pending: see the class."""
