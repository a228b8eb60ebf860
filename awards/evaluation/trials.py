"""What if one figure of a candidate were another? Tried by the rules themselves.

Every try is a row that goes through the same steps as a run does, so whatever a rule
does with the figure is in the answer: several criteria that read it, re-weighting,
caps, step tables, gates, any aggregation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import narwhals as nw
import polars as pl
from pydantic import BaseModel

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.evaluation.cohorts import cohort_statistics
from awards.evaluation.engines.engine import Frame
from awards.evaluation.faults import LARGEST
from awards.evaluation.gates import stands_alone
from awards.evaluation.rows import measure
from awards.evaluation.scoring import score
from awards.evaluation.ties import compared_columns
from awards.evaluation.titles import assign_titles
from awards.sdk.compiled import check_parameters
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator

CHANGE, STEPS = "change", "steps"
_NO_TITLE = 1_000

_LONE_SETTINGS = frozenset(
    {
        *("code", "title", "kind", "where", "gates", "tree", "tie_breakers", "ladders", "peers"),
        *("weights_source", "certificate_title", "criterion", "weight", "scale", "parameters"),
        *("missing", "not_applicable", "aggregation", "least_share", "children", "cap"),
        "least_availability",
    }
)
_LONE_POLICIES = frozenset({"ineligible", "reweight", "zero"})
_LONE_LADDERS = frozenset({"bands", "top-n"})


@dataclass(frozen=True)
class Change:
    """An indicator, and what one step adds to it; below zero where less is better."""

    indicator: Indicator
    step: float

    @property
    def key(self) -> tuple[str, float]:
        """What tells it from other changes."""
        return self.indicator.code, self.step


def depends_on_others(definition: CategoryDefinition, *, rulebook: RuleBook) -> bool:
    """Whether a figure of one candidate may change the points or titles of others.

    Only what is known to look at one candidate alone counts as such: scales without
    cohort statistics, policies that need no cohort, ladders by place or total. Any other
    setting of a definition means that all must be computed again.
    """
    leaves = list(definition.tree.leaves())
    settings: list[BaseModel] = [definition, *definition.gates, *definition.ladders]
    settings += [*definition.tree.groups(), *leaves]
    return (
        any(_set_beyond(each) for each in settings)
        or any(leaf.missing not in _LONE_POLICIES for leaf in leaves)
        or any(rulebook.scale(leaf.scale.code).statistics for leaf in leaves)
        or any(use.code not in _LONE_LADDERS for use in definition.ladders)
        or any(use.parameters.get("within") is not None for use in definition.ladders)
        or not all(stands_alone(use, rulebook=rulebook) for use in definition.gates)
    )


def _set_beyond(setting: BaseModel) -> bool:
    """Whether *setting* says something that is not known to concern one candidate alone."""
    return any(
        getattr(setting, name) != declared.get_default(call_default_factory=True)
        for name, declared in type(setting).model_fields.items()
        if name not in _LONE_SETTINGS
    )


def passing_over(rulebook: RuleBook) -> RuleBook:
    """*rulebook* for a search that goes step by step: scales that refuse values between
    allowed ones take them for the worse of those beside them."""
    scales = {code: scale.passable() for code, scale in rulebook.scales.items()}
    return replace(rulebook, scales=scales)


class Rivals:
    """The keys that decided the places of all ranked candidates of a run."""

    def __init__(self, results: pl.LazyFrame, definition: CategoryDefinition) -> None:
        self._names = compared_columns(definition)
        keys = self._keyed(results.filter(pl.col("place").is_not_null())).collect()
        counted = keys.group_by(self._keys).agg(pl.len().cast(pl.Int64).alias("held"))
        self._counted = counted

    @property
    def _keys(self) -> list[str]:
        return [f"key:{number}" for number in range(len(self._names))]

    def _keyed(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Quantized; what a rule does not allow has no key, and so no place."""
        sound = {name: pl.when(pl.col(name).abs() < LARGEST).then(name) for name in self._names}
        return frame.select(
            (sound[name] * QUANTA).round().cast(pl.Int64).alias(key)
            for key, name in zip(self._keys, self._names, strict=True)
        )

    def places(self, tried: pl.DataFrame) -> pl.Series:
        """The place of each row of *tried* among the others; missing where it has no
        total. Right for tries that do not do worse than the candidate itself does."""
        keys = self._keyed(tried.lazy()).collect()
        tries = keys.unique().with_columns(held=pl.lit(0, pl.Int64))
        whole = pl.concat([self._counted, tries]).group_by(self._keys).agg(pl.col("held").sum())
        ordered = whole.sort(*self._keys, descending=True, nulls_last=True)
        ahead = ordered.with_columns(place=pl.col("held").cum_sum() - pl.col("held") + 1)
        found = keys.join(ahead, on=self._keys, how="left", nulls_equal=True, maintain_order="left")
        known = pl.col(self._keys[0]).is_not_null()
        return found.select(pl.when(known).then("place").cast(pl.Int32)).to_series()


