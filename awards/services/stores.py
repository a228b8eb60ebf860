"""What every act works on."""

from dataclasses import dataclass
from datetime import datetime

from awards.storage.archive import Archive
from awards.storage.database import Database


@dataclass(frozen=True)
class Stores:
    """The records and the files of one instance."""

    database: Database
    archive: Archive


@dataclass(frozen=True)
class Act:
    """Who acts, and when (with a time zone): nothing below reads a clock."""

    by: str
    at: datetime
