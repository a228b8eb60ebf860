"""Uploads that were made to hurt, and a corpus of broken ones.

``HOSTILE_FILES`` sets how many files of the corpus are tried (300 unless told).
"""

import os
import time
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from awards.intake.child import ANSWER
from awards.intake.errors import UnreadableFile
from awards.intake.inspection import inspect_file
from awards.intake.limits import LIMITS, Limits
from awards.intake.sandbox import child_environment, read_cells
from awards.intake.types import ColumnMap
from tests.faults.hostile_files import (
    archive,
    healthy_ods,
    healthy_xlsx,
    hostile_bytes,
    overlapping_archive,
    with_false_size,
)
from tests.unit.intake.files import REGENCIES, inline, ods_parts, xlsx_parts

FILES = int(os.environ.get("HOSTILE_FILES", "300"))


def refusal(data: bytes, folder: Path, *, limits: Limits = LIMITS) -> UnreadableFile:
    """How *data* is refused; nothing is left beside it."""
    path = folder / "upload.bin"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        inspect_file(path, REGENCIES, ColumnMap(), work=folder / "work", limits=limits)
    assert not list((folder / "work").iterdir())
    assert path.read_bytes() == data
    return caught.value


def sheet(*cells: str, dimension: str = "") -> bytes:
    rows = "".join(f"<row>{cell}</row>" for cell in cells)
    return archive(xlsx_parts(rows, dimension=dimension))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty-file", "0 bytes"),
        (b"%PDF-1.7\n", "not-a-table", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "not-a-table", "a picture"),
        (b"\xff\xd8\xff\xe0", "not-a-table", "a picture"),
        (b"PAR1\x15\x04", "not-a-table", "a Parquet file"),
        (b"<html><table><tr><td>id", "not-a-table", "a web page"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><a/>", "not-a-table", "a web page or XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "old-workbook", "XLS"),
        (b"\x00\x01\x02\x03" * 50, "encoding", "CSV UTF-8"),
        (archive({"a.txt": "nothing"}), "not-a-table", "a ZIP archive"),
        (archive({"a.zip": archive(healthy_xlsx())}), "not-a-table", "a ZIP archive"),
        (archive({"xl/workbook.bin": "x"}), "old-workbook", "XLSB"),
        (b"PK\x05\x06" + bytes(18), "not-a-table", "a ZIP archive"),
        (archive(healthy_xlsx())[:-40], "damaged", "BadZipFile"),
        (b"\n\n  \n", "no-cells", "All cells are empty"),
        (b"id;poverty\n", "no-data", "no data rows below the titles in row 1"),
    ],
)
def test_what_is_no_table_is_refused_for_what_it_is(
    data: bytes, code: str, words: str, tmp_path: Path
) -> None:
    refused = refusal(data, tmp_path)
    assert refused.code == code
    assert words in str(refused)
    assert refused.reason["id"].startswith("upload.bin: ")


def test_a_workbook_behind_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    stream = "EncryptedPackage".encode("utf-16-le")
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream
    assert "Remove the password" in str(refusal(compound, tmp_path))
    manifest = "<manifest:encryption-data/>"
    assert refusal(archive(ods_parts("", manifest=manifest)), tmp_path).code == "encrypted"
    locked = bytearray(archive(healthy_xlsx()))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked), tmp_path).code == "encrypted"


def test_two_cells_at_the_far_corners_are_refused_before_memory_is_set_aside(
    tmp_path: Path,
) -> None:
    started = time.monotonic()
    refused = refusal(sheet(inline("A1", "id"), inline("XFD1048576", "x")), tmp_path)
    assert refused.code == "too-many-columns"
    assert "Delete the columns to the right" in str(refused)
    assert time.monotonic() - started < 10, "refusing took as long as reading would"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sheet(inline("A1", "id"), inline("CV1048576", "x")), "too-many-cells"),
        (sheet(inline("A1", "id"), inline("A1048577", "x")), "too-many-rows"),
        (sheet(inline("A1", "id"), inline("IW1", "x")), "too-many-columns"),
        (
            sheet(inline("A1", "id"), dimension='<dimension ref="A1:XFD1048576"/>'),
            "too-many-columns",
        ),
        (sheet("<c r='XFD1048576'><v>1</v></c>"), "irregular-cells"),
        (sheet("<c><v>1</v></c>"), "irregular-cells"),
        (sheet('<c a=">" r="XFD1048576"><v>1</v></c>'), "irregular-cells"),
        (sheet("<c " + "a" * 100_000 + "><v>1</v></c>"), "irregular-cells"),
    ],
)
def test_extents_are_those_of_the_cells_however_they_are_written(
    data: bytes, code: str, tmp_path: Path
) -> None:
    assert refusal(data, tmp_path).code == code


