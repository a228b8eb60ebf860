"""Who may do what: every address behind a sign-in, in one table.

A row is an endpoint, its methods, and for each the rule (`awards.domain.permissions`).
A route without a row is refused at run time and fails a test. HEAD and OPTIONS follow
GET. Where an address names an edition (``<edition>``), roles count in that edition and
the stage is that edition's; elsewhere only rules that hold at every stage count.
"""

from collections.abc import Mapping

from awards.domain.people import Role
from awards.domain.permissions import ANYONE, SIGNED_IN, Rule, acting, reading
from awards.domain.stages import EVERY_STAGE, Stage, stages_from

OPEN = frozenset({"root", "public"})
"""Blueprints that anybody may read and nobody can change anything through."""

COMMITTEE = (Role.CHAIR, Role.MEMBER, Role.DATA_OFFICER, Role.VERIFIER)
"""Who works on an edition; jurors see their own pages only, until the points stand."""

_READ = reading(*COMMITTEE)
_BEFORE_PUBLISHED = stages_from(Stage.DRAFT, Stage.DECISION)
_DATA = acting(Role.DATA_OFFICER, Role.CHAIR, stages=_BEFORE_PUBLISHED)
"""Whoever is in the office while a file is on its way; nothing of it is a score."""
_PEOPLE = acting(Role.ADMINISTRATOR)
_PEOPLE_FRESH = acting(Role.ADMINISTRATOR, fresh=True)
_SECOND = acting(Role.ADMINISTRATOR, Role.CHAIR, fresh=True)
_OPENS = acting(Role.ADMINISTRATOR, Role.CHAIR)
_LEADS = acting(Role.CHAIR)
_LEADS_FRESH = acting(Role.CHAIR, fresh=True)
_EDITS = acting(Role.CHAIR, Role.MEMBER, stages=stages_from(Stage.DRAFT, Stage.DECISION))
_COUNTERSIGNS = acting(Role.CHAIR, Role.MEMBER)
_COUNTERSIGNS_FRESH = acting(Role.CHAIR, Role.MEMBER, fresh=True)
_LEDGER = Rule(grants=dict.fromkeys((Role.AUDITOR, Role.CHAIR), EVERY_STAGE))
"""What was done is no score: an auditor may follow it from the first day."""

_SIGNED_IN_FRESH = Rule(reach=SIGNED_IN.reach, fresh=True)

