"""What a plugin author may do wrong."""

from awards.domain.errors import AwardsError


class PluginError(AwardsError):
    """A plugin cannot be used; the message names plugin, file and rule."""


class BadDeclaration(PluginError):
    """A registered object contradicts itself or lacks something."""


class BadExpression(PluginError):
    """A rule's expression cannot be evaluated on the indicators it declares."""
