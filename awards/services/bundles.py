"""The bundle of a run: what a stranger needs to check and to compute it again."""

import platform
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.metadata import distributions
from pathlib import Path

from awards.domain.canonical import canonical_json
from awards.registry import FOLDER
from awards.sdk.rulebook import PluginSource, RuleBook
from awards.services.rebuilding import REBUILD
from awards.services.sealed import SealedRun, run_files, snapshot_files
from awards.services.stores import Stores

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_bundle(
    stores: Stores, sealed: SealedRun, *, rulebook: RuleBook, everything: bool, path: Path
) -> None:
    """Write the bundle of a run as a ZIP file.

    With *everything* it holds the snapshot and all results, so that the run can
    be computed again; without, only what names and digests them. The same run
    gives the same bytes.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in sorted(_contents(stores, sealed, rulebook, everything)):
            bundle.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)


def _contents(
    stores: Stores, sealed: SealedRun, rulebook: RuleBook, everything: bool
) -> Iterator[tuple[str, bytes]]:
    run = stores.archive.run(sealed.seal)
    snapshot = stores.archive.snapshot(sealed.manifest["inputs"]["snapshot"])
    names = run_files(sealed.manifest) if everything else ("manifest.json",)
    for name in names:
        yield name, (run / name).read_bytes()
    for name in snapshot_files(sealed.snapshot) if everything else ():
        yield name, (snapshot / name).read_bytes()
    yield "environment.txt", _environment().encode()
    for name in ("README.md", "check.py"):
        yield name, resources.files("awards.services").joinpath("bundle", name).read_bytes()
    yield from _plugins(sealed, {each.name: each for each in rulebook.plugins})


def _plugins(sealed: SealedRun, now: Mapping[str, PluginSource]) -> Iterator[tuple[str, bytes]]:
    """The source of every rule that was used, and how it is imported."""
    told: dict[str, dict[str, str]] = {}
    for rule in sealed.manifest["rules"]:
        plugin = now.get(rule["plugin"])
        if plugin is not None and plugin.digest == rule["digest"]:
            yield from _sources(plugin)
            told[plugin.name] = _import_of(plugin)
        else:
            yield f"plugins/{rule['plugin']}/ABSENT.txt", _absent(rule).encode()

    yield REBUILD, canonical_json(told)


def _import_of(plugin: PluginSource) -> dict[str, str]:
    """The module, and where below a folder of packages its files belong."""
    own, shared = plugin.files[0], _shared_folder(plugin)
    parts = plugin.module.split(".")
    steps = len(parts) if own.name == "__init__.py" else len(parts) - 1
    root = own.parents[steps]
    is_file = plugin.origin == FOLDER
    return {
        "file": own.relative_to(shared).as_posix(),
        "module": plugin.module,
        "origin": plugin.origin,
        "prefix": "" if is_file else shared.relative_to(root).as_posix(),
    }


def _absent(rule: Mapping[str, str]) -> str:
    return (
        f"The source of {rule['plugin']} {rule['version']} that was sealed has the digest\n"
        f"{rule['digest']}. It was no longer installed when this bundle was written.\n"
    )


def _sources(plugin: PluginSource) -> Iterator[tuple[str, bytes]]:
    folder = _shared_folder(plugin)
    for file in plugin.files:
        yield f"plugins/{plugin.name}/{file.relative_to(folder).as_posix()}", file.read_bytes()


def _shared_folder(plugin: PluginSource) -> Path:
    folder = plugin.files[0].parent
    while not all(file.is_relative_to(folder) for file in plugin.files):
        folder = folder.parent
    return folder


def _environment() -> str:
    """Every installed distribution, so that the environment can be rebuilt."""
    found = sorted({f"{each.name}=={each.version}" for each in distributions()}, key=str.casefold)
    return "\n".join([f"# Python {platform.python_version()}", *found, ""])
