"""Bring the catalogs of words up to date with the pages, and compile them.

English stands in the source; every other language has a catalog. Run after words
changed, fill in what is printed as lacking, and run again:
``.venv/bin/python scripts/catalog.py``.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "awards" / "web" / "translations"
METHODS = [
    ("**.py", "python"),
    ("**.html", "jinja2"),
    ("**.svg", "jinja2"),
    ("mail/**.txt", "jinja2"),
]
OPTIONS = {"jinja2": {"trimmed": "true", "silent": "false"}}


def extract_words() -> Catalog:
    """All words of the pages, as a catalog without translations."""
    catalog = Catalog(project="awards", charset="utf-8")
    for folder in (ROOT / "awards" / "web", ROOT / "templates"):
        options = {pattern: OPTIONS.get(method, {}) for pattern, method in METHODS}
        for name, _, message, comments, context in extract_from_dir(
            str(folder), method_map=METHODS, options_map=options
        ):
            place = ((folder / name).relative_to(ROOT).as_posix(), 0)
            catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def read_catalog(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=language, charset="utf-8")
    catalog.last_translator = "The awards authors"
    catalog.language_team = "The awards authors"
    catalog.msgid_bugs_address = ""
    return catalog


def lacking(catalog: Catalog) -> list[str]:
    """Messages without translation, and those that were only guessed."""
    return [str(each.id) for each in catalog if each.id and (not all_of(each.string) or each.fuzzy)]


def all_of(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def update(language: str) -> list[str]:
    """Rewrite the catalog of *language* with its compiled form; return what it lacks."""
    catalog = read_catalog(language)
    catalog.update(extract_words(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    folder = TRANSLATIONS / language / "LC_MESSAGES"
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    return lacking(catalog)


def main() -> None:
    failed = False
    for folder in sorted(TRANSLATIONS.iterdir()):
        for message in update(folder.name):
            failed = True
            print(f"{folder.name}: not translated: {message}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
