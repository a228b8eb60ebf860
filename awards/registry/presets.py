"""Check that a program preset can work with the rules that are registered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from awards.domain.canonical import canonical_json
from awards.domain.definition import CategoryDefinition, EditionDefinition, Leaf, Use
from awards.domain.errors import AwardsError
from awards.sdk.compiled import looks_back
from awards.sdk.errors import PluginError
from awards.sdk.probing import (
    probe_aggregation,
    probe_criterion,
    probe_gate,
    probe_ladder,
    probe_scale,
)
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Criterion, Gate, Kind, Program

_NAMED = {"kind", "gates", "tree"}
"""What of a category a ladder may name: its attributes, gates and nodes."""


@contextmanager
def _naming(place: str) -> Iterator[None]:
    """Put *place* in front of what goes wrong inside."""
    try:
        yield
    except AwardsError as error:
        raise PluginError(f"{place}: {error}") from error


def check_edition(edition: EditionDefinition, rulebook: RuleBook) -> None:
    """Raise `PluginError`, naming category and rule, for rules that cannot work here."""
    PresetCheck(rulebook).check_edition(edition)


def check_category(category: CategoryDefinition, rulebook: RuleBook) -> None:
    """Raise `PluginError`, naming category and rule, for rules that cannot work here."""
    PresetCheck(rulebook).check_category(category)


class PresetCheck:
    """Checks presets against the rules of a rulebook.

    Editions and categories repeat their rules: what was probed once with the same
    parameters is not probed again.
    """

    def __init__(self, rulebook: RuleBook) -> None:
        self._rulebook = rulebook
        self._probed: set[bytes] = set()

    def check_program(self, program: Program) -> None:
        """Raise `PluginError`, naming preset, edition, category and rule, for a code that
        nothing bears, a rule for another kind of candidate, or parameters that are refused."""
        with _naming(f"program {program.code!r}"):
            _check_samples(program, self._rulebook)
            for edition in program.definition.editions:
                self.check_edition(edition)

    def check_edition(self, edition: EditionDefinition) -> None:
        """As `check_program`, for one edition."""
        with _naming(f"edition {edition.code!r}"):
            self._rulebook.certificate_design(edition.certificate.design)
            self._rulebook.classifications_of(edition)
            for category in edition.categories:
                self.check_category(category)

    def check_category(self, category: CategoryDefinition) -> None:
        """As `check_program`, for one category."""
        with _naming(f"category {category.code!r}"):
            self._check_rules(category)

    def _check_rules(self, category: CategoryDefinition) -> None:
        kind = self._rulebook.kind(category.kind)
        _check_filter(category, kind)
        for requirement in category.gates:
            for use in (*requirement.uses, *requirement.when):
                self._check_gate(use, kind, category)
        for leaf in category.tree.leaves():
            self._check_leaf(leaf, kind)
        for group in category.tree.groups():
            self._check_aggregation(group.aggregation)
        for use in category.ladders:
            ladder = self._rulebook.ladder(use.code)
            if self._is_new("ladder", use, category.model_dump(mode="json", include=_NAMED)):
                probe_ladder(ladder, use.parameters, attributes=kind.attributes, category=category)

    def _check_gate(self, use: Use, kind: Kind, category: CategoryDefinition) -> None:
        gate = self._rulebook.gate(use.code)
        _check_kind(gate, kind, f"gate {gate.code!r}")
        if self._is_new("gate", use):
            probe_gate(gate, use.parameters)
        _check_history(gate, use, category)

    def _check_leaf(self, leaf: Leaf, kind: Kind) -> None:
        criterion = self._rulebook.criterion(leaf.criterion)
        _check_kind(criterion, kind, f"criterion {criterion.code!r}")
        self._probe_criterion(criterion, leaf.parameters)
        with _naming(f"criterion {criterion.code!r}"):
            _check_groups(leaf, kind)
            self._check_denominator(leaf, kind)
            self._check_scale(leaf.scale, criterion, kind)

    def _probe_criterion(self, criterion: Criterion, parameters: dict[str, Any]) -> None:
        if self._is_new("criterion", Use(code=criterion.code, parameters=parameters)):
            probe_criterion(criterion, parameters)

    def _check_denominator(self, leaf: Leaf, kind: Kind) -> None:
        if leaf.denominator is None:
            return
        below = self._rulebook.denominator(leaf.denominator)
        if isinstance(below, Criterion):
            _check_kind(below, kind, f"the denominator {below.code!r}")
            self._probe_criterion(below, {})

    def _check_scale(self, use: Use, criterion: Criterion, kind: Kind) -> None:
        scale = self._rulebook.scale(use.code)
        if self._is_new("scale", use, [kind.code, criterion.less_is_better]):
            probe_scale(
                scale,
                use.parameters,
                less_is_better=criterion.less_is_better,
                attributes=kind.attributes,
            )

    def _check_aggregation(self, use: Use) -> None:
        aggregation = self._rulebook.aggregation(use.code)
        if self._is_new("aggregation", use):
            probe_aggregation(aggregation, use.parameters)

    def _is_new(self, what: str, use: Use, *beside: object) -> bool:
        """Whether *use* was not met before; *beside* is what else its probe depends on."""
        key = canonical_json([what, use.model_dump(mode="json"), *beside])
        found = key not in self._probed
        self._probed.add(key)
        return found


def _check_samples(program: Program, rulebook: RuleBook) -> None:
    editions = {edition.code for edition in program.definition.editions}
    for sample in program.samples:
        rulebook.kind(sample.kind)
        if sample.edition not in editions:
            raise PluginError(f"a sample names the edition {sample.edition!r}, which is not there.")
        if not sample.file.is_file():
            raise PluginError(f"the sample file {sample.file} does not exist.")
    for each in program.generated:
        if each.edition not in editions:
            raise PluginError(
                f"data are made up for the edition {each.edition!r}, which is not there."
            )


def _check_history(gate: Gate, use: Use, category: CategoryDefinition) -> None:
    needed = looks_back(gate, use.parameters)
    if needed > len(category.earlier):
        raise PluginError(
            f"gate {gate.code!r} looks back {needed} editions, but the category names "
            f"{len(category.earlier)} earlier ones."
        )


def _check_filter(category: CategoryDefinition, kind: Kind) -> None:
    known = {each.code: each for each in kind.attributes}
    for code, wanted in category.where.items():
        if code not in known:
            raise PluginError(
                f"it keeps candidates by {code!r}, which is no attribute of {kind.code!r}."
            )
        strange = [
            value for value in wanted if known[code].values and value not in known[code].values
        ]
        if strange:
            raise PluginError(f"attribute {code!r} is never {strange[0]!r}.")


def _check_groups(leaf: Leaf, kind: Kind) -> None:
    known = [each.code for each in kind.attributes]
    for name in (leaf.cohort, leaf.missing_by):
        if name is not None and name not in known:
            raise PluginError(
                f"it groups candidates by {name!r}, which is no attribute of {kind.code!r}."
            )


def _check_kind(rule: Criterion | Gate, kind: Kind, name: str) -> None:
    accepted = [each.code for each in rule.applies_to]
    if kind.code not in accepted:
        raise PluginError(f"{name} applies to {', '.join(accepted)}, not to {kind.code!r}.")
