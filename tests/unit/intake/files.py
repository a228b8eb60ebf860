"""Files and readings that the tests of intake are about."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from awards.intake.cells import frame_of
from awards.intake.inspection import inspect_reading
from awards.intake.sandbox import Reading, Sheet
from awards.intake.types import ColumnMap, Inspection, Layout
from awards.intake.workbooks import new_workbook
from awards.sdk import Attribute, Indicator, Kind

NAMES = {
    "35.07": "Kabupaten Malang",
    "35.10": "Kabupaten Banyuwangi",
    "35.17": "Kabupaten Jombang",
    "35.73": "Kota Malang",
    "35.74": "Kota Probolinggo",
    "35.78": "Kota Surabaya",
}
REGENCY = Kind(
    code="regency",
    title={"en": "Regency or city", "id": "Kabupaten/kota"},
    scheme="Kemendagri",
    id_title={"en": "Region code", "id": "Kode wilayah"},
    id_pattern=r"\d{2}\.\d{2}",
    id_example="35.78",
    names=NAMES,
)
COMPANY = Kind(
    code="company",
    title={"en": "Company", "id": "Perusahaan"},
    scheme="NPP",
    id_title={"en": "Employer number (NPP)", "id": "Nomor pendaftaran (NPP)"},
    id_pattern=r"[A-Z0-9]{8}",
    id_example="JJ012345",
    attributes=(
        Attribute(code="sector", title={"en": "Sector", "id": "Sektor"}, required=True),
        Attribute(
            code="scale",
            title={"en": "Scale", "id": "Skala"},
            values={
                "micro": {"en": "Micro", "id": "Mikro"},
                "small": {"en": "Small", "id": "Kecil"},
                "large": {"en": "Large", "id": "Besar"},
            },
        ),
    ),
)
POVERTY = Indicator(
    code="poverty",
    title={"en": "Poor people", "id": "Penduduk miskin"},
    type=float,
    unit="percent",
    minimum=0,
    maximum=100,
)
COVERAGE = Indicator(
    code="coverage",
    title={"en": "Coverage", "id": "Cakupan"},
    type=float,
    unit="ratio",
    minimum=0,
    maximum=1,
)
WORKERS = Indicator(
    code="workers", title={"en": "Workers", "id": "Pekerja"}, type=int, unit="people", minimum=0
)
REGENCIES = Layout(kind=REGENCY, indicators=(POVERTY, COVERAGE, WORKERS))
COMPANIES = Layout(kind=COMPANY, indicators=(WORKERS,))

Box = tuple[int, int, int, int]


def sheet_of(
    rows: Sequence[Sequence[Any]], *, name: str | None = "Data", merged: Sequence[Box] = ()
) -> Sheet:
    """A sheet of Python values: floats are number cells, "" is empty."""
    width = max((len(row) for row in rows), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    return Sheet(
        name=name, cells=(frame_of(iter(even), width).lazy(),), width=width, merged=tuple(merged)
    )


def reading_of(*sheets: Sheet, written_as: str = "xlsx") -> Reading:
    return Reading(format=written_as, encoding=None, delimiter=None, sheets=sheets)


def inspected(
    rows: Sequence[Sequence[Any]],
    work: Path,
    *,
    layout: Layout = REGENCIES,
    column_map: ColumnMap | None = None,
    written_as: str = "xlsx",
    merged: Sequence[Box] = (),
) -> Inspection:
    """Inspect *rows* as if they had been read from a file."""
    reading = reading_of(sheet_of(rows, merged=merged), written_as=written_as)
    return inspect_reading(reading, layout, column_map or ColumnMap(), work=work)


def faults(inspection: Inspection) -> list[tuple[str, str, str]]:
    """Address, value and code of every refused cell."""
    return [(cell.address, cell.value, cell.code) for cell in inspection.refused]


def accepted(inspection: Inspection) -> list[tuple[Any, ...]]:
    """The accepted rows as tuples in the layout's order."""
    return pl.read_parquet(inspection.accepted).rows()


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "Data") -> Path:
    with new_workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def write_archive(path: Path, parts: Iterable[tuple[str, str | bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx_parts(sheet_data: str, *, dimension: str = "", styles: str = "") -> dict[str, str]:
    """The parts of a minimal XLSX whose one sheet, Data, has *sheet_data*."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{dimension}'
        f"<sheetData>{sheet_data}</sheetData></worksheet>",
    }
    return parts | (
        {"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'} if styles else {}
    )


def inline(address: str, text: str) -> str:
    """A text cell of an XLSX sheet."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_parts(rows: str, *, manifest: str = "") -> dict[str, str]:
    """The parts of a minimal ODS whose one table, Data, has *rows*."""
    content = (
        f'<office:document-content xmlns:office="{_OASIS}:office:1.0" '
        f'xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        f"{manifest}</manifest:manifest>",
        "content.xml": content,
    }


def ods_text(text: str) -> str:
    """A text cell of an ODS table."""
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def ods_number(value: float, *, shown_as: str = "float") -> str:
    """A number cell of an ODS table."""
    return (
        f'<table:table-cell office:value-type="{shown_as}" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )
