"""What a rule of the permission table says, and whom it lets pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from awards.domain.people import Person, Role
from awards.domain.stages import AFTER_CLOSE, EVERY_STAGE, Stage


class Reach(StrEnum):
    """Who may come at all: everybody, who is signed in, or holders of a role."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"
    ROLES = "roles"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row: for each role the stages in which it may do this.

    ``fresh`` asks for the second factor again when it was given too long ago: for what
    cannot be taken back quietly, as deciding, publishing, issuing and revoking.
    """

    reach: Reach = Reach.ROLES
    grants: Mapping[Role, frozenset[Stage]] = field(default_factory=dict)
    fresh: bool = False

    def admits(self, person: Person | None, *, edition: str | None, stage: Stage | None) -> bool:
        """Whether *person* may do this in *edition* while it is in *stage*.

        Both are None for what belongs to no edition; then only a role that the rule
        grants at every stage counts, and only where it is held for every edition or
        the rule is not about one.
        """
        if self.reach is Reach.ANYONE:
            return True
        if person is None or not person.active:
            return False
        if self.reach is Reach.SIGNED_IN:
            return True
        return any(self._covers(role, stage) for role in person.roles_in(edition))

    def _covers(self, role: Role, stage: Stage | None) -> bool:
        stages = self.grants.get(role, frozenset())
        return stages == EVERY_STAGE if stage is None else stage in stages


ANYONE = Rule(reach=Reach.ANYONE)
SIGNED_IN = Rule(reach=Reach.SIGNED_IN)


def reading(*roles: Role, stages: frozenset[Stage] = EVERY_STAGE) -> Rule:
    """A page that *roles* may see; auditors see it once the points stand."""
    grants = dict.fromkeys(roles, stages)
    return Rule(
        grants=grants | {Role.AUDITOR: AFTER_CLOSE & stages | grants.get(Role.AUDITOR, frozenset())}
    )


def acting(*roles: Role, stages: frozenset[Stage] = EVERY_STAGE, fresh: bool = False) -> Rule:
    """Something that only *roles* may do, and only in *stages*. Never an auditor."""
    return Rule(grants=dict.fromkeys(roles, stages), fresh=fresh)
