"""Load all plugins, or say which one cannot be used and why."""

import contextlib
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pluggy
from pydantic import ValidationError

from awards.registry.assembling import Misfit, assemble
from awards.registry.discovery import (
    Location,
    locate_bundled,
    locate_entry_points,
    locate_file,
    locate_files,
    locate_given,
)
from awards.registry.reading import Declared, named, new_manager, read_plugin
from awards.sdk.errors import PluginError, in_words
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True, kw_only=True)
class BrokenPlugin:
    """A plugin that was left out: which one, why, and the traceback."""

    name: str
    origin: str
    file: Path | None
    message: str
    traceback: str


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The rules that can be used, and the plugins that cannot."""

    rulebook: RuleBook
    left_out: tuple[BrokenPlugin, ...] = ()


def load_plugins(
    *,
    bundled: Sequence[ModuleType] | None = None,
    entry_points: bool = True,
    folder: Path | None = None,
    safe: bool = False,
    designs: Path | None = None,
) -> Loaded:
    """Load plugins: the bundled ones, then installed ones, then the files in *folder*.

    ``bundled=None`` walks the package of bundled plugins; a sequence stands in for
    it. *designs* is the folder that certificate designs with a relative folder
    lie in. Raises `PluginError`, naming plugin, file and rule, for the first plugin
    that cannot be used; with *safe* such plugins, and presets that need them, are
    left out and reported instead.
    """
    locations = list(_locate(bundled, entry_points=entry_points, folder=folder))
    return load_from(locations, safe=safe, designs=designs)


def load_file(file: Path) -> Loaded:
    """The bundled plugins and, last, the one in *file*; raises like `load_plugins`."""
    return load_from([*_locate(None, entry_points=False, folder=None), locate_file(file)])


def load_from(
    locations: Sequence[Location], *, safe: bool = False, designs: Path | None = None
) -> Loaded:
    """Like `load_plugins`, from *locations* in their order."""
    left_out: list[BrokenPlugin] = []
    plugins: list[Declared] = []
    manager = new_manager()
    with quiet():
        for location in locations:
            plugin = _read(location, manager, left_out if safe else None)
            plugins += [plugin] if plugin else []
        while True:
            try:
                rulebook = assemble(plugins, designs=designs)
                return Loaded(rulebook=rulebook, left_out=tuple(left_out))
            except Misfit as error:
                if not safe:
                    raise
                left_out.append(_misfit(error))
                plugins.remove(error.plugin)


def _locate(
    bundled: Sequence[ModuleType] | None, *, entry_points: bool, folder: Path | None
) -> Iterator[Location]:
    yield from locate_bundled("awards_criteria") if bundled is None else locate_given(bundled)
    if entry_points:
        yield from locate_entry_points()
    if folder is not None:
        yield from locate_files(folder)


def _read(
    location: Location, manager: pluggy.PluginManager, left_out: list[BrokenPlugin] | None
) -> Declared | None:
    try:
        return read_plugin(location, manager)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit and engine panics too
        message = f"Plugin {named(location.name, location.file)}: {_say(error, location)}"
        if left_out is None:
            raise PluginError(message) from error
        left_out.append(_broken(location, message, error))
        return None


def _say(error: BaseException, location: Location) -> str:
    if isinstance(error, PluginError):
        return str(error)
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if location.file and Path(frame.filename) == location.file.resolve()
    ]
    if isinstance(error, SyntaxError) and error.lineno:
        lines.append(error.lineno)
    at = f" in line {lines[-1]}" if lines else ""
    said = in_words(error) if isinstance(error, ValidationError) else error
    return f"It raised {type(error).__name__}{at}: {said}"


def _broken(location: Location, message: str, error: BaseException) -> BrokenPlugin:
    return BrokenPlugin(
        name=location.name,
        origin=location.origin,
        file=location.file,
        message=message,
        traceback="".join(traceback.format_exception(error)),
    )


def _misfit(error: Misfit) -> BrokenPlugin:
    source = error.plugin.source
    return BrokenPlugin(
        name=source.name,
        origin=source.origin,
        file=next(iter(source.files), None),
        message=str(error),
        traceback="".join(traceback.format_exception(error)),
    )


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what plugins print or warn of away from standard output."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(sys.stderr):
        warnings.simplefilter("ignore")
        yield
