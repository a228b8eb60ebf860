import re

from tests.architecture.checkout import files, named

CONTRACT = re.compile(r"\{# Expects: [^#]+#\}")
ESCAPES_NOTHING = re.compile(r"\|\s*safe\b|autoescape\s+false")
INLINE_CODE = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+\s*=\s*[\"']|javascript:", re.IGNORECASE)
TEMPLATES = (".html", ".svg", ".txt", ".xml")


def test_every_template_starts_with_its_contract() -> None:
    lacking = [
        named(path)
        for path in files(".html", under="templates")
        if not CONTRACT.match(path.read_text(encoding="utf-8"))
    ]
    assert lacking == []


def test_no_template_turns_escaping_off() -> None:
    templates = files(*TEMPLATES, under="templates")
    offenders = [path for path in templates if ESCAPES_NOTHING.search(path.read_text("utf-8"))]
    assert [named(path) for path in offenders] == []


def test_no_page_holds_inline_code() -> None:
    """The content security policy would refuse it, silently for whoever wrote it."""
    pages = files(".html", under="templates/pages")
    assert [named(path) for path in pages if INLINE_CODE.search(path.read_text("utf-8"))] == []
