"""Make an upload a part of the data, and put rows right that were refused."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from awards.domain.errors import NotFound, Refused
from awards.domain.records import Edition
from awards.domain.uploads import Upload
from awards.intake.refused_rows import REASON, ROW
from awards.sdk.rulebook import RuleBook
from awards.services.imports import import_part
from awards.services.stores import Act, Stores
from awards.services.upload_checks import REFUSED, checked_folder
from awards.services.uploads import (
    column_map_of,
    delivery_of,
    file_of,
    layout_for,
    profile_of,
    receive,
    refuse_closed,
)


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row as it was received, under its titles, and why it was refused."""

    row: int
    reasons: str
    cells: Mapping[str, str]


def accept_upload(
    stores: Stores, upload: Upload, edition: Edition, *, rulebook: RuleBook, act: Act
) -> str:
    """Import the good rows of *upload* as it is asked, every cell checked once more; the
    part's id. Raises `Refused`, and imports nothing, when there is none."""
    refuse_closed(upload)
    with stores.archive.workspace() as work:
        imported = import_part(
            stores,
            file_of(stores, upload),
            edition=edition.code,
            layout=layout_for(upload, edition, rulebook=rulebook),
            column_map=column_map_of(upload.asked),
            delivery=delivery_of(upload.asked),
            act=act,
            work=work,
        )
    if imported.part is None:
        raise Refused(
            f"{upload.file}: nothing was imported, because {imported.inspection.refused_rows} of "
            f"{imported.inspection.rows_read} rows are refused."
        )
    return imported.part.id


def close_upload(stores: Stores, upload: Upload, *, made: str) -> None:
    """Note which part *upload* became, and how its sender names columns."""
    profile = profile_of(upload)
    with stores.database.transaction() as records:
        records.uploads.close(upload.id, made=made)
        if profile is not None:
            records.profiles.put(profile)


def refused_rows(stores: Stores, upload: Upload, *, most: int) -> tuple[RefusedRow, ...]:
    """The first rows of *upload* that were refused, as they were received."""
    path = checked_folder(stores, upload) / REFUSED
    if not path.is_file():
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = (each for each in csv.reader(stream) if each)
        titles = next(lines, [])
        for _, cells in zip(range(most), lines, strict=False):
            row = dict(zip(titles, cells, strict=False))
            number, reasons = row.pop(ROW), row.pop(REASON)
            found.append(RefusedRow(row=int(number), reasons=reasons, cells=row))
    return tuple(found)


def correct_row(
    stores: Stores,
    upload: Upload,
    edition: Edition,
    *,
    row: int,
    cells: Mapping[str, str],
    act: Act,
) -> Upload:
    """Send the refused *row* of *upload* again with other *cells*, to complete its part.

    Raises `NotFound` for a row that was not refused, and `Refused` while the upload is
    not part of the data, for then the file itself can still be corrected.
    """
    if upload.made is None:
        raise Refused(f"Take the good rows of {upload.file} first, then correct the others.")
    known = next((each for each in refused_rows(stores, upload, most=row) if each.row == row), None)
    if known is None:
        raise NotFound(f"Row {row} of {upload.file} was not refused.")
    asked = replace(
        upload.asked,
        add=True,
        sheet=None,
        header_row=None,
        corrects=f"{upload.id}/{row}",
    )
    text = _as_csv({title: cells.get(title, value) for title, value in known.cells.items()})
    name = f"row-{row}.csv"
    return receive(
        stores, [text], name=name, edition=edition, kind=upload.kind, asked=asked, act=act
    )


def _as_csv(cells: Mapping[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(cells)
    writer.writerow(cells.values())
    return text.getvalue().encode("utf-8")
