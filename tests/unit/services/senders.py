"""An instance for the companies' award, and the files that senders bring."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from awards.domain.records import Edition, Run, Snapshot
from awards.intake.types import ColumnMap
from awards.intake.workbooks import new_workbook
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.crosswalks import Joined, import_crosswalk
from awards.services.editions import open_edition
from awards.services.explanation import Explained, explain_candidate
from awards.services.imports import Delivery, Imported, import_part, layout_of
from awards.services.runs import evaluate_category
from awards.services.sealed import SealedRun, read_run
from awards.services.snapshots import take_snapshot
from tests.unit.services.world import ACT, DECREE, World

PLUGIN = Path(__file__).with_name("firms.py")
CODE = "firms-2025"

Rows = Sequence[Sequence[object]]


def firm_rules(folder: Path) -> RuleBook:
    """The bundled rules and the companies'."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(PLUGIN, folder)
    return load_plugins(entry_points=False, folder=folder).rulebook


@dataclass
class Senders(World):
    """The edition is open; files are lists of rows, titles first."""

    def start(self) -> "Senders":
        open_edition(
            self.stores, CODE, program="firms", rulebook=self.rulebook, act=ACT, decree=DECREE
        )
        return self

    @property
    def firms(self) -> Edition:
        return self.edition(CODE)

    def send(
        self,
        rows: Rows,
        *,
        part: str = "main",
        scheme: str | None = None,
        records: str | None = None,
        as_of: date | None = None,
        **how: Any,
    ) -> Imported:
        """Import *rows* from ``<part>.xlsx``; a cell keeps the type it has here."""
        layout = layout_of(
            self.firms, "company", rulebook=self.rulebook, scheme=scheme, records=records
        )
        with self.stores.archive.workspace() as work:
            path = write_rows(work / f"{part}.xlsx", rows)
            return import_part(
                self.stores,
                path,
                edition=CODE,
                layout=layout,
                column_map=ColumnMap(),
                delivery=Delivery(
                    part=part, sender=f"Cabang {part}", scheme=scheme, as_of=as_of, **how
                ),
                act=ACT,
                work=work,
            )

    def join(self, *rows: Sequence[object], title: Sequence[str] = (), **how: Any) -> Joined:
        """Import a crosswalk with *rows* of scheme, id and candidate."""
        titles = title or ("scheme", "id", "candidate")
        with self.stores.archive.workspace() as work:
            path = write_rows(work / "crosswalk.xlsx", [titles, *rows])
            kind = self.rulebook.kind("company")
            return import_crosswalk(self.stores, path, kind=kind, act=ACT, work=work, **how)

    def lock(self) -> Snapshot:
        return take_snapshot(
            self.stores, self.firms, kind="company", rulebook=self.rulebook, act=ACT
        )

    def run(self) -> Run:
        return evaluate_category(
            self.stores,
            self.firms,
            category="firms",
            snapshot=self.lock(),
            rulebook=self.rulebook,
            act=ACT,
        )

    def seal(self) -> SealedRun:
        return read_run(self.stores, self.run())

    def explain(self, candidate: str) -> Explained:
        return explain_candidate(self.seal(), candidate, rulebook=self.rulebook)


def write_rows(path: Path, rows: Rows) -> Path:
    """A workbook with *rows*: text is text, numbers are numbers."""
    with new_workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path
