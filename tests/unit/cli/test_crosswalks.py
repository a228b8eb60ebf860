"""``awards crosswalk`` and imports by other numbers, from files to an explanation."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Awards, on
from tests.unit.services.senders import CODE, PLUGIN

NIB, NPWP = "9120001234567", "0012345678901000"
WHERE = ("--edition", CODE, "--kind", "company")
KIND = ("--kind", "company")

Data = Callable[..., Path]


@pytest.fixture
def firms(tmp_path: Path) -> Awards:
    """The companies' edition is open on an instance."""
    root = tmp_path / "instance"
    (root / "plugins").mkdir(parents=True)
    shutil.copy(PLUGIN, root / "plugins")
    awards = on(root)
    assert awards("edition", "open", CODE, "--program", "firms", "--decree", "SK-1").code == 0
    return awards


def test_suggested_matches_that_are_reviewed_let_the_run_start(
    firms: Awards, data: Data, tmp_path: Path
) -> None:
    own = data("id,name,region,workers,active", "AA001,PT Maju,35.78,40,30", name="own.csv")
    oss = data("NIB,name,region,branches", f"{NIB},MAJU (PERSERO),35.78,3", name="oss.csv")
    partners = data("id,partner_id,partner_name", "AA001,AA001,Diri sendiri", name="binaan.csv")
    assert firms("import", own, *WHERE).code == 0
    assert firms("import", oss, *WHERE, "--part", "oss", "--scheme", "NIB").code == 0
    told = firms("import", partners, *WHERE, "--records", "partners")
    assert told.out == "Part 'partners': 1 rows taken, 0 refused.\n"
    stopped = firms("run", "start", f"{CODE}/firms")
    assert (stopped.code, "awards crosswalk suggest" in stopped.err) == (1, True)

    written = tmp_path / "suggested.csv"
    told = firms("crosswalk", "suggest", *WHERE, "-o", written)
    assert (told.code, ": 1 likely matches." in told.out) == (0, True)
    with written.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with written.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"decision": "yes"} for row in rows)
    told = firms("crosswalk", "review", written, *KIND, "--by", "Petugas Data")
    assert (told.code, "1 entries added, 1 in all" in told.out) == (0, True)

    assert firms("run", "start", f"{CODE}/firms").code == 0
    explained = firms("run", "explain", sealed(firms), "AA001")
    for part in ("own.csv D2", "oss.csv D2", "1 records: binaan.csv B2"):
        assert part in explained.out


def sealed(firms: Awards) -> str:
    """The beginning of the seal of the run now made again."""
    return firms("run", "start", f"{CODE}/firms", "--no-robustness").out.split()[-1][:12]


def test_refused_entries_are_listed_by_cell(firms: Awards, data: Data) -> None:
    path = data("scheme,id,candidate", f"NPWP,{NPWP},AA001", "NPWP,1.23457E+15,AA002")
    told = firms("crosswalk", "import", path, *KIND)
    assert told.code == 1
    assert "B3" in told.out
    assert told.err == (
        "data.csv: nothing was taken, because 1 cells are refused. Correct them and send the file "
        "again.\n"
    )


def test_a_crosswalk_without_its_columns_is_refused(firms: Awards, data: Data) -> None:
    told = firms("crosswalk", "import", data("scheme,id", f"NIB,{NIB}"), *KIND)
    assert told.code == 1
    assert told.err.startswith("data.csv: No column is titled 'candidate', which every row needs.")


def test_what_others_claim_too_is_said_in_both_explanations(firms: Awards, data: Data) -> None:
    own = data("id,workers,active", "AA001,40,30", "BB001,7,7", name="own.csv")
    partners = data(
        "id,partner_id,partner_name", "AA001,CC001,Mitra", "BB001,CC001,Mitra", name="binaan.csv"
    )
    assert firms("import", own, *WHERE).code == 0
    assert firms("import", partners, *WHERE, "--records", "partners").code == 0
    run = sealed(firms)
    told = [firms("run", "explain", run, each) for each in ("AA001", "BB001")]
    assert [each.err for each in told] == ["", ""]
    one, other = (each.out for each in told)
    assert "partners CC001: also claimed by BB001; counted for each of them" in one
    assert "partners CC001: also claimed by AA001; counted for each of them" in other
