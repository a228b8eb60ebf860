"""How a rule sees a candidate: its declared indicators and attributes."""

import difflib
from collections.abc import Sequence

import narwhals as nw

from awards.sdk.gates import Earlier, earlier_column
from awards.sdk.types import Gate, Indicator


class Values:
    """The declared indicators of a rule, as column expressions: ``i.workers``.

    All arrive as Float64: counts are widened, so that a product of two of them
    cannot overflow in silence. An indicator that the rule did not declare is an
    `AttributeError` that offers the nearest name. A declared attribute of the
    candidate, such as its scale, is the text expression ``i.attribute("scale")``.
    """

    looked_back = 0
    """How many earlier editions were asked for so far."""

    def __init__(
        self,
        indicators: tuple[Indicator, ...],
        rule: str,
        attributes: tuple[str, ...] = (),
        gate: Gate | None = None,
    ) -> None:
        self._codes = tuple(each.code for each in indicators)
        self._attributes = attributes
        self._rule = rule
        self._gate = gate

    def attribute(self, code: str) -> nw.Expr:
        """The attribute *code* as text; `LookupError` when the rule did not declare it."""
        if code not in self._attributes:
            known = ", ".join(self._attributes) or "none"
            raise LookupError(
                f"{self._rule} does not declare the attribute {code!r}; it declares {known}"
            )
        return nw.col(code)

    def cohort(self, statistic: str, indicator: str) -> nw.Expr:
        """A statistic over those that passed the gates before; `LookupError` when the
        rule did not declare it. Only gates have it."""
        if (statistic, indicator) not in self._figures():
            raise LookupError(f"{self._rule} does not declare the {statistic} of {indicator!r}")
        return nw.col(f"cohort:{statistic}:{indicator}")

    def earlier(self, what: Earlier, back: int = 1) -> nw.Expr:
        """What is told of the earlier edition *back* steps ago, 1 for the last one;
        `LookupError` beyond the ``looks_back`` that the rule declared."""
        if not 1 <= back <= self._looks_back():
            raise LookupError(f"{self._rule} does not declare that it looks back {back} editions")
        self.looked_back = max(self.looked_back, back)
        return nw.col(earlier_column(back, what))

    def held(self, titles: Sequence[str], back: int = 1) -> nw.Expr:
        """Whether one of *titles* was conferred *back* editions ago; never missing."""
        found = self.earlier("title", back).is_in(list(titles))
        return nw.coalesce(found, nw.lit(value=False))

    def _figures(self) -> set[tuple[str, str]]:
        cohort = self._gate.cohort if self._gate else ()
        return {(each.statistic, each.indicator.code) for each in cohort}

    def _looks_back(self) -> int:
        return self._gate.looks_back if self._gate else 0

    def __getattr__(self, code: str) -> nw.Expr:
        if code.startswith("__"):
            raise AttributeError(code)
        if code not in self._codes:
            near = difflib.get_close_matches(code, self._codes, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"{self._rule} declares no indicator {code!r}{hint}")
        return nw.col(code).cast(nw.Float64)
