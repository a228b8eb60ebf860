"""Finds plugins, refuses bad ones by name, and holds what the good ones registered."""

from awards.registry.loading import BrokenPlugin, Loaded, load_file, load_plugins
from awards.registry.reloading import PluginChanged, load_rules

__all__ = [
    "BrokenPlugin",
    "Loaded",
    "PluginChanged",
    "load_file",
    "load_plugins",
    "load_rules",
]
