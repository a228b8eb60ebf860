"""The addresses of the committee: /committee/<language>/…"""

from typing import Any

from flask import Blueprint

from awards.web.language import choose_language

PREFIX = "committee"

desk = Blueprint(PREFIX, __name__, url_prefix=f"/{PREFIX}/<any(id, en):lang>")


@desk.url_value_preprocessor
def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values:
        values.pop("lang", None)


@desk.app_url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint.startswith(f"{PREFIX}."):
        values.setdefault("lang", choose_language())
