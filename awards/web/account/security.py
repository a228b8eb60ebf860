"""Flask-Security as this site uses it: for what must not be home-made.

It hashes passwords, makes and checks second factors and recovery codes, and keeps who is
signed in. Its own pages are left out: they know no Indonesian, and what they change would
not be in the ledger.
"""

from datetime import timedelta
from typing import cast

from flask import Flask, current_app
from flask_security import Security
from flask_security.password_util import PasswordUtil
from flask_security.totp import Totp
from flask_security.utils import hash_password, verify_password
from flask_wtf import CSRFProtect
from passlib.exc import TokenError

from awards.domain.people import Credentials, Person
from awards.services.stores import Stores
from awards.storage.keys import Keys
from awards.web.account.passwords import LEAST
from awards.web.account.sessions import PrivateSessions
from awards.web.account.visitor import Visitor, Visitors

FRESH = timedelta(minutes=10)
"""How long a second factor counts for what cannot be taken back."""

IDLE = timedelta(hours=2)
"""After which a session ends that nobody uses."""

SIGN_IN_WITHIN = timedelta(minutes=10)
"""What password and code may lie apart."""

CODES = 10
WINDOW_SECONDS = 30

ARGON2 = {
    "argon2__type": "ID",
    "argon2__memory_cost": 47_104,  # KiB
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}
"""Above both settings that OWASP recommends; about a twentieth of a second here."""


class OnceTotp(Totp):
    """Codes by time, each good once."""

    def match(self, code: str, secret: str, *, last: int | None) -> int | None:
        """The time step of a right code that is later than *last*; None for any other."""
        try:
            found = self._totp.verify(code, secret, window=WINDOW_SECONDS, last_counter=last)
        except (TokenError, ValueError):
            return None
        return int(found.counter)


def security_settings(keys: Keys, *, issuer: str) -> dict[str, object]:
    """Everything that is not left to defaults, which suit other sites."""
    return {
        "SECRET_KEY": keys.session,
        "SECRET_KEY_FALLBACKS": list(keys.former),
        "PERMANENT_SESSION_LIFETIME": IDLE,
        "WTF_CSRF_TIME_LIMIT": None,  # a form may lie open as long as the session lasts
        "SECURITY_PASSWORD_SALT": keys.password,
        "SECURITY_PASSWORD_SINGLE_HASH": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": dict(ARGON2),
        "SECURITY_PASSWORD_LENGTH_MIN": LEAST,
        "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
        "SECURITY_PASSWORD_CHECK_BREACHED": None,  # our own list: nothing is asked outside
        "SECURITY_TOTP_SECRETS": dict(keys.totp),
        "SECURITY_TOTP_ISSUER": issuer,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [key.encode() for key in keys.recovery],
        **_FIXED,
    }


_FIXED: dict[str, object] = {
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_REQUIRED": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": CODES,
    "SECURITY_WEBAUTHN": False,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_TRACKABLE": True,
    "SECURITY_FRESHNESS": FRESH,
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
    "SECURITY_FRESHNESS_ALLOW_AUTH_TOKEN": False,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_REFRESH_TOKEN": False,
    "SECURITY_OAUTH_ENABLE": False,
    "SECURITY_UNIFIED_SIGNIN": False,
    "SECURITY_PASSWORDLESS": False,
    "SECURITY_REGISTERABLE": False,
    "SECURITY_RECOVERABLE": False,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(minutes=30),
    "SECURITY_LOGIN_WITHIN": SIGN_IN_WITHIN,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
}


def keep_secure(app: Flask, stores: Stores, *, keys: Keys, issuer: str) -> None:
    """Give *app* sessions, forms that only this site can send, and Flask-Security."""
    app.config.from_mapping(security_settings(keys, issuer=issuer))
    app.session_interface = PrivateSessions()
    CSRFProtect(app)
    Security(app, Visitors(stores), register_blueprint=False, totp_cls=OnceTotp)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return str(hash_password(normalized(password)))


def fits(password: str, credentials: Credentials | None) -> bool:
    """Whether the password is right. For nobody it takes as long and is wrong."""
    kept = credentials.password_hash if credentials else None
    right = verify_password(normalized(password), kept or _nobodys_hash())
    return bool(right and kept)


def normalized(password: str) -> str:
    """The same text for the same characters, however a keyboard composes them."""
    return str(_util().normalize(password))


def new_secret() -> str:
    """A second factor to be, encrypted."""
    return str(_totp().generate_totp_secret())


def secret_words(secret: str) -> str:
    """The second factor as it is typed into an app by hand."""
    return str(_totp().get_totp_pretty_key(secret))


def secret_address(secret: str, person: Person) -> str:
    """The second factor as an app reads it from a picture."""
    return str(_totp().get_totp_uri(person.mail, secret))


def matching_step(code: str, secret: str, *, last: int | None = None) -> int | None:
    """The time step of a right code that was not used before."""
    digits = "".join(code.split())
    return _totp().match(digits, secret, last=last) if digits.isdecimal() else None


def new_recovery_codes(person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes to write down, and as they are kept."""
    holder = Visitor(person)
    shown = _security().mf_recovery_codes_util.create_recovery_codes(holder)
    return tuple(shown), tuple(holder.mf_recovery_codes)


def matching_recovery_code(code: str, person: Person, credentials: Credentials) -> str | None:
    """The kept form of a recovery code that is right."""
    typed = "".join(code.split()).lower()
    for kept in credentials.recovery_codes:
        holder = Visitor(person)
        holder.mf_recovery_codes = [kept]
        if _security().mf_recovery_codes_util.check_recovery_code(holder, typed):
            return kept
    return None


def _security() -> Security:
    return cast(Security, current_app.extensions["security"])


def _totp() -> OnceTotp:
    factory = _security().totp_factory
    assert isinstance(factory, OnceTotp)
    return factory


def _util() -> PasswordUtil:
    return _security().password_util


def _nobodys_hash() -> str:
    """A hash that no password fits, made once for each application."""
    kept = current_app.extensions.setdefault("awards-nobody", [])
    if not kept:
        kept.append(hash_password("nobody has this password"))
    return str(kept[0])
