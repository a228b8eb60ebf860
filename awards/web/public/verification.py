"""How anybody computes a result again: three commands."""

from dataclasses import dataclass

from flask import request

from awards.web.public.find import Found
from awards.web.words import gettext


@dataclass(frozen=True)
class Command:
    """A line for the terminal and what it does."""

    line: str
    words: str


def commands(found: Found) -> tuple[Command, ...]:
    bundle = request.host_url.rstrip("/") + found.address("download", name="bundle.zip")
    return (
        Command(f"curl -O {bundle}", gettext("download rules, data, results and manifest")),
        Command(
            "unzip -p bundle.zip manifest.json | sha256sum",
            gettext("print the digest of the manifest: it must be the seal"),
        ),
        Command(
            f"awards run verify bundle.zip --seal {found.category.seal}",
            gettext("compute everything again and compare it"),
        ),
    )
