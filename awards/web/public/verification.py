"""How anybody checks a result, and computes it again where the data are public."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from awards.web.public.find import Found
from awards.web.words import gettext


@dataclass(frozen=True)
class Command:
    """A line for the terminal and what it does."""

    line: str
    words: str


@dataclass(frozen=True)
class Recipe:
    """Commands to type, in order, and what they are good for."""

    intro: str
    commands: tuple[Command, ...]


def recipe(found: Found) -> Recipe:
    """What the files of the category let a stranger do."""
    return Recipe(_intro(found), tuple(_commands(found)))


def _intro(found: Found) -> str:
    if found.edition.disclosure == "open":
        return gettext(
            "The files hold the rules, the data, the results and the digests. Three commands "
            "compute everything again; the last one says “same” or names what differs."
        )
    return gettext(
        "The files hold the rules and the digests. The values of most candidates are not "
        "public, so the data to compute everything again go to auditors, on request to the "
        "committee; their files must lead to this same seal."
    )


def _commands(found: Found) -> Iterator[Command]:
    bundle = request.host_url.rstrip("/") + found.address("download", name="bundle.zip")
    everything = found.edition.disclosure == "open"
    yield Command(
        f"curl -O {bundle}",
        gettext("download rules, data, results and manifest")
        if everything
        else gettext("download rules and manifest"),
    )
    yield Command(
        "unzip -p bundle.zip manifest.json | sha256sum",
        gettext("print the digest of the manifest: it must be the seal"),
    )
    if everything:
        yield Command(
            f"awards run verify bundle.zip --seal {found.category.seal}",
            gettext("compute everything again and compare it"),
        )
