"""Put what plugins registered together into one rule book, and refuse clashes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from awards.registry.presets import PresetCheck
from awards.registry.reading import HOOKS, Declared
from awards.sdk.errors import PluginError
from awards.sdk.records import RecordType
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import CertificateDesign, Criterion, Gate, Indicator, Kind

T = TypeVar("T")

DESIGN_FILES = ("certificate.html", "style.css", "design.toml")


class Misfit(PluginError):
    """One plugin does not fit with the others; ``plugin`` is the one to leave out."""

    def __init__(self, message: str, *, plugin: Declared) -> None:
        super().__init__(message)
        self.plugin = plugin


def assemble(plugins: Sequence[Declared], *, designs: Path | None) -> RuleBook:
    """Everything that *plugins* registered, by code.

    *designs* is the folder that relative design folders lie in; None leaves those
    unchecked. Raises `Misfit` for the first clash or preset that cannot work.
    """
    shared = {
        "kinds": _merge_shared(plugins, "kinds", _kinds_of),
        "indicators": _merge_shared(plugins, "indicators", _indicators_of),
        "records": _merge_shared(plugins, "records", _records_of),
    }
    own = {plural: _merge_unique(plugins, plural) for plural in HOOKS if plural not in shared}
    rulebook = RuleBook(**shared, **own, plugins=tuple(each.source for each in plugins))
    presets = PresetCheck(rulebook)
    for plugin in plugins:
        _check(plugin, rulebook, designs, presets)
    return rulebook


def _merge_unique(plugins: Sequence[Declared], plural: str) -> Mapping[str, Any]:
    word = HOOKS[plural].word
    found: dict[str, Any] = {}
    owners: dict[str, Declared] = {}
    for plugin in plugins:
        for rule in getattr(plugin, plural):
            if rule.code in owners:
                raise Misfit(
                    f"The {word} {rule.code!r} is registered twice: by plugin "
                    f"{owners[rule.code].where} and by plugin {plugin.where}. "
                    "Give one of them another code.",
                    plugin=plugin,
                )
            found[rule.code], owners[rule.code] = rule, plugin
    return found


def _merge_shared(
    plugins: Sequence[Declared], plural: str, of: Callable[[Declared], Iterable[Any]]
) -> Mapping[str, Any]:
    """What several plugins may bring along, as long as it is the same every time."""
    word = HOOKS[plural].word
    found = {} if plural == "indicators" else dict(_merge_unique(plugins, plural))
    owners = {
        code: plugin for plugin in plugins for code in _codes(plugin, plural) if code in found
    }
    for plugin in plugins:
        for each in of(plugin):
            known = found.setdefault(each.code, each)
            owner = owners.setdefault(each.code, plugin)
            if known != each:
                raise Misfit(
                    f"The {word} {each.code!r} is declared in two ways: by plugin {owner.where} "
                    f"and by plugin {plugin.where}; they differ in "
                    f"{', '.join(_differences(known, each))}. Import one declaration, or rename.",
                    plugin=plugin,
                )
    return found


def _codes(plugin: Declared, plural: str) -> set[str]:
    return {each.code for each in getattr(plugin, plural)}


def _differences(left: object, right: object) -> list[str]:
    return [name for name, value in vars(left).items() if vars(right)[name] != value]


def _rules(plugin: Declared) -> tuple[Criterion | Gate, ...]:
    return (*plugin.criteria, *plugin.gates)


def _kinds_of(plugin: Declared) -> Iterable[Kind]:
    yield from (kind for rule in _rules(plugin) for kind in rule.applies_to)
    yield from (kind for each in plugin.classifications for kind in each.kinds)


def _indicators_of(plugin: Declared) -> Iterable[Indicator]:
    yield from plugin.indicators
    for rule in (*_rules(plugin), *plugin.classifications):
        yield from rule.inputs


def _records_of(plugin: Declared) -> Iterable[RecordType]:
    return (each.tally.record for each in _indicators_of(plugin) if each.tally)


def _check(
    plugin: Declared, rulebook: RuleBook, designs: Path | None, presets: PresetCheck
) -> None:
    try:
        for rule in _rules(plugin):
            _refuse_attribute_names(rule)
        for record in (*plugin.records, *_records_of(plugin)):
            _check_registers(record, rulebook)
        for design in plugin.certificate_designs:
            _check_design(design, designs)
        for program in plugin.programs:
            presets.check_program(program)
    except PluginError as error:
        raise Misfit(f"Plugin {plugin.where}: {error}", plugin=plugin) from error


def _refuse_attribute_names(rule: Criterion | Gate) -> None:
    for kind in rule.applies_to:
        taken = {each.code for each in kind.attributes} & {each.code for each in rule.inputs}
        if taken:
            raise PluginError(
                f"{type(rule).__name__.lower()} {rule.code!r}: the indicator {min(taken)!r} has "
                f"the code of an attribute of {kind.code!r}. Rename the indicator."
            )


def _check_registers(record: RecordType, rulebook: RuleBook) -> None:
    for column in record.columns:
        if column.register is not None and column.register not in rulebook.kinds:
            raise PluginError(
                f"record {record.code!r}: column {column.code!r} holds ids of "
                f"{column.register!r}, but no kind of candidate is called so."
            )


def _check_design(design: CertificateDesign, designs: Path | None) -> None:
    if not design.folder.is_absolute() and designs is None:
        return
    folder = design.folder if designs is None else designs / design.folder
    missing = [name for name in DESIGN_FILES if not (folder / name).is_file()]
    if missing:
        raise PluginError(
            f"certificate design {design.code!r} lacks {', '.join(missing)} in {folder}."
        )
