"""Everything behind the committee's addresses: importing a module registers its routes."""

from awards.web.committee import routes as _boards
from awards.web.committee.blueprint import desk
from awards.web.committee.ledger import routes as _ledger
from awards.web.committee.people import routes as _people

FEATURES = (_boards, _ledger, _people)

__all__ = ["FEATURES", "desk"]
