"""Step 7: titles from places, totals, gates and what was held before."""

import narwhals as nw
import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition, Use
from awards.evaluation import columns
from awards.evaluation.engines.engine import Frame
from awards.evaluation.errors import RunRefused
from awards.evaluation.gates import is_passed
from awards.sdk.compiled import Outcome, check_parameters
from awards.sdk.expressions import share
from awards.sdk.gates import earlier_column
from awards.sdk.ladders import LadderInput
from awards.sdk.rulebook import RuleBook


def assign_titles(placed: Frame, definition: CategoryDefinition, *, rulebook: RuleBook) -> Frame:
    """*placed* with the title code that each ladder gives, missing for none."""
    found: dict[str, nw.Expr] = {}
    asked: dict[str, tuple[str | None, str | None]] = {}
    for step, use in enumerate(definition.ladders):
        seen = _Seen(definition, use, rulebook)
        ladder = rulebook.ladder(use.code)
        parameters = check_parameters(ladder.parameters, use.parameters, f"ladder {ladder.code!r}")
        titles = ladder.titles(seen.given(), parameters).cast(nw.String)
        asked |= seen.asked
        found[columns.title(step)] = nw.when(~nw.col("place").is_null()).then(titles)
    if asked:
        placed = _with_places(placed, asked, definition)
    return placed.with_columns(**found) if found else placed


class _Seen:
    """What one ladder sees, and which places it asked for (``asked``, by column)."""

    def __init__(self, definition: CategoryDefinition, use: Use, rulebook: RuleBook) -> None:
        self._definition, self._use = definition, use
        kind = rulebook.kind(definition.kind)
        self._attributes = [each.code for each in kind.attributes]
        self._gates = [each.key for each in definition.gates]
        self._nodes = [each.code for each in definition.tree.leaves()]
        self._nodes += [each.code for each in definition.tree.groups()]
        self.asked: dict[str, tuple[str | None, str | None]] = {}

    def given(self) -> LadderInput:
        return LadderInput(
            place=nw.col("place"),
            total=_decimal("total"),
            attribute=self._attribute,
            value=self._value,
            passes=self._passes,
            place_by=self._place_by,
            held=self._held,
        )

    def _attribute(self, code: str) -> nw.Expr:
        self._check(code, self._attributes, "attribute")
        return nw.col(code)

    def _value(self, code: str) -> nw.Expr:
        self._check(code, self._nodes, "criterion or group")
        return _decimal(columns.node(self._definition.tree, code))

    def _passes(self, code: str) -> nw.Expr:
        self._check(code, self._gates, "gate")
        name = columns.gate(code)
        known = nw.col(name) != int(Outcome.NOT_ASSESSABLE)
        return nw.when(known).then(is_passed(name))

    def _place_by(self, of: str | None, within: str | None) -> nw.Expr:
        if of is not None:
            self._check(of, self._nodes, "criterion or group")
        if within is not None:
            self._check(within, self._attributes, "attribute")
        name = f"place-by:{of or ''}:{within or ''}"
        self.asked[name] = (of, within)
        return nw.col(name)

    def _held(self, back: int) -> nw.Expr:
        named = len(self._definition.earlier)
        if not 1 <= back <= named:
            raise RunRefused(
                f"Ladder {self._use.code!r} asks for the title of {back} editions ago, but "
                f"category {self._definition.code!r} names {named} earlier ones."
            )
        return nw.col(earlier_column(back, "title"))

    def _check(self, code: str, known: list[str], what: str) -> None:
        if code not in known:
            raise RunRefused(
                f"Ladder {self._use.code!r} asks for the {what} {code!r}, but category "
                f"{self._definition.code!r} has only {', '.join(known) or 'none'}. Correct the "
                "ladder's parameters."
            )


def _decimal(name: str) -> nw.Expr:
    """A column as the decimal that is compared, rounded to 10⁻⁹."""
    return share((nw.col(name) * float(QUANTA)).round(0).cast(nw.Int64), of=QUANTA)


def _with_places(
    placed: Frame,
    asked: dict[str, tuple[str | None, str | None]],
    definition: CategoryDefinition,
) -> Frame:
    """*placed* with the places that ladders asked for: shared ones as 1, 2, 2, 4, among
    ranked candidates alone; missing where points or the attribute are."""
    ranks = {name: _rank(of, within, definition) for name, (of, within) in asked.items()}
    found = placed.to_native().select(**ranks).collect()
    return nw.from_native(pl.concat([placed.to_native(), found.lazy()], how="horizontal"))


def _rank(of: str | None, within: str | None, definition: CategoryDefinition) -> pl.Expr:
    key = pl.col("place").cast(pl.Int64)
    if of is not None:
        points = pl.col(columns.node(definition.tree, of))
        key = -(points * QUANTA).round().cast(pl.Int64)
    key = pl.when(pl.col("place").is_not_null()).then(key)
    rank = key.rank("min").cast(pl.Int64)
    return rank if within is None else _within(rank, within)


def _within(rank: pl.Expr, attribute: str) -> pl.Expr:
    return pl.when(pl.col(attribute).is_not_null()).then(rank.over(attribute))
