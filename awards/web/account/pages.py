"""Everything behind the account's addresses: importing a module registers its routes."""

from awards.web.account import routes as _own
from awards.web.account import signing_in as _signing_in
from awards.web.account.blueprint import account

FEATURES = (_own, _signing_in)

__all__ = ["FEATURES", "account"]
