"""The process that opens what strangers sent. Run by `awards.intake.sandbox` alone.

Reads a job as JSON from standard input, and leaves ``answer.json`` and, for each
sheet, its cells as Parquet files in the folder named there. Whatever goes wrong in a parser
ends this process and nothing else.
"""

import json
import resource
import sys
import zipfile
from pathlib import Path
from typing import Any

from awards.intake.archive import open_archive
from awards.intake.errors import UnreadableFile
from awards.intake.limits import Limits
from awards.intake.ods import MIMETYPE, scan_document
from awards.intake.scan import SheetScan, check_total
from awards.intake.signatures import ZIP, refuse_other_formats
from awards.intake.xlsx import is_workbook, scan_workbook

ANSWER = "answer.json"


def main() -> None:
    """Answer one job."""
    job = json.load(sys.stdin)
    limits = Limits(**job["limits"])
    _restrict(limits)
    folder = Path(job["folder"])
    answer = _answer(Path(job["source"]), folder, sheet=job["sheet"], limits=limits)
    (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")


def _restrict(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def _answer(source: Path, folder: Path, *, sheet: str | None, limits: Limits) -> dict[str, Any]:
    try:
        return _read(source, folder, sheet=sheet, limits=limits)
    except UnreadableFile as refusal:
        return {"refused": refusal.code, "values": refusal.values}
    except MemoryError:
        return {"refused": "memory", "values": {"limit": limits.memory_bytes}}
    except Exception as error:
        return {"refused": "damaged", "values": {"found": str(error)[:100]}}


def _read(source: Path, folder: Path, *, sheet: str | None, limits: Limits) -> dict[str, Any]:
    size = source.stat().st_size
    if size == 0:
        raise UnreadableFile("empty-file")
    if size > limits.file_bytes:
        raise UnreadableFile("file-too-large", size=size, limit=limits.file_bytes)
    with source.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(ZIP):
        return _read_workbook(source, folder, sheet=sheet, limits=limits)
    refuse_other_formats(head, source)
    return _read_text(source, folder, limits)


def _read_text(source: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    from awards.intake import delimited  # noqa: PLC0415

    encoding = delimited.detect_encoding(source)
    delimiter = delimited.detect_delimiter(source, encoding)
    width, files = 0, list[str]()
    with delimited.open_text(source, encoding) as stream:
        for batch in delimited.read_batches(stream, delimiter, limits=limits):
            files.append(f"0-{len(files)}.parquet")
            batch.write_parquet(folder / files[-1], compression="lz4")
            width = max(width, batch.width)
    sheet = {"name": None, "files": files, "width": width, "merged": list[list[int]]()}
    return {"format": "csv", "encoding": encoding, "delimiter": delimiter, "sheets": [sheet]}


def _read_workbook(
    source: Path, folder: Path, *, sheet: str | None, limits: Limits
) -> dict[str, Any]:
    with open_archive(source, limits) as archive:
        written_as, sheets = _scanned(archive, limits)
    from awards.intake.sheets import visible_names, write_sheet  # noqa: PLC0415

    visible = visible_names(source)
    wanted = [each for each in sheets if each.name in (visible if sheet is None else (sheet,))]
    if sheet is not None and not wanted:
        names = ", ".join(repr(each.name) for each in sheets)
        raise UnreadableFile("no-sheet", sheet=sheet, found=names)
    check_total(wanted, limits)
    written = [
        write_sheet(source, scan, folder=folder, number=number, limits=limits)
        for number, scan in enumerate(wanted)
    ]
    return {"format": written_as, "encoding": None, "delimiter": None, "sheets": written}


def _scanned(archive: zipfile.ZipFile, limits: Limits) -> tuple[str, list[SheetScan]]:
    names = archive.namelist()
    if is_workbook(archive):
        return "xlsx", scan_workbook(archive, limits)
    if "mimetype" in names and archive.read("mimetype").startswith(MIMETYPE):
        return "ods", scan_document(archive, limits)
    if "xl/workbook.bin" in names:
        raise UnreadableFile("old-workbook", found="XLSB")
    found = "a text document" if "word/document.xml" in names else "a ZIP archive"
    raise UnreadableFile("not-a-table", found=found)


if __name__ == "__main__":
    main()
