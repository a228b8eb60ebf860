"""The versions of an edition's rules, with what each one changed."""

from dataclasses import dataclass

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from awards.domain.records import Edition, RulesVersion
from awards.domain.rule_changes import compare_definitions
from awards.services.rules import rules_as_toml
from awards.web.committee.blueprint import desk
from awards.web.committee.changes import ChangeWords, changes_in_words
from awards.web.committee.editions.models import edition_crumbs, on_record
from awards.web.committee.layout import address, committee, committee_layout
from awards.web.formats import format_digest, formats
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class VersionWords:
    """One version; ``reason`` and ``second`` stand where locked rules were changed."""

    title: str
    told: str
    digest: str
    reason: str | None
    second: str | None
    changes: tuple[ChangeWords, ...]
    download: str


@dataclass(frozen=True, kw_only=True)
class VersionsPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    versions: tuple[VersionWords, ...]


@desk.get("/<edition>/versions")
def rules_versions(edition: str) -> ResponseReturnValue:
    found = on_record(edition)
    layout = committee_layout(gettext("Versions of the rules"), edition=found, current="rules")
    page = versions_page(found)
    return render_template("committee/rules/versions.html", layout=layout, page=page)


@desk.get("/<edition>/versions/<int:number>.toml")
def rules_file(edition: str, number: int) -> ResponseReturnValue:
    """The rules as a file, in the form that presets have."""
    found = on_record(edition)
    with committee().stores.database.reading() as records:
        versions = records.editions.versions(found.code)
    wanted = next((each for each in versions if each.number == number), None) or abort(404)
    text = rules_as_toml(wanted.definition)
    response = Response(text, content_type="application/toml; charset=utf-8")
    name = f"{found.code}-rules-{number}.toml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def versions_page(edition: Edition) -> VersionsPage:
    with committee().stores.database.reading() as records:
        versions = records.editions.versions(edition.code)
        names = {each.id: each.name for each in records.people.list()}
    before = (None, *versions[:-1])
    pairs = list(zip(before, versions, strict=True))
    return VersionsPage(
        crumbs=edition_crumbs(edition, Link("", gettext("Versions of the rules"))),
        heading=gettext(
            "Version %(number)s is in force", number=formats().count(versions[-1].number)
        ),
        lede=_lede(edition),
        versions=tuple(_version(edition, *pair, names=names) for pair in reversed(pairs)),
    )


def _lede(edition: Edition) -> str:
    if edition.decree is None:
        return gettext("The rules are not locked yet. Versions before stay as they were.")
    return gettext(
        "Locked by %(decree)s. Every later change took two persons and a reason.",
        decree=edition.decree,
    )


def _version(
    edition: Edition, before: RulesVersion | None, version: RulesVersion, *, names: dict[str, str]
) -> VersionWords:
    words = formats()
    changes = (
        compare_definitions(before.definition, version.definition) if before is not None else ()
    )
    compared = (before.definition,) if before is not None else ()
    return VersionWords(
        title=gettext("Version %(number)s", number=words.count(version.number)),
        told=gettext(
            "Saved by %(name)s, %(moment)s",
            name=names.get(version.by, version.by),
            moment=words.moment(version.saved_at, edition.definition.time_zone),
        ),
        digest=format_digest(version.digest),
        reason=version.reason,
        second=names.get(version.second, version.second) if version.second else None,
        changes=changes_in_words(changes, *compared, version.definition),
        download=address(edition, "rules_file", number=version.number),
    )
