"""Look into an upload and check it; what was found lies beside the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from awards.domain.records import Edition
from awards.domain.text import Text
from awards.domain.uploads import Upload
from awards.intake.errors import UnreadableFile
from awards.intake.inspection import inspect_file
from awards.intake.preview import SheetLook, look_into
from awards.intake.report import write_report_csv, write_report_workbook
from awards.intake.types import Inspection, RefusedCell
from awards.sdk.rulebook import RuleBook
from awards.services.part_differences import PartDifference, compare_rows
from awards.services.stores import Stores
from awards.services.uploads import column_map_of, file_of, layout_for

T = TypeVar("T")

MARKED, FAULTS, REFUSED = "marked.xlsx", "faults.csv", "refused-rows.csv"
_MOST_MARKED = 3_000_000
"""Cells up to which a marked copy is written; above, the list of faults has to do."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """The sheets of a file, or why it cannot be read."""

    sheets: tuple[SheetLook, ...] = ()
    refused: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check found, or why nothing can be said about single cells (``refused``).

    ``faults`` are the refused cells that are listed; ``has_marked`` says whether a marked
    copy was written. ``difference`` is None where no row was accepted.
    """

    refused: Text | None = None
    rows_read: int = 0
    rows_accepted: int = 0
    refused_rows: int = 0
    refused_cells: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    faults: tuple[RefusedCell, ...] = ()
    has_marked: bool = False
    difference: PartDifference | None = None


_LOOK, _CHECKED = TypeAdapter(Look), TypeAdapter(Checked)


def look_at_upload(stores: Stores, upload: Upload, edition: Edition, *, rulebook: RuleBook) -> None:
    """Read the sheets and titles of *upload*. Done again, it finds the same."""
    layout = layout_for(upload, edition, rulebook=rulebook)
    with stores.archive.workspace() as work:
        try:
            look = Look(sheets=look_into(file_of(stores, upload), layout, work=work))
        except UnreadableFile as refusal:
            look = Look(refused=refusal.reason)
        (work / "look.json").write_bytes(_LOOK.dump_json(look))
        _put(work / "look.json", stores.archive.upload(upload.id) / "look.json")


def look_of(stores: Stores, upload: Upload) -> Look | None:
    """What was seen in *upload*; None while nobody looked."""
    path = stores.archive.upload(upload.id) / "look.json"
    return _LOOK.validate_json(path.read_bytes()) if path.is_file() else None


def check_upload(
    stores: Stores,
    upload: Upload,
    edition: Edition,
    *,
    rulebook: RuleBook,
    tell: Callable[[str], None],
) -> None:
    """Check every cell of *upload* as it is asked now, and compare it with what is there.

    *tell* is told what is being done. Done again, it finds the same.
    """
    layout = layout_for(upload, edition, rulebook=rulebook)
    with stores.archive.workspace() as work:
        found = work / "found"
        try:
            tell("reading")
            source = file_of(stores, upload)
            inspection = inspect_file(source, layout, column_map_of(upload.asked), work=found)
            tell("comparing")
            checked = _checked(stores, upload, edition, inspection)
            tell("writing")
            _write_reports(source, inspection, found)
        except UnreadableFile as refusal:
            found.mkdir(exist_ok=True)
            checked = Checked(refused=refusal.reason)
        (found / "checked.json").write_bytes(_CHECKED.dump_json(checked))
        _put(found, checked_folder(stores, upload))


def checked_folder(stores: Stores, upload: Upload) -> Path:
    """Where the check of *upload*, as it is asked now, leaves its files."""
    return stores.archive.upload(upload.id) / f"checked-{upload.version}"


def checked_of(stores: Stores, upload: Upload) -> Checked | None:
    """What the check of *upload*, as it is asked now, found; None while it was not made."""
    path = checked_folder(stores, upload) / "checked.json"
    return _CHECKED.validate_json(path.read_bytes()) if path.is_file() else None


def _checked(stores: Stores, upload: Upload, edition: Edition, inspection: Inspection) -> Checked:
    difference = None
    if inspection.rows_accepted:
        difference = compare_rows(stores, upload, edition, inspection.accepted)
    return Checked(
        rows_read=inspection.rows_read,
        rows_accepted=inspection.rows_accepted,
        refused_rows=inspection.refused_rows,
        refused_cells=inspection.refused_cells,
        headers=dict(inspection.headers),
        ignored=inspection.ignored,
        faults=inspection.refused,
        has_marked=_marks(inspection),
        difference=difference,
    )


def _write_reports(source: Path, inspection: Inspection, folder: Path) -> None:
    if inspection.refused:
        write_report_csv(inspection, folder / FAULTS)
    if _marks(inspection):
        write_report_workbook(source, inspection, folder / MARKED)


def _marks(inspection: Inspection) -> bool:
    cells = inspection.rows_read * max(1, len(inspection.headers) + len(inspection.ignored))
    return bool(inspection.refused) and cells <= _MOST_MARKED


def _put(made: Path, place: Path) -> None:
    """Move *made* to *place*, unless an earlier try left the same there."""
    if not place.exists():
        made.rename(place)
