"""How a rule sees its indicators: each declared one is an attribute."""

import difflib

import narwhals as nw

from awards.sdk.types import Indicator


class Values:
    """The declared indicators of a rule, as column expressions.

    All arrive as Float64: counts are widened, so that a product of two of them
    cannot overflow in silence. An indicator that the rule did not declare is an
    `AttributeError` that offers the nearest name.
    """

    def __init__(self, indicators: tuple[Indicator, ...], rule: str) -> None:
        self._codes = tuple(each.code for each in indicators)
        self._rule = rule

    def __getattr__(self, code: str) -> nw.Expr:
        if code.startswith("__"):
            raise AttributeError(code)
        if code not in self._codes:
            near = difflib.get_close_matches(code, self._codes, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"{self._rule} declares no indicator {code!r}{hint}")
        return nw.col(code).cast(nw.Float64)