class Trials:
    """Tries for some candidates, whose *facts* are ``row``, ``id``, attributes and
    indicators. Only for definitions that do not depend on others."""

    def __init__(
        self,
        facts: pl.DataFrame,
        definition: CategoryDefinition,
        *,
        rulebook: RuleBook,
        rivals: Rivals,
    ) -> None:
        self._facts, self._definition = facts, definition
        self._rulebook, self._rivals = passing_over(rulebook), rivals
        self.changes: list[Change] = []

    def outcomes(self, tries: pl.DataFrame) -> pl.DataFrame:
        """*tries* (``row``, ``change``, ``steps``) with what the rules then give: ``to``,
        ``total``, ``place``, ``step:n`` (position of the title of ladder n, from 0, highest
        first), points and raw values. ``place`` is missing where there is none."""
        changed = changed_facts(tries, self._facts, self.changes)
        frame = nw.from_native(changed.lazy())
        measured = measure(frame, self._definition, rulebook=self._rulebook)
        scored = self._scored(measured)
        total = columns.value(self._definition.tree.code)
        found = scored.to_native().with_columns(total=pl.col(total)).collect()
        placed = found.with_columns(place=self._rivals.places(found))
        titled = assign_titles(
            nw.from_native(placed.lazy()), self._definition, rulebook=self._rulebook
        )
        return title_steps(titled.to_native(), self._definition, rulebook=self._rulebook).collect()

    def _scored(self, measured: Frame) -> Frame:
        given, rulebook = self._definition, self._rulebook
        nobody = cohort_statistics(measured, given, rulebook=rulebook)
        return score(measured, given, rulebook=rulebook, cohorts=nobody)


def changed_facts(
    tries: pl.DataFrame, facts: pl.DataFrame, changes: Sequence[Change]
) -> pl.DataFrame:
    """*tries* with the facts of their candidates, one figure of each changed; the new one
    beside as ``to``."""
    joined = tries.join(facts, on="row", how="left", maintain_order="left")
    number = pl.col(CHANGE)
    found: dict[str, pl.Expr] = {}
    for at, change in enumerate(changes):
        code = change.indicator.code
        new = changed_value(pl.col(code), change, pl.col(STEPS))
        found[code] = pl.when(number == at).then(new).otherwise(found.get(code, pl.col(code)))
    codes = [pl.when(number == at).then(each.indicator.code) for at, each in enumerate(changes)]
    told = joined.with_columns(**found)
    return told.with_columns(to=pl.coalesce(codes).cast(pl.Float64))


def changed_value(value: pl.Expr, change: Change, steps: pl.Expr) -> pl.Expr:
    """*value* after *steps*, exact in decimals up to the tenth."""
    if change.indicator.type is int:
        return value + steps * int(change.step)
    return (value + steps.cast(pl.Float64) * change.step).round(10)


def title_steps(
    titled: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.LazyFrame:
    """*titled* with the position of each ladder's title, highest first, from 0; a number
    beyond all where there is none."""
    found: dict[str, pl.Expr] = {}
    for step, codes in enumerate(title_codes(definition, rulebook=rulebook)):
        known = pl.col(columns.title(step)).replace_strict(
            codes, range(len(codes)), default=_NO_TITLE, return_dtype=pl.Int32
        )
        found[f"step:{step}"] = known.fill_null(_NO_TITLE)
    return titled.with_columns(**found)


def title_codes(
    definition: CategoryDefinition, *, rulebook: RuleBook
) -> tuple[tuple[str, ...], ...]:
    """The codes of every ladder's titles, highest first."""
    found = []
    for use in definition.ladders:
        ladder = rulebook.ladder(use.code)
        given = check_parameters(ladder.parameters, use.parameters, f"ladder {use.code!r}")
        found.append(tuple(ladder.words(given)))
    return tuple(found)


def allowed(leaves: Sequence[Leaf], change: Change, *, rulebook: RuleBook) -> pl.Expr:
    """Whether a tried figure can be true: within the indicator's bounds, and no part of
    people larger than its whole. Reads ``to``, and ``own raw:x`` of the candidate."""
    to, found = pl.col("to"), pl.lit(value=True)
    if change.indicator.maximum is not None:
        found = found & (to <= change.indicator.maximum)
    least = change.indicator.minimum
    if least is None and change.indicator.type is int:
        least = 0
    if least is not None:
        found = found & (to >= least)
    for leaf in leaves:
        criterion = rulebook.criterion(leaf.code)
        people = [each.unit for each in criterion.inputs] == ["people"] * 2
        if criterion.unit == "ratio" and people and criterion.parameters is None:
            raw = pl.col(columns.raw(leaf.code))
            kept = (raw <= 1.0) | (raw <= pl.col(f"own {columns.raw(leaf.code)}"))
            found = found & kept.fill_null(value=True)
    return found
