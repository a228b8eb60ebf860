import io
from importlib import util
from pathlib import Path

from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parents[2]
SPEC = util.spec_from_file_location("catalog", ROOT / "scripts" / "catalog.py")
assert SPEC is not None
assert SPEC.loader is not None
catalog = util.module_from_spec(SPEC)
SPEC.loader.exec_module(catalog)


def ids(messages: object) -> set[object]:
    return {each.id for each in messages if each.id}  # type: ignore[attr-defined]


def test_the_catalog_holds_exactly_the_words_of_the_pages() -> None:
    assert ids(catalog.read_catalog("id")) == ids(catalog.extract_words())


def test_every_word_is_translated() -> None:
    assert catalog.lacking(catalog.read_catalog("id")) == []


def test_the_compiled_catalog_is_that_of_the_source() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog.read_catalog("id"))
    kept = catalog.TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.mo"
    assert compiled.getvalue() == kept.read_bytes()


def test_translations_keep_the_gaps_of_their_source() -> None:
    wrong = [each.id for each in catalog.read_catalog("id") if each.id and list(each.check())]
    assert wrong == []
