"""An office with a draft edition, a plugin never seen, and ways to fill in its forms."""

import re
from typing import Any

from flask.testing import FlaskClient

from awards.domain.definition import CategoryDefinition
from tests.web.members import Office
from tests.web.pages import Page

CODE = "paritrana-jatim-2024"
UNSEEN = '''
"""A plugin with a model that no form was ever written for."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from awards.sdk import (
    COMPANY, REGENCY_CITY, Criterion, Gate, Indicator, Label, Parameters, Text, hookimpl,
)

TREES = Indicator(code="trees", title={"en": "Trees", "id": "Pohon"}, type=int, unit="trees")


class Place(BaseModel):
    name: str
    share: float


class Strange(Parameters):
    goal: Annotated[
        float, Field(gt=0), Label({"en": "Trees aimed at", "id": "Target pohon"})
    ] = 10.0
    years: Annotated[int, Field(ge=1, le=9)] = 3
    strict: bool = False
    season: Literal["dry", "wet"] = "dry"
    note: str | None = None
    words: dict[str, str] = {}
    steps: tuple[tuple[float, float], ...] = ()
    by_sector: dict[str, float] = {}
    place: Place | None = None
    places: tuple[Place, ...] = ()
    deep: dict[str, dict[str, tuple[int, ...]]] = {}


PLANTED = Criterion(
    code="trees-planted",
    title={"en": "Trees planted", "id": "Pohon ditanam"},
    applies_to=(COMPANY, REGENCY_CITY),
    indicators=(TREES,),
    measure=lambda i, p: i.trees * 1.0,
    parameters=Strange,
    unit="trees",
)


@hookimpl
def awards_register_indicators() -> tuple[Indicator, ...]:
    return (TREES,)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (PLANTED,)
'''


def categories(office: Office) -> tuple[CategoryDefinition, ...]:
    return office.edition(CODE).definition.categories


def first(office: Office) -> CategoryDefinition:
    """The first category that companies or regencies compete in."""
    return next(each for each in categories(office) if each.kind == "company")


def at(office: Office, page: str = "", *, language: str = "en") -> str:
    return f"/committee/{language}/{CODE}/categories/{first(office).code}{page}"


def form_of(client: FlaskClient, address: str) -> dict[str, Any]:
    """Everything that the form of a page would send as it stands."""
    text = client.get(address).get_data(as_text=True)
    form = text.split("<form", 2)[-1] if 'id="form"' not in text else text.split('id="form"')[1]
    form = form.split("</form>")[0]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = told.get("type", "text")
        if kind in ("checkbox", "radio") and " checked" not in tag:
            continue
        if "name" in told:
            found[told["name"]] = told.get("value", "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"', options)
        chosen = chosen or re.search(r'<option value="([^"]*)"[^>]* selected', options)
        any_ = re.search(r'<option[^>]*value="([^"]*)"', options)
        found[name] = (chosen or any_)[1]  # type: ignore[index]
    return found | dict(
        re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s*([^<]*)</textarea>', form)
    )


def submit(client: FlaskClient, address: str, **typed: str):  # type: ignore[no-untyped-def]
    """Send the form of a page with what was *typed* into it."""
    return client.post(address, data=form_of(client, address) | typed)


def words(client: FlaskClient, address: str) -> str:
    page = Page(client.get(address).get_data(as_text=True))
    assert page.unmatched == []
    return page.words


def save(client: FlaskClient) -> None:
    assert submit(client, f"/committee/en/{CODE}/rules/review").status_code == 303
