"""What stops an evaluation."""

from awards.domain.errors import AwardsError


class RunRefused(AwardsError):
    """A run cannot be made from these inputs; nothing was written."""


class PluginFault(RunRefused):
    """A plugin yielded something that is not a number; the run is refused."""


class PartsDisagree(RunRefused):
    """Two cells give different values for one candidate, and no rule chooses."""
