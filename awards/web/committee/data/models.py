"""The desk's first page: parts in force, files on their way, what was begun."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from awards.domain.records import Edition, Part
from awards.domain.uploads import Upload
from awards.web.committee.layout import address, committee, crumbs
from awards.web.committee.work.models import JobRow, job_rows
from awards.web.formats import ABSENT, Formats, formats
from awards.web.guard import may
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext

_JOBS = 8


@dataclass(frozen=True, kw_only=True)
class PartRow:
    name: str
    holds: str
    sender: str
    as_of: str
    rows: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class KindSection:
    """The parts of one kind of candidate; ``lock`` is None for who may not, or without data."""

    title: str
    parts: tuple[PartRow, ...]
    locked: str
    lock: str | None


@dataclass(frozen=True, kw_only=True)
class UploadRow:
    link: Link
    words: str


@dataclass(frozen=True, kw_only=True)
class DataPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    upload: str | None
    runs: str | None
    uploads: tuple[UploadRow, ...]
    kinds: tuple[KindSection, ...]
    jobs: tuple[JobRow, ...]


def data_page(edition: Edition) -> DataPage:
    words = formats()
    with committee().stores.database.reading() as records:
        uploads = records.uploads.of(edition.code)
    waiting = tuple(each for each in uploads if each.made is None)
    kinds = dict.fromkeys(each.kind for each in edition.definition.categories)
    return DataPage(
        crumbs=crumbs(edition, gettext("Data")),
        heading=_heading(waiting, words),
        lede=gettext("A file is checked cell by cell before it becomes part of the data."),
        upload=_link(edition, "new_upload"),
        runs=address(edition, "runs") if may("committee.runs", edition=edition.code) else None,
        uploads=tuple(_upload(edition, each, words) for each in waiting),
        kinds=tuple(_kind(edition, each, words) for each in kinds),
        jobs=job_rows(
            edition, committee().jobs.of(edition.code)[:_JOBS], _subjects(uploads, words)
        ),
    )


def _heading(waiting: tuple[Upload, ...], words: Formats) -> str:
    if not waiting:
        return gettext("No file is waiting")
    return ngettext(
        "%(n)s file is waiting to be brought in",
        "%(n)s files are waiting to be brought in",
        len(waiting),
        n=words.count(len(waiting)),
    )


def _link(edition: Edition, page: str, **more: str) -> str | None:
    """The address of a step, None for who may not take it."""
    if not may(f"committee.{page}", edition=edition.code, method="POST"):
        return None
    return url_for(f"committee.{page}", edition=edition.code, **more)  # type: ignore[arg-type]


def _subjects(uploads: tuple[Upload, ...], words: Formats) -> Mapping[str, str]:
    kinds = {code: words.text(each.title) for code, each in committee().rulebook.kinds.items()}
    files = {each.id: each.file for each in uploads}
    return {**kinds, **files, "*": gettext("all categories")}


def _upload(edition: Edition, upload: Upload, words: Formats) -> UploadRow:
    href = url_for("committee.upload", edition=edition.code, upload=upload.id)
    came = words.moment(upload.at, edition.definition.time_zone)
    return UploadRow(link=Link(href, upload.file), words=f"{upload.asked.sender or ABSENT}, {came}")


def _kind(edition: Edition, kind: str, words: Formats) -> KindSection:
    with committee().stores.database.reading() as records:
        parts = records.parts.current(edition.code, kind)
        latest = records.snapshots.latest(edition.code, kind)
    data = any(each.records is None for each in parts)
    same = latest is not None and set(latest.parts) == {each.id for each in parts}
    told = gettext("Not locked yet.")
    if latest is not None:
        rows = words.count(latest.rows)
        told = (
            gettext("Locked: %(rows)s candidates, of these parts.", rows=rows)
            if same
            else gettext("Locked: %(rows)s candidates, before the last change.", rows=rows)
        )
    return KindSection(
        title=words.text(committee().rulebook.kind(kind).title),
        parts=tuple(_part(each, words) for each in parts),
        locked=told,
        lock=_link(edition, "lock_data", kind=kind) if data else None,
    )


def _part(part: Part, words: Formats) -> PartRow:
    record = committee().rulebook.records.get(part.records or "")
    return PartRow(
        name=part.name,
        holds=words.text(record.title) if record else gettext("figures"),
        sender=part.sender or ABSENT,
        as_of=words.day(part.as_of) if part.as_of else ABSENT,
        rows=words.count(part.rows),
        refused=words.count(part.refused),
    )
