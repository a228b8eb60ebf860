"""Which files a plugin consists of, and the digest that ties a run to them."""

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType


def source_files(module: ModuleType) -> tuple[Path, ...]:
    """The files that what *module* registers is made of, its own first.

    These are its own file and, for a module in a package, the files of all modules
    that it imports from that top-level package, directly or through others, and the
    data files beside any of them. Nothing for a module that was made in memory.
    """
    own = file_of(module)
    if own is None:
        return ()
    found: dict[str, Path] = {}
    _follow(module.__name__, own, found)
    folders = {file.parent for file in found.values() if "." in module.__name__ or _heads(file)}
    data = {file for folder in folders for file in _data_files(folder)}
    return (own, *sorted({*found.values(), *data} - {own}))


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


def _heads(file: Path) -> bool:
    return file.name == "__init__.py"


def _follow(name: str, file: Path, found: dict[str, Path]) -> None:
    """Add the module *name* and all that it imports from its package to *found*."""
    found[name] = file
    package = name if _heads(file) else name.rpartition(".")[0]
    top = f"{name.partition('.')[0]}."
    for node in ast.walk(ast.parse(file.read_bytes())):
        for imported in _imports(node, package):
            module = sys.modules.get(imported)
            reached = file_of(module) if module else None
            if reached and imported not in found and f"{imported}.".startswith(top):
                _follow(imported, reached, found)


def _imports(node: ast.AST, package: str) -> Iterator[str]:
    """The full names of what *node* imports; a name may turn out to be no module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        parts = package.split(".")
        within = parts[: len(parts) - node.level + 1] if node.level else []
        base = ".".join([*within, *([node.module] if node.module else [])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _data_files(folder: Path) -> Iterator[Path]:
    """Files in *folder* that are not Python, without those of packages inside."""
    for path in folder.iterdir():
        if path.name.startswith((".", "__pycache__")):
            continue
        if path.is_dir() and not (path / "__init__.py").exists():
            yield from _data_files(path)
        elif path.is_file() and path.suffix != ".py":
            yield path
