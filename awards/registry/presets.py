"""Check that a program preset can work with the rules that are registered."""

from collections.abc import Iterator
from contextlib import contextmanager

from awards.domain.definition import CategoryDefinition, EditionDefinition, Group, Leaf, Use
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

_RULES = {"kind", "where", "gates", "tree", "ladders"}


def check_program(program: Program, rulebook: RuleBook) -> None:
    """Raise `PluginError`, naming preset, edition, category and rule, for a code that
    nothing bears, a rule for another kind of candidate, or parameters that are refused."""
    seen: set[str] = set()
    with _naming(f"program {program.code!r}"):
        _check_samples(program, rulebook)
        for edition in program.definition.editions:
            check_edition(edition, rulebook, seen=seen)


def check_edition(
    edition: EditionDefinition, rulebook: RuleBook, *, seen: set[str] | None = None
) -> None:
    """Raise `PluginError`, naming category and rule, as `check_program` does; categories
    whose rules were *seen* before are not checked again."""
    with _naming(f"edition {edition.code!r}"):
        rulebook.certificate_design(edition.certificate.design)
        rulebook.classifications_of(edition)
        _check_categories(edition, rulebook, set() if seen is None else seen)


def _check_categories(edition: EditionDefinition, rulebook: RuleBook, seen: set[str]) -> None:
    """Check each category whose rules were not *seen* in an earlier edition."""
    for category in edition.categories:
        rules = category.model_dump_json(include=_RULES)
        if rules not in seen:
            with _naming(f"category {category.code!r}"):
                _check_category(category, rulebook)
        seen.add(rules)


@contextmanager
def _naming(place: str) -> Iterator[None]:
    """Put *place* in front of what goes wrong inside."""
    try:
        yield
    except AwardsError as error:
        raise PluginError(f"{place}: {error}") from error


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


def _check_category(category: CategoryDefinition, rulebook: RuleBook) -> None:
    kind = rulebook.kind(category.kind)
    _check_filter(category, kind)
    for requirement in category.requirements:
        for use in (*requirement.uses, *requirement.when):
            gate = rulebook.gate(use.code)
            _check_kind(gate, kind, f"gate {gate.code!r}")
            probe_gate(gate, use.parameters)
            _check_history(gate, use, category)
    for leaf in category.tree.leaves():
        _check_leaf(leaf, kind, rulebook)
    for group in category.tree.groups():
        _check_aggregation(group, rulebook)
    for use in category.ladders:
        ladder = rulebook.ladder(use.code)
        probe_ladder(ladder, use.parameters, attributes=kind.attributes, category=category)


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


def _check_leaf(leaf: Leaf, kind: Kind, rulebook: RuleBook) -> None:
    criterion = rulebook.criterion(leaf.criterion)
    _check_kind(criterion, kind, f"criterion {criterion.code!r}")
    probe_criterion(criterion, leaf.parameters)
    with _naming(f"criterion {criterion.code!r}"):
        _check_treatment(leaf, kind, rulebook)
        _check_scale(leaf.scale, criterion, kind, rulebook)


def _check_treatment(leaf: Leaf, kind: Kind, rulebook: RuleBook) -> None:
    known = [each.code for each in kind.attributes]
    for name in (leaf.cohort, leaf.missing_by):
        if name is not None and name not in known:
            raise PluginError(
                f"it groups candidates by {name!r}, which is no attribute of {kind.code!r}."
            )
    if leaf.denominator is not None:
        below = rulebook.denominator(leaf.denominator)
        if isinstance(below, Criterion):
            _check_kind(below, kind, f"the denominator {below.code!r}")
            probe_criterion(below, {})


def _check_scale(use: Use, criterion: Criterion, kind: Kind, rulebook: RuleBook) -> None:
    probe_scale(
        rulebook.scale(use.code),
        use.parameters,
        less_is_better=criterion.less_is_better,
        attributes=kind.attributes,
    )


def _check_aggregation(group: Group, rulebook: RuleBook) -> None:
    probe_aggregation(rulebook.aggregation(group.aggregation.code), group.aggregation.parameters)


def _check_kind(rule: Criterion | Gate, kind: Kind, name: str) -> None:
    accepted = [each.code for each in rule.applies_to]
    if kind.code not in accepted:
        raise PluginError(f"{name} applies to {', '.join(accepted)}, not to {kind.code!r}.")
