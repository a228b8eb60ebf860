import re
from pathlib import Path

import pytest
from flask import Flask, template_rendered
from jinja2 import meta
from jinja2.nodes import FromImport

from awards.documents.templates import templates_folder
from tests.web.pages import ADDRESSES, visit
from tests.web.worlds import crowd_site

CONTRACT = re.compile(r"\{# Expects: (?P<given>[^#]+?) #\}")
FOLDERS = (
    "pages",
    "charts",
    "committee",
    "account",
    "forms",
    "mail",
    "committee/editions",
    "committee/rules",
)
GLOBALS = {"_", "gettext", "ngettext", "asset"}


TEMPLATES = [
    path
    for folder in FOLDERS
    for path in sorted((templates_folder() / folder).iterdir())
    if path.is_file()
]


def contract(path: Path) -> dict[str, str]:
    """The names that a template expects, with their types."""
    match = CONTRACT.match(path.read_text("utf-8"))
    assert match is not None, path.name
    if match["given"] == "nothing":
        return {}
    pairs = (each.partition(" - ") for each in match["given"].split(", "))
    return {name: kind for name, _, kind in pairs}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_what_its_contract_names(app: Flask, path: Path) -> None:
    tree = app.jinja_env.parse(path.read_text("utf-8"))
    imported = {name for node in tree.find_all(FromImport) for name in node.names}
    used = meta.find_undeclared_variables(tree) - GLOBALS - imported
    assert used <= set(contract(path))


def test_views_pass_what_the_contracts_name(app: Flask) -> None:
    given: dict[str, dict[str, str]] = {}

    def note(_sender: Flask, template: object, context: dict[str, object], **_: object) -> None:
        kinds = {name: type(value).__name__ for name, value in context.items()}
        given[template.name] = kinds  # type: ignore[attr-defined]

    several = visit(crowd_site(3))
    for application in (app, several.application):
        template_rendered.connect(note, application)
    for address in (*ADDRESSES, "/en/nothing/"):
        app.test_client().get(address)
    several.get("/en/ipm-2024/")
    expected = {name: contract(templates_folder() / name) for name in given}
    assert given == expected
    whole = {
        f"pages/{path.name}"
        for path in (templates_folder() / "pages").iterdir()
        if "{% extends" in path.read_text("utf-8")
    }
    assert set(given) == whole


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short_and_computes_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    code = " ".join(re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text))
    code = re.sub(r"'[^']*'|\"[^\"]*\"", "''", code)
    assert len(text.splitlines()) <= 120
    assert re.findall(r"\|\s*(?:sort|sum|round|safe)\b|\s[*/+]\s", code) == []
    assert "style=" not in text
