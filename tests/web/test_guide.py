"""The guide to the pages says what the application does."""

import re
from pathlib import Path

from flask import Flask

from awards.domain.definition import ROOMS
from awards.web.public.downloads import FILES
from awards.web.public.query import SIZES

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "pages.md").read_text("utf-8")


def test_the_guide_lists_every_address(app: Flask) -> None:
    told = set(re.findall(r"`([^`\s]*/[^`\s]*|…[^`\s]*)`", GUIDE.split("## Asking")[0]))
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "root.static"}
    lacking = set()
    for rule in rules:
        plain = rule.replace("/<any(id, en):lang>", "/id").replace("<candidate>", "<id>")
        names = FILES if "<any(" in plain else [plain.rpartition("/")[2]]
        full = plain.rpartition("/")[0]
        shown = any(f"{full}/{name}" in told or f"…/{name}" in told for name in names)
        lacking |= set() if shown else {plain}
    assert lacking == set()


def test_the_guide_names_every_parameter_of_a_ranking() -> None:
    told = set(re.findall(r"`([a-z-]+)", GUIDE.split("## Asking")[1].split("## What")[0]))
    assert {"q", "f-", "titled", "sort", "page", "size", "to", "by", "classes"} <= told
    assert "50, 100 or 200" in GUIDE
    assert SIZES == (50, 100, 200)


def test_the_guide_names_the_words_that_no_edition_may_be_called(app: Flask) -> None:
    fixed = {
        rule.rule.split("/")[2]
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/<any") and "<" not in (rule.rule.split("/") + [""] * 3)[2]
    } - {""}
    sentence = next(line for line in GUIDE.splitlines() if line.startswith("The words"))
    assert set(re.findall(r"`(\w+)`", sentence)) == fixed
    assert fixed <= ROOMS
