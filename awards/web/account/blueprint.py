"""The addresses of signing in and of one's own account: /account/<language>/…"""

from typing import Any

from flask import Blueprint

from awards.web.language import choose_language

account = Blueprint("account", __name__, url_prefix="/account/<any(id, en):lang>")


@account.url_value_preprocessor
def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values:
        values.pop("lang", None)


@account.app_url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.startswith("account."):
        values.setdefault("lang", choose_language())
