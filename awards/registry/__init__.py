"""Finds plugins, refuses bad ones by name, and holds what the good ones registered."""

from awards.registry.discovery import FOLDER
from awards.registry.loading import BrokenPlugin, Loaded, load_file, load_plugins
from awards.registry.reloading import PluginChanged, load_rules
from awards.registry.sources import digest_of

__all__ = [
    "FOLDER",
    "BrokenPlugin",
    "Loaded",
    "PluginChanged",
    "digest_of",
    "load_file",
    "load_plugins",
    "load_rules",
]
