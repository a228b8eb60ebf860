"""The session cookie: only for addresses behind a sign-in."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from awards.web.areas import is_private


class PrivateSessions(SecureCookieSessionInterface):
    """As Flask's, but public pages neither read nor write the cookie: what they answer
    may be kept by caches."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if not is_private(request.path):
            return None
        opened = super().open_session(app, request)
        if opened is not None and opened:
            opened.permanent = True
        return opened
