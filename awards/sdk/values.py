"""How a rule sees a candidate: its declared indicators and attributes."""

import difflib

import narwhals as nw

from awards.sdk.types import Indicator


class Values:
    """The declared indicators of a rule, as column expressions: ``i.workers``.

    All arrive as Float64: counts are widened, so that a product of two of them
    cannot overflow in silence. An indicator that the rule did not declare is an
    `AttributeError` that offers the nearest name. A declared attribute of the
    candidate, such as its scale, is the text expression ``i.attribute("scale")``.
    """

    def __init__(
        self, indicators: tuple[Indicator, ...], rule: str, attributes: tuple[str, ...] = ()
    ) -> None:
        self._codes = tuple(each.code for each in indicators)
        self._attributes = attributes
        self._rule = rule

    def attribute(self, code: str) -> nw.Expr:
        """The attribute *code* as text; `LookupError` when the rule did not declare it."""
        if code not in self._attributes:
            known = ", ".join(self._attributes) or "none"
            raise LookupError(
                f"{self._rule} does not declare the attribute {code!r}; it declares {known}"
            )
        return nw.col(code)

    def __getattr__(self, code: str) -> nw.Expr:
        if code.startswith("__"):
            raise AttributeError(code)
        if code not in self._codes:
            near = difflib.get_close_matches(code, self._codes, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"{self._rule} declares no indicator {code!r}{hint}")
        return nw.col(code).cast(nw.Float64)
