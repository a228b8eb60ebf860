"""Everything that the plugins registered, by code: what a run is evaluated with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from awards.domain.definition import CategoryDefinition, EditionDefinition, GateUse, Leaf, Use
from awards.domain.errors import NotFound
from awards.domain.text import Text
from awards.sdk.aggregations import Aggregation, BoundAggregation
from awards.sdk.classifications import Classification
from awards.sdk.compiled import bind_aggregation
from awards.sdk.errors import PluginError
from awards.sdk.ladders import Ladder
from awards.sdk.records import RecordType
from awards.sdk.scales import Scale
from awards.sdk.types import (
    CertificateDesign,
    Criterion,
    Gate,
    Indicator,
    Kind,
    Program,
)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class PluginSource:
    """A plugin as it was loaded: its name, version, files and their SHA-256.

    ``adds`` lists what it registered as ``criterion:code``, ``scale:code`` …;
    ``module`` is the full name it is imported by.
    """

    name: str
    version: str
    origin: str
    files: tuple[Path, ...]
    digest: str
    adds: tuple[str, ...] = ()
    module: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """All registered rules. A code that nothing bears raises `NotFound`."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    classifications: Mapping[str, Classification] = field(default_factory=dict)
    records: Mapping[str, RecordType] = field(default_factory=dict)
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    aggregations: Mapping[str, Aggregation] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)
    certificate_designs: Mapping[str, CertificateDesign] = field(default_factory=dict)
    plugins: tuple[PluginSource, ...] = ()

    def owner(self, word: str, code: str) -> str:
        """``of plugin 'NAME'``: who registered the *word* (criterion, scale …) *code*;
        nothing for a rule that no plugin brought."""
        found = [each.name for each in self.plugins if f"{word}:{code}" in each.adds]
        return f" of plugin {found[0]!r}" if found else ""

    def kind(self, code: str) -> Kind:
        return _found(self.kinds, code, "kind of candidate")

    def classification(self, code: str) -> Classification:
        return _found(self.classifications, code, "classification")

    def record(self, code: str) -> RecordType:
        return _found(self.records, code, "type of record")

    def criterion(self, code: str) -> Criterion:
        return _found(self.criteria, code, "criterion")

    def gate(self, code: str) -> Gate:
        return _found(self.gates, code, "gate")

    def scale(self, code: str) -> Scale:
        return _found(self.scales, code, "scale")

    def aggregation(self, code: str) -> Aggregation:
        return _found(self.aggregations, code, "aggregation")

    def bound_aggregation(self, use: Use) -> BoundAggregation:
        """The aggregation that *use* names, with its parameters; `BadExpression` for
        parameters that it refuses."""
        return bind_aggregation(self.aggregation(use.code), use.parameters)

    def ladder(self, code: str) -> Ladder:
        return _found(self.ladders, code, "ladder")

    def program(self, code: str) -> Program:
        return _found(self.programs, code, "program")

    def certificate_design(self, code: str) -> CertificateDesign:
        return _found(self.certificate_designs, code, "certificate design")

    def indicators_of(self, definition: CategoryDefinition) -> tuple[Indicator, ...]:
        """The indicators a category needs, each once, in the order of its rules."""
        rules = [gate.inputs for use in definition.gates for gate in self.gates_in(use)]
        rules += [self.inputs_of(leaf) for leaf in definition.tree.leaves()]
        unique = {indicator.code: indicator for inputs in rules for indicator in inputs}
        return tuple(unique.values())

    def gates_in(self, use: GateUse) -> tuple[Gate, ...]:
        """All gates that *use* asks: itself, its alternatives and its conditions."""
        return tuple(self.gate(each.code) for each in (*use.uses, *use.when))

    def gate_words(self, use: GateUse) -> tuple[Text, Text]:
        """Title and reason of *use*: its own words, or those of the gates that can be
        passed, joined by “or”."""
        ways = [self.gate(each.code) for each in use.uses]
        title: Text = use.title or _either([each.title for each in ways], " / ")
        return title, use.reason or _either([each.reason for each in ways], _OR)

    def inputs_of(self, leaf: Leaf) -> tuple[Indicator, ...]:
        """The indicators that the criterion reads, then those of its denominator."""
        own = self.criterion(leaf.code).inputs
        if leaf.denominator is None:
            return own
        below = self.denominator(leaf.denominator)
        more = (below,) if isinstance(below, Indicator) else below.inputs
        return tuple({each.code: each for each in (*own, *more)}.values())

    def denominator(self, code: str) -> Indicator | Criterion:
        """The indicator that is called *code*, else the criterion."""
        if code in self.indicators:
            return self.indicators[code]
        return _found(self.criteria, code, "indicator or criterion")

    def classifications_of(
        self, edition: EditionDefinition, *, kind: str | None = None
    ) -> tuple[Classification, ...]:
        """Those that *edition* goes by; with *kind* only those for such candidates.

        Raises `PluginError` when one is not valid at the end of the period, is for
        no kind that the edition judges, or fills what another one fills.
        """
        found = tuple(self.classification(code) for code in edition.classifications)
        judged = {category.kind for category in edition.categories}
        filled: dict[tuple[str, str], Classification] = {}
        for each in found:
            _refuse_invalid(each, edition)
            kinds = judged & {one.code for one in each.kinds}
            if not kinds:
                raise PluginError(f"classification {each.code!r} is for no kind of this edition.")
            for one in sorted(kinds):
                _refuse_filled(filled.setdefault((one, each.attribute), each), each)
        return tuple(
            each for each in found if kind is None or kind in {one.code for one in each.kinds}
        )


def _refuse_invalid(each: Classification, edition: EditionDefinition) -> None:
    if not each.is_valid_on(edition.period_end):
        raise PluginError(
            f"classification {each.code!r} is not valid on {edition.period_end}, the end of the "
            f"period: it holds from {each.valid_from or 'the beginning'} to "
            f"{each.valid_to or 'today'}. Name the one that was in force."
        )


def _refuse_filled(first: Classification, each: Classification) -> None:
    if first is not each:
        raise PluginError(
            f"classifications {first.code!r} and {each.code!r} both fill {each.attribute!r}. "
            "Name one of them."
        )


_OR = {"en": " Or: ", "id": " Atau: "}


def _either(texts: Sequence[Text], between: Text | str) -> Text:
    """*texts* joined, in every language that each of them has."""
    shared = [code for code in texts[0] if all(code in each for each in texts)]
    gap = dict.fromkeys(shared, between) if isinstance(between, str) else between
    return {code: gap.get(code, " / ").join(each[code] for each in texts) for code in shared}


def _found(registered: Mapping[str, T], code: str, what: str) -> T:
    if code not in registered:
        known = ", ".join(sorted(registered)) or "none"
        raise NotFound(f"No {what} is called {code!r}. Known: {known}.")
    return registered[code]
