"""Everything behind the committee's addresses: importing a module registers its routes."""

from awards.web.committee import routes as _boards
from awards.web.committee.blueprint import desk
from awards.web.committee.data import routes as _data
from awards.web.committee.editions import opening_routes as _opening
from awards.web.committee.editions import routes as _editions
from awards.web.committee.ledger import routes as _ledger
from awards.web.committee.people import routes as _people
from awards.web.committee.rules import catalogue as _catalogue
from awards.web.committee.rules import category as _category
from awards.web.committee.rules import parts as _parts
from awards.web.committee.rules import saving as _saving
from awards.web.committee.rules import trying as _trying
from awards.web.committee.rules import versions as _versions
from awards.web.committee.work import routes as _work

RULES = (_catalogue, _category, _parts, _saving, _trying, _versions)

FEATURES = (_boards, _editions, _opening, *RULES, _data, _work, _ledger, _people)

__all__ = ["FEATURES", "desk"]
