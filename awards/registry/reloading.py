"""Load the rules of a few plugins again, in another process, as they were loaded here."""

import importlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import pluggy

from awards.registry.assembling import assemble
from awards.registry.discovery import FOLDER, Location, locate_file
from awards.registry.loading import quiet
from awards.registry.reading import Declared, new_manager, read_plugin
from awards.sdk.errors import PluginError
from awards.sdk.rulebook import PluginSource, RuleBook


class PluginChanged(PluginError):
    """A plugin's files are no longer the ones that its digest names."""


def load_rules(
    plugins: Iterable[PluginSource], *, tell: Callable[[str], None] = lambda _: None
) -> RuleBook:
    """The rules of *plugins* alone, which were tried out when they were first loaded;
    without presets and certificate designs, which take longest to check and judge nobody.
    *tell* is told each plugin's name before it is loaded.

    Raises `PluginChanged`, naming the plugin, for one whose files have another digest
    now, and `PluginError` for one that was made in memory.
    """
    manager = new_manager()
    with quiet():
        return assemble([_read(each, manager, tell) for each in plugins], designs=None)


def _read(
    plugin: PluginSource, manager: pluggy.PluginManager, tell: Callable[[str], None]
) -> Declared:
    tell(plugin.name)
    declared = read_plugin(_location(plugin), manager, probing=False)
    if declared is None or declared.source.digest != plugin.digest:
        raise PluginChanged(
            f"Plugin {plugin.name!r} was changed after it was loaded. Start the command, or the "
            "server, again."
        )
    return replace(declared, programs=(), certificate_designs=())


def _location(plugin: PluginSource) -> Location:
    if not plugin.files:
        raise PluginError(
            f"Plugin {plugin.name!r} was made in memory and can be loaded nowhere else. "
            "Put it into a file."
        )
    if plugin.origin == FOLDER:
        return replace(locate_file(plugin.files[0]), name=plugin.name)
    return Location(
        name=plugin.name,
        origin=plugin.origin,
        file=plugin.files[0],
        load=partial(importlib.import_module, plugin.module),
        version=plugin.version,
    )
