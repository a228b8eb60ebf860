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
        Command("unzip -d bundle bundle.zip", gettext("unpack them")),
        Command(
            "awards run verify bundle",
            gettext("compute everything again and compare it with the seal"),
        ),
    )
