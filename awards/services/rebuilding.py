"""Compute a run again with the very rules that its bundle holds."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from awards.domain.errors import Altered, NotComparable
from awards.registry import FOLDER, digest_of
from awards.sdk.rulebook import PluginSource
from awards.services.apart import Apart
from awards.services.run_limits import RunLimits
from awards.services.sealed import SealedRun
from awards.services.verification import Verification, changed_libraries, verify_by

REBUILD = "rebuild.json"
"""How the files under ``plugins/`` are imported: written by `awards.services.bundles`."""


def verify_rebuilt(sealed: SealedRun, folder: Path, *, limits: RunLimits) -> Verification:
    """Verify *sealed* by the plugins in its unpacked bundle *folder*, whatever is installed.

    This runs code that the bundle holds, after each plugin's files were found to be those
    that the seal names. Raises `Altered` for others and `NotComparable`, naming the
    plugin, for one that was no longer there when the bundle was written. Libraries are
    those installed here; where they are others than then, they are named.
    """
    with TemporaryDirectory(prefix="awards-rebuilt-") as site:
        plugins = lay_out(folder, sealed.manifest, site=Path(site))
        apart = Apart(limits, site=(Path(site),))
        try:
            return verify_by(
                sealed,
                compute=lambda task, place: apart.compute(task, plugins, folder=place),
                changed=changed_libraries(sealed),
            )
        finally:
            apart.close()


def lay_out(folder: Path, manifest: Mapping[str, Any], *, site: Path) -> tuple[PluginSource, ...]:
    """Put the plugins of an unpacked bundle into the empty folder *site*, so that they can
    be imported from there."""
    path = folder / REBUILD
    told = json.loads(path.read_bytes()) if path.is_file() else {}
    return tuple(_laid_out(folder, rule, told, site) for rule in manifest["rules"])


def _laid_out(
    folder: Path, rule: Mapping[str, str], told: Mapping[str, Any], site: Path
) -> PluginSource:
    name = rule["plugin"]
    source, how = folder / "plugins" / name, told.get(name)
    files = [each for each in source.rglob("*") if each.is_file()] if source.is_dir() else []
    if how is None or not files:
        raise NotComparable(
            f"The bundle does not hold plugin {name!r} as it was sealed: it was no longer "
            "installed when the bundle was written. Look for an earlier bundle of the run."
        )
    if digest_of(files) != rule["digest"]:
        raise Altered(f"plugins/{name} in the bundle is not the plugin that was sealed.")
    own = PurePosixPath(how["file"])
    place = site / "files" / name if how["origin"] == FOLDER else site / how["prefix"]
    if ".." in (*own.parts, *PurePosixPath(how["prefix"]).parts) or site not in (
        place,
        *place.parents,
    ):
        raise Altered(f"{REBUILD} in the bundle leads out of it.")
    shutil.copytree(source, place, dirs_exist_ok=True)
    if how["origin"] != FOLDER:
        _make_packages(place, site)
    return PluginSource(
        name=name,
        version=rule["version"],
        origin=how["origin"],
        files=(place / own,),
        digest=rule["digest"],
        module=how["module"],
    )


def _make_packages(place: Path, site: Path) -> None:
    """Without a package's own file, one that is installed would go first."""
    within = [each for each in place.rglob("*") if each.is_dir()]
    for each in (*within, place, *place.parents):
        if site in each.parents:
            (each / "__init__.py").touch()
