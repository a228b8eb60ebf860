"""Finds plugins, refuses bad ones by name, and holds what the good ones registered."""

from awards.registry.loading import BrokenPlugin, Loaded, load_file, load_plugins

__all__ = ["BrokenPlugin", "Loaded", "load_file", "load_plugins"]
