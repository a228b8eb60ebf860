"""The two markers of the plugin contract, and its version."""

import pluggy

PROJECT = "awards"
API_VERSION = 1
"""Raised when a plugin written for the version before may no longer work.

A plugin may declare ``AWARDS_API = 1`` at module level; without it the current
version is taken for granted.
"""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
