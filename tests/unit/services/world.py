"""A small instance to act on, and the file that its data come from."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from awards.documents.certificates import find_design
from awards.documents.templates import templates_folder
from awards.domain.ledger import LedgerEntry, verify_chain
from awards.domain.records import Certificate, Decision, Edition, Part, Publication, Run, Snapshot
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.certificates import Issue, issue_certificates
from awards.services.decisions import Minutes, decide, propose
from awards.services.editions import open_edition
from awards.services.imports import Delivery, Imported, import_part, layout_of
from awards.services.publication import publish
from awards.services.runs import evaluate_category
from awards.services.sealed import SealedRun, read_run
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from awards.storage.published import PublishedFiles

PLUGIN = Path(__file__).with_name("cooperatives.py")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACT = Act(by="Panitia", at=NOON)
DECREE = "SK-1/2026"
MINUTES = Minutes(number="BA-07/2026", date=date(2026, 3, 1))
KIND = "cooperative"
HEAD = "id,name,level,audited,active,surplus,mentored"

CANARY, CANARY_NAME = 73.1337, "Koperasi Kenari"
FAILED, FAILED_NAME = 66.6133, "Koperasi Terhenti"
LACKING, LACKING_NAME = 44.4177, "Koperasi Senyap"

ROWS = (
    "K0001,Koperasi Satu,primary,1,95,91,88.25",
    "K0002,Koperasi Dua,primary,1,90,90,",
    "K0003,Koperasi Tiga,primary,1,80,70,71.5",
    "K0004,Koperasi Empat,primary,1,75,60,",
    f"K0005,{CANARY_NAME},primary,1,{CANARY},38.2601,52.9173",
    "K0006,Koperasi Enam,primary,1,55,50,",
    "K0007,Koperasi Tujuh,primary,1,41,40,",
    f"K0008,{FAILED_NAME},primary,0,{FAILED},99,",
    f"K0009,{LACKING_NAME},primary,1,,{LACKING},",
    "K0011,Koperasi Induk,secondary,1,85,84,",
    "K0012,Koperasi Gabungan,secondary,1,75,74,",
    "K0013,Koperasi Pusat,secondary,1,65,64.9271,",
)


def rules(folder: Path) -> RuleBook:
    """The bundled rules and, from *folder*, the cooperatives'."""
    plugins = rules_in(folder) / "plugins"
    designs = templates_folder() / "certificates"
    return load_plugins(entry_points=False, folder=plugins, designs=designs).rulebook


def rules_in(folder: Path) -> Path:
    """An instance's folder of plugins that holds the cooperatives."""
    (folder / "plugins").mkdir(parents=True, exist_ok=True)
    shutil.copy(PLUGIN, folder / "plugins")
    return folder


@dataclass
class World:
    """An instance in *root*, and the acts with everything but what a test varies.

    Its records are in *root* too, or in the database at *url*.
    """

    root: Path
    rulebook: RuleBook
    url: str | None = None
    stores: Stores = field(init=False)

    def __post_init__(self) -> None:
        database = open_database(self.url or f"sqlite:///{self.root / 'awards.sqlite3'}")
        database.migrate()
        self.stores = Stores(database, Archive(self.root))

    @property
    def site(self) -> PublishedFiles:
        return PublishedFiles(self.stores.database, self.stores.archive)

    def open(self, code: str) -> Edition:
        return open_edition(
            self.stores, code, program="kop", rulebook=self.rulebook, act=ACT, decree=DECREE
        )

    def edition(self, code: str) -> Edition:
        with self.stores.database.reading() as records:
            return records.editions.get(code)

    def deliver(
        self, code: str, *rows: str, part: str = "main", head: str = HEAD, **how: bool
    ) -> Imported:
        """Import *rows* from a file called ``data.csv``."""
        with self.stores.archive.workspace() as work:
            path = work / "data.csv"
            path.write_text("\n".join([head, *rows, ""]), "utf-8")
            return self.import_file(path, code, part=part, work=work, **how)

    def import_file(
        self, path: Path, code: str, *, work: Path, part: str = "main", **how: bool
    ) -> Imported:
        return import_part(
            self.stores,
            path,
            edition=code,
            layout=layout_of(self.edition(code), KIND, rulebook=self.rulebook),
            column_map=ColumnMap(numbers="en"),
            delivery=Delivery(part=part, sender="Dinas", **how),
            act=ACT,
            work=work,
        )

    def snapshot(self, code: str) -> Snapshot:
        edition = self.edition(code)
        return take_snapshot(self.stores, edition, kind=KIND, rulebook=self.rulebook, act=ACT)

    def evaluate(self, code: str, category: str = "primary") -> Run:
        return evaluate_category(
            self.stores,
            self.edition(code),
            category=category,
            snapshot=self.snapshot(code),
            rulebook=self.rulebook,
            act=ACT,
        )

    def sealed(self, run: Run) -> SealedRun:
        return read_run(self.stores, run)

    def decide(self, run: Run, *, second: str = "Sekretaris") -> Decision:
        sealed = self.sealed(run)
        titles = propose(sealed, rulebook=self.rulebook)
        return decide(self.stores, sealed, titles=titles, minutes=MINUTES, second=second, act=ACT)

    def decide_all(self, code: str) -> None:
        for category in self.edition(code).definition.categories:
            self.decide(self.evaluate(code, category.code))

    def publish(self, code: str) -> Publication:
        return publish(self.stores, self.edition(code), rulebook=self.rulebook, act=ACT)

    def issue(
        self, code: str, category: str, *, design: Path | None = None, language: str = "id"
    ) -> tuple[Certificate, ...]:
        folder = design or find_design(self.rulebook.certificate_design("kawung").folder)
        issue = Issue(
            design=folder,
            language="en" if language == "en" else "id",
            verify_base="https://awards.example",
            dated=NOON.date(),
        )
        return issue_certificates(
            self.stores, self.edition(code), category=category, issue=issue, act=ACT
        )

    def parts(self, code: str) -> tuple[Part, ...]:
        with self.stores.database.reading() as records:
            return records.parts.current(code, KIND)

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Every entry, once the chain was found intact."""
        with self.stores.database.reading() as records:
            entries = tuple(records.ledger.entries())
        assert verify_chain(entries).fault is None
        return entries

    def actions(self) -> list[str]:
        """What was done, in order."""
        return [each.event.action for each in self.ledger()]

    def files(self) -> dict[str, bytes]:
        """Every file of the archive; the database is compared by its ledger."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and not path.name.startswith("awards.sqlite3")
        }
