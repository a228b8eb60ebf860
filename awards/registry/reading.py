"""Read one plugin: import it, call its hooks, check and probe what they return."""

import difflib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from awards.registry.discovery import BUNDLED, Location
from awards.registry.sources import digest_of, file_of, source_files
from awards.sdk import hookspecs
from awards.sdk.aggregations import Aggregation
from awards.sdk.classifications import Classification
from awards.sdk.errors import PluginError
from awards.sdk.ladders import Ladder
from awards.sdk.markers import API_VERSION, PROJECT
from awards.sdk.probing import (
    probe_aggregation,
    probe_classification,
    probe_criterion,
    probe_gate,
    probe_kind,
)
from awards.sdk.records import RecordType
from awards.sdk.rulebook import PluginSource
from awards.sdk.scales import Scale
from awards.sdk.types import (
    CertificateDesign,
    Criterion,
    Gate,
    Indicator,
    Kind,
    Program,
)

_PREFIX = "awards_register_"


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Everything that one plugin registered; a field for each hook."""

    source: PluginSource
    kinds: tuple[Kind, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    classifications: tuple[Classification, ...] = ()
    records: tuple[RecordType, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    gates: tuple[Gate, ...] = ()
    scales: tuple[Scale, ...] = ()
    aggregations: tuple[Aggregation, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    programs: tuple[Program, ...] = ()
    certificate_designs: tuple[CertificateDesign, ...] = ()

    @property
    def where(self) -> str:
        """The plugin as messages name it, with its file."""
        return named(self.source.name, next(iter(self.source.files), None))


@dataclass(frozen=True, kw_only=True)
class _Hook:
    """What a hook must return, and the word for one of it."""

    type: type[Any]
    word: str


HOOKS: dict[str, _Hook] = {
    "kinds": _Hook(type=Kind, word="kind"),
    "indicators": _Hook(type=Indicator, word="indicator"),
    "classifications": _Hook(type=Classification, word="classification"),
    "records": _Hook(type=RecordType, word="record"),
    "criteria": _Hook(type=Criterion, word="criterion"),
    "gates": _Hook(type=Gate, word="gate"),
    "scales": _Hook(type=Scale, word="scale"),
    "aggregations": _Hook(type=Aggregation, word="aggregation"),
    "ladders": _Hook(type=Ladder, word="ladder"),
    "programs": _Hook(type=Program, word="program"),
    "certificate_designs": _Hook(type=CertificateDesign, word="certificate-design"),
}


def named(name: str, file: Path | None) -> str:
    """A plugin as messages name it."""
    return f"{name!r} ({file})" if file else repr(name)


def new_manager() -> pluggy.PluginManager:
    """A manager that knows the hooks and no plugin."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    return manager


def read_plugin(
    location: Location, manager: pluggy.PluginManager, *, probing: bool = True
) -> Declared | None:
    """What the plugin at *location* registers; None for a bundled module without hooks.
    Its rules are tried out, unless they were before: *probing* says so.

    Raises whatever the plugin raises, and `PluginError` for what it does wrong.
    """
    module = location.load()
    _check_api(module)
    _check_markers(module, manager)
    _register(module, location.name, manager)
    try:
        return _read(module, location, manager, probing=probing)
    except BaseException:
        manager.unregister(module)
        raise


def _read(
    module: ModuleType, location: Location, manager: pluggy.PluginManager, *, probing: bool
) -> Declared | None:
    _refuse_unknown_hooks(manager)
    returned = dict(_call_hooks(module, manager))
    if not returned:
        _refuse_without_hooks(location)
        return None
    declared = Declared(source=_source(module, location), **returned)
    if probing:
        _probe(declared)
    return replace(declared, source=replace(declared.source, adds=_adds(declared)))


def _refuse_without_hooks(location: Location) -> None:
    if location.origin != BUNDLED:
        raise PluginError(
            "It implements no hook. Write a function such as awards_register_criteria "
            "and mark it with @hookimpl."
        )


def _check_api(module: ModuleType) -> None:
    wanted = getattr(module, "AWARDS_API", API_VERSION)
    if wanted != API_VERSION or isinstance(wanted, bool):
        raise PluginError(
            f"It is written for plugin API {wanted!r}; this version of awards has "
            f"{API_VERSION}. Install a version of the plugin for API {API_VERSION}."
        )


def _check_markers(module: ModuleType, manager: pluggy.PluginManager) -> None:
    for name, member in list(vars(module).items()):
        options = manager.parse_hookimpl_opts(module, name)
        own = inspect.isfunction(member) and member.__module__ == module.__name__
        if options is None:
            if own and name.startswith("awards_"):
                raise PluginError(f"{name} is not marked with @hookimpl: nothing would call it.")
        elif options["wrapper"] or options["hookwrapper"] or options["optionalhook"]:
            raise PluginError(f"{name}: a plugin adds rules; mark it with plain @hookimpl.")


def _register(module: ModuleType, name: str, manager: pluggy.PluginManager) -> None:
    taken = manager.get_plugin(name)
    if taken is not None:
        raise PluginError(f"Another plugin has this name: {file_of(taken)}. Rename one of them.")
    try:
        manager.register(module, name=name)
    except pluggy.PluginValidationError as error:
        lines = str(error).split("\n")
        raise PluginError(f"{lines[0].partition('for ')[2]}: {lines[-1]}.") from error


def _refuse_unknown_hooks(manager: pluggy.PluginManager) -> None:
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        name = str(error).split("'")[1]
        known = [f"{_PREFIX}{each}" for each in HOOKS]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Hooks: {', '.join(known)}."
        raise PluginError(f"There is no hook {name!r}. {hint}") from error


def _call_hooks(
    module: ModuleType, manager: pluggy.PluginManager
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for caller in manager.get_hookcallers(module) or ():
        own = [each for each in caller.get_hookimpls() if each.plugin is module]
        found: tuple[Any, ...] = ()
        for implementation in own:
            found += _checked(caller.name, implementation.function())
        yield caller.name.removeprefix(_PREFIX), found


def _checked(name: str, returned: object) -> tuple[Any, ...]:
    wanted = HOOKS[name.removeprefix(_PREFIX)].type
    if not isinstance(returned, tuple):
        raise PluginError(
            f"{name} returned {type(returned).__name__}, not a tuple: "
            f"write `return (…,)` with every {wanted.__name__} inside."
        )
    for each in returned:
        if not isinstance(each, wanted):
            raise PluginError(f"{name} returned {each!r} among what must be {wanted.__name__}.")
    return returned


def _source(module: ModuleType, location: Location) -> PluginSource:
    files = source_files(module)
    return PluginSource(
        name=location.name,
        version=location.version or str(getattr(module, "__version__", "unversioned")),
        origin=location.origin,
        files=files,
        digest=digest_of(files) if files else "",
        module=module.__name__,
    )


def _adds(declared: Declared) -> tuple[str, ...]:
    found: list[str] = []
    for each in fields(declared):
        if each.name in HOOKS:
            word = HOOKS[each.name].word
            found += [f"{word}:{rule.code}" for rule in getattr(declared, each.name)]
    return tuple(found)


def _probe(declared: Declared) -> None:
    for kind in declared.kinds:
        probe_kind(kind)
    for classification in declared.classifications:
        probe_classification(classification)
    for criterion in declared.criteria:
        probe_criterion(criterion)
    for gate in declared.gates:
        probe_gate(gate)
    for aggregation in declared.aggregations:
        probe_aggregation(aggregation)
