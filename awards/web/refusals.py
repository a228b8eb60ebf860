"""Refusals of services in the words of the page's language, by their type."""

from awards.domain.errors import AwardsError
from awards.services.accounts import LastAdministrator
from awards.services.attempts import HeldBack
from awards.services.countersigns import AnotherPersonNeeded, NoReason
from awards.services.links import LinkSpent
from awards.services.recovery import SecondPersonNeeded
from awards.services.roles import OwnRole
from awards.services.sessions import CodeUsed
from awards.web.words import gettext


def words_of(error: AwardsError) -> str:
    """What happened and what to do; of a type that is not known here, its own words."""
    return _known().get(type(error)) or str(error)


def _known() -> dict[type[AwardsError], str]:
    return {
        LinkSpent: gettext("This link was used already, or its time is over. Ask for a new one."),
        HeldBack: gettext("Too many attempts. Wait a quarter of an hour, then try again."),
        CodeUsed: gettext("This code was used already. Wait for the next one."),
        OwnRole: gettext("Nobody changes their own roles: another administrator does."),
        LastAdministrator: gettext(
            "This is the only administrator. Make somebody else administrator first."
        ),
        AnotherPersonNeeded: gettext("You asked for this yourself: another person has to agree."),
        NoReason: gettext("Two persons decide this, and for a reason. Say why."),
        SecondPersonNeeded: gettext(
            "A second person has to agree: neither who asked nor whom it is about."
        ),
    }
