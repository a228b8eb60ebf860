import sys
import types
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import awards
from awards.domain.errors import NotFound
from awards.registry import discovery, load_plugins
from awards.sdk import COMPANY, PluginError
from tests.unit.registry.plugins import GOOD, HEAD, load, write


def test_bundled_plugins_are_found_by_walking_their_package() -> None:
    loaded = load_plugins(entry_points=False)
    names = {plugin.name: plugin for plugin in loaded.rulebook.plugins}
    assert loaded.left_out == ()
    assert names["awards_criteria.scales.goalposts"].adds == ("scale:goalposts",)
    assert names["awards_criteria.scales.goalposts"].version == awards.__version__
    assert names["awards_criteria.scales.goalposts"].origin == "bundled"
    assert {"goalposts", "min-max", "target", "bands", "identity"} <= set(loaded.rulebook.scales)
    assert {"arithmetic", "geometric"} <= set(loaded.rulebook.aggregations)
    assert {"top-n", "bands"} <= set(loaded.rulebook.ladders)


def test_loading_twice_gives_the_same_sources() -> None:
    first = load_plugins(entry_points=False).rulebook.plugins
    assert load_plugins(entry_points=False).rulebook.plugins == first


def test_given_modules_stand_in_for_the_bundled_ones() -> None:
    module = types.ModuleType("given")
    exec(GOOD, module.__dict__)
    loaded = load_plugins(bundled=(module,), entry_points=False)
    [plugin] = loaded.rulebook.plugins
    assert (plugin.name, plugin.origin, plugin.files) == ("given", "bundled", ())
    assert set(loaded.rulebook.criteria) == {"coverage"}


def test_criteria_bring_their_indicators_and_kinds_along(tmp_path: Path) -> None:
    rulebook = load(write(tmp_path, one=GOOD)).rulebook
    assert set(rulebook.indicators) == {"staff", "paid"}
    assert rulebook.kinds == {"company": COMPANY}


def test_file_is_a_plugin_with_version_and_digest(tmp_path: Path) -> None:
    write(tmp_path, one="__version__ = '2.5'\n" + GOOD)
    [plugin] = load(tmp_path).rulebook.plugins
    assert (plugin.name, plugin.version, plugin.origin) == ("one", "2.5", "folder")
    assert plugin.files == (tmp_path / "one.py",)
    assert plugin.adds == ("criterion:coverage",)
    assert len(plugin.digest) == 64


def test_digest_depends_on_content_and_not_on_place(tmp_path: Path) -> None:
    digests = []
    for name, source in (("a", GOOD), ("b", GOOD), ("c", GOOD + "# changed\n")):
        (tmp_path / name).mkdir()
        [plugin] = load(write(tmp_path / name, one=source)).rulebook.plugins
        digests.append(plugin.digest)
    assert digests[0] == digests[1] != digests[2]


def test_quick_edit_of_the_same_length_is_seen(tmp_path: Path) -> None:
    load(write(tmp_path, one=GOOD))
    write(tmp_path, one=GOOD.replace('"coverage"', '"leverage"'))
    assert set(load(tmp_path).rulebook.criteria) == {"leverage"}
    assert not (tmp_path / "__pycache__").exists()


def test_files_that_start_with_an_underscore_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, one=GOOD, _draft="1 / 0\n")
    assert [plugin.name for plugin in load(tmp_path).rulebook.plugins] == ["one"]


def test_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        load(tmp_path / "plugin")
    assert str(caught.value) == (
        f"There is no plugin folder {tmp_path / 'plugin'}. Create it, or name another."
    )


def test_module_of_a_refused_file_is_not_kept(tmp_path: Path) -> None:
    before = set(sys.modules)
    with pytest.raises(PluginError):
        load(write(tmp_path, bad="1 / 0\n"))
    assert {name for name in set(sys.modules) - before if "awards_plugin_" in name} == set()


def test_warnings_and_prints_of_a_plugin_stay_off_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noisy = "import warnings\nprint('hello')\nwarnings.warn('old')\n'\\d'\n1 is 1\n" + GOOD
    load(write(tmp_path, one=noisy))
    assert capsys.readouterr().out == ""


def point(value: str) -> EntryPoint:
    return EntryPoint(name="installed", value=value, group="awards")


def test_entry_point_is_loaded_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "entry_point_plugin"
    package.mkdir()
    (package / "__init__.py").write_text(GOOD, encoding="utf-8")
    (package / "table.csv").write_text("1,2\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(discovery, "entry_points", lambda group: [point("entry_point_plugin")])
    loaded = load_plugins(bundled=())
    [plugin] = loaded.rulebook.plugins
    assert (plugin.name, plugin.origin) == ("installed", "entry point")
    assert plugin.files == (package / "__init__.py", package / "table.csv")


def test_entry_point_that_names_no_module_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "entry_points", lambda group: [point("json:dumps")])
    with pytest.raises(PluginError) as caught:
        load_plugins(bundled=())
    assert str(caught.value) == (
        "Plugin 'installed': Entry point 'json:dumps' must name a module, without a colon."
    )


def test_two_plugins_of_one_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.ModuleType("one")
    exec(HEAD + "\n@hookimpl\ndef awards_register_criteria():\n    return ()\n", module.__dict__)
    with pytest.raises(PluginError) as caught:
        load_plugins(bundled=(module,), entry_points=False, folder=write(tmp_path, one=GOOD))
    assert str(caught.value) == (
        f"Plugin 'one' ({tmp_path / 'one.py'}): Another plugin has this name: None. "
        "Rename one of them."
    )
