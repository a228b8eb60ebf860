"""What a plugin author may do wrong."""

from pydantic import ValidationError

from awards.domain.errors import AwardsError


class PluginError(AwardsError):
    """A plugin cannot be used; the message names plugin, file and rule."""


class BadDeclaration(PluginError):
    """A registered object contradicts itself or lacks something."""


class BadExpression(PluginError):
    """A rule's expression cannot be evaluated on the indicators it declares."""


def in_words(error: ValidationError) -> str:
    """What pydantic refused, one clause for each place, without its links."""
    found = []
    for each in error.errors(include_url=False):
        where = ".".join(str(part) for part in each["loc"])
        words = each["msg"].removeprefix("Value error, ")
        found.append(f"{where}: {words}" if where else words)
    return "; ".join(found)
