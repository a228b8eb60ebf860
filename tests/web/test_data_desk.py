"""The data desk: a file with faults comes in, is put right, and becomes part of the data."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from awards.domain.people import Role
from awards.sdk.rulebook import RuleBook
from tests.unit.services.world import HEAD, KIND, ROWS, World, rules
from tests.web.desk import BASE, EDITION, GOOD, Clerk, open_data_desk
from tests.web.members import Office
from tests.web.pages import Page

FAULTY = "\n".join([HEAD, *ROWS[:-1], "K0013,Koperasi Pusat,secondary,1,n.a.,64.9,", ""]).encode()
ODD = GOOD.replace(b"active", b"Anggota aktif %", 1).replace(b"88.25", b"1.234", 1)


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


@pytest.fixture
def desk(tmp_path: Path, rulebook: RuleBook) -> Iterator[tuple[Office, World]]:
    with open_data_desk(tmp_path, rulebook) as opened:
        yield opened


@pytest.fixture
def clerk(desk: tuple[Office, World]) -> Clerk:
    return Clerk(desk[0].client(Role.DATA_OFFICER, edition=EDITION))


def checked(clerk: Clerk, body: bytes, name: str = "data.csv", **columns: str) -> str:
    """Send a file and have it checked; the address of its report."""
    at = clerk.send(body, name)
    assert at.endswith("/columns"), at
    return clerk.press(at, **({"numbers": "en"} | defaults(clerk.read(at)) | columns))


def defaults(page: str) -> dict[str, str]:
    """What the selects of a page show as chosen."""
    found = {}
    for each in page.split("<select ")[1:]:
        name = each.split('name="', 1)[1].split('"', 1)[0]
        options = each.split("</select>")[0].split("<option ")[1:]
        chosen = next((one for one in options if one.startswith("selected")), options[0])
        found[name] = chosen.split('value="', 1)[1].split('"', 1)[0]
    return found


def test_a_clean_file_becomes_a_part_and_is_locked_and_computed(
    clerk: Clerk, desk: tuple[Office, World]
) -> None:
    _, world = desk
    report = checked(clerk, GOOD)
    assert "Every cell can be taken" in clerk.read(report)
    clerk.press(report.replace("report", "accept"))
    (part,) = world.parts(EDITION)
    assert (part.name, part.sender, part.rows, part.refused) == ("dinas", "Dinas", len(ROWS), 0)
    clerk.press(f"{BASE}/data/{KIND}/lock")
    assert clerk.press(f"{BASE}/runs/start") == f"{BASE}/runs"
    page = Page(clerk.read(f"{BASE}/runs"))
    assert page.unmatched == []
    assert "2 runs" in page.words
    acts = [
        each
        for each in world.actions()
        if each in ("part.imported", "snapshot.taken", "run.sealed")
    ]
    assert acts == ["part.imported", "snapshot.taken", "run.sealed", "run.sealed"]


def test_a_refused_row_is_left_out_then_corrected_in_place_and_added(
    clerk: Clerk, desk: tuple[Office, World]
) -> None:
    _, world = desk
    report = checked(clerk, FAULTY)
    page = clerk.read(report)
    assert "1 cell must be put right" in page
    assert "n.a." in page
    clerk.press(report.replace("report", "accept"))
    (part,) = world.parts(EDITION)
    assert (part.rows, part.refused) == (len(ROWS) - 1, 1)
    row = report.replace("report", "rows/13")
    assert "Why it was refused" in clerk.read(row)
    added = clerk.press(
        row, c0="K0013", c1="Koperasi Pusat", c2="secondary", c3="1", c4="65", c5="64.9", c6=""
    )
    clerk.press(added.replace("report", "accept"))
    (part,) = world.parts(EDITION)
    assert (part.rows, part.refused) == (len(ROWS), 0)
    assert "rows/13" not in clerk.read(report)


def test_nothing_is_in_the_data_or_the_ledger_before_somebody_brings_it_in(
    clerk: Clerk, desk: tuple[Office, World]
) -> None:
    _, world = desk
    before = world.actions()
    report = checked(clerk, FAULTY)
    clerk.read(report.replace("report", "accept"))
    assert (world.parts(EDITION), world.actions()) == ((), before)


def test_numbers_that_can_mean_two_things_are_refused_until_somebody_says(clerk: Clerk) -> None:
    at = clerk.send(ODD)
    page = clerk.read(at)
    said = defaults(page)
    name = page.split('<label for="', 5)[5].split('"', 1)[0]
    report = clerk.press(at, **{**said, name: "Anggota aktif %", "numbers": "-"})
    page = clerk.read(report)
    assert "How are the numbers written?" in page
    assert "1.234" in page
    columns = report.replace("report", "columns")
    report = clerk.press(columns, **{**said, name: "Anggota aktif %", "numbers": "en"})
    assert "How are the numbers written?" not in clerk.read(report)


def test_how_a_sender_names_columns_is_remembered(clerk: Clerk) -> None:
    at = clerk.send(ODD)
    page = clerk.read(at)
    name = page.split('<label for="', 5)[5].split('"', 1)[0]
    said = {**defaults(page), name: "Anggota aktif %", "numbers": "en"}
    report = clerk.press(at, **said)
    clerk.press(report.replace("report", "accept"))
    again = clerk.read(clerk.send(ODD))
    assert defaults(again)[name] == "Anggota aktif %"
    assert 'checked class="form-check-input" id="numbers-2"' in again or 'value="en"' in again


def test_the_marked_workbook_and_the_list_of_faults_name_the_cell(clerk: Clerk) -> None:
    report = checked(clerk, FAULTY)
    with clerk.client.get(report.replace("report", "marked.xlsx")) as marked:
        sheet = openpyxl.load_workbook(BytesIO(marked.data)).active
    assert sheet is not None
    comment = sheet["E13"].comment
    assert comment is not None
    assert "n.a." in str(sheet["E13"].value)
    with clerk.client.get(report.replace("report", "faults.csv")) as listed:
        assert "E13" in listed.get_data(as_text=True)


def test_what_is_new_gone_and_moved_is_told_before_a_part_is_replaced(clerk: Clerk) -> None:
    first = checked(clerk, GOOD)
    clerk.press(first.replace("report", "accept"))
    changed = GOOD.replace(b",95,91,", b",40,91,").replace(b"K0013", b"K0099")
    page = Page(clerk.read(checked(clerk, changed)))
    assert "New 1: K0099" in page.words
    assert "Gone 1: K0013" in page.words
    assert "95" in page.words
    assert page.unmatched == []


def test_a_column_chosen_twice_is_refused_and_nothing_typed_is_lost(clerk: Clerk) -> None:
    at = clerk.send(ODD)
    page = clerk.read(at)
    said = defaults(page) | {"c4": "surplus", "c5": "surplus"}
    answer = clerk.client.post(
        at,
        data={
            "csrf_token": page.split('name="csrf_token"', 1)[1]
            .split('value="', 1)[1]
            .split('"')[0],
            "version": "1",
            "numbers": "en",
            **said,
        },
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "chosen for something else" in text
    assert defaults(text)["c4"] == "surplus"


def test_a_dropped_file_leaves_nothing(clerk: Clerk, desk: tuple[Office, World]) -> None:
    _, world = desk
    at = clerk.send(GOOD)
    clerk.press(at.replace("columns", "drop"))
    assert list((world.root / "uploads").iterdir()) == []
    assert clerk.client.get(at).status_code == 404


def test_what_is_no_table_is_refused_in_words_of_the_page(clerk: Clerk) -> None:
    at = clerk.send(b"%PDF-1.7 nothing", "scan.pdf")
    page = clerk.read(at.replace("/en/", "/id/"))
    assert "Berkas ini tidak dapat dibaca" in page
    assert "bukan tabel" in page


def test_who_only_reads_sees_the_desk_without_its_buttons(desk: tuple[Office, World]) -> None:
    office, _ = desk
    member = Clerk(office.client(Role.MEMBER, edition=EDITION))
    page = Page(member.read(f"{BASE}/data"))
    assert f"{BASE}/data/new" not in page.links
    assert member.client.get(f"{BASE}/data/new").status_code == 403
