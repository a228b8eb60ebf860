"""What an edition aims at."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Target:
    """A figure aimed at, for all candidates of a kind or for a part of them.

    ``indicator`` is summed over the candidates; with ``of`` it is put in relation to
    the sum of that indicator, and ``value`` is in percent. ``earlier`` names the
    indicator that holds the figure of the period before. ``region`` is a code that
    candidates' regions are equal to or lie in. ``month`` (``2024-03``) is None for
    the whole assessment period. ``source`` says where the target was set.
    """

    kind: str
    indicator: str
    value: float
    source: str
    of: str | None = None
    earlier: str | None = None
    region: str | None = None
    sector: str | None = None
    scale: str | None = None
    month: str | None = None

    @property
    def subject(self) -> tuple[str | None, ...]:
        """What the target is about: two targets of one subject contradict each other."""
        where = (self.region, self.sector, self.scale, self.month)
        return (self.kind, self.indicator, self.of, *where)


@dataclass(frozen=True, kw_only=True)
class TargetSet:
    """The targets of an edition as they came in one file; the latest set is in force.

    ``sha256`` is the digest of the file, which is kept byte for byte.
    """

    edition: str
    file: str
    sha256: str
    targets: tuple[Target, ...]
