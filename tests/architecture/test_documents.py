import re
import shlex
from pathlib import Path

import click
import pytest

from awards.cli import main
from tests.architecture.checkout import ROOT, files, named

PAGES = files(".md")
SHELL_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(awards [^`]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)


def prose(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the anchors that the usual Markdown hosts give to the headings of *page*."""
    headings = (re.sub(r"[^\w\- ]", "", title.lower()) for title in HEADING.findall(prose(page)))
    return {title.strip().replace(" ", "-") for title in headings}


def leads_nowhere(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in anchors(target)


def shell_lines(command: str) -> list[tuple[str, list[str]]]:
    """Return (page, words) for each line of the shell examples that calls *command*."""
    return [
        (named(page), shlex.split(line, comments=True))
        for page in PAGES
        for block in SHELL_BLOCK.findall(page.read_text(encoding="utf-8"))
        for line in block.replace("\\\n", " ").splitlines()
        if line.strip().removeprefix("$ ").startswith(f"{command} ")
    ]


def inline_commands() -> list[tuple[str, list[str]]]:
    """Return (page, words) for each `awards` command named within a sentence."""
    return [
        (named(page), shlex.split(line)) for page in PAGES for line in INLINE.findall(prose(page))
    ]


def unknown_word(words: list[str]) -> str | None:
    """Return the first word of an `awards` line that the command does not know."""
    command: click.Command = main
    context = click.Context(command, info_name="awards")
    words = words[words.index("awards") + 1 :]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return words[0]
        command, words = found, words[1:]
        context = click.Context(command, parent=context)
    known = {option for parameter in command.get_params(context) for option in parameter.opts}
    given = (word.partition("=")[0] for word in words if word.startswith("--"))
    return next((option for option in given if option not in known), None)


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = [
        (named(page), link)
        for page in PAGES
        for link in LINK.findall(prose(page))
        if not link.startswith(("http:", "https:", "mailto:")) and leads_nowhere(page, link)
    ]
    assert dead == []


def test_every_awards_command_in_the_docs_exists() -> None:
    unknown = [
        (page, " ".join(words), unknown_word(words))
        for page, words in shell_lines("awards") + inline_commands()
        if unknown_word(words)
    ]
    assert unknown == []


def test_every_figure_of_the_readme_stands_on_the_benchmarks_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    measured = set(FIGURE.findall((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")))
    rows = [line.rpartition(" | ")[2] for line in readme.splitlines() if line.startswith("| ")]
    told = [figure for row in rows for figure in FIGURE.findall(row)]
    assert told
    assert [figure for figure in told if figure not in measured] == []


def test_every_make_target_in_the_docs_exists() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named_in_docs = {
        word
        for _, words in shell_lines("make")
        for word in words[words.index("make") + 1 :]
        if "=" not in word and not word.startswith("-")
    }
    assert named_in_docs - targets == set()


@pytest.mark.parametrize("words", [["awards", "no-such-verb"], ["awards", "demo", "--no-such"]])
def test_a_command_that_does_not_exist_is_noticed(words: list[str]) -> None:
    assert unknown_word(words) == words[-1]


def test_the_docs_index_names_every_page_of_the_docs() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = {link.partition("#")[0] for link in LINK.findall(index)}
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in files(".md", under="docs")}
    assert pages - linked == {"README.md"}


def test_the_architecture_page_names_the_packages_there_are() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `awards/(\w+)/`", page, re.MULTILINE))
    modules = files(".py", under="awards")
    assert described == {path.relative_to(ROOT / "awards").parts[0] for path in modules} - {
        "__init__.py",
        "__main__.py",
    }
