"""Old rules are rebuilt from the bundle, whatever became of the installed ones."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from awards.domain.errors import Altered, NotComparable
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.bundles import write_bundle
from awards.services.rebuilding import verify_rebuilt
from awards.services.run_limits import RunLimits
from awards.services.sealed import SealedRun, read_unpacked
from awards.services.verification import verify_run
from tests.unit.services.world import World, rules_in

LIMITS = RunLimits()


@pytest.fixture
def old(published: World, tmp_path: Path) -> tuple[Path, SealedRun]:
    """An unpacked bundle, and the run in it."""
    with published.stores.database.reading() as records:
        run = records.runs.latest("kop-open", "primary")
    assert run is not None
    packed, folder = tmp_path / "bundle.zip", tmp_path / "bundle"
    sealed = published.sealed(run)
    write_bundle(
        published.stores, sealed, rulebook=published.rulebook, everything=True, path=packed
    )
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder, read_unpacked(folder, seal=run.seal)


def changed_rules(root: Path) -> RuleBook:
    """The rules of an installation whose plugin was changed: it halves every figure."""
    plugin = rules_in(root) / "plugins" / "cooperatives.py"
    source = plugin.read_text("utf-8")
    halved = "getattr(i, indicator.code) * 0.5,"
    plugin.write_text(source.replace("getattr(i, indicator.code),", halved), "utf-8")
    return load_plugins(entry_points=False, folder=plugin.parent).rulebook


def test_a_run_comes_out_the_same_by_the_plugins_in_its_bundle(
    old: tuple[Path, SealedRun], tmp_path: Path
) -> None:
    folder, sealed = old
    installed = verify_run(sealed, rulebook=changed_rules(tmp_path / "installed"))
    assert installed.answer == "not_comparable"
    assert [name for name, _, _ in installed.versions] == ["plugin cooperatives"]
    rebuilt = verify_rebuilt(sealed, folder, limits=LIMITS)
    assert (rebuilt.answer, rebuilt.versions, rebuilt.differing) == ("same", (), 0)


def test_a_plugin_that_was_changed_in_the_bundle_is_never_run(
    old: tuple[Path, SealedRun], tmp_path: Path
) -> None:
    folder, sealed = old
    plugin = folder / "plugins" / "cooperatives" / "cooperatives.py"
    ran = tmp_path / "ran"
    plugin.write_text(f"open({str(ran)!r}, 'w')\n", "utf-8")
    with pytest.raises(Altered, match="plugins/cooperatives in the bundle is not"):
        verify_rebuilt(sealed, folder, limits=LIMITS)
    assert not ran.exists()


def test_a_plugin_that_the_bundle_lacks_is_named(old: tuple[Path, SealedRun]) -> None:
    folder, sealed = old
    (folder / "plugins" / "cooperatives" / "cooperatives.py").unlink()
    with pytest.raises(NotComparable, match="does not hold plugin 'cooperatives'"):
        verify_rebuilt(sealed, folder, limits=LIMITS)


@pytest.mark.parametrize("name", ["awards", "narwhals", "numpy", "polars", "python"])
def test_a_library_that_was_changed_is_named_and_is_no_alteration(
    old: tuple[Path, SealedRun], published: World, tmp_path: Path, name: str
) -> None:
    """As if sealed by an earlier version of it."""
    _, sealed = old
    earlier = sealed.manifest["versions"] | {name: "0.1"}
    sealed = replace(sealed, manifest=sealed.manifest | {"versions": earlier})
    same = verify_run(sealed, rulebook=published.rulebook)
    assert (same.answer, [each[:2] for each in same.versions]) == ("same", [(name, "0.1")])
    other = verify_run(sealed, rulebook=changed_rules(tmp_path / "other"))
    assert other.answer == "not_comparable"
    assert [each for each, _, _ in other.versions] == sorted([name, "plugin cooperatives"])
