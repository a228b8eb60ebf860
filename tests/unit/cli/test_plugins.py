import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from awards.cli import main

GATED = """
from awards.sdk import COMPANY, REGENCY_CITY, Criterion, Gate, Indicator, hookimpl, share

MONTHS = Indicator(
    code="months", title={"en": "Months"}, type=int, unit="months", minimum=0, maximum=12
)


@hookimpl
def awards_register_criteria():
    return (Criterion(
        code="on-time", title={"en": "On time"}, applies_to=(COMPANY, REGENCY_CITY),
        indicators=(MONTHS,), measure=lambda i: share(i.months, of=12), unit="ratio"),)


@hookimpl
def awards_register_gates():
    return (Gate(
        code="half-year", title={"en": "Half a year"}, reason={"en": "Too short"},
        applies_to=(COMPANY,), indicators=(MONTHS,), passes=lambda i: i.months >= 6),)
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    assert run("plugin", "new", "waste-recycled", "--file", "--directory", tmp_path).exit_code == 0
    return tmp_path / "waste_recycled.py"


def test_plugins_lists_what_each_adds(tmp_path: Path) -> None:
    result = run("plugins", "--instance", tmp_path)
    assert result.exit_code == 0
    assert "scale goalposts" in result.stdout
    assert "\x1b" not in result.stdout


def test_plugins_of_the_instance_are_listed(tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    run("plugin", "new", "waste", "--file", "--directory", tmp_path / "plugins")
    data = json.loads(run("plugins", "--instance", tmp_path, "--json").stdout)
    assert data["left_out"] == []
    assert data["plugins"][-1]["name"] == "waste"
    assert data["plugins"][-1]["origin"] == "folder"
    assert data["plugins"][-1]["adds"] == ["criterion:waste"]


def test_broken_plugin_stops_the_list_and_safe_leaves_it_out(tmp_path: Path) -> None:
    written(tmp_path, "bad.py", "1 / 0\n")
    refused = run("plugins", "--plugins-dir", tmp_path)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert f"Plugin 'bad' ({tmp_path / 'bad.py'}): It raised ZeroDivisionError" in refused.stderr
    safe = run("plugins", "--plugins-dir", tmp_path, "--safe")
    assert safe.exit_code == 0
    assert "scale goalposts" in safe.stdout
    assert "Left out: Plugin 'bad'" in safe.stderr
    assert "Traceback" in safe.stderr
    data = json.loads(run("plugins", "--plugins-dir", tmp_path, "--safe", "--json").stdout)
    assert [each["name"] for each in data["left_out"]] == ["bad"]


def test_plugins_dir_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    result = run("plugins", "--plugins-dir", tmp_path / "none")
    assert result.exit_code == 1
    assert "There is no plugin folder" in result.stderr


def test_new_package_loads_and_its_test_passes(tmp_path: Path) -> None:
    result = run("plugin", "new", "waste-recycled", "--directory", tmp_path)
    assert result.exit_code == 0
    root = tmp_path / "awards-waste-recycled"
    module = root / "awards_waste_recycled" / "__init__.py"
    tried = run("plugin", "try", module, root / "example.csv")
    assert tried.exit_code == 0
    assert "Nothing to do" in tried.stdout
    own = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={root}", "."],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert own.returncode == 0, own.stdout
    assert "2 passed" in own.stdout


def test_new_package_names_its_entry_point(tmp_path: Path) -> None:
    run("plugin", "new", "waste_recycled", "--directory", tmp_path)
    text = (tmp_path / "awards-waste-recycled" / "pyproject.toml").read_text(encoding="utf-8")
    assert '[project.entry-points.awards]\nwaste-recycled = "awards_waste_recycled"' in text


@pytest.mark.parametrize("name", ["../x", "Big", "two words", "a--b", "1st", "", "x" * 41])
def test_bad_name_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    result = run("plugin", "new", "--directory", tmp_path, "--", name)
    assert result.exit_code == 1
    assert f"{name!r} cannot name a plugin." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_name_of_an_installed_package_is_refused(tmp_path: Path) -> None:
    result = run("plugin", "new", "criteria", "--directory", tmp_path)
    assert result.exit_code == 1
    assert "A package awards_criteria is installed already." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_overwrites_nothing(new_file: Path) -> None:
    new_file.write_text("mine", encoding="utf-8")
    result = run("plugin", "new", "waste-recycled", "--file", "--directory", new_file.parent)
    assert result.exit_code == 1
    assert f"{new_file} exists already." in result.stderr
    assert new_file.read_text(encoding="utf-8") == "mine"


def test_try_shows_values_points_reasons_and_warnings(new_file: Path) -> None:
    data = written(
        new_file.parent,
        "data.csv",
        "npp,name,waste_recycled_done,waste_recycled_total,color\n"
        "JJ000001,[/b] :+1:,3,6,red\nJJ000002,Two,5,5,red\nJJ000003,Three,0,0,red\n",
    )
    shown = run("plugin", "try", new_file, data)
    assert shown.exit_code == 0
    assert "[/b] :+1:" in shown.stdout
    assert "Warning: Columns that no rule reads: color." in shown.stdout
    found = json.loads(run("plugin", "try", new_file, data, "--json").stdout)
    assert found["criteria"] == ["waste-recycled"]
    assert found["rows"][1:] == [
        {
            "id": "JJ000002",
            "name": "Two",
            "waste_recycled_done": 5,
            "waste_recycled_total": 5,
            "raw:waste-recycled": 1.0,
            "reason:waste-recycled": "measured",
            "points:waste-recycled": 100.0,
        },
        {
            "id": "JJ000003",
            "name": "Three",
            "waste_recycled_done": 0,
            "waste_recycled_total": 0,
            "raw:waste-recycled": None,
            "reason:waste-recycled": "zero_denominator",
            "points:waste-recycled": None,
        },
    ]


def test_try_warns_where_nobody_is_told_apart(new_file: Path) -> None:
    data = written(
        new_file.parent,
        "data.csv",
        "npp,waste_recycled_done,waste_recycled_total\nJJ000001,3,6\nJJ000002,4,8\n",
    )
    assert "waste-recycled: all values are equal; it tells nobody apart." in (
        run("plugin", "try", new_file, data).stdout
    )


def test_try_with_no_usable_row_says_which_cells_are_wrong(new_file: Path) -> None:
    data = written(
        new_file.parent,
        "data.csv",
        "npp;waste_recycled_done;waste_recycled_total\nJJ000001;1.234;5\nJJ000002;-3;n.a.\n",
    )
    result = run("plugin", "try", new_file, data)
    assert result.exit_code == 1
    assert result.stderr.startswith("No row of data.csv can be used.\nB2: ")
    assert result.stdout == ""


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x13" * 500, b"a,b\n1,2\n"])
def test_try_refuses_a_file_that_is_no_table(new_file: Path, content: bytes) -> None:
    data = new_file.parent / "data.csv"
    data.write_bytes(content)
    result = run("plugin", "try", new_file, data)
    assert result.exit_code == 1
    assert result.stderr.startswith("data.csv: ")


def test_try_shows_gates_and_asks_for_the_kind(tmp_path: Path) -> None:
    plugin = written(tmp_path, "gated.py", GATED)
    data = written(tmp_path, "data.csv", "npp,months\nJJ000001,6\nJJ000002,5\nJJ000003,\n")
    asked = run("plugin", "try", plugin, data)
    assert asked.exit_code == 1
    assert "judges company, regency-city. Choose one with --kind." in asked.stderr
    strange = run("plugin", "try", plugin, data, "--kind", "village")
    assert "judges company, regency-city, not 'village'." in strange.stderr
    found = json.loads(run("plugin", "try", plugin, data, "--kind", "company", "--json").stdout)
    assert [row["gate:half-year"] for row in found["rows"]] == ["pass", "fail", "not_assessable"]
    shown = run("plugin", "try", plugin, data, "--kind", "company", "--rows", "1").stdout
    assert "JJ000001" in shown
    assert "JJ000002" not in shown
    assert "3 candidates, 1 shown." in shown


def test_try_reads_numbers_as_declared(new_file: Path) -> None:
    data = written(
        new_file.parent,
        "data.csv",
        "npp;waste_recycled_done;waste_recycled_total\nJJ000001;1.234;2.468\nJJ000002;1;1\n",
    )
    found = json.loads(run("plugin", "try", new_file, data, "--numbers", "id", "--json").stdout)
    assert found["rows"][0]["waste_recycled_done"] == 1234


def test_try_of_a_plugin_without_rules_for_candidates_is_refused(tmp_path: Path) -> None:
    source = (
        "from awards.sdk import hookimpl\n@hookimpl\ndef awards_register_scales():\n  return ()"
    )
    plugin = written(tmp_path, "empty.py", source)
    data = written(tmp_path, "data.csv", "npp\nJJ000001\n")
    result = run("plugin", "try", plugin, data)
    assert result.exit_code == 1
    assert "Plugin 'empty' adds no criterion and no gate: nothing to try." in result.stderr
