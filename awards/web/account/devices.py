"""Browsers in which somebody signed in before: strangers do not hold them back."""

import hashlib
import secrets
from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from awards.services.attempts import Attempt

_DAYS = 180
_SECONDS = _DAYS * 24 * 60 * 60
_ACCOUNTS = 5
"""Known in one browser at most; the one that signed in longest ago is forgotten."""


@dataclass(frozen=True)
class Device:
    id: str
    accounts: tuple[str, ...]


def attempt_of(mail: str) -> Attempt:
    """The attempt of this request to sign in to *mail*."""
    device = _read()
    known = device is not None and _digest(mail) in device.accounts
    return Attempt(
        address=request.remote_addr or "",
        mail=mail,
        device=device.id if device and known else None,
    )


def remember(response: Response, mail: str) -> None:
    """Have this browser say from now on that *mail* signed in here."""
    device = _read() or Device(secrets.token_hex(16), ())
    accounts = tuple(each for each in device.accounts if each != _digest(mail))
    said = {"id": device.id, "accounts": (*accounts, _digest(mail))[-_ACCOUNTS:]}
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _name(),
        _serializer().dumps(said),
        max_age=_SECONDS,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def _read() -> Device | None:
    try:
        said = _serializer().loads(request.cookies.get(_name(), ""), max_age=_SECONDS)
    except BadSignature:
        return None
    return Device(said["id"], tuple(said["accounts"]))


def _name() -> str:
    return "__Host-d" if current_app.config["SESSION_COOKIE_SECURE"] else "d"


def _serializer() -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="known-device")


def _digest(mail: str) -> str:
    return hashlib.sha256(mail.strip().casefold().encode()).hexdigest()
