"""Where plugins come from: the bundled package, entry points, a folder of files."""

import hashlib
import importlib
import linecache
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

import awards
from awards.domain.errors import NotFound
from awards.registry.sources import file_of
from awards.sdk.errors import PluginError
from awards.sdk.markers import PROJECT

BUNDLED, ENTRY_POINT, FOLDER = "bundled", "entry point", "folder"


@dataclass(frozen=True, kw_only=True)
class Location:
    """A place where a plugin may be. ``load`` imports it and may raise anything."""

    name: str
    origin: str
    file: Path | None
    load: Callable[[], ModuleType]
    version: str | None = None


def locate_bundled(package: str) -> Iterator[Location]:
    """Every module of *package*, by its full name, which no plugin of one's own can
    bear; those without hooks are not plugins."""
    root = importlib.import_module(package)
    for path in root.__path__:
        for name, file in _modules(Path(path), f"{package}."):
            yield Location(
                name=name,
                origin=BUNDLED,
                file=file,
                load=partial(importlib.import_module, name),
                version=awards.__version__,
            )


def locate_given(modules: Sequence[ModuleType]) -> Iterator[Location]:
    """*modules* that are loaded already, as bundled plugins."""
    for module in modules:
        yield Location(
            name=module.__name__,
            origin=BUNDLED,
            file=file_of(module),
            load=partial(_itself, module),
            version=awards.__version__,
        )


def locate_entry_points() -> Iterator[Location]:
    """Installed plugins, sorted by name."""
    for point in sorted(entry_points(group=PROJECT), key=lambda each: (each.name, each.value)):
        yield Location(
            name=point.name,
            origin=ENTRY_POINT,
            file=None,
            load=partial(_load_entry_point, point),
            version=point.dist.version if point.dist else None,
        )


def locate_files(folder: Path) -> Iterator[Location]:
    """The ``.py`` files directly in *folder*, sorted; names that start with ``_`` or
    ``.`` are passed over."""
    if not folder.is_dir():
        raise NotFound(f"There is no plugin folder {folder}. Create it, or name another.")
    for file in sorted(folder.glob("*.py")):
        if not file.name.startswith(("_", ".")):
            yield locate_file(file)


def locate_file(file: Path) -> Location:
    """One plugin in one file, called like it or, for ``__init__.py``, like its folder."""
    name = file.resolve().parent.name if file.stem == "__init__" else file.stem
    return Location(name=name, origin=FOLDER, file=file, load=partial(_load_file, file))


def _modules(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for found in sorted(pkgutil.iter_modules([str(folder)]), key=lambda each: each.name):
        name = f"{prefix}{found.name}"
        if found.ispkg:
            yield name, folder / found.name / "__init__.py"
            yield from _modules(folder / found.name, f"{name}.")
        else:
            yield name, folder / f"{found.name}.py"


def _itself(module: ModuleType) -> ModuleType:
    return module


def _load_entry_point(point: EntryPoint) -> ModuleType:
    loaded = point.load()
    if not isinstance(loaded, ModuleType):
        raise PluginError(f"Entry point {point.value!r} must name a module, without a colon.")
    return loaded


def _load_file(file: Path) -> ModuleType:
    """The module in *file*, compiled from the very bytes that are digested.

    No byte code is read or written: a cache is trusted by time and size, and
    a quick edit can leave both as they were.
    """
    path = file.resolve()
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:12]
    module = ModuleType(f"awards_plugin_{path.stem}_{mark}")
    module.__file__ = str(path)
    linecache.checkcache(str(path))
    sys.modules[module.__name__] = module
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module