def test_repetitions_in_an_ods_count_as_the_cells_they_stand_for(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1"{}/>'
    wide = cell.format(' table:number-columns-repeated="16384"')
    tall = f'<table:table-row table:number-rows-repeated="1048577">{cell.format("")}'
    rows = {f"<table:table-row>{wide}": "too-many-columns", tall: "too-many-rows"}
    for row, code in rows.items():
        assert refusal(archive(ods_parts(f"{row}</table:table-row>")), tmp_path).code == code


_ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("parts", "part"),
    [
        (healthy_xlsx(), "xl/worksheets/sheet1.xml"),
        (healthy_xlsx(), "xl/workbook.xml"),
        (healthy_xlsx(), "xl/styles.xml"),
        (healthy_ods(), "content.xml"),
    ],
)
def test_a_doctype_is_refused_wherever_it_stands(
    parts: dict[str, str], part: str, tmp_path: Path
) -> None:
    refused = refusal(archive({**parts, part: _ENTITIES + parts[part]}), tmp_path)
    assert (refused.code, refused.values) == ("doctype", {"part": part})


def test_markup_in_another_encoding_is_refused(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {**healthy_xlsx()}
    parts["xl/worksheets/sheet1.xml"] = healthy_xlsx()["xl/worksheets/sheet1.xml"].encode("utf-16")
    assert "not UTF-8" in str(refusal(archive(parts), tmp_path))


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ({"xl/vbaProject.bin": "x"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": "<a/>"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": "<ddeLink/>"}, "external-links"),
        ({"xl/connections.xml": "<connections/>"}, "external-links"),
        ({"../../etc/cron.d/x": "x"}, "damaged"),
        ({"/absolute": "x"}, "damaged"),
        ({"XL/workbook.xml": "x"}, "damaged"),
    ],
)
def test_parts_that_do_not_belong_in_a_table_are_refused(
    added: dict[str, str], code: str, tmp_path: Path
) -> None:
    assert refusal(archive({**healthy_xlsx(), **added}), tmp_path).code == code


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/x.py"])
def test_macros_of_an_ods_are_refused(part: str, tmp_path: Path) -> None:
    assert refusal(archive({**healthy_ods(), part: "x"}), tmp_path).code == "macros"


def test_links_of_an_ods_to_other_files_are_refused(tmp_path: Path) -> None:
    for link in ("<table:table-source/>", "<office:dde-source/>"):
        assert refusal(archive(ods_parts(link)), tmp_path).code == "external-links"


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    path.write_bytes(archive(healthy_xlsx()))
    link = zipfile.ZipInfo("xl/media/a")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(link, "/etc/passwd")
    assert "symbolic link" in str(refusal(path.read_bytes(), tmp_path))


def test_bombs_are_refused_by_the_bytes_that_come_out(tmp_path: Path) -> None:
    bomb = archive({**healthy_xlsx(), "xl/media/a": bytes(30 << 20)})
    assert refusal(bomb, tmp_path).code == "packed-too-tightly"
    small = Limits(unpacked_bytes=4 << 20, ratio=100_000)
    assert refusal(bomb, tmp_path, limits=small).code == "unpacked-too-large"
    assert refusal(overlapping_archive(), tmp_path).code == "damaged"
    assert refusal(with_false_size(10), tmp_path).code == "damaged"
    many = {f"xl/media/{number}": b"" for number in range(2_000)}
    assert refusal(archive({**healthy_xlsx(), **many}), tmp_path).code == "too-many-entries"


def test_a_reader_that_needs_too_much_memory_ends_and_the_parent_says_so(tmp_path: Path) -> None:
    """A long shared text, quoted by many cells, unpacks only in the reader's memory."""
    text = "x" * 30_000
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 60_001))
    parts = xlsx_parts(cells)
    parts["xl/sharedStrings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>{text}</t></si></sst>"
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    limits = Limits(memory_bytes=1 << 30)
    assert refusal(archive(parts), tmp_path, limits=limits).code in ("memory", "reader-died")


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    refused = refusal(archive(healthy_xlsx()), tmp_path, limits=Limits(wall_seconds=0))
    assert refused.code == "time"


def test_the_reader_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    assert "hush" not in child_environment(tmp_path).values()


def test_a_million_columns_in_a_csv_are_refused(tmp_path: Path) -> None:
    assert refusal(b"a," * 1_000_000, tmp_path).code == "too-many-columns"


def outcome(number: int, folder: Path) -> str:
    """How file *number* ends: ``accepted``, or the code of a refusal with words."""
    data, path = hostile_bytes(number), folder / f"{number}.bin"
    path.write_bytes(data)
    work = folder / f"work-{number}"
    try:
        inspect_file(path, REGENCIES, ColumnMap(), work=work)
    except UnreadableFile as refused:
        assert all(refused.reason.values())
        left = [] if not work.exists() else list(work.iterdir())
        assert left == [], number
        return refused.code
    assert path.read_bytes() == data, number
    names = {each.name for each in work.iterdir()}
    assert ANSWER not in names
    assert names <= {"accepted.parquet", "refused-rows.csv"}, number
    return "accepted"


def test_broken_files_are_accepted_or_refused_with_a_reason(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        ends: Iterable[str] = pool.map(lambda number: outcome(number, tmp_path), range(FILES))
        codes = set(ends)
    assert {"accepted", "damaged"} <= codes
    assert "reader-died" not in codes, "a parser fell over something that a scan should see"


def test_the_healthy_files_behind_the_corpus_are_accepted(tmp_path: Path) -> None:
    for parts in (healthy_xlsx(), healthy_ods()):
        path = tmp_path / "upload.bin"
        path.write_bytes(archive(parts))
        with read_cells(path, tmp_path, sheet=None) as reading:
            assert reading.sheets[0].width == 2
