"""``awards import`` and ``awards template``: what a committee is told about its files."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Demo
from tests.unit.cli.conftest import Awards, call, on
from tests.unit.services.world import HEAD

GOOD = "K0001,Koperasi Satu,primary,1,95.5,91,88.25"
BAD = "K0002,Koperasi Dua,primary,1,190,90,"
CORRECTED = "K0002,Koperasi Dua,primary,1,90,90,"
TO_PLACES = ("--edition", "kop-places", "--kind", "cooperative")

Data = Callable[..., Path]


def saved(root: Path) -> list[str]:
    """The files of parts, and how many events the ledger has."""
    told = on(root)("ledger", "verify", "--json")
    parts = sorted(path.name for path in (root / "parts").iterdir())
    return [*parts, str(json.loads(told.out)["events"])]


def test_accepted_rows_are_counted(awards: Awards, data: Data) -> None:
    told = awards("import", data(HEAD, GOOD), *TO_PLACES, "--numbers", "en")
    assert (told.code, told.err) == (0, "")
    assert told.out == "Part 'main': 1 rows taken, 0 refused.\n"


def test_refused_rows_stop_the_import_and_are_listed_by_cell(
    awards: Awards, root: Path, data: Data
) -> None:
    before = saved(root)
    told = awards("import", data(HEAD, GOOD, BAD), *TO_PLACES, "--numbers", "en")
    assert told.code == 1
    assert "E3" in told.out
    assert "190" in told.out
    assert told.err == (
        "data.csv: nothing was imported, because 1 of 2 rows are refused. Correct them and send "
        "the file again, or take the others with --accept-valid.\n"
    )
    assert saved(root) == before


def test_refused_rows_are_kept_corrected_and_added_without_the_rest(
    awards: Awards, root: Path, data: Data, tmp_path: Path
) -> None:
    taken = awards("import", data(HEAD, GOOD, BAD), *TO_PLACES, "--numbers", "en", "--accept-valid")
    assert taken.code == 0
    assert "Part 'main': 1 rows taken, 1 refused." in taken.out
    (kept,) = (root / "parts").glob("*.refused.csv")
    assert str(kept) in taken.out
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(kept.read_text("utf-8-sig").replace("190", "90"), "utf-8")
    added = awards("import", corrected, *TO_PLACES, "--numbers", "en", "--add")
    assert added.code == 0
    assert "Part 'main': 2 rows taken, 0 refused." in added.out


def test_for_machines_it_is_one_json_document_also_when_refused(awards: Awards, data: Data) -> None:
    told = awards("import", data(HEAD, GOOD, BAD), *TO_PLACES, "--numbers", "en", "--json")
    said = json.loads(told.out)
    assert told.code == 1
    assert (said["part"], said["rows"]) == (None, {"read": 2, "accepted": 1, "refused": 1})
    assert [(each["cell"], each["value"]) for each in said["refused"]] == [("E3", "190")]


@pytest.mark.parametrize("name", ["report.csv", "report.xlsx"])
def test_a_report_of_every_refused_cell_is_written_on_request(
    awards: Awards, data: Data, tmp_path: Path, name: str
) -> None:
    report = tmp_path / name
    told = awards("import", data(HEAD, BAD), *TO_PLACES, "--numbers", "en", "--report", report)
    assert told.code == 1
    assert "--accept-valid" not in told.err
    if name.endswith(".xlsx"):
        assert openpyxl.load_workbook(report).active is not None
    else:
        with report.open(encoding="utf-8-sig", newline="") as file:
            assert "E2" in str(list(csv.reader(file)))


def test_a_report_never_overwrites_the_file_that_is_checked(awards: Awards, data: Data) -> None:
    file = data(HEAD, BAD)
    before = file.read_bytes()
    told = awards("import", file, *TO_PLACES, "--report", file)
    assert (told.code, file.read_bytes()) == (1, before)
    assert "would overwrite" in told.err


def test_a_report_into_a_folder_that_is_not_there_is_refused_in_words(
    awards: Awards, data: Data, tmp_path: Path
) -> None:
    told = awards("import", data(HEAD, BAD), *TO_PLACES, "--report", tmp_path / "no" / "r.csv")
    assert told.code == 1
    assert "There is no folder" in told.err


def test_nothing_of_an_import_stays_outside_the_instance_or_in_its_temporaries(
    awards: Awards, root: Path, data: Data
) -> None:
    awards("import", data(HEAD, GOOD), *TO_PLACES, "--numbers", "en")
    assert list((root / "tmp").iterdir()) == []


BAD_FILES = {
    "not a workbook": (b"\x89PNG\r\n\x1a\n" + bytes(100), "data.xlsx", "no table that can be read"),
    "empty": (b"", "data.csv", "The file is empty"),
    "titles only": (f"{HEAD}\n".encode(), "data.csv", "no data rows"),
    "no id": (b"name,active\nKoperasi,5\n", "data.csv", "Nomor induk koperasi"),
    "one title twice": (
        b"id,active,active\nK0001,5,6\n",
        "data.csv",
        "active",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do_and_nothing_is_saved(
    awards: Awards, root: Path, tmp_path: Path, case: str
) -> None:
    content, name, words = BAD_FILES[case]
    path = tmp_path / name
    path.write_bytes(content)
    before = saved(root)
    told = awards("import", path, *TO_PLACES)
    assert (told.code, told.out) == (1, "")
    assert words in told.err
    assert saved(root) == before


def test_an_ambiguous_number_is_never_guessed(awards: Awards, root: Path, data: Data) -> None:
    before = saved(root)
    file = data("id;active", "K0001;1.234")
    told = awards("import", file, *TO_PLACES)
    assert told.code == 1
    assert "--numbers" in told.out + told.err
    assert saved(root) == before


def test_a_candidate_twice_in_one_file_is_refused_with_both_rows(
    awards: Awards, data: Data
) -> None:
    told = awards("import", data("id,active", "K0001,5", "K0001,6"), *TO_PLACES, "--numbers", "en")
    assert told.code == 1
    assert "2" in told.out
    assert "3" in told.out


IPM = "kode,nama,uhh,hls,rls,pengeluaran_ribu"
TO_IPM = ("--edition", "ipm-2024", "--kind", "regency-city", "--numbers", "en", "--part", "x")


@pytest.fixture
def ipm_map(tmp_path: Path) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(
        '[columns]\nid = "kode"\nname = "nama"\nlife_expectancy = "uhh"\n'
        'expected_schooling = "hls"\nmean_schooling = "rls"\n'
        'adjusted_spending = "pengeluaran_ribu"\n',
        "utf-8",
    )
    return path


def test_a_name_that_two_bear_is_answered_with_both_codes(
    demo: Demo, tmp_path: Path, data: Data, ipm_map: Path
) -> None:
    told = on(demo.copy(tmp_path / "demo"))(
        "import", data(IPM, ",Malang,72,13,8,11000"), *TO_IPM, "--map", ipm_map
    )
    assert told.code == 1
    assert "35.07" in told.out
    assert "35.73" in told.out


def test_a_region_code_that_is_nowhere_is_refused(
    demo: Demo, tmp_path: Path, data: Data, ipm_map: Path
) -> None:
    told = on(demo.copy(tmp_path / "demo"))(
        "import", data(IPM, "35.99,Kota Lain,72,13,8,11000"), *TO_IPM, "--map", ipm_map
    )
    assert told.code == 1
    assert "35.99" in told.out


def test_the_template_filled_in_is_accepted(awards: Awards, tmp_path: Path) -> None:
    path = tmp_path / "fill.xlsx"
    written = awards("template", *TO_PLACES, "--output", path)
    assert (written.code, written.out) == (0, f"Wrote {path}: 4 indicators to fill.\n")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
    filled = next(
        row for row in range(1, 10) if all(sheet.cell(row, c).value is None for c in (1, 2, 3))
    )
    values = {"Nomor induk koperasi": "K0001", "Telah diaudit": 1, "Anggota aktif": 95.5}
    for title, value in values.items():
        column = next(number for text, number in titles.items() if text.startswith(title))
        sheet.cell(filled, column, value)
    book.save(path)
    told = awards("import", path, *TO_PLACES)
    assert (told.code, told.err) == (0, "")
    assert "1 rows taken, 0 refused" in told.out


def test_a_template_never_overwrites_a_file(awards: Awards, data: Data) -> None:
    path = data("filled in already", name="fill.xlsx")
    told = awards("template", *TO_PLACES, "--output", path)
    assert (told.code, path.read_text("utf-8")) == (1, "filled in already\n")
    assert "exists already" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--edition", "kop-1999", "--kind", "cooperative"), "'kop-1999'"),
        (("--edition", "kop-open", "--kind", "village"), "judges no 'village'"),
    ],
)
def test_an_unknown_edition_or_kind_is_refused_with_those_there_are(
    awards: Awards, data: Data, words: tuple[str, ...], said: str
) -> None:
    told = awards("import", data(HEAD, GOOD), *words)
    assert (told.code, told.out) == (1, "")
    assert said in told.err


def test_a_file_that_is_not_there_is_wrong_usage(root: Path) -> None:
    told = call("import", root / "no.csv", *TO_PLACES, "--instance", root)
    assert told.code == 2
    assert "does not exist" in told.err