ROUTES: Mapping[str, Mapping[str, Rule]] = {
    # Before a sign-in: each of these asks for a password, a code or a one-time link.
    "account.sign_in": {"GET": ANYONE, "POST": ANYONE},
    "account.code": {"GET": ANYONE, "POST": ANYONE},
    "account.second_factor": {"GET": ANYONE, "POST": ANYONE},
    "account.join": {"GET": ANYONE, "POST": ANYONE},
    "account.enter_demo": {"GET": ANYONE, "POST": ANYONE},
    # One's own account.
    "account.me": {"GET": SIGNED_IN},
    "account.sign_out": {"POST": SIGNED_IN},
    "account.end_sessions": {"POST": SIGNED_IN},
    "account.confirm": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "account.password": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "account.recovery_codes": {"GET": _SIGNED_IN_FRESH, "POST": _SIGNED_IN_FRESH},
    # The committee.
    "committee.home": {"GET": SIGNED_IN},
    "committee.targets": {"GET": _READ},
    "committee.effect": {"GET": _READ},
    "committee.near": {"GET": _READ},
    "committee.near_csv_file": {"GET": _READ},
    # Editions: opening one, its stages, and agreeing as a second person.
    "committee.editions": {"GET": SIGNED_IN},
    "committee.new_edition": {"GET": _OPENS},
    "committee.edition_from_preset": {"GET": _OPENS, "POST": _OPENS},
    "committee.edition_from_earlier": {"GET": _OPENS, "POST": _OPENS},
    "committee.edition_from_file": {"GET": _OPENS, "POST": _OPENS},
    "committee.empty_edition": {"GET": _OPENS, "POST": _OPENS},
    "committee.edition": {"GET": _READ},
    "committee.enter_next_stage": {"GET": _LEADS, "POST": _LEADS_FRESH},
    "committee.return_to_stage": {"GET": _LEADS, "POST": _LEADS_FRESH},
    "committee.lock_rules": {"GET": _LEADS, "POST": _LEADS_FRESH},
    "committee.countersign": {"GET": _COUNTERSIGNS, "POST": _COUNTERSIGNS_FRESH},
    "committee.decline_request": {"POST": _COUNTERSIGNS_FRESH},
    # The rules of an edition.
    "committee.rules_versions": {"GET": _READ},
    "committee.rules_file": {"GET": _READ},
    "committee.rules": {"GET": _EDITS},
    "committee.rules_review": {"GET": _EDITS, "POST": _EDITS},
    "committee.rules_merge": {"POST": _EDITS},
    "committee.rules_discard": {"POST": _EDITS},
    "committee.rule_new_category": {"GET": _EDITS, "POST": _EDITS},
    "committee.category": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_remove": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_who": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_ties": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_catalogue": {"GET": _EDITS},
    "committee.rule_criterion": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_scale": {"GET": _EDITS},
    "committee.rule_group": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_new_group": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_gate": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_ladder": {"GET": _EDITS, "POST": _EDITS},
    "committee.rule_try": {"GET": _EDITS},
    "committee.rule_data": {"GET": _EDITS},
    "committee.rule_template": {"GET": _EDITS},
    "committee.ledger": {"GET": _LEDGER},
    # The data desk.
    "committee.data": {"GET": _READ},
    "committee.new_upload": {"GET": _DATA, "POST": _DATA},
    "committee.upload": {"GET": _DATA},
    "committee.sheet": {"GET": _DATA, "POST": _DATA},
    "committee.columns": {"GET": _DATA, "POST": _DATA},
    "committee.report": {"GET": _DATA},
    "committee.marked_file": {"GET": _DATA},
    "committee.fault_file": {"GET": _DATA},
    "committee.accept_upload": {"GET": _DATA, "POST": _DATA},
    "committee.drop_upload": {"GET": _DATA, "POST": _DATA},
    "committee.correct_row": {"GET": _DATA, "POST": _DATA},
    # Jobs, snapshots, runs.
    "committee.job": {"GET": _DATA},
    "committee.job_state": {"GET": _DATA},
    "committee.begin_again": {"POST": _DATA},
    "committee.lock_data": {"GET": _DATA, "POST": _DATA},
    "committee.runs": {"GET": _READ},
    "committee.start_run": {"GET": _DATA, "POST": _DATA},
    # People. What lets somebody in or keeps somebody out asks for the code again.
    "committee.people": {"GET": _PEOPLE},
    "committee.invite_person": {"GET": _PEOPLE, "POST": _PEOPLE_FRESH},
    "committee.person": {"GET": _PEOPLE},
    "committee.edit_person": {"GET": _PEOPLE, "POST": _PEOPLE_FRESH},
    "committee.invite_again": {"POST": _PEOPLE_FRESH},
    "committee.grant_role": {"GET": _PEOPLE, "POST": _PEOPLE_FRESH},
    "committee.revoke_role": {"GET": _PEOPLE, "POST": _PEOPLE_FRESH},
    "committee.disable_person": {"GET": _PEOPLE, "POST": _PEOPLE_FRESH},
    "committee.enable_person": {"POST": _PEOPLE_FRESH},
    "committee.ask_recovery": {"GET": _PEOPLE, "POST": _PEOPLE_FRESH},
    "committee.agree_recovery": {"GET": _SECOND, "POST": _SECOND},
    "committee.drop_recovery": {"POST": _SECOND},
}


def rule_for(endpoint: str | None, method: str) -> Rule | None:
    """The row of a route, None where there is none."""
    methods = ROUTES.get(endpoint or "", {})
    return methods.get("GET" if method in ("HEAD", "OPTIONS") else method)
