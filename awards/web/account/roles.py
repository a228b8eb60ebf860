"""Roles in the words of the page."""

from collections.abc import Mapping

from awards.domain.people import Role
from awards.web.words import gettext


def role_words() -> Mapping[Role, str]:
    return {
        Role.ADMINISTRATOR: gettext("Administrator"),
        Role.CHAIR: gettext("Chair"),
        Role.MEMBER: gettext("Member"),
        Role.DATA_OFFICER: gettext("Data officer"),
        Role.VERIFIER: gettext("Verifier"),
        Role.JUROR: gettext("Juror"),
        Role.AUDITOR: gettext("Auditor"),
    }


def role_notes() -> Mapping[Role, str]:
    """What each may do, in a few words."""
    return {
        Role.ADMINISTRATOR: gettext("manages people; sees no scores"),
        Role.CHAIR: gettext("leads the committee, decides and publishes"),
        Role.MEMBER: gettext("reads and works on everything, signs as second person"),
        Role.DATA_OFFICER: gettext("brings in and corrects data"),
        Role.VERIFIER: gettext("checks evidence"),
        Role.JUROR: gettext("scores, without seeing the scores of others"),
        Role.AUDITOR: gettext("reads everything once the points stand, changes nothing"),
    }
