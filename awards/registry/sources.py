"""Which files a plugin consists of, and the digest that ties a run to them."""

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from awards.sdk.errors import PluginError


def source_files(module: ModuleType) -> tuple[Path, ...]:
    """The files that what *module* registers is made of, sorted.

    A module that imports nothing of its own package is its one file. Any other
    consists of every file in the folder of its package, data files too.
    """
    file = file_of(module)
    if file is None:
        return ()
    if file.name != "__init__.py" and not _imports_siblings(file, module.__name__):
        return (file,)
    kept = (each for each in file.parent.rglob("*") if each.is_file() and _is_source(each))
    return tuple(sorted(kept))


def file_of(module: ModuleType) -> Path | None:
    """The file of *module*; None for one that was made in memory."""
    name = getattr(module, "__file__", None)
    return Path(name) if name else None


def digest_of(files: Iterable[Path]) -> str:
    """SHA-256 over relative name, length and bytes of each file, by name.

    Names are relative to the folder that holds them all, so the digest is the
    same wherever the plugin is installed.
    """
    paths = sorted(files)
    folder = _shared_folder(paths)
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _shared_folder(paths: list[Path]) -> Path:
    folder = paths[0].parent
    while not all(path.is_relative_to(folder) for path in paths):
        folder = folder.parent
    return folder


def _is_source(path: Path) -> bool:
    return "__pycache__" not in path.parts and not path.name.startswith(".")


def _imports_siblings(file: Path, name: str) -> bool:
    package, dot, _ = name.rpartition(".")
    if not dot:
        return False
    try:
        tree = ast.parse(file.read_bytes())
    except SyntaxError as error:
        raise PluginError(f"{file} changed after it was loaded: {error}.") from error
    return any(_reaches(node, package) for node in ast.walk(tree))


def _reaches(node: ast.AST, package: str) -> bool:
    names: list[str] = []
    if isinstance(node, ast.ImportFrom):
        if node.level:
            return True
        names = [node.module or ""]
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    return any(each == package or each.startswith(f"{package}.") for each in names)
