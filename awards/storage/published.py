"""Reads what was published: the only door between the archive and the public."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.errors import Altered
from awards.domain.published import (
    HistoryPoint,
    MapValue,
    PublicCertificate,
    PublishedCategory,
    PublishedEdition,
    RankingPage,
    RankingQuery,
    RankingRow,
    Scorecard,
)
from awards.domain.records import Certificate, Publication
from awards.storage import rankings, scorecards
from awards.storage.archive import Archive
from awards.storage.database import Database
from awards.storage.digests import read_digests
from awards.storage.files import checked

_EDITION = TypeAdapter(PublishedEdition)
_DOWNLOADS = frozenset({"manifest.json", "bundle.zip", "ranking.csv", "ranking.json"})


class PublishedFiles:
    """The published editions of an instance.

    What is published now stands in the records; everything else is read from the
    folder that was prepared for it. What is not in there cannot get out. A file is
    checked against its recorded digest before it is first used, and not again.
    """

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive
        self._read = lru_cache(maxsize=256)(self._read_edition)
        self._digests = lru_cache(maxsize=256)(self._read_digests)
        self._check = lru_cache(maxsize=8192)(checked)

    def editions(self) -> tuple[PublishedEdition, ...]:
        """Published editions, newest assessment period first."""
        with self._database.reading() as records:
            current = records.publications.current()
        found = [self._read(each) for each in current]
        return tuple(sorted(found, key=lambda each: (each.period_end, each.code), reverse=True))

    def edition(self, code: str) -> PublishedEdition | None:
        """The edition, or None while it is not published."""
        with self._database.reading() as records:
            publication = records.publications.of(code)
        return self._read(publication) if publication else None

    def ranking(self, category: PublishedCategory, query: RankingQuery) -> RankingPage:
        """The rows a visitor asked for; a page past the last is the last."""
        folder = self._folder(category)
        return rankings.read_page(folder, category, query) if folder else _NOTHING

    def every_row(self, category: PublishedCategory, query: RankingQuery) -> Iterator[RankingRow]:
        """Every row that *query* asks for, whatever page it names, some read at a time."""
        folder = self._folder(category)
        return rankings.read_rows(folder, category, query) if folder else iter(())

    def holders(self, category: PublishedCategory) -> tuple[RankingRow, ...]:
        """Holders of a title, best first."""
        folder = self._folder(category)
        return rankings.read_holders(folder, category) if folder else ()

    def scorecard(self, category: PublishedCategory, candidate: str) -> Scorecard | None:
        """The candidate's scorecard, or None where values are withheld."""
        folder = self._folder(category)
        return scorecards.read_scorecard(folder, category, candidate) if folder else None

    def history(self, category: PublishedCategory, candidate: str) -> tuple[HistoryPoint, ...]:
        """The candidate in every published edition of the program with the same
        category code, oldest first."""
        program = next((e.program for e in self.editions() if e.code == category.edition), None)
        found: list[HistoryPoint] = []
        for edition in reversed(self.editions()):
            same = edition.category(category.code)
            folder = self._folder(same) if same and edition.program == program else None
            row = rankings.read_row(folder, same, candidate) if folder and same else None
            if same and row:
                found.append(_point(edition, same, row))
        return tuple(found)

    def map_values(
        self, category: PublishedCategory, criterion: str | None
    ) -> tuple[MapValue, ...]:
        """Totals (None) or raw values of a criterion for all areas, by place."""
        folder = self._folder(category)
        return rankings.read_map_values(folder, criterion) if folder else ()

    def geometry(self, category: PublishedCategory) -> bytes | None:
        """The GeoJSON of the category's kind."""
        folder = self._folder(category)
        path = folder / "geometry.json" if folder else None
        return path.read_bytes() if path and path.is_file() else None

    def download(self, category: PublishedCategory, name: str) -> Path | None:
        """A public file of the category, by name."""
        edition = self.edition(category.edition)
        own = f"{category.code}/{name}"
        if edition is None or name not in _DOWNLOADS or own not in self._digests(edition.digest):
            return None
        return self._checked(edition.digest, own)

    def certificates(self, category: PublishedCategory) -> tuple[PublicCertificate, ...]:
        """Certificates issued for the category so far."""
        edition = self.edition(category.edition)
        if edition is None:
            return ()
        with self._database.reading() as records:
            issued = records.certificates.list(category.edition, category.code)
        return tuple(_public(each, edition, category) for each in issued)

    def certificate(self, code: str) -> PublicCertificate | None:
        """The certificate, or None for an unknown code and before publication."""
        with self._database.reading() as records:
            issued = records.certificates.by_code(code.strip().upper())
        edition = self.edition(issued.edition) if issued else None
        category = edition.category(issued.category) if issued and edition else None
        return _public(issued, edition, category) if issued and edition and category else None

    def certificate_file(self, code: str) -> Path | None:
        """The certificate as PDF, under the same rule, checked before it is given out."""
        found = self.certificate(code)
        if found is None:
            return None
        return self._archive.checked(self._archive.certificate(found.sha256), found.sha256)

    def checkpoint(self) -> SignedCheckpoint | None:
        """The ledger's last checkpoint, or None before anything was signed."""
        with self._database.reading() as records:
            return records.checkpoints.latest()

    def _folder(self, category: PublishedCategory) -> Path | None:
        """The folder that the category's pages are read from, its files checked."""
        edition = self.edition(category.edition)
        if edition is None or edition.category(category.code) is None:
            return None
        for name in self._digests(edition.digest):
            shelf, _, own = name.partition("/")
            if shelf == category.code and own not in _DOWNLOADS:
                self._checked(edition.digest, name)
        return self._archive.public(edition.digest) / category.code

    def _checked(self, digest: str, name: str) -> Path:
        """A file of the folder with *digest*, as it was published."""
        try:
            path = self._archive.public(digest) / name
            return self._check(path, self._digests(digest)[name])
        except Altered as error:
            raise _not_as_published(digest, error) from error

    def _read_digests(self, digest: str) -> Mapping[str, str]:
        try:
            return read_digests(self._archive.public(digest), digest=digest)
        except Altered as error:
            raise _not_as_published(digest, error) from error

    def _read_edition(self, publication: Publication) -> PublishedEdition:
        content = self._checked(publication.digest, "edition.json").read_bytes()
        edition = _EDITION.validate_json(content)
        ledger = (publication.ledger_seq, publication.ledger_hash)
        return replace(edition, digest=publication.digest, ledger=ledger)


def _not_as_published(digest: str, error: Altered) -> Altered:
    return Altered(
        f"The published data under {digest} are not those that were published. {error} "
        "Publish the edition again."
    )


def _point(edition: PublishedEdition, category: PublishedCategory, row: RankingRow) -> HistoryPoint:
    return HistoryPoint(
        edition=edition.code,
        label=edition.label,
        category=category.code,
        place=row.place,
        ranked=category.ranked,
        total=row.total,
    )


def _public(
    issued: Certificate, edition: PublishedEdition, category: PublishedCategory
) -> PublicCertificate:
    return PublicCertificate(
        code=issued.code,
        label=issued.label,
        number=issued.number,
        edition=edition.code,
        edition_title=edition.title,
        category=category.code,
        category_title=category.title,
        candidate=issued.candidate,
        name=issued.name,
        title=issued.title,
        language=issued.language,
        issued_on=issued.issued_on,
        sha256=issued.sha256,
    )


_NOTHING = RankingPage(rows=(), total=0, page=1, pages=1)
