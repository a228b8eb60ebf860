"""Builds the web application; nothing is read from the environment here."""

from flask import Flask
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from awards.documents.templates import templates_folder
from awards.web.account.pages import account
from awards.web.account.security import keep_secure
from awards.web.assets import load_assets
from awards.web.caching import set_cache_policy
from awards.web.committee.pages import desk
from awards.web.errors import register_error_pages
from awards.web.guard import forbid_keeping, guard
from awards.web.headers import set_security_headers
from awards.web.language import choose_language
from awards.web.parts import Committee, Parts, keep_parts
from awards.web.public import pages
from awards.web.root import asset_address, root
from awards.web.settings import WebSettings
from awards.web.site import PublicSite

_MEGABYTE = 1_000_000


def create_app(
    site: PublicSite, *, settings: WebSettings, committee: Committee | None = None
) -> Flask:
    """Return the application that shows what *site* says is public and, to whom the
    permission table lets in, the pages of the *committee*."""
    app = Flask("awards.web", static_folder=None, template_folder=str(templates_folder()))
    app.jinja_options = dict(_TEMPLATES)
    app.config.from_mapping(_configuration(settings))
    assets = load_assets()
    keep_parts(app, Parts(site=site, settings=settings, assets=assets, committee=committee))
    app.register_blueprint(root)
    app.register_blueprint(pages)
    if committee is not None:
        app.register_blueprint(account)
        app.register_blueprint(desk)
        app.before_request(guard)
        keep_secure(app, committee.stores, keys=committee.keys, issuer=settings.name["en"])
    _prepare_templates(app)
    register_error_pages(app)
    app.after_request(set_cache_policy)
    app.after_request(forbid_keeping)
    set_security_headers(app, https=settings.https)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _configuration(settings: WebSettings) -> dict[str, object]:
    """Limits of what is sent; a route that takes files allows more for itself."""
    return {
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
        "MAX_CONTENT_LENGTH": _MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": _MEGABYTE // 2,
        "MAX_FORM_PARTS": 200,
        "SESSION_COOKIE_NAME": "__Host-s" if settings.https else "s",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def _prepare_templates(app: Flask) -> None:
    """Give templates words, addresses and the protection of forms, and nothing else: no
    request, session or settings."""
    app.template_context_processors.clear()
    Babel(app, locale_selector=choose_language)
    for name in ("config", "g", "get_flashed_messages", "request", "session", "url_for"):
        del app.jinja_env.globals[name]
    app.jinja_env.globals["asset"] = asset_address


_TEMPLATES: dict[str, object] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
