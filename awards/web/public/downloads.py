"""A ranking as CSV or JSON, as the visitor narrowed it; and the public files of a run."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from awards.domain.published import RankingQuery, RankingRow
from awards.domain.text import Text, localized
from awards.web.parts import parts
from awards.web.public.find import Found

FILES = {
    "manifest.json": "application/json",
    "bundle.zip": "application/zip",
    "ranking.csv": "text/csv; charset=utf-8",
    "ranking.json": "application/json",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def ranking_as_csv(found: Found, query: RankingQuery) -> Iterator[str]:
    """Rows of comma-separated text, numbers with a decimal point.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    segments = [each.code for each in found.category.segments]
    yield _line(["place", "id", "name", "title", "class", "total", *segments])
    for row in parts().site.every_row(found.category, query):
        titles = [_en(row.title), _en(row.class_)]
        given = row.contributions or ("",) * len(segments)
        yield _line([row.place, row.id, row.name, *titles, row.total, *given])


def ranking_as_json(found: Found, query: RankingQuery) -> Iterator[str]:
    """One object with the edition, the category, its seal and the rows."""
    head = {
        "edition": found.edition.code,
        "category": found.category.code,
        "seal": found.category.seal,
        "segments": [each.code for each in found.category.segments],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    separator = "\n"
    for row in parts().site.every_row(found.category, query):
        yield separator + json.dumps(_object(row), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _object(row: RankingRow) -> dict[str, object]:
    return {
        "place": row.place,
        "shared": row.shared,
        "id": row.id,
        "name": row.name,
        "title": dict(row.title) if row.title else None,
        "class": dict(row.class_) if row.class_ else None,
        "total": row.total,
        "contributions": list(row.contributions),
    }


def _en(text: Text | None) -> str:
    return localized(text, "en") if text else ""


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    safe = [safe_cell(each) if isinstance(each, str) else each for each in cells]
    csv.writer(line).writerow(safe)
    return line.getvalue()


def safe_cell(text: str) -> str:
    """The text, unable to begin a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
